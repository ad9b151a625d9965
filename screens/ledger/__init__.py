"""The rooms of the books: journal, entries, accounts and their registers."""
