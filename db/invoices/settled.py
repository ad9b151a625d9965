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


class OpenRow(NamedTuple):
    """An item that can be settled; `open` is without its sign."""

    series: str
    year: str
    number: int
    dated: date
    due: date
    open: int
    commodity: str
    precision: int


def select_open(side: str, partner_id: int, sign: int, limit: int) -> list[OpenRow]:
    """Return open items of a partner on one side of the books, the oldest due first.

    Args:
        side: `receivable` or `payable`.
        partner_id: Whose.
        sign: 1 for debits, -1 for credits.
        limit: The most.
    """
    rows = connection.fetch(
        "SELECT e.series, y.name, e.number, o.dated, o.due, o.open, c.code, c.precision "
        "FROM open_item o JOIN commodity c ON c.id = o.commodity_id "
        "JOIN journal_entry e ON e.id = o.entry_id JOIN fiscal_year y ON y.id = e.year_id "
        "WHERE o.partner_id = ? AND o.side = ? AND o.open * ? > 0 ORDER BY o.due, o.id LIMIT ?",
        (partner_id, side, sign, limit),
    )
    return [
        OpenRow._make((*row[:3], day_of(row[3]), day_of(row[4]), abs(row[5]), *row[6:]))
        for row in rows
    ]


def find_last_account(kind: str) -> str:
    """Return the path of the account of the newest payment of a kind; empty for none."""
    rows = connection.fetch(
        "SELECT a.path FROM payment p JOIN ledger_account a ON a.id = p.account_id "
        "WHERE p.kind = ? ORDER BY p.dated DESC, p.id DESC LIMIT 1",
        (kind,),
    )
    return str(rows[0][0]) if rows else ""


def select_of_invoice(invoice_id: int) -> list[PairRow]:
    """Return what cancels a document."""
    own = "(SELECT id FROM open_item WHERE invoice_id = ?)"
    rows = connection.fetch(
        f"{PAIRS} WHERE a.id IN (SELECT id FROM allocation WHERE debit_id = {own} "
        f"UNION SELECT id FROM allocation WHERE credit_id = {own}) ORDER BY a.id",
        (invoice_id,) * 2,
    )
    return [_pair(row) for row in rows]
