"""Time that was spent, and what an hour costs: one function for each statement."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from db import connection
from db.fields import number_of
from db.projects import statements
from db.projects.rows import RateRow, TimeRow

COLUMNS = (
    "a.id, a.version, a.user_id, u.login, a.project_id, a.task_id, a.ticket_id, "
    "coalesce(k.title, t.subject, ''), a.day, a.minutes, a.seconds, a.started_at, a.ended_at, "
    "a.running, a.note, a.rate, a.commodity_id, coalesce(m.code, ''), coalesce(m.precision, 0)"
)
JOINS = (
    "JOIN user_account u ON u.id = a.user_id LEFT JOIN task k ON k.id = a.task_id "
    "LEFT JOIN ticket t ON t.id = a.ticket_id LEFT JOIN commodity m ON m.id = a.commodity_id"
)
TIME = f"SELECT {COLUMNS} FROM time_entry a {JOINS}"


class Spent(NamedTuple):
    """What was noted: minutes, and minutes times the rate of an hour in a currency."""

    user: str
    minutes: int
    worth: int
    commodity_id: int | None
    commodity: str
    precision: int


def row_of(values: Sequence[Any]) -> TimeRow:
    """Return the row of these columns."""
    found = statements.row_of(TimeRow, values)
    return found._replace(running=bool(found.running))


def find(entry_id: int) -> TimeRow | None:
    """Return an entry."""
    rows = connection.fetch(f"{TIME} WHERE a.id = ?", (entry_id,))
    return row_of(rows[0]) if rows else None


def find_running(user_id: int) -> TimeRow | None:
    """Return the entry of a timer that runs."""
    rows = connection.fetch(f"{TIME} WHERE a.user_id = ? AND a.running", (user_id,))
    return row_of(rows[0]) if rows else None


def select_of(column: str, record_id: int, limit: int) -> list[TimeRow]:
    """Return the entries of a `task`, a `ticket` or a `project`, the last first."""
    rows = connection.fetch(
        f"{TIME} WHERE a.{column}_id = ? ORDER BY a.day DESC, a.id DESC LIMIT ?",
        (record_id, limit),
    )
    return [row_of(row) for row in rows]


def select_between(user_id: int | None, starts: date, ends: date, limit: int) -> list[TimeRow]:
    """Return the entries of a person (or of all) in a time, the last first."""
    mine = "a.user_id = ? AND" if user_id is not None else ""
    who = (user_id,) if user_id is not None else ()
    rows = connection.fetch(
        f"{TIME} WHERE {mine} a.day BETWEEN ? AND ? ORDER BY a.day DESC, a.id DESC LIMIT ?",
        (*who, number_of(starts), number_of(ends), limit),
    )
    return [row_of(row) for row in rows]


def sum_of_project(project_id: int, until: date) -> list[Spent]:
    """Return what was spent on a project until a day, by person and currency."""
    rows = connection.fetch(
        "SELECT u.login, sum(a.minutes), sum(a.minutes * coalesce(a.rate, 0)), a.commodity_id, "
        "coalesce(m.code, ''), coalesce(m.precision, 0) FROM time_entry a "
        "JOIN user_account u ON u.id = a.user_id LEFT JOIN commodity m ON m.id = a.commodity_id "
        "WHERE a.project_id = ? AND a.day <= ? "
        "GROUP BY u.login, a.commodity_id, m.code, m.precision ORDER BY u.login, m.code",
        (project_id, number_of(until)),
    )
    return [Spent(row[0], int(row[1]), int(row[2]), *row[3:]) for row in rows]


def insert(columns: Mapping[str, object]) -> int:
    """Add an entry; returns its id."""
    return statements.insert("time_entry", {"version": 1, **columns})


def update(entry_id: int, version: int, columns: Mapping[str, object]) -> bool:
    """Change columns of an entry; answers whether it still had that version."""
    return statements.update("time_entry", entry_id, version, columns)


# What an hour costs, and how time is rounded


def select_rates() -> list[RateRow]:
    """Return all rates by role, the last of each first."""
    rows = connection.fetch(
        "SELECT r.role, r.from_on, r.amount, r.commodity_id, m.code, m.precision "
        "FROM hourly_rate r JOIN commodity m ON m.id = r.commodity_id "
        "ORDER BY r.role, r.from_on DESC"
    )
    return [statements.row_of(RateRow, row) for row in rows]


def put_rate(role: str, from_on: date, amount: int, commodity_id: int) -> None:
    """Keep what an hour of a role costs from a day on."""
    connection.execute(
        "INSERT INTO hourly_rate (role, from_on, amount, commodity_id) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (role, from_on) DO UPDATE SET amount = excluded.amount, "
        "commodity_id = excluded.commodity_id",
        (role, number_of(from_on), amount, commodity_id),
    )


def select_rule() -> tuple[int, str]:
    """Return by how many minutes time is rounded, and how."""
    rows = connection.fetch("SELECT step, way FROM time_rule ORDER BY id LIMIT 1")
    return (rows[0][0], rows[0][1]) if rows else (1, "up")


def put_rule(step: int, way: str) -> None:
    """Set by how many minutes time is rounded, and how."""
    connection.execute("DELETE FROM time_rule")
    connection.execute("INSERT INTO time_rule (step, way) VALUES (?, ?)", (step, way))
