"""Tickets: tables, rows and statements."""
