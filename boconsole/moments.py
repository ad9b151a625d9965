"""Moments as people type them: `tomorrow 14:00`, `fri`, `+3d`, `31/12`, `2026-05-04T09:00Z`."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from boconsole.errors import InvalidChangeError
from boconsole.language import _

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFFSET = re.compile(r"^\+?(\d{1,5})\s*(m|min|h|d|w|mo|y)$")
BACK = re.compile(r"^-(\d{1,4})\s*(d|w)$")
CLOCK = re.compile(r"^(\d{1,2}):(\d{2})$")
DAY = re.compile(r"^(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?$")
EVERY = re.compile(r"^([1-9]\d{0,2})(d|w|mo|y)$")
START_OF_DAY = time(9, 0)
"""The hour meant by a day without one."""
YEARS = range(1900, 9999)
"""Of the moments that records hold, so that every zone can show them."""


def parse_moment(text: str, now: datetime, zone: ZoneInfo, *, field: str) -> datetime:
    """Return the instant, in UTC, that a text means.

    A day without an hour means 09:00 there; a weekday or a day of the year means the next one.

    Raises:
        InvalidChangeError: It cannot be read, or lies outside of the calendar.
    """
    try:
        found = _read(text, now, zone)
    except (OverflowError, ValueError):
        raise InvalidChangeError(
            field, _("{text!r} lies too far away").format(text=text[:40])
        ) from None
    if found is not None and found.year not in YEARS:
        raise InvalidChangeError(field, _("{text!r} lies too far away").format(text=text[:40]))
    if found is None:
        raise InvalidChangeError(
            field,
            _(
                "{text!r} is not a moment; type 2026-05-31, 31/12, fri, tomorrow 14:00 or +3d"
            ).format(text=text[:40]),
        )
    return found


def parse_past_day(text: str, now: datetime, zone: ZoneInfo, *, field: str) -> date:
    """Return the day that a text means where most days lie behind, as in books.

    A day of the year means the nearest one and a weekday the last one, today included; all else
    is as in `parse_moment`, and `-3d` is three days ago.

    Raises:
        InvalidChangeError: It cannot be read, or lies outside of the calendar.
    """
    word, today = text.strip().lower(), now.astimezone(zone).date()
    if match := BACK.match(word):
        text = str(today - timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1)))
    day = parse_moment(text, now, zone, field=field).astimezone(zone).date()
    if word[:3] in WEEKDAYS:
        return day - timedelta(days=7)
    match = DAY.match(word)
    if match and not match[3] and (day.month, day.day) != (2, 29):
        return min(day.replace(year=day.year - 1), day, key=lambda each: abs(each - today))
    return day


def _read(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    words = text.strip().lower().split()
    local = now.astimezone(zone)
    if len(words) == 1 and (exact := _exact(words[0], zone)):
        return exact
    if len(words) == 1 and (match := OFFSET.match(words[0])):
        return _offset(local, int(match[1]), match[2]).astimezone(UTC)
    clock, rest = START_OF_DAY, words
    if words and (match := CLOCK.match(words[-1])) and int(match[1]) < 24 and int(match[2]) < 60:
        clock, rest = time(int(match[1]), int(match[2])), words[:-1]
        if not rest:
            day = local.date() if clock > local.time() else local.date() + timedelta(days=1)
            return datetime.combine(day, clock, zone).astimezone(UTC)
    day_found = _day(rest[0], local.date()) if len(rest) == 1 else None
    if words == ["now"]:
        return now
    if day_found is None:
        return None
    return datetime.combine(day_found, clock, zone).astimezone(UTC)


def _exact(word: str, zone: ZoneInfo) -> datetime | None:
    if len(word) <= 10:
        return None
    try:
        instant = datetime.fromisoformat(word.upper())
    except ValueError:
        return None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=zone)
    return instant.astimezone(UTC).replace(microsecond=0)


def _offset(local: datetime, count: int, unit: str) -> datetime:
    if unit in ("m", "min"):
        return (local.astimezone(UTC) + timedelta(minutes=count)).astimezone(local.tzinfo)
    if unit == "h":
        return (local.astimezone(UTC) + timedelta(hours=count)).astimezone(local.tzinfo)
    if unit in ("d", "w"):
        return local + timedelta(days=count * (7 if unit == "w" else 1))
    return datetime.combine(
        add_months(local.date(), count * (12 if unit == "y" else 1)), local.timetz()
    )


def add_months(day: date, months: int) -> date:
    """Return the same day some months on, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for back in range(4):
        try:
            return date(year, month + 1, day.day - back)
        except ValueError:
            continue
    raise InvalidChangeError("date", _("{year} is out of range").format(year=year))


def step(day: date, every: str, steps: int = 1) -> date:
    """Return the day so many spans on, counted from the first so that month ends are kept.

    Args:
        day: The first one.
        every: `1d`, `2w`, `3mo` or `1y`.
        steps: How many spans.

    Raises:
        InvalidChangeError: It is no span, or leads out of the calendar.
    """
    match = EVERY.match(every)
    if match is None:
        raise InvalidChangeError(
            "every", _("{every!r} is not a span such as 1d, 2w, 1mo, 1y").format(every=every[:20])
        )
    count = int(match[1]) * steps
    if match[2] in ("mo", "y"):
        return add_months(day, count * (12 if match[2] == "y" else 1))
    return day + timedelta(days=count * (7 if match[2] == "w" else 1))


def _day(word: str, today: date) -> date | None:
    named = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if word in named:
        return today + timedelta(days=named[word])
    if word[:3] in WEEKDAYS and word in (word[:3], *LONG_WEEKDAYS):
        ahead = (WEEKDAYS.index(word[:3]) - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)
    if match := OFFSET.match(word):
        return _offset(datetime.combine(today, START_OF_DAY, UTC), int(match[1]), match[2]).date()
    try:
        if match := DAY.match(word):
            day = date(int(match[3] or today.year), int(match[2]), int(match[1]))
            return day if match[3] or day >= today else day.replace(year=day.year + 1)
        return date.fromisoformat(word)
    except (ValueError, OverflowError):
        return None


LONG_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
