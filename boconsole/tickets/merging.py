"""Making one ticket of two, parting them again, and making two of one.

The messages of a merged ticket move to the other one and remember where they came from; time
spent adds up. Un-merging uses the audit line of the merge, so it works at any later time.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from boconsole import audit
from boconsole.errors import NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.tickets import creating, notifying, reading, service_levels
from boconsole.tickets.errors import MergedTicketError, MergeError
from boconsole.tickets.fields import Describer
from boconsole.tickets.rows import Done, NewTicket, Ref, TicketRow, Versioned
from boconsole.tickets.words import ACTIVE, number
from boconsole.tickets.writing import save, stale
from db import audit as trail
from db import connection, search
from db.rows import AuditRow
from db.tickets import records, relations, threads
from db.tickets.records import TicketRecord, with_columns
from db.tickets.relations import LinkRow
from db.tickets.threads import MessageRow


def merge(session: Session, source: Versioned, into: Versioned) -> Done:
    """Make one ticket a part of another; it ends as merged.

    Raises:
        MergeError: They are the same, or one of them was merged before.
        StaleRecordError: One was changed in the meantime.
    """
    session.require("ticket.merge")
    if source.id == into.id:
        raise MergeError(
            _("{source} cannot be merged into itself; name another ticket.").format(
                source=number(source.id)
            )
        )
    with connection.transaction():
        old, target = _load(source, into)
        moved = [message.id for message in threads.select_messages(old.id)]
        lines = [
            _absorb(session, target, old, moved),
            _end(session, old, target.id),
        ]
        operation = audit.record(session, "ticket.merge", "ticket", lines)
        _move(moved, old, target, origin=old.id)
        service_levels.recompute(session, [target.id, old.id])
        notifying.tell(
            session, [notifying.Touched(target.assignee_id, target, tuple(lines[0].changes))]
        )
    return Done(operation, (Ref(target.id, lines[0].version), Ref(old.id, lines[1].version)))


def _load(*seen: Versioned) -> list[TicketRecord]:
    """Return the tickets, none of them merged, each still as it was seen."""
    found = records.select_records((ticket.id for ticket in seen), take=True)
    for ticket in seen:
        record = found.get(ticket.id)
        if record is None:
            raise NotFoundError(_("ticket {number}").format(number=number(ticket.id)))
        if record.state == "merged":
            raise MergedTicketError(record.id, record.merged_into_id or 0)
        if ticket.version not in (0, record.version):
            raise stale(Describer(), record, {})
    return [found[ticket.id] for ticket in seen]


def _absorb(
    session: Session, target: TicketRecord, old: TicketRecord, moved: Sequence[int]
) -> audit.Line:
    """Give the target what the source had: time spent, tags, watchers, an open question."""
    waiting = [each.waiting_since for each in (target, old) if each.waiting_since]
    new = target._replace(
        minutes_spent=target.minutes_spent + old.minutes_spent,
        waiting_since=min(waiting) if waiting and target.state in ACTIVE else target.waiting_since,
        updated_at=session.now(),
    )
    describer = Describer()
    told = describer.changed(target, new._asdict())
    told["merged"] = (None, number(old.id))
    told["moved"] = (None, list(moved))
    for field, select, change in (
        ("tags", relations.select_tags, relations.change_tags),
        ("watchers", relations.select_watchers, relations.change_watchers),
    ):
        words = select([target.id, old.id])
        if added := sorted(set(words[old.id]) - set(words[target.id])):
            change(target.id, added, ())
            told[field] = (list(words[target.id]), sorted({*words[target.id], *added}))
    save(describer, target, new)
    return audit.Line(target.id, told, target.version + 1)


def _end(session: Session, old: TicketRecord, into: int) -> audit.Line:
    """Close the source as merged."""
    new = old._replace(
        state="merged", active=False, merged_into_id=into, assignee_id=None, wake_at=None,
        waiting_since=None, closed_at=session.now(), updated_at=session.now(),
    )  # fmt: skip
    describer = Describer()
    save(describer, old, new)
    records.add_state(old.id, "merged", session.now())
    return audit.Line(old.id, describer.changed(old, new._asdict()), old.version + 1)


def _move(
    moved: Sequence[int], source: TicketRecord, target: TicketRecord, origin: int | None
) -> None:
    """Hang messages on another ticket and index both anew."""
    threads.move_messages(moved, source.id, target.id, origin)
    for record in (source, target):
        search.put(record.id, record.subject, threads.select_bodies(record.id))


def unmerge(session: Session, source: Versioned) -> Done:
    """Part a merged ticket again: its messages, state, assignee and time go back to it.

    Raises:
        MergeError: The ticket was not merged.
    """
    session.require("ticket.merge")
    with connection.transaction():
        there = records.select_records([source.id]).get(source.id)
        into = there.merged_into_id if there else None
        found = records.select_records([source.id, into or source.id], take=True)
        old = found.get(source.id)
        if old is None:
            raise NotFoundError(_("ticket {number}").format(number=number(source.id)))
        if old.state != "merged" or old.merged_into_id is None:
            raise MergeError(
                _("{old} was not merged; there is nothing to part.").format(old=number(old.id))
            )
        if source.version not in (0, old.version):
            raise stale(Describer(), old, {})
        target = found[old.merged_into_id]
        if target.state == "merged":
            raise MergeError(
                _("{target} was merged itself since; un-merge {target} first.").format(
                    target=number(target.id)
                )
            )
        ended, absorbed = _merge_lines(old.id)
        moved = json.loads(absorbed.changes)["moved"][1]
        lines = [_restore(session, old, ended), _release(session, target, old, absorbed)]
        operation = audit.record(session, "ticket.unmerge", "ticket", lines,
                                 undoes=absorbed.operation)  # fmt: skip
        _move(moved, target, old, origin=None)
        service_levels.recompute(session, [target.id, old.id])
    return Done(operation, (Ref(old.id, lines[0].version), Ref(target.id, lines[1].version)))


def _merge_lines(source_id: int) -> tuple[AuditRow, AuditRow]:
    """Return the audit lines of the last merge of a ticket: its own, and the target's."""
    for line in reversed(trail.select_history("ticket", source_id, 1_000)):
        if line.action == "ticket.merge" and "merged_into" in json.loads(line.changes):
            operation = trail.select_operation(line.operation)
            return line, next(other for other in operation if other.record_id != source_id)
    raise MergeError(
        _("The merge of {source} is not in the audit trail.").format(source=number(source_id))
    )


