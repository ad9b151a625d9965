"""The audit trail: lines that are added and never changed, each sealed with the one before.

One row of `audit_head` holds the last line's number and hash; taking it for update puts the
writers in order, so that line numbers have no gaps and follow the order of commits.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import peewee

from db import changes, connection
from db.base import Table
from db.fields import InstantField
from db.rows import AuditRow


class AuditEntry(Table):
    """What one operation did to one record."""

    id = peewee.IntegerField(primary_key=True)
    operation = peewee.IntegerField(index=True)
    """The id of the first line of the operation; bulk operations write many lines."""
    at = InstantField()
    actor_id = peewee.IntegerField()
    actor = peewee.TextField()
    origin = peewee.TextField()
    action = peewee.TextField()
    feature = peewee.TextField()
    record_id = peewee.IntegerField()
    version = peewee.IntegerField()
    """The record's version after the operation; 0 for records without one."""
    changes = peewee.TextField()
    undoes = peewee.IntegerField(default=0)
    """The operation that this one took back; 0 for none."""
    hash = peewee.TextField()

    class Meta:
        """Read by record, by person, by action, and by what was undone."""

        indexes = (
            (("feature", "record_id", "id"), False),
            (("actor_id", "id"), False),
            (("undoes", "id"), False),
            (("at", "id"), False),
            (("action", "id"), False),
            (("feature", "id"), False),
        )


class AuditHead(Table):
    """The end of the chain: one row."""

    id = peewee.IntegerField(primary_key=True)
    last_id = peewee.IntegerField()
    last_hash = peewee.TextField()


class Head(NamedTuple):
    """Where the chain ends."""

    last_id: int
    last_hash: str


COLUMNS = (
    "id, operation, at, actor_id, actor, origin, action, feature, record_id, version, changes, "
    "undoes, hash"
)
READ = "id, operation, at, actor, origin, action, feature, record_id, version, changes, undoes"


class SealedLine(NamedTuple):
    """A line as it is stored, in the order of `COLUMNS`; `at` in seconds since the epoch."""

    id: int
    operation: int
    at: int
    actor_id: int
    actor: str
    origin: str
    action: str
    feature: str
    record_id: int
    version: int
    changes: str
    undoes: int
    hash: str


def take_head() -> Head:
    """Return the end of the chain and keep other writers away until the transaction ends."""
    lock = " FOR UPDATE" if connection.engine() == "postgresql" else ""
    return Head(
        *connection.fetch(f"SELECT last_id, last_hash FROM audit_head WHERE id = 1{lock}")[0]
    )


def read_head() -> Head:
    """Return the end of the chain."""
    return Head(*connection.fetch("SELECT last_id, last_hash FROM audit_head WHERE id = 1")[0])


def append(lines: Sequence[SealedLine]) -> None:
    """Add sealed lines and move the end of the chain, inside the caller's transaction."""
    marks = ", ".join("?" * len(SealedLine._fields))
    statement = f"INSERT INTO audit_entry ({COLUMNS}) VALUES ({marks})"
    if len(lines) == 1:
        connection.execute(statement, lines[0])
    else:
        connection.executemany(statement, lines)
    connection.execute(
        "UPDATE audit_head SET last_id = ?, last_hash = ? WHERE id = 1",
        (lines[-1].id, lines[-1].hash),
    )
    changes.tell()


def read_sealed(last: int = 0, chunk: int = 5_000) -> Iterator[SealedLine]:
    """Yield the trail behind a line in order, a chunk in memory at a time."""
    while rows := connection.fetch(
        f"SELECT {COLUMNS} FROM audit_entry WHERE id > ? ORDER BY id LIMIT ?", (last, chunk)
    ):
        yield from (SealedLine(*row) for row in rows)
        last = rows[-1][0]


def select_history(feature: str, record_id: int, limit: int) -> list[AuditRow]:
    """Return the last lines of one record, oldest first."""
    return _rows(
        f"SELECT {READ} FROM audit_entry WHERE feature = ? AND record_id = ? "
        "ORDER BY id DESC LIMIT ?",
        (feature, record_id, limit),
    )[::-1]


def select_history_after(feature: str, record_id: int, line_id: int) -> list[AuditRow]:
    """Return the lines of one record that follow another line, oldest first."""
    return _rows(
        f"SELECT {READ} FROM audit_entry WHERE feature = ? AND record_id = ? AND id > ? "
        "ORDER BY id",
        (feature, record_id, line_id),
    )


def select_operation(operation: int) -> list[AuditRow]:
    """Return all lines of one operation, in order."""
    return _rows(f"SELECT {READ} FROM audit_entry WHERE operation = ? ORDER BY id", (operation,))


def select_after(last_id: int, limit: int) -> list[tuple[int, str, int, int]]:
    """Return id, feature, record and actor of the lines after one, in order."""
    rows = connection.fetch(
        "SELECT id, feature, record_id, actor_id FROM audit_entry WHERE id > ? ORDER BY id LIMIT ?",
        (last_id, limit),
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def select_last_operations(actor_id: int, limit: int) -> list[AuditRow]:
    """Return the first line of the last operations of one person, newest first."""
    return _rows(
        f"SELECT {READ} FROM audit_entry WHERE actor_id = ? AND id = operation "
        "ORDER BY id DESC LIMIT ?",
        (actor_id, limit),
    )


def select_of(feature: str) -> list[AuditRow]:
    """Return all lines of a kind of record, in order."""
    return _rows(f"SELECT {READ} FROM audit_entry WHERE feature = ? ORDER BY id", (feature,))


def select_before(line_id: int, limit: int) -> list[AuditRow]:
    """Return the lines before one, newest first; 0 begins at the end of the trail."""
    if not line_id:
        return _rows(f"SELECT {READ} FROM audit_entry ORDER BY id DESC LIMIT ?", (limit,))
    return _rows(
        f"SELECT {READ} FROM audit_entry WHERE id < ? ORDER BY id DESC LIMIT ?", (line_id, limit)
    )


def select_undoing(operation: int) -> int:
    """Return the operation that took one back last, or 0."""
    rows = connection.fetch(
        "SELECT id FROM audit_entry WHERE undoes = ? AND operation > ? ORDER BY id DESC LIMIT 1",
        (operation, operation),
    )
    return rows[0][0] if rows else 0


def _rows(sql: str, params: Sequence[object]) -> list[AuditRow]:
    return [
        AuditRow(row[0], row[1], datetime.fromtimestamp(row[2], UTC), *row[3:])
        for row in connection.fetch(sql, params)
    ]
