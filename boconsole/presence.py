"""Who has which record open: a hint for people, never a lock.

A console says again every half minute that it is there; what it does not say for a minute
lapses, so that a lost connection leaves nobody behind.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from boconsole.session import Session
from db import connection, housekeeping

LAPSE = timedelta(seconds=60)
MODES = ("viewing", "replying")


class Other(NamedTuple):
    """Somebody else at the same record."""

    login: str
    mode: str
    seen_at: datetime


def enter(
    session: Session, token: str, feature: str, record_id: int, mode: str = "viewing"
) -> list[Other]:
    """Say that this console has a record open; returns who else has.

    Args:
        session: Who.
        token: A random text of the open console.
        feature: The kind of record.
        record_id: The record.
        mode: `viewing` or `replying`.
    """
    with connection.transaction():
        housekeeping.put_presence(token, session.user.id, feature, record_id, mode, session.now())
    return others(session, token, feature, record_id)


def others(session: Session, token: str, feature: str, record_id: int) -> list[Other]:
    """Return who else has a record open, those who write first."""
    since = session.now() - LAPSE
    rows = housekeeping.select_presence(token, feature, record_id, since)
    return [Other(*row) for row in rows]


def leave(token: str, feature: str = "", record_id: int = 0) -> None:
    """Say that this console closed a record, or all of them."""
    with connection.transaction():
        housekeeping.remove_presence(token, feature, record_id)
