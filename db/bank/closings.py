"""Days up to which bank and books were found equal, as they are stored."""

from datetime import UTC, date, datetime
from typing import Any

from db import connection
from db.bank.rows import ClosingRow
from db.fields import day_of, number_of

CLOSING = "SELECT id, bank_id, through, balance, closed_by, at FROM bank_closing"


def find_last(bank_id: int) -> ClosingRow | None:
    """Return the last closed day of a bank account."""
    rows = connection.fetch(
        f"{CLOSING} WHERE bank_id = ? ORDER BY through DESC LIMIT 1", (bank_id,)
    )
    return _closing(rows[0]) if rows else None


def select_all() -> list[ClosingRow]:
    """Return every closed day, by account and day."""
    return [_closing(row) for row in connection.fetch(f"{CLOSING} ORDER BY bank_id, through")]


def insert(bank_id: int, through: date, balance: int, closed_by: int, at: int) -> ClosingRow:
    """Close a day."""
    rows = connection.fetch(
        "INSERT INTO bank_closing (bank_id, through, balance, closed_by, at) "
        "VALUES (?, ?, ?, ?, ?) RETURNING id, bank_id, through, balance, closed_by, at",
        (bank_id, number_of(through), balance, closed_by, at),
    )
    return _closing(rows[0])


def delete(closing_id: int) -> bool:
    """Open a day again; False when it is open already."""
    cursor = connection.execute("DELETE FROM bank_closing WHERE id = ?", (closing_id,))
    return bool(cursor.rowcount)


def _closing(row: tuple[Any, ...]) -> ClosingRow:
    return ClosingRow(*row)._replace(through=day_of(row[2]), at=datetime.fromtimestamp(row[5], UTC))
