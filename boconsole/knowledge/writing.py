"""How articles begin and change: every text is a version of its own, and none is ever lost.

A published article that is edited keeps its published text for readers until the new version
is published.
"""

from collections.abc import Mapping
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.knowledge import reading
from boconsole.knowledge.reading import Article
from boconsole.knowledge.words import AUDIENCES, DRAFT, FEATURE, INTERNAL, number
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean, clean_line, required_line
from boconsole.tickets.fields import parse_changes
from boconsole.tickets.rows import Versioned
from boconsole.tickets.words import one_of
from db.knowledge import articles, words
from db.knowledge.rows import ArticleRow, NewVersion, VersionRow
from db.knowledge.words import Texts
from db.tickets import relations

TEXTS = ("title", "audience", "body")
"""What a version holds."""
FIELDS = (*TEXTS, "category", "tags")


class NewArticle(NamedTuple):
    """What an article is made of.

    Attributes:
        audience: `internal` or `public`.
        category: A path of the tree of tickets; empty for none.
        tags: With commas between them, or a sequence.
        note: What was written, in a few words.
        external_key: The file that an import made it of.
    """

    title: str
    body: str
    audience: str = INTERNAL
    category: str = ""
    tags: object = ()
    note: str = ""
    external_key: str | None = None


def create(session: Session, new: NewArticle) -> Article:
    """Begin an article with its first version, a draft.

    Raises:
        InvalidChangeError, NotFoundError: Nothing was made.
    """
    session.require("knowledge.edit")
    texts = _texts({"title": new.title, "audience": new.audience, "body": new.body})
    hanging = _hanging(session, {"category": new.category, "tags": new.tags})
    now = int(session.now().timestamp())
    with audit.writing():
        author = session.user.id or None
        article_id = articles.insert(
            {"state": DRAFT, "title": texts["title"], "audience": texts["audience"],
             "category_id": hanging.category_id, "author_id": author, "created_at": now,
             "updated_at": now, "external_key": new.external_key}
        )  # fmt: skip
        note = clean_line(new.note, field="note", limit=LINE_LIMIT)
        articles.insert_version(
            NewVersion(article_id, 1, texts["title"], texts["audience"], texts["body"], note,
                       author, now)
        )  # fmt: skip
        articles.put_tags(article_id, relations.tag_ids(hanging.tags or ()).values())
        index(article_id, None)
        told: dict[str, tuple[object, object]] = {
            "title": (None, texts["title"]), "audience": (None, texts["audience"]),
        }  # fmt: skip
        if new.category:
            told["category"] = (None, reading.again(article_id).row.category)
        record(session, "create", article_id, told, 1)
        return reading.again(article_id)


def edit(session: Session, seen: Versioned, given: Mapping[str, object], note: str = "") -> Article:
    """Change an article; another title, audience or text makes a new version, a draft.

    Args:
        session: Who writes.
        seen: The article, with the version of the record that was seen.
        given: Field to new value: title, audience, body, category, tags.
        note: What was changed, in a few words.

    Raises:
        StaleRecordError: Somebody else changed it since.
        InvalidChangeError, NotFoundError: A value cannot be taken.
    """
    session.require("knowledge.edit")
    if unknown := sorted(given.keys() - set(FIELDS)):
        raise InvalidChangeError(
            unknown[0], _("is not a field; use one of {fields}").format(fields=", ".join(FIELDS))
        )
    texts, hanging = _texts(given), _hanging(session, given)
    note = clean_line(note, field="note", limit=LINE_LIMIT)
    with audit.writing():
        article = reading.again(seen.id)
        row = article.row
        last = reading.version_of(row, row.latest)
        if seen.version and row.version != seen.version:
            raise _stale(row, last, texts, hanging)
        return _write(session, row, last, texts, hanging, note)


def restore(session: Session, seen: Versioned, version: int) -> Article:
    """Write an earlier version again, as a new one; a draft.

    Raises:
        NotFoundError: There is no such version.
        InvalidChangeError: It says what the last one says.
    """
    session.require("knowledge.edit")
    with audit.writing():
        row = reading.again(seen.id).row
        old, last = reading.version_of(row, version), reading.version_of(row, row.latest)
        texts = {name: str(getattr(old, name)) for name in TEXTS}
        if texts == {name: getattr(last, name) for name in TEXTS}:
            raise InvalidChangeError("version", _("it says what the last one says"))
        if seen.version and row.version != seen.version:
            raise _stale(row, last, texts, Hanging())
        note = _("Version {version} again").format(version=version)
        return _write(session, row, last, texts, Hanging(), note)


