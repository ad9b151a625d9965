"""The words of beancount, one after the other, and the texts of dates and numbers.

A number that is left out, but whose commodity or brace is written, is `MISSING`.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Context, Decimal
from typing import NamedTuple, NoReturn

from boconsole.journals.parts import JournalError, Place
from boconsole.language import _

MISSING = Decimal("NaN")
EXACT = Context(prec=120)
"""Sums and products of numbers of up to 40 digits are exact in it."""
QUOTIENTS = Context(prec=28)
"""beancount divides to 28 digits."""
DIGITS = 40

_REST = r"[A-Za-z0-9\x80-\U0010ffff-]*"
ACCOUNT = rf"[A-Z\x80-\U0010ffff]{_REST}(?::[A-Z0-9\x80-\U0010ffff]{_REST})+"
COMMODITY = r"[A-Z][A-Z0-9'._-]*[A-Z0-9]|/[A-Z0-9'._-]*[A-Z](?:[A-Z0-9'._-]*[A-Z0-9])?"
NUMBER = r"(?:[0-9][0-9,]+[0-9]|[0-9]+)(?:\.[0-9]*)?"
KEY = "[a-z][a-zA-Z0-9_-]+"

_TOKEN = re.compile(
    rf"""
    (?P<blank>[ \t\r]+|;[^\n]*)
    |(?P<date>[0-9]{{4,}}[-/][0-9]+[-/][0-9]+)
    |(?P<account>{ACCOUNT})
    |(?P<commodity>{COMMODITY})
    |(?P<letter>[A-Z])
    |(?P<string>"(?:[^\\"]|\\.)*")
    |(?P<number>{NUMBER})
    |(?P<tag>\#[A-Za-z0-9_/.-]+)
    |(?P<link>\^[A-Za-z0-9_/.-]+)
    |(?P<key>{KEY})(?=:)
    |(?P<word>[a-z]+)
    |(?P<mark>@@|\{{\{{|\}}\}}|[@{{}}|,~+\-/()\#*:!&?%])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "b": "\b"}


class Setting(NamedTuple):
    """An option that booking needs."""

    name: str
    value: str
    place: Place


class Token(NamedTuple):
    """A word: what it is, its text, and where it starts in its text."""

    kind: str
    text: str
    offset: int


END = Token("end", "", -1)


class UnclosedError(JournalError):
    """A text has no end in the lines that were looked at."""


class Tokens:
    """The words of one line (of several, where a text goes on), read from left to right.

    Attributes:
        comment: What stands behind `;`.
        lines: How many lines were read.
    """

    def __init__(self, text: str, file: str, line: int) -> None:
        self._text, self._file, self._line = text, file, line
        self.comment = ""
        self.lines = 1
        self._next = 0
        self._tokens: list[Token] = []
        self._tokens = self._split(text)

    def _split(self, text: str) -> list[Token]:
        tokens, offset = [], 0
        while offset < len(text) and text[offset] != "\n":
            if not (found := _TOKEN.match(text, offset)):
                self._refuse_letter(text, offset)
            kind = found.lastgroup or ""
            if kind != "blank":
                tokens.append(Token(kind, found[kind], offset))
            elif found[0][0] == ";":
                self.comment = found[0].lstrip(";").strip()
            offset = found.end()
        self._text = text[:offset]
        self.lines = 1 + self._text.count("\n")
        return tokens

    def _refuse_letter(self, text: str, offset: int) -> NoReturn:
        if text[offset] == '"':
            reason = _('a text starts here and never ends; close it with `"`')
            raise UnclosedError(self.place(offset), reason)
        reason = _("{letter} is no part of beancount's language; take it out")
        raise JournalError(self.place(offset), reason.format(letter=repr(text[offset])))

    def place(self, offset: int = -1) -> Place:
        """Return where an offset stands, or the next word, or the end of the line."""
        if offset < 0:
            token = self.peek()
            offset = token.offset if token is not END else len(self._text.rstrip("\r"))
        before = self._text[:offset]
        return Place(self._file, self._line + before.count("\n"), offset - before.rfind("\n"))

    def peek(self) -> Token:
        """Return the next word without taking it; END behind the last."""
        return self._tokens[self._next] if self._next < len(self._tokens) else END

    def take(self, kind: str, text: str = "") -> str:
        """Take the next word if it is of this kind (and text), else return nothing."""
        token = self.peek()
        if token.kind != kind or (text and token.text != text):
            return ""
        self._next += 1
        return token.text

    def need(self, kind: str, wanted: str) -> str:
        """Take the next word; raises JournalError where it is of another kind."""
        return self.take(kind) or self.refuse(wanted)

    def need_mark(self, text: str) -> None:
        """Take a sign; raises JournalError where another word stands."""
        if not self.take("mark", text):
            self.refuse(f"`{text}`")

    def refuse(self, wanted: str) -> NoReturn:
        """Raise a JournalError that says what should stand here."""
        token = self.peek()
        found = _("the end of the line") if token is END else f"`{token.text[:40]}`"
        raise JournalError(
            self.place(),
            _("expected {wanted}, found {found}").format(wanted=wanted, found=found),
        )

    def end(self) -> None:
        """Raise a JournalError where words are left."""
        if self.peek() is not END:
            self.refuse(_("the end of the line"))

    def string(self, wanted: str) -> str:
        """Take a string without its quotes."""
        return unquoted(self.need("string", wanted))

    def date(self) -> date:
        """Take a date; raises JournalError where the calendar has no such day."""
        place = self.place()
        text = self.need("date", _("a date such as 2024-01-31"))
        return parse_date(text, place)

    def commodity(self) -> str:
        """Take a commodity, or return nothing where none stands."""
        return self.take("commodity") or self.take("letter")

    def need_commodity(self) -> str:
        """Take a commodity; raises JournalError where none stands."""
        return self.commodity() or self.refuse(_("a commodity such as USD"))


def parse_date(text: str, place: Place) -> date:
    """Return the day of `2024-01-31` or `2024/1/31`."""
    year, month, day = text.replace("/", "-").split("-")
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        reason = _("the calendar has no day {text}; correct the date")
        raise JournalError(place, reason.format(text=text[:40])) from None


def parse_number(text: str, place: Place) -> Decimal:
    """Return the number of digits with commas and a point."""
    number = Decimal(text.replace(",", "")) if len(text) <= 2 * DIGITS else None
    if number is None or len(number.as_tuple().digits) > DIGITS:
        reason = _("a number has at most {count} digits; write it shorter")
        raise JournalError(place, reason.format(count=DIGITS))
    return number


def unquoted(text: str) -> str:
    """Return the content of a string in quotes, its escapes replaced."""
    if "\\" not in text:
        return text[1:-1]
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), text[1:-1])
