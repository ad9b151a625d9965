"""Which of some tickets match a query: for policies, triggers and checks before a bulk edit."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from boconsole.errors import QuerySyntaxError
from boconsole.filters import Query, parse, resolve
from boconsole.filters.syntax import And, Node, Not, Or, Term, Value
from boconsole.language import _
from boconsole.session import Session
from boconsole.tickets.area import FIELDS, ticket_area
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
    wanted = _condition(session, text, rule=True)
    found: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        part = tuple(ids[start : start + CHUNK])
        among = wanted._replace(where=both(wanted.where, Compare("number", "in", part)))
        found.update(ticket_id for ticket_id, _ in pages.ids(among, len(part)))
    return found


def check_query(session: Session, text: str, *, rule: bool = False) -> None:
    """Raise QuerySyntaxError unless a query can be used as a condition; `rule` as above."""
    if text.strip():
        _condition(session, text, rule=rule)


def _condition(session: Session, text: str, *, rule: bool) -> Selection:
    """Return what a query asks for, of tickets in whatever state; it may only ask."""
    query = parse(text)
    if query != Query(query.where, query.everything):
        raise QuerySyntaxError(_("expected a condition, without sort:, limit: or | set"), 0)
    return resolve(replace(query, everything=True), ticket_area(session, rule=rule), session)


def fields_asked(text: str) -> frozenset[str]:
    """Return the fields that decide whether a ticket matches a query.

    An empty name stands for what lies outside of them: words of the text, flags, the past.

    Raises:
        QuerySyntaxError: The line cannot be read.
    """
    where = parse(text).where
    return frozenset(() if where is None else map(_known_as, _names(where)))


def _names(node: Node) -> Iterator[str]:
    match node:
        case Term("has" | "no", _, values):
            yield from (value.text.lower() for value in values if isinstance(value, Value))
        case Term(name):
            yield name
        case And(parts) | Or(parts):
            for part in parts:
                yield from _names(part)
        case Not(part):
            yield from _names(part)
        case _:
            yield ""


def _known_as(name: str) -> str:
    """Return a field's own name for one of its names."""
    known = (field.name for field in FIELDS if name == field.name or name in field.aliases)
    return name if name.startswith("cf.") else next(known, "")


def doubt(session: Session, text: str) -> str:
    """Return which name of a standing rule does not exist, as a sentence, or nothing."""
    try:
        check_query(session, text)
    except QuerySyntaxError as error:
        return error.reason
    return ""
