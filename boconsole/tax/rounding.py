"""Rounding of exact numbers, alike on both sides of zero, so that a credit note mirrors."""

from collections.abc import Sequence
from fractions import Fraction

from boconsole.tax.rates import Mode


def rounded(number: Fraction, mode: Mode = "half-up", step: int = 1) -> int:
    """Return the multiple of `step` that a number is rounded to.

    Args:
        number: Exact.
        mode: `half-up` takes halves away from zero, `down` cuts towards zero.
        step: What the answer is a multiple of, 1 or more.
    """
    above, below = abs(number.numerator), number.denominator * step
    whole = (2 * above + below) // (2 * below) if mode == "half-up" else above // below
    return whole * step if number >= 0 else -whole * step


def rounded_together(numbers: Sequence[Fraction], mode: Mode, step: int) -> list[int]:
    """Return numbers rounded so that they sum to their rounded sum; the first takes the rest."""
    found = [rounded(number, mode, step) for number in numbers]
    found[0] += rounded(sum(numbers, Fraction(0)), mode, step) - sum(found)
    return found


def fitted(exact: Sequence[Fraction], total: int) -> list[int]:
    """Return whole numbers near the exact ones that sum to `total`.

    What is over or missing goes one by one to those that rounding moved farthest the other way.
    """
    found = [rounded(number) for number in exact]
    rest = total - sum(found)
    sign = 1 if rest > 0 else -1
    places = sorted(range(len(found)), key=lambda at: (sign * (found[at] - exact[at]), at))
    for turn in range(abs(rest)):
        found[places[turn % len(places)]] += sign
    return found
