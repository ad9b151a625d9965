"""One beancount file while it is read: its lines, words, known accounts and pushed fields."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from boconsole.journals.beancount import amounts, syntax
from boconsole.journals.beancount.syntax import Tokens, UnclosedError
from boconsole.journals.parts import Amount, JournalError, Place
from boconsole.language import _

ROOTS: Mapping[str, str] = {
    "Assets": "asset",
    "Liabilities": "liability",
    "Equity": "equity",
    "Income": "income",
    "Expenses": "expense",
}
_WINDOW = 64
_REMEMBERED = 100_000

Field = tuple[str, str]


def decoded(path: Path, asked: Place) -> str:
    """Return the text of a file with plain line ends and without a byte order mark.

    Raises:
        JournalError: It cannot be opened (at the place that asked for it), or is not UTF-8.
    """
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = _("{path} cannot be read ({why}); correct the name or the rights")
        why = getattr(error, "strerror", None) or str(error)
        raise JournalError(asked, reason.format(path=path, why=why)) from None
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        place = Place(str(path), before.count(b"\n") + 1, column)
        reason = _("this is not UTF-8; save the file in that encoding")
        raise JournalError(place, reason) from None


def included(path: Path, pattern: str, place: Place) -> list[Path]:
    """Return the files that an include line of a file names, sorted by name.

    Raises:
        JournalError: There is none.
    """
    try:
        names = sorted(glob.glob(str(path.parent / pattern), recursive=True))
    except (OSError, ValueError, re.error):
        names = []
    if not names:
        reason = _("there is no file {pattern}; correct the name")
        raise JournalError(place, reason.format(pattern=pattern[:200]))
    return [Path(name) for name in names]


class Source:
    """A file; the row is that of the next line, from 0.

    Attributes:
        roots: First parts of account names, and what kind of account each one means.
        tags: Those pushed and not yet popped, with the place where they were.
        meta: Fields pushed and not yet popped.
    """

    def __init__(self, path: Path, roots: Mapping[str, str], asked: Place) -> None:
        self.path = path
        self.name = str(path)
        self.roots = dict(roots)
        self.lines = decoded(path, asked).split("\n")
        self.row = 0
        self.tags: list[tuple[str, Place]] = []
        self.meta: list[tuple[str, str, Place]] = []
        self.known: set[str] = set()
        self._dates: dict[str, date] = {}
        self._amounts: dict[tuple[str, str], Amount] = {}

    def here(self, column: int = 1) -> Place:
        """Return a place in the line that was taken last."""
        return Place(self.name, self.row, column)

    def tokens(self) -> Tokens:
        """Return the words of the line taken last, with the lines its texts go on to."""
        start = self.row - 1
        try:
            return Tokens(self.lines[start], self.name, self.row)
        except UnclosedError:
            tokens = self._long_tokens(start)
        self.row += tokens.lines - 1
        return tokens

    def _long_tokens(self, start: int) -> Tokens:
        window = "\n".join(self.lines[start : start + _WINDOW])
        try:
            return Tokens(window, self.name, start + 1)
        except UnclosedError:
            return Tokens("\n".join(self.lines[start:]), self.name, start + 1)

    def day(self, text: str) -> date:
        """Return a date, remembered from before if possible."""
        day = self._dates.get(text)
        if day is None:
            day = self._dates[text] = syntax.parse_date(text, self.here())
        return day

    def amount(self, number: str, commodity: str) -> Amount:
        """Return an amount, remembered from before if possible."""
        amount = self._amounts.get((number, commodity))
        if amount is None:
            if len(self._amounts) > _REMEMBERED:
                self._amounts.clear()
            if len(number) <= syntax.DIGITS and "," not in number:
                amount = Amount(Decimal(number), commodity)
            else:
                amount = Amount(syntax.parse_number(number, self.here()), commodity)
            self._amounts[number, commodity] = amount
        return amount

    def account(self, tokens: Tokens) -> str:
        """Take an account that may be one."""
        place = tokens.place()
        account = tokens.need("account", _("an account such as Assets:Bank"))
        if account not in self.known:
            self.check_account(account, place)
        return account

    def check_account(self, account: str, place: Place) -> None:
        """Remember an account; raises JournalError where its name cannot be one."""
        root, *parts = account.split(":")
        if root not in self.roots:
            reason = _("{account} does not start with one of {roots}; correct its name")
            roots = ", ".join(self.roots)
            raise JournalError(place, reason.format(account=account[:80], roots=roots))
        if not all(part.replace("-", "a").isalnum() for part in parts):
            reason = _("{account} has other signs than letters, digits and dashes; rename it")
            raise JournalError(place, reason.format(account=account[:80]))
        self.known.add(account)

    def field(self, tokens: Tokens, others: Iterable[Field]) -> Field:
        """Take `name: value`; raises JournalError where another field has the name."""
        place = tokens.place()
        name = tokens.need("key", _("a field such as `name:`"))
        tokens.need_mark(":")
        value = self.value(tokens)
        tokens.end()
        if any(name == other for other, _value in others):
            reason = _("the field {name} stands here twice; take one out")
            raise JournalError(place, reason.format(name=name))
        return (name, value)

    def value(self, tokens: Tokens) -> str:
        """Take the value of a field as text; empty where none stands."""
        kind = tokens.peek().kind
        if kind == "string":
            return tokens.string("")
        if kind == "account":
            return self.account(tokens)
        if kind == "date":
            return tokens.date().isoformat()
        if kind == "tag":
            return tokens.take("tag")
        amount = amounts.maybe_amount(tokens)
        if amount is None:
            return ""
        if amount.number is syntax.MISSING:
            return "" if amount.commodity == "NULL" else amount.commodity
        return f"{amount.number:f} {amount.commodity}".strip()

    def fields(self) -> list[Field]:
        """Take the fields in the lines under a directive."""
        fields: list[Field] = []
        while self.row < len(self.lines):
            line = self.lines[self.row]
            if line[:1] not in (" ", "\t") or not line.strip():
                break
            self.row += 1
            if line.strip()[0] != ";":
                fields.append(self.field(self.tokens(), fields))
        return fields
