"""Amounts as hledger reads them: number, commodity, price, lot and asserted balance.

Numbers are exact. Which of two marks is the decimal one follows hledger's rules: the last of
two different ones; of one kind, a mark that repeats groups digits; a single one is the decimal
mark unless a directive named the other.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple, NoReturn

from boconsole.journals.hledger.scope import Scope, read_date
from boconsole.journals.parts import Amount, Claim, JournalError, Lot, Place, Price
from boconsole.language import _

MOST_DIGITS = 100
"""Before and behind the point together."""

_BLANK = re.compile(r"[^\S\n]*")
_SIGN = re.compile(r"[-+]")
_SYMBOL = re.compile(r'"([^"\n;]+)"|([^0-9 \t\n"*+\-.;=@{}]+)')
_NUMBER = re.compile(
    r"(?P<whole>[0-9]+(?P<group>[ .,])[0-9]+(?:(?P=group)[0-9]+)*)"
    r"(?:(?!(?P=group))(?P<point>[.,])(?P<part>[0-9]*))?(?P<power>[eE][-+]?[0-9]+)?"
    r"|(?P<plain>[0-9]*[.,][0-9]+|[0-9]+[.,]?)(?P<plainpower>[eE][-+]?[0-9]+)?"
)
_AFTER = re.compile(r"[.,]|[eE](?![^\W\d_])")
_PRICE = re.compile(r"\(@(@?)\)|@(@?)")
_LOT = re.compile(r"\{(\{?)\s*=?")
_LOT_DATE = re.compile(r"\[([0-9/.=-]+)\]")
_CLAIM = re.compile(r"(==?)(\*?)")


class Written(NamedTuple):
    """What stands behind an account; `end` is where reading stopped."""

    amount: Amount | None
    price: Price | None
    lot: Lot | None
    claim: Claim | None
    end: int


class Reader:
    """Reads amounts in one line, from a position on.

    Args:
        line: The whole line.
        scope: Marks and default commodity that hold here.
        place: Of the line; columns are told from it.
        year: For dates of lots without one.
    """

    def __init__(self, line: str, scope: Scope, place: Place, year: int | None = None) -> None:
        self.line = line
        self.scope = scope
        self.place = place
        self.year = year

    def fail(self, at: int, reason: str) -> NoReturn:
        """Refuse the line at a position (from 0)."""
        raise JournalError(self.place._replace(column=at + 1), reason)

    def after(self, pattern: re.Pattern[str], at: int) -> int:
        """Return where a pattern that may match nothing ends."""
        match = pattern.match(self.line, at)
        return match.end() if match else at

    def posting(self, at: int) -> Written:
        """Return all that may stand behind an account: amount, price, lot and claim."""
        amount = None
        price, lot = None, None
        if not self.line.startswith((";", "="), at) and at < len(self.line):
            amount, at = self.amount(at)
            price, lot, at = self._costs(at)
        claim, at = self._claim(at)
        return Written(amount, price, lot, claim, at)

    def amount(self, at: int, *, default: bool = True) -> tuple[Amount, int]:
        """Return one amount and where it ends; bare numbers take the default commodity."""
        start = at
        at, minus = self._sign(at)
        symbol = _SYMBOL.match(self.line, at)
        if symbol:
            at, second = self._sign(self.after(_BLANK, symbol.end()))
            minus = minus != second
        match = _NUMBER.match(self.line, at)
        if match is None:
            self.fail(at, _("An amount is expected here, like 12.34 USD."))
        at = match.end()
        if _AFTER.match(self.line, at):
            self.fail(at, _("The number cannot be read; write it like 1,234.50."))
        if not symbol:
            symbol = _SYMBOL.match(self.line, self.after(_BLANK, at))
            at = symbol.end() if symbol else at
        commodity = (symbol[1] or symbol[2]) if symbol else self.scope.default if default else ""
        number = self._number(match, commodity, start)
        return Amount(number.copy_negate() if minus and number else number, commodity), at

    def _sign(self, at: int) -> tuple[int, bool]:
        match = _SIGN.match(self.line, at)
        if match is None:
            return at, False
        return self.after(_BLANK, match.end()), match[0] == "-"

    def _number(self, match: re.Match[str], commodity: str, at: int) -> Decimal:
        power = match["power"] or match["plainpower"] or ""
        length = len(match[0])
        if length > MOST_DIGITS or length + abs(int(power[1:] or 0)) > MOST_DIGITS:
            self.fail(at, _("The number has more digits than can be kept; write it shorter."))
        digits = _digits(match, self.scope.mark_of(commodity))
        if power and match["group"] and match["group"] not in digits.replace(".", match["group"]):
            self.fail(at, _("The number cannot be read; write it like 1,234.50."))
        number = Decimal(digits + power)
        return Decimal(format(number, "f"))

    def _costs(self, at: int) -> tuple[Price | None, Lot | None, int]:
        price: Price | None = None
        cost: Lot | None = None
        acquired: date | None = None
        while True:
            at = self.after(_BLANK, at)
            if price is None and (match := _PRICE.match(self.line, at)):
                amount, at = self.amount(self.after(_BLANK, match.end()))
                price = Price(amount, bool(match[1] or match[2]))
            elif cost is None and (match := _LOT.match(self.line, at)):
                cost, at = self._lot(match)
            elif acquired is None and (match := _LOT_DATE.match(self.line, at)):
                place = self.place._replace(column=at + 2)
                acquired, at = read_date(match[1], self.year, place), match.end()
            else:
                lot = (cost or Lot())._replace(acquired=acquired)
                return price, lot if cost or acquired else None, at

    def _lot(self, match: re.Match[str]) -> tuple[Lot, int]:
        (number, commodity), at = self.amount(self.after(_BLANK, match.end()))
        at = self.after(_BLANK, at)
        close = "}" + match[1].replace("{", "}")
        if not self.line.startswith(close, at):
            self.fail(
                at, _("The cost of the lot is not closed; write {close}.").format(close=close)
            )
        cost = Lot(None, number, commodity) if match[1] else Lot(number, None, commodity)
        return cost, at + len(close)

    def _claim(self, at: int) -> tuple[Claim | None, int]:
        match = _CLAIM.match(self.line, at)
        if match is None:
            return None, at
        amount, end = self.amount(self.after(_BLANK, match.end()))
        end = self.after(_BLANK, end)
        price = None
        if cost := _PRICE.match(self.line, end):
            worth, end = self.amount(self.after(_BLANK, cost.end()))
            price = Price(worth, bool(cost[1] or cost[2]))
        return Claim(amount, match[1] == "==", bool(match[2]), price, at + 1), end


def _digits(match: re.Match[str], mark: str) -> str:
    """Return a number with a point for its decimal mark and without groups."""
    plain = match["plain"]
    if plain is not None:
        return plain.replace(",", ".")
    group, whole = match["group"], match["whole"]
    if match["point"]:
        return f"{whole.replace(group, '')}.{match['part']}"
    if group != " " and whole.count(group) == 1 and mark in ("", group):
        return str(whole.replace(group, "."))
    return str(whole.replace(group, ""))
