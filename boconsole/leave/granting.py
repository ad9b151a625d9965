"""What a rule grants to somebody, when, and in which leave year: pure, from dates alone.

Nothing is stored of it: whoever asks gets the same grants for the same dates and rules.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from boconsole.leave import quantities
from boconsole.leave.calendar import Plan
from boconsole.leave.rules import ANNIVERSARY, Dated, Rule

YEARS_MOST = 80


class Service(NamedTuple):
    """From when to when somebody is employed; both days included."""

    joined: date
    left: date | None = None


class Granted(NamedTuple):
    """A grant on a day.

    Attributes:
        year_start: First day of its leave year.
        year_end: Last day of its leave year, after which it is carried over or lapses.
        full: What a full year gives.
        share: Which part of the full year, or of the month for a monthly grant, it is for.
        years: Completed years of service.
    """

    on: date
    amount: int
    year_start: date
    year_end: date
    full: int
    share: Fraction
    years: int


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def completed_years(joined: date, day: date) -> int:
    """Return how many full years of service lie behind on a day."""
    years = day.year - joined.year
    return years - 1 if add_months(joined, years * 12) > day else max(years, 0)


def leave_year(rule: Rule, joined: date, day: date) -> tuple[date, date]:
    """Return first and last day of the leave year in which a day lies."""
    year = rule.grant.year
    if year == ANNIVERSARY:
        number = completed_years(joined, max(day, joined))
        start = add_months(joined, 12 * number)
        return start, add_months(joined, 12 * (number + 1)) - timedelta(days=1)
    month, number = (int(part) for part in year.split("-"))
    start = date(day.year, month, number)
    if start > day:
        start = date(day.year - 1, month, number)
    return start, date(start.year + 1, month, number) - timedelta(days=1)


def grants(versions: Sequence[Dated], service: Service, until: date, plan: Plan) -> list[Granted]:
    """Return everything that is granted up to a day, in order.

    Args:
        versions: The rules of a type by the day from which each one holds.
        service: The employment.
        until: Last day asked for.
        plan: For types that give weeks, the schedules.
    """
    found: list[Granted] = []
    for number, version in enumerate(versions):
        ends = versions[number + 1].since if number + 1 < len(versions) else date.max
        found.extend(
            each
            for each in _of_rule(version.rule, service, until, plan)
            if version.since <= each.on < ends and each.amount
        )
    return sorted(found)


def _of_rule(rule: Rule, service: Service, until: date, plan: Plan) -> Iterator[Granted]:
    if not rule.has_balance:
        return
    last = min(until, service.left or until)
    start, end = leave_year(rule, service.joined, service.joined)
    for _number in range(YEARS_MOST):
        if start > last:
            return
        yield from _of_year(rule, service, plan, start, end)
        start, end = leave_year(rule, service.joined, end + timedelta(days=1))


def _of_year(rule: Rule, service: Service, plan: Plan, start: date, end: date) -> Iterator[Granted]:
    grant = rule.grant
    first = add_months(service.joined, grant.after_months)
    served = _Served(
        max(start, first if grant.prorate_from == "first-grant" else service.joined),
        min(end, service.left or end),
    )
    if grant.kind == "yearly":
        on = max(start, service.joined, first)
        if on > served.last:
            return
        share = _share_of_year(grant.prorate, served, start, end)
        full, years = _full(rule, plan, service, on)
        yield Granted(
            on, quantities.rounded(full * share, grant.rounding), start, end, full, share, years
        )
        return
    yield from _by_month(rule, service, plan, (start, end), served, first)


class _Served(NamedTuple):
    """The days of a leave year that count."""

    first: date
    last: date


def _by_month(
    rule: Rule, service: Service, plan: Plan, year: tuple[date, date], served: _Served, first: date
) -> Iterator[Granted]:
    """Return the twelfths of a year, rounded so that they add up to the year's amount."""
    grant, (start, end) = rule.grant, year
    summed, given = Fraction(0), 0
    for from_, to in _months(start):
        share = _share_of_month(grant.prorate, served, from_, to)
        if not share:
            continue
        on = max(from_ if grant.at == "start" else to, service.joined, first)
        if service.left is not None and grant.at == "end":
            on = min(on, service.left) if first <= service.left else on
        if service.left is not None and on > service.left:
            return
        full, years = _full(rule, plan, service, on)
        summed += full * share / 12
        amount = quantities.rounded(summed, grant.rounding) - given
        given += amount
        yield Granted(on, amount, start, end, full, share, years)


def _full(rule: Rule, plan: Plan, service: Service, on: date) -> tuple[int, int]:
    """Return what a full year gives at a day, and the completed years of service."""
    grant, years = rule.grant, completed_years(service.joined, on)
    full = grant.of_year(years)
    if grant.weeks:
        full *= plan.days_a_week(on)
    return (min(full, grant.most) if grant.most else full), years


def _months(start: date) -> Iterator[tuple[date, date]]:
    for number in range(12):
        yield add_months(start, number), add_months(start, number + 1) - timedelta(days=1)


def _share_of_year(prorate: str, served: _Served, start: date, end: date) -> Fraction:
    if prorate == "none":
        return Fraction(1)
    if prorate == "days":
        return Fraction((served.last - served.first).days + 1, (end - start).days + 1)
    months = sum(_share_of_month(prorate, served, *month) for month in _months(start))
    return Fraction(months) / 12


def _share_of_month(prorate: str, served: _Served, from_: date, to: date) -> Fraction:
    first, last = max(served.first, from_), min(served.last, to)
    if last < first:
        return Fraction(0)
    if prorate == "days":
        return Fraction((last - first).days + 1, (to - from_).days + 1)
    middle = from_ + timedelta(days=14)
    return Fraction(prorate == "none" or first <= middle <= last)
