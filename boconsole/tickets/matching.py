"""Which of some tickets match a query: for policies, triggers and checks before a bulk edit."""

from collections.abc import Sequence

from boconsole.errors import QuerySyntaxError
from boconsole.filters import parse, resolve
from boconsole.session import Session
from boconsole.tickets.area import ticket_area
from db.conditions import Compare, Selection, both
from db.tickets import pages

CHUNK = 500


def selection(session: Session, text: str, *, rule: bool = False) -> Selection:
    """Return what a filter line asks for; active tickets only unless it names a state or `any`.

    Args:
        session: Who asks.
        text: The line.
        rule: It stands for long: what it names need not exist yet, or any more.

    Raises:
        QuerySyntaxError: The line cannot be read; names the column.
    """
    return resolve(parse(text), ticket_area(session, rule=rule), session)


def matching(session: Session, text: str, ids: Sequence[int]) -> set[int]:
    """Return those of some tickets, in whatever state, that match a query; empty matches all."""
    if not text.strip():
        return set(ids)
    wanted = selection(session, f"any ({text})", rule=True)
    wanted = wanted._replace(order=(), group="", limit=None)
    found: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        part = tuple(ids[start : start + CHUNK])
        among = wanted._replace(where=both(wanted.where, Compare("number", "in", part)))
        found.update(ticket_id for ticket_id, _ in pages.ids(among, len(part)))
    return found


def check_query(session: Session, text: str, *, rule: bool = False) -> None:
    """Raise QuerySyntaxError unless a query can be used as a condition; `rule` as above."""
    if text.strip():
        selection(session, f"any ({text})", rule=rule)


def doubt(session: Session, text: str) -> str:
    """Return which name of a standing rule does not exist, as a sentence, or nothing."""
    try:
        check_query(session, text)
    except QuerySyntaxError as error:
        return error.reason
    return ""
