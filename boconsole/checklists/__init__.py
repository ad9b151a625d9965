"""Check lists for people who come and go: steps with an owner, a day, and what they do."""
