"""Staff as it is stored."""
