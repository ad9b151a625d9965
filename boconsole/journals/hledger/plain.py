"""Entries as nearly all are written, read in one go: a head and lines of one commodity.

What is not so plain (comments, prices, assertions, brackets, several commodities, what does not
balance) is left to `postings`, which reads anything; both make the same books.
"""

from __future__ import annotations

import re

from boconsole.journals.hledger.scope import Scope
from boconsole.journals.parts import REAL, Entry, Place, PlainLines

_ENTRY = re.compile(
    r"([0-9][0-9/.-]*) (?:([*!]) )?(?:\(([^)\r\n]*)\) ?)?([^\s;(*!][^;\r\n]*)\n"
    r"((?:[ \t]+[^\s;*!(\[][^\r\n]*\n)+)(?=[^ \t])"
)
"""Date, mark, code, description and lines; what follows is known not to belong to it."""
_LINE = re.compile(
    r"^[ \t]+([^\s;*!(\[]\S*(?: \S+)*)(?:(?:\t| [ \t])[ \t]*"
    r"(-?)(?:([$€£¥]|[A-Za-z]+ )(-?))?([0-9]{1,12})(?:\.([0-9]{1,9}))?(?: ([A-Za-z]+))?)?[ \t]*\n",
    re.MULTILINE,
)
_Written = tuple[str, str, str, str, str, str, str]
"""Account, sign, commodity, sign, whole part, decimals, commodity."""


def read(text: str, at: int, scope: Scope, file: str, number: int) -> tuple[Entry, int] | None:
    """Return the entry that begins at a place of a text and where it ends; None if not plain.

    Args:
        text: Whole lines.
        at: Where a line begins.
        scope: What holds there.
        file: For the place of the entry.
        number: Of the line.

    Raises:
        JournalError: There is no such day.
    """
    match = _ENTRY.match(text, at)
    if match is None or scope.commas is None:
        return None
    day, status, code, description, body = match.groups()
    written = _LINE.findall(body)
    if len(written) != body.count("\n"):
        return None
    lines = _lines(written, scope)
    if lines is None:
        return None
    place = Place(file, number)
    dated = scope.dates.get(day) or scope.day(day, place)
    payee, bar, _note = description.partition("|")
    entry = Entry(
        dated,
        None,
        status or "",  # type: ignore[arg-type]  # by the expression
        code or "",
        payee.strip() if bar else "",
        description.rstrip(),
        lines,
        (),
        (),
        "",
        place,
    )
    return entry, match.end()


def _lines(written: list[_Written], scope: Scope) -> PlainLines | None:
    """Return lines that balance in one commodity; None for others."""
    names = scope.names
    amounts: list[tuple[str, int]] = []
    unit, digits, total, open_at = None, 0, 0, -1
    for name, sign, left, inner, whole, part, right in written:
        account, kind = names.get(name, ("", -1))
        if kind != REAL or (left and right) or (sign and inner):
            return None
        if not whole:
            if open_at >= 0:
                return None
            open_at = len(amounts)
            amounts.append((account, 0))
            continue
        commodity = left.rstrip() if left else right or scope.default
        if commodity != unit:
            if unit is not None or not commodity or commodity in scope.commas:  # type: ignore[operator]  # asked before
                return None
            unit, digits = commodity, len(part)
        minor = int(whole + part)
        if len(part) < digits:
            minor *= 10 ** (digits - len(part))
        elif len(part) > digits:
            more = 10 ** (len(part) - digits)
            amounts = [(earlier, held * more) for earlier, held in amounts]
            total, digits = total * more, len(part)
        if sign or inner:
            minor = -minor
        total += minor
        amounts.append((account, minor))
    if unit is None or (total and open_at < 0):
        return None
    if open_at >= 0:
        amounts[open_at] = (amounts[open_at][0], -total)
    return PlainLines(unit, digits, amounts)
