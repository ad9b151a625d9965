"""The one way tickets change: rule, guarded statement, audit line and search, in one transaction.

Every operation on existing tickets ends in `write`; what it was asked for is a `Changes`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _, grouped
from boconsole.session import Session
from boconsole.tickets import mailing, notifying, own_fields, service_levels, transitions
from boconsole.tickets.errors import MergedTicketError
from boconsole.tickets.fields import Changes, Describer
from boconsole.tickets.rows import Done, Ref, Versioned
from boconsole.tickets.words import ACTIVE, number, priority_of
from db import connection, search
from db.tickets import records, relations, threads
from db.tickets.records import TicketRecord, with_columns

BULK_LIMIT = 10_000
"""The most tickets one operation takes, so that one transaction stays short."""


class Hanging(NamedTuple):
    """What hangs on the tickets of an operation, by ticket."""

    tags: Mapping[int, tuple[str, ...]]
    watchers: Mapping[int, tuple[str, ...]]
    custom: Mapping[int, Mapping[str, str]]


class Written(NamedTuple):
    """A ticket after its change, with the audit line to write."""

    old: TicketRecord
    new: TicketRecord
    line: audit.Line


def write(
    session: Session,
    action: str,
    seen: Sequence[Versioned],
    changes: Changes | Callable[[TicketRecord], Changes],
    *,
    triggers: bool = True,
) -> Done:
    """Change tickets as one operation with one undo.

    Args:
        session: Who acts.
        action: The operation's name in the audit trail.
        seen: The tickets, each with the version that was seen (0: whatever is there).
        changes: What is to change, the same for all or made for each.
        triggers: Whether triggers look at the result.

    Raises:
        NotFoundError, StaleRecordError, MergedTicketError, TransitionError,
        InvalidChangeError: Nothing was changed.
    """
    from boconsole.tickets import triggering

    if len(seen) > BULK_LIMIT:
        raise InvalidChangeError(
            "tickets",
            _("at most {bulk_limit} can change at once").format(bulk_limit=grouped(BULK_LIMIT)),
        )
    with connection.transaction():
        written = change_all(session, seen, changes)
        touched = [item for item in written if item.line.changes]
        if not touched:
            return Done(0, tuple(Ref(item.new.id, item.new.version) for item in written))
        operation = audit.record(session, action, "ticket", [item.line for item in touched])
        notifying.tell(session, touched_tickets(touched))
        versions = {item.new.id: item.new.version for item in written}
        if triggers:
            versions.update(triggering.run(session, "update", list(versions), operation))
    return Done(operation, tuple(Ref(*pair) for pair in versions.items()))


def touched_tickets(written: Sequence[Written]) -> list[notifying.Touched]:
    """Return what those who follow the tickets hear of."""
    return [
        notifying.Touched(item.old.assignee_id, item.new, tuple(item.line.changes))
        for item in written
    ]


def change_all(
    session: Session,
    seen: Sequence[Versioned],
    changes: Changes | Callable[[TicketRecord], Changes],
) -> list[Written]:
    """Change each ticket inside the caller's transaction; writes no audit line."""
    found = records.select_records((ticket.id for ticket in seen), take=True)
    describer = Describer()
    wanted = {
        record.id: changes if isinstance(changes, Changes) else changes(record)
        for record in found.values()
    }
    hanging = _hanging(list(found), list(wanted.values()))
    written = []
    for ticket in {ticket.id: ticket for ticket in seen}.values():
        record = found.get(ticket.id)
        if record is None:
            raise NotFoundError(_("ticket {number}").format(number=number(ticket.id)))
        if ticket.version not in (0, record.version):
            raise stale(describer, record, wanted[record.id].columns)
        written.append(_change(session, record, wanted[record.id], hanging, describer))
    return written


def _hanging(ids: list[int], wanted: Sequence[Changes]) -> Hanging:
    """Read what hangs on the tickets, where it is to change."""
    return Hanging(
        relations.select_tags(ids) if any(one.tags for one in wanted) else {},
        relations.select_watchers(ids) if any(one.watchers for one in wanted) else {},
        relations.select_custom(ids) if any(one.custom for one in wanted) else {},
    )


def stale(
    describer: Describer, record: TicketRecord, columns: Mapping[str, object]
) -> StaleRecordError:
    """Return the refusal that shows what is there and what was wanted."""
    fields = list(columns) or ["state", "assignee_id"]
    return StaleRecordError(
        number(record.id),
        record.id,
        record.version,
        {describer.field(name): describer.word(name, getattr(record, name)) for name in fields},
        {describer.field(name): describer.word(name, columns.get(name)) for name in columns},
    )


def _change(
    session: Session,
    old: TicketRecord,
    changes: Changes,
    hanging: Hanging,
    describer: Describer,
) -> Written:
    """Change one ticket and everything that hangs on it."""
    if old.state == "merged":
        raise MergedTicketError(old.id, old.merged_into_id or 0)
    now = session.now()
    columns = _with_consequences(old, changes, now)
    if changes.custom:
        own_fields.check(str(columns.get("kind", old.kind)), changes.custom, new=False)
    told: dict[str, tuple[object, object]] = describer.changed(old, columns)
    told.update(_change_hanging(old.id, changes, hanging))
    told.update(_add_messages(session, old, changes))
    if not told:
        return Written(old, old, audit.Line(old.id, {}))
    if changes.minutes:
        columns["minutes_spent"] = old.minutes_spent + changes.minutes
        told["minutes_spent"] = (old.minutes_spent, columns["minutes_spent"])
    new = with_columns(old, {**columns, "updated_at": now})
    if new.state != old.state:
        records.add_state(old.id, new.state, now)
    reopened = new.active and not old.active
    rematch = reopened or service_levels.is_matched_on(told)
    promise = service_levels.known(old)
    if not rematch and (promise or old.policy_id is None):
        new = with_columns(new, service_levels.columns(session, new, promise))
    save(describer, old, new)
    if {"subject", "message", "note"} & set(told):
        search.put(new.id, new.subject, threads.select_bodies(new.id))
    if rematch:
        service_levels.recompute(session, [old.id])
    saved = new._replace(version=old.version + 1)
    return Written(old, saved, audit.Line(new.id, told, saved.version))


