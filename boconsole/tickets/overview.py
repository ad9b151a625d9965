"""What an organisation has set up for its tickets, for the people who look after it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.sla.policies import TARGETS
from boconsole.tickets import assigning, service_levels, setting_up, templates
from boconsole.tickets.triggering import EVENTS
from db import connection
from db.tickets import names, rules

TABLES = {
    "queue": "queue",
    "template": "template",
    "recurrence": "recurrence",
    "field": "custom_field",
}
"""What can be taken out of use, and where it is stored."""
NEXT_DAYS = 3


class QueueLine(NamedTuple):
    """A queue, who works on it, and how its new tickets are given out ("" by nobody)."""

    name: str
    members: tuple[str, ...]
    method: str


class TriggerLine(NamedTuple):
    """What happens by itself."""

    name: str
    event: str
    condition: str
    changes: Mapping[str, object]
    notify: str
    position: int


class RecurrenceLine(NamedTuple):
    """A ticket that comes back, and its next days."""

    name: str
    template: str
    every: str
    days: tuple[date, ...]


class PolicyLine(NamedTuple):
    """A service level policy; targets in business minutes, 0 for none."""

    name: str
    match: str
    zone: str
    first_response: int
    next_reply: int
    resolution: int


def queues(session: Session) -> list[QueueLine]:
    """Return the active queues by name."""
    session.require("ticket.read")
    found = []
    for name in names.select_queues():
        queue_id = names.queue_id(name) or 0
        rule = rules.select_assignment(queue_id)
        members = (names.user_login(member) for member in names.select_members(queue_id))
        found.append(QueueLine(name, tuple(filter(None, members)), rule.method if rule else ""))
    return found


def categories(session: Session) -> list[str]:
    """Return the paths of all categories."""
    session.require("ticket.read")
    return names.select_categories()


def triggers(session: Session) -> list[TriggerLine]:
    """Return the active triggers, by event and in order."""
    session.require("ticket.read")
    return [
        TriggerLine(row.name, row.event, row.condition, json.loads(row.changes), row.notify,
                    row.position)
        for event in EVENTS
        for row in rules.select_triggers(event)
    ]  # fmt: skip


def recurrences(session: Session) -> list[RecurrenceLine]:
    """Return the recurring tickets by date."""
    by_id = {template.id: template.name for template in templates.list_all(session)}
    return [
        RecurrenceLine(row.name, by_id.get(row.template_id, "-"), row.every,
                       tuple(templates.next_days(row.next_on, row.every, NEXT_DAYS)))
        for row in rules.select_recurrences()
    ]  # fmt: skip


def policies(session: Session) -> list[PolicyLine]:
    """Return the service level policies in their order of precedence."""
    session.require("ticket.read")
    return [
        PolicyLine(
            one.policy.name,
            one.policy.match,
            str(one.calendar.zone),
            *(one.policy.seconds(target) // 60 for target in TARGETS),
        )
        for one in service_levels.promises()
    ]


def put_queue(session: Session, name: str, members: Sequence[str], method: str) -> None:
    """Add a queue, or change who works on it and how its new tickets are given out.

    Args:
        session: Who sets it up.
        name: Of the queue.
        members: Logins, in place of those before.
        method: One of `assigning.METHODS`, or "" to leave new tickets to nobody.

    Raises:
        NotAllowedError, InvalidChangeError: Nothing was changed.
    """
    session.require("ticket.configure")
    wanted = {login: names.user_id(login) for login in members}
    for login, user in wanted.items():
        if user is None:
            raise InvalidChangeError(
                "members", _("there is no active account {login!r}").format(login=login)
            )
    with connection.transaction():
        queue_id = names.queue_id(name)
        if queue_id is None:
            queue_id = setting_up.add_queue(session, name, members)
        else:
            _set_members(session, queue_id, {user or 0 for user in wanted.values()})
        if method:
            assigning.set_rule(session, name, method)
        elif rules.select_assignment(queue_id):
            rules.remove_assignment(queue_id)
            line = audit.Line(queue_id, {"method": (None, "")})
            audit.record(session, "queue.rule", "queue", [line])


def _set_members(session: Session, queue_id: int, wanted: set[int]) -> None:
    before = set(names.select_members(queue_id))
    for user in sorted(wanted - before):
        names.insert_member(queue_id, user)
    for user in sorted(before - wanted):
        names.remove_member(queue_id, user)
    if wanted != before:
        told = tuple(sorted(names.user_login(user) or "" for user in each)
                     for each in (before, wanted))  # fmt: skip
        line = audit.Line(queue_id, {"members": (told[0], told[1])})
        audit.record(session, "queue.members", "queue", [line])


def retire(session: Session, kind: str, name: str) -> int:
    """Take a queue, template, recurrence or custom field out of use; returns the operation.

    Raises:
        InvalidChangeError: A queue still has active tickets, a template recurring ones.
        NotFoundError: There is none of that name.
    """
    session.require("ticket.configure")
    with connection.transaction():
        retired = rules.deactivate(TABLES[kind], name)
        if retired is None:
            raise NotFoundError(f"{kind} {name!r}")
        if kind == "queue" and names.has_active_ticket(retired):
            raise InvalidChangeError(
                "queue", _("{name!r} still has active tickets; move them first").format(name=name)
            )
        if kind == "template" and rules.recurs(retired):
            raise InvalidChangeError(
                "template",
                _("{name!r} still makes recurring tickets; remove those first").format(name=name),
            )
        line = audit.Line(retired, {"name": (name, None)})
        return audit.record(session, f"{kind}.remove", kind, [line])
