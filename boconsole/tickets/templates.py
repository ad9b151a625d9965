"""Templates: the values that a new ticket starts with, and tickets that come back by themselves."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import BoconsoleError, NotFoundError
from boconsole.language import _
from boconsole.moments import step
from boconsole.session import Session
from boconsole.text import clean_line, clean_values, required_line
from boconsole.tickets import creating
from boconsole.tickets.fields import parse_changes
from boconsole.tickets.rows import NewTicket
from db import connection
from db.tickets import rules
from db.tickets.rules import RecurrenceRow

CATCH_UP = 12
"""The most tickets that one recurrence makes after a long pause."""


class Template(NamedTuple):
    """Values of a new ticket by field; `subject` and `body` among them."""

    id: int
    name: str
    fields: Mapping[str, object]


def list_all(session: Session) -> list[Template]:
    """Return the templates by name."""
    session.require("ticket.read")
    return [Template(row.id, row.name, json.loads(row.fields)) for row in rules.select_templates()]


def find(session: Session, name: str) -> Template:
    """Return a template by name; raises NotFoundError."""
    for template in list_all(session):
        if template.name.lower() == name.strip().lower():
            return template
    raise NotFoundError(_("template {name!r}").format(name=name))


def save(session: Session, name: str, fields: Mapping[str, object]) -> int:
    """Add a template, or replace the one of that name; returns the operation."""
    session.require("ticket.configure")
    name = required_line(name, field="name")
    with connection.transaction():
        _new_ticket(session, fields)
        text = json.dumps(clean_values(fields), ensure_ascii=False)
        template_id = rules.put_template(name, text)
        told = {"name": (None, name), "fields": (None, text)}
        return audit.record(session, "template.save", "template", [audit.Line(template_id, told)])


def new_from(template: Template) -> NewTicket:
    """Return the new ticket that a template describes."""
    fields = dict(template.fields)
    subject, body = str(fields.pop("subject", template.name)), str(fields.pop("body", ""))
    return NewTicket(subject, body, fields)


def _new_ticket(session: Session, fields: Mapping[str, object]) -> None:
    """Check that a ticket could be made of these fields."""
    rest = {name: value for name, value in fields.items() if name not in ("subject", "body")}
    parse_changes(session, rest)


def recur(session: Session, name: str, template: str, every: str, start: date) -> int:
    """Make a ticket of a template again and again; returns the operation.

    Args:
        session: Who sets it up.
        name: How the recurrence is called; a later one of that name replaces it.
        template: Name of the template.
        every: `1d`, `2w`, `3mo` or `1y`.
        start: The first day.
    """
    session.require("ticket.configure")
    name = required_line(name, field="name")
    template = clean_line(template, field="template")
    step(start, every)
    with connection.transaction():
        template_id = find(session, template).id
        row_id = rules.put_recurrence(name, template_id, every, start)
        told = {"template": (None, template), "every": (None, every), "next": (None, str(start))}
        return audit.record(session, "recurrence.save", "recurrence", [audit.Line(row_id, told)])


def next_days(start: date, every: str, count: int) -> list[date]:
    """Return the days on which a recurrence makes its next tickets."""
    return [step(start, every, steps) for steps in range(count)]


def run_due(session: Session) -> int:
    """Make the recurring tickets whose day has come; returns how many.

    Each date is moved on in the transaction that makes its ticket, so that two consoles never
    make it twice. One that cannot be made now keeps its date, and no other back.
    """
    today = session.now().astimezone(session.zone).date()
    found = {template.id: template for template in list_all(session)}
    made = 0
    for recurrence in rules.select_recurrences():
        template = found.get(recurrence.template_id)
        if recurrence.next_on <= today and template is not None:
            with suppress(BoconsoleError):
                made += _make_due(session, recurrence, template, today)
    return made


def _make_due(session: Session, recurrence: RecurrenceRow, template: Template, today: date) -> int:
    made = 0
    with connection.transaction():
        day = recurrence.next_on
        steps = 0
        while day <= today:
            steps += 1
            day = step(recurrence.next_on, recurrence.every, steps)
        if not rules.move_recurrence(recurrence, day):
            return 0
        for _ in range(min(steps, CATCH_UP)):
            new = new_from(template)._replace(channel="recurring")
            creating.begin(session, new, complete=False)
            made += 1
    return made
