"""Keys of projects and tasks that came from a file: one function for each statement."""

from collections.abc import Sequence

from db import connection
from db.loading import CHUNK


def ids_of(table: str, keys: Sequence[str]) -> dict[str, int]:
    """Return the rows of a `project` or `task` that have keys."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        found.update(
            connection.fetch(
                f"SELECT external_key, id FROM {table} WHERE external_key IN ({marks})",
                tuple(part),
            )
        )
    return found


def set_key(table: str, row_id: int, key: str) -> None:
    """Keep what a row was called in its file, without a new version."""
    connection.execute(f"UPDATE {table} SET external_key = ? WHERE id = ?", (key, row_id))
