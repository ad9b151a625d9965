"""From names to ids and back: what people call queues, categories, people and fields."""

from datetime import datetime
from typing import NamedTuple

from db import connection
from db.tickets.records import stored_value


class FieldRow(NamedTuple):
    """A custom field; `choices` is a JSON list."""

    id: int
    name: str
    label: str
    ticket_kind: str
    type: str
    choices: str
    required: bool


def _one(sql: str, *params: object) -> int | None:
    rows = connection.fetch(sql, params)
    return rows[0][0] if rows else None


def queue_id(name: str) -> int | None:
    """Return an active queue by its name, whatever its case."""
    return _one("SELECT id FROM queue WHERE lower(name) = lower(?) AND active", name)


def has_active_ticket(queue: int) -> bool:
    """Return whether an active ticket is in a queue."""
    found = connection.fetch("SELECT 1 FROM ticket WHERE queue_id = ? AND active LIMIT 1", (queue,))
    return bool(found)


def queue_name(queue: int | None) -> str | None:
    """Return the name of a queue."""
    return _text("SELECT name FROM queue WHERE id = ?", queue)


def category_id(path: str) -> int | None:
    """Return a category by its path or by its own name if that is unique."""
    found = _one("SELECT id FROM category WHERE lower(path) = lower(?)", path)
    if found is not None:
        return found
    rows = connection.fetch("SELECT id FROM category WHERE lower(name) = lower(?)", (path,))
    return rows[0][0] if len(rows) == 1 else None


def category_path(category: int | None) -> str | None:
    """Return the path of a category."""
    return _text("SELECT path FROM category WHERE id = ?", category)


def user_id(login: str) -> int | None:
    """Return an active account by login or mail address."""
    return _one(
        "SELECT id FROM user_account WHERE (login = ? OR (email <> '' AND email = ?)) AND active",
        login,
        login.lower(),
    )


def user_login(user: int | None) -> str | None:
    """Return the login of an account."""
    return _text("SELECT login FROM user_account WHERE id = ?", user)


def contact(email: str) -> tuple[int, int | None] | None:
    """Return id and organisation of the contact with a mail address, the first or a further one."""
    rows = connection.fetch(
        "SELECT id, organisation_id FROM contact WHERE email = ? UNION ALL "
        "SELECT c.id, c.organisation_id FROM contact_channel x JOIN contact c "
        "ON c.id = x.contact_id WHERE x.value = ? AND x.kind = 'mail' LIMIT 1",
        (email.lower(), email.lower()),
    )
    return (rows[0][0], rows[0][1]) if rows else None


def contact_email(contact_id: int | None) -> str | None:
    """Return the mail address of a contact."""
    return _text("SELECT email FROM contact WHERE id = ?", contact_id)


def insert_contact(name: str, email: str, organisation: int | None, now: datetime) -> int:
    """Add a contact, or find the one that somebody else just added; returns its id."""
    rows = connection.fetch(
        "INSERT INTO contact (name, email, phone, organisation_id, vip, created_at, version) "
        "VALUES (?, ?, '', ?, ?, ?, 1) "
        "ON CONFLICT (email) WHERE email <> '' DO UPDATE SET email = excluded.email RETURNING id",
        (name, email.lower(), organisation, False, stored_value(now)),
    )
    return int(rows[0][0])


def organisation_of_domain(domain: str) -> int | None:
    """Return the organisation whose mail addresses end in a domain."""
    return _one(
        "SELECT id FROM organisation WHERE domain = ? AND archived_at IS NULL UNION ALL "
        "SELECT organisation_id FROM contact_channel WHERE value = ? AND kind = 'domain' LIMIT 1",
        domain.lower(), domain.lower(),
    )  # fmt: skip


def organisation_id(name: str) -> int | None:
    """Return an organisation by name; a merged one stands for what it is part of."""
    return _one(
        "SELECT coalesce(merged_into_id, id) FROM organisation WHERE lower(name) = lower(?)", name
    )


def insert_organisation(name: str, kind: str, domain: str, now: datetime) -> int:
    """Add an organisation; returns its id."""
    rows = connection.fetch(
        "INSERT INTO organisation (name, kind, domain, created_at, version) "
        "VALUES (?, ?, ?, ?, 1) RETURNING id",
        (name, kind, domain, stored_value(now)),
    )
    return int(rows[0][0])


