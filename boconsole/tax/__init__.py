"""Taxes by law and date: pure functions, no records, no people."""
