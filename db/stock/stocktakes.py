"""Stocktakes: one function for each statement."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from db import connection
from db.stock.rows import LineRow, SeenRow, StocktakeRow

AWAY = ("ordered", "in_repair")
"""States of active assets that are not where they belong."""
HERE = "coalesce(a.holder_place_id, a.place_id)"
STOCKTAKE = """
    SELECT s.id, s.name, s.scope, s.opened_at, s.opened_by, s.closed_at, s.closed_by, s.version,
    coalesce(l.expected, 0), coalesce(l.found, 0), coalesce(l.misplaced, 0),
    coalesce(l.unexpected, 0), coalesce(l.missing, 0), coalesce(u.unknown, 0)
    FROM stocktake s
    LEFT JOIN (SELECT stocktake_id, sum(CASE WHEN expected THEN 1 ELSE 0 END) AS expected,
        sum(CASE WHEN state = 'found' THEN 1 ELSE 0 END) AS found,
        sum(CASE WHEN state = 'misplaced' THEN 1 ELSE 0 END) AS misplaced,
        sum(CASE WHEN state = 'unexpected' THEN 1 ELSE 0 END) AS unexpected,
        sum(CASE WHEN state = 'missing' THEN 1 ELSE 0 END) AS missing
        FROM stocktake_asset GROUP BY stocktake_id) l ON l.stocktake_id = s.id
    LEFT JOIN (SELECT stocktake_id, count(*) AS unknown FROM stocktake_unknown
        GROUP BY stocktake_id) u ON u.stocktake_id = s.id
"""
LINE = """
    SELECT t.id, t.asset_id, a.tag, a.name, a.state, t.state, t.expected, coalesce(p.path, ''),
    coalesce(f.path, ''), t.found_at, t.found_by
    FROM stocktake_asset t JOIN asset a ON a.id = t.asset_id
    LEFT JOIN place p ON p.id = t.place_id LEFT JOIN place f ON f.id = t.found_place_id
