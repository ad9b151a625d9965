"""Whole assets, as operations read and write them.

A record holds exactly the columns of the table. Every update is guarded by id and version.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, get_type_hints

from db import connection
from db.assets.rows import AssetRecord
from db.fields import day_of, number_of
from db.loading import CHUNK

COLUMNS = AssetRecord._fields
_HINTS = {name: str(hint) for name, hint in get_type_hints(AssetRecord).items()}
INSTANTS = frozenset(name for name, hint in _HINTS.items() if "datetime.datetime" in hint)
DAYS = frozenset(name for name, hint in _HINTS.items() if "datetime.date " in hint)
_INSTANT_PLACES = tuple(place for place, name in enumerate(COLUMNS) if name in INSTANTS)
_DAY_PLACES = tuple(place for place, name in enumerate(COLUMNS) if name in DAYS)
_ACTIVE_PLACE = COLUMNS.index("active")
SELECT = f"SELECT {', '.join(COLUMNS)} FROM asset"


def stored_value(value: object) -> Any:  # Any: what drivers take
    """Return a value as the drivers take it: instants as seconds, days as numbers."""
    if isinstance(value, datetime):
        return int(value.timestamp())
    return number_of(value) if isinstance(value, date) else value


def with_columns(record: AssetRecord, columns: Mapping[str, Any]) -> AssetRecord:
    """Return a record with other values; `Any` because each column has a type of its own."""
    return record._replace(**columns)


def _record(row: Sequence[Any]) -> AssetRecord:
    values = list(row)
    for place in _INSTANT_PLACES:
        if values[place] is not None:
            values[place] = datetime.fromtimestamp(values[place], UTC)
    for place in _DAY_PLACES:
        if values[place] is not None:
            values[place] = day_of(values[place])
    values[_ACTIVE_PLACE] = bool(values[_ACTIVE_PLACE])
    return AssetRecord._make(values)


def select_records(ids: Iterable[int]) -> dict[int, AssetRecord]:
    """Return the assets that exist among `ids`, by id, in the order given."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int, AssetRecord] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        for row in connection.fetch(f"{SELECT} WHERE id IN ({marks})", part):
            found[row[0]] = _record(row)
    return {asset_id: found[asset_id] for asset_id in wanted if asset_id in found}


def insert(record: AssetRecord) -> int:
    """Add an asset; its id is given by the database and returned."""
    names = COLUMNS[1:]
    marks = ", ".join("?" * len(names))
    rows = connection.fetch(
        f"INSERT INTO asset ({', '.join(names)}) VALUES ({marks}) RETURNING id",
        [stored_value(value) for value in record[1:]],
    )
    return int(rows[0][0])


def insert_many(records: Sequence[AssetRecord]) -> None:
    """Add assets whose ids were taken before."""
    marks = ", ".join("?" * len(COLUMNS))
    connection.executemany(
        f"INSERT INTO asset ({', '.join(COLUMNS)}) VALUES ({marks})",
        [[stored_value(value) for value in record] for record in records],
    )


def update(asset_id: int, version: int, columns: Mapping[str, object]) -> bool:
    """Change columns of one asset; answers whether it still had that version."""
    assignments = "".join(f", {name} = ?" for name in columns)
    cursor = connection.execute(
        f"UPDATE asset SET version = version + 1{assignments} WHERE id = ? AND version = ?",
        [*(stored_value(value) for value in columns.values()), asset_id, version],
    )
    return bool(cursor.rowcount)


def last_tag_number() -> int:
    """Return the highest number of a tag of our own form; gaps below it stay."""
    rows = connection.fetch("SELECT max(tag_number) FROM asset WHERE tag_number IS NOT NULL")
    return int(rows[0][0] or 0)


def find_tags(words: Sequence[str]) -> dict[str, int]:
    """Return the assets of tags, whatever their case, by tag in small letters."""
    found: dict[str, int] = {}
    wanted = [word.lower() for word in words]
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        rows = connection.fetch(
            f"SELECT lower(tag), id FROM asset WHERE lower(tag) IN ({marks})", part
        )
        found.update((row[0], row[1]) for row in rows)
    return found


def find_numbered(number: int) -> int | None:
    """Return the asset whose tag of our own form has a number."""
    rows = connection.fetch("SELECT id FROM asset WHERE tag_number = ?", (number,))
    return rows[0][0] if rows else None


def find_serial(serial: str, limit: int = 20) -> list[int]:
    """Return the assets with a serial number, whatever its case."""
    rows = connection.fetch(
        "SELECT id FROM asset WHERE lower(serial) = lower(?) AND serial <> '' ORDER BY id LIMIT ?",
        (serial, limit),
    )
    return [row[0] for row in rows]


def find_host(host: str, limit: int = 20) -> list[int]:
    """Return the assets with a host name, whatever its case."""
    rows = connection.fetch(
        "SELECT id FROM asset WHERE lower(host) = lower(?) AND host <> '' ORDER BY id LIMIT ?",
        (host, limit),
    )
    return [row[0] for row in rows]


def find_linked(fixed_asset_id: int) -> int | None:
    """Return the asset that a fixed asset of the books is."""
    rows = connection.fetch("SELECT id FROM asset WHERE fixed_asset_id = ?", (fixed_asset_id,))
    return rows[0][0] if rows else None


def select_tags(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return tag and name of assets."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        rows = connection.fetch(f"SELECT id, tag, name FROM asset WHERE id IN ({marks})", part)
        found.update((row[0], (row[1], row[2])) for row in rows)
    return found


def select_held_by_asset(asset_id: int) -> list[int]:
    """Return the assets that an asset holds."""
    rows = connection.fetch(
        "SELECT id FROM asset WHERE holder_asset_id = ? ORDER BY tag", (asset_id,)
    )
    return [row[0] for row in rows]


def select_holder_asset(asset_id: int) -> int | None:
    """Return the asset that holds an asset."""
    rows = connection.fetch("SELECT holder_asset_id FROM asset WHERE id = ?", (asset_id,))
    return rows[0][0] if rows else None


def select_values(ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the custom values of assets, by field name."""
    found: dict[int, dict[str, str]] = {asset_id: {} for asset_id in ids}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        for asset_id, name, text in connection.fetch(
            "SELECT v.asset_id, f.name, v.text FROM asset_value v "
            f"JOIN asset_field f ON f.id = v.field_id WHERE v.asset_id IN ({marks}) "
            "ORDER BY f.name",
            part,
        ):
            found[asset_id][name] = text
    return found


def put_value(asset_id: int, field_id: int, text: str | None, number: object) -> None:
    """Set or clear the value of a custom field."""
    connection.execute(
        "DELETE FROM asset_value WHERE asset_id = ? AND field_id = ?", (asset_id, field_id)
    )
    if text is not None:
        kept = number
        if number is not None and connection.engine() == "sqlite":
            kept = float(str(number))
        connection.execute(
            "INSERT INTO asset_value (asset_id, field_id, text, number) VALUES (?, ?, ?, ?)",
            (asset_id, field_id, text, kept),
        )
