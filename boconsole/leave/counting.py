"""What a request takes: the quantity of each day, and why a day takes nothing."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from boconsole.language import _
from boconsole.leave import quantities
from boconsole.leave.calendar import Plan, each_day
from boconsole.leave.errors import NoDaysError, SpanError
from boconsole.leave.rules import Rule

LONGEST = 732
"""Days from the first to the last one of a request."""


class Wish(NamedTuple):
    """The days that somebody wants to be away.

    Attributes:
        from_noon: It begins in the middle of the first day.
        to_noon: It ends in the middle of the last day.
        minutes: Of a single day, instead of the whole; 0 for days.
    """

    first: date
    last: date
    from_noon: bool = False
    to_noon: bool = False
    minutes: int = 0


class Counted(NamedTuple):
    """One day of a request: what it takes; `off` names the holiday, `rest` a free weekday."""

    day: date
    quantity: int
    off: str = ""
    rest: bool = False


def count(rule: Rule, plan: Plan, wish: Wish) -> list[Counted]:
    """Return each day from first to last with what it takes.

    Raises:
        SpanError: The days cannot be, or the rule allows no parts of days.
        NoDaysError: None of them is a working day.
    """
    _check(rule, wish)
    found = [_of_day(rule, plan, wish, day) for day in each_day(wish.first, wish.last)]
    if not any(each.quantity for each in found):
        raise NoDaysError
    return found


def total(days: Sequence[Counted]) -> int:
    """Return what a request takes in all."""
    return sum(each.quantity for each in days)


def _check(rule: Rule, wish: Wish) -> None:
    if wish.last < wish.first:
        raise SpanError(_("The last day lies before the first; turn them round."))
    if (wish.last - wish.first).days >= LONGEST:
        raise SpanError(_("That is more than two years; ask for a shorter time."))
    single = wish.first == wish.last
    if wish.from_noon and wish.to_noon and single:
        raise SpanError(_("A day that begins and ends at noon has no leave; choose one half."))
    if wish.minutes and (not single or wish.from_noon or wish.to_noon):
        raise SpanError(_("Hours are asked for on a single day; ask for each day by itself."))
    parts = wish.from_noon or wish.to_noon or wish.minutes
    if parts and not (rule.halves or rule.unit == "hours"):
        raise SpanError(_("This leave is taken in whole days only."))


def _of_day(rule: Rule, plan: Plan, wish: Wish, day: date) -> Counted:
    off = plan.off(day)
    name = off.name if off else ""
    planned = plan.minutes_on(day)
    share = _share(wish, day, planned)
    if rule.counts == "calendar":
        return Counted(day, quantities.rounded(share * quantities.ONE, "exact"), name)
    if off is not None or not planned:
        return Counted(day, 0, name, not planned)
    if rule.unit == "hours":
        minutes = share * planned
        return Counted(day, quantities.rounded(minutes * quantities.ONE / 60, "exact"))
    return Counted(day, quantities.rounded(share * quantities.ONE, "exact"))


def _share(wish: Wish, day: date, planned: int) -> Fraction:
    """Return which part of a day is taken."""
    if wish.minutes:
        if planned and wish.minutes > planned:
            raise SpanError(
                _("Only {hours} hours are worked on that day.").format(
                    hours=quantities.shown(quantities.from_minutes(planned))
                )
            )
        return Fraction(wish.minutes, planned or 480)
    half = (day == wish.first and wish.from_noon) or (day == wish.last and wish.to_noon)
    return Fraction(1, 2) if half else Fraction(1)
