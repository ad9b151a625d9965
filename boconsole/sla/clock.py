"""Due times and used time in business seconds, and due times in working days.

A pause is an interval of wall-clock time [start, end), an end of None meaning until now; where
pauses overlap, time is taken out once. A due time that falls exactly on a closing, or on the
start of a pause, becomes the next second in which the clock runs.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import floor

from boconsole.sla.calendar import Calendar
from boconsole.sla.errors import NegativeTargetError, StandingClockError, UnreachableDueError
from boconsole.sla.spans import HORIZON_YEARS, Span

Pause = tuple[datetime, datetime | None]
Pauses = Sequence[Pause]

ENDLESS = 1 << 60
"""The end of a pause that has none, in seconds since 1970."""


def due(calendar: Calendar, start: datetime, seconds: int, pauses: Pauses = ()) -> datetime:
    """Return the instant at which so many business seconds have run.

    With 0 seconds that is the start itself when the calendar is open, else the next opening.

    Raises:
        NegativeTargetError: Less than 0 seconds.
        StandingClockError: A pause without an end starts before the time is used up.
        UnreachableDueError: The calendar has too few open hours.
    """
    if seconds < 0:
        raise NegativeTargetError(seconds)
    timeline = calendar.timeline
    here = _epoch(start)
    for low, high in merged(pauses):
        if high <= here:
            continue
        running = timeline.between(here, low)
        if running > seconds:
            break
        if high == ENDLESS:
            raise StandingClockError(_instant(low))
        seconds -= running
        here = high
    return _instant(timeline.move(here, seconds))


def elapsed(calendar: Calendar, start: datetime, end: datetime, pauses: Pauses = ()) -> int:
    """Return the business seconds in [start, end) outside the pauses; 0 when end <= start."""
    timeline = calendar.timeline
    low, high = _epoch(start), _epoch(end)
    seconds = timeline.between(low, high)
    for pause_start, pause_end in merged(pauses):
        seconds -= timeline.between(max(low, pause_start), min(high, pause_end))
    return seconds


def shift(calendar: Calendar, instant: datetime, seconds: int) -> datetime:
    """Return the instant so many business seconds later, or earlier when negative.

    It is how a step is found from a due time: an hour before, ten hours after.
    """
    return _instant(calendar.timeline.move(_epoch(instant), seconds))


def due_days(
    calendar: Calendar,
    start: datetime,
    days: int,
    *,
    end_of_day: bool = False,
    pauses: Pauses = (),
) -> datetime:
    """Return the same clock time so many working days later, or earlier when negative.

    A start on a day off counts as the first opening after it. A clock time after the last
    closing of the day found becomes that closing, one outside its hours the next opening of
    that day. Pauses are added afterwards as the business seconds they cover.

    Args:
        calendar: Whose days count; a day counts when it has an open minute.
        start: When the target starts.
        days: Working days.
        end_of_day: Whether the last closing of the day found is meant.
        pauses: When the clock stood; one without an end counts for nothing yet.

    Raises:
        UnreachableDueError: The calendar has too few open days.

    Source: GLPI, CalendarTest and SLMTest (targets in days).
    """
    local = _local(calendar, start)
    if not _hours_of(calendar, local.date()):
        local = shift(calendar, start, 0).astimezone(calendar.zone)
    day = _working_day(calendar, local.date(), days)
    if day is None:
        raise UnreachableDueError(start, HORIZON_YEARS)
    found = _clock_time_on(calendar, day, None if end_of_day else local.timetz())
    waited = sum(
        calendar.timeline.between(max(low, _epoch(start)), high)
        for low, high in merged(pauses)
        if high != ENDLESS
    )
    return shift(calendar, found, waited) if waited else found


def midnight(calendar: Calendar, day: date) -> datetime:
    """Return when a date begins in the zone of the calendar (UTC)."""
    return datetime.combine(day, time(), calendar.zone).astimezone(UTC)


def merged(pauses: Pauses) -> Iterator[Span]:
    """Return pauses as seconds since 1970, in order, each second once."""
    if not pauses:
        return
    spans = sorted(
        (_epoch(start), ENDLESS if end is None else _epoch(end)) for start, end in pauses
    )
    low, high = spans[0]
    for start, end in spans[1:]:
        if start <= high:
            high = max(high, end)
        else:
            if low < high:
                yield low, high
            low, high = start, end
    if low < high:
        yield low, high


def _working_day(calendar: Calendar, start: date, days: int) -> date | None:
    """Return the date so many working days away, or None beyond the horizon."""
    step = 1 if days >= 0 else -1
    left = abs(days)
    day = start
    for _ in range(HORIZON_YEARS * 366):
        if not left:
            return day
        day += timedelta(days=step)
        if _hours_of(calendar, day):
            left -= 1
    return None


def _hours_of(calendar: Calendar, day: date) -> list[Span]:
    start = _epoch(midnight(calendar, day))
    end = _epoch(midnight(calendar, day + timedelta(days=1)))
    return list(calendar.timeline.spans(start, end))


def _clock_time_on(calendar: Calendar, day: date, clock_time: time | None) -> datetime:
    """Return the clock time moved into the hours of a working day; None is its closing."""
    spans = _hours_of(calendar, day)
    closing = spans[-1][1]
    if clock_time is None:
        return _instant(closing)
    wanted = _epoch(datetime.combine(day, clock_time))
    return _instant(calendar.timeline.move(wanted, 0) if wanted < closing else closing)


def _local(calendar: Calendar, instant: datetime) -> datetime:
    return _instant(_epoch(instant)).astimezone(calendar.zone)


def _epoch(instant: datetime) -> int:
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone")
    return floor(instant.timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
