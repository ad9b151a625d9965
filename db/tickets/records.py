"""Whole tickets, as operations read and write them.

A record holds exactly the columns of the table, instants as aware datetimes. Every update is
guarded by id and version.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, get_type_hints

from db import connection

CHUNK = 500


class TicketRecord(NamedTuple):
    """One row of `ticket`; the meaning of each column stands in `db.tickets.tables`."""

    id: int
    version: int
    kind: str
    state: str
    active: bool
    subject: str
    impact: int
    urgency: int
    priority: int
    priority_reason: str
    requester_id: int | None
    organisation_id: int | None
    queue_id: int | None
    assignee_id: int | None
    category_id: int | None
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    due_at: datetime | None = None
    wake_at: datetime | None = None
    responded_at: datetime | None = None
    waiting_since: datetime | None = None
    resolution: str = ""
    rating: int | None = None
    minutes_spent: int = 0
    channel: str = "console"
    external_key: str | None = None
    merged_into_id: int | None = None
    policy_id: int | None = None
    sla_due_at: datetime | None = None
    sla_warn_at: datetime | None = None
    sla_state: str = "none"
    first_response_due_at: datetime | None = None
    first_response_state: str = "none"
    first_response_left: int | None = None
    next_reply_due_at: datetime | None = None
    next_reply_state: str = "none"
    next_reply_left: int | None = None
    resolution_due_at: datetime | None = None
    resolution_state: str = "none"
    resolution_left: int | None = None


def with_columns(record: TicketRecord, columns: Mapping[str, Any]) -> TicketRecord:
    """Return a record with other values; `Any` because each column has a type of its own."""
    return record._replace(**columns)


COLUMNS = TicketRecord._fields
INSTANTS = frozenset(
    name for name, hint in get_type_hints(TicketRecord).items() if "datetime" in str(hint)
)
INSTANT_PLACES = tuple(place for place, name in enumerate(COLUMNS) if name in INSTANTS)
ACTIVE_PLACE = COLUMNS.index("active")
SELECT = f"SELECT {', '.join(COLUMNS)} FROM ticket"


def stored_value(value: object) -> Any:  # Any: what drivers take
    """Return a value as the drivers take it: instants as seconds."""
    return int(value.timestamp()) if isinstance(value, datetime) else value


def _record(row: Sequence[Any]) -> TicketRecord:
    values = list(row)
    for place in INSTANT_PLACES:
        if values[place] is not None:
            values[place] = datetime.fromtimestamp(values[place], UTC)
    values[ACTIVE_PLACE] = bool(values[ACTIVE_PLACE])
    return TicketRecord._make(values)


def select_records(ids: Iterable[int], *, take: bool = False) -> dict[int, TicketRecord]:
    """Return the tickets that exist among `ids`, by id, in the order given.

    Args:
        ids: The tickets.
        take: Keep other writers off them until the transaction ends; always in the order of
            ids, so that no two writers wait for each other. On SQLite the transaction does so.
    """
    wanted = list(dict.fromkeys(ids))
    inner = sorted(wanted) if take else wanted
    lock = " ORDER BY id FOR NO KEY UPDATE" if take and connection.engine() != "sqlite" else ""
    found: dict[int, TicketRecord] = {}
    for start in range(0, len(inner), CHUNK):
        part = inner[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        for row in connection.fetch(f"{SELECT} WHERE id IN ({marks}){lock}", part):
            found[row[0]] = _record(row)
    return {ticket_id: found[ticket_id] for ticket_id in wanted if ticket_id in found}


def insert(record: TicketRecord) -> int:
    """Add a ticket; its id is given by the database and returned."""
    names = COLUMNS[1:]
    marks = ", ".join("?" * len(names))
    rows = connection.fetch(
        f"INSERT INTO ticket ({', '.join(names)}) VALUES ({marks}) RETURNING id",
        [stored_value(value) for value in record[1:]],
    )
    return int(rows[0][0])


def update(ticket_id: int, version: int, columns: Mapping[str, object]) -> bool:
    """Change columns of one ticket; answers whether it still had that version.

    The version is raised by one.
    """
    assignments = "".join(f", {name} = ?" for name in columns)
    cursor = connection.execute(
        f"UPDATE ticket SET version = version + 1{assignments} WHERE id = ? AND version = ?",
        [*(stored_value(value) for value in columns.values()), ticket_id, version],
    )
    return bool(cursor.rowcount)


def update_service_levels(ticket_id: int, columns: Mapping[str, object]) -> None:
    """Change derived columns of one ticket without a new version."""
    assignments = ", ".join(f"{name} = ?" for name in columns)
    connection.execute(
        f"UPDATE ticket SET {assignments} WHERE id = ?",
        [*(stored_value(value) for value in columns.values()), ticket_id],
    )


def select_active_ids(after: int, limit: int) -> list[int]:
    """Return ids of active tickets in order, a chunk at a time."""
    rows = connection.fetch(
        "SELECT id FROM ticket WHERE active AND id > ? ORDER BY id LIMIT ?", (after, limit)
    )
    return [row[0] for row in rows]


def select_awake(now: datetime, limit: int) -> list[tuple[int, int]]:
    """Return id and version of the tickets whose wake-up time has come; only pending ones have."""
    rows = connection.fetch(
        "SELECT id, version FROM ticket WHERE wake_at <= ? ORDER BY wake_at, id LIMIT ?",
        (stored_value(now), limit),
    )
    return [(row[0], row[1]) for row in rows]


def select_states(ids: Sequence[int]) -> dict[int, list[tuple[str, datetime]]]:
    """Return the state log of tickets: states and since when, oldest first."""
    logs: dict[int, list[tuple[str, datetime]]] = {ticket_id: [] for ticket_id in ids}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        for ticket_id, state, since in connection.fetch(
            f"SELECT ticket_id, state, since FROM state_span WHERE ticket_id IN ({marks}) "
            "ORDER BY ticket_id, since, id",
            part,
        ):
            logs[ticket_id].append((state, datetime.fromtimestamp(since, UTC)))
    return logs


def add_state(ticket_id: int, state: str, since: datetime) -> None:
    """Note that a ticket is in a state from now on."""
    connection.execute(
        "INSERT INTO state_span (ticket_id, state, since) VALUES (?, ?, ?)",
        (ticket_id, state, stored_value(since)),
    )


def remove_last_state(ticket_id: int, state: str) -> None:
    """Forget the newest entry of a ticket's state log if it is that state."""
    connection.execute(
        "DELETE FROM state_span WHERE state = ? AND id = "
        "(SELECT id FROM state_span WHERE ticket_id = ? ORDER BY since DESC, id DESC LIMIT 1)",
        (state, ticket_id),
    )
