"""Places as stock and stocktakes know them: by path, or by a name that only one has."""

from collections.abc import Sequence

from db import connection


def find(text: str) -> int | None:
    """Return a place by its path, else by its name if one place has it."""
    rows = connection.fetch("SELECT id FROM place WHERE lower(path) = lower(?)", (text,))
    if not rows:
        rows = connection.fetch("SELECT id FROM place WHERE lower(name) = lower(?)", (text,))
    return int(rows[0][0]) if len(rows) == 1 else None


def path_of(place_id: int) -> str:
    """Return the path of a place, "" where there is none."""
    rows = connection.fetch("SELECT path FROM place WHERE id = ?", (place_id,))
    return str(rows[0][0]) if rows else ""


def insert(name: str) -> int:
    """Add a place at the root; returns its id."""
    rows = connection.fetch(
        "INSERT INTO place (name, path, address, note, version) VALUES (?, ?, '', '', 1) "
        "RETURNING id",
        (name, name),
    )
    return int(rows[0][0])


def select_paths() -> list[str]:
    """Return the paths of all places, in order."""
    return [row[0] for row in connection.fetch("SELECT path FROM place ORDER BY path")]


def within(place_ids: Sequence[int]) -> list[int]:
    """Return places and all that lie in them."""
    found: dict[int, None] = {}
    for place_id in place_ids:
        path = path_of(place_id)
        rows = connection.fetch(
            "SELECT id FROM place WHERE path = ? OR (path > ? AND path < ?) ORDER BY path",
            (path, f"{path} / ", f"{path} / \U0010ffff"),
        )
        found.update(dict.fromkeys(row[0] for row in rows))
    return list(found)
