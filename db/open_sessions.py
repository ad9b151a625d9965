"""Sessions that are open at a door: who, from where, since when, and whether they shall end."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import peewee

from db import connection
from db.base import Table
from db.fields import InstantField
from db.users import User


class OpenSession(Table):
    """One session; the server that holds it says now and then that it is still there."""

    id = peewee.AutoField()
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    server = peewee.TextField()
    """A random text of the server's process."""
    door = peewee.TextField()
    """`ssh` or another one."""
    doing = peewee.TextField()
    """`console`, or the words of a command without their values."""
    address = peewee.TextField()
    terminal = peewee.TextField(default="")
    began_at = InstantField()
    seen_at = InstantField()
    """When its server last said that it is open."""
    heard_at = InstantField()
    """When the last key came in, as far as the server has told."""
    ending = peewee.TextField(default="")
    """Login of who wants it ended."""

    class Meta:
        """A server asks which of its own shall end."""

        indexes = ((("server", "ending"), False),)


class OpenSessionRow(NamedTuple):
    """A session as people see it."""

    id: int
    login: str
    door: str
    doing: str
    address: str
    terminal: str
    began_at: datetime
    heard_at: datetime
    ending: str


def insert(
    user_id: int, server: str, door: str, doing: str, address: str, terminal: str, now: datetime
) -> int:
    """Keep that a session is open; returns its id."""
    at = _seconds(now)
    rows = connection.fetch(
        "INSERT INTO open_session (user_id, server, door, doing, address, terminal, began_at, "
        "seen_at, heard_at, ending) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '') RETURNING id",
        (user_id, server, door, doing, address, terminal, at, at, at),
    )
    return int(rows[0][0])


def remove(session_id: int) -> None:
    """Forget a session that ended."""
    connection.execute("DELETE FROM open_session WHERE id = ?", (session_id,))


def touch(server: str, heard: Sequence[tuple[int, datetime]], now: datetime) -> None:
    """Say that all sessions of a server are open, and when the last key of some came in."""
    connection.execute(
        "UPDATE open_session SET seen_at = ? WHERE server = ?", (_seconds(now), server)
    )
    connection.executemany(
        "UPDATE open_session SET heard_at = ? WHERE id = ?",
        [(_seconds(at), session_id) for session_id, at in heard],
    )


def remove_lapsed(since: datetime) -> None:
    """Forget the sessions whose server said nothing any more."""
    connection.execute("DELETE FROM open_session WHERE seen_at < ?", (_seconds(since),))


def select(since: datetime, login: str = "") -> list[OpenSessionRow]:
    """Return the sessions heard of since an instant, of all people or of one, oldest first."""
    rows = connection.fetch(
        "SELECT s.id, u.login, s.door, s.doing, s.address, s.terminal, s.began_at, s.heard_at, "
        "s.ending FROM open_session s JOIN user_account u ON u.id = s.user_id "
        "WHERE s.seen_at >= ? AND (? = '' OR u.login = ?) ORDER BY s.id LIMIT 1000",
        (_seconds(since), login, login),
    )
    return [OpenSessionRow._make((*row[:6], _instant(row[6]), _instant(row[7]), row[8]))
            for row in rows]  # fmt: skip


def find_user_id(session_id: int) -> int | None:
    """Return whose session it is."""
    rows = connection.fetch("SELECT user_id FROM open_session WHERE id = ?", (session_id,))
    return int(rows[0][0]) if rows else None


def mark_ending(session_id: int, login: str) -> bool:
    """Ask for the end of a session; answers whether it was not asked for yet."""
    return bool(
        connection.fetch(
            "UPDATE open_session SET ending = ? WHERE id = ? AND ending = '' RETURNING id",
            (login, session_id),
        )
    )


def mark_all_ending(user_id: int, login: str, but: int = 0) -> None:
    """Ask for the end of all sessions of a user but one."""
    connection.execute(
        "UPDATE open_session SET ending = ? WHERE user_id = ? AND id <> ? AND ending = ''",
        (login, user_id, but),
    )


def select_ending(server: str) -> list[tuple[int, str]]:
    """Return the sessions of a server that shall end, and who wants it."""
    rows = connection.fetch(
        "SELECT id, ending FROM open_session WHERE server = ? AND ending <> ''", (server,)
    )
    return [(int(row[0]), str(row[1])) for row in rows]


def select_disabled(server: str) -> list[int]:
    """Return the sessions of a server whose account is not active any more."""
    rows = connection.fetch(
        "SELECT s.id FROM open_session s JOIN user_account u ON u.id = s.user_id "
        "WHERE s.server = ? AND NOT u.active",
        (server,),
    )
    return [int(row[0]) for row in rows]


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
