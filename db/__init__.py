"""The records: tables, rows and statements.

Nothing here knows a rule, a person or a screen.
"""