class Hanging(NamedTuple):
    """Category and tags that are to be; `sorted_in` tells whether a category was given."""

    category_id: int | None = None
    sorted_in: bool = False
    tags: tuple[str, ...] | None = None


def _texts(given: Mapping[str, object]) -> dict[str, str]:
    """Return the texts of a version, checked."""
    found: dict[str, str] = {}
    if "title" in given:
        found["title"] = required_line(str(given["title"] or ""), field="title", limit=200)
    if "audience" in given:
        found["audience"] = one_of("audience", str(given["audience"] or ""), tuple(AUDIENCES))
    if "body" in given:
        found["body"] = clean(str(given["body"] or ""), field="body")
        if not found["body"].strip():
            raise InvalidChangeError("body", _("is empty; type a few words"))
    return found


def _hanging(session: Session, given: Mapping[str, object]) -> Hanging:
    wanted = {name: given[name] for name in ("category", "tags") if name in given}
    changes = parse_changes(session, wanted)
    category = changes.columns.get("category_id")
    return Hanging(
        category if isinstance(category, int) else None,
        "category" in wanted,
        changes.tags.of(()) if changes.tags is not None else None,
    )


def _write(
    session: Session, row: ArticleRow, last: VersionRow, texts: Mapping[str, str],
    hanging: Hanging, note: str,
) -> Article:  # fmt: skip
    told: dict[str, tuple[object, object]] = {}
    columns: dict[str, object] = {"updated_at": int(session.now().timestamp())}
    before = indexed(row.id)
    new = {name: text for name, text in texts.items() if text != getattr(last, name)}
    if new:
        told |= {name: (getattr(last, name), new[name]) for name in ("title", "audience")
                 if name in new}  # fmt: skip
        told["text"] = (f"v{last.number}", f"v{last.number + 1}")
        if row.state != DRAFT:
            told["state"] = (row.state, DRAFT)
        shown = last._replace(
            title=new.get("title", last.title), audience=new.get("audience", last.audience),
            body=new.get("body", last.body),
        )  # fmt: skip
        articles.insert_version(
            NewVersion(row.id, last.number + 1, shown.title, shown.audience, shown.body, note,
                       session.user.id or None, int(session.now().timestamp()))
        )  # fmt: skip
        columns |= {"latest": last.number + 1, "state": DRAFT}
        if not row.published:
            columns |= {"title": shown.title, "audience": shown.audience}
    if hanging.sorted_in and hanging.category_id != row.category_id:
        columns["category_id"] = hanging.category_id
        told["category"] = (row.category, "")
    tags = row.tags.split(",") if row.tags else []
    if hanging.tags is not None and list(hanging.tags) != tags:
        articles.put_tags(row.id, relations.tag_ids(hanging.tags).values())
        told["tags"] = (tags, list(hanging.tags))
    if not told:
        return reading.again(row.id)
    if not articles.update(row.id, row.version, columns):
        raise StaleRecordError(number(row.id), row.id)
    after = reading.again(row.id)
    if "category" in told:
        told["category"] = (row.category, after.row.category)
    index(row.id, before)
    record(session, "edit", row.id, told, after.row.version)
    return after


def _stale(
    row: ArticleRow, last: VersionRow, texts: Mapping[str, str], hanging: Hanging
) -> StaleRecordError:
    theirs: dict[str, object] = {
        name: getattr(last, name) for name, text in texts.items() if text != getattr(last, name)
    }
    yours: dict[str, object] = {name: texts[name] for name in theirs}
    if hanging.tags is not None and ",".join(hanging.tags) != row.tags:
        theirs["tags"], yours["tags"] = tuple(row.tags.split(",")), hanging.tags
    return StaleRecordError(number(row.id), row.id, row.version, theirs, yours)


# Shared by all operations


def indexed(article_id: int) -> Texts:
    """Return what the full-text index has of an article: what is read, else its last version."""
    row, text = reading.again(article_id)
    return Texts(text.title, row.tags.replace(",", " "), text.body)


def index(article_id: int, before: Texts | None) -> None:
    """Bring the full-text index up to date."""
    texts = indexed(article_id)
    if texts != before:
        words.put(article_id, texts, before)


def record(
    session: Session, verb: str, article_id: int, told: Mapping[str, tuple[object, object]],
    version: int = 0,
) -> int:  # fmt: skip
    """Write the line of the audit trail."""
    line = audit.Line(article_id, told, version)
    return audit.record(session, f"article.{verb}", FEATURE, [line])
