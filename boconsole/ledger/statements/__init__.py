"""Statements of the books, all in one shape, each with its own proof."""
