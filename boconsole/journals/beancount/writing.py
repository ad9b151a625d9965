"""Writes books as a beancount file that bean-check accepts.

What beancount has no words for is told in comments or fields: names it does not allow, codes,
second dates, balances that a posting asserts. Unbalanced virtual lines are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import localcontext

from boconsole.journals.beancount.entries import FLAG
from boconsole.journals.beancount.names import (
    account_names,
    commodity_names,
    field_names,
    is_tag,
)
from boconsole.journals.beancount.syntax import EXACT
from boconsole.journals.beancount.written import (
    has_price,
    left_over,
    loose_accounts,
    weighs_at_cost,
)
from boconsole.journals.parts import (
    UNBALANCED,
    AccountLine,
    Books,
    Claim,
    Entry,
    Line,
)
from boconsole.journals.payees import joined

_ORIGINAL = "original"
_FLAGS = ("!", "&", "#", "?", "%")


def write(books: Books) -> Iterator[str]:
    """Yield a beancount file in pieces that end in newlines."""
    with localcontext(EXACT):
        writer = _Writer(books)
        pieces = [*writer.options(), *writer.declarations()]
    yield from pieces
    for entry in books.entries:
        yield writer.entry(entry)
    for rate in books.rates:
        name, worth = writer.commodities[rate.commodity], rate.worth
        number = f"{worth.number:f} {writer.commodities[worth.commodity]}"
        yield f"{rate.dated} price {name}  {number}\n"


class _Writer:
    """Knows how names are written, and what the whole file needs."""

    def __init__(self, books: Books) -> None:
        self._books = books
        kinds = {line.account: line.kind for line in books.accounts}
        self._first, self._last = _used(books)
        self._held = _held(books)
        declared = [line.account for line in books.accounts]
        self._accounts = account_names([*self._first, *declared], kinds)
        self.commodities = commodity_names(_commodities(books))
        self._loose = loose_accounts(books.entries)

    def options(self) -> Iterator[str]:
        """Yield the options: what is reported in, and tolerances that the entries need."""
        for commodity in self._books.reporting:
            yield f'option "operating_currency" "{self.commodities[commodity]}"\n'
        for commodity, number in sorted(left_over(self._books.entries).items()):
            name = self.commodities[commodity]
            yield f'option "inferred_tolerance_default" "{name}:{number:f}"\n'
        yield "\n"

    def declarations(self) -> Iterator[str]:
        """Yield the accounts, and the commodities of which the name is changed."""
        start = min(
            [*self._first.values(), *_opened(self._books.accounts)], default=date(1970, 1, 1)
        )
        for original, name in self.commodities.items():
            if original != name:
                yield f"{start} commodity {name}\n  {_ORIGINAL}: {_quoted(original)}\n"
        declared = {line.account: line for line in self._books.accounts}
        for original, name in self._accounts.items():
            line = declared.get(original) or AccountLine(original)
            yield from self._account(line, name, start)
        yield "\n"

    def _account(self, line: AccountLine, name: str, start: date) -> Iterator[str]:
        first = self._first.get(line.account)
        days = [day for day in (line.opened, first) if day is not None]
        opened = min(days, default=start)
        booking = "NONE" if line.account in self._loose else line.booking
        commodities = ""
        if self._held.get(line.account, set()) <= set(line.commodities):
            commodities = ",".join(self.commodities[one] for one in line.commodities)
        words = [str(opened), "open", name, commodities, _quoted(booking) if booking else ""]
        yield " ".join(filter(None, words)) + "\n"
        if name != line.account:
            yield f"  {_ORIGINAL}: {_quoted(line.account)}\n"
        if line.note:
            yield f"  note: {_quoted(line.note)}\n"
        last = self._last.get(line.account, opened)
        if line.closed is not None and line.closed >= last:
            yield f"{line.closed} close {name}\n"

    def entry(self, entry: Entry) -> str:
        """Return an entry with an empty line behind it."""
        return "".join(self._entry_lines(entry)) + "\n"

    def _entry_lines(self, entry: Entry) -> Iterator[str]:
        flags = [value for name, value in entry.tags if name == FLAG]
        flag = _flag(flags[0]) if flags and not entry.status else entry.status or "*"
        tags = [name for name, value in entry.tags if not value and is_tag(name)]
        words = [str(entry.dated), flag, _titles(entry)]
        words += [f"#{tag}" for tag in tags]
        words += [f"^{link}" for link in entry.links if is_tag(link)]
        yield " ".join(words) + "\n"
        fields = [one for one in entry.tags if one[0] not in tags and one != (FLAG, flag)]
        fields += [("link", link) for link in entry.links if not is_tag(link)]
        if entry.code:
            fields.insert(0, ("code", entry.code))
        if entry.effective is not None:
            fields.insert(0, ("effective", entry.effective.isoformat()))
        yield from _fields(fields, "  ")
        yield from _comments(entry.comment, "  ")
        for line in entry.lines:
            yield from self._line(line)

    def _line(self, line: Line) -> Iterator[str]:
        account = self._accounts[line.account]
        number = f"{line.number:f} {self.commodities[line.commodity]}"
        if line.kind == UNBALANCED:
            yield f"  ; left out, virtual and not balanced: {account}  {number}\n"
            return
        flags = [value for name, value in line.tags if name == FLAG]
        flag = line.status or (_flag(flags[0]) if flags else "")
        start = f"{flag} {account}" if flag else account
        worth = self._cost(line) + self._price(line)
        yield f"  {start}  {number}{worth}\n"
        fields = [one for one in line.tags if one != (FLAG, flag)]
        if line.dated is not None:
            fields.insert(0, ("date", line.dated.isoformat()))
        yield from _fields(fields, "    ")
        yield from _comments(line.comment, "    ")
        if line.claim is not None:
            yield f"    ; {self._claim(line.claim)}\n"

    def _claim(self, claim: Claim) -> str:
        commodity = self.commodities[claim.amount.commodity]
        return f"asserted balance: {claim.amount.number:f} {commodity}"

    def _cost(self, line: Line) -> str:
        lot = line.lot
        if lot is None or not weighs_at_cost(line):
            return ""
        words = [f"{lot.number:f} {self.commodities[lot.commodity]}"]
        words += [lot.acquired.isoformat()] if lot.acquired else []
        words += [_quoted(lot.label)] if lot.label else []
        return f" {{{' , '.join(words)} }}"

    def _price(self, line: Line) -> str:
        price = line.price
        if price is not None and has_price(line, price):
            sign = "@@" if price.total else "@"
            return f" {sign} {price.amount.number:f} {self.commodities[price.amount.commodity]}"
        if line.commodity != line.value_commodity and not weighs_at_cost(line):
            return f" @@ {abs(line.value):f} {self.commodities[line.value_commodity]}"
        return ""


def _used(books: Books) -> tuple[dict[str, date], dict[str, date]]:
    """Return the first and the last day of every account."""
    first: dict[str, date] = {}
    last: dict[str, date] = {}
    for entry in books.entries:
        for line in entry.lines:
            first[line.account] = min(entry.dated, first.get(line.account, entry.dated))
            last[line.account] = max(entry.dated, last.get(line.account, entry.dated))
    return first, last


def _held(books: Books) -> dict[str, set[str]]:
    """Return the commodities that each account ever holds."""
    held: dict[str, set[str]] = {}
    for entry in books.entries:
        for line in entry.lines:
            if line.kind != UNBALANCED:
                held.setdefault(line.account, set()).add(line.commodity)
    return held


def _opened(lines: Iterable[AccountLine]) -> list[date]:
    return [line.opened for line in lines if line.opened is not None]


def _commodities(books: Books) -> set[str]:
    names = {*books.precisions, *books.reporting}
    for account in books.accounts:
        names.update(account.commodities)
    for rate in books.rates:
        names |= {rate.commodity, rate.worth.commodity}
    for entry in books.entries:
        for line in entry.lines:
            names |= {line.commodity, line.value_commodity}
            if line.price is not None:
                names.add(line.price.amount.commodity)
            if line.claim is not None:
                names.add(line.claim.amount.commodity)
    return names


def _titles(entry: Entry) -> str:
    """Return payee and narration; hledger's description holds the payee once more."""
    text = entry.description
    if joined(entry.payee, text):
        text = text.partition("|")[2].lstrip()
    return f"{_quoted(entry.payee)} {_quoted(text)}" if entry.payee else _quoted(text)


def _flag(text: str) -> str:
    capital = len(text) == 1 and text.isascii() and text.isupper()
    return text if text in _FLAGS or capital else "!"


def _fields(fields: Iterable[tuple[str, str]], indent: str) -> Iterator[str]:
    given = dict(fields)
    names = field_names(given)
    for name, value in given.items():
        yield f"{indent}{names[name]}: {_quoted(value)}\n"


def _comments(text: str, indent: str) -> Iterator[str]:
    for line in text.splitlines():
        yield f"{indent}; {line}\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
