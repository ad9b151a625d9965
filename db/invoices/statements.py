"""What partners were told: every document and payment of one, and what control accounts hold."""

from datetime import date
from typing import Any, NamedTuple

from db import connection
from db.fields import day_of, number_of

SUMS = "account_id, commodity_id, value_commodity_id, amount, value"
DIFFERENCES = (
    "SELECT {day} AS dated, a.id, o.value_commodity_id, {entry} AS entry_id, "
    "{sign}(a.credit_value - a.debit_value) AS value FROM allocation a "
    "JOIN open_item o ON o.id = a.debit_id JOIN payment p ON p.id = a.payment_id "
    "WHERE a.credit_value <> a.debit_value AND o.partner_id = ? AND o.side = ?"
)
BOTH = (
    DIFFERENCES.format(day="a.dated", entry="p.entry_id", sign="")
    + " UNION ALL "
    + DIFFERENCES.format(day="a.undone_on", entry="p.reversal_id", sign="-")
    + " AND a.undone_on IS NOT NULL"
)


class BookedRow(NamedTuple):
    """What the control accounts of a side hold, in smallest units; debit positive."""

    commodity_id: int
    value_commodity_id: int
    amount: int
    value: int


class ToldRow(NamedTuple):
    """A document or payment of a partner; debit positive.

    Attributes:
        kind: Of the document; empty for a payment.
        way: `in` or `out` of a payment; empty for a document.
        reversal: Whether it is the undoing of the payment.
    """

    id: int
    commodity_id: int
    value_commodity_id: int
    entry_id: int
    number: str
    dated: date
    due: date
    amount: int
    value: int
    kind: str
    way: str
    reference: str
    reversal: bool


class DifferenceRow(NamedTuple):
    """What setting off different worths left on the control account."""

    dated: date
    value_commodity_id: int
    entry_id: int
    number: str
    value: int


def select_booked(side: str, day: date) -> list[BookedRow]:
    """Return what the control accounts of a side hold at the end of a day."""
    number = number_of(day)
    month = number // 100
    mine = (
        "kind = 0 AND account_id IN (SELECT a.id FROM ledger_account a WHERE a.role = ? "
        "OR EXISTS (SELECT 1 FROM open_item o WHERE o.account_id = a.id AND o.side = ?))"
    )
    rows = connection.fetch(
        "SELECT commodity_id, value_commodity_id, sum(amount), sum(value) FROM ("
        f"SELECT {SUMS} FROM balance_month WHERE {mine} AND month < ? UNION ALL "
        f"SELECT {SUMS} FROM balance_day WHERE {mine} AND dated BETWEEN ? AND ?"
        ") lines GROUP BY commodity_id, value_commodity_id ORDER BY 1, 2",
        (side, side, month, side, side, month * 100, number),
    )
    return [BookedRow(row[0], row[1], int(row[2]), int(row[3])) for row in rows]


def select_told(
    partner_id: int, side: str, starts: date | None, ends: date, limit: int
) -> list[ToldRow]:
    """Return documents and payments of a partner between two days, in order, both included."""
    first = number_of(starts) if starts else 0
    rows = connection.fetch(
        "SELECT o.id, o.commodity_id, o.value_commodity_id, o.entry_id, e.series, y.name, "
        "e.number, o.dated, o.due, o.amount, o.value, coalesce(i.kind, ''), "
        "coalesce(p.kind, ''), coalesce(i.reference, p.reference, ''), "
        "CASE WHEN p.reversal_id = o.entry_id THEN 1 ELSE 0 END "
        "FROM open_item o JOIN journal_entry e ON e.id = o.entry_id "
        "JOIN fiscal_year y ON y.id = e.year_id LEFT JOIN invoice i ON i.id = o.invoice_id "
        "LEFT JOIN payment p ON p.id = o.payment_id WHERE o.partner_id = ? AND o.side = ? "
        "AND o.dated BETWEEN ? AND ? ORDER BY o.dated, o.id LIMIT ?",
        (partner_id, side, first, number_of(ends), limit),
    )
    return [_told(row) for row in rows]


def select_before(partner_id: int, side: str, starts: date) -> list[BookedRow]:
    """Return the sums of documents and payments of a partner before a day."""
    rows = connection.fetch(
        "SELECT commodity_id, value_commodity_id, sum(amount), sum(value) FROM open_item "
        "WHERE partner_id = ? AND side = ? AND dated < ? "
        "GROUP BY commodity_id, value_commodity_id ORDER BY 1, 2",
        (partner_id, side, number_of(starts)),
    )
    return [BookedRow(row[0], row[1], int(row[2]), int(row[3])) for row in rows]


def select_differences(partner_id: int, side: str, ends: date) -> list[DifferenceRow]:
    """Return the differences of worth of a partner up to a day, in order."""
    rows = connection.fetch(
        "SELECT d.dated, d.value_commodity_id, d.entry_id, coalesce(e.series, ''), "
        f"coalesce(y.name, ''), coalesce(e.number, 0), d.value FROM ({BOTH}) d "
        "LEFT JOIN journal_entry e ON e.id = d.entry_id "
        "LEFT JOIN fiscal_year y ON y.id = e.year_id "
        "WHERE d.dated <= ? ORDER BY d.dated, d.id",
        (partner_id, side, partner_id, side, number_of(ends)),
    )
    return [
        DifferenceRow(
            day_of(row[0]), row[1], row[2] or 0, f"{row[3]}-{row[4]}-{row[5]:05}", int(row[6])
        )
        for row in rows
    ]


def _told(row: tuple[Any, ...]) -> ToldRow:
    number = f"{row[4]}-{row[5]}-{row[6]:05}"
    days = day_of(row[7]), day_of(row[8])
    return ToldRow._make((*row[:4], number, *days, *row[9:14], bool(row[14])))
