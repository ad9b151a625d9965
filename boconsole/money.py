"""Money as whole numbers of the smallest unit, and back; never a float."""

import re
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_UP, Context, Decimal, InvalidOperation

from boconsole.errors import BoconsoleError
from boconsole.language import _

MOST = 10**15
"""Smallest units from which on an amount is refused: sums of millions stay within 64 bits."""
DIGITS = 15
"""Of an amount in smallest units, at most."""
EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Keeps every digit, where the usual one cuts a number to 28."""

GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
"""A number with commas between its thousands."""


class PrecisionError(BoconsoleError):
    """An amount has more digits than its commodity has."""

    def __init__(self, number: Decimal, commodity: str, precision: int) -> None:
        super().__init__(
            _(
                "{number} {commodity} has more digits behind the point than the {precision} "
                "that {commodity} has; round it."
            ).format(number=number, commodity=commodity, precision=precision)
        )


class AmountTooLargeError(BoconsoleError):
    """An amount is beyond what the books hold."""

    def __init__(self, number: Decimal, commodity: str, precision: int) -> None:
        super().__init__(
            _(
                "{number} {commodity} is too large; with {precision} digits behind the point "
                "the books hold less than {most}."
            ).format(
                number=number, commodity=commodity, precision=precision,
                most=format(Decimal(MOST).scaleb(-precision, EXACT), "f"),
            )
        )  # fmt: skip


def typed(text: str) -> Decimal | None:
    """Return a finite number such as `1,234.5`, or None for what may mean another: `1.234,5`."""
    text = text.strip()
    if "," in text and not GROUPED.fullmatch(text):
        return None
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def to_minor(number: Decimal, commodity: str, precision: int) -> int:
    """Return an amount in smallest units.

    Args:
        number: Exact.
        commodity: For the refusal.
        precision: Digits behind the point of the commodity.

    Raises:
        PrecisionError: It has more digits than the commodity.
        AmountTooLargeError: It is 10^15 smallest units or more.
    """
    if number and number.adjusted() + precision >= DIGITS:
        raise AmountTooLargeError(number, commodity, precision)
    scaled = number.scaleb(precision, EXACT)
    minor = int(scaled)
    if minor != scaled:
        raise PrecisionError(number, commodity, precision)
    return minor


def rounded(number: Decimal, precision: int) -> Decimal:
    """Return a number at some precision, halves away from zero."""
    return number.quantize(Decimal(1).scaleb(-precision), ROUND_HALF_UP, EXACT)


def from_minor(minor: int, precision: int) -> Decimal:
    """Return an amount in whole units, with all digits of its commodity."""
    return Decimal(minor).scaleb(-precision)


def plain(minor: int, precision: int) -> str:
    """Return an amount as an exact decimal for programs: `-12.34`."""
    return format(from_minor(minor, precision), "f")
