"""Check lists as they are stored."""
