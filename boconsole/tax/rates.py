"""Tax codes: what each one takes, from when to when, and how it is rounded.

A rate never changes: a new law adds a row with its first day. Rounding is part of the row,
because laws change it too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Literal, NamedTuple

from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.language import N_, _

Kind = Literal["percentage", "fixed"]
Scope = Literal["line", "document"]
Mode = Literal["half-up", "down"]
KINDS: tuple[Kind, ...] = ("percentage", "fixed")
SCOPES: tuple[Scope, ...] = ("line", "document")
MODES: tuple[Mode, ...] = ("half-up", "down")
WHOLE = Fraction(1)


class NoTaxRateError(BoconsoleError):
    """A tax code says nothing about a day."""

    def __init__(self, code: str, day: date) -> None:
        super().__init__(
            _("The tax {code} has no rate on {day}; add one, or choose another code.").format(
                code=code, day=day
            )
        )


class Rounding(NamedTuple):
    """Where a tax is rounded, and how.

    Attributes:
        scope: Each line, or the sum of the document.
        mode: `half-up` (halves away from zero) or `down` (towards zero).
        digits: Behind the point; None takes those of the currency.
        currency: Whose digits those are; amounts of another one keep theirs. Empty means any.
    """

    scope: Scope = "document"
    mode: Mode = "half-up"
    digits: int | None = None
    currency: str = ""


BY_DOCUMENT = Rounding()


@dataclass(frozen=True)
class Tax:
    """What a tax code takes on one day.

    Attributes:
        code: Its name.
        kind: A percentage of the base, or a fixed sum for each unit of quantity.
        rate: 12 for 12 %, or the sum in whole units of the currency.
        included: Prices contain it already.
        compound: It is part of the base of the taxes behind it.
        factor: What part of the net is its base: 11/12, for example.
        rounding: Where and how it is rounded.
    """

    code: str
    kind: Kind = "percentage"
    rate: Fraction = Fraction(0)
    included: bool = False
    compound: bool = False
    factor: Fraction = WHOLE
    rounding: Rounding = BY_DOCUMENT


class DatedTax(NamedTuple):
    """A tax with its first and last day, both included, and where the rule stands."""

    starts: date
    ends: date | None
    tax: Tax
    source: str = ""


def on(day: date, code: str, rows: Iterable[DatedTax]) -> Tax:
    """Return what a tax code takes on a day: the latest row that has begun.

    Raises:
        NoTaxRateError: No row has that day.
    """
    begun = [row for row in rows if row.tax.code == code and row.starts <= day]
    row = max(begun, key=lambda each: each.starts, default=None)
    if row is None or (row.ends is not None and row.ends < day):
        raise NoTaxRateError(code, day)
    return row.tax


def checked(row: DatedTax) -> DatedTax:
    """Return a row that can be kept.

    Raises:
        InvalidChangeError: Its days, rate or factor cannot be.
    """
    tax = row.tax
    for field, holds, reason in (
        ("to", row.ends is None or row.ends >= row.starts, N_("it ends before it starts")),
        ("rate", abs(tax.rate) < 10**9, N_("it is too large")),
        ("rate", tax.kind == "fixed" or tax.rate > -100, N_("it takes more than everything")),
        ("rate", tax.rate >= 0 or not tax.included, N_("a tax in the price is not negative")),
        ("factor", 0 < tax.factor <= 1, N_("expected a part of the price such as 11/12")),
        ("digits", (tax.rounding.digits or 0) in range(7), N_("expected 0 to 6 digits")),
    ):
        if not holds:
            raise InvalidChangeError(field, _(reason))
    return row


def fraction_of(text: str, *, field: str) -> Fraction:
    """Return the exact number of `12`, `7.5` or `11/12`.

    Raises:
        InvalidChangeError: It is none.
    """
    above, line, below = text.strip().partition("/")
    try:
        numbers = [Decimal(above), Decimal(below if line else 1)]
    except InvalidOperation:
        numbers = []
    if not numbers or not all(number.is_finite() for number in numbers) or not numbers[1]:
        raise InvalidChangeError(field, _("{text!r} is no number").format(text=text[:40]))
    if any(abs(number.adjusted()) > 30 for number in numbers):
        raise InvalidChangeError(field, _("{text!r} is too large").format(text=text[:40]))
    return Fraction(numbers[0]) / Fraction(numbers[1])