def save(describer: Describer, old: TicketRecord, new: TicketRecord) -> None:
    """Store the columns that differ, guarded by the version that was read."""
    columns = {
        name: value
        for name, value in zip(TicketRecord._fields, new, strict=True)
        if name not in ("id", "version") and getattr(old, name) != value
    }
    if not records.update(old.id, old.version, columns):
        current = records.select_records([old.id])
        raise stale(describer, current.get(old.id, old), columns)


def _with_consequences(old: TicketRecord, changes: Changes, now: datetime) -> dict[str, object]:
    """Return the columns to store: what was asked for and what follows from it."""
    columns = dict(changes.columns)
    state = columns.get("state", old.state)
    if "state" not in columns and _opens(old.state, changes):
        state = columns["state"] = "open"
    _check_wake(columns.get("wake_at"), str(state), now)
    if state != old.state:
        transitions.check(old.id, old.state, str(state))
        columns.update(_state_columns(old, str(state), columns, now))
    if changes.reply:
        columns["waiting_since"] = None
        columns["responded_at"] = old.responded_at or now
    if changes.request:
        columns["waiting_since"] = old.waiting_since or now
    columns.update(_priority_columns(old, columns))
    return columns


def _check_wake(wake_at: object, state: str, now: datetime) -> None:
    """Raise InvalidChangeError for a wake-up that could not happen."""
    if wake_at and state != "pending":
        raise InvalidChangeError(
            "wake", _("only a pending ticket wakes up; set it pending as well")
        )
    if isinstance(wake_at, datetime) and wake_at <= now:
        raise InvalidChangeError("wake", _("lies in the past; name a moment that is still to come"))


def _opens(state: str, changes: Changes) -> bool:
    """Return whether a message opens the ticket: ours a new one, theirs one that rests."""
    if changes.reply:
        return state == "new"
    return bool(changes.request) and state in ("pending", "resolved", "closed")


def _state_columns(
    old: TicketRecord, state: str, columns: Mapping[str, object], now: datetime
) -> dict[str, object]:
    """Return what a new state brings with it."""
    finished = state in ("resolved", "closed")
    return {
        "active": state in ACTIVE,
        "resolved_at": (old.resolved_at or now) if finished else None,
        "closed_at": now if state == "closed" else None,
        "wake_at": columns.get("wake_at") if state == "pending" else None,
    }


def _priority_columns(old: TicketRecord, columns: Mapping[str, object]) -> dict[str, object]:
    """Return the priority by the matrix, or the one that was chosen with its reason.

    Raises:
        InvalidChangeError: It differs from the matrix and nobody said why.
    """
    if not {"impact", "urgency", "priority", "priority_reason"} & set(columns):
        return {}
    matrix = priority_of(
        int(str(columns.get("impact", old.impact))), int(str(columns.get("urgency", old.urgency)))
    )
    chosen = columns.get("priority")
    if "priority" not in columns and not {"impact", "urgency"} & set(columns):
        chosen = old.priority
    if chosen in (None, matrix):
        return {"priority": matrix, "priority_reason": ""}
    reason = columns.get("priority_reason", old.priority_reason)
    if not reason:
        raise InvalidChangeError(
            "priority_reason", _("say why the priority differs from impact and urgency")
        )
    return {"priority": chosen, "priority_reason": reason}


def _change_hanging(
    ticket_id: int, changes: Changes, hanging: Hanging
) -> dict[str, tuple[object, object]]:
    """Change tags, watchers and custom values; returns what differs."""
    told: dict[str, tuple[object, object]] = {}
    for field, change, old_words, store in (
        ("tags", changes.tags, hanging.tags.get(ticket_id, ()), relations.change_tags),
        ("watchers", changes.watchers, hanging.watchers.get(ticket_id, ()),
         relations.change_watchers),
    ):  # fmt: skip
        new_words = change.of(old_words) if change else old_words
        if new_words != old_words:
            store(ticket_id, set(new_words) - set(old_words), set(old_words) - set(new_words))
            told[field] = (list(old_words), list(new_words))
    for custom in changes.custom:
        old_text = hanging.custom.get(ticket_id, {}).get(custom.name)
        if custom.text != old_text:
            relations.put_custom(ticket_id, custom.field_id, custom.text, custom.number)
            told[f"cf.{custom.name}"] = (old_text, custom.text)
    return told


def _add_messages(
    session: Session, old: TicketRecord, changes: Changes
) -> dict[str, tuple[object, object]]:
    """Add the reply and the note; returns their ids as what changed."""
    told: dict[str, tuple[object, object]] = {}
    for kind, field, body in (
        ("reply", "message", changes.reply),
        ("note", "note", changes.note),
        ("request", "message", changes.request),
    ):
        if body:
            contact = old.requester_id if kind == "request" else None
            contact = contact if kind == "reply" else changes.writer or contact
            author = None if contact else session.user.id or None
            message = threads.NewMessage(
                old.id, kind, session.now(), author, contact, body, changes.minutes
            )
            message_id = threads.insert_message(message)
            told[field] = (None, message_id)
            if kind == "reply":
                mailing.send_reply(session, old, message_id, body)
    return told
