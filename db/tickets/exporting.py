"""Everything a table of tickets shows, for a page of ids at a time."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from db import connection
from db.tickets.records import CHUNK


class ExportRow(NamedTuple):
    """A ticket with names instead of ids; `body` is the first message of the requester."""

    id: int
    external_key: str | None
    kind: str
    state: str
    subject: str
    body: str
    priority: int
    priority_reason: str
    impact: int
    urgency: int
    requester: str
    requester_name: str
    requester_phone: str
    organisation: str
    queue: str
    assignee: str
    category: str
    created: datetime
    updated: datetime
    responded: datetime | None
    resolved: datetime | None
    closed: datetime | None
    due: datetime | None
    wake: datetime | None
    resolution: str
    rating: int | None
    minutes_spent: int
    channel: str
    merged_into: int | None
    sla_state: str
    sla_due: datetime | None


class ExportMessage(NamedTuple):
    """One message of a thread; `author` is a login or a mail address."""

    ticket_id: int
    at: datetime
    kind: str
    author: str
    text: str
    minutes: int


INSTANTS = tuple(
    ExportRow._fields.index(name)
    for name in ("created", "updated", "responded", "resolved", "closed", "due", "wake", "sla_due")
)
ROWS = (
    "SELECT t.id, t.external_key, t.kind, t.state, t.subject, coalesce((SELECT m.body "
    "FROM message m WHERE m.ticket_id = t.id AND m.kind = 'request' AND NOT m.withdrawn "
    "ORDER BY m.at, m.id LIMIT 1), ''), t.priority, t.priority_reason, t.impact, t.urgency, "
    "coalesce(c.email, ''), coalesce(c.name, ''), coalesce(c.phone, ''), coalesce(o.name, ''), "
    "coalesce(q.name, ''), coalesce(u.login, ''), coalesce(g.path, ''), t.created_at, "
    "t.updated_at, t.responded_at, t.resolved_at, t.closed_at, t.due_at, t.wake_at, "
    "t.resolution, t.rating, t.minutes_spent, t.channel, t.merged_into_id, t.sla_state, "
    "t.sla_due_at FROM ticket t "
    "LEFT JOIN contact c ON c.id = t.requester_id "
    "LEFT JOIN organisation o ON o.id = t.organisation_id "
    "LEFT JOIN queue q ON q.id = t.queue_id "
    "LEFT JOIN user_account u ON u.id = t.assignee_id "
    "LEFT JOIN category g ON g.id = t.category_id WHERE t.id IN ({})"
)
MESSAGES = (
    "SELECT m.ticket_id, m.at, m.kind, coalesce(u.login, c.email, ''), m.body, m.minutes "
    "FROM message m LEFT JOIN user_account u ON u.id = m.user_id "
    "LEFT JOIN contact c ON c.id = m.contact_id "
    "WHERE m.ticket_id IN ({}) AND NOT m.withdrawn ORDER BY m.ticket_id, m.at, m.id"
)


def select_rows(ids: Sequence[int]) -> list[ExportRow]:
    """Return the tickets of some ids, in that order, without those that are gone."""
    found: dict[int, ExportRow] = {}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        for row in connection.fetch(ROWS.format(", ".join("?" * len(part))), part):
            values = list(row)
            for place in INSTANTS:
                if values[place] is not None:
                    values[place] = datetime.fromtimestamp(values[place], UTC)
            found[row[0]] = ExportRow._make(values)
    return [found[ticket_id] for ticket_id in ids if ticket_id in found]


def select_messages(ids: Sequence[int]) -> dict[int, list[ExportMessage]]:
    """Return the threads of tickets, oldest message first."""
    found: dict[int, list[ExportMessage]] = {ticket_id: [] for ticket_id in ids}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        for row in connection.fetch(MESSAGES.format(", ".join("?" * len(part))), part):
            message = ExportMessage(row[0], datetime.fromtimestamp(row[1], UTC), *row[2:])
            found[message.ticket_id].append(message)
    return found
