"""Counted things and their movements: one function for each statement."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from db import connection
from db.fields import day_of
from db.loading import CHUNK
from db.stock.rows import HoldingRow, ItemLoad, ItemRow, MovementLoad, MovementRow

ITEM = """
    SELECT i.id, i.kind, i.name, i.category, i.maker, i.model_number, i.item_number, i.serial,
    i.place_id, coalesce(p.path, ''), i.company, i.minimum, i.on_hand, i.away, i.note, i.retired,
    i.version FROM stock_item i LEFT JOIN place p ON p.id = i.place_id
"""
MOVEMENT = """
    SELECT m.id, m.item_id, m.kind, m.quantity, m.away, m.at, m.by, m.contact_id,
    coalesce(c.name, ''), coalesce(c.email, ''), m.asset_id, coalesce(a.tag, ''),
    coalesce(a.name, ''), coalesce(o.name, ''), m.order_number, m.received_on, m.cost,
    coalesce(k.code, ''), coalesce(k.precision, 0), m.note,
    sum(m.quantity) OVER (ORDER BY m.id)
    FROM stock_movement m LEFT JOIN contact c ON c.id = m.contact_id
    LEFT JOIN asset a ON a.id = m.asset_id LEFT JOIN organisation o ON o.id = m.supplier_id
    LEFT JOIN commodity k ON k.id = m.commodity_id
"""
HOLDING = """
    SELECT m.item_id, i.name, i.kind, m.contact_id, coalesce(c.name, ''), coalesce(c.email, ''),
    m.asset_id, coalesce(a.tag, ''), coalesce(a.name, ''), sum(m.away)
    FROM stock_movement m JOIN stock_item i ON i.id = m.item_id
    LEFT JOIN contact c ON c.id = m.contact_id LEFT JOIN asset a ON a.id = m.asset_id
