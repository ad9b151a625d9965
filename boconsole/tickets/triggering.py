"""Triggers: when a ticket that matches a query is made or updated, something changes by itself.

Each trigger looks once at each event; what triggers change fires no further trigger. Their
lines belong to the operation that fired them, so that one undo takes all of it back.
"""

import json
from collections.abc import Mapping, Sequence

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import clean_line, clean_values, required_line
from boconsole.tickets.fields import parse_changes
from boconsole.tickets.rows import Ref
from boconsole.tickets.words import number, one_of
from db import connection, notifications
from db.tickets import names, records, relations, rules
from db.tickets.rules import TriggerRow

EVENTS = ("create", "update")


def run(session: Session, event: str, ids: Sequence[int], operation: int) -> dict[int, int]:
    """Apply the triggers of an event inside its transaction; returns versions that moved."""
    from boconsole.tickets.matching import matching
    from boconsole.tickets.writing import change_all

    versions: dict[int, int] = {}
    for trigger in rules.select_triggers(event):
        hit = sorted(matching(session, trigger.condition, ids))
        if not hit:
            continue
        if given := json.loads(trigger.changes):
            changes = parse_changes(session, given)
            written = change_all(session, [Ref(ticket_id) for ticket_id in hit], changes)
            lines = [each.line for each in written if each.line.changes]
            if lines:
                audit.record(session, f"trigger {trigger.name}", "ticket", lines,
                             operation=operation)  # fmt: skip
            versions.update({each.new.id: each.new.version for each in written})
        if trigger.notify:
            _notify(session, trigger, hit)
    return versions


def _notify(session: Session, trigger: TriggerRow, ids: Sequence[int]) -> None:
    watching = relations.select_watchers(ids)
    rows = []
    for record in records.select_records(ids).values():
        if trigger.notify == "assignee":
            listeners = {record.assignee_id}
        elif trigger.notify == "watchers":
            listeners = {names.user_id(login) for login in watching[record.id]}
        elif trigger.notify == "queue":
            listeners = set(names.select_members(record.queue_id)) if record.queue_id else set()
        else:
            listeners = {names.user_id(trigger.notify)}
        text = f"{number(record.id)} {record.subject[:80]}: {trigger.name}"
        rows += [
            (user, session.now(), text, "ticket", record.id)
            for user in listeners
            if user is not None
        ]
    notifications.insert(rows)


def save(
    session: Session,
    name: str,
    event: str,
    condition: str,
    changes: Mapping[str, object],
    notify: str = "",
    position: int = 0,
) -> int:
    """Add a trigger, or replace the one of that name; returns the operation.

    Raises:
        NotAllowedError, QuerySyntaxError, InvalidChangeError, NotFoundError: Nothing was saved.
    """
    from boconsole.tickets.matching import check_query

    session.require("ticket.configure")
    name = required_line(name, field="name")
    event = one_of("event", event, EVENTS)
    check_query(session, condition)
    notify = clean_line(notify, field="notify")
    if not changes and not notify:
        raise InvalidChangeError("trigger", _("needs a change, or somebody to notify"))
    with connection.transaction():
        parse_changes(session, changes)
        if notify not in ("", "assignee", "watchers", "queue") and not names.user_id(notify):
            raise NotFoundError(_("account {notify!r}").format(notify=notify))
        text = json.dumps(clean_values(changes), ensure_ascii=False)
        trigger_id = rules.put_trigger(
            TriggerRow(0, name, position, event, condition, text, notify, 1)
        )
        told = {"condition": (None, condition), "changes": (None, text), "notify": (None, notify)}
        return audit.record(session, "trigger.save", "trigger", [audit.Line(trigger_id, told)])


def remove(session: Session, name: str) -> int:
    """Take a trigger out of use."""
    session.require("ticket.configure")
    with connection.transaction():
        retired = rules.deactivate("ticket_trigger", name)
        if retired is None:
            raise NotFoundError(_("trigger {name!r}").format(name=name))
        line = audit.Line(retired, {"name": (name, None)})
        return audit.record(session, "trigger.remove", "trigger", [line])
