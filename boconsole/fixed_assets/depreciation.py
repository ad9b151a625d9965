"""How much of an asset wears off in each period: pure, in smallest units, without records.

Every period is rounded half up; the last one takes what is left, so that all of them sum to
cost less residual value exactly, and the book value never falls below the residual value.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

METHODS = (
    "straight-line", "declining", "declining-switch", "declining-fiscal", "sum-of-years", "none",
)  # fmt: skip
DECLINING = ("declining", "declining-switch", "declining-fiscal")
CONVENTIONS = ("month", "day")
EVERY = (1, 3, 12)


class Terms(NamedTuple):
    """What the depreciation of one asset follows from.

    Attributes:
        cost: What it cost, in smallest units.
        residual: What is left at the end of its life.
        starts: The day from which it is in use.
        months: Its useful life.
        method: One of `METHODS`. `declining-switch` goes over to a straight line where that is
            more; `declining-fiscal` takes the whole rest in the last year.
        rate: For the declining methods: the part of the book value at the beginning of the year
            that wears off in a year.
        convention: `month` counts the first month whole; `day` counts days, as parts of a year.
        every: Months in a period, counted from the beginning of the fiscal year.
        first_month: The month in which fiscal years begin.
        opening: What wore off before the register began.
        through: The last day that `opening` covers.
        anew: Spread what is left over what is left of its life, instead of going on as before.
    """

    cost: int
    residual: int
    starts: date
    months: int
    method: str = "straight-line"
    rate: Fraction = Fraction(0)
    convention: str = "month"
    every: int = 1
    first_month: int = 1
    opening: int = 0
    through: date | None = None
    anew: bool = False


class Row(NamedTuple):
    """What wears off in one period, and what has worn off at its end."""

    starts: date
    ends: date
    amount: int
    accumulated: int


def last_day(terms: Terms) -> date:
    """Return the last day of an asset's useful life."""
    first = terms.starts.replace(day=1) if terms.convention == "month" else terms.starts
    return _later(first, terms.months) - timedelta(days=1)


def schedule(terms: Terms, until: date = date.max) -> list[Row]:
    """Return the periods that are still to come after what had worn off before.

    Args:
        terms: Of the asset.
        until: Leave out periods that end later.

    Source: IAS 16, paragraphs 50 to 62; UU PPh, Art. 11 for `declining-fiscal`.
    """
    if terms.method == "none":
        return []
    rows: list[Row] = []
    done, year, base = terms.opening, None, Fraction(0)
    most, last = terms.cost - terms.residual, last_day(terms)
    for starts, ends in _periods(terms):
        if ends > until:
            break
        if year != _year(starts, terms):
            year, base = _year(starts, terms), _at_start_of_year(terms, starts, done)
        amount = _round(_share(terms, starts, ends, base, done))
        if ends == last:
            amount = most - done
        amount = max(0, min(amount, most - done))
        done += amount
        rows.append(Row(starts, ends, amount, done))
    return rows


def schedule_until(terms: Terms, day: date) -> list[Row]:
    """Return the periods of an asset that goes on a day; the last one may be a part.

    By months the month in which it goes does not count, as its first month counted whole; by
    days the day itself counts.
    """
    ends = day.replace(day=1) - timedelta(days=1) if terms.convention == "month" else day
    rows = []
    for row in schedule(terms):
        if row.ends > ends:
            if row.starts <= ends:
                part = _weight(terms, row.starts, ends) / _weight(terms, row.starts, row.ends)
                amount = _round(row.amount * part)
                rows.append(Row(row.starts, ends, amount, row.accumulated - row.amount + amount))
            break
        rows.append(row)
    return rows


def fiscal_year(terms: Terms, day: date) -> int:
    """Return the calendar year in which the fiscal year of a day ends."""
    starts = _start_of_year(day, terms)
    return starts.year if terms.first_month == 1 else starts.year + 1


def double_rate(months: int) -> Fraction:
    """Return the yearly rate of the double declining balance."""
    return min(Fraction(24, months), Fraction(1))


def written_down_rate(cost: int, residual: int, months: int) -> Fraction:
    """Return the yearly rate that leads from cost to residual value: 1 - (r/c)^(1/n).

    Rounded to five digits, as a percentage with three is.
    """
    if residual <= 0:
        return double_rate(months)
    with localcontext() as context:
        context.prec = 30
        root = (Decimal(residual) / Decimal(cost)) ** (Decimal(12) / Decimal(months))
        return Fraction((1 - root).quantize(Decimal("0.00001"), ROUND_HALF_UP))


