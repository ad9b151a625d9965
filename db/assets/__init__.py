"""Assets as they are stored."""
