"""Articles as they are read: lists, one with its text, its versions, its tickets."""

from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.audit import HistoryEntry
from boconsole.errors import NotFoundError
from boconsole.filing import FileRow
from boconsole.filters import parse, resolve
from boconsole.knowledge import words
from boconsole.knowledge.area import article_area
from boconsole.knowledge.words import FEATURE, parse_number
from boconsole.language import _
from boconsole.session import Session
from db import connection, files, keyset
from db.conditions import Selection
from db.files import Shelf
from db.knowledge import articles, pages, uses
from db.knowledge.pages import ArticlePage
from db.knowledge.rows import ArticleRow as ArticleRow  # screens know it from here
from db.knowledge.rows import UseRow as UseRow
from db.knowledge.rows import VersionRow as VersionRow

MARK_LIMIT = 10_000
SHELF = Shelf("article_attachment", "article_id")
TICKETS = 200
"""Tickets of an article that are shown at most."""


class Count(NamedTuple):
    """How many articles match; `capped` when there are more than the number says."""

    number: int
    capped: bool


class Votes(NamedTuple):
    """What is said of the version that is read; `mine` None where I said nothing."""

    helpful: int
    unhelpful: int
    mine: bool | None


class Article(NamedTuple):
    """An article with what it says: the published version, or the last one where none is."""

    row: ArticleRow
    text: VersionRow

    @property
    def number(self) -> str:
        """`KB-12`."""
        return words.number(self.row.id)

    @property
    def pending(self) -> bool:
        """Whether a newer version than the published one is there."""
        return bool(self.row.published) and self.row.latest > self.row.published


class Whole(NamedTuple):
    """An article with all that is shown of it."""

    article: Article
    last: VersionRow
    versions: tuple[VersionRow, ...]
    tickets: tuple[UseRow, ...]
    files: tuple[FileRow, ...]
    votes: Votes
    history: tuple[HistoryEntry, ...]


def list_page(
    session: Session, query: str, after: str = "", limit: int = 50, *, backwards: bool = False
) -> ArticlePage:
    """Return a page of articles, the last changed first unless the query sorts or has words.

    Raises:
        QuerySyntaxError: The line cannot be read.
        CursorError: The cursor belongs to another order.
    """
    cursor = keyset.decode(after) if after else None
    return pages.page(selection(session, query), cursor, limit, backwards=backwards)


def page_around(session: Session, query: str, article_id: int, limit: int) -> ArticlePage | None:
    """Return the articles around one; None when the query does not find it."""
    return pages.page_around(selection(session, query), article_id, limit)


def count(session: Session, query: str, cap: int = MARK_LIMIT) -> Count:
    """Return how many articles match, counting no further than `cap`."""
    found = pages.count(selection(session, query), cap)
    return Count(min(found, cap), found > cap)


def selection(session: Session, query: str) -> Selection:
    """Return what a filter line asks for; raises QuerySyntaxError."""
    session.require("knowledge.read")
    return resolve(parse(query), article_area(session), session)


def get(session: Session, name: str | int) -> Article:
    """Return an article by number or id, with the text that is read; raises NotFoundError."""
    session.require("knowledge.read")
    return again(name if isinstance(name, int) else parse_number(name))


def again(article_id: int) -> Article:
    """Return an article that is there; raises NotFoundError."""
    row = articles.find(article_id)
    if row is None:
        raise NotFoundError(_("article {number}").format(number=words.number(article_id)))
    return Article(row, version_of(row, row.published or row.latest))


def version_of(row: ArticleRow, number: int) -> VersionRow:
    """Return one version of an article; raises NotFoundError."""
    found = articles.find_version(row.id, number)
    if found is None:
        raise NotFoundError(
            _("version {version} of {number}; the last one is {last}").format(
                version=number, number=words.number(row.id), last=row.latest
            )
        )
    return found


def versions(session: Session, article_id: int) -> list[VersionRow]:
    """Return every version, the newest first."""
    session.require("knowledge.read")
    return articles.select_versions(article_id)


def whole(session: Session, name: str | int) -> Whole:
    """Return an article with its versions, tickets, files, votes and history."""
    article = get(session, name)
    row = article.row
    every = articles.select_versions(row.id)
    read = article.text.number
    mine = uses.find_vote(row.id, read, session.user.id)
    return Whole(
        article,
        every[0],
        tuple(every),
        tuple(tickets_of(session, row.id)),
        tuple(files.select(SHELF, row.id)),
        Votes(*uses.count_votes(row.id, read), mine),
        tuple(audit.history(session, FEATURE, row.id)),
    )


def tickets_of(session: Session, article_id: int) -> list[UseRow]:
    """Return the tickets that an article was used for, as far as the reader may see tickets."""
    session.require("knowledge.read")
    if not session.may("ticket.read"):
        return []
    return uses.select_of_article(article_id, TICKETS)


def of_ticket(session: Session, ticket_id: int) -> list[UseRow]:
    """Return the articles at a ticket; none for who may not read articles."""
    session.require("ticket.read")
    return uses.select_of_ticket(ticket_id) if session.may("knowledge.read") else []


def look(session: Session, article_id: int) -> None:
    """Count that an article was opened; a counter, not a change of the record."""
    session.require("knowledge.read")
    with connection.transaction():
        articles.count(article_id, views=1)


def today(session: Session) -> date:
    """Return the day where the reader is."""
    return session.now().astimezone(session.zone).date()
