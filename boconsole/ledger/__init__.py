"""The books: accounts, entries, periods, and what they add up to."""
