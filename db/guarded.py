"""Adding and changing rows that are guarded by their version, for any table."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from db import connection
from db.fields import day_of, number_of


def stored(value: object) -> object:
    """Return a value as its column holds it."""
    if isinstance(value, datetime):
        return int(value.timestamp())
    return number_of(value) if isinstance(value, date) else value


def insert(table: str, values: Mapping[str, object]) -> int:
    """Add a row; returns its id."""
    rows = connection.fetch(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))}) "
        "RETURNING id",
        tuple(stored(value) for value in values.values()),
    )
    return int(rows[0][0])


def update(table: str, row_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write columns and count the change; False when it changed in the meantime."""
    named = "".join(f"{column} = ?, " for column in values)
    cursor = connection.execute(
        f"UPDATE {table} SET {named}version = version + 1 WHERE id = ? AND version = ?",
        (*(stored(value) for value in values.values()), row_id, version),
    )
    return bool(cursor.rowcount)


def moment(seconds: int) -> datetime:
    """Return the instant of a column."""
    return datetime.fromtimestamp(seconds, UTC)


def moment_or_none(seconds: int | None) -> datetime | None:
    """Return the instant of a column that may be empty."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def day_or_none(number: int | None) -> date | None:
    """Return the day of a column that may be empty."""
    return None if number is None else day_of(number)