def _restore(session: Session, old: TicketRecord, ended: AuditRow) -> audit.Line:
    """Give a merged ticket back what it was before."""
    before = _before(session, json.loads(ended.changes))
    new = with_columns(old, {**before, "merged_into_id": None, "updated_at": session.now()})
    new = new._replace(active=new.state in ACTIVE)
    describer = Describer()
    save(describer, old, new)
    records.remove_last_state(old.id, "merged")
    return audit.Line(old.id, describer.changed(old, new._asdict()), old.version + 1)


def _before(session: Session, told: Mapping[str, tuple[object, object]]) -> Mapping[str, object]:
    from boconsole.tickets.undoing import columns_before

    return columns_before(session, told)


def _release(
    session: Session, target: TicketRecord, old: TicketRecord, absorbed: AuditRow
) -> audit.Line:
    """Take from the target what came with the merge."""
    told = json.loads(absorbed.changes)
    describer = Describer()
    new = target._replace(
        minutes_spent=max(0, target.minutes_spent - old.minutes_spent), updated_at=session.now()
    )
    waiting = told.get("waiting_since")
    if waiting and describer.word("waiting_since", target.waiting_since) == waiting[1]:
        new = with_columns(new, _before(session, {"waiting_since": waiting}))
    lines: dict[str, tuple[object, object]] = dict(describer.changed(target, new._asdict()))
    lines["merged"] = (number(old.id), None)
    for field, change in (("tags", relations.change_tags), ("watchers", relations.change_watchers)):
        if field in told:
            before, after = told[field]
            change(target.id, (), sorted(set(after) - set(before)))
            lines[field] = (after, before)
    save(describer, target, new)
    return audit.Line(target.id, lines, target.version + 1)


def split(
    session: Session, ticket: Versioned, message_ids: Sequence[int], subject: str
) -> TicketRow:
    """Make a new ticket of some messages of another, linked as caused by it.

    Raises:
        MergeError: No message was chosen, or all of them.
        NotFoundError: The ticket has no such message.
    """
    session.require("ticket.merge")
    with connection.transaction():
        (old,) = _load(ticket)
        messages = threads.select_messages(old.id)
        chosen = _chosen(old, messages, message_ids)
        describer = Describer()
        same = ("kind", "impact", "urgency", "requester_id", "queue_id", "category_id")
        fields = {
            describer.field(name): describer.word(name, getattr(old, name))
            for name in same
            if getattr(old, name) is not None
        }
        made = NewTicket(subject, "", fields, old.channel)
        done = creating.begin(session, made, complete=False)
        new = records.select_records([done.tickets[0].id])[done.tickets[0].id]
        threads.move_messages(chosen, old.id, new.id, old.id)
        relations.add_link(LinkRow(new.id, old.id, "caused_by"))
        left = [message for message in messages if message.id not in chosen]
        changed = old._replace(waiting_since=_still_waiting(old, left), updated_at=session.now())
        save(describer, old, changed)
        told = describer.changed(old, changed._asdict())
        told |= {"split": (None, number(new.id)), "moved": (None, chosen)}
        line = audit.Line(old.id, told, old.version + 1)
        audit.record(session, "ticket.split", "ticket", [line], operation=done.operation)
        for record in (old, new):
            search.put(record.id, record.subject, threads.select_bodies(record.id))
        service_levels.recompute(session, [old.id, new.id])
    return reading.get(session, new.id)


def _chosen(
    old: TicketRecord, messages: Sequence[MessageRow], message_ids: Sequence[int]
) -> list[int]:
    """Return the messages to split off, each once."""
    there = {message.id for message in messages}
    chosen = sorted(set(message_ids))
    for message_id in chosen:
        if message_id not in there:
            raise NotFoundError(
                _("message {message_id} in {old}").format(message_id=message_id, old=number(old.id))
            )
    if not chosen or len(chosen) == len(there):
        raise MergeError(_("Choose some of the messages, not none and not all of them."))
    return chosen


def _still_waiting(old: TicketRecord, left: Sequence[MessageRow]) -> datetime | None:
    """Return since when the requester waits in a ticket of which these messages are left.

    A ticket that nobody has answered yet waits as a whole, whatever is split off.
    """
    since = old.waiting_since
    if since is None or old.responded_at is None:
        return since
    return min((each.at for each in left if each.kind == "request" and each.at >= since),
               default=None)  # fmt: skip
