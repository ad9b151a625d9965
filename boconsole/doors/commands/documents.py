"""Documents by command: added, changed, listed, searched, shown, saved."""

from typing import TYPE_CHECKING

from boconsole.doors import files, output
from boconsole.doors import registry_records as records
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boconsole.registry.reading import Card, Document, DocumentRow
    from boconsole.session import Session

FIELDS = {
    "title": "title", "class": "class", "level": "level", "owner": "owner", "readers": "readers",
    "counterpart": "counterpart", "contract": "contract", "reference": "reference",
    "value": "value", "dated": "dated_on", "expires": "expires_on", "review": "review_on",
    "tags": "tags", "note": "note",
}  # fmt: skip
CLASS_FIELDS = {
    "name": "name", "parent": "parent", "keep": "keep", "from": "keep_from", "then": "keep_then",
    "why": "keep_why",
}  # fmt: skip
AROUND = 60
"""Characters of text around the words that were found."""


def add(call: Call) -> Answer:
    """Add a document with its file, or a version."""
    from boconsole.doors.commands.projects import given_of
    from boconsole.doors.commands.tickets import read_files
    from boconsole.registry import adding, reading, writing

    words, session = call.words, call.session()
    given = given_of(call, FIELDS)
    paths = [words.file] if words.file else []
    found = read_files(paths, call.settings.attachment_limit)
    if words.to:
        if not found:
            raise InvalidChangeError("file", _("is needed: which one is the new version?"))
        if other := sorted(given.keys() - {"note"}):
            raise InvalidChangeError(other[0], _("is changed with documents edit"))
        seen = reading.get(session, words.to).row
        made = adding.add(session, seen, found[0], str(given.get("note", "")))
        return _with_text(made, _("{number} has a new version."))
    made = writing.create(session, given, found[0] if found else None)
    return _with_text(made, _("{number} is in the registry."))


def _with_text(made: "Document", sentence: str) -> Answer:
    """Read the text of what was added; the document is kept, whatever becomes of that."""
    _read_texts(made.id)
    return told_of(made, sentence)


def read(call: Call) -> Answer:
    """Read the text of files that nobody read yet."""
    from boconsole.registry import adding

    call.session().require("document.edit")
    done, left = _read_texts(), adding.count_waiting()
    told = ngettext("{n} file was read.", "{n} files were read.", done).format(n=grouped(done))
    more = ngettext("{n} file waits.", "{n} files wait.", left).format(n=grouped(left))
    return Answer({"read": done, "waiting": left}, told, (more,) if left else ())


def _read_texts(document_id: int = 0) -> int:
    """Read what waits, of one document or all, until somebody presses ^C; returns how many."""
    from threading import Event

    from boconsole.doors.progress import Progress
    from boconsole.registry import adding
    from boconsole.registry.extracting import Watch

    before = adding.count_waiting()
    with Progress(_("Reading text, ^C leaves it for later")) as progress:
        watch = Watch(Event(), lambda page, pages: progress(page, page / pages if pages else None))
        try:
            adding.read_waiting(watch, document_id)
        except KeyboardInterrupt:
            return before - adding.count_waiting()
    return before - adding.count_waiting()


def edit(call: Call) -> Answer:
    """Change what is known of a document."""
    from boconsole.doors.commands.projects import given_of, version_of
    from boconsole.registry import reading, writing
    from boconsole.tickets.rows import Ref

    session = call.session()
    row = reading.get(session, call.words.number).row
    done = writing.edit(session, Ref(row.id, version_of(call)), given_of(call, FIELDS))
    return told_of(done, _("{number} is kept."))


def told_of(document: "Document", sentence: str) -> Answer:
    """Return a document with a sentence that names it."""
    return Answer(records.document(document.row), sentence.format(number=document.number))


# Reading


def list_documents(call: Call) -> Answer:
    """List documents."""
    return _listed(call)


def search(call: Call) -> Answer:
    """List documents with the text around the words that were found."""
    return _listed(call, texts=True)


def _listed(call: Call, *, texts: bool = False) -> Answer:
    from boconsole.doors.commands.projects import more_note, query_of
    from boconsole.registry import reading
    from db.keyset import CursorError

    query, limit = query_of(call)
    session = call.session()
    try:
        page = reading.list_page(session, query, call.words.after, limit)
    except CursorError as error:
        raise InvalidChangeError(
            "after", _("{error}; start again without it").format(error=error)
        ) from error
    value = [records.document(row) for row in page.rows]
    for each, cursor in zip(value, page.cursors, strict=True):
        each["cursor"] = cursor
    found = _around(session, page.rows, call.words.query) if texts else {}
    for each, row in zip(value, page.rows, strict=True):
        if texts:
            each["found"] = found.get(row.id)

    def text() -> str:
        if not texts:
            return table(page.rows)
        return "\n".join(
            f"{each['number']}  {each['title']}\n    {each['found'] or '-'}" for each in value
        ) or _("No document matches.")

    return Answer(value, text, more_note(page.cursors, page.more))


