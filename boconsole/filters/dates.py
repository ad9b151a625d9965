"""Words for dates and durations: `today`, `-7d`, `eow`, `2026-05`, `fri`, `2h30m`.

Days, weeks and months are counted on the wall clock of the person's zone, hours and minutes
in elapsed time. Weeks start on Monday. All answers are instants in UTC.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from boconsole.language import N_

MINUTE, HOUR, DAY, WEEK = 60, 3600, 86_400, 604_800
BUSINESS_DAY = 8 * HOUR
"""What `1bd` is as a length of work; as a date it is the next working day."""
SECONDS = {"s": 1, "m": MINUTE, "min": MINUTE, "h": HOUR, "d": DAY, "w": WEEK, "bd": BUSINESS_DAY}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
PERIODS = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}
WORDS = (
    "today", "yesterday", "tomorrow", "now", "-1h", "2h", "-7d", "-30d", "+3d", "1bd",
    "eod", "sow", "eow", "som", "eom", "soq", "eoq", "soy", "eoy",
    "this-week", "last-week", "next-week", "this-month", "last-month", "next-month",
    "this-quarter", "last-quarter", "this-year", "last-year",
)  # fmt: skip
EXPECTED = N_("a date such as today, -7d, eow, 2026-05-01, this-month or 08:00")
EXPECTED_LENGTH = N_("a length such as 30m, 2h, 1d or 1bd")

PART = re.compile(r"(\d{1,6})\s*(min|mo|bd|s|m|h|d|w|q|y)", re.IGNORECASE)
LENGTH = re.compile(rf"([+-]?)((?:{PART.pattern}\s*)+)", re.IGNORECASE)
STAMP = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})"
    r"(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:?\d{2})?)?)?)?",
    re.IGNORECASE,
)
QUARTER = re.compile(r"(\d{4})-?q([1-4])", re.IGNORECASE)
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
DAY_MONTH = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
EDGE = re.compile(r"(so|eo)([dwmqy])")
NAMED = re.compile(r"(this|last|next)-(day|week|month|quarter|year)")

IsWorkday = Callable[[date], bool]


class Moment(NamedTuple):
    """What a date word means.

    Attributes:
        start: First instant of the span that `:` matches.
        end: First instant after that span; equal to start for a bare instant.
        point: Where `<` and `>` cut; for spans without one, `<` cuts at start, `>` at end.
    """

    start: datetime
    end: datetime
    point: datetime | None = None

    @property
    def first(self) -> datetime:
        """Where `>=` starts and `<` ends."""
        return self.point or self.start


def monday_to_friday(day: date) -> bool:
    """Return whether a day is worked when no calendar is given."""
    return day.weekday() < 5


def read_moment(
    word: str, now: datetime, zone: ZoneInfo, is_workday: IsWorkday = monday_to_friday
) -> Moment | None:
    """Return what a date word means at an instant, or None when it is none."""
    local = now.astimezone(zone)
    word = word.strip().lower()
    try:
        return (
            _named(word, now, local, zone)
            or _shifted(word, local, is_workday)
            or _calendar(word, local, zone)
        )
    except (ValueError, OverflowError):
        return None


def read_length(word: str) -> int | None:
    """Return the seconds of a duration such as `2h30m`, or None when it is none."""
    match = LENGTH.fullmatch(word.strip().lower())
    if match is None:
        return None
    total = 0
    for number, unit in PART.findall(match.group(2)):
        if unit not in SECONDS:
            return None
        total += int(number) * SECONDS[unit]
    return -total if match.group(1) == "-" else total


def add_workdays(day: date, count: int, is_workday: IsWorkday = monday_to_friday) -> date:
    """Return the day that lies `count` working days after (before, if negative) a day."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    for _ in range(abs(count) * 10 + 400):
        if not left:
            break
        day += step
        left -= is_workday(day)
    return day


def _at(day: date, zone: ZoneInfo, clock: time = time()) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _span(first: date, after: date, zone: ZoneInfo) -> Moment:
    return Moment(_at(first, zone), _at(after, zone))


