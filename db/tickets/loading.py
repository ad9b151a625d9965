"""Many tickets at once: lookups and statements for a whole chunk, on either engine."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from db import connection, search
from db.loading import CHUNK, insert_rows


class TicketLoad(NamedTuple):
    """A ticket to add; instants in seconds since the epoch. Service levels start as `none`."""

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
    created_at: int
    updated_at: int
    resolved_at: int | None
    closed_at: int | None
    due_at: int | None
    wake_at: int | None
    responded_at: int | None
    waiting_since: int | None
    resolution: str
    rating: int | None
    minutes_spent: int
    channel: str
    external_key: str


class SpanLoad(NamedTuple):
    """Since when a ticket is in a state."""

    ticket_id: int
    state: str
    since: int


class MessageLoad(NamedTuple):
    """The first message of a ticket, from its requester."""

    ticket_id: int
    at: int
    contact_id: int | None
    body: str


class ContactLoad(NamedTuple):
    """A person to add."""

    id: int
    name: str
    email: str
    phone: str
    organisation_id: int | None
    created_at: int


class CustomLoad(NamedTuple):
    """The value of a custom field; `number` as the engine keeps it."""

    ticket_id: int
    field_id: int
    text: str
    number: object


class ContactFound(NamedTuple):
    """A person who is there."""

    id: int
    organisation_id: int | None


TICKET = (
    f"INSERT INTO ticket ({', '.join(TicketLoad._fields)}, sla_state, first_response_state, "
    "next_reply_state, resolution_state) VALUES"
)
TICKET_MARKS = f"({', '.join('?' * len(TicketLoad._fields))}, 'none', 'none', 'none', 'none')"
SEARCH = {
    "sqlite": "INSERT INTO ticket_search (rowid, subject, body) VALUES (?, ?, ?)",
    "postgresql": (
        "INSERT INTO ticket_search (ticket_id, document) VALUES (?, "
        "setweight(to_tsvector('simple', ?), 'A') || setweight(to_tsvector('simple', ?), 'B'))"
    ),
}


def has_no_ticket() -> bool:
    """Return whether there is no ticket yet."""
    return not connection.fetch("SELECT 1 FROM ticket LIMIT 1")


def _parts(values: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield placeholders and values, a statement's worth at a time."""
    wanted = list(values)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        yield ", ".join("?" * len(part)), part


def select_keys(keys: Iterable[str]) -> set[str]:
    """Return those external keys that tickets have already."""
    found: set[str] = set()
    for marks, part in _parts(keys):
        rows = connection.fetch(
            f"SELECT external_key FROM ticket WHERE external_key IN ({marks})", part
        )
        found.update(row[0] for row in rows)
    return found


def select_contacts(emails: Iterable[str]) -> dict[str, ContactFound]:
    """Return the people who have one of the mail addresses, by address."""
    found: dict[str, ContactFound] = {}
    for marks, part in _parts(emails):
        for email, *rest in connection.fetch(
            "SELECT x.value, c.id, c.organisation_id FROM contact_channel x JOIN contact c "
            f"ON c.id = x.contact_id WHERE x.value IN ({marks}) AND x.kind = 'mail' UNION ALL "
            f"SELECT email, id, organisation_id FROM contact WHERE email IN ({marks})",
            [*part, *part],
        ):
            found[email] = ContactFound(*rest)
    return found


def select_organisations() -> list[tuple[int, str, str]]:
    """Return id, name and mail domain of all organisations."""
    rows = connection.fetch(
        "SELECT coalesce(merged_into_id, id), name, domain FROM organisation ORDER BY id"
    )
    return [(row[0], row[1], row[2]) for row in rows]


def select_queues() -> list[tuple[int, str]]:
    """Return id and name of the active queues."""
    rows = connection.fetch("SELECT id, name FROM queue WHERE active ORDER BY id")
    return [(row[0], row[1]) for row in rows]


def select_categories() -> list[tuple[int, str, str]]:
    """Return id, name and path of all categories."""
    rows = connection.fetch("SELECT id, name, path FROM category ORDER BY id")
    return [(row[0], row[1], row[2]) for row in rows]


def select_accounts() -> list[tuple[int, str, str]]:
    """Return id, login and mail address of the active accounts."""
    rows = connection.fetch("SELECT id, login, email FROM user_account WHERE active ORDER BY id")
    return [(row[0], row[1], row[2]) for row in rows]


def insert_organisation(name: str, created_at: int) -> int:
    """Add a customer; returns its id."""
    rows = connection.fetch(
        "INSERT INTO organisation (name, kind, domain, created_at, version) "
        "VALUES (?, 'customer', '', ?, 1) RETURNING id",
        (name, created_at),
    )
    return int(rows[0][0])


def insert_contacts(contacts: Sequence[ContactLoad]) -> None:
    """Add people."""
    insert_rows(
        "INSERT INTO contact (id, name, email, phone, organisation_id, created_at, vip, version) "
        "VALUES",
        "(?, ?, ?, ?, ?, ?, false, 1)",
        contacts,
    )


def insert_tickets(tickets: Sequence[TicketLoad]) -> None:
    """Add tickets: wide rows, which SQLite takes faster one by one."""
    if connection.engine() == "sqlite":
        connection.executemany(f"{TICKET} {TICKET_MARKS}", tickets)
    else:
        insert_rows(TICKET, TICKET_MARKS, tickets)


def insert_spans(spans: Sequence[SpanLoad]) -> None:
    """Add to the state log, each ticket's in order."""
    insert_rows("INSERT INTO state_span (ticket_id, state, since) VALUES", "(?, ?, ?)", spans)


def insert_messages(messages: Sequence[MessageLoad]) -> None:
    """Add what requesters wrote first."""
    insert_rows(
        "INSERT INTO message (ticket_id, at, contact_id, body, kind, minutes, withdrawn) VALUES",
        "(?, ?, ?, ?, 'request', 0, false)",
        messages,
    )


def insert_ticket_tags(pairs: Sequence[tuple[int, int]]) -> None:
    """Put tags on tickets, each pair once."""
    insert_rows("INSERT INTO ticket_tag (ticket_id, tag_id) VALUES", "(?, ?)", pairs)


def insert_custom(values: Sequence[CustomLoad]) -> None:
    """Add the values of custom fields."""
    insert_rows(
        "INSERT INTO custom_value (ticket_id, field_id, text, number) VALUES",
        "(?, ?, ?, ?)",
        values,
    )


def index(documents: Iterable[tuple[int, str, str]]) -> None:
    """Make new tickets findable by the words of id, subject and text."""
    engine = connection.engine()
    if engine == "postgresql":
        documents = (search.document(*document) for document in documents)
    connection.executemany(SEARCH[engine], documents)
