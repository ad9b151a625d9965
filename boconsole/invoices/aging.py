"""How long what is open is overdue."""

from datetime import date

BUCKETS = ("current", "1-30", "31-60", "61-90", "over 90")
ENDS = (0, 30, 60, 90)
"""Days overdue with which each bucket but the last ends."""


def bucket_of(due: date, at: date) -> int:
    """Return which bucket a due day falls into on another day."""
    overdue = (at - due).days
    return sum(overdue > end for end in ENDS)
