"""What amounts of documents are worth in the reporting currency, exact until they are booked."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from boconsole import audit
from boconsole.errors import BoconsoleError
from boconsole.language import _
from boconsole.ledger import commodities
from boconsole.session import Session
from boconsole.tax.rates import fraction_of
from boconsole.tax.rounding import rounded
from db.invoices import taxes as stored
from db.ledger import calendar
from db.ledger.rows import CommodityRow

REPORTING = "reporting_currency"
"""The setting; where it is empty every document keeps its own currency."""


class NoRateError(BoconsoleError):
    """Nobody said what a currency was worth on a day."""

    def __init__(self, code: str, quote: str, day: date) -> None:
        super().__init__(
            _("No rate from {code} to {quote} is known on {day}; give one with --rate.").format(
                code=code, quote=quote, day=day
            )
        )


def set_reporting(session: Session, code: str) -> None:
    """Choose the currency in which documents are valued; empty for their own."""
    session.require("ledger.configure")
    code = code.strip()
    with audit.writing():
        if code:
            known_commodity(code)
        before = calendar.select_settings().get(REPORTING, "")
        calendar.put_setting(REPORTING, code)
        audit.record(session, "ledger.set", "ledger", [audit.Line(0, {REPORTING: (before, code)})])


def known_commodity(code: str) -> CommodityRow:
    """Return a commodity, added where it is a currency; raises UnknownCommodityError."""
    known = commodities.by_code()
    commodities.ensure(known, {code: None})
    return known[code]


def chosen_reporting() -> str:
    """Return the code of the reporting currency; empty where none is chosen."""
    return calendar.select_settings().get(REPORTING, "")


def reporting(code: str) -> CommodityRow:
    """Return the currency that a document in `code` is valued in."""
    return known_commodity(chosen_reporting() or code)


def rate_on(code: str, quote: str, day: date, given: str = "") -> Fraction:
    """Return what one unit is worth in another currency on a day.

    Args:
        code: Of the document.
        quote: The other one.
        day: The last rate up to it counts, in either direction.
        given: A number such as `1.0832` or `5/6`; empty looks it up.

    Raises:
        NoRateError: None is known.
        InvalidChangeError: What is given is no rate.
    """
    if code == quote:
        return Fraction(1)
    if given:
        found = fraction_of(given, field="rate")
        if found <= 0:
            raise NoRateError(code, quote, day)
        return found
    row = stored.find_worth(code, quote, day)
    if row is None or not Decimal(row[0]):
        raise NoRateError(code, quote, day)
    return Fraction(row[0]) if row[1] else 1 / Fraction(row[0])


def valued(minor: int, rate: Fraction, commodity: CommodityRow, worth: CommodityRow) -> int:
    """Return the worth of an amount, both in smallest units, halves away from zero."""
    return rounded(exact_value(minor, rate, commodity, worth))


def exact_value(
    minor: int, rate: Fraction, commodity: CommodityRow, worth: CommodityRow
) -> Fraction:
    """Return the worth of an amount in smallest units, not rounded."""
    return minor * rate * Fraction(10) ** (worth.precision - commodity.precision)


def by_id() -> dict[int, CommodityRow]:
    """Return all commodities by id."""
    return {row.id: row for row in commodities.by_code().values()}
