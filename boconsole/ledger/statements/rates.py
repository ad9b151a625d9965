"""Conversion to a reporting currency with the rates known on a day.

The last rate of each pair up to the day counts; the other way round only where none is written
as it is needed. Where no rate joins two commodities, the way over the fewest others is taken.
Nothing is guessed.

Source: hledger manual, valuation.
"""

from collections import deque
from datetime import date
from fractions import Fraction

from boconsole.ledger.statements.shapes import Money
from db.ledger import statements as stored


class Rates:
    """What commodities are worth in one currency on a day."""

    def __init__(self, currency: str, day: date) -> None:
        self.currency = currency
        self._worth = _reached(currency, _pairs(day))

    def worth(self, code: str) -> Fraction | None:
        """Return what one unit is worth; None where no rate says."""
        return self._worth.get(code)

    def convert(self, amounts: Money, precisions: dict[str, int]) -> tuple[int, dict[str, int]]:
        """Return the worth in smallest units, halves away from zero, and what has none."""
        worth, left = 0, {}
        for code, amount in amounts.items():
            rate = self.worth(code)
            if rate is None:
                left[code] = amount
            else:
                digits = precisions[self.currency] - precisions[code]
                worth += rounded(amount * rate * Fraction(10) ** digits)
        return worth, left


def rounded(number: Fraction) -> int:
    """Return the nearest whole number, halves away from zero."""
    whole = (2 * abs(number.numerator) + number.denominator) // (2 * number.denominator)
    return whole if number >= 0 else -whole


def _pairs(day: date) -> dict[str, dict[str, Fraction]]:
    """Return, for each commodity, what one unit of others is worth in it."""
    pairs: dict[str, dict[str, Fraction]] = {}
    stated = [(code, quote, Fraction(text)) for code, quote, _day, text in stored.select_rates(day)]
    for code, quote, rate in stated:
        pairs.setdefault(quote, {})[code] = rate
    for code, quote, rate in stated:
        if rate:
            pairs.setdefault(code, {}).setdefault(quote, 1 / rate)
    return pairs


def _reached(currency: str, pairs: dict[str, dict[str, Fraction]]) -> dict[str, Fraction]:
    worth = {currency: Fraction(1)}
    waiting = deque([currency])
    while waiting:
        quote = waiting.popleft()
        for code, rate in sorted(pairs.get(quote, {}).items()):
            if code not in worth:
                worth[code] = rate * worth[quote]
                waiting.append(code)
    return worth