def _around(
    session: "Session", rows: "Sequence[DocumentRow]", typed: "Sequence[str]"
) -> dict[int, str]:
    """Return the text around the first of some words, for each document that has one."""
    from boconsole.registry import texts

    wanted = [word.lower() for each in typed for word in each.split() if ":" not in word]
    return {row.id: texts.around(session, row, wanted, AROUND) for row in rows}


def table(rows: "Sequence[DocumentRow]") -> str:
    """Return documents as people read them."""
    from boconsole.registry.words import LEVELS, STATES, number

    cells = [
        (number(row.id), _(STATES[row.state]), _(LEVELS[row.level]), row.class_code, row.title,
         row.counterpart, row.owner, str(row.expires_on or "-"), str(row.latest))
        for row in rows
    ]  # fmt: skip
    headings = (_("Number"), _("State"), _("Level"), _("Class"), _("Title"), _("With"),
                _("Owner"), _("Until"), _("Version"))  # fmt: skip
    if not cells:
        return _("No document matches.")
    return output.fitted_table(headings, cells, output.terminal_width(), cut=4)


def show(call: Call) -> Answer:
    """Show a document."""
    from boconsole.registry import reading

    session = call.session()
    found = reading.card(session, reading.get(session, call.words.number).id)
    return Answer(records.card(found), lambda: _card_text(found))


def _card_text(found: "Card") -> str:
    from boconsole.registry.fields import value_text
    from boconsole.registry.retaining import advice
    from boconsole.registry.words import LEVELS, STATES, TEXTS, number

    row = found.row
    facts = [
        (_("Number"), number(row.id)), (_("Title"), row.title), (_("State"), _(STATES[row.state])),
        (_("Level"), _(LEVELS[row.level])), (_("Class"), f"{row.class_code} {row.class_name}"),
        (_("Owner"), row.owner), (_("Readers"), ", ".join(found.readers)),
        (_("With"), row.counterpart), (_("Reference"), row.reference),
        (_("Value"), value_text(row)), (_("Date"), str(row.dated_on or "")),
        (_("Until"), str(row.expires_on or "")), (_("Tags"), row.tags),
        (_("Retention"), found.rule.told()), (_("Due"), str(row.due_on or advice(row, found.rule))),
        (_("Hold"), ", ".join(each.matter for each in found.holds if each.released_at is None)),
        (_("Note"), row.note),
    ]  # fmt: skip
    told = output.pairs([(name, value) for name, value in facts if value.strip()])
    cells = [
        (str(each.number), each.name, grouped(each.size), str(each.added_at.date()),
         each.added_by, _(TEXTS[each.text_state]), each.note, each.sha256[:12])
        for each in found.versions
    ]  # fmt: skip
    headings = (_("Version"), _("Name"), _("Bytes"), _("Added"), _("By"), _("Text"), _("Note"),
                "SHA-256")  # fmt: skip
    listed = output.table(headings, cells, right=frozenset((0, 2))) if cells else _("No file yet.")
    return f"{told}\n\n{listed}"


def text(call: Call) -> Answer:
    """Show what was read of a file."""
    from boconsole.registry import reading, texts
    from boconsole.registry.words import TEXTS

    session = call.session()
    version, found = texts.of(session, reading.get(session, call.words.number).id, _version(call))
    value = {**records.version(version), "content": found}
    notes = () if found else (f"{_(TEXTS[version.text_state])} {version.text_why}".strip(),)
    return Answer(value, found, notes)


def save(call: Call) -> Answer:
    """Write a version into a file."""
    from boconsole.filing import safe_name
    from boconsole.registry import adding, reading

    session = call.session()
    document_id = reading.get(session, call.words.number).id
    version, content = adding.content(session, document_id, _version(call))
    path = files.write_new(call.words.output or safe_name(version.name), content)
    return Answer({"file": str(path)}, _("Saved as {path}.").format(path=path))


def _version(call: Call) -> int:
    from boconsole.doors.commands.knowledge import whole

    return whole(call.words.file_version, "version") if call.words.file_version else 0


# The classification tree


def classes(call: Call) -> Answer:
    """Show the tree, or add or change a class."""
    from boconsole.doors.commands.projects import given_of
    from boconsole.registry import classes as tree
    from boconsole.registry import scheme

    session = call.session()
    given = given_of(call, CLASS_FIELDS)
    notes: tuple[str, ...] = ()
    if call.words.ready_made:
        made = tree.load(session, scheme.lines())
        notes = (_("{n} classes were added.").format(n=made),)
    elif given:
        if not call.words.code:
            raise InvalidChangeError("code", _("is needed: which class?"))
        if given.get("keep") == "-":
            given["keep"] = ""
        tree.put(session, call.words.code, given)
    nodes = tree.list_classes(session)

    def told() -> str:
        cells = [
            (node.row.code, "  " * node.depth + node.row.name, str(node.row.documents),
             node.rule.told())
            for node in nodes
        ]  # fmt: skip
        headings = (_("Code"), _("Name"), _("Documents"), _("Retention"))
        return output.table(headings, cells, right=frozenset((2,))) if cells else _("No class yet.")

    return Answer([records.node(node) for node in nodes], told, notes)