def _named(word: str, now: datetime, local: datetime, zone: ZoneInfo) -> Moment | None:
    today = local.date()
    if word == "now":
        return Moment(now, now, now)
    days = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if word in days:
        day = today + timedelta(days=days[word])
        return _span(day, day + timedelta(days=1), zone)
    if len(word) >= 3 and any(name.startswith(word) for name in WEEKDAY_NAMES):
        ahead = (WEEKDAYS.index(word[:3]) - today.weekday() - 1) % 7 + 1
        day = today + timedelta(days=ahead)
        return _span(day, day + timedelta(days=1), zone)
    if match := NAMED.fullmatch(word):
        offset = {"this": 0, "last": -1, "next": 1}[match.group(1)]
        return _span(
            _edge(today, match.group(2), offset), _edge(today, match.group(2), offset + 1), zone
        )
    if match := EDGE.fullmatch(word):
        period = PERIODS[match.group(2)]
        edge = _edge(today, period, 0 if match.group(1) == "so" else 1)
        day = edge if match.group(1) == "so" else edge - timedelta(days=1)
        return Moment(_at(day, zone), _at(day + timedelta(days=1), zone), _at(edge, zone))
    return None


def _edge(day: date, period: str, offset: int) -> date:
    """Return the first day of the period around a day, moved by whole periods."""
    if period == "day":
        return day + timedelta(days=offset)
    if period == "week":
        return day - timedelta(days=day.weekday()) + timedelta(weeks=offset)
    months = MONTHS_OF[period]
    return _add_months(
        day.replace(month=(day.month - 1) // months * months + 1, day=1), months * offset
    )


def _add_months(day: date, months: int) -> date:
    """Return the same day some months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def _shifted(word: str, local: datetime, is_workday: IsWorkday) -> Moment | None:
    """Return now moved by a length; `:` matches its day when days or more were counted."""
    match = LENGTH.fullmatch(word)
    if match is None:
        return None
    sign = -1 if match.group(1) == "-" else 1
    day, seconds, whole_days = local.date(), 0, False
    for number, unit in PART.findall(match.group(2)):
        count = sign * int(number)
        if unit in ("s", "m", "min", "h"):
            seconds += count * SECONDS[unit]
            continue
        whole_days = True
        if unit == "bd":
            day = add_workdays(day, count, is_workday)
        elif unit in ("d", "w"):
            day += timedelta(days=count * (7 if unit == "w" else 1))
        else:
            day = _add_months(day, count * {"mo": 1, "q": 3, "y": 12}[unit])
    zone = local.tzinfo
    assert isinstance(zone, ZoneInfo)
    wall = datetime.combine(day, local.timetz()) if whole_days else local
    point = wall.astimezone(UTC) + timedelta(seconds=seconds)
    if not whole_days:
        return Moment(point, point, point)
    found = point.astimezone(zone).date()
    return Moment(_at(found, zone), _at(found + timedelta(days=1), zone), point)


def _calendar(word: str, local: datetime, zone: ZoneInfo) -> Moment | None:
    today = local.date()
    if match := CLOCK.fullmatch(word):
        start = _at(today, zone, time(int(match.group(1)), int(match.group(2))))
        return Moment(start, start + timedelta(minutes=1), start)
    if match := QUARTER.fullmatch(word):
        first = date(int(match.group(1)), int(match.group(2)) * 3 - 2, 1)
        return _span(first, _add_months(first, 3), zone)
    if match := DAY_MONTH.fullmatch(word):
        return _day_month(match, today, zone)
    match = STAMP.fullmatch(word)
    return None if match is None else _stamp(match, zone)


def _day_month(match: re.Match[str], today: date, zone: ZoneInfo) -> Moment:
    """Return `31/12`: the next one from today on, unless a year is named."""
    year = int(match.group(3) or today.year)
    day = date(year, int(match.group(2)), int(match.group(1)))
    if match.group(3) is None and day < today:
        day = day.replace(year=year + 1)
    return _span(day, day + timedelta(days=1), zone)


def _stamp(match: re.Match[str], zone: ZoneInfo) -> Moment:
    year, month, day, hour, minute, second, offset = match.groups()
    first = date(int(year), int(month or 1), int(day or 1))
    if hour is None:
        after = first + timedelta(days=1) if day else _add_months(first, 1 if month else 12)
        return _span(first, after, zone)
    clock = time(int(hour), int(minute), int(second or 0))
    if offset is None:
        start = _at(first, zone, clock)
    else:
        start = datetime.fromisoformat(
            f"{first}T{clock}{offset.upper().replace('Z', '+00:00')}"
        ).astimezone(UTC)
    return Moment(start, start + timedelta(seconds=1 if second else MINUTE), start)
