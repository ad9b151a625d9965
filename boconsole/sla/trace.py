"""Why a due time falls where it falls, day by day."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from boconsole.sla.calendar import Calendar, format_closing
from boconsole.sla.clock import ENDLESS, Pauses, due, elapsed, merged, midnight
from boconsole.sla.spans import Span


class TraceDay(NamedTuple):
    """What one day, in the zone of the calendar, gave towards a target.

    Attributes:
        day: The date.
        spans: Its open minutes by the wall clock.
        note: `closed`, `holiday 12-25` as the calendar writes it, or empty.
        counted_seconds: Business seconds that ran.
        paused_seconds: Business seconds taken out by pauses.
        running_total: Business seconds that ran from the start to the end of this day.
    """

    day: date
    spans: tuple[Span, ...]
    note: str
    counted_seconds: int
    paused_seconds: int
    running_total: int


def trace(calendar: Calendar, start: datetime, seconds: int, pauses: Pauses = ()) -> list[TraceDay]:
    """Return each day from the start to the due time; the last total is `seconds`.

    Where a pause without an end comes first, the days reach to its start and the total is what
    had run until then.

    Raises:
        NegativeTargetError, UnreachableDueError: As `clock.due`.
    """
    end = _end(calendar, start, seconds, pauses)
    day = start.astimezone(calendar.zone).date()
    last = end.astimezone(calendar.zone).date()
    days: list[TraceDay] = []
    total = 0
    while day <= last:
        low = max(midnight(calendar, day), start)
        high = min(midnight(calendar, day + timedelta(days=1)), end)
        counted = elapsed(calendar, low, high, pauses)
        paused = elapsed(calendar, low, high) - counted
        total += counted
        days.append(
            TraceDay(day, calendar.spans_on(day), _note(calendar, day), counted, paused, total)
        )
        day += timedelta(days=1)
    return days


def _end(calendar: Calendar, start: datetime, seconds: int, pauses: Pauses) -> datetime:
    """Return the due time, or the start of the endless pause that comes before it."""
    intervals = list(merged(pauses))
    if intervals and intervals[-1][1] == ENDLESS:
        standing = datetime.fromtimestamp(intervals[-1][0], UTC)
        if elapsed(calendar, start, standing, pauses) <= seconds:
            return max(standing, start)
    return due(calendar, start, seconds, pauses)


def _note(calendar: Calendar, day: date) -> str:
    if closings := calendar.closings_on(day):
        return "holiday " + ", ".join(format_closing(closing) for closing in closings)
    return "" if calendar.hours[day.weekday()] else "closed"
