"""Courses, sessions and places: one function for each statement."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from db import connection
from db.fields import day_of, number_of
from db.training.rows import CourseRow, NeedRow, PlaceRow, SessionRow

COURSE = (
    "SELECT id, version, name, provider, minutes, certificate, valid_months, skill, level, note, "
    "closed FROM training_course"
)
NEED = (
    "SELECT n.id, n.course_id, n.department_id, coalesce(d.name, ''), n.title "
    "FROM training_need n LEFT JOIN department d ON d.id = n.department_id"
)
SESSION = (
    "SELECT s.id, s.version, s.course_id, c.name, s.starts_on, s.ends_on, s.place, s.trainer, "
    "s.seats, s.state, (SELECT count(*) FROM training_place p WHERE p.session_id = s.id) "
    "FROM training_session s JOIN training_course c ON c.id = s.course_id"
)
PLACE = (
    "SELECT p.id, p.version, p.session_id, p.employee_id, e.name, p.state, p.result, p.facts "
    "FROM training_place p JOIN employee e ON e.id = p.employee_id"
)


def select_courses() -> list[CourseRow]:
    """Return all courses by name."""
    rows = connection.fetch(f"{COURSE} ORDER BY lower(name), id")
    return [CourseRow(*row)._replace(closed=bool(row[10])) for row in rows]


def find_course(course_id: int) -> CourseRow | None:
    """Return a course."""
    rows = connection.fetch(f"{COURSE} WHERE id = ?", (course_id,))
    return CourseRow(*rows[0])._replace(closed=bool(rows[0][10])) if rows else None


def course_named(name: str) -> CourseRow | None:
    """Return the course of a name, whatever its case."""
    rows = connection.fetch(f"{COURSE} WHERE lower(name) = lower(?) ORDER BY id", (name,))
    return CourseRow(*rows[0])._replace(closed=bool(rows[0][10])) if rows else None


def select_needs() -> list[NeedRow]:
    """Return who needs which course."""
    return [NeedRow(*row) for row in connection.fetch(f"{NEED} ORDER BY n.course_id, n.id")]


def select_sessions(course_id: int | None = None) -> list[SessionRow]:
    """Return the sessions of a course, or of all, the latest first."""
    where, params = ("WHERE s.course_id = ?", (course_id,)) if course_id else ("", ())
    rows = connection.fetch(f"{SESSION} {where} ORDER BY s.starts_on DESC, s.id DESC", params)
    return [_session(row) for row in rows]


def find_session(session_id: int) -> SessionRow | None:
    """Return a session."""
    rows = connection.fetch(f"{SESSION} WHERE s.id = ?", (session_id,))
    return _session(rows[0]) if rows else None


def _session(row: tuple[Any, ...]) -> SessionRow:
    return SessionRow(*row)._replace(starts_on=day_of(row[4]), ends_on=day_of(row[5]))


def select_places(session_id: int) -> list[PlaceRow]:
    """Return who is in a session, by name."""
    rows = connection.fetch(
        f"{PLACE} WHERE p.session_id = ? ORDER BY e.sort_name, p.id", (session_id,)
    )
    return [PlaceRow(*row) for row in rows]


def select_waiting() -> list[tuple[int, int]]:
    """Return person and course of who is in a session that is still to come or to be recorded."""
    rows = connection.fetch(
        "SELECT p.employee_id, s.course_id FROM training_place p "
        "JOIN training_session s ON s.id = p.session_id "
        "WHERE p.state = 'enrolled' AND s.state = 'planned'"
    )
    return [(row[0], row[1]) for row in rows]


def select_sessions_of(employee_id: int) -> list[int]:
    """Return the sessions that somebody is or was in, the latest first."""
    rows = connection.fetch(
        "SELECT s.id FROM training_session s JOIN training_place p ON p.session_id = s.id "
        "WHERE p.employee_id = ? ORDER BY s.starts_on DESC, s.id DESC",
        (employee_id,),
    )
    return [row[0] for row in rows]


def insert(table: str, values: Mapping[str, object]) -> int:
    """Add a row; returns its id."""
    rows = connection.fetch(
        f"INSERT INTO {table} ({', '.join(values)}) "
        f"VALUES ({', '.join('?' * len(values))}) RETURNING id",
        tuple(map(_stored, values.values())),
    )
    return int(rows[0][0])


def update(table: str, row_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write columns; False when the row changed in the meantime."""
    named = "".join(f"{column} = ?, " for column in values)
    cursor = connection.execute(
        f"UPDATE {table} SET {named}version = version + 1 WHERE id = ? AND version = ?",
        (*map(_stored, values.values()), row_id, version),
    )
    return bool(cursor.rowcount)


def delete(table: str, row_id: int) -> bool:
    """Take a need or a place away; False where it is gone."""
    return bool(connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,)).rowcount)


def _stored(value: object) -> object:
    return number_of(value) if isinstance(value, date) else value
