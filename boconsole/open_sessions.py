"""Sessions at the doors: which are open, and ending one.

The server that holds a session says every so often that it is there; what it does not say for
a while lapses, so that a machine that lost its power leaves nothing behind. A session is ended by
asking for it here: its server hears of that within seconds, wherever it runs.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import safe
from db import connection
from db import open_sessions as stored
from db.open_sessions import OpenSessionRow

__all__ = ["OpenSessionRow"]
LAPSE = timedelta(seconds=90)
"""Three times as long as a server is silent."""
MANAGE = "user.edit"
"""Permission to see and end the sessions of others."""


def began(session: Session, server: str, doing: str, address: str, terminal: str = "") -> int:
    """Keep that a session is open; returns its number.

    Args:
        session: Whose, and at which door.
        server: A random text of the server's process.
        doing: `console`, or the command.
        address: From where.
        terminal: Its kind and size.
    """
    with connection.transaction():
        return stored.insert(
            session.user.id, server, session.origin, safe(doing)[:80], address[:60],
            safe(terminal)[:40], session.now(),
        )  # fmt: skip


def ended(number: int) -> None:
    """Forget a session that ended."""
    with connection.transaction():
        stored.remove(number)


def beat(server: str, heard: Sequence[tuple[int, datetime]], now: datetime) -> None:
    """Say that the sessions of a server are open, and forget those of servers that say nothing.

    Args:
        server: As in `began`.
        heard: Number and instant of the last key, of those with a new one.
        now: The present instant.
    """
    with connection.transaction():
        stored.touch(server, heard, now)
        stored.remove_lapsed(now - LAPSE)


def to_end(server: str) -> dict[int, str]:
    """Return which sessions of a server shall end: number to login of who wants it, or ""."""
    found = dict.fromkeys(stored.select_disabled(server), "")
    return found | dict(stored.select_ending(server))


def end_all(session: Session, user_id: int) -> None:
    """Ask for the end of all sessions of a user, but the one that asks; part of an operation."""
    stored.mark_all_ending(user_id, session.user.login, session.number)


def list_open(session: Session) -> list[OpenSessionRow]:
    """Return the open sessions, oldest first: all for who manages accounts, else one's own."""
    everyone = session.may(MANAGE)
    return stored.select(session.now() - LAPSE, "" if everyone else session.user.login)


def end(session: Session, number: int) -> int:
    """Ask for the end of a session; its typed values are kept as drafts. Returns the operation.

    Raises:
        NotFoundError: There is none with that number, or it is not theirs to see.
        InvalidChangeError: It ends already.
    """
    with audit.writing():
        owner = stored.find_user_id(number)
        if owner is None or (owner != session.user.id and not session.may(MANAGE)):
            raise NotFoundError(_("session {number}").format(number=number))
        if not stored.mark_ending(number, session.user.login):
            raise InvalidChangeError("session", _("{number} ends already").format(number=number))
        changes = {"session": (number, None)}
        return audit.record(session, "user.end_session", "user", [audit.Line(owner, changes)])
