"""Days in steps of a day, a week or a month; weeks start on Monday (ISO 8601)."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from boconsole.moments import add_months


class Period(NamedTuple):
    """From one day to another, both included, as far as the span reaches."""

    first: date
    last: date
    name: str

    def words(self) -> str:
        """Return the days as the query language writes them."""
        return span_words(self.first, self.last)


def span_words(first: date, last: date) -> str:
    """Return days, both included, as the query language writes them."""
    return str(first) if first == last else f"{first}..{last}"


def split(first: date, last: date, by: str) -> tuple[Period, ...]:
    """Return a span in its steps; the first and the last may be cut off."""
    found = []
    day = first
    while day <= last:
        after = _following(day, by)
        found.append(Period(day, min(last, after - timedelta(days=1)), _name(day, by)))
        day = after
    return tuple(found)


def _following(day: date, by: str) -> date:
    if by == "week":
        return day + timedelta(days=7 - day.weekday())
    if by == "month":
        return add_months(day.replace(day=1), 1)
    return day + timedelta(days=1)


def _name(day: date, by: str) -> str:
    if by == "week":
        year, week, _weekday = day.isocalendar()
        return f"{year}-W{week:02}"
    return f"{day:%Y-%m}" if by == "month" else str(day)


def seconds(first: date, last: date, zone: ZoneInfo) -> tuple[int, int]:
    """Return the first second of a span of days in a zone, and the first one after it."""
    return midnight(first, zone), midnight(last + timedelta(days=1), zone)


def midnight(day: date, zone: ZoneInfo) -> int:
    """Return the second in which a day starts."""
    return int(datetime.combine(day, time(), zone).astimezone(UTC).timestamp())
