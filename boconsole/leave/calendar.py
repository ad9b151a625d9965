"""Days of a person: working by the schedule, or off by holidays of the country and own days.

The staff record says how many minutes each weekday has; hours by the clock come from a business
calendar (see `boconsole/sla/calendar.py`) of the same week, whose holidays are not used: those
come from the country of the person, with the company's own days on top.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from boconsole.leave.errors import UnknownCountryError
from boconsole.sla.calendar import Calendar

PUBLIC, COMPANY, JOINT, WORK = "public", "company", "joint", "work"
OWN_KINDS = (COMPANY, JOINT, WORK)
"""A day off of the company, leave that all take together, and a working day after all."""
WORKDAY, REST, HOLIDAY = "workday", "rest", "holiday"
DAY_KINDS = (WORKDAY, REST, HOLIDAY)


class DayOff(NamedTuple):
    """A day on which nobody works by itself."""

    day: date
    name: str
    kind: str = PUBLIC


class OwnDay(NamedTuple):
    """A day that the company adds to the holidays, or takes out of them."""

    day: date
    name: str
    kind: str = COMPANY


DaysOff = Callable[[date], DayOff | None]


class Week(NamedTuple):
    """What is worked on each weekday, Monday first.

    Attributes:
        hours: For each weekday its spans in minutes of the day.
        clock: Whether the spans say when, or only how long.
        grace: Minutes that somebody may come late.
    """

    hours: tuple[tuple[tuple[int, int], ...], ...]
    clock: bool = False
    grace: int = 0

    @classmethod
    def of_minutes(cls, minutes: Sequence[int]) -> "Week":
        """Return a week that says how long each day is, and not when it begins."""
        return cls(tuple(((0, length),) if length else () for length in minutes))

    @classmethod
    def of_calendar(cls, calendar: Calendar, grace: int = 0) -> "Week":
        """Return a week by the clock."""
        return cls(calendar.hours, True, grace)

    @property
    def minutes(self) -> tuple[int, ...]:
        """How long each weekday is."""
        return tuple(sum(end - start for start, end in spans) for spans in self.hours)


@dataclass(frozen=True)
class Plan:
    """Schedules of a person by the day from which each holds, and the days off.

    Attributes:
        schedules: (since, week), in order; the first holds before its day too.
        off: Answers with the day off on a date.
    """

    schedules: tuple[tuple[date, Week], ...]
    off: DaysOff

    def schedule_on(self, day: date) -> Week:
        """Return the schedule that holds on a day."""
        found = [week for since, week in self.schedules if since <= day]
        return found[-1] if found else self.schedules[0][1]

    def spans_on(self, day: date) -> tuple[tuple[int, int], ...]:
        """Return the working minutes of a weekday, holidays or not."""
        return self.schedule_on(day).hours[day.weekday()]

    def minutes_on(self, day: date) -> int:
        """Return how long a weekday is worked, holidays or not."""
        return sum(end - start for start, end in self.spans_on(day))

    def kind_of(self, day: date) -> str:
        """Return what a day is for overtime: a holiday counts before a day of rest."""
        off = self.off(day)
        if off is not None and off.kind in (PUBLIC, COMPANY):
            return HOLIDAY
        return WORKDAY if self.spans_on(day) else REST

    def days_a_week(self, day: date) -> int:
        """Return how many days of the week are worked."""
        return sum(1 for spans in self.schedule_on(day).hours if spans)

    def is_shortest(self, day: date) -> bool:
        """Return whether the weekday is the one with the fewest hours of its week.

        A week of equal days has none.
        """
        lengths = [length for length in self.schedule_on(day).minutes if length]
        mine = self.minutes_on(day)
        return bool(mine) and mine == min(lengths) and mine < max(lengths)


@lru_cache(maxsize=64)
def public_days(country: str, region: str, year: int, language: str) -> Mapping[date, str]:
    """Return the public holidays of a year with their names.

    Args:
        country: ISO 3166 code; "" for none.
        region: Its part, such as `BY`; "" for the whole.
        year: Which.
        language: `en` or `id`; where no names exist in it, they are in the country's own.

    Raises:
        UnknownCountryError: No holidays are known there.
    """
    return _from_library(country, region, year, language, "")


@lru_cache(maxsize=64)
def joint_days(country: str, year: int, language: str) -> Mapping[date, str]:
    """Return the days of joint leave that a government names for a year; few countries do."""
    return _from_library(country, "", year, language, "government")


def _from_library(
    country: str, region: str, year: int, language: str, category: str
) -> Mapping[date, str]:
    if not country:
        return {}
    import holidays

    wanted = {"en": "en_US"}.get(language, language)
    try:
        known = holidays.country_holidays(country, subdiv=region or None, years=())
        if category and category not in known.supported_categories:
            return {}
        spoken = wanted if wanted in known.supported_languages else None
        found = holidays.country_holidays(
            country, subdiv=region or None, years=year, language=spoken, expand=False,
            categories=category or None,
        )  # fmt: skip
    except NotImplementedError:
        raise UnknownCountryError(country, region) from None
    return dict(sorted(found.items()))


def days_off(country: str, region: str, own: Sequence[OwnDay], language: str) -> DaysOff:
    """Return what answers with the day off on a date; own days go before the country's."""
    mine = {each.day: each for each in own}

    def off(day: date) -> DayOff | None:
        if day in mine:
            each = mine[day]
            return None if each.kind == WORK else DayOff(day, each.name, each.kind)
        name = public_days(country, region, day.year, language).get(day)
        return None if name is None else DayOff(day, name)

    return off


def each_day(first: date, last: date) -> list[date]:
    """Return all days from the first to the last one."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
