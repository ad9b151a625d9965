"""Accounts: who may sign in, with what, with which roles, and who looks after that."""
