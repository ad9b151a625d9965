"""Parts of a month: whom a salary is paid for how many of its days, by a named rule.

Pure: by calendar days, or by the days on which the person works.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from boconsole.payroll.rules.figures import half_up

WORK = "work"
FULL_TIME = (480, 480, 480, 480, 480, 0, 0)
"""Minutes of each day, Monday first, of somebody whose schedule nobody entered."""


class Span(NamedTuple):
    """Days of a month, both included."""

    first: date
    last: date


class Stretch(NamedTuple):
    """Days on which one salary holds.

    Attributes:
        span: Which days.
        amount: Of the salary, in smallest units of the rules.
        since: From when the salary holds.
        reason: Why it was entered.
        per: `month`, `year`, `day` or `hour`.
    """

    span: Span
    amount: Fraction
    since: date
    reason: str
    per: str


class Part(NamedTuple):
    """What a stretch pays."""

    stretch: Stretch
    days: int
    of: int
    base: int
    amount: int


def week_of(text: str) -> tuple[int, ...]:
    """Return the minutes of each day of a schedule, Monday first."""
    found = tuple(int(word) for word in text.split())
    return found if len(found) == 7 and any(found) else FULL_TIME


def days_in(span: Span, rule: str, week: Sequence[int]) -> int:
    """Return how many days count: all of them, or those that are worked."""
    count = (span.last - span.first).days + 1
    if rule != WORK:
        return max(count, 0)
    days = (span.first + timedelta(days=number) for number in range(count))
    return sum(1 for day in days if week[day.weekday()])


def minutes_in(span: Span, week: Sequence[int]) -> int:
    """Return the working time of some days by a schedule."""
    count = (span.last - span.first).days + 1
    return sum(week[(span.first + timedelta(days=number)).weekday()] for number in range(count))


def overlap(one: Span, first: date, last: date | None) -> Span | None:
    """Return the days that a span shares with others, None where there are none."""
    found = Span(max(one.first, first), min(one.last, last or one.last))
    return found if found.first <= found.last else None


def parts(month: Span, stretches: Sequence[Stretch], rule: str, week: Sequence[int]) -> list[Part]:
    """Return what each stretch pays; what rounding leaves is placed so that the sum is exact."""
    of = days_in(month, rule, week)
    found, exact, before = [], Fraction(0), 0
    for stretch in stretches:
        days = days_in(stretch.span, rule, week)
        whole = _whole(stretch, month, week)
        if stretch.per == "day":
            worked = days_in(stretch.span, WORK, week)
            exact += stretch.amount * worked
        elif stretch.per == "hour":
            exact += stretch.amount * minutes_in(stretch.span, week) / 60
        elif of:
            exact += whole * days / of
        total = half_up(exact.numerator, exact.denominator)
        base = half_up(whole.numerator, whole.denominator)
        found.append(Part(stretch, days, of, base, total - before))
        before = total
    return found


def _whole(stretch: Stretch, month: Span, week: Sequence[int]) -> Fraction:
    """Return what a whole month of a salary pays."""
    if stretch.per == "year":
        return stretch.amount / 12
    if stretch.per == "day":
        return stretch.amount * days_in(month, WORK, week)
    if stretch.per == "hour":
        return stretch.amount * minutes_in(month, week) / 60
    return stretch.amount


def full_months(since: date, until: date) -> int:
    """Return the full months of service from the first day to a day."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(months - (until.day < since.day), 0)
