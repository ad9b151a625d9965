"""The work on assets: what is planned, repaired and done."""
