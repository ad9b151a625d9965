"""The directives of beancount that begin with a date, but for entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from boconsole.journals.beancount import amounts, syntax
from boconsole.journals.beancount.rules import check_booking
from boconsole.journals.beancount.source import Source
from boconsole.journals.beancount.syntax import Tokens
from boconsole.journals.parts import (
    AccountLine,
    Amount,
    Assertion,
    CommodityLine,
    Left,
    Pad,
    Place,
    Rate,
    Statement,
)
from boconsole.language import _


class Dated(NamedTuple):
    """A directive of which the date and the word are taken."""

    source: Source
    tokens: Tokens
    day: date
    start: Place

    def account(self) -> str:
        """Take an account."""
        return self.source.account(self.tokens)


def needed_text(tokens: Tokens) -> str:
    """Take a text in quotes."""
    return tokens.string(_("a text in quotes"))


def _open(line: Dated) -> Statement:
    account = line.account()
    commodities = [first] if (first := line.tokens.commodity()) else []
    while commodities and line.tokens.take("mark", ","):
        commodities.append(line.tokens.need_commodity())
    place = line.tokens.place()
    booking = line.tokens.string("") if line.tokens.peek().kind == "string" else ""
    if booking:
        check_booking(booking, place)
    kind = line.source.roots[account.split(":")[0]]
    return AccountLine(account, line.day, None, tuple(commodities), kind, "", line.start, booking)


def _close(line: Dated) -> Statement:
    return AccountLine(line.account(), closed=line.day, place=line.start)


def _commodity(line: Dated) -> Statement:
    return CommodityLine(line.tokens.need_commodity(), None, line.start)


def _balance(line: Dated) -> Statement:
    account = line.account()
    number = amounts.need_number(line.tokens)
    tolerance = amounts.need_number(line.tokens) if line.tokens.take("mark", "~") else None
    return Assertion(
        line.day, account, Amount(number, line.tokens.need_commodity()), tolerance, line.start
    )


def _pad(line: Dated) -> Statement:
    return Pad(line.day, line.account(), line.account(), line.start)


def _price(line: Dated) -> Statement:
    return Rate(
        line.day, line.tokens.need_commodity(), amounts.need_amount(line.tokens), line.start
    )


def _note(line: Dated) -> Statement:
    what = _("note of {account}").format(account=line.account())
    return _text_with_tags(line, what)


def _document(line: Dated) -> Statement:
    what = _("document of {account}").format(account=line.account())
    return _text_with_tags(line, what)


def _text_with_tags(line: Dated, what: str) -> Left:
    needed_text(line.tokens)
    while line.tokens.take("tag") or line.tokens.take("link"):
        pass
    return Left(what, line.start)


def _event(line: Dated) -> Statement:
    what = _("event {name}").format(name=needed_text(line.tokens)[:80])
    needed_text(line.tokens)
    return Left(what, line.start)


def _query(line: Dated) -> Statement:
    what = _("query {name}").format(name=needed_text(line.tokens)[:80])
    needed_text(line.tokens)
    return Left(what, line.start)


def _custom(line: Dated) -> Statement:
    what = _("custom directive {name}").format(name=needed_text(line.tokens)[:80])
    while (word := line.tokens.peek()) is not syntax.END:
        line.source.value(line.tokens)
        if line.tokens.peek() is word:
            line.tokens.end()
    return Left(what, line.start)


DIRECTIVES: Mapping[str, Callable[[Dated], Statement]] = {
    "open": _open,
    "close": _close,
    "commodity": _commodity,
    "balance": _balance,
    "pad": _pad,
    "price": _price,
    "note": _note,
    "document": _document,
    "event": _event,
    "query": _query,
    "custom": _custom,
}
