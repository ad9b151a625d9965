"""Templates of entries, and entries that come back by the calendar, as they are stored."""

from datetime import date
from typing import Any, NamedTuple

from db import connection
from db.fields import day_of, number_of

RECURRENCE = "id, name, template_id, every, starts, ends, done, posts, version"


class TemplateRow(NamedTuple):
    """Lines of an entry as they are typed, in JSON."""

    id: int
    name: str
    payee: str
    description: str
    lines: str
    kept_by: int
    version: int


class RecurrenceRow(NamedTuple):
    """An entry that comes back; `done` of its days have their entry."""

    id: int
    name: str
    template_id: int
    every: str
    starts: date
    ends: date | None
    done: int
    posts: bool
    version: int


def select_templates() -> list[TemplateRow]:
    """Return the templates in use, by name."""
    rows = connection.fetch(
        "SELECT id, name, payee, description, lines, kept_by, version FROM entry_template "
        "WHERE active ORDER BY name"
    )
    return [TemplateRow(*row) for row in rows]


def put_template(name: str, payee: str, description: str, lines: str, kept_by: int) -> int:
    """Add a template or replace the one of that name; returns its id.

    Who kept the same lines before is still the one who wrote them.
    """
    rows = connection.fetch(
        "INSERT INTO entry_template (name, payee, description, lines, kept_by, active, version) "
        "VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT (name) DO UPDATE SET payee = excluded.payee, "
        "description = excluded.description, lines = excluded.lines, kept_by = CASE "
        "WHEN entry_template.lines = excluded.lines THEN entry_template.kept_by "
        "ELSE excluded.kept_by END, "
        "active = excluded.active, "
        "version = entry_template.version + 1 RETURNING id",
        (name, payee, description, lines, kept_by, True),
    )
    return int(rows[0][0])


def select_recurrences() -> list[RecurrenceRow]:
    """Return the recurrences in use, by name."""
    rows = connection.fetch(f"SELECT {RECURRENCE} FROM entry_recurrence WHERE active ORDER BY name")
    return [_recurrence(row) for row in rows]


def _recurrence(row: tuple[Any, ...]) -> RecurrenceRow:
    return RecurrenceRow(
        row[0], row[1], row[2], row[3], day_of(row[4]),
        day_of(row[5]) if row[5] is not None else None, row[6], bool(row[7]), row[8],
    )  # fmt: skip


def find_recurrence(name: str) -> RecurrenceRow | None:
    """Return the recurrence of a name, in use or not."""
    rows = connection.fetch(f"SELECT {RECURRENCE} FROM entry_recurrence WHERE name = ?", (name,))
    return _recurrence(rows[0]) if rows else None


def put_recurrence(
    name: str, template_id: int, every: str, starts: date, ends: date | None, *, done: int,
    posts: bool,
) -> int:  # fmt: skip
    """Add a recurrence or replace the one of that name; returns its id."""
    rows = connection.fetch(
        "INSERT INTO entry_recurrence "
        "(name, template_id, every, starts, ends, done, posts, active, version) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (name) DO UPDATE SET "
        "template_id = excluded.template_id, every = excluded.every, starts = excluded.starts, "
        "ends = excluded.ends, done = excluded.done, posts = excluded.posts, "
        "active = excluded.active, "
        "version = entry_recurrence.version + 1 RETURNING id",
        (
            name, template_id, every, number_of(starts), number_of(ends) if ends else None,
            done, posts, True,
        ),
    )  # fmt: skip
    return int(rows[0][0])


def set_done(recurrence: RecurrenceRow, done: int) -> bool:
    """Write how many days have their entry; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE entry_recurrence SET done = ?, version = version + 1 WHERE id = ? AND version = ?",
        (done, recurrence.id, recurrence.version),
    )
    return bool(cursor.rowcount)


def stop(recurrence_id: int) -> None:
    """Take a recurrence out of use."""
    connection.execute(
        "UPDATE entry_recurrence SET active = ?, version = version + 1 WHERE id = ?",
        (False, recurrence_id),
    )
