"""Documents as they are read: pages of a list, and one with what hangs on it.

What somebody may not read is not there for them.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.audit import HistoryEntry
from boconsole.errors import NotFoundError
from boconsole.filters import parse, resolve
from boconsole.language import _
from boconsole.projects.reading import Count
from boconsole.registry import area, classes, privacy, words
from boconsole.registry.classes import Rule
from boconsole.session import Session
from db import keyset
from db.conditions import Compare, Selection, both
from db.registry import documents, versions
from db.registry.pages import DocumentPage, Pages
from db.registry.rows import DocumentRow as DocumentRow  # screens know it from here
from db.registry.rows import HoldRow as HoldRow
from db.registry.rows import ReviewRow as ReviewRow
from db.registry.rows import VersionRow as VersionRow

MARK_LIMIT = 10_000


class Document(NamedTuple):
    """A document; what operations on documents answer."""

    row: DocumentRow

    @property
    def id(self) -> int:
        """Its id."""
        return self.row.id

    @property
    def number(self) -> str:
        """`DOC-0001`."""
        return words.number(self.row.id)


class Card(NamedTuple):
    """A document with all that is shown of it."""

    row: DocumentRow
    versions: tuple[VersionRow, ...]
    reviews: tuple[ReviewRow, ...]
    readers: tuple[str, ...]
    holds: tuple[HoldRow, ...]
    rule: Rule
    text: str


def today(session: Session) -> date:
    """Return the day where the reader is."""
    return session.now().astimezone(session.zone).date()


def list_page(
    session: Session, query: str, after: str = "", limit: int = 50, *, backwards: bool = False
) -> DocumentPage:
    """Return a page of documents, the last changed first unless the query sorts or searches.

    Raises:
        QuerySyntaxError: The line cannot be read.
        CursorError: The cursor belongs to another order.
    """
    cursor = keyset.decode(after) if after else None
    pages = Pages(today(session))
    found = pages.page(selection(session, query), cursor, limit, backwards=backwards)
    return found._replace(rows=_masked(session, found.rows))


def page_around(session: Session, query: str, document_id: int, limit: int) -> DocumentPage | None:
    """Return the documents around one; None when the query does not find it."""
    found = Pages(today(session)).page_around(selection(session, query), document_id, limit)
    return found._replace(rows=_masked(session, found.rows)) if found else None


def _masked(session: Session, rows: Sequence[DocumentRow]) -> list[DocumentRow]:
    """Return documents that say nothing of one that took their place and may not be read."""
    after = {row.successor_id for row in rows if row.successor_id}
    known = {row.id for row in readable(session, sorted(after))} if after else set()
    return [row if row.successor_id in known else row._replace(successor_id=None) for row in rows]


def count(session: Session, query: str, cap: int = MARK_LIMIT) -> Count:
    """Return how many documents match, counting no further than `cap`."""
    asked = selection(session, query)._replace(order=())
    found = Pages(today(session)).count(asked, cap)
    return Count(min(found, cap), found > cap)


def selection(session: Session, query: str) -> Selection:
    """Return what a filter line asks for of what may be read; raises QuerySyntaxError."""
    asked = resolve(parse(query), area.area(session), session)
    return asked._replace(where=both(asked.where, privacy.visible(session)))


def get(session: Session, name: str | int) -> Document:
    """Return a document by number or id; raises NotFoundError."""
    document_id = name if isinstance(name, int) else words.parse_number(name)
    return Document(again(session, document_id))


def again(session: Session, document_id: int) -> DocumentRow:
    """Return a document that is there and may be read; raises NotFoundError."""
    row = documents.find(document_id, today(session))
    if row is None or not may_read(session, row):
        raise NotFoundError(_("document {number}").format(number=words.number(document_id)))
    return row


def may_read(session: Session, row: DocumentRow) -> bool:
    """Return whether somebody may read a document."""
    return bool(only_readable(session, [row]))


def only_readable(session: Session, rows: Sequence[DocumentRow]) -> list[DocumentRow]:
    """Return those of some documents that may be read, at most some thousand."""
    levels, me = privacy.levels(session), session.user.id
    rest = [row.id for row in rows if row.level not in levels and row.owner_id != me]
    named = Pages(today(session)).which(privacy.visible(session), rest) if rest else set()
    kept = set(rest)
    return [row for row in rows if row.id in named or row.id not in kept]


def readable(session: Session, ids: Sequence[int]) -> list[DocumentRow]:
    """Return those of some documents that may be read."""
    return only_readable(session, documents.select(ids, today(session))) if ids else []


def card(session: Session, document_id: int) -> Card:
    """Return a document with all that is shown of it; raises NotFoundError."""
    from db.registry import retention

    row = _masked(session, [again(session, document_id)])[0]
    rule = classes.rules().get(row.class_id or 0, classes.NO_RULE)
    return Card(
        row, tuple(versions.select(row.id)), tuple(versions.select_reviews(row.id)),
        tuple(login for _id, login in documents.select_readers(row.id)),
        tuple(retention.select_holds(row.id)), rule, versions.text_of(row.id, row.latest),
    )  # fmt: skip


def history(session: Session, document_id: int) -> list[HistoryEntry]:
    """Return what happened to a document that may be read."""
    again(session, document_id)
    return audit.history(session, words.DOCUMENT, document_id)


def naming(session: Session, column: str, record_id: int, limit: int = 50) -> list[DocumentRow]:
    """Return the documents of an `organisation`, a `contact` or a `contract` that may be read."""
    asked = Selection(both(Compare(column, "=", record_id), privacy.visible(session)))
    return Pages(today(session)).page(asked, None, limit).rows
