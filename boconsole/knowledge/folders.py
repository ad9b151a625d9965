"""Folders of Markdown files that come in and go out; what is there already comes in once.

A file is known again by the number that an export wrote into it, else by its place in the
folder, else by title and text.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import REFUSALS, InvalidChangeError
from boconsole.knowledge import markdown, reading, writing
from boconsole.knowledge.markdown import Document
from boconsole.knowledge.reading import Article
from boconsole.knowledge.words import INTERNAL, number
from boconsole.knowledge.writing import NewArticle
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import TEXT_LIMIT, safe
from boconsole.tickets import setting_up
from boconsole.whole_files import UnwrittenError, discard, put_in_place, require_new, unfinished
from db.knowledge import articles
from db.tickets import names

MADE, CHANGED, SAME, REFUSED = "made", "changed", "same", "refused"
LARGEST = TEXT_LIMIT * 4
"""Bytes of a file."""
CHUNK = 200


class Read(NamedTuple):
    """What became of a file.

    Attributes:
        what: `made`, `changed`, `same` or `refused`.
        number: Of the article; "" where there is none.
        reason: Why it was refused.
    """

    file: str
    what: str
    number: str = ""
    reason: str = ""


class _OnlyTriedError(Exception):
    """Takes back what was only tried."""


def load(
    session: Session, folder: Path, *, create: bool = False, dry_run: bool = False
) -> list[Read]:
    """Take in every `.md` file of a folder, each for itself; drafts, for somebody to review.

    Args:
        session: Who brings them.
        folder: Where they are, with the folders below it.
        create: Make categories that are missing.
        dry_run: Only tell what would happen.

    Raises:
        InvalidChangeError: It is no folder.
    """
    session.require("knowledge.edit")
    if not folder.is_dir():
        raise InvalidChangeError("folder", _("{path} is none").format(path=safe(str(folder))[:80]))
    return [_load(session, folder, path, create, dry_run) for path in _files(folder)]


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.md")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            yield path


def _load(session: Session, folder: Path, path: Path, create: bool, dry_run: bool) -> Read:
    name = safe(path.relative_to(folder).as_posix())
    try:
        document = markdown.read(name, _text(path))
        with audit.writing():
            found = _take(session, name, document, create)
            if dry_run:
                raise _OnlyTriedError
    except _OnlyTriedError:
        return found if found.what != MADE else found._replace(number="")
    except REFUSALS as error:
        return Read(name, REFUSED, reason=str(error))
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise InvalidChangeError("file", _("is too large for an article"))
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidChangeError("file", _("it is not UTF-8 text")) from error
    except OSError as error:
        raise InvalidChangeError("file", error.strerror or str(error)) from error


def _take(session: Session, name: str, document: Document, create: bool) -> Read:
    if create and document.category and names.category_id(document.category) is None:
        setting_up.add_category(session, document.category)
    article = _known(name, document)
    if article is None:
        made = writing.create(
            session,
            NewArticle(
                document.title, document.body, document.audience or INTERNAL,
                document.category or "", document.tags or (), _("From {file}").format(file=name),
                external_key=None if articles.find_by_key(name) else name,
            ),
        )  # fmt: skip
        return Read(name, MADE, made.number)
    given: dict[str, object] = {"category": document.category, "tags": document.tags}
    if not _says_nothing_new(article, document):
        if document.version and document.version < article.row.latest:
            raise InvalidChangeError(
                "version",
                _("{number} has changed since version {version}; export it again").format(
                    number=article.number, version=document.version
                ),
            )
        given |= {"title": document.title, "body": document.body, "audience": document.audience}
    given = {field: value for field, value in given.items() if value is not None}
    note = _("From {file}").format(file=name)
    after = writing.edit(session, article.row, given, note) if given else article
    changed = after.row.version != article.row.version
    return Read(name, CHANGED if changed else SAME, article.number)


def _known(name: str, document: Document) -> Article | None:
    """Return the article that a file was made of, or that was made of it."""
    row = articles.find(document.number) if document.number is not None else None
    if row is not None and row.created_at == document.created:
        return reading.again(row.id)
    if (found := articles.find_by_key(name)) is not None:
        return reading.again(found)
    for article_id in articles.find_by_title(document.title):
        row = reading.again(article_id).row
        if reading.version_of(row, row.latest).body == document.body:
            return reading.again(article_id)
    return None


def _says_nothing_new(article: Article, document: Document) -> bool:
    """Return whether a file says what the last version says, or the one it was exported from."""
    for number_ in {document.version or article.row.latest, article.row.latest}:
        version = articles.find_version(article.row.id, number_)
        if version is not None and (
            (version.title, version.body, version.audience)
            == (document.title, document.body, document.audience or version.audience)
        ):
            return True
    return False


# Out


def save(
    session: Session, folder: Path, query: str = "", *, replace: bool = False,
    progress: Callable[[int], None] = lambda _done: None,
) -> int:  # fmt: skip
    """Write the articles of a query into a folder, what is read of each; returns how many.

    Raises:
        UnwrittenError: A file is there already, or cannot be written.
        QuerySyntaxError: The query cannot be read.
    """
    session.require("knowledge.read")
    found = {_place(folder, article): article for article in _every(session, query)}
    if not replace:
        for path in found:
            require_new(path)
    for done, (path, article) in enumerate(found.items(), 1):
        _save(path, _document(article))
        progress(done)
    return len(found)


def _every(session: Session, query: str) -> Iterator[Article]:
    cursor = ""
    while True:
        page = reading.list_page(session, query, cursor, CHUNK)
        for row in page.rows:
            yield reading.again(row.id)
        if not page.more:
            return
        cursor = page.cursors[-1]


def _place(folder: Path, article: Article) -> Path:
    """Return where an article is written: where an import found it, else by its number."""
    key = article.row.external_key or ""
    parts = PurePosixPath(key).parts
    if key.endswith(".md") and not PurePosixPath(key).is_absolute() and ".." not in parts:
        return folder.joinpath(*parts)
    return folder / markdown.file_name(article.number, article.text.title)


def _document(article: Article) -> tuple[str, Document]:
    row, text = article
    return number(row.id), Document(
        text.title, text.body, row.category or None,
        tuple(row.tags.split(",")) if row.tags else (), text.audience, row.id, text.number,
        row.created_at,
    )  # fmt: skip


def _save(path: Path, told: tuple[str, Document]) -> None:
    text = markdown.write(told[1], told[0])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = unfinished(path)
        part.write_text(text, encoding="utf-8", newline="")
        put_in_place(path)
    except OSError as error:
        raise UnwrittenError(path, error.strerror or os.strerror(error.errno or 5)) from error
    finally:
        if unfinished(path) != path:
            discard(path)
