"""Dated figures and tables of a set of rules, and exact arithmetic on them.

Amounts are whole smallest units; rates are exact. Rounding is half-up, away from zero, and
happens once for each amount.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple


def half_up(above: int, below: int) -> int:
    """Return `above / below` as a whole number, halves away from zero; `below` is positive."""
    whole = (2 * abs(above) + below) // (2 * below)
    return whole if above >= 0 else -whole


def share(amount: int, rate: Fraction) -> int:
    """Return the part `rate` of an amount, rounded half-up."""
    return half_up(amount * rate.numerator, rate.denominator)


@lru_cache(maxsize=1_000)
def percent(rate: Fraction) -> str:
    """Return a rate as people write it: `0.25` for a quarter of a percent, else `1/3`."""
    scaled = rate * 100
    below = scaled.denominator
    while below % 10 == 0:
        below //= 10
    while below % 2 == 0:
        below //= 2
    while below % 5 == 0:
        below //= 5
    if below != 1:
        return str(scaled)
    digits = 0
    while (scaled * 10**digits).denominator != 1:
        digits += 1
    whole = abs(int(scaled * 10**digits))
    text = str(whole).rjust(digits + 1, "0")
    sign = "-" if scaled < 0 else ""
    return sign + (f"{text[:-digits]}.{text[-digits:]}" if digits else text)


@dataclass(frozen=True)
class Dated:
    """What is true from one day to another, both included.

    Attributes:
        code: Its name.
        starts: First day.
        ends: Last day; None without an end.
        source: Where it stands.
    """

    code: str
    starts: date
    ends: date | None
    source: str

    @property
    def cited(self) -> str:
        """The source with the first day that it holds for."""
        return f"{self.source} (from {self.starts})"


@dataclass(frozen=True)
class Figure(Dated):
    """One number: an amount in smallest units, or a rate as a part of one."""

    value: Fraction = Fraction(0)

    @property
    def whole(self) -> int:
        """The number as an amount."""
        return int(self.value)


@dataclass(frozen=True)
class Listed(Dated):
    """Names that a rule is about."""

    names: tuple[str, ...] = ()


class Band(NamedTuple):
    """A row of a table: up to and with `upto`; None goes on for ever."""

    upto: int | None
    rate: Fraction


class Slice(NamedTuple):
    """What one row of a table takes of an amount that runs through its bands."""

    row: int
    base: int
    rate: Fraction
    amount: int


@dataclass(frozen=True)
class Table(Dated):
    """Bands in rising order; each upper limit belongs to its band."""

    bands: tuple[Band, ...] = ()
    digits: int = 0
    """Behind the point of its limits."""
    limits: tuple[int, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        """Keep the upper limits for searching."""
        found = tuple(band.upto for band in self.bands if band.upto is not None)
        object.__setattr__(self, "limits", found)

    def row_of(self, amount: int) -> int:
        """Return the place of the band that an amount falls into, counted from 0.

        An amount beyond the last limit of a table without an end has the place behind it.
        """
        return bisect_left(self.limits, amount)

    def slices(self, amount: int) -> list[Slice]:
        """Return what each band takes of its part of an amount; the sum is rounded once."""
        found: list[Slice] = []
        below, exact, before = 0, Fraction(0), 0
        for row, band in enumerate(self.bands):
            top = amount if band.upto is None else min(amount, band.upto)
            if top <= below:
                break
            exact += (top - below) * band.rate
            total = half_up(exact.numerator, exact.denominator)
            found.append(Slice(row, top - below, band.rate, total - before))
            below, before = top, total
        return found

    def progressive(self, amount: int) -> int:
        """Return what all bands together take of an amount."""
        return sum(each.amount for each in self.slices(amount))

    def row_text(self, row: int) -> str:
        """Return where a band stands: `row 9, over 9,650,000 up to 10,050,000`."""
        above = self.limits[row - 1] if row else None
        upto = self.bands[row].upto if row < len(self.bands) else None
        parts = [f"row {row + 1}"]
        if above is not None:
            parts.append(f"over {self._written(above)}")
        if upto is not None:
            parts.append(f"up to {self._written(upto)}")
        return ", ".join(parts)

    def _written(self, limit: int) -> str:
        return f"{Decimal(limit).scaleb(-self.digits):,f}"


@dataclass(frozen=True)
class Contribution(Dated):
    """What employer and employee pay for something, as parts of the wage.

    Attributes:
        name: As a pay slip says it.
        employer: Part of the base that the employer pays.
        employee: Part of the base that is kept from the pay.
        cap: The base is at most so much; None without.
        floor: The base is at least so much.
        least_wage: The base is at least the least wage of the place.
        classes: Part of the employer by risk class, instead of `employer`.
        per_person: Further part of the employee for each further member of the family.
        employer_taxable: What the employer pays counts as income.
        employee_deductible: What the employee pays lowers the year's taxable income.
    """

    name: str = ""
    employer: Fraction = Fraction(0)
    employee: Fraction = Fraction(0)
    cap: int | None = None
    floor: int = 0
    least_wage: bool = False
    classes: tuple[tuple[str, Fraction], ...] = ()
    per_person: Fraction = Fraction(0)
    employer_taxable: bool = False
    employee_deductible: bool = False


@dataclass(frozen=True)
class Levy(Dated):
    """A tax of plain rules.

    Attributes:
        name: As a pay slip says it.
        table: Bands of the taxable income of its period.
        period: `month`, or `year`: twelve times the month, and a twelfth of the tax.
        allowance: What is free of it in its period.
        credit: What is taken off the tax of its period.
        flat: The whole income is taxed at the rate of its band, instead of band by band.
    """

    name: str = ""
    table: Table | None = None
    period: str = "month"
    allowance: int = 0
    credit: int = 0
    flat: bool = False
