"""Sentences for users about records."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from db import connection
from db.tickets.records import stored_value


class NotificationRow(NamedTuple):
    """A sentence for a user."""

    id: int
    at: datetime
    text: str
    feature: str
    record_id: int


def insert(rows: Sequence[tuple[int, datetime, str, str, int]]) -> None:
    """Add sentences: user, instant, text, feature and record of each."""
    connection.executemany(
        "INSERT INTO notification (user_id, at, text, feature, record_id) VALUES (?, ?, ?, ?, ?)",
        [
            (user, stored_value(at), text, feature, record)
            for user, at, text, feature, record in rows
        ],
    )


def select_unread(user_id: int, limit: int) -> list[NotificationRow]:
    """Return what a user has not read, newest first."""
    rows = connection.fetch(
        "SELECT id, at, text, feature, record_id FROM notification "
        "WHERE user_id = ? AND read_at IS NULL ORDER BY id DESC LIMIT ?",
        (user_id, limit),
    )
    return [NotificationRow(row[0], datetime.fromtimestamp(row[1], UTC), *row[2:]) for row in rows]


def set_read(user_id: int, feature: str, record_id: int, now: datetime) -> int:
    """Mark what a user was told of a record as read; returns how many sentences."""
    cursor = connection.execute(
        "UPDATE notification SET read_at = ? WHERE user_id = ? AND read_at IS NULL "
        "AND feature = ? AND record_id = ?",
        (stored_value(now), user_id, feature, record_id),
    )
    return int(cursor.rowcount)
