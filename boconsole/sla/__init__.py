"""Service levels: business calendars, due times, targets and why they fall where they fall.

Pure functions of plain values: no database, no clock of its own. Every instant is aware;
fractions of a second are dropped.
"""
