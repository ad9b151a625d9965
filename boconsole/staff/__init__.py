"""Staff: people, their dated facts, and what of them is private."""
