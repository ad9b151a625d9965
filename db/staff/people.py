"""Employees and departments: one function for each statement."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from db import connection
from db.fields import day_of
from db.loading import CHUNK
from db.staff.rows import DepartmentRow, EmployeeRow

EMPLOYEE = (
    "SELECT e.id, e.version, e.name, e.sort_name, e.email, e.phone, e.language, e.user_id, "
    "coalesce(u.login, ''), e.contact_id, e.external_key, e.created_at FROM employee e "
    "LEFT JOIN user_account u ON u.id = e.user_id"
)
DEPARTMENT = (
    "SELECT d.id, d.version, d.name, d.parent_id, coalesce(p.name, ''), d.head_id, "
    "coalesce(e.name, ''), d.cost_centre, d.closed_on FROM department d "
    "LEFT JOIN department p ON p.id = d.parent_id LEFT JOIN employee e ON e.id = d.head_id"
)


def find(employee_id: int) -> EmployeeRow | None:
    """Return a person."""
    rows = connection.fetch(f"{EMPLOYEE} WHERE e.id = ?", (employee_id,))
    return _employee(rows[0]) if rows else None


def find_of_user(user_id: int) -> EmployeeRow | None:
    """Return the person of an account."""
    rows = connection.fetch(f"{EMPLOYEE} WHERE e.user_id = ?", (user_id,))
    return _employee(rows[0]) if rows else None


def select_of_users(user_ids: Sequence[int]) -> list[EmployeeRow]:
    """Return the people of some accounts, by their ids."""
    found: list[EmployeeRow] = []
    for start in range(0, len(user_ids), CHUNK):
        part = user_ids[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        rows = connection.fetch(f"{EMPLOYEE} WHERE e.user_id IN ({marks})", tuple(part))
        found += [_employee(row) for row in rows]
    return sorted(found, key=lambda each: each.id)


def select_all(employee_ids: Sequence[int] | None = None) -> list[EmployeeRow]:
    """Return all people, or some, by name."""
    if employee_ids is None:
        rows = connection.fetch(f"{EMPLOYEE} ORDER BY e.sort_name, e.id")
        return [_employee(row) for row in rows]
    found: list[EmployeeRow] = []
    for start in range(0, len(employee_ids), CHUNK):
        part = employee_ids[start : start + CHUNK]
        rows = connection.fetch(
            f"{EMPLOYEE} WHERE e.id IN ({', '.join('?' * len(part))})", tuple(part)
        )
        found += [_employee(row) for row in rows]
    return sorted(found, key=lambda each: (each.sort_name, each.id))


def ids_named(name: str, limit: int = 3) -> list[int]:
    """Return who has a name or a mail address, whatever its case."""
    rows = connection.fetch(
        "SELECT id FROM employee WHERE lower(name) = lower(?) OR (email <> '' AND "
        "lower(email) = lower(?)) ORDER BY id LIMIT ?",
        (name, name, limit),
    )
    return [row[0] for row in rows]


def names_from(start: str, limit: int) -> list[tuple[int, str]]:
    """Return id and name of people one of whose names starts so."""
    pattern = start.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = connection.fetch(
        "SELECT id, name FROM employee WHERE lower(name) LIKE ? ESCAPE '\\' "
        "OR sort_name LIKE ? ESCAPE '\\' ORDER BY sort_name, id LIMIT ?",
        (pattern, pattern, limit),
    )
    return [(row[0], row[1]) for row in rows]


def keys_there(keys: Sequence[str]) -> dict[str, int]:
    """Return those keys of an import that are there, with whose they are."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), CHUNK):
        part = tuple(keys[start : start + CHUNK])
        rows = connection.fetch(
            "SELECT external_key, id FROM employee WHERE external_key IN "
            f"({', '.join('?' * len(part))})",
            part,
        )
        found.update({row[0]: row[1] for row in rows})
    return found


EMPTY = {"email": "", "phone": "", "language": ""}


def insert(values: Mapping[str, object]) -> int:
    """Add a person; returns the id."""
    values = {**EMPTY, **values}
    rows = connection.fetch(
        f"INSERT INTO employee ({', '.join(values)}, version) "
        f"VALUES ({', '.join('?' * len(values))}, 1) RETURNING id",
        tuple(values.values()),
    )
    return int(rows[0][0])


