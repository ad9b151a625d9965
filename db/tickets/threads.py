"""The messages of tickets and the files on them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from db import connection
from db.tickets.records import stored_value


class MessageRow(NamedTuple):
    """A message with the names of who wrote it."""

    id: int
    ticket_id: int
    kind: str
    at: datetime
    user: str
    contact: str
    body: str
    minutes: int
    origin_id: int | None


class AttachmentRow(NamedTuple):
    """A file of a message; `size` in bytes."""

    id: int
    message_id: int
    name: str
    media_type: str
    size: int
    sha256: str


class NewMessage(NamedTuple):
    """A message to add."""

    ticket_id: int
    kind: str
    at: datetime
    user_id: int | None
    contact_id: int | None
    body: str
    minutes: int = 0


def insert_message(message: NewMessage) -> int:
    """Add a message to a thread; returns its id."""
    rows = connection.fetch(
        "INSERT INTO message (ticket_id, kind, at, user_id, contact_id, body, minutes, withdrawn) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (*(stored_value(value) for value in message), False),
    )
    return int(rows[0][0])


def select_messages(ticket_id: int) -> list[MessageRow]:
    """Return the thread of a ticket, oldest first, without what was withdrawn."""
    rows = connection.fetch(
        "SELECT m.id, m.ticket_id, m.kind, m.at, coalesce(u.login, ''), coalesce(c.name, ''), "
        "m.body, m.minutes, m.origin_id FROM message m "
        "LEFT JOIN user_account u ON u.id = m.user_id LEFT JOIN contact c ON c.id = m.contact_id "
        "WHERE m.ticket_id = ? AND NOT m.withdrawn ORDER BY m.at, m.id",
        (ticket_id,),
    )
    return [
        MessageRow._make((*row[:3], datetime.fromtimestamp(row[3], UTC), *row[4:])) for row in rows
    ]


def select_bodies(ticket_id: int) -> str:
    """Return all texts of a thread, for the search."""
    rows = connection.fetch(
        "SELECT body FROM message WHERE ticket_id = ? AND NOT withdrawn ORDER BY at, id",
        (ticket_id,),
    )
    return "\n".join(row[0] for row in rows)


def set_withdrawn(message_id: int, withdrawn: bool) -> None:
    """Take a message back, or show it again."""
    connection.execute("UPDATE message SET withdrawn = ? WHERE id = ?", (withdrawn, message_id))


def move_messages(
    message_ids: Sequence[int], ticket_id: int, to: int, origin_id: int | None
) -> None:
    """Hang those messages that are still a ticket's on another, noting where they came from."""
    connection.executemany(
        "UPDATE message SET ticket_id = ?, origin_id = ? WHERE id = ? AND ticket_id = ?",
        [(to, origin_id, message_id, ticket_id) for message_id in message_ids],
    )


def insert_attachment(message_id: int, name: str, media_type: str, size: int, sha256: str) -> int:
    """Note a file of a message; its content is stored apart."""
    rows = connection.fetch(
        "INSERT INTO attachment (message_id, name, media_type, size, sha256) "
        "VALUES (?, ?, ?, ?, ?) RETURNING id",
        (message_id, name, media_type, size, sha256),
    )
    return int(rows[0][0])


def select_attachments(ticket_id: int) -> list[AttachmentRow]:
    """Return the files of a thread."""
    rows = connection.fetch(
        "SELECT a.id, a.message_id, a.name, a.media_type, a.size, a.sha256 FROM attachment a "
        "JOIN message m ON m.id = a.message_id "
        "WHERE m.ticket_id = ? AND NOT m.withdrawn ORDER BY a.id",
        (ticket_id,),
    )
    return [AttachmentRow(*row) for row in rows]


def select_of_message(message_id: int) -> list[AttachmentRow]:
    """Return the files of one message."""
    rows = connection.fetch(
        "SELECT id, message_id, name, media_type, size, sha256 FROM attachment "
        "WHERE message_id = ? ORDER BY id",
        (message_id,),
    )
    return [AttachmentRow(*row) for row in rows]
