"""Accounts for the people who look after them: lists, single records, own roles."""
