"""What is forecast: whole numbers, one for each step of time, and what comes of it.

Steps are days or weeks that end before today, so that none is half. History is kept as whole
numbers (tickets, or smallest units of money); a forecast is an estimate, rounded to them.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

DAY, WEEK = "day", "week"
LENGTH = {DAY: 1, WEEK: 7}
YEAR = 52
"""Weeks of a season."""
NEEDED = {DAY: 56, WEEK: 26}
"""Steps of history without which nothing is forecast."""
MOST = {DAY: 730, WEEK: 312}
"""Steps of history that are looked at."""


class Series(NamedTuple):
    """History.

    Attributes:
        first: The first day of the first step.
        step: `day` or `week`.
        values: One for each step, the latest last.
    """

    first: date
    step: str
    values: tuple[int, ...]

    @property
    def season(self) -> int:
        """Steps after which a pattern comes again: a week of days, a year of weeks, else 1.

        A year counts with three of them in the history.
        """
        if self.step == DAY:
            return 7
        return YEAR if len(self.values) >= 3 * YEAR else 1

    def day_of(self, place: int) -> date:
        """Return the first day of a step, those behind the history too."""
        return self.first + timedelta(days=place * LENGTH[self.step])


class Spread(NamedTuple):
    """What is expected of a step, and where it lies in 80 and 95 of 100 cases."""

    mean: float
    low80: float
    high80: float
    low95: float
    high95: float


class Point(NamedTuple):
    """A step of the forecast, rounded; see `Spread`."""

    day: date
    mean: int
    low80: int
    high80: int
    low95: int
    high95: int


class Error(NamedTuple):
    """How wrong a method was where its answer is known.

    Attributes:
        method: Its name.
        mae: Mean absolute error, in the unit of the series.
        mase: The same as a multiple of the seasonal naive error one step ahead within the part
            that the model was estimated on; None where that error is 0.
        within80: Per cent of steps that lay in the interval of 80 %.
        within95: Of that of 95 %.
    """

    method: str
    mae: float
    mase: float | None
    within80: float
    within95: float


class Forecast(NamedTuple):
    """A forecast.

    Attributes:
        history: What it was made of.
        method: The name of the method that is used.
        points: What is expected.
        errors: Of the methods that were tried, the used one first.
        origins: From how many points in time they were tried.
        ahead: How many steps ahead.
        beaten: Whether the model did better than repeating what was.
    """

    history: Series
    method: str
    points: tuple[Point, ...]
    errors: tuple[Error, ...]
    origins: int
    ahead: int
    beaten: bool


def rounded(values: Sequence[Spread], history: Series, floor: int | None) -> tuple[Point, ...]:
    """Return what is expected behind a history as whole numbers, none below a floor."""

    def whole(value: float) -> int:
        found = int(value + 0.5) if value >= 0 else -int(-value + 0.5)
        return found if floor is None else max(found, floor)

    last = len(history.values)
    return tuple(
        Point(history.day_of(last + place), *(whole(each) for each in spread))
        for place, spread in enumerate(values)
    )
