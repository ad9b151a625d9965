"""Column types shared by all tables.

An instant is stored as whole seconds since 1970-01-01T00:00:00Z, so that both engines
compare, index and return it alike.
"""

from datetime import UTC, datetime
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
