"""How many tickets there were from one instant to the next, counted along an index."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from db import connection

CAP = 10_000
"""Tickets counted in one span at most."""
COLUMNS = ("created_at", "resolved_at")
QUARTER = 900
"""Seconds: every zone's midnight falls between two of these spans."""


def between(column: str, edges: Sequence[datetime], cap: int = CAP) -> list[int]:
    """Return how many tickets have an instant in each span between two edges, at most `cap`."""
    if column not in COLUMNS:
        raise ValueError(column)
    seconds = [int(edge.timestamp()) for edge in edges]
    one = (
        f"SELECT count(*) FROM (SELECT 1 FROM ticket WHERE {column} >= ? AND {column} < ? "
        "LIMIT ?) n"
    )
    spans = list(pairwise(seconds))
    parts = ", ".join(f"({one})" for _ in spans)
    return [int(each) for each in connection.fetch(
        f"SELECT {parts}", [value for span in spans for value in (*span, cap)])[0]]  # fmt: skip


def by_quarter(column: str, first: datetime, last: datetime) -> list[tuple[int, int]]:
    """Return each quarter of an hour with tickets, in seconds since 1970, and how many it has."""
    if column not in COLUMNS:
        raise ValueError(column)
    rows = connection.fetch(
        f"SELECT {column} / {QUARTER}, count(*) FROM ticket WHERE {column} >= ? AND {column} < ? "
        "GROUP BY 1 ORDER BY 1",
        (int(first.timestamp()), int(last.timestamp())),
    )
    return [(int(row[0]) * QUARTER, int(row[1])) for row in rows]
