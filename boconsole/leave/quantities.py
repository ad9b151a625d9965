"""Days and hours of leave as whole hundredths: 250 is two and a half.

No float is used; fractions stay exact until a rule rounds them.
"""

import re
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from boconsole.errors import InvalidChangeError
from boconsole.language import _

ONE = 100
MOST = 1_000_000
_FORM = re.compile(r"([+-]?)(\d{1,5})(?:[.,](\d{1,2}))?", re.ASCII)
ROUNDINGS = (
    "exact", "half-up", "half-nearest", "half-down", "whole-up", "whole-nearest", "whole-down",
)  # fmt: skip
"""To hundredths, or to half and whole units; nearest rounds halves up."""


def plain(amount: int) -> str:
    """Return an amount as programs write it: `12`, `2.5`, `-0.25`."""
    sign, (whole, part) = "-" * (amount < 0), divmod(abs(amount), ONE)
    return f"{sign}{whole}" + (f".{part:02}".rstrip("0") if part else "")


def shown(amount: int) -> str:
    """Return an amount for people, with the decimal mark of their language."""
    text = plain(amount)
    if "." not in text:
        return text
    from boconsole.language import decimal

    return decimal(Decimal(text), len(text.partition(".")[2]))


def parse(text: str, *, field: str) -> int:
    """Return the hundredths that a text means: `12`, `0.5`, `0,5`.

    Raises:
        InvalidChangeError: It is no number of at most two decimals.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise InvalidChangeError(
            field, _("{text!r} is no amount; type one such as 12 or 0.5").format(text=text[:20])
        )
    sign, whole, part = found.groups()
    amount = int(whole) * ONE + int((part or "").ljust(2, "0"))
    return -amount if sign == "-" else amount


def rounded(amount: Fraction, rounding: str) -> int:
    """Return an exact number of hundredths as a rule rounds it."""
    grain, _sep, way = rounding.partition("-")
    step = {"exact": 1, "half": ONE // 2, "whole": ONE}[grain]
    count = amount / step
    if way == "up":
        return ceil(count) * step
    if way == "down":
        return floor(count) * step
    return floor(count + Fraction(1, 2)) * step


def from_minutes(minutes: int) -> int:
    """Return minutes as hundredths of hours."""
    return rounded(Fraction(minutes * ONE, 60), "exact")
