"""What can be chosen for a field of a ticket: completions for forms, each with a word about it."""

import json
from typing import NamedTuple

from boconsole.session import Session
from db import users
from db.tickets import choices, names

LIMIT = 8


class Choosable(NamedTuple):
    """A value as `parse_changes` takes it, and what people should know about it."""

    value: str
    about: str = ""


class CustomField(NamedTuple):
    """A field that the organisation added; `kind` is empty for every kind of ticket."""

    name: str
    label: str
    kind: str
    type: str
    choices: tuple[str, ...]


def contacts(session: Session, start: str, limit: int = LIMIT) -> list[Choosable]:
    """Return contacts whose name or mail address starts so."""
    session.require("ticket.read")
    return [
        Choosable(email, " · ".join(part for part in (name, organisation) if part))
        for name, email, organisation in names.contacts_like(start, limit)
    ]


def organisations(session: Session, start: str, limit: int = LIMIT) -> list[Choosable]:
    """Return organisations whose name starts so."""
    session.require("ticket.read")
    return [Choosable(name) for name in choices.list_organisations(start, limit)]


def queues(session: Session) -> list[str]:
    """Return the names of the active queues."""
    session.require("ticket.read")
    return names.select_queues()


def categories(session: Session, start: str, limit: int = LIMIT) -> list[Choosable]:
    """Return categories with a name on their path that starts so."""
    session.require("ticket.read")
    low = start.lower()
    hits = [
        path
        for path in names.select_categories()
        if any(part.strip().lower().startswith(low) for part in path.split("/"))
    ]
    return [Choosable(path) for path in hits[:limit]]


def tags(session: Session, start: str, limit: int = LIMIT) -> list[Choosable]:
    """Return tags that start so."""
    session.require("ticket.read")
    return [Choosable(tag) for tag in choices.list_tags(start, limit)]


def accounts(session: Session, start: str = "", limit: int = LIMIT) -> list[Choosable]:
    """Return active accounts whose login or name starts so; the one who acts comes first."""
    session.require("ticket.read")
    low = start.lower()
    found = [
        Choosable(user.login, user.name)
        for user in users.select_all()
        if user.login.lower().startswith(low)
        or any(word.startswith(low) for word in user.name.lower().split())
    ]
    return sorted(found, key=lambda one: one.value != session.user.login)[:limit]


def custom_fields(session: Session) -> list[CustomField]:
    """Return the fields that the organisation added, by name."""
    session.require("ticket.read")
    return [
        CustomField(row.name, row.label, row.ticket_kind, row.type, tuple(json.loads(row.choices)))
        for row in names.select_fields()
    ]