"""
GROUPED = (
    "GROUP BY m.item_id, i.name, i.kind, m.contact_id, c.name, c.email, m.asset_id, a.tag, a.name "
    "HAVING sum(m.away) <> 0 ORDER BY i.name, c.name, a.tag, m.item_id"
)


def select_items(kind: str) -> list[ItemRow]:
    """Return the things of a kind by name."""
    rows = connection.fetch(f"{ITEM} WHERE i.kind = ? ORDER BY lower(i.name), i.id", (kind,))
    return [_item(row) for row in rows]


def find_item(item_id: int) -> ItemRow | None:
    """Return things of one kind."""
    rows = connection.fetch(f"{ITEM} WHERE i.id = ?", (item_id,))
    return _item(rows[0]) if rows else None


def find_named(kind: str, name: str) -> list[ItemRow]:
    """Return things of a kind by their name, whatever its case; at most two."""
    rows = connection.fetch(
        f"{ITEM} WHERE i.kind = ? AND lower(i.name) = lower(?) ORDER BY i.id LIMIT 2", (kind, name)
    )
    return [_item(row) for row in rows]


def _item(row: tuple[Any, ...]) -> ItemRow:
    return ItemRow(*row)._replace(retired=bool(row[15]))


def insert_item(load: ItemLoad, at: datetime, external_key: str | None) -> int:
    """Add things, none on hand yet; returns their id."""
    marks = ", ".join("?" * (len(load) + 5))
    rows = connection.fetch(
        f"INSERT INTO stock_item ({', '.join(load._fields)}, on_hand, away, retired, "
        f"external_key, created_at, version) VALUES ({marks}, 1) RETURNING id",
        (*load, 0, 0, False, external_key, int(at.timestamp())),
    )
    return int(rows[0][0])


def update_item(item_id: int, version: int, load: ItemLoad) -> bool:
    """Write things anew; False when they changed in the meantime."""
    named = ", ".join(f"{field} = ?" for field in load._fields)
    cursor = connection.execute(
        f"UPDATE stock_item SET {named}, version = version + 1 WHERE id = ? AND version = ?",
        (*load, item_id, version),
    )
    return bool(cursor.rowcount)


def set_retired(item_id: int, version: int, retired: bool) -> bool:
    """Take things out of use, or back; False when they changed in the meantime."""
    cursor = connection.execute(
        "UPDATE stock_item SET retired = ?, version = version + 1 WHERE id = ? AND version = ?",
        (retired, item_id, version),
    )
    return bool(cursor.rowcount)


def move(load: MovementLoad) -> bool:
    """Add a movement and count it; False where the stock would fall below nothing."""
    cursor = connection.execute(
        "UPDATE stock_item SET on_hand = on_hand + ?, away = away + ? "
        "WHERE id = ? AND on_hand + ? >= 0 AND away + ? >= 0",
        (load.quantity, load.away, load.item_id, load.quantity, load.away),
    )
    if not cursor.rowcount:
        return False
    marks = ", ".join("?" * len(load))
    connection.execute(
        f"INSERT INTO stock_movement ({', '.join(load._fields)}) VALUES ({marks})", load
    )
    return True


def select_movements(item_id: int) -> list[MovementRow]:
    """Return the movements of things, newest first."""
    rows = connection.fetch(f"{MOVEMENT} WHERE m.item_id = ? ORDER BY m.id DESC", (item_id,))
    return [
        MovementRow(*row)._replace(
            at=datetime.fromtimestamp(row[5], UTC),
            received_on=None if row[15] is None else day_of(row[15]),
            after=int(row[20]),
        )
        for row in rows
    ]


def select_holdings(item_id: int) -> list[HoldingRow]:
    """Return who has how many of a thing."""
    rows = connection.fetch(f"{HOLDING} WHERE m.item_id = ? {GROUPED}", (item_id,))
    return [_holding(row) for row in rows]


def select_held_by(contact_id: int | None, asset_id: int | None) -> list[HoldingRow]:
    """Return what a person or an asset has, and how many."""
    field, key = ("contact_id", contact_id) if contact_id else ("asset_id", asset_id)
    return [
        _holding(row)
        for row in connection.fetch(f"{HOLDING} WHERE m.{field} = ? {GROUPED}", (key,))
    ]


def _holding(row: tuple[Any, ...]) -> HoldingRow:
    return HoldingRow(*row)._replace(quantity=int(row[9]))


def held(item_id: int, contact_id: int | None, asset_id: int | None) -> int:
    """Return how many of a thing a person or an asset has."""
    field, key = ("contact_id", contact_id) if contact_id else ("asset_id", asset_id)
    rows = connection.fetch(
        f"SELECT coalesce(sum(away), 0) FROM stock_movement WHERE item_id = ? AND {field} = ?",
        (item_id, key),
    )
    return int(rows[0][0])


def select_keys(external_keys: Sequence[str]) -> set[str]:
    """Return those keys of imports that things have."""
    found: set[str] = set()
    for start in range(0, len(external_keys), CHUNK):
        part = external_keys[start : start + CHUNK]
        rows = connection.fetch(
            "SELECT external_key FROM stock_item WHERE external_key IN "
            f"({', '.join('?' * len(part))})",
            part,
        )
        found.update(row[0] for row in rows)
    return found


def select_miscounted() -> list[tuple[int, int, int, int, int]]:
    """Return item, on hand and away as kept, and as the movements say, where they differ."""
    rows = connection.fetch("""
        SELECT i.id, i.on_hand, i.away, coalesce(m.on_hand, 0), coalesce(m.away, 0)
        FROM stock_item i LEFT JOIN (SELECT item_id, sum(quantity) AS on_hand, sum(away) AS away
            FROM stock_movement GROUP BY item_id) m ON m.item_id = i.id
        WHERE i.on_hand <> coalesce(m.on_hand, 0) OR i.away <> coalesce(m.away, 0) ORDER BY i.id
    """)
    return [(row[0], row[1], row[2], int(row[3]), int(row[4])) for row in rows]


def select_overdrawn() -> list[tuple[int, str, int]]:
    """Return item, holder and quantity where somebody brought back more than they had."""
    rows = connection.fetch(
        "SELECT m.item_id, coalesce(c.email, a.tag, '-'), sum(m.away) FROM stock_movement m "
        "LEFT JOIN contact c ON c.id = m.contact_id LEFT JOIN asset a ON a.id = m.asset_id "
        "GROUP BY m.item_id, c.email, a.tag HAVING sum(m.away) < 0 ORDER BY m.item_id"
    )
    return [(row[0], row[1], int(row[2])) for row in rows]
