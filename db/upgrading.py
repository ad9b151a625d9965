"""Bringing the schema of a database up to this program's, and refusing newer ones.

A migration is a numbered file beside this one; it runs once, in one transaction, after a
backup of what was there.
"""

import sqlite3
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from db import connection
from db.base import database
from db.errors import DuplicateError, NewerDatabaseError, OtherDatabaseError, StorageError

FOLDER = Path(__file__).parent / "migrations"
HISTORY = "schema_migration"


def known() -> list[str]:
    """Return the names of the migrations this program has, in order."""
    return list(_steps(FOLDER, FOLDER.stat().st_mtime_ns))


@lru_cache(4)
def _steps(folder: Path, _changed: int) -> tuple[str, ...]:
    """Return the names in a folder as of its last change: each session over SSH asks again."""
    return tuple(sorted(path.stem for path in folder.glob("[0-9]*.py")))


def applied() -> list[str]:
    """Return the names of the migrations the open database has, in order."""
    with connection.translated_errors():
        if not database.table_exists(HISTORY):
            return []
    return sorted(row[0] for row in connection.fetch(f"SELECT name FROM {HISTORY}"))


def upgrade() -> Path | None:
    """Apply what is missing; returns the backup that was made first, if any.

    Raises:
        NewerDatabaseError: The database has a migration that this program does not know.
        OtherDatabaseError: The file belongs to another program.
    """
    there = _checked()
    if not there:
        _refuse_other_programs()
    _write_ahead()
    if there == known():
        return None
    backup = _backup() if there else None
    from playhouse.migrations import Runner

    try:
        with connection.transaction():
            _hold_others()
            if _checked() != known():
                Runner(database.obj, str(FOLDER)).up()
    except (DuplicateError, StorageError):
        if _checked() != known():
            raise
    return backup


def _checked() -> list[str]:
    there, ours = applied(), known()
    if newer := [name for name in there if name not in ours]:
        raise NewerDatabaseError(newer[-1])
    return there


def _refuse_other_programs() -> None:
    """Leave a file alone that has tables, but none of ours."""
    if connection.engine() == "sqlite" and connection.fetch(
        "SELECT 1 FROM sqlite_master WHERE NOT EXISTS "
        f"(SELECT 1 FROM sqlite_master WHERE name = '{HISTORY}') LIMIT 1"
    ):
        raise OtherDatabaseError(connection.location())


def _write_ahead() -> None:
    """Let readers and a writer work side by side; the file remembers it."""
    if connection.engine() == "sqlite":
        connection.execute("PRAGMA journal_mode = wal")


def _hold_others() -> None:
    """Let one process at a time upgrade; SQLite's transaction holds the lock already."""
    if connection.engine() == "postgresql":
        connection.execute("SELECT pg_advisory_xact_lock(8022)")


def _backup() -> Path | None:
    """Copy an SQLite database beside itself, as it is now."""
    path = connection.file()
    if path is None:
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{path.name}.backup-{stamp}")
    with connection.translated_errors():
        copy = sqlite3.connect(target)
        try:
            database.connection().backup(copy)
        finally:
            copy.close()
    return target
