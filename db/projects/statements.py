"""What all statements of projects share: rows of columns, inserts, guarded updates."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from db import connection
from db.fields import day_of, number_of

RowT = TypeVar("RowT", bound=NamedTuple)


@lru_cache(32)
def _places(row: type[NamedTuple]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where a row has days and instants, by their names."""
    days = [place for place, name in enumerate(row._fields) if name.endswith("_on")]
    days += [place for place, name in enumerate(row._fields) if name == "day"]
    instants = [place for place, name in enumerate(row._fields) if name.endswith("_at")]
    instants += [place for place, name in enumerate(row._fields) if name == "at"]
    return tuple(days), tuple(instants)


def row_of(row: type[RowT], values: Sequence[Any]) -> RowT:
    """Return a row of stored values: days and instants are read by their names."""
    found = list(values)
    days, instants = _places(row)
    for place in days:
        if found[place] is not None:
            found[place] = day_of(found[place])
    for place in instants:
        if found[place] is not None:
            found[place] = datetime.fromtimestamp(found[place], UTC)
    return row._make(found)


def stored(value: object) -> object:
    """Return a value as it is stored."""
    if isinstance(value, datetime):
        return int(value.timestamp())
    return number_of(value) if isinstance(value, date) else value


def insert(table: str, columns: Mapping[str, object]) -> int:
    """Add a row; returns its id."""
    marks = ", ".join("?" * len(columns))
    rows = connection.fetch(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) RETURNING id",
        tuple(map(stored, columns.values())),
    )
    return int(rows[0][0])


def update(table: str, row_id: int, version: int, columns: Mapping[str, object]) -> bool:
    """Change columns of a row; answers whether it still had that version."""
    changes = "".join(f", {name} = ?" for name in columns)
    cursor = connection.execute(
        f"UPDATE {table} SET version = version + 1{changes} WHERE id = ? AND version = ?",
        (*map(stored, columns.values()), row_id, version),
    )
    return bool(cursor.rowcount)


def version(table: str, row_id: int) -> int:
    """Return the version of a row, 0 where it is not there."""
    rows = connection.fetch(f"SELECT version FROM {table} WHERE id = ?", (row_id,))
    return int(rows[0][0]) if rows else 0


def remove(table: str, row_id: int) -> bool:
    """Take a row away, whatever its version; answers whether it was there."""
    return bool(connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,)).rowcount)


def delete(table: str, row_id: int, version: int) -> bool:
    """Take a row away; answers whether it still had that version."""
    cursor = connection.execute(
        f"DELETE FROM {table} WHERE id = ? AND version = ?", (row_id, version)
    )
    return bool(cursor.rowcount)
