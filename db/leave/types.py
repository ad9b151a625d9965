"""Kinds of leave, their rules, own days off, hours: one function for each statement."""

from collections.abc import Mapping
from datetime import date

from db import connection
from db.fields import day_of, number_of
from db.leave.rows import DayOffRow, HoursRow, RuleRow, TypeRow

TYPE = "SELECT id, version, code, title, letter, closed FROM leave_type"
DAY = "SELECT id, day, country, region, name, kind FROM leave_day_off"


def select_types() -> list[TypeRow]:
    """Return all types, those in use first, by title."""
    rows = connection.fetch(f"{TYPE} ORDER BY closed, lower(title), id")
    return [TypeRow(*row)._replace(closed=bool(row[5])) for row in rows]


def select_rules() -> list[RuleRow]:
    """Return all rules by type and day."""
    rows = connection.fetch(
        "SELECT leave_type_id, since, rule FROM leave_rule ORDER BY leave_type_id, since"
    )
    return [RuleRow(row[0], day_of(row[1]), row[2]) for row in rows]


def insert_type(code: str, title: str, letter: str) -> int:
    """Add a type; returns its id."""
    rows = connection.fetch(
        "INSERT INTO leave_type (code, title, letter, closed, version) VALUES (?, ?, ?, ?, 1) "
        "RETURNING id",
        (code, title, letter, False),
    )
    return int(rows[0][0])


def update_type(type_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write a type; False when it changed in the meantime."""
    named = "".join(f"{column} = ?, " for column in values)
    cursor = connection.execute(
        f"UPDATE leave_type SET {named}version = version + 1 WHERE id = ? AND version = ?",
        (*values.values(), type_id, version),
    )
    return bool(cursor.rowcount)


def put_rule(type_id: int, since: date, rule: str) -> None:
    """Let a rule hold from a day on, in the place of one of the same day."""
    connection.execute(
        "INSERT INTO leave_rule (leave_type_id, since, rule) VALUES (?, ?, ?) "
        "ON CONFLICT (leave_type_id, since) DO UPDATE SET rule = excluded.rule",
        (type_id, number_of(since), rule),
    )


def select_days_off(first: date, last: date) -> list[DayOffRow]:
    """Return the company's own days between two days, in order."""
    rows = connection.fetch(
        f"{DAY} WHERE day BETWEEN ? AND ? ORDER BY day, country, region, id",
        (number_of(first), number_of(last)),
    )
    return [DayOffRow(row[0], day_of(row[1]), *row[2:]) for row in rows]


def put_day_off(day: date, country: str, region: str, name: str, kind: str) -> int:
    """Write a day of the company, in the place of one there; returns its id."""
    rows = connection.fetch(
        "INSERT INTO leave_day_off (day, country, region, name, kind) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (day, country, region) DO UPDATE SET name = excluded.name, "
        "kind = excluded.kind RETURNING id",
        (number_of(day), country, region, name, kind),
    )
    return int(rows[0][0])


def delete_day_off(day_id: int) -> bool:
    """Take out a day of the company; False where it is gone."""
    return bool(connection.execute("DELETE FROM leave_day_off WHERE id = ?", (day_id,)).rowcount)


def select_hours() -> list[HoursRow]:
    """Return the clocks of weeks by name."""
    rows = connection.fetch("SELECT id, version, name, hours, grace FROM work_hours ORDER BY name")
    return [HoursRow(*row) for row in rows]


def put_hours(name: str, hours: str, grace: int) -> int:
    """Write the clock of a week, in the place of one of that name; returns its id."""
    rows = connection.fetch(
        "INSERT INTO work_hours (name, hours, grace, version) VALUES (?, ?, ?, 1) "
        "ON CONFLICT (name) DO UPDATE SET hours = excluded.hours, grace = excluded.grace, "
        "version = work_hours.version + 1 RETURNING id",
        (name, hours, grace),
    )
    return int(rows[0][0])
