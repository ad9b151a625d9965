"""Payments as they are stored."""

from typing import Any, NamedTuple

from db import connection
from db.fields import day_of, number_of
from db.invoices.payment_pages import WAITS
from db.invoices.rows import PaymentRow

HEAD = (
    "SELECT p.id, p.version, p.state, p.kind, p.side, p.partner_id, o.name, p.dated, "
    "p.account_id, p.commodity_id, c.code, c.precision, p.amount, p.paid_commodity_id, "
    "p.paid_amount, p.rate, p.written_off, p.write_off_account_id, p.reason, p.reference, "
    "p.chosen, p.entry_id, coalesce(e.series, ''), coalesce(y.name, ''), e.number, p.gain, "
    "p.prepared_by, p.approved_by, p.approved_at, p.undone_on, p.undo_reason, p.undo_by, "
    "p.undo_approved_by, p.undo_approved_at, p.reversal_id "
    "FROM payment p JOIN organisation o ON o.id = p.partner_id "
    "JOIN commodity c ON c.id = p.commodity_id LEFT JOIN journal_entry e ON e.id = p.entry_id "
    "LEFT JOIN fiscal_year y ON y.id = e.year_id"
)


class PaymentLoad(NamedTuple):
    """A payment to write; the day as a number."""

    kind: str
    side: str
    partner_id: int
    dated: int
    account_id: int | None
    commodity_id: int
    amount: int
    paid_commodity_id: int
    paid_amount: int
    rate: str
    written_off: int
    write_off_account_id: int | None
    reason: str
    reference: str
    chosen: str
    prepared_by: int


def insert(load: PaymentLoad) -> int:
    """Add a payment as a draft; returns its id."""
    marks = ", ".join("?" * len(load))
    rows = connection.fetch(
        f"INSERT INTO payment (version, state, gain, undo_reason, {', '.join(load._fields)}) "
        f"VALUES (1, 'draft', 0, '', {marks}) RETURNING id",
        load,
    )
    return int(rows[0][0])


def delete(payment: PaymentRow) -> bool:
    """Remove a draft; False when it changed in the meantime."""
    cursor = connection.execute(
        "DELETE FROM payment WHERE id = ? AND version = ? AND state = 'draft'",
        (payment.id, payment.version),
    )
    return bool(cursor.rowcount)


def set_approval(payment: PaymentRow, user_id: int, at: int) -> bool:
    """Approve a draft; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE payment SET version = version + 1, approved_by = ?, approved_at = ? "
        "WHERE id = ? AND version = ? AND state = 'draft'",
        (user_id, at, payment.id, payment.version),
    )
    return bool(cursor.rowcount)


def mark_posted(
    payment: PaymentRow, entry_id: int | None, gain: int, posted_by: int, at: int
) -> bool:
    """Turn a draft into a posted payment; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE payment SET version = version + 1, state = 'posted', entry_id = ?, gain = ?, "
        "posted_by = ?, posted_at = ? WHERE id = ? AND version = ? AND state = 'draft'",
        (entry_id, gain, posted_by, at, payment.id, payment.version),
    )
    return bool(cursor.rowcount)


def set_undo(payment: PaymentRow) -> bool:
    """Write what a payment says of its undoing; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE payment SET version = version + 1, state = ?, undone_on = ?, undo_reason = ?, "
        "undo_by = ?, undo_approved_by = ?, undo_approved_at = ?, reversal_id = ? "
        "WHERE id = ? AND version = ? AND state = 'posted'",
        (
            payment.state, number_of(payment.undone_on) if payment.undone_on else None,
            payment.undo_reason, payment.undo_by, payment.undo_approved_by,
            payment.undo_approved_at, payment.reversal_id, payment.id, payment.version,
        ),
    )  # fmt: skip
    return bool(cursor.rowcount)


def find(payment_id: int) -> PaymentRow | None:
    """Return a payment."""
    rows = connection.fetch(f"{HEAD} WHERE p.id = ?", (payment_id,))
    return _payment(rows[0]) if rows else None


def find_numbered(series: str, year: str, number: int) -> PaymentRow | None:
    """Return the payment of a number."""
    rows = connection.fetch(
        f"{HEAD} WHERE e.series = ? AND y.name = ? AND e.number = ?", (series, year, number)
    )
    return _payment(rows[0]) if rows else None


def select_unapproved() -> list[PaymentRow]:
    """Return payments, and those to be undone, that nobody has approved, by id."""
    rows = connection.fetch(f"{HEAD} WHERE p.id IN ({WAITS}) ORDER BY p.id")
    return [_payment(row) for row in rows]


def select(side: str, before: tuple[int, int], limit: int) -> list[PaymentRow]:
    """Return payments of a side before a day (as a number) and id, the newest first."""
    rows = connection.fetch(
        f"{HEAD} WHERE p.side = ? AND (p.dated, p.id) < (?, ?) "
        "ORDER BY p.dated DESC, p.id DESC LIMIT ?",
        (side, *before, limit),
    )
    return [_payment(row) for row in rows]


def _payment(row: tuple[Any, ...]) -> PaymentRow:
    return PaymentRow(*row)._replace(
        dated=day_of(row[7]), undone_on=day_of(row[29]) if row[29] is not None else None
    )