def update(employee_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write columns and count the change; False when it changed in the meantime."""
    return _update("employee", employee_id, version, values)


def touch(employee_id: int, version: int) -> bool:
    """Count a change of a person; False when it changed in the meantime."""
    return _update("employee", employee_id, version, {})


def _update(table: str, row_id: int, version: int, values: Mapping[str, object]) -> bool:
    named = "".join(f"{column} = ?, " for column in values)
    cursor = connection.execute(
        f"UPDATE {table} SET {named}version = version + 1 WHERE id = ? AND version = ?",
        (*values.values(), row_id, version),
    )
    return bool(cursor.rowcount)


def managers_at(day: int) -> list[tuple[int, int]]:
    """Return each person with the manager of a day, given as a number."""
    rows = connection.fetch(
        "SELECT f.employee_id, f.manager_id FROM employee_position f WHERE f.replaced_at IS NULL "
        "AND f.manager_id IS NOT NULL AND f.starts_on = (SELECT max(x.starts_on) "
        "FROM employee_position x WHERE x.employee_id = f.employee_id "
        "AND x.replaced_at IS NULL AND x.starts_on <= ?)",
        (day,),
    )
    return [(row[0], row[1]) for row in rows]


def has_reports(employee_id: int) -> bool:
    """Return whether anybody ever reports to a person."""
    rows = connection.fetch(
        "SELECT 1 FROM employee_position WHERE manager_id = ? AND replaced_at IS NULL LIMIT 1",
        (employee_id,),
    )
    return bool(rows)


USES = (
    ("employee_position", "manager_id"), ("department", "head_id"), ("pay_slip", "employee_id"),
    ("pay_item", "employee_id"), ("leave_request", "employee_id"), ("overtime", "employee_id"),
    ("leave_correction", "employee_id"), ("attendance", "employee_id"),
    ("leave_stand_in", "stand_in_id"), ("leave_stand_in", "manager_id"),
    ("candidate", "employee_id"), ("appraisal", "employee_id"),
    ("(SELECT employee_id FROM check_list WHERE ended_at IS NULL) l", "employee_id"),
    ("appraisal", "manager_id"), ("training_place", "employee_id"),
    ("employee_file", "employee_id"),
)  # fmt: skip
"""Where else a person is named: table and column."""


def is_used(employee_id: int) -> bool:
    """Return whether anything beside the person's own facts names a person."""
    some = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE {column} = ?"
                              for table, column in USES)  # fmt: skip
    rows = connection.fetch(f"SELECT 1 FROM ({some}) x LIMIT 1", (employee_id,) * len(USES))
    return bool(rows)


def select_managers() -> list[tuple[int, int, int | None]]:
    """Return person, first day as a number, and manager of every position, by person and day."""
    rows = connection.fetch(
        "SELECT employee_id, starts_on, manager_id FROM employee_position "
        "WHERE replaced_at IS NULL ORDER BY employee_id, starts_on"
    )
    return [(row[0], row[1], row[2]) for row in rows]


# Departments


def select_departments() -> list[DepartmentRow]:
    """Return all departments by name."""
    return [_department(row) for row in connection.fetch(f"{DEPARTMENT} ORDER BY d.name, d.id")]


def find_department(name: str) -> DepartmentRow | None:
    """Return the department of a name, whatever its case."""
    rows = connection.fetch(f"{DEPARTMENT} WHERE lower(d.name) = lower(?) ORDER BY d.id", (name,))
    return _department(rows[0]) if rows else None


def insert_department(values: Mapping[str, object]) -> int:
    """Add a department; returns its id."""
    values = {"cost_centre": "", **values}
    rows = connection.fetch(
        f"INSERT INTO department ({', '.join(values)}, version) "
        f"VALUES ({', '.join('?' * len(values))}, 1) RETURNING id",
        tuple(values.values()),
    )
    return int(rows[0][0])


def update_department(department_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write a department; False when it changed in the meantime."""
    return _update("department", department_id, version, values)


def _employee(row: tuple[Any, ...]) -> EmployeeRow:
    return EmployeeRow(*row)._replace(created_at=datetime.fromtimestamp(row[11], UTC))


def _department(row: tuple[Any, ...]) -> DepartmentRow:
    return DepartmentRow(*row)._replace(closed_on=None if row[8] is None else day_of(row[8]))