def _share(terms: Terms, starts: date, ends: date, base: Fraction, done: int) -> Fraction:
    """Return what wears off in a period, not rounded.

    Args:
        terms: Of the asset.
        starts: First day of the period.
        ends: Last day of the period.
        base: Book value at the beginning of the fiscal year.
        done: What wore off before the period.
    """
    weight = _weight(terms, starts, ends)
    depreciable = terms.cost - terms.residual
    if terms.method == "straight-line":
        if terms.anew:
            return (depreciable - terms.opening) * weight / _left(terms, _first_day(terms))
        return Fraction(depreciable * 12, terms.months) * weight
    if terms.method == "sum-of-years":
        years = terms.months // 12
        digits = sum(part * (years - year) for year, part in _own_years(terms, starts, ends))
        return depreciable * Fraction(digits) / Fraction(years * (years + 1), 2)
    if terms.method == "declining-fiscal" and _year(starts, terms) == _year(last_day(terms), terms):
        return (depreciable - done) * weight / _weight(terms, starts, last_day(terms))
    yearly = base * terms.rate
    if terms.method == "declining-switch":
        first = max(_start_of_year(starts, terms), terms.starts)
        yearly = max(yearly, (base - terms.residual) / _left(terms, first))
    return yearly * weight


def _at_start_of_year(terms: Terms, starts: date, done: int) -> Fraction:
    """Return the book value at the beginning of a fiscal year, from that at some day of it."""
    book = Fraction(terms.cost - done)
    first = max(_start_of_year(starts, terms), terms.starts)
    if starts <= first or not terms.rate or terms.method not in DECLINING:
        return book
    rest = 1 - terms.rate * _weight(terms, first, starts - timedelta(days=1))
    return book / rest if rest > 0 and not terms.anew else book


def _left(terms: Terms, day: date) -> Fraction:
    """Return the years from a day to the end of the life, one day or month at least."""
    ends, total = last_day(terms), Fraction(0)
    while day <= ends:
        end_of_year = _later(_start_of_year(day, terms), 12) - timedelta(days=1)
        total += _weight(terms, day, min(end_of_year, ends))
        day = end_of_year + timedelta(days=1)
    return total or Fraction(1, 12)


def _first_day(terms: Terms) -> date:
    """Return the first day of the life that nothing was booked for."""
    first = terms.starts.replace(day=1) if terms.convention == "month" else terms.starts
    return first if terms.through is None else max(first, terms.through + timedelta(days=1))


def _periods(terms: Terms) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each period of the life that nothing was booked for."""
    ends, first = last_day(terms), _first_day(terms)
    while first <= ends:
        place = (first.year * 12 + first.month - terms.first_month) % terms.every
        following = _later(first.replace(day=1), terms.every - place)
        yield first, min(following - timedelta(days=1), ends)
        first = following


def _weight(terms: Terms, starts: date, ends: date) -> Fraction:
    """Return how much of a year lies between two days of one fiscal year, both included."""
    if terms.convention == "month":
        return Fraction((ends.year - starts.year) * 12 + ends.month - starts.month + 1, 12)
    first = _start_of_year(starts, terms)
    return Fraction((ends - starts).days + 1, (_later(first, 12) - first).days)


def _own_years(terms: Terms, starts: date, ends: date) -> Iterator[tuple[int, Fraction]]:
    """Yield the years of the asset's life that a period touches, and how much of each."""
    begun = terms.starts.replace(day=1) if terms.convention == "month" else terms.starts
    before = max(0, (starts - begun).days // 366 - 1)
    for year in range(before, min(terms.months // 12, before + 4)):
        first, following = _later(begun, year * 12), _later(begun, year * 12 + 12)
        low, high = max(first, starts), min(following - timedelta(days=1), ends)
        if low <= high:
            whole = (following - first).days
            part = Fraction((high - low).days + 1, whole)
            yield year, _weight(terms, low, high) if terms.convention == "month" else part


def _year(day: date, terms: Terms) -> int:
    return (day.year * 12 + day.month - terms.first_month) // 12


def _start_of_year(day: date, terms: Terms) -> date:
    year = day.year if day.month >= terms.first_month else day.year - 1
    return date(year, terms.first_month, 1)


def _later(day: date, months: int) -> date:
    """Return the day some months later; the end of a month leads to the end of a month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    is_end = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_end else min(day.day, last))


def _round(number: Fraction) -> int:
    """Return whole smallest units, halves up."""
    return int((number + Fraction(1, 2)) // 1)
