"""Tables and statements of projects, their tasks and the time spent on them."""
