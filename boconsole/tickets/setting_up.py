"""Queues, categories and custom fields: what an organisation sets up once."""

import json
import re
from collections.abc import Sequence

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import clean_line, required_line
from boconsole.tickets.words import KINDS, one_of
from db import connection
from db.tickets import names, rules
from db.tickets.names import FieldRow

FIELD_NAME = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
ORGANISATIONS = ("customer", "partner", "supplier", "own")
TYPES = ("text", "number", "date", "choice", "reference")


def add_queue(session: Session, name: str, members: Sequence[str] = ()) -> int:
    """Add a queue with the accounts that work on it; returns its id."""
    session.require("ticket.configure")
    name = required_line(name, field="name", limit=60)
    with connection.transaction():
        if names.queue_id(name) is not None:
            raise InvalidChangeError(
                "name", _("there is a queue {name!r} already").format(name=name)
            )
        queue_id = names.insert_queue(name)
        _begin_afresh(queue_id)
        for login in members:
            user = names.user_id(login)
            if user is None:
                raise NotFoundError(_("active account {login!r}").format(login=login))
            names.insert_member(queue_id, user)
        told = {"name": (None, name), "members": (None, list(members))}
        audit.record(session, "queue.add", "queue", [audit.Line(queue_id, told)])
    return queue_id


def _begin_afresh(queue_id: int) -> None:
    """Forget who worked on a queue that was out of use, and how its tickets were given out."""
    for user in names.select_members(queue_id):
        names.remove_member(queue_id, user)
    rules.remove_assignment(queue_id)


def add_organisation(
    session: Session, name: str, *, domain: str = "", kind: str = "customer"
) -> int:
    """Add an organisation; new requesters with a mail address of its domain belong to it."""
    session.require("ticket.configure")
    name = required_line(name, field="name", limit=120)
    domain = clean_line(domain, field="domain", limit=200).lower().removeprefix("@")
    kind = one_of("kind", kind, ORGANISATIONS)
    with connection.transaction():
        if names.organisation_id(name) is not None:
            raise InvalidChangeError(
                "name", _("there is an organisation {name!r} already").format(name=name)
            )
        organisation = names.insert_organisation(name, kind, domain, session.now())
        told = {"name": (None, name), "kind": (None, kind), "domain": (None, domain)}
        audit.record(session, "organisation.add", "organisation", [audit.Line(organisation, told)])
    return organisation


def add_category(session: Session, path: str) -> int:
    """Add a category by its path, `Hardware / Printer`, with the parents that are missing."""
    session.require("ticket.configure")
    parts = [required_line(part, field="category", limit=60) for part in path.split("/")]
    with connection.transaction():
        parent: int | None = None
        for depth in range(1, len(parts) + 1):
            joined = " / ".join(parts[:depth])
            found = names.category_of_path(joined)
            parent = found or names.insert_category(parent, parts[depth - 1], joined)
        assert parent is not None
        told = {"path": (None, " / ".join(parts))}
        audit.record(session, "category.add", "category", [audit.Line(parent, told)])
    return parent


def add_field(
    session: Session,
    name: str,
    label: str,
    field_type: str,
    *,
    kind: str = "",
    choices: Sequence[str] = (),
    required: bool = False,
) -> int:
    """Add a custom field to one kind of ticket, or to all; queries call it `cf.name`."""
    session.require("ticket.configure")
    if not FIELD_NAME.match(name):
        raise InvalidChangeError(
            "name", _("{name!r} must be lower case letters, digits and _").format(name=name[:40])
        )
    field_type = one_of("type", field_type, TYPES)
    choices = [required_line(choice, field="choices") for choice in choices]
    if (field_type == "choice") != bool(choices):
        raise InvalidChangeError("choices", _("are needed for a choice, and for nothing else"))
    if kind:
        kind = one_of("kind", kind, KINDS)
    label = required_line(label, field="label", limit=60)
    with connection.transaction():
        if any(field.name == name for field in names.select_fields()):
            raise InvalidChangeError(
                "name", _("there is a field {name!r} already").format(name=name)
            )
        if names.field_type(name) not in (None, field_type):
            raise InvalidChangeError(
                "name",
                _("a field {name!r} of another type was in use before; choose another name").format(
                    name=name
                ),
            )
        text = json.dumps(list(choices), ensure_ascii=False)
        field_id = names.insert_field(FieldRow(0, name, label, kind, field_type, text, required))
        told = {"name": (None, name), "type": (None, field_type), "choices": (None, text)}
        audit.record(session, "field.add", "custom_field", [audit.Line(field_id, told)])
    return field_id