"""


def select_stocktakes() -> list[StocktakeRow]:
    """Return all stocktakes, newest first."""
    return [_stocktake(row) for row in connection.fetch(f"{STOCKTAKE} ORDER BY s.id DESC")]


def find_stocktake(stocktake_id: int) -> StocktakeRow | None:
    """Return a stocktake."""
    rows = connection.fetch(f"{STOCKTAKE} WHERE s.id = ?", (stocktake_id,))
    return _stocktake(rows[0]) if rows else None


def _stocktake(row: tuple[Any, ...]) -> StocktakeRow:
    found = StocktakeRow(*row)
    closed = found.closed_at
    return found._replace(
        opened_at=datetime.fromtimestamp(row[3], UTC),
        closed_at=None if closed is None else datetime.fromtimestamp(row[5], UTC),
        expected=int(found.expected), found=int(found.found), misplaced=int(found.misplaced),
        unexpected=int(found.unexpected), missing=int(found.missing), unknown=int(found.unknown),
    )  # fmt: skip


def insert_stocktake(name: str, scope: str, at: datetime, by: str) -> int:
    """Open a stocktake; returns its id."""
    rows = connection.fetch(
        "INSERT INTO stocktake (name, scope, opened_at, opened_by, closed_by, version) "
        "VALUES (?, ?, ?, ?, '', 1) RETURNING id",
        (name, scope, int(at.timestamp()), by),
    )
    return int(rows[0][0])


def insert_expected(stocktake_id: int, places: Sequence[int], categories: Sequence[int]) -> int:
    """Write down the assets that should be there; empty choices take all. Returns how many."""
    conditions, params = [f"a.state NOT IN ({', '.join('?' * len(AWAY))})"], [*AWAY]
    for field, ids in ((HERE, places), ("a.category_id", categories)):
        if ids:
            conditions.append(f"{field} IN ({', '.join('?' * len(ids))})")
            params.extend(ids)  # type: ignore[arg-type]  # words and numbers go into one list
    cursor = connection.execute(
        "INSERT INTO stocktake_asset (stocktake_id, asset_id, expected, place_id, state, found_by) "
        f"SELECT ?, a.id, ?, {HERE}, 'missing', '' FROM asset a "
        f"WHERE a.active AND {' AND '.join(conditions)} ORDER BY a.id",
        (stocktake_id, True, *params),
    )
    return int(cursor.rowcount)


def select_lines(stocktake_id: int) -> list[LineRow]:
    """Return the lines of a stocktake: what was seen last first, then what is missing by tag."""
    rows = connection.fetch(f"{LINE} WHERE t.stocktake_id = ?", (stocktake_id,))
    lines = [
        LineRow(*row)._replace(
            expected=bool(row[6]),
            found_at=None if row[9] is None else datetime.fromtimestamp(row[9], UTC),
        )
        for row in rows
    ]
    unknown = connection.fetch(
        "SELECT u.id, u.text, coalesce(p.path, ''), u.at, u.by FROM stocktake_unknown u "
        "LEFT JOIN place p ON p.id = u.place_id WHERE u.stocktake_id = ?",
        (stocktake_id,),
    )
    lines += [
        LineRow(-row[0], None, row[1], "", "", "unknown", False, "", row[2],
                datetime.fromtimestamp(row[3], UTC), row[4])
        for row in unknown
    ]  # fmt: skip
    lines.sort(key=lambda line: line.tag)
    seen = [line for line in lines if line.found_at is not None]
    seen.sort(key=lambda line: line.found_at or datetime.max.replace(tzinfo=UTC), reverse=True)
    return [*seen, *(line for line in lines if line.found_at is None)]


def find_seen(stocktake_id: int, asset_id: int) -> SeenRow | None:
    """Return what a stocktake knows of an asset."""
    rows = connection.fetch(
        "SELECT id, state, expected, found_place_id, found_at, found_by FROM stocktake_asset "
        "WHERE stocktake_id = ? AND asset_id = ?",
        (stocktake_id, asset_id),
    )
    if not rows:
        return None
    at = rows[0][4]
    return SeenRow(*rows[0])._replace(
        expected=bool(rows[0][2]), found_at=None if at is None else datetime.fromtimestamp(at, UTC)
    )


def place_of(asset_id: int) -> tuple[int | None, str]:
    """Return where an asset should be: id and path of the place."""
    rows = connection.fetch(
        f"SELECT {HERE}, coalesce(p.path, '') FROM asset a LEFT JOIN place p ON p.id = {HERE} "
        "WHERE a.id = ?",
        (asset_id,),
    )
    return (rows[0][0], str(rows[0][1])) if rows else (None, "")


def put_seen(
    stocktake_id: int, asset_id: int, state: str, place_id: int | None,
    found_place_id: int | None, at: datetime, by: str,
) -> None:  # fmt: skip
    """Say that an asset was seen, whether it was expected or not."""
    connection.execute(
        "INSERT INTO stocktake_asset (stocktake_id, asset_id, expected, place_id, state, "
        "found_place_id, found_at, found_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (stocktake_id, asset_id) DO UPDATE SET state = excluded.state, "
        "found_place_id = excluded.found_place_id, found_at = excluded.found_at, "
        "found_by = excluded.found_by",
        (stocktake_id, asset_id, False, place_id, state, found_place_id, int(at.timestamp()), by),
    )


def put_unknown(stocktake_id: int, text: str, place_id: int | None, at: datetime, by: str) -> bool:
    """Keep a text that names no asset; False where it is kept already."""
    cursor = connection.execute(
        "INSERT INTO stocktake_unknown (stocktake_id, text, place_id, at, by) "
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT (stocktake_id, text) DO NOTHING",
        (stocktake_id, text, place_id, int(at.timestamp()), by),
    )
    return bool(cursor.rowcount)


def close_stocktake(stocktake_id: int, at: datetime, by: str) -> bool:
    """Close a stocktake; False where it is closed already."""
    cursor = connection.execute(
        "UPDATE stocktake SET closed_at = ?, closed_by = ?, version = version + 1 "
        "WHERE id = ? AND closed_at IS NULL",
        (int(at.timestamp()), by, stocktake_id),
    )
    return bool(cursor.rowcount)


def category_ids(names: Sequence[str]) -> dict[str, int]:
    """Return categories of assets by name in small letters."""
    marks = ", ".join("?" * len(names)) or "NULL"
    rows = connection.fetch(
        f"SELECT lower(name), id FROM asset_category WHERE lower(name) IN ({marks})",
        [name.lower() for name in names],
    )
    return {row[0]: row[1] for row in rows}


def select_categories() -> list[str]:
    """Return the names of the categories of assets."""
    return [row[0] for row in connection.fetch("SELECT name FROM asset_category ORDER BY name")]
