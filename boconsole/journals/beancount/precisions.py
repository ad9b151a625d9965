"""How many digits each commodity has, and how values are cut to them.

The digits are those of amounts; where a commodity has no amount at all, those of its prices.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from boconsole.journals.beancount.legs import Leg
from boconsole.journals.beancount.rules import ONE, ZERO
from boconsole.journals.parts import Posting

_LONG, _ENDLESS = 15, 26
"""More digits behind the point than the first, and as many in all as the second, are what a
division leaves that does not end."""
_USUAL = 2
"""Digits that such a number keeps at least."""


class Precisions:
    """Digits behind the point by commodity."""

    def __init__(self) -> None:
        self.digits: dict[str, int] = {}
        self._of_prices: dict[str, int] = {}
        self._finest: dict[str, Decimal] = {}

    def see(self, number: Decimal, commodity: str) -> None:
        """Take the digits of an amount into account."""
        finest = self._finest.get(commodity)
        if finest is not None and number.same_quantum(finest):
            return
        digits = digits_of(number)
        if digits is not None and commodity and digits > self.digits.get(commodity, -1):
            self.digits[commodity] = digits
            self._finest[commodity] = number

    def see_price(self, number: Decimal, commodity: str) -> None:
        """Take the digits of a price or cost into account."""
        digits = digits_of(number) or 0
        if commodity:
            self._of_prices[commodity] = max(digits, self._of_prices.get(commodity, 0))

    def see_posting(self, posting: Posting) -> None:
        """Take what a posting says about costs and prices into account."""
        if posting.price is not None:
            self.see_price(*posting.price.amount)
        if posting.lot is not None:
            for number in (posting.lot.number, posting.lot.total):
                self.see_price(ZERO if number is None else number, posting.lot.commodity)

    def of(self, commodity: str) -> int:
        """Return the digits of a commodity; they cannot become fewer from then on."""
        if commodity not in self.digits:
            self.digits[commodity] = self._of_prices.get(commodity, 0)
        return self.digits[commodity]

    def all(self) -> dict[str, int]:
        """Return the digits of every commodity."""
        return {**self._of_prices, **self.digits}

    def settled(self, number: Decimal, commodity: str) -> Decimal:
        """Return a number as it is, or rounded if it is a division that does not end."""
        if digits_of(number) is not None:
            return trimmed(number)
        self.digits[commodity] = max(_USUAL, self.of(commodity))
        return self.rounded(number, commodity)

    def rounded(self, number: Decimal, commodity: str) -> Decimal:
        """Return a number rounded half up to the digits of its commodity."""
        digits = self.of(commodity)
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and exponent >= -digits:
            return number
        return number.quantize(ONE.scaleb(-digits), ROUND_HALF_UP)

    def values(self, legs: Sequence[Leg]) -> list[Decimal]:
        """Return the values of legs: their weights, rounded so that each group is zero in sum.

        What rounding leaves goes to the biggest leg that is converted, else to the biggest.
        """
        values = [self.rounded(leg.weight, leg.group) for leg in legs]
        for group in dict.fromkeys(leg.group for leg in legs):
            members = [index for index, leg in enumerate(legs) if leg.group == group]
            left = sum((values[index] for index in members), ZERO)
            if left:
                converted = [index for index in members if legs[index].commodity != group]
                biggest = max(converted or members, key=lambda index: abs(values[index]))
                values[biggest] -= left
        return values


def digits_of(number: Decimal) -> int | None:
    """Return the digits behind the point, or None where they do not end or are not known."""
    parts = trimmed(number).as_tuple()
    if not isinstance(parts.exponent, int):
        return None
    if parts.exponent < -_LONG and len(parts.digits) >= _ENDLESS:
        return None
    return max(0, -parts.exponent)


def trimmed(number: Decimal) -> Decimal:
    """Return a number without the zeros that a division may leave at its end."""
    parts = number.as_tuple()
    if isinstance(parts.exponent, int) and parts.exponent < -_LONG:
        return number.normalize()
    return number
