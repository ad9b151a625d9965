"""What is open at the end of any day, by how long it is overdue."""

from datetime import date
from typing import NamedTuple

from boconsole.invoices.words import Side
from boconsole.session import Session
from db.invoices import items as stored
from db.invoices.rows import AgedRow

BUCKETS = ("current", "1-30", "31-60", "61-90", "over 90")
ENDS = (0, 30, 60, 90)
"""Days overdue with which each bucket but the last ends."""


class Aged(NamedTuple):
    """What is open with a partner in a currency, in smallest units.

    What a customer owes, and what a supplier gets, is positive; credits are negative.
    """

    partner: str
    commodity: str
    precision: int
    buckets: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.buckets)


def open_items(session: Session, side: Side, at: date) -> list[AgedRow]:
    """Return what was open at the end of a day, item by item; debit positive."""
    session.require("invoice.read")
    return [row for row in stored.select_at(side, at) if row.open]


def aged(session: Session, side: Side, at: date) -> list[Aged]:
    """Return what was open at the end of a day by partner, currency and days overdue."""
    sign = 1 if side == "receivable" else -1
    sums: dict[tuple[str, str, int], list[int]] = {}
    for row in open_items(session, side, at):
        found = sums.setdefault((row.partner, row.commodity, row.precision), [0] * len(BUCKETS))
        found[bucket_of(row.due, at)] += sign * row.open
    return [Aged(*key, tuple(found)) for key, found in sorted(sums.items())]


def bucket_of(due: date, at: date) -> int:
    """Return which bucket a due day falls into on another day."""
    overdue = (at - due).days
    return sum(overdue > end for end in ENDS)
