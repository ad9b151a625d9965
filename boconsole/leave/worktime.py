"""A day of work against its schedule: worked, late, short, absent, and what overtime it was.

Pure: minutes of the day by the wall clock, where a shift that ends after midnight runs past 1440.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from boconsole.leave.calendar import HOLIDAY, WORKDAY, Plan

Span = tuple[int, int]
WORKED, LATE, EARLY, ABSENT, AWAY, FREE, OPEN, UNPLANNED = (
    "worked", "late", "early", "absent", "leave", "free", "open", "unplanned",
)  # fmt: skip
STATES = (WORKED, LATE, EARLY, ABSENT, AWAY, FREE, OPEN, UNPLANNED)


class Worked(NamedTuple):
    """What somebody did on a day.

    Attributes:
        spans: From and to in minutes; the last may still be open.
        breaks: Minutes of breaks taken out, beside those between the spans.
        open_since: When work began that has not ended; None when all has.
    """

    spans: tuple[Span, ...] = ()
    breaks: int = 0
    open_since: int | None = None


class Day(NamedTuple):
    """A day of attendance, derived.

    Attributes:
        planned: Minutes that were to be worked, leave and holidays taken out.
        worked: Minutes that were worked, breaks taken out.
        late: Minutes after the planned begin, beyond the grace.
        early: Minutes before the planned end.
        state: One of `STATES`; late goes before early.
    """

    planned: int
    worked: int
    late: int
    early: int
    state: str


def derive(plan: Plan, day: date, worked: Worked, leave: int = 0) -> Day:
    """Return what a day was; late and early where the schedule says when work begins.

    Args:
        plan: The schedule and the days off.
        day: Which.
        worked: What was recorded.
        leave: How much of the day is leave, in hundredths of it.
    """
    week = plan.schedule_on(day)
    spans = () if plan.off(day) else plan.spans_on(day)
    planned = sum(end - start for start, end in spans)
    due = max(0, planned * (100 - leave) // 100)
    minutes = sum(end - start for start, end in worked.spans)
    inside = _breaks_inside(spans, worked.spans) if week.clock else 0
    minutes -= min(minutes, max(worked.breaks, inside))
    late, early = (0, 0) if leave or not week.clock else _outside(spans, worked, week.grace)
    return Day(due, minutes, late, early, _state(planned, due, worked, late, early))


def _state(planned: int, due: int, worked: Worked, late: int, early: int) -> str:
    if worked.open_since is not None:
        return OPEN
    if not worked.spans:
        if not planned:
            return FREE
        return AWAY if due < planned else ABSENT
    if not planned:
        return UNPLANNED
    if late:
        return LATE
    return EARLY if early else WORKED


def _breaks_inside(planned: Sequence[Span], worked: Iterable[Span]) -> int:
    """Return the planned breaks that somebody worked through without clocking out."""
    gaps = [(planned[n][1], planned[n + 1][0]) for n in range(len(planned) - 1)]
    return sum(
        to - from_ for from_, to in gaps for start, end in worked if start <= from_ and to <= end
    )


def _outside(planned: Sequence[Span], worked: Worked, grace: int) -> Span:
    begun = [start for start, _end in worked.spans]
    if worked.open_since is not None:
        begun.append(worked.open_since)
    if not planned or not begun:
        return 0, 0
    late = min(begun) - planned[0][0]
    early = 0
    if worked.open_since is None:
        early = max(0, planned[-1][1] - max(end for _start, end in worked.spans))
    return (late if late > grace else 0), early


class OvertimeDay(NamedTuple):
    """Approved overtime of one day as pay needs it.

    Attributes:
        day: Which.
        kind: `workday`, `rest` or `holiday`.
        minutes: How long.
        days_a_week: Of the schedule: laws count five-day and six-day weeks differently.
        shortest: Whether it is the shortest day of the week by the schedule.
    """

    day: date
    kind: str
    minutes: int
    days_a_week: int
    shortest: bool


def overtime_day(plan: Plan, day: date, minutes: int) -> OvertimeDay:
    """Return overtime with the kind of its day.

    Source of the kinds: Indonesian Government Regulation 35/2021, art. 31.
    """
    return OvertimeDay(
        day, plan.kind_of(day), minutes, plan.days_a_week(day), plan.is_shortest(day)
    )


def rest_most(day: OvertimeDay) -> int:
    """Return how many minutes of a day of rest or a holiday the law pays.

    Source: Indonesian Government Regulation 35/2021, art. 31: its last hour of each kind of day.
    """
    if day.days_a_week < 6:
        return 12 * 60
    return 9 * 60 if day.kind == HOLIDAY and day.shortest else 11 * 60


def over_limit(
    days: Iterable[OvertimeDay], day_most: int, week_most: int
) -> list[tuple[date, int, int]]:
    """Return what lies over the limits: (day, minutes, limit) of days, then of weeks by Monday.

    Overtime on days of rest and holidays does not count.

    Args:
        days: Overtime, one row for each day.
        day_most: Minutes on a day; 0 for no limit.
        week_most: Minutes in a week from Monday; 0 for no limit.

    Source: Indonesian Government Regulation 35/2021, art. 26: 4 hours a day, 18 hours a week.
    """
    counted = [each for each in days if each.kind == WORKDAY]
    found = [(each.day, each.minutes, day_most)
             for each in sorted(counted) if day_most and each.minutes > day_most]  # fmt: skip
    weeks: dict[date, int] = {}
    for each in counted:
        monday = each.day - timedelta(days=each.day.weekday())
        weeks[monday] = weeks.get(monday, 0) + each.minutes
    found.extend(
        (monday, minutes, week_most)
        for monday, minutes in sorted(weeks.items())
        if week_most and minutes > week_most
    )
    return found
