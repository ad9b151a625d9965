"""Column types shared by all tables.

An instant is stored as whole seconds since 1970-01-01T00:00:00Z, so that both engines
compare, index and return it alike.
"""

from datetime import UTC, date, datetime
from typing import Any

import peewee


class InstantField(peewee.BigIntegerField):
    """A moment in UTC, to the second; naive datetimes are refused."""

    def db_value(self, value: Any) -> int | None:  # Any: peewee hands over what it got
        """Return seconds since the epoch."""
        if value is None or isinstance(value, int):
            return value
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return int(value.timestamp())

    def python_value(self, value: Any) -> datetime | None:  # Any: comes from the driver
        """Return an aware datetime in UTC."""
        return None if value is None else datetime.fromtimestamp(value, UTC)


class DayField(peewee.IntegerField):
    """A calendar day, stored as a number such as 20261125, which sorts and reads as a date."""

    def db_value(self, value: Any) -> int | None:  # Any: peewee hands over what it got
        """Return the number of a day."""
        return number_of(value) if isinstance(value, date) else value

    def python_value(self, value: Any) -> date | None:  # Any: comes from the driver
        """Return the day of a number."""
        return None if value is None else day_of(value)


def number_of(day: date) -> int:
    """Return the number that a day is stored as."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of(number: int) -> date:
    """Return the day that a number stands for."""
    return date(number // 10_000, number // 100 % 100, number % 100)
