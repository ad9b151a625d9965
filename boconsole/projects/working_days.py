"""Working days: days counted from a first one, without weekends and holidays, and back."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

WEEK = frozenset(range(5))
"""Monday to Friday."""
ONE = timedelta(days=1)
LAST = date(9998, 12, 31)
"""No day lies behind it."""


class WorkingDays:
    """The working days from a first day on.

    Args:
        first: From where days are counted; 0 is the first working day not before it.
        weekdays: On which somebody works, 0 for Monday; at least one.
        holidays: Days on which nobody works.
    """

    def __init__(
        self, first: date, weekdays: Iterable[int] = WEEK, holidays: Iterable[date] = ()
    ) -> None:
        self.first = first
        self.weekdays = frozenset(weekdays) or WEEK
        self.holidays = frozenset(holidays)

    @cached_property
    def _off(self) -> list[date]:
        """Holidays that take a working day away, in order."""
        return sorted(day for day in self.holidays if day.weekday() in self.weekdays)

    @cached_property
    def _most(self) -> int:
        """How many working days there are before the last one."""
        return self.between(self.first, LAST)

    def works(self, day: date) -> bool:
        """Return whether somebody works on a day."""
        return day.weekday() in self.weekdays and day not in self.holidays

    def between(self, first: date, until: date) -> int:
        """Return how many working days lie in [first, until); below 0 when it lies before."""
        if until < first:
            return -self.between(until, first)
        weeks, rest = divmod((until - first).days, 7)
        found = weeks * len(self.weekdays)
        found += sum((first + ONE * place).weekday() in self.weekdays for place in range(rest))
        return found - sum(first <= day < until for day in self._off)

    def count(self, first: date, last: date) -> int:
        """Return how many working days lie in [first, last], at least 0."""
        return max(0, self.between(first, last + ONE))

    def index(self, day: date) -> int:
        """Return how many working days lie before a day, counted from the first one."""
        return self.between(self.first, day)

    def day(self, index: int) -> date:
        """Return the working day with so many working days before it, `LAST` at most."""
        index = min(index, self._most)
        day = min(self.first + ONE * (index * 7 // len(self.weekdays)), LAST)
        while self.index(day) > index:
            day -= ONE
        while self.index(day) < index or not self.works(day):
            day += ONE
        return day

    def last_of(self, start: date, days: int) -> date:
        """Return the last day of work that begins on a day and takes so many working days."""
        return self.day(self.index(start) + max(days, 1) - 1)

    def on(self, start: int, days: int) -> tuple[date, date]:
        """Return first and last day of work that begins after `start` working days.

        What takes no time happens at the end of the day before, when all before it is done.
        """
        if days == 0:
            day = self.day(max(start - 1, 0))
            return day, day
        return self.day(start), self.day(start + days - 1)
