"""Articles by command: written, read, compared, reviewed, used at tickets."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from boconsole.doors import files, output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.knowledge.reading import Article, ArticleRow, VersionRow

LIMIT, MOST = 50, 10_000
FIELDS = ("title", "body", "audience", "category", "tags")


# Writing


def new(call: Call) -> Answer:
    """Begin an article."""
    from boconsole.knowledge import using, writing
    from boconsole.knowledge.writing import NewArticle
    from boconsole.tickets.words import parse_number

    words, session = call.words, call.session()
    if words.from_ticket:
        article = using.from_ticket(session, parse_number(words.from_ticket))
    else:
        given = _given(call)
        article = writing.create(
            session,
            NewArticle(
                given.get("title", ""), given.get("body", ""),
                given.get("audience", "internal"), given.get("category", ""),
                given.get("tags", ""), words.note,
            ),
        )  # fmt: skip
    return told_of(article, _("{number} is a draft."))


def edit(call: Call) -> Answer:
    """Change an article."""
    from boconsole.knowledge import reading, writing

    session = call.session()
    row = reading.get(session, call.words.number).row
    if call.words.if_version:
        row = row._replace(version=whole(call.words.if_version, "if-version"))
    article = writing.edit(session, row, _given(call), call.words.note)
    return told_of(article, _("{number} is kept."))


def restore(call: Call) -> Answer:
    """Write an earlier version again."""
    from boconsole.knowledge import reading, writing

    session = call.session()
    row = reading.get(session, call.words.number).row
    article = writing.restore(session, row, whole(call.words.text_version, "version"))
    return told_of(article, _("{number} is kept."))


def _given(call: Call) -> dict[str, str]:
    given = {name: getattr(call.words, name) for name in FIELDS}
    if given["body"] == "-":
        given["body"] = files.read_stdin()
    return {name: value for name, value in given.items() if value is not None}


# Reading


def list_articles(call: Call) -> Answer:
    """List articles."""
    return _listed(call, " ".join(call.words.query))


def search(call: Call) -> Answer:
    """List published articles that fit."""
    return _listed(call, " ".join(["is:published", *call.words.query]))


def _listed(call: Call, query: str) -> Answer:
    from boconsole.knowledge import reading
    from db.keyset import CursorError

    limit = whole(call.words.limit, "limit") if call.words.limit else LIMIT
    if not 1 <= limit <= MOST:
        raise InvalidChangeError("limit", _("lies between 1 and {most}").format(most=MOST))
    session = call.session()
    try:
        page = reading.list_page(session, query, call.words.after, limit)
    except CursorError as error:
        raise InvalidChangeError(
            "after", _("{error}; start again without it").format(error=error)
        ) from error
    notes = (_("next: --after {cursor}").format(cursor=page.cursors[-1]),) if page.more else ()
    return rows_answer(page.rows, page.cursors, notes)


def rows_answer(
    rows: Sequence["ArticleRow"], cursors: Sequence[str] = (), notes: tuple[str, ...] = ()
) -> Answer:
    """Return articles of a list."""
    from boconsole.knowledge.words import AUDIENCES, STATES, number

    def text() -> str:
        cells = [
            (number(row.id), _(STATES[row.state]), _(AUDIENCES[row.audience]), row.title,
             row.category, row.tags, str(row.review_on or "-"), str(row.used), str(row.helpful))
            for row in rows
        ]  # fmt: skip
        headings = (_("Number"), _("State"), _("For"), _("Title"), _("Category"), _("Tags"),
                    _("Review"), _("Used"), _("Helped"))  # fmt: skip
        if not cells:
            return _("No article matches.")
        return output.fitted_table(headings, cells, output.terminal_width(), cut=3)

    value = [record(row) for row in rows]
    for each, cursor in zip(value, cursors, strict=False):
        each["cursor"] = cursor
    return Answer(value, text, notes)


def show(call: Call) -> Answer:
    """Show an article, and count that it was opened."""
    from boconsole.knowledge import reading
    from boconsole.knowledge.words import AUDIENCES, STATES

    session = call.session()
    article = reading.get(session, call.words.number)
    if call.words.text_version:
        number = whole(call.words.text_version, "version")
        article = article._replace(text=reading.version_of(article.row, number))
    reading.look(session, article.row.id)
    used = reading.tickets_of(session, article.row.id)
    row = article.row

    def text() -> str:
        pairs = [
            (_("Number"), article.number), (_("Title"), article.text.title),
            (_("State"), _(STATES[row.state])), (_("For"), _(AUDIENCES[article.text.audience])),
            (_("Version"), _version(article)), (_("Category"), row.category),
            (_("Tags"), row.tags), (_("Author"), row.author),
            (_("Review"), str(row.review_on or "")),
            (_("Tickets"), ", ".join(f"TKT-{use.ticket_id}" for use in used[:10])),
        ]  # fmt: skip
        told = output.pairs([(name, value) for name, value in pairs if value])
        return f"{told}\n\n{article.text.body}"

    value = {**article_record(article), "tickets": [f"TKT-{use.ticket_id}" for use in used]}
    return Answer(value, text)


def _version(article: "Article") -> str:
    number, last = article.text.number, article.row.latest
    return str(number) if number == last else _("{number} of {last}").format(
        number=number, last=last
    )  # fmt: skip


def versions(call: Call) -> Answer:
    """List the versions of an article."""
    from boconsole.knowledge import reading

    session = call.session()
    found = reading.versions(session, reading.get(session, call.words.number).row.id)

    def text() -> str:
        rows = [
            (str(each.number), f"{each.at:%Y-%m-%d %H:%M}", each.author, each.published_by or "-",
             each.title, each.note)
            for each in found
        ]  # fmt: skip
        headings = (_("Version"), _("When"), _("Author"), _("Published by"), _("Title"), _("Note"))
        return output.table(headings, rows, right=frozenset((0,)))

    return Answer([version_record(each) for each in found], text)


def diff(call: Call) -> Answer:
    """Tell what two versions differ in."""
    from boconsole.knowledge import differing, reading
    from boconsole.knowledge.words import number

    session = call.session()
    row = reading.get(session, call.words.number).row
    last = whole(call.words.new, "to") if call.words.new else row.latest
    first = whole(call.words.old, "from") if call.words.old else max(last - 1, 1)
    old, new_ = reading.version_of(row, first), reading.version_of(row, last)
    lines = differing.compare(_whole_text(old), _whole_text(new_))
    hunks = differing.hunks(lines)

    def text() -> str:
        told = [f"--- {number(row.id)} v{first}", f"+++ {number(row.id)} v{last}"]
        for hunk in hunks:
            told.append(f"@@ -{_start(hunk, 'old')} +{_start(hunk, 'new')} @@")
            told += [SIGNS[line.kind] + _marked(line) for line in hunk]
        return "\n".join(told) if hunks else _("Nothing differs.")

    value = {
        "number": number(row.id), "from": first, "to": last,
        "lines": [
            {"kind": line.kind, "old": line.old or None, "new": line.new or None,
             "text": line.text,
             "changed": [part.text for part in line.parts if part.changed]}
            for hunk in hunks for line in hunk
        ],
    }  # fmt: skip
    return Answer(value, text)


SIGNS = {"same": " ", "gone": "-", "new": "+"}


def _whole_text(version: "VersionRow") -> str:
    return f"# {version.title} ({version.audience})\n\n{version.body}"


def _start(hunk: "Sequence[object]", side: str) -> int:
    return next((place for line in hunk if (place := int(getattr(line, side)))), 0)


def _marked(line: "object") -> str:
    """Return a line with its changed words in braces, where not all of it changed."""
    from boconsole.knowledge.differing import SAME, Line

    assert isinstance(line, Line)
    if line.kind == SAME or all(part.changed for part in line.parts):
        return line.text
    left, right = ("[-", "-]") if line.kind == "gone" else ("{+", "+}")
    return "".join(
        f"{left}{part.text}{right}" if part.changed else part.text for part in line.parts
    )


# Records for programs


def told_of(article: "Article", sentence: str) -> Answer:
    """Return an article and a sentence about it."""
    return Answer(article_record(article), sentence.format(number=article.number))


def record(row: "ArticleRow") -> dict[str, object]:
    """Return an article of a list for programs."""
    from boconsole.knowledge.words import number

    return {
        "number": number(row.id), "state": row.state, "title": row.title,
        "audience": row.audience, "category": row.category or None,
        "tags": row.tags.split(",") if row.tags else [], "author": row.author or None,
        "published": row.published or None, "latest": row.latest, "created": row.created_at,
        "updated": row.updated_at, "published_at": row.published_at, "review": row.review_on,
        "views": row.views, "used": row.used, "helpful": row.helpful,
        "unhelpful": row.unhelpful, "version": row.version,
    }  # fmt: skip


def article_record(article: "Article") -> dict[str, object]:
    """Return an article with its text for programs."""
    return {**record(article.row), "text": version_record(article.text)}


def version_record(version: "VersionRow") -> dict[str, object]:
    """Return a version for programs."""
    return {
        "version": version.number, "title": version.title, "audience": version.audience,
        "body": version.body, "note": version.note, "author": version.author or None,
        "at": version.at, "published_at": version.published_at,
        "published_by": version.published_by or None,
    }  # fmt: skip


def whole(text: str, field: str) -> int:
    """Return a whole number that was typed."""
    if not text.isdecimal() or not text.isascii() or len(text) > 9:
        raise InvalidChangeError(field, _("is a whole number"))
    return int(text)
