"""What is to go out: taken by one sender at a time, by guarded updates."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from db import connection

COLUMNS = (
    "id, kind, ticket_id, entry_id, author_id, recipient, subject, body, message_id, in_reply_to, "
    "thread, state, attempts, created_at, next_at, claimed_at, sent_at, reason, version"
)
INSTANTS = (13, 14, 15, 16)


class NewMail(NamedTuple):
    """A message to send; instants as seconds."""

    kind: str
    ticket_id: int | None
    entry_id: int | None
    author_id: int | None
    recipient: str
    subject: str
    body: str
    message_id: str
    in_reply_to: str
    thread: str
    created_at: int
    next_at: int


class OutboxRow(NamedTuple):
    """A message to send, or sent; the meaning of each column stands in `db.mail.tables`."""

    id: int
    kind: str
    ticket_id: int | None
    entry_id: int | None
    author_id: int | None
    recipient: str
    subject: str
    body: str
    message_id: str
    in_reply_to: str
    thread: str
    state: str
    attempts: int
    created_at: datetime
    next_at: datetime
    claimed_at: datetime | None
    sent_at: datetime | None
    reason: str
    version: int


def _rows(where: str, *params: object) -> list[OutboxRow]:
    rows = connection.fetch(f"SELECT {COLUMNS} FROM mail_outbox WHERE {where}", params)
    return [
        OutboxRow._make(
            datetime.fromtimestamp(value, UTC) if at in INSTANTS and value is not None else value
            for at, value in enumerate(row)
        )
        for row in rows
    ]


def insert(new: NewMail) -> int:
    """Let a message wait for its sender; returns its id."""
    rows = connection.fetch(
        f"INSERT INTO mail_outbox ({', '.join(NewMail._fields)}, state, attempts, claim, reason, "
        f"version) VALUES ({', '.join('?' * len(new))}, 'queued', 0, '', '', 1) RETURNING id",
        tuple(new),
    )
    return int(rows[0][0])


def add_file(mail_id: int, name: str, content: bytes) -> None:
    """Put a file to a message that is of no ticket."""
    connection.execute(
        "INSERT INTO mail_file (mail_id, name, content) VALUES (?, ?, ?)", (mail_id, name, content)
    )


def select_files(mail_id: int) -> list[tuple[str, bytes]]:
    """Return name and content of the files of a message that is of no ticket."""
    rows = connection.fetch(
        "SELECT name, content FROM mail_file WHERE mail_id = ? ORDER BY id", (mail_id,)
    )
    return [(row[0], bytes(row[1])) for row in rows]


def delete_files(mail_id: int) -> None:
    """Forget the files of a message, as it was sent."""
    connection.execute("DELETE FROM mail_file WHERE mail_id = ?", (mail_id,))


def get(mail_id: int) -> OutboxRow | None:
    """Return a message by its id."""
    found = _rows("id = ?", mail_id)
    return found[0] if found else None


def select(states: Sequence[str], before: int, limit: int) -> list[OutboxRow]:
    """Return messages in some states, newest first, before an id."""
    marks = ", ".join("?" * len(states))
    return _rows(f"state IN ({marks}) AND id < ? ORDER BY id DESC LIMIT {int(limit)}",
                 *states, before)  # fmt: skip


def select_due(now: int, limit: int) -> list[OutboxRow]:
    """Return the messages whose time has come, the longest waiting first."""
    return _rows(f"state = 'queued' AND next_at <= ? ORDER BY next_at, id LIMIT {int(limit)}", now)


def count_waiting(now: int) -> int:
    """Return how many messages wait for a later time."""
    rows = connection.fetch(
        "SELECT count(*) FROM mail_outbox WHERE state = 'queued' AND next_at > ?", (now,)
    )
    return int(rows[0][0])


def select_claimed(before: int) -> list[OutboxRow]:
    """Return the messages whose sender took them before an instant and never came back."""
    return _rows("state = 'sending' AND claimed_at < ? ORDER BY id", before)


def select_of_ticket(ticket_id: int) -> list[OutboxRow]:
    """Return the messages to send of a ticket's entries, oldest first."""
    return _rows(
        "(ticket_id = ? OR entry_id IN (SELECT id FROM message WHERE ticket_id = ?)) ORDER BY id",
        ticket_id, ticket_id,
    )  # fmt: skip


