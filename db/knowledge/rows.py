"""Rows of the knowledge base, as plain values."""

from datetime import date, datetime
from typing import NamedTuple


class ArticleRow(NamedTuple):
    """An article without its texts; names in place of ids.

    Attributes:
        state: Of its last version.
        published: The number of the version that is read, 0 for none.
        latest: The number of the last version.
        tags: With commas between them.
    """

    id: int
    version: int
    state: str
    title: str
    audience: str
    published: int
    latest: int
    category_id: int | None
    category: str
    author: str
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    review_on: date | None
    views: int
    used: int
    helpful: int
    unhelpful: int
    external_key: str | None
    tags: str


class VersionRow(NamedTuple):
    """What an article said at one time."""

    number: int
    title: str
    audience: str
    body: str
    note: str
    author_id: int | None
    author: str
    at: datetime
    published_at: datetime | None
    published_by: str


class NewVersion(NamedTuple):
    """A version to add; the author by id, the instant in seconds."""

    article_id: int
    number: int
    title: str
    audience: str
    body: str
    note: str
    author_id: int | None
    at: int


class UseRow(NamedTuple):
    """An article at a ticket.

    Attributes:
        kind: `used`, or `source` where the article was made of the ticket.
        number: The version that was used.
        quoted: Whether a message of the ticket quotes it.
    """

    article_id: int
    title: str
    audience: str
    article_state: str
    ticket_id: int
    subject: str
    ticket_state: str
    kind: str
    number: int
    quoted: bool
    user: str
    at: datetime
