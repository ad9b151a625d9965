"""Bank statements as they are stored."""
