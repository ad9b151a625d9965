"""Rates: what one unit of a commodity is worth in another from a day on, until the next one."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger import commodities
from boconsole.session import Session
from db.fields import number_of
from db.ledger import charts
from db.ledger import statements as stored

MOST_DIGITS = 20
"""Before and behind the point of a rate."""


class Rate(NamedTuple):
    """What one unit was worth on a day, exact."""

    commodity: str
    quote: str
    dated: date
    worth: Decimal


def known(session: Session, day: date) -> list[Rate]:
    """Return the last rate of each pair up to a day."""
    session.require("ledger.read")
    return [Rate(code, quote, given, Decimal(text))
            for code, quote, given, text in stored.select_rates(day)]  # fmt: skip


def put(session: Session, code: str, quote: str, text: str, day: date) -> Rate:
    """Keep a rate; another one of the same pair and day is replaced.

    Args:
        session: Who keeps it.
        code: What one unit of is worth something.
        quote: The commodity of the worth.
        text: The worth, an exact decimal above zero.
        day: From which day on.

    Raises:
        UnknownCommodityError: There is no such commodity, and it is no currency.
        InvalidChangeError: It is no rate, or both commodities are the same.
    """
    session.require("ledger.prepare")
    worth = read(text)
    if code == quote:
        raise InvalidChangeError("rate", _("a commodity has no rate in itself"))
    with audit.writing():
        there = commodities.by_code()
        commodities.ensure(there, {code: None, quote: None})
        before = next((each.worth for each in known(session, day)
                       if each[:3] == (code, quote, day)), None)  # fmt: skip
        key = (there[code].id, there[quote].id, number_of(day))
        charts.put_rates([(*key, format(worth, "f"))])
        told = {"pair": (None, f"{code}/{quote}"), "dated": (None, str(day)),
                "worth": (before, format(worth, "f"))}  # fmt: skip
        audit.record(session, "commodity.rate", "commodity", [audit.Line(key[0], told)])
    return Rate(code, quote, day, worth)


def read(text: str) -> Decimal:
    """Return a rate as it is typed; raises InvalidChangeError where it is none."""
    try:
        worth = Decimal(text.strip())
    except InvalidOperation:
        worth = Decimal("NaN")
    digits = worth.as_tuple()
    if (
        not worth.is_finite() or worth <= 0 or worth.adjusted() > MOST_DIGITS
        or not isinstance(digits.exponent, int) or digits.exponent < -MOST_DIGITS
    ):  # fmt: skip
        raise InvalidChangeError("rate", _("{text!r} is no rate").format(text=text[:40]))
    return worth
