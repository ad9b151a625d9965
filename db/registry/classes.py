"""The classification tree: one function for each statement."""

from collections.abc import Mapping

from db import connection
from db.projects import statements
from db.registry.rows import ClassRow

CLASS = (
    "SELECT a.id, a.version, a.code, a.name, a.parent_id, a.keep_months, a.keep_from, "
    "a.keep_then, a.keep_why, 0 FROM document_class a"
)


def select_all() -> list[ClassRow]:
    """Return all classes, by code."""
    return [ClassRow(*row) for row in connection.fetch(f"{CLASS} ORDER BY a.code")]


def find(code: str) -> ClassRow | None:
    """Return the class of a code, whatever its case, or of a name that only one has."""
    rows = connection.fetch(f"{CLASS} WHERE lower(a.code) = lower(?)", (code,))
    if not rows:
        rows = connection.fetch(f"{CLASS} WHERE lower(a.name) = lower(?) LIMIT 2", (code,))
    return ClassRow(*rows[0]) if len(rows) == 1 else None


def insert(columns: Mapping[str, object]) -> int:
    """Add a class; returns its id."""
    return statements.insert("document_class", {"version": 1, **columns})


def update(class_id: int, version: int, columns: Mapping[str, object]) -> bool:
    """Change a class; answers whether it still had that version."""
    return statements.update("document_class", class_id, version, columns)
