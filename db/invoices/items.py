"""Open items and what cancels them, as they are stored."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from db import connection
from db.fields import day_of, number_of
from db.invoices.rows import AgedRow, AllocationRow, ItemRow

ITEM = (
    "SELECT id, version, side, invoice_id, payment_id, partner_id, account_id, commodity_id, "
    "value_commodity_id, entry_id, dated, due, amount, value, open, open_value, credited "
    "FROM open_item"
)
ALLOCATION = (
    "SELECT id, debit_id, credit_id, payment_id, dated, amount, debit_value, credit_value, "
    "undone_on FROM allocation"
)
LATER = "a.dated > ? AND a.undone_on IS NULL"
UNDONE_SINCE = "a.undone_on > ? AND a.dated <= ?"
OPEN_AT = (
    "WITH moved AS (SELECT item_id, sum(amount) AS amount, sum(value) AS value FROM ("
    "SELECT a.debit_id AS item_id, a.amount, a.debit_value AS value FROM allocation a "
    f"WHERE {LATER} "
    f"UNION ALL SELECT a.credit_id, -a.amount, -a.credit_value FROM allocation a WHERE {LATER} "
    "UNION ALL SELECT a.debit_id, -a.amount, -a.debit_value FROM allocation a "
    f"WHERE {UNDONE_SINCE} UNION ALL SELECT a.credit_id, a.amount, a.credit_value "
    f"FROM allocation a WHERE {UNDONE_SINCE}) sides GROUP BY item_id), "
    "touched AS (SELECT id FROM open_item WHERE open <> 0 OR open_value <> 0 "
    "UNION SELECT item_id FROM moved), "
    "found AS (SELECT o.id, o.open + coalesce(m.amount, 0) AS open, "
    "o.open_value + coalesce(m.value, 0) AS open_value FROM touched t "
    "JOIN open_item o ON o.id = t.id LEFT JOIN moved m ON m.item_id = o.id WHERE o.dated <= ?) "
)
"""What was open at the end of a day: what is open now, and what was settled or undone since."""


def insert(row: ItemRow) -> int:
    """Add an open item, whose id is given here; returns it."""
    rows = connection.fetch(
        "INSERT INTO open_item (version, side, invoice_id, payment_id, partner_id, account_id, "
        "commodity_id, value_commodity_id, entry_id, dated, due, amount, value, open, open_value, "
        "credited) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            row.side, row.invoice_id, row.payment_id, row.partner_id, row.account_id,
            row.commodity_id, row.value_commodity_id, row.entry_id, number_of(row.dated),
            number_of(row.due), row.amount, row.value, row.open, row.open_value, row.credited,
        ),
    )  # fmt: skip
    return int(rows[0][0])


def update(row: ItemRow) -> bool:
    """Write what is open of an item; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE open_item SET version = version + 1, open = ?, open_value = ?, credited = ? "
        "WHERE id = ? AND version = ?",
        (row.open, row.open_value, row.credited, row.id, row.version),
    )
    return bool(cursor.rowcount)


def insert_allocation(row: AllocationRow) -> None:
    """Let a debit and a credit cancel each other."""
    connection.execute(
        "INSERT INTO allocation (debit_id, credit_id, payment_id, dated, amount, debit_value, "
        "credit_value) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            row.debit_id, row.credit_id, row.payment_id, number_of(row.dated), row.amount,
            row.debit_value, row.credit_value,
        ),
    )  # fmt: skip


def undo_allocation(allocation_id: int, day: date) -> bool:
    """Let an allocation count no more from a day on; False when it was undone before."""
    cursor = connection.execute(
        "UPDATE allocation SET undone_on = ? WHERE id = ? AND undone_on IS NULL",
        (number_of(day), allocation_id),
    )
    return bool(cursor.rowcount)


def find(item_id: int) -> ItemRow | None:
    """Return an item."""
    rows = connection.fetch(f"{ITEM} WHERE id = ?", (item_id,))
    return _item(rows[0]) if rows else None


def find_of_invoice(invoice_id: int) -> ItemRow | None:
    """Return the item of a document."""
    rows = connection.fetch(f"{ITEM} WHERE invoice_id = ?", (invoice_id,))
    return _item(rows[0]) if rows else None


def select_of_payment(payment_id: int) -> list[ItemRow]:
    """Return the items that a payment and its undoing left, in order."""
    rows = connection.fetch(f"{ITEM} WHERE payment_id = ? ORDER BY id", (payment_id,))
    return [_item(row) for row in rows]


def select_open(side: str, partner_id: int, commodity_id: int) -> list[ItemRow]:
    """Return the open items of a partner in a currency, the oldest due first."""
    rows = connection.fetch(
        f"{ITEM} WHERE side = ? AND partner_id = ? AND commodity_id = ? AND open <> 0 "
        "ORDER BY due, id",
        (side, partner_id, commodity_id),
    )
    return [_item(row) for row in rows]


def select_allocations(payment_id: int) -> list[AllocationRow]:
    """Return what a payment cancels and nobody undid."""
    return _allocations("payment_id = ? AND undone_on IS NULL", (payment_id,))


def select_touching(item_id: int) -> list[AllocationRow]:
    """Return what cancels an item and nobody undid."""
    return _allocations("(debit_id = ? OR credit_id = ?) AND undone_on IS NULL", (item_id,) * 2)


def _allocations(where: str, params: Sequence[object]) -> list[AllocationRow]:
    rows = connection.fetch(f"{ALLOCATION} WHERE {where} ORDER BY id", params)
    return [
        AllocationRow(*row)._replace(
            dated=day_of(row[4]), undone_on=day_of(row[8]) if row[8] is not None else None
        )
        for row in rows
    ]


def select_at(side: str, day: date, partner_id: int | None = None) -> list[AgedRow]:
    """Return what was open of each item at the end of a day, by partner and due day.

    Args:
        side: `receivable` or `payable`.
        day: The last day counted.
        partner_id: Of one partner only.
    """
    number = number_of(day)
    mine = "" if partner_id is None else " AND o.partner_id = ?"
    rows = connection.fetch(
        f"{OPEN_AT}SELECT p.name, c.code, c.precision, coalesce(e.series, ''), "
        "coalesce(y.name, ''), e.number, o.dated, o.due, f.open, o.account_id, "
        "o.value_commodity_id, f.open_value, o.id, o.partner_id, o.entry_id "
        "FROM found f JOIN open_item o ON o.id = f.id "
        "JOIN organisation p ON p.id = o.partner_id JOIN commodity c ON c.id = o.commodity_id "
        "JOIN journal_entry e ON e.id = o.entry_id JOIN fiscal_year y ON y.id = e.year_id "
        f"WHERE o.side = ? AND (f.open <> 0 OR f.open_value <> 0){mine} "
        "ORDER BY p.name, o.due, o.id",
        (*[number] * 7, side, *([] if partner_id is None else [partner_id])),
    )
    return [
        AgedRow(
            row[0], row[1], row[2], f"{row[3]}-{row[4]}-{row[5]:05}", day_of(row[6]),
            day_of(row[7]), int(row[8]), row[9], row[10], int(row[11]), *row[12:],
        )
        for row in rows
    ]  # fmt: skip


def _item(row: tuple[Any, ...]) -> ItemRow:
    return ItemRow(*row)._replace(dated=day_of(row[10]), due=day_of(row[11]))
