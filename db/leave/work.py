"""Stays at work and overtime: one function for each statement."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from db import connection
from db.fields import day_of, number_of
from db.leave.requests import parts
from db.leave.rows import OvertimeRow, StayRow

STAY = (
    "SELECT a.id, a.version, a.employee_id, e.name, a.day, a.zone, a.in_at, a.out_at, a.breaks, "
    "a.entered, a.note FROM attendance a JOIN employee e ON e.id = a.employee_id"
)
OVERTIME = (
    "SELECT o.id, o.version, o.employee_id, e.name, o.day, o.minutes, o.state, o.note, o.reason, "
    "o.asked_at, o.asked_by, o.decided_at, o.decided_by FROM overtime o "
    "JOIN employee e ON e.id = o.employee_id"
)


def insert(table: str, values: Mapping[str, object]) -> int:
    """Add a stay (`attendance`) or `overtime`; returns its id."""
    rows = connection.fetch(
        f"INSERT INTO {table} ({', '.join(values)}, version) "
        f"VALUES ({', '.join('?' * len(values))}, 1) RETURNING id",
        tuple(values.values()),
    )
    return int(rows[0][0])


def update(table: str, row_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write a stay (`attendance`) or `overtime`; False when it changed in the meantime."""
    named = "".join(f"{column} = ?, " for column in values)
    cursor = connection.execute(
        f"UPDATE {table} SET {named}version = version + 1 WHERE id = ? AND version = ?",
        (*values.values(), row_id, version),
    )
    return bool(cursor.rowcount)


def find_open(employee_id: int) -> StayRow | None:
    """Return the stay that has not ended."""
    rows = connection.fetch(
        f"{STAY} WHERE a.employee_id = ? AND a.out_at IS NULL AND NOT a.void", (employee_id,)
    )
    return _stay(rows[0]) if rows else None


def find_stay(stay_id: int) -> StayRow | None:
    """Return a stay that counts."""
    rows = connection.fetch(f"{STAY} WHERE a.id = ? AND NOT a.void", (stay_id,))
    return _stay(rows[0]) if rows else None


def select_stays(employee_ids: Sequence[int] | None, first: date, last: date) -> list[StayRow]:
    """Return the stays of days, by person and time."""
    found: list[StayRow] = []
    for where, params in parts("a.employee_id", employee_ids):
        rows = connection.fetch(
            f"{STAY} WHERE a.day BETWEEN ? AND ? AND NOT a.void{where}",
            (number_of(first), number_of(last), *params),
        )
        found += [_stay(row) for row in rows]
    return sorted(found, key=lambda each: (each.employee_id, each.in_at, each.id))


def select_first_days(employee_ids: Sequence[int] | None) -> dict[int, date]:
    """Return the first day on which a stay of each person is recorded."""
    found: dict[int, date] = {}
    for where, params in parts("employee_id", employee_ids):
        rows = connection.fetch(
            f"SELECT employee_id, min(day) FROM attendance WHERE NOT void{where} "
            "GROUP BY employee_id",
            params,
        )
        found.update({row[0]: day_of(row[1]) for row in rows})
    return found


def find_overtime(overtime_id: int) -> OvertimeRow | None:
    """Return hours beside the schedule."""
    rows = connection.fetch(f"{OVERTIME} WHERE o.id = ?", (overtime_id,))
    return _overtime(rows[0]) if rows else None


def select_overtime(
    employee_ids: Sequence[int] | None, first: date, last: date, states: Sequence[str]
) -> list[OvertimeRow]:
    """Return overtime of days in some states, by day and person."""
    found: list[OvertimeRow] = []
    marks = ", ".join("?" * len(states))
    for where, params in parts("o.employee_id", employee_ids):
        rows = connection.fetch(
            f"{OVERTIME} WHERE o.day BETWEEN ? AND ? AND o.state IN ({marks}){where}",
            (number_of(first), number_of(last), *states, *params),
        )
        found += [_overtime(row) for row in rows]
    return sorted(found, key=lambda each: (each.day, each.employee_id, each.id))


def _stay(row: tuple[Any, ...]) -> StayRow:
    return StayRow(*row)._replace(
        day=day_of(row[4]), in_at=datetime.fromtimestamp(row[6], UTC),
        out_at=None if row[7] is None else datetime.fromtimestamp(row[7], UTC),
        entered=bool(row[9]),
    )  # fmt: skip


def _overtime(row: tuple[Any, ...]) -> OvertimeRow:
    return OvertimeRow(*row)._replace(
        day=day_of(row[4]), asked_at=datetime.fromtimestamp(row[9], UTC),
        decided_at=None if row[11] is None else datetime.fromtimestamp(row[11], UTC),
    )  # fmt: skip