def select_of_entry(entry_id: int) -> list[OutboxRow]:
    """Return the messages that send one entry of a ticket."""
    return _rows("entry_id = ? ORDER BY id", entry_id)


def select_tickets(message_ids: Sequence[str]) -> dict[str, int]:
    """Return the tickets of messages by their Message-IDs, where their entries are now."""
    marks = ", ".join("?" * len(message_ids)) or "NULL"
    return dict(
        connection.fetch(
            "SELECT o.message_id, coalesce(m.ticket_id, o.ticket_id) FROM mail_outbox o "
            f"LEFT JOIN message m ON m.id = o.entry_id WHERE o.message_id IN ({marks}) "
            "AND o.ticket_id IS NOT NULL",
            tuple(message_ids),
        )
    )


def find(message_id: str) -> OutboxRow | None:
    """Return the message with a Message-ID."""
    found = _rows("message_id = ?", message_id)
    return found[0] if found else None


def select_ids(ticket_id: int, limit: int) -> list[tuple[int, str]]:
    """Return instant and Message-ID of the newest messages of a ticket that went out."""
    return connection.fetch(
        "SELECT created_at, message_id FROM mail_outbox WHERE ticket_id = ? "
        "AND state NOT IN ('dropped', 'withdrawn') ORDER BY id DESC LIMIT ?",
        (ticket_id, limit),
    )


def count_automatic(recipient: str, kind: str, since: int) -> int:
    """Return how many messages that nobody typed one address got since an instant."""
    rows = connection.fetch(
        "SELECT count(*) FROM mail_outbox WHERE recipient = ? AND kind = ? AND created_at > ?",
        (recipient, kind, since),
    )
    return int(rows[0][0])


def claim(row: OutboxRow, now: int, token: str) -> bool:
    """Take a message to send it; False when another sender was faster or it was taken back."""
    cursor = connection.execute(
        "UPDATE mail_outbox SET state = 'sending', claimed_at = ?, claim = ?, "
        "attempts = attempts + 1, version = version + 1 "
        "WHERE id = ? AND version = ? AND state = 'queued'",
        (now, token, row.id, row.version),
    )
    return bool(cursor.rowcount)


def settle(mail_id: int, token: str, state: str, reason: str, at: int) -> bool:
    """Say what became of a message that this sender took.

    It holds also when the message was given up as uncertain meanwhile: now it is known.

    Args:
        mail_id: Which message.
        token: That it was claimed with.
        state: `sent`, `failed`, `uncertain` or `queued`.
        reason: What the other side said.
        at: When it was sent, or is to be tried again.
    """
    cursor = connection.execute(
        "UPDATE mail_outbox SET state = ?, reason = ?, claim = '', claimed_at = NULL, "
        "sent_at = CASE WHEN ? = 'sent' THEN ? ELSE sent_at END, "
        "next_at = CASE WHEN ? = 'queued' THEN ? ELSE next_at END, version = version + 1 "
        "WHERE id = ? AND claim = ? AND state IN ('sending', 'uncertain')",
        (state, reason, state, at, state, at, mail_id, token),
    )
    return bool(cursor.rowcount)


def update(row: OutboxRow, state: str, reason: str, next_at: int, attempts: int) -> bool:
    """Bring a message into a state; False when somebody was faster."""
    cursor = connection.execute(
        "UPDATE mail_outbox SET state = ?, reason = ?, next_at = ?, attempts = ?, "
        "version = version + 1 WHERE id = ? AND version = ? AND state = ?",
        (state, reason, next_at, attempts, row.id, row.version, row.state),
    )
    return bool(cursor.rowcount)
