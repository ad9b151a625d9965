"""What payments and credits cancel, as it is told to people."""

from datetime import date
from typing import Any, NamedTuple

from db import connection
from db.fields import day_of

SIDE = (
    "{0}.payment_id, {0}.invoice_id, {0}.entry_id, {0}e.series, {0}y.name, {0}e.number, {0}.dated, "
    "{0}.due, {0}.amount"
)
JOIN = (
    "JOIN open_item {0} ON {0}.id = a.{1} JOIN journal_entry {0}e ON {0}e.id = {0}.entry_id "
    "JOIN fiscal_year {0}y ON {0}y.id = {0}e.year_id"
)
PAIRS = (
    "SELECT a.id, a.payment_id, a.dated, a.amount, a.debit_value, a.credit_value, a.undone_on, "
    f"{SIDE.format('d')}, {SIDE.format('c')} FROM allocation a "
    f"{JOIN.format('d', 'debit_id')} {JOIN.format('c', 'credit_id')}"
)


class Side(NamedTuple):
    """One of the two items that cancel each other; `amount` is all of it, debit positive."""

    payment_id: int | None
    invoice_id: int | None
    entry_id: int
    series: str
    year: str
    number: int
    dated: date
    due: date
    amount: int


class PairRow(NamedTuple):
    """A part of a debit and of a credit that cancel each other."""

    id: int
    payment_id: int | None
    dated: date
    amount: int
    debit_value: int
    credit_value: int
    undone_on: date | None
    debit: Side
    credit: Side


def select_of_payment(payment_id: int) -> list[PairRow]:
    """Return what a payment cancels, and what others cancel of what it left."""
    own = "SELECT id FROM open_item WHERE payment_id = ?"
    rows = connection.fetch(
        f"{PAIRS} WHERE a.id IN (SELECT id FROM allocation WHERE payment_id = ? "
        f"UNION SELECT id FROM allocation WHERE debit_id IN ({own}) "
        f"UNION SELECT id FROM allocation WHERE credit_id IN ({own})) ORDER BY a.id",
        (payment_id,) * 3,
    )
    return [_pair(row) for row in rows]


def _pair(row: tuple[Any, ...]) -> PairRow:
    width = len(Side._fields)
    undone = day_of(row[6]) if row[6] is not None else None
    sides = (_side(row[start : start + width]) for start in (7, 7 + width))
    return PairRow._make((*row[:2], day_of(row[2]), *row[3:6], undone, *sides))


def _side(row: tuple[Any, ...]) -> Side:
    return Side._make((*row[:6], day_of(row[6]), day_of(row[7]), row[8]))