def organisation_name(organisation: int | None) -> str | None:
    """Return the name of an organisation."""
    return _text("SELECT name FROM organisation WHERE id = ?", organisation)


def _text(sql: str, key: int | None) -> str | None:
    if key is None:
        return None
    rows = connection.fetch(sql, (key,))
    return rows[0][0] if rows else None


def insert_queue(name: str) -> int:
    """Add a queue, or use one again that was taken out of use; returns its id."""
    rows = connection.fetch(
        "INSERT INTO queue (name, active, version) VALUES (?, ?, 1) ON CONFLICT (name) "
        "DO UPDATE SET active = excluded.active, version = queue.version + 1 RETURNING id",
        (name, True),
    )
    return int(rows[0][0])


def insert_category(parent: int | None, name: str, path: str) -> int:
    """Add a category under another; returns its id."""
    rows = connection.fetch(
        "INSERT INTO category (parent_id, name, path, version) VALUES (?, ?, ?, 1) RETURNING id",
        (parent, name, path),
    )
    return int(rows[0][0])


def select_queues() -> list[str]:
    """Return the names of the active queues."""
    return [row[0] for row in connection.fetch("SELECT name FROM queue WHERE active ORDER BY name")]


def select_categories() -> list[str]:
    """Return the paths of all categories."""
    return [row[0] for row in connection.fetch("SELECT path FROM category ORDER BY path")]


def select_tags(limit: int = 500) -> list[str]:
    """Return tags by name."""
    return [
        row[0] for row in connection.fetch("SELECT name FROM tag ORDER BY name LIMIT ?", (limit,))
    ]


def select_members(queue: int) -> list[int]:
    """Return the active members of a queue, in order."""
    rows = connection.fetch(
        "SELECT m.user_id FROM queue_member m JOIN user_account u ON u.id = m.user_id "
        "WHERE m.queue_id = ? AND u.active ORDER BY m.user_id",
        (queue,),
    )
    return [row[0] for row in rows]


def select_fields() -> list[FieldRow]:
    """Return the active custom fields by name."""
    rows = connection.fetch(
        "SELECT id, name, label, ticket_kind, type, choices, required FROM custom_field "
        "WHERE active ORDER BY name"
    )
    return [FieldRow(*row) for row in rows]


def field_type(name: str) -> str | None:
    """Return the type of a custom field, in use or not."""
    rows = connection.fetch("SELECT type FROM custom_field WHERE name = ?", (name,))
    return rows[0][0] if rows else None


def insert_field(field: FieldRow) -> int:
    """Add a custom field, or use one again that was taken out of use; returns its id."""
    rows = connection.fetch(
        "INSERT INTO custom_field (name, label, ticket_kind, type, choices, required, active, "
        "version) VALUES (?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (name) DO UPDATE SET "
        "label = excluded.label, ticket_kind = excluded.ticket_kind, choices = excluded.choices, "
        "required = excluded.required, active = excluded.active, "
        "version = custom_field.version + 1 RETURNING id",
        (*field[1:6], bool(field.required), True),
    )
    return int(rows[0][0])


def contacts_like(text: str, limit: int) -> list[tuple[str, str, str]]:
    """Return name, mail address and organisation of contacts whose name or address starts so."""
    pattern = text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = connection.fetch(
        "SELECT c.name, c.email, coalesce(o.name, '') FROM contact c "
        "LEFT JOIN organisation o ON o.id = c.organisation_id "
        "WHERE (lower(c.name) LIKE ? ESCAPE '\\' OR c.email LIKE ? ESCAPE '\\') "
        "AND c.email <> '' AND c.archived_at IS NULL ORDER BY c.name, c.id LIMIT ?",
        (pattern, pattern, limit),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def contact_name(contact_id: int | None) -> str | None:
    """Return the name of a contact."""
    return _text("SELECT name FROM contact WHERE id = ?", contact_id)


def category_of_path(path: str) -> int | None:
    """Return a category by its whole path."""
    return _one("SELECT id FROM category WHERE lower(path) = lower(?)", path)


def insert_member(queue: int, user: int) -> None:
    """Let an account work on a queue."""
    connection.execute(
        "INSERT INTO queue_member (queue_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (queue, user),
    )


def remove_member(queue: int, user: int) -> None:
    """Let an account work on a queue no more."""
    connection.execute("DELETE FROM queue_member WHERE queue_id = ? AND user_id = ?", (queue, user))
