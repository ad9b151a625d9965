"""Tags, links and files of entries by command."""

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.language import N_, _
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
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
    from boconsole.doors.commands.attachments import file_record
    from boconsole.ledger import attaching, linking

    return {
        "links": [each._asdict() for each in linking.links_of(session, entry.head.id)],
        "files": [file_record(row) for row in attaching.listed(session, entry.head.id)],
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


def _day(text: str, field: str) -> date | None:
    return parse_day(text, field=field) if text else None
