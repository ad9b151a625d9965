"""Lists of articles as a file: what stands in a row, without their texts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from boconsole import record_files
from boconsole.knowledge import reading
from boconsole.knowledge.reading import ArticleRow
from boconsole.knowledge.words import number
from boconsole.session import Session

CHUNK = 500


def export(
    session: Session, query: str, path: Path, chosen: Sequence[ArticleRow] | None = None
) -> int:
    """Write the articles of a query, or chosen ones, as CSV or JSON; returns how many.

    Raises:
        InvalidChangeError: The name of the file ends in neither.
        UnwrittenError: It cannot be written.
    """
    rows = list(_every(session, query)) if chosen is None else chosen
    return record_files.write(path, [record(row) for row in rows])


def record(row: ArticleRow) -> dict[str, object]:
    """Return an article for programs."""
    return {
        "number": number(row.id), "title": row.title, "state": row.state,
        "audience": row.audience, "category": row.category, "tags": row.tags,
        "author": row.author, "version": row.latest, "published_version": row.published or None,
        "review_on": row.review_on, "views": row.views, "tickets": row.used,
        "helped": row.helpful, "did_not_help": row.unhelpful,
        "created_at": row.created_at, "updated_at": row.updated_at,
        "published_at": row.published_at,
    }  # fmt: skip


def _every(session: Session, query: str) -> Iterator[ArticleRow]:
    cursor, more = "", True
    while more:
        page = reading.list_page(session, query, cursor, CHUNK)
        yield from page.rows
        cursor, more = page.cursors[-1] if page.cursors else "", page.more
