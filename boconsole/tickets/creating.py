"""How a ticket begins."""

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import clean, clean_line, required_line
from boconsole.tickets import (
    assigning,
    attaching,
    notifying,
    own_fields,
    reading,
    service_levels,
    triggering,
)
from boconsole.tickets.fields import Changes, Describer, parse_changes
from boconsole.tickets.rows import Done, NewTicket, Ref, TicketRow
from boconsole.tickets.words import field_name, priority_of
from db import connection, search
from db.tickets import records, relations, threads
from db.tickets.records import TicketRecord, with_columns

NOT_AT_START = frozenset(("state", "wake", "resolution", "rating", "reply"))


def create(session: Session, new: NewTicket) -> TicketRow:
    """Make a ticket with its first message; returns it as it stands, with triggers applied.

    Raises:
        NotAllowedError, InvalidChangeError, NotFoundError: Nothing was made.
    """
    done = begin(session, new)
    return reading.get(session, done.tickets[0].id)


def begin(session: Session, new: NewTicket, *, operation: int = 0, complete: bool = True) -> Done:
    """Make a ticket; inside the operation of the caller's transaction if one is given.

    Args:
        session: Who makes it.
        new: What it is made of.
        operation: Of the same transaction, to which it belongs.
        complete: Whether required custom fields are asked for; nobody is there to give them
            when a ticket comes by the calendar or out of another one.
    """
    session.require("ticket.create")
    if wrong := NOT_AT_START & set(map(field_name, new.fields)):
        raise InvalidChangeError(sorted(wrong)[0], _("cannot be set on a new ticket"))
    with connection.transaction():
        changes = parse_changes(session, new.fields)
        record = _first_record(session, new, changes)
        own_fields.check(record.kind, changes.custom, new=complete)
        if record.assignee_id is None:
            record = record._replace(assignee_id=assigning.pick(record.queue_id))
        ticket_id = records.insert(record)
        record = record._replace(id=ticket_id)
        body = _first_messages(session, record, new, changes)
        told = Describer().changed(BLANK, record._asdict())
        told.update(_hang(ticket_id, changes))
        records.add_state(ticket_id, record.state, record.created_at)
        search.put(ticket_id, record.subject, body)
        service_levels.recompute(session, [ticket_id])
        operation = audit.record(
            session, "ticket.create", "ticket", [audit.Line(ticket_id, told, 1)],
            operation=operation,
        )  # fmt: skip
        notifying.tell(session, [notifying.Touched(None, record, tuple(told))])
        versions = triggering.run(session, "create", [ticket_id], operation)
    return Done(operation, (Ref(ticket_id, versions.get(ticket_id, 1)),))


def _first_record(session: Session, new: NewTicket, changes: Changes) -> TicketRecord:
    now = session.now()
    columns = dict(changes.columns)
    columns.pop("state", None)
    impact = int(str(columns.pop("impact", 2)))
    urgency = int(str(columns.pop("urgency", 2)))
    matrix = priority_of(impact, urgency)
    priority = int(str(columns.pop("priority", None) or matrix))
    reason = str(columns.pop("priority_reason", ""))
    if priority != matrix and not reason:
        raise InvalidChangeError(
            "priority_reason", _("say why the priority differs from impact and urgency")
        )
    record = BLANK._replace(
        subject=required_line(new.subject, field="subject"),
        impact=impact,
        urgency=urgency,
        priority=priority,
        priority_reason=reason if priority != matrix else "",
        created_at=now,
        updated_at=now,
        waiting_since=now,
        channel=clean_line(new.channel, field="channel", limit=60),
    )
    return with_columns(record, columns)


def _first_messages(
    session: Session, record: TicketRecord, new: NewTicket, changes: Changes
) -> str:
    """Write the request and the first note; returns all texts."""
    body = clean(new.body, field="body")
    if body or new.files:
        author = None if record.requester_id else session.user.id or None
        message = threads.insert_message(
            threads.NewMessage(
                record.id, "request", record.created_at, author, record.requester_id, body
            )
        )
        attaching.attach(message, new.files)
    if changes.note:
        threads.insert_message(
            threads.NewMessage(
                record.id, "note", record.created_at, session.user.id or None, None, changes.note
            )
        )
    return "\n".join(text for text in (body, changes.note) if text)


def _hang(ticket_id: int, changes: Changes) -> dict[str, tuple[object, object]]:
    """Put tags, watchers and custom values on a new ticket."""
    told: dict[str, tuple[object, object]] = {}
    if changes.tags and (tags := changes.tags.of(())):
        relations.change_tags(ticket_id, tags, ())
        told["tags"] = ([], list(tags))
    if changes.watchers and (watchers := changes.watchers.of(())):
        relations.change_watchers(ticket_id, watchers, ())
        told["watchers"] = ([], list(watchers))
    for custom in changes.custom:
        if custom.text is not None:
            relations.put_custom(ticket_id, custom.field_id, custom.text, custom.number)
            told[f"cf.{custom.name}"] = (None, custom.text)
    return told


def _blank() -> TicketRecord:
    from datetime import UTC, datetime

    never = datetime(1970, 1, 1, tzinfo=UTC)
    return TicketRecord(
        0, 1, "incident", "new", True, "", 2, 2, 3, "", None, None, None, None, None, never, never
    )


BLANK = _blank()
"""What a ticket is before anything is known of it."""
