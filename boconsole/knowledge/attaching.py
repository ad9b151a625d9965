"""Files at articles, such as forms to fill in; the rules of `boconsole.filing`."""

from collections.abc import Sequence

from boconsole import audit, filing
from boconsole.filing import File, FileRow
from boconsole.knowledge import writing
from boconsole.knowledge.reading import SHELF, Article
from boconsole.session import Session
from db import files


def listed(session: Session, article_id: int) -> list[FileRow]:
    """Return the files of an article."""
    session.require("knowledge.read")
    return files.select(SHELF, article_id)


def attach(session: Session, article: Article, given: Sequence[File]) -> None:
    """Keep files at an article.

    Raises:
        AttachmentTooLargeError: One is larger than the limit; none is kept.
        AttachmentNotKeptError: The disk does not take it.
    """
    session.require("knowledge.edit")
    with audit.writing():
        told = filing.attach(session, SHELF, article.row.id, given)
        writing.record(session, "attach", article.row.id, told)


def content(session: Session, article_id: int, name: str) -> tuple[str, bytes]:
    """Return name and content of a file, by its name or id.

    Raises:
        NotFoundError: The article has no such file.
        AttachmentLostError: Its content is missing or damaged.
    """
    session.require("knowledge.read")
    row = filing.find(SHELF, article_id, name)
    return row.name, filing.content(row.name, row.sha256)


def remove(session: Session, article: Article, name: str) -> FileRow:
    """Take a file from an article; the audit trail keeps its name and hash."""
    session.require("knowledge.edit")
    with audit.writing():
        row = filing.find(SHELF, article.row.id, name)
        writing.record(session, "detach", article.row.id, filing.remove(SHELF, row))
        return row
