"""Documents whose time to be kept is over, or has no date to count from: pages and counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from boconsole.filters import parse, resolve
from boconsole.filters.area import Area
from boconsole.projects.reading import Count
from boconsole.registry import area as documents
from boconsole.registry import classes, privacy, reading, retaining, words
from boconsole.registry.reading import DocumentRow
from boconsole.session import Session
from db import keyset
from db.conditions import Compare, Not, Order, Selection, both
from db.listing import Page
from db.registry import retention
from db.registry.pages import Pages

CAP, CHUNK = 10_000, 500
THERE = Not(Compare("state", "=", words.DESTROYED))


class Due(NamedTuple):
    """A document whose time is over, with what is to become of it.

    Attributes:
        held: The matters of the holds that keep it.
        proposed: Whether its destruction waits for a confirmation.
        advice: What to fill in where the rule has no date to count from.
    """

    row: DocumentRow
    rule: str
    held: str
    proposed: bool
    advice: str = ""

    @property
    def id(self) -> int:
        """Of the document."""
        return self.row.id


def area(session: Session) -> Area:
    """Return what queries may say, as of documents; those in no use any more are there too."""
    return replace(documents.area(session), default=THERE)


def list_page(
    session: Session, query: str, after: str = "", limit: int = 50, *, backwards: bool = False
) -> Page[Due]:
    """Return a page of documents, what is due longest first unless the query sorts.

    Raises:
        QuerySyntaxError, CursorError: The line or the cursor cannot be read.
    """
    cursor = keyset.decode(after) if after else None
    asked = _selection(session, query)
    found = Pages(reading.today(session)).page(asked, cursor, limit, backwards=backwards)
    return _told(session, found)


def page_around(session: Session, query: str, record: int, limit: int) -> Page[Due] | None:
    """Return the documents around one; None when the query does not find it."""
    asked = _selection(session, query)
    found = Pages(reading.today(session)).page_around(asked, record, limit)
    return _told(session, found) if found else None


def count(session: Session, query: str) -> Count:
    """Return how many documents match, counted to a limit."""
    found = Pages(reading.today(session)).count(_selection(session, query), CAP)
    return Count(min(found, CAP), found > CAP)


def ahead(session: Session, days: int, most: int) -> list[Due]:
    """Return what is due within some days, at most so much."""
    last = reading.today(session) + timedelta(days=days)
    return _all(session, f"due:<={last}", most)


def undated(session: Session, most: int) -> list[Due]:
    """Return documents whose rule counts from a date that they do not have, at most so much."""
    return _all(session, "is:undated", most)


def _all(session: Session, query: str, most: int) -> list[Due]:
    found: list[Due] = []
    after = ""
    while len(found) < most:
        page = list_page(session, query, after, min(CHUNK, most - len(found)))
        found += page.rows
        if not page.more:
            break
        after = page.cursors[-1]
    return found


def _selection(session: Session, query: str) -> Selection:
    session.require(privacy.RIGHT)
    asked = resolve(parse(query), area(session), session)
    order = asked.order or (Order("due"),)
    return asked._replace(where=both(asked.where, privacy.visible(session)), order=order)


def _told(session: Session, page: Page[DocumentRow]) -> Page[Due]:
    return Page(told(page.rows, reading.today(session)), page.cursors, page.more)


def told(rows: Sequence[DocumentRow], today: date) -> list[Due]:
    """Return documents with their rules, holds, and whether their destruction is proposed."""
    known, ids = classes.rules(), [row.id for row in rows]
    rules = {row.id: known.get(row.class_id or 0, classes.NO_RULE) for row in rows}
    held, proposed = retention.select_matters(ids, today), retention.select_proposed(ids)
    return [
        Due(row, rules[row.id].told(), held.get(row.id, ""), row.id in proposed,
            retaining.advice(row, rules[row.id]))
        for row in rows
    ]  # fmt: skip
