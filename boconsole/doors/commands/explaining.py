"""How a number of a statement came to be, by command."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext
from boconsole.ledger.words import parse_day
from boconsole.money import plain

if TYPE_CHECKING:
    from boconsole.ledger.statements.asking import Asked
    from boconsole.ledger.statements.explaining import Explained, Posting, Spot
    from boconsole.ledger.statements.shapes import Statement
    from boconsole.ledger.statements.terms import Group, Part
    from boconsole.session import Session

LAST = ("closing", "at", "balance", "movement", "period")
"""Columns that are meant where none is named, the first that a statement has."""
LONGEST = 60


def explain(call: Call) -> Answer:
    """Print the rule, the parts and the lines of a number; 1 where they do not give it."""
    from boconsole.ledger.statements import asking, explaining

    session, words = call.session(), call.words
    if words.statement not in asking.TITLES:
        raise InvalidChangeError("statement", _("expected one of {words}").format(
            words=", ".join(asking.TITLES)))  # fmt: skip
    asked, statement = asking.make(session, _asked(session, call))
    name, spot = explaining.find(statement, words.line)
    column, code = _number(call, statement, name, spot)
    found = explaining.explain(session, asked, statement, spot, column, code)
    limit = _limit(words.limit)
    lines = {id(part): explaining.postings(session, part, limit=limit)
             for group in found.groups for part in group.parts} if limit else {}  # fmt: skip
    return Answer(
        _record(asked, found, lines), lambda: _text(found, lines), (), 0 if found.holds else 1
    )


def _asked(session: "Session", call: Call) -> "Asked":
    from boconsole.ledger.statements import spans
    from boconsole.ledger.statements.asking import Asked
    from boconsole.ledger.statements.periods import Period

    words = call.words
    ends = words.at or words.ends
    starts, ends = spans.span(
        session,
        parse_day(words.starts, field="from") if words.starts else None,
        parse_day(ends, field="to") if ends else None,
    )
    return Asked(words.statement, Period(starts, ends), words.compare, words.method,
                 words.currency)  # fmt: skip


def _number(call: Call, statement: "Statement", name: str, spot: "Spot") -> tuple[str, str]:
    """Return the column and the commodity of the number that is meant."""
    from boconsole.ledger.statements import explaining

    words = call.words
    shown = explaining.amounts(statement, spot)
    usual = next((key for key in LAST if key in shown), next(iter(shown)))
    column = words.column or usual
    if column not in shown:
        raise InvalidChangeError("column", _("expected one of {words}").format(
            words=", ".join(shown)))  # fmt: skip
    codes = sorted(shown[column])
    if words.commodity:
        if words.commodity not in statement.precisions:
            raise InvalidChangeError("commodity", _("expected one of {words}").format(
                words=", ".join(codes)))  # fmt: skip
        return column, words.commodity
    if len(codes) > 1:
        raise InvalidChangeError("commodity", _("{line} is in {words}; name one").format(
            line=name, words=", ".join(codes)))  # fmt: skip
    if not codes:
        raise InvalidChangeError(
            "line", _("{line} shows nothing in {column}").format(line=name, column=column)
        )
    return column, codes[0]


def _limit(text: str) -> int:
    if not text.isdecimal() or int(text) >= 10**6:
        raise InvalidChangeError("limit", _("{text!r} is no number of lines").format(
            text=text[:20]))  # fmt: skip
    return int(text)


# For programs


def _record(
    asked: "Asked", found: "Explained", lines: dict[int, list["Posting"]]
) -> dict[str, object]:
    return {
        "statement": asked.name, "line": found.name, "title": found.title,
        "column": found.column, "commodity": found.commodity,
        "amount": plain(found.shown, found.precision), "rule": found.rule,
        "sum": plain(found.total, found.precision), "holds": found.holds,
        "without_rate": list(found.without_rate),
        "groups": [
            {
                "commodity": group.commodity, "amount": _plain(group.amount, group.commodity),
                "rate": None if group.rate is None else str(group.rate),
                "worth": plain(group.worth, found.precision),
                "parts": [_part(part, lines.get(id(part), [])) for part in group.parts],
            }
            for group in found.groups
        ],
    }  # fmt: skip


def _part(part: "Part", lines: list["Posting"]) -> dict[str, object]:
    term = part.term
    return {
        "account": part.account.path, "lines": term.lines.which, "sign": term.sign,
        "from": term.starts, "to": term.ends, "commodity": part.commodity,
        "amount": _plain(part.amount, part.commodity), "count": part.number,
        "postings": [
            {
                "date": line.dated, "number": line.number or None, "text": line.about,
                "entry_id": line.entry_id or None, "amount": _plain(line.amount, part.commodity),
            }
            for line in lines
        ],
    }  # fmt: skip


def _plain(minor: int, code: str) -> str:
    from boconsole.ledger import commodities

    return plain(minor, commodities.by_code()[code].precision)


# For people


def _text(found: "Explained", lines: dict[int, list["Posting"]]) -> str:
    amount = f"{plain(found.shown, found.precision)} {found.commodity}"
    head = f"{found.title}, {found.column}: {amount}"
    rows = [row for group in found.groups for row in _rows(group, found, lines)]
    told = plain(found.total, found.precision)
    rows.append((_("Sum"), "", f"{told} {found.commodity}", "", told))
    headings = (_("Part"), _("Lines"), _("Amount"), _("Rate"), _("Worth"))
    table = output.table(headings, rows, right=frozenset((1, 2, 3, 4)))
    proof = (
        _("The parts sum to the number.") if found.holds
        else _("The parts DO NOT sum to the number.")
    )  # fmt: skip
    left = [_("No rate leads from {commodity}; it is in no sum.").format(commodity=code)
            for code in found.without_rate]  # fmt: skip
    return "\n".join((head, found.rule, "", table, "", proof, *left))


def _rows(
    group: "Group", found: "Explained", lines: dict[int, list["Posting"]]
) -> Iterator[tuple[str, ...]]:
    alone = len(group.parts) == 1
    worth = plain(group.worth, found.precision)
    for part in group.parts:
        amount = f"{_plain(part.amount, part.commodity)} {part.commodity}"
        end = (_rate(group.rate), worth) if alone else ("", "")
        yield (part.account.path, str(part.number), amount, *end)
        shown = lines.get(id(part), [])
        for line in shown:
            title = " ".join(filter(None, (str(line.dated), line.number, line.about)))
            yield (f". {title[:LONGEST]}", "", f"{_plain(line.amount, part.commodity)} "
                   f"{part.commodity}", "", "")  # fmt: skip
        if shown and (rest := part.number - len(shown)) > 0:
            more = ngettext("and {n} line more", "and {n} lines more", rest).format(n=rest)
            yield (f". {more}", "", "", "", "")
    if not alone:
        amount = f"{_plain(group.amount, group.commodity)} {group.commodity}"
        yield (_("Together"), "", amount, _rate(group.rate), worth)


def _rate(rate: Fraction | None) -> str:
    from boconsole.ledger.statements.explaining import rate_text

    return "" if rate is None else rate_text(rate)
