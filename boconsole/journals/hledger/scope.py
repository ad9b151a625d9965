"""What directives have set for the lines that follow them: year, marks, default, account names.

A scope belongs to one file; an included file starts with a copy and gives nothing back.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field, replace
from datetime import date

from boconsole.journals.parts import BALANCED, REAL, UNBALANCED, JournalError, Place
from boconsole.language import _

Alias = tuple[str | re.Pattern[str], str]
"""An account name or an expression, and what takes its place."""

_DATE = re.compile(r"(?:([0-9]{4,})([-/.]))?([0-9]{1,2})([-/.])([0-9]{1,2})")
_KINDS = {"(": UNBALANCED, "[": BALANCED}
_CLOSING = {"(": ")", "[": "]"}
_GROUP = re.compile(r"\\([0-9])")
_FOREIGN = re.compile(r"\\[A-Za-z<>](?<!\\[bB])|\(\?|[*+?}][?+]|\[[:.=]")
_POSIX = {
    "[:alpha:]": "a-zA-Z", "[:digit:]": "0-9", "[:alnum:]": "a-zA-Z0-9", "[:space:]": " \t\u00a0",
    "[:upper:]": "A-Z", "[:lower:]": "a-z", "[:punct:]": r"!-/:-@\[-`{-~",
}  # fmt: skip


@dataclass
class Scope:
    """What holds at one line of one file.

    Attributes:
        year: For dates without one; None where none is set.
        mark: Decimal mark of all numbers, by `decimal-mark`; empty where none is set.
        marks: Decimal mark of a commodity, by `commodity` and `D`.
        commas: Commodities written with a decimal comma; None where all others may be.
        default: Commodity of bare numbers, by `D`.
        default_mark: Decimal mark of commodities without their own, by `D`.
        declared: Commodities with a format of their own, which a `D` does not change.
        parents: Of `apply account`, outermost first.
        aliases: Most recent first.
    """

    year: int | None = None
    mark: str = ""
    marks: dict[str, str] = field(default_factory=dict)
    commas: frozenset[str] | None = frozenset()
    default: str = ""
    default_mark: str = ""
    declared: set[str] = field(default_factory=set)
    parents: list[str] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)

    def inner(self) -> Scope:
        """Return a copy for an included file."""
        return replace(
            self,
            marks=dict(self.marks),
            declared=set(self.declared),
            parents=list(self.parents),
            aliases=list(self.aliases),
            names={},
            dates={},
        )

    def set_marks(self, marks: dict[str, str], mark: str) -> None:
        """Set the decimal marks of commodities, and the one of all numbers."""
        self.marks, self.mark = marks, mark
        self.commas = frozenset(name for name in marks if marks[name] == ",")
        if mark or self.default_mark == ",":
            self.commas = frozenset() if mark == "." else None

    def mark_of(self, commodity: str) -> str:
        """Return the decimal mark that holds for a commodity, empty if none is known."""
        return self.mark or self.marks.get(commodity, self.default_mark)

    def rename(self) -> None:
        """Forget names that were resolved; parents or aliases have changed."""
        self.names.clear()

    def set_year(self, year: int) -> None:
        """Set the year of dates without one."""
        self.year = year
        self.dates.clear()

    def day(self, text: str, place: Place) -> date:
        """Return the date a text stands for; remembered."""
        known = self.dates.get(text)
        if known is None:
            known = self.dates[text] = read_date(text, self.year, place)
        return known

    def account(self, text: str, place: Place) -> tuple[str, int]:
        """Return the full name an account as written stands for, and the kind of posting."""
        known = self.names.get(text)
        if known is None:
            known = self.names[text] = self._resolve(text, place)
        return known

    def _resolve(self, text: str, place: Place) -> tuple[str, int]:
        kind, name = REAL, text
        if len(text) > 1 and _CLOSING.get(text[0]) == text[-1]:
            kind, name = _KINDS[text[0]], text[1:-1].strip()
        if not name:
            raise JournalError(place, _("The account has no name; write one."))
        return self.named(name, place), kind

    def named(self, name: str, place: Place) -> str:
        """Return a name below its parents and after its aliases."""
        name = ":".join([*self.parents, name])
        for old, new in self.aliases:
            name = _renamed(name, old, new)
        if not name.strip():
            reason = _("The aliases leave nothing of the account name; correct them.")
            raise JournalError(place, reason)
        return name


def _renamed(name: str, old: str | re.Pattern[str], new: str) -> str:
    if isinstance(old, str):
        return new + name[len(old) :] if name == old or name.startswith(old + ":") else name

    def filled(match: re.Match[str]) -> str:
        return _GROUP.sub(lambda number: _group(match, int(number[1])), new)

    return old.sub(filled, name)


def _group(match: re.Match[str], number: int) -> str:
    return (match[number] or "") if number <= (match.re.groups) else ""


def expression(text: str, place: Place) -> re.Pattern[str]:
    """Return a regular expression as hledger knows them: POSIX, capitals or not.

    Raises:
        JournalError: It is malformed, or uses what POSIX does not have.
    """
    for name, members in _POSIX.items():
        text = text.replace(name, members)
    try:
        if _FOREIGN.search(text):
            raise re.error(_("only POSIX expressions are known"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            return re.compile(text, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        reason = _("The expression cannot be read ({reason}); correct it.")
        raise JournalError(place, reason.format(reason=error)) from error


def read_date(text: str, year: int | None, place: Place) -> date:
    """Return the date of `2020-01-31`, `2020/1/31`, `2020.1.31` or `1/31`.

    Raises:
        JournalError: It is none, or has no year and none is set.
    """
    match = _DATE.fullmatch(text)
    if match is None or (match[2] or match[4]) != match[4]:
        reason = _("{text} is not a date; write it as 2020-01-31.")
        raise JournalError(place, reason.format(text=text))
    if match[1] is None and year is None:
        reason = _("The date {text} has no year; write it, or put a line like Y2020 above.")
        raise JournalError(place, reason.format(text=text))
    try:
        return date(int(match[1] or year or 0), int(match[3]), int(match[5]))
    except (ValueError, OverflowError):
        reason = _("There is no day {text}; correct the date.")
        raise JournalError(place, reason.format(text=text)) from None
