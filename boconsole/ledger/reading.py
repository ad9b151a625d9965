"""What people see of the journal: lists of entries, and what happened to one."""

from typing import NamedTuple

from boconsole.audit import HistoryEntry, history
from boconsole.filters import parse, resolve
from boconsole.ledger.area import journal_area
from boconsole.ledger.words import entry_number
from boconsole.session import Session
from db import keyset
from db.conditions import Selection
from db.ledger import pages
from db.ledger.pages import JournalLine, JournalPage

MARK_LIMIT = 10_000


class Count(NamedTuple):
    """How many entries match; `capped` when there are more than the number says."""

    number: int
    capped: bool


def number_of(line: JournalLine) -> str:
    """Return the number people see: `JNL-2026-00042`, or `DRF-7`."""
    return entry_number(line.id, line.series, line.year, line.sequence)


def list_page(
    session: Session, query: str, after: str = "", limit: int = 50, *, backwards: bool = False
) -> JournalPage:
    """Return a page of entries, the newest first unless the query sorts them.

    Args:
        session: Who reads.
        query: A filter line.
        after: The cursor of a row to go on from; empty for the start (the end, backwards).
        limit: The most rows.
        backwards: Read what stands before the cursor.

    Raises:
        QuerySyntaxError: The line cannot be read.
        CursorError: The cursor belongs to another order.
    """
    cursor = keyset.decode(after) if after else None
    return pages.page(selection(session, query), cursor, limit, backwards=backwards)


def page_around(session: Session, query: str, entry_id: int, limit: int) -> JournalPage | None:
    """Return the rows around an entry; None when the query does not find it."""
    return pages.page_around(selection(session, query), entry_id, limit)


def count(session: Session, query: str, cap: int = MARK_LIMIT) -> Count:
    """Return how many entries match, counting no further than `cap`."""
    found = pages.count(selection(session, query), cap)
    return Count(min(found, cap), found > cap)


def selection(session: Session, query: str) -> Selection:
    """Return what a filter line asks for.

    Raises:
        QuerySyntaxError: It cannot be read.
    """
    session.require("ledger.read")
    return resolve(parse(query), journal_area(session), session)


def trail(session: Session, entry_id: int) -> list[HistoryEntry]:
    """Return what happened to an entry, oldest first."""
    return history(session, "ledger", entry_id)
