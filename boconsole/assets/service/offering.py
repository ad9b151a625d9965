"""What forms of plans and counters offer while a name is typed."""

from boconsole.session import Session
from db.assets import work
from db.tickets import choices

LIMIT = 8
Offer = tuple[str, str]
"""A value and a word about it."""


def queues(session: Session, start: str) -> list[Offer]:
    """Return queues that start so."""
    session.require("asset.read")
    return [(name, "") for name in choices.list_queues(start, LIMIT)]


def accounts(session: Session, start: str) -> list[Offer]:
    """Return accounts that start so."""
    session.require("asset.read")
    return [(login, "") for login in choices.list_users(start, LIMIT)]


def counters(session: Session, start: str) -> list[Offer]:
    """Return counters that are read somewhere and start so."""
    session.require("asset.read")
    return [(name, "") for name in work.select_counter_names(start.lower(), LIMIT)]
