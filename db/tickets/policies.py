"""Calendars and service level policies as they are stored: JSON texts in order."""

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from db import connection


class PolicyRow(NamedTuple):
    """A policy with the definition of its calendar."""

    id: int
    name: str
    condition: str
    definition: str
    calendar: str


def select_policies() -> list[PolicyRow]:
    """Return all policies, the one that precedes first."""
    rows = connection.fetch(
        "SELECT p.id, p.name, p.condition, p.definition, c.definition FROM sla_policy p "
        "JOIN sla_calendar c ON c.id = p.calendar_id ORDER BY p.position, p.id"
    )
    return [PolicyRow(*row) for row in rows]


def replace_all(
    calendars: Sequence[tuple[str, str]], policies: Sequence[tuple[str, str, str, str]]
) -> None:
    """Put new calendars (name, definition) and policies in place of the old ones.

    A policy keeps its id as long as it keeps its name, and an id that closed tickets hold is
    never given to another.

    Args:
        calendars: Name and definition of each.
        policies: Name, condition, calendar name and definition of each, in order.
    """
    ids = _ids([name for name, *_rest in policies])
    connection.execute("DELETE FROM sla_policy")
    connection.execute("DELETE FROM sla_calendar")
    connection.executemany("INSERT INTO sla_calendar (name, definition) VALUES (?, ?)", calendars)
    connection.executemany(
        "INSERT INTO sla_policy (id, position, name, condition, calendar_id, definition) "
        "SELECT CAST(? AS integer), CAST(? AS integer), ?, ?, id, ? FROM sla_calendar "
        "WHERE name = ?",
        [
            (ids[name], position, name, condition, definition, calendar)
            for position, (name, condition, calendar, definition) in enumerate(policies)
        ],
    )


def _ids(names: Sequence[str]) -> dict[str, int]:
    """Return the id of each policy to store: its own, or one that nothing refers to."""
    kept: dict[str, int] = dict(connection.fetch("SELECT name, id FROM sla_policy"))
    held = connection.fetch("SELECT coalesce(max(policy_id), 0) FROM ticket")[0][0]
    free = count(max(held, *kept.values(), 0) + 1)
    return {name: kept.get(name) or next(free) for name in names}
