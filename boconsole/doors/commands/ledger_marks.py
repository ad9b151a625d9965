"""Tags, links and files of entries by command."""

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from boconsole.doors import files, output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _, grouped, ngettext
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from boconsole.filing import FileRow
    from boconsole.ledger.breakdowns import Named, Part
    from boconsole.ledger.entries import JournalEntry
    from boconsole.session import Session


KINDS = {"tag": N_("tag"), "link": N_("link")}


def dimensions(call: Call) -> Answer:
    """Tell income and expense by the values of a tag; without a name, which tags there are."""
    from boconsole.ledger import breakdowns

    words = call.words
    session = call.session()
    if not words.name:
        return _named(breakdowns.names(session))
    found = breakdowns.breakdown(
        session, words.name, _day(words.starts, "from"), _day(words.ends, "to")
    )
    value = [_record(part) for part in found]

    def text() -> str:
        rows = [
            (_("(none)") if part.value is None else part.value or _("(empty)"),
             *(str(each[name]) for name in ("income", "expense", "net")), part.commodity)
            for part, each in zip(found, value, strict=True)
        ]  # fmt: skip
        headings = (words.name, _("Income"), _("Expense"), _("Net"), _("Commodity"))
        return output.table(headings, rows, right=frozenset((1, 2, 3))) if rows else _("Nothing.")

    return Answer(value, text)


def _record(part: "Part") -> dict[str, object]:
    from boconsole.money import plain

    return {
        "value": part.value,
        "commodity": part.commodity,
        "income": plain(part.income, part.precision),
        "expense": plain(part.expense, part.precision),
        "net": plain(part.net, part.precision),
    }


def _named(found: list["Named"]) -> Answer:
    def text() -> str:
        rows = [(each.name, _(KINDS[each.kind]), str(each.values)) for each in found]
        headings = (_("Name"), _("Kind"), _("Values"))
        return output.table(headings, rows, right=frozenset((2,))) if rows else _("Nothing.")

    return Answer([each._asdict() for each in found], text)


# Links


def link(call: Call) -> Answer:
    """Link an entry."""
    from boconsole.ledger import entries, linking

    session = call.session()
    found = entries.get(session, call.words.number)
    linking.link(session, found, call.words.link)
    sentence = _("{number} is linked to {link}.")
    return _hung(session, found, sentence.format(number=found.number, link=call.words.link))


def unlink(call: Call) -> Answer:
    """Take a link away."""
    from boconsole.ledger import entries, linking

    session = call.session()
    found = entries.get(session, call.words.number)
    linking.unlink(session, found, call.words.link)
    sentence = _("{number} is no longer linked to {link}.")
    return _hung(session, found, sentence.format(number=found.number, link=call.words.link))


def _hung(session: "Session", entry: "JournalEntry", sentence: str) -> Answer:
    return Answer({"number": entry.number} | hanging(session, entry), sentence)


def hanging(session: "Session", entry: "JournalEntry") -> dict[str, object]:
    """Return links and files of an entry for programs."""
    from boconsole.ledger import attaching, linking

    return {
        "links": [each._asdict() for each in linking.links_of(session, entry.head.id)],
        "files": [_file(row) for row in attaching.listed(session, entry.head.id)],
    }


def hanging_text(entry: "JournalEntry", more: Mapping[str, Any]) -> list[str]:  # Any: JSON
    """Return tags, links and files of an entry, a line for each kind that it has."""
    from boconsole.ledger.dimensions import tags_text

    told = [(_("Tags"), tags_text([(name, value) for name, value in json.loads(entry.head.tags)]))]
    links = [
        each["value"] + (_(" (added later)") if each["added_at"] else "")
        for each in more.get("links", ())
    ]
    told += [(_("Links"), ", ".join(links))]
    told += [(_("Files"), ", ".join(each["name"] for each in more.get("files", ())))]
    return [f"{title}: {text}" for title, text in told if text]


# Files


def attach(call: Call) -> Answer:
    """Keep files at an entry."""
    from boconsole.doors.commands.tickets import read_files
    from boconsole.ledger import attaching, entries

    session = call.session()
    found = entries.get(session, call.words.number)
    given = read_files(call.words.files, call.settings.attachment_limit)
    attaching.attach(session, found, given)
    sentence = ngettext("{n} file is kept at {number}.", "{n} files are kept at {number}.",
                        len(given))  # fmt: skip
    return _hung(session, found, sentence.format(n=len(given), number=found.number))


def attachments(call: Call) -> Answer:
    """List the files of an entry, or save one, or take one away."""
    from boconsole.filing import safe_name
    from boconsole.ledger import attaching, entries

    words, session = call.words, call.session()
    found = entries.get(session, words.number)
    if words.save and words.remove:
        raise InvalidChangeError("remove", _("save the file first, then remove it"))
    if words.save:
        name, content = attaching.content(session, found.head.id, words.save)
        path = files.write_new(words.output or safe_name(name), content)
        return Answer({"file": str(path)}, _("Saved as {path}.").format(path=path))
    if words.remove:
        row = attaching.remove(session, found, words.remove)
        sentence = _("{name} is taken from {number}.")
        return _hung(session, found, sentence.format(name=row.name, number=found.number))
    rows = attaching.listed(session, found.head.id)

    def text() -> str:
        cells = [(str(row.id), row.name, grouped(row.size), str(row.added_at.date()), row.sha256)
                 for row in rows]  # fmt: skip
        headings = (_("Id"), _("Name"), _("Bytes"), _("Added"), "SHA-256")
        return output.table(headings, cells, right=frozenset((0, 2))) if cells else _("Nothing.")

    return Answer([_file(row) for row in rows], text)


def _file(row: "FileRow") -> dict[str, object]:
    return {
        "id": row.id, "name": row.name, "media_type": row.media_type, "size": row.size,
        "sha256": row.sha256, "added_at": row.added_at,
    }  # fmt: skip


def _day(text: str, field: str) -> date | None:
    return parse_day(text, field=field) if text else None
