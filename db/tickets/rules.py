"""Macros, templates, recurring tickets, assignment rules and triggers as they are stored."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from db import connection


class MacroRow(NamedTuple):
    """A canned reply with changes (a JSON object)."""

    id: int
    name: str
    reply: str
    internal: bool
    changes: str
    version: int


class TemplateRow(NamedTuple):
    """Values a new ticket starts with (a JSON object)."""

    id: int
    name: str
    fields: str
    version: int


class RecurrenceRow(NamedTuple):
    """A ticket that comes back."""

    id: int
    name: str
    template_id: int
    every: str
    next_on: date
    version: int


class AssignmentRow(NamedTuple):
    """Who gets the tickets of a queue."""

    id: int
    queue_id: int
    method: str
    last_user_id: int | None


class TriggerRow(NamedTuple):
    """What happens by itself."""

    id: int
    name: str
    position: int
    event: str
    condition: str
    changes: str
    notify: str
    version: int


def select_macros() -> list[MacroRow]:
    """Return active macros by name."""
    rows = connection.fetch(
        "SELECT id, name, reply, internal, changes, version FROM macro WHERE active ORDER BY name"
    )
    return [MacroRow(*row) for row in rows]


def put_macro(name: str, reply: str, internal: bool, changes: str) -> int:
    """Add a macro or replace the one of that name; returns its id."""
    return _put("macro", name, {"reply": reply, "internal": internal, "changes": changes})


def select_templates() -> list[TemplateRow]:
    """Return active templates by name."""
    rows = connection.fetch(
        "SELECT id, name, fields, version FROM template WHERE active ORDER BY name"
    )
    return [TemplateRow(*row) for row in rows]


def put_template(name: str, fields: str) -> int:
    """Add a template or replace the one of that name; returns its id."""
    return _put("template", name, {"fields": fields})


def select_recurrences() -> list[RecurrenceRow]:
    """Return active recurrences by date."""
    rows = connection.fetch(
        "SELECT id, name, template_id, every, next_on, version FROM recurrence "
        "WHERE active ORDER BY next_on, id"
    )
    return [RecurrenceRow._make((*row[:4], _day(row[4]), row[5])) for row in rows]


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def put_recurrence(name: str, template_id: int, every: str, next_on: date) -> int:
    """Add a recurrence or replace the one of that name; returns its id."""
    return _put(
        "recurrence", name, {"template_id": template_id, "every": every, "next_on": str(next_on)}
    )


def move_recurrence(recurrence: RecurrenceRow, next_on: date) -> bool:
    """Set the next date of a recurrence that is still as it was read."""
    cursor = connection.execute(
        "UPDATE recurrence SET next_on = ?, version = version + 1 WHERE id = ? AND version = ?",
        (str(next_on), recurrence.id, recurrence.version),
    )
    return bool(cursor.rowcount)


def select_assignment(queue_id: int) -> AssignmentRow | None:
    """Return the active rule of a queue."""
    lock = " FOR UPDATE" if connection.engine() == "postgresql" else ""
    rows = connection.fetch(
        "SELECT id, queue_id, method, last_user_id FROM assignment_rule "
        f"WHERE queue_id = ? AND active{lock}",
        (queue_id,),
    )
    return AssignmentRow(*rows[0]) if rows else None


def set_last_user(rule_id: int, user_id: int) -> None:
    """Note who got the last ticket."""
    connection.execute(
        "UPDATE assignment_rule SET last_user_id = ? WHERE id = ?", (user_id, rule_id)
    )


def put_assignment(queue_id: int, method: str) -> int:
    """Set the rule of a queue; returns its id."""
    rows = connection.fetch(
        "INSERT INTO assignment_rule (queue_id, method, active, version) VALUES (?, ?, ?, 1) "
        "ON CONFLICT (queue_id) DO UPDATE SET method = excluded.method, active = excluded.active, "
        "version = assignment_rule.version + 1 RETURNING id",
        (queue_id, method, True),
    )
    return int(rows[0][0])


def remove_assignment(queue_id: int) -> None:
    """Take the rule of a queue out of use."""
    connection.execute(
        "UPDATE assignment_rule SET active = ?, version = version + 1 WHERE queue_id = ?",
        (False, queue_id),
    )


def select_load(users: Sequence[int]) -> dict[int, int]:
    """Return how many active tickets each of some accounts has."""
    marks = ", ".join("?" * len(users))
    rows = connection.fetch(
        f"SELECT assignee_id, count(*) FROM ticket WHERE active AND assignee_id IN ({marks}) "
        "GROUP BY assignee_id",
        users,
    )
    return {**dict.fromkeys(users, 0), **{row[0]: row[1] for row in rows}}


def select_triggers(event: str) -> list[TriggerRow]:
    """Return the active triggers of an event, in order."""
    rows = connection.fetch(
        "SELECT id, name, position, event, condition, changes, notify, version "
        "FROM ticket_trigger WHERE active AND event = ? ORDER BY position, id",
        (event,),
    )
    return [TriggerRow(*row) for row in rows]


def put_trigger(row: TriggerRow) -> int:
    """Add a trigger or replace the one of that name; returns its id."""
    return _put("ticket_trigger", row.name, {
        "position": row.position, "event": row.event, "condition": row.condition,
        "changes": row.changes, "notify": row.notify,
    })  # fmt: skip


def deactivate(table: str, name: str) -> int | None:
    """Take what has a name in a table out of use; returns its id, None when it is not there."""
    rows = connection.fetch(
        f"UPDATE {table} SET active = ?, version = version + 1 WHERE name = ? AND active = ? "
        "RETURNING id",
        (False, name, True),
    )
    return rows[0][0] if rows else None


def recurs(template_id: int) -> bool:
    """Return whether tickets are made of a template again and again."""
    return bool(
        connection.fetch(
            "SELECT 1 FROM recurrence WHERE template_id = ? AND active", (template_id,)
        )
    )


def _put(table: str, name: str, values: dict[str, object]) -> int:
    """Insert by name, or replace and use again what has that name."""
    columns = ", ".join(values)
    marks = ", ".join("?" * len(values))
    renewed = ", ".join(f"{column} = excluded.{column}" for column in values)
    rows = connection.fetch(
        f"INSERT INTO {table} (name, {columns}, active, version) VALUES (?, {marks}, ?, 1) "
        f"ON CONFLICT (name) DO UPDATE SET {renewed}, active = excluded.active, "
        f"version = {table}.version + 1 RETURNING id",
        (name, *values.values(), True),
    )
    return int(rows[0][0])
