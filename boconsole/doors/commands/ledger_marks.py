"""Tags, links and files of entries by command."""

from datetime import date
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.language import N_, _
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from boconsole.ledger.breakdowns import Named, Part


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


def _day(text: str, field: str) -> date | None:
    return parse_day(text, field=field) if text else None
