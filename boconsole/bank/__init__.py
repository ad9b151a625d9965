"""Bank statements: read, kept once, and matched with the books until both agree."""
