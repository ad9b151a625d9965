"""The commands, one module for each area; each takes a call and returns its answer."""
