"""What came in by mail: noted once, and found again by its ids."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from db import connection

COLUMNS = (
    "l.id, l.message_id, l.received_at, l.door, l.sender, l.subject, l.outcome, l.reason, "
    "coalesce(m.ticket_id, l.ticket_id), l.entry_id, l.recipients, l.size, l.sha256, l.version"
)
SOURCE = "mail_letter l LEFT JOIN message m ON m.id = l.entry_id"
"""The ticket is that of the entry now, wherever a merge or a split has moved it."""


class NewLetter(NamedTuple):
    """A message to note."""

    message_id: str
    fingerprint: str
    received_at: int
    door: str
    sender: str
    subject: str
    outcome: str
    reason: str
    ticket_id: int | None
    entry_id: int | None
    recipients: str
    size: int
    sha256: str


class LetterRow(NamedTuple):
    """A message that came in; `size` in bytes, `sha256` that of its raw text."""

    id: int
    message_id: str
    received_at: datetime
    door: str
    sender: str
    subject: str
    outcome: str
    reason: str
    ticket_id: int | None
    entry_id: int | None
    recipients: str
    size: int
    sha256: str
    version: int


def _rows(where: str, *params: object) -> list[LetterRow]:
    rows = connection.fetch(f"SELECT {COLUMNS} FROM {SOURCE} WHERE {where}", params)
    return [LetterRow._make((*row[:2], datetime.fromtimestamp(row[2], UTC), *row[3:]))
            for row in rows]  # fmt: skip


def insert(new: NewLetter) -> int:
    """Note a message; returns its id."""
    rows = connection.fetch(
        f"INSERT INTO mail_letter ({', '.join(NewLetter._fields)}, version) "
        f"VALUES ({', '.join('?' * len(new))}, 1) RETURNING id",
        tuple(new),
    )
    return int(rows[0][0])


def find(fingerprint: str) -> LetterRow | None:
    """Return the message of a fingerprint, if it came before."""
    found = _rows("l.fingerprint = ?", fingerprint)
    return found[0] if found else None


def get(letter_id: int) -> LetterRow | None:
    """Return a message by its id."""
    found = _rows("l.id = ?", letter_id)
    return found[0] if found else None


def select(outcomes: Sequence[str], before: int, limit: int) -> list[LetterRow]:
    """Return messages of which one of some things became, newest first, before an id."""
    marks = ", ".join("?" * len(outcomes))
    return _rows(
        f"l.outcome IN ({marks}) AND l.id < ? ORDER BY l.id DESC LIMIT {int(limit)}",
        *outcomes, before,
    )  # fmt: skip


def select_tickets(message_ids: Sequence[str]) -> dict[str, int]:
    """Return the tickets of messages by their Message-IDs."""
    marks = ", ".join("?" * len(message_ids)) or "NULL"
    return dict(
        connection.fetch(
            f"SELECT l.message_id, coalesce(m.ticket_id, l.ticket_id) FROM {SOURCE} "
            f"WHERE l.message_id IN ({marks}) AND coalesce(m.ticket_id, l.ticket_id) IS NOT NULL "
            "ORDER BY l.id",
            tuple(message_ids),
        )
    )


def select_ids(ticket_id: int, limit: int) -> list[tuple[int, str]]:
    """Return instant and Message-ID of the newest messages of a ticket that came in."""
    return connection.fetch(
        "SELECT received_at, message_id FROM mail_letter "
        "WHERE ticket_id = ? AND message_id <> '' ORDER BY id DESC LIMIT ?",
        (ticket_id, limit),
    )


def select_of_entries(ticket_id: int) -> dict[int, LetterRow]:
    """Return the messages that became entries of a ticket, by entry."""
    return {row.entry_id: row for row in _rows("m.ticket_id = ?", ticket_id) if row.entry_id}


def update(row: LetterRow, outcome: str, reason: str, ticket_id: int | None,
           entry_id: int | None) -> bool:  # fmt: skip
    """Say what became of a message; False when somebody was faster."""
    cursor = connection.execute(
        "UPDATE mail_letter SET outcome = ?, reason = ?, ticket_id = ?, entry_id = ?, "
        "version = version + 1 WHERE id = ? AND version = ?",
        (outcome, reason, ticket_id, entry_id, row.id, row.version),
    )
    return bool(cursor.rowcount)
