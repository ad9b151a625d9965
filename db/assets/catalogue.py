"""Categories, models, places and own fields: one function for each statement."""

from collections.abc import Sequence
from typing import NamedTuple

from db import connection
from db.assets.rows import CategoryRow, FieldRow, ModelRow, PlaceRow

CATEGORY = "SELECT c.id, c.name, c.kind, c.active, c.version, 0 FROM asset_category c"
MODEL = (
    "SELECT m.id, m.name, m.manufacturer, m.number, m.category_id, coalesce(c.name, ''), "
    "m.life_months, m.note, m.active, m.version FROM asset_model m "
    "LEFT JOIN asset_category c ON c.id = m.category_id"
)
PLACE = "SELECT id, parent_id, name, path, address, note, version FROM place"


def _category(row: Sequence[object]) -> CategoryRow:
    found = CategoryRow._make(row)
    return found._replace(active=bool(found.active))


def select_categories() -> list[CategoryRow]:
    """Return the categories in use, by name."""
    return [
        _category(row) for row in connection.fetch(f"{CATEGORY} WHERE c.active ORDER BY c.name")
    ]


def count_assets() -> dict[int, int]:
    """Return how many active assets each category has."""
    rows = connection.fetch(
        "SELECT category_id, count(*) FROM asset WHERE active AND category_id IS NOT NULL "
        "GROUP BY category_id"
    )
    return {row[0]: row[1] for row in rows}


def find_category(name: str) -> CategoryRow | None:
    """Return a category by name, whatever its case."""
    rows = connection.fetch(f"{CATEGORY} WHERE lower(c.name) = lower(?)", (name,))
    return _category(rows[0]) if rows else None


def insert_category(name: str, kind: str) -> int:
    """Add a category, or use one again that was taken out of use; returns its id."""
    rows = connection.fetch(
        "INSERT INTO asset_category (name, kind, active, version) VALUES (?, ?, ?, 1) "
        "ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, active = excluded.active, "
        "version = asset_category.version + 1 RETURNING id",
        (name, kind, True),
    )
    return int(rows[0][0])


def set_category(category_id: int, version: int, name: str, kind: str) -> bool:
    """Write a category anew; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE asset_category SET name = ?, kind = ?, version = version + 1 "
        "WHERE id = ? AND version = ?",
        (name, kind, category_id, version),
    )
    return bool(cursor.rowcount)


class ModelLoad(NamedTuple):
    """A model to add."""

    name: str
    manufacturer: str = ""
    number: str = ""
    category_id: int | None = None
    life_months: int | None = None
    note: str = ""
    external_key: str | None = None


def _model(row: Sequence[object]) -> ModelRow:
    found = ModelRow._make(row)
    return found._replace(active=bool(found.active))


def select_models(limit: int = 5_000) -> list[ModelRow]:
    """Return the models in use, by maker and name."""
    rows = connection.fetch(
        f"{MODEL} WHERE m.active ORDER BY m.manufacturer, m.name, m.number LIMIT ?", (limit,)
    )
    return [_model(row) for row in rows]


def find_model(model_id: int) -> ModelRow | None:
    """Return a model by its id."""
    rows = connection.fetch(f"{MODEL} WHERE m.id = ?", (model_id,))
    return _model(rows[0]) if rows else None


def insert_model(load: ModelLoad) -> int:
    """Add a model; returns its id."""
    marks = ", ".join("?" * len(load))
    rows = connection.fetch(
        f"INSERT INTO asset_model ({', '.join(load._fields)}, active, version) "
        f"VALUES ({marks}, ?, 1) RETURNING id",
        (*load, True),
    )
    return int(rows[0][0])


def set_model(model_id: int, version: int, load: ModelLoad) -> bool:
    """Write a model anew; False when it changed in the meantime."""
    fields = [name for name in load._fields if name != "external_key"]
    named = ", ".join(f"{name} = ?" for name in fields)
    cursor = connection.execute(
        f"UPDATE asset_model SET {named}, version = version + 1 WHERE id = ? AND version = ?",
        (*(getattr(load, name) for name in fields), model_id, version),
    )
    return bool(cursor.rowcount)


def select_places(limit: int = 5_000) -> list[PlaceRow]:
    """Return all places by path."""
    rows = connection.fetch(f"{PLACE} ORDER BY path LIMIT ?", (limit,))
    return [PlaceRow(*row) for row in rows]


def find_place(place_id: int) -> PlaceRow | None:
    """Return a place by its id."""
    rows = connection.fetch(f"{PLACE} WHERE id = ?", (place_id,))
    return PlaceRow(*rows[0]) if rows else None


def find_place_path(path: str) -> PlaceRow | None:
    """Return a place by its path, or by its own name where only one has it."""
    rows = connection.fetch(f"{PLACE} WHERE lower(path) = lower(?)", (path,))
    if not rows:
        rows = connection.fetch(f"{PLACE} WHERE lower(name) = lower(?)", (path,))
    return PlaceRow(*rows[0]) if len(rows) == 1 else None


def insert_place(
    parent_id: int | None, name: str, path: str, address: str = "", note: str = "",
    external_key: str | None = None,
) -> int:  # fmt: skip
    """Add a place under another; returns its id."""
    rows = connection.fetch(
        "INSERT INTO place (parent_id, name, path, address, note, external_key, version) "
        "VALUES (?, ?, ?, ?, ?, ?, 1) RETURNING id",
        (parent_id, name, path, address, note, external_key),
    )
    return int(rows[0][0])


def set_place(row: PlaceRow) -> bool:
    """Write a place anew, by id and version; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE place SET name = ?, path = ?, address = ?, note = ?, version = version + 1 "
        "WHERE id = ? AND version = ?",
        (row.name, row.path, row.address, row.note, row.id, row.version),
    )
    return bool(cursor.rowcount)


def move_below(old: str, new: str) -> None:
    """Let everything below a path lie below another one."""
    connection.execute(
        "UPDATE place SET path = ? || substr(path, ?) WHERE substr(path, 1, ?) = ?",
        (new, len(old) + 1, len(old) + 3, f"{old} / "),
    )


def select_fields() -> list[FieldRow]:
    """Return the own fields in use, by name."""
    rows = connection.fetch(
        "SELECT id, name, label, category_id, type, choices, required FROM asset_field "
        "WHERE active ORDER BY name"
    )
    return [FieldRow._make(row)._replace(required=bool(row[6])) for row in rows]


def insert_field(field: FieldRow) -> int:
    """Add an own field, or use one again that was taken out of use; returns its id."""
    rows = connection.fetch(
        "INSERT INTO asset_field (name, label, category_id, type, choices, required, active, "
        "version) VALUES (?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (name) DO UPDATE SET "
        "label = excluded.label, category_id = excluded.category_id, choices = excluded.choices, "
        "required = excluded.required, active = excluded.active, "
        "version = asset_field.version + 1 RETURNING id",
        (*field[1:6], field.required, True),
    )
    return int(rows[0][0])


def field_type(name: str) -> str | None:
    """Return the type of an own field, in use or not."""
    rows = connection.fetch("SELECT type FROM asset_field WHERE name = ?", (name,))
    return rows[0][0] if rows else None


def known_keys(table: str, keys: Sequence[str]) -> set[str]:
    """Return those external keys that rows of a table have already."""
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows = connection.fetch(
            f"SELECT external_key FROM {table} WHERE external_key IN ({marks})", part
        )
        found.update(row[0] for row in rows)
    return found
