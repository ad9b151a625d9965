"""Taking an operation back, while nothing later touched its tickets.

The audit lines hold each field before and after; undo puts the former back and writes lines
of its own. Operations that others may have acted upon (a new ticket, an import) stay.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import groupby

from boconsole import audit
from boconsole.audit import HistoryEntry, entry_of
from boconsole.errors import UndoError
from boconsole.language import _
from boconsole.session import Session
from boconsole.tickets import linking, mailing, merging, service_levels
from boconsole.tickets.fields import RENAMED, WORDS, Describer, parse_changes
from boconsole.tickets.rows import Done, Ref
from boconsole.tickets.words import ACTIVE, number
from boconsole.tickets.writing import save
from db import audit as trail
from db import connection, search
from db.rows import AuditRow
from db.tickets import records, relations, threads
from db.tickets.records import TicketRecord, with_columns

UNDOABLE = frozenset(
    ("ticket.edit", "ticket.state", "ticket.assign", "ticket.tag", "ticket.watch", "ticket.reply",
     "ticket.note", "ticket.request", "ticket.macro", "ticket.merge", "ticket.link",
     "ticket.unlink")
)  # fmt: skip
COLUMN_OF = {field: column for column, (field, _) in WORDS.items()} | {
    field: column for column, field in RENAMED.items()
}
HANGING = ("tags", "watchers", "message", "note", "merged", "moved", "link", "split")
LOOK_BACK = 50

Told = Mapping[str, tuple[object, object]]
"""The changes of one audit line: field to (before, after)."""


def last_undoable(session: Session) -> HistoryEntry | None:
    """Return the newest operation of this person that can still be taken back, if any."""
    for row in trail.select_last_operations(session.user.id, LOOK_BACK):
        if row.action in UNDOABLE and not row.undoes and not trail.select_undoing(row.operation):
            return entry_of(row)
    return None


def undo_last(session: Session) -> Done:
    """Take back the newest operation of this person; see `undo`."""
    last = last_undoable(session)
    if last is None:
        raise UndoError(_("There is nothing to undo."))
    return undo(session, last.operation)


def undo(session: Session, operation: int) -> Done:
    """Put back what an operation changed, in one transaction.

    Raises:
        UndoError: It cannot be undone, was undone before, or a ticket was changed since.
    """
    session.require("ticket.edit")
    with connection.transaction():
        lines = trail.select_operation(operation)
        _check(lines)
        if lines[0].action == "ticket.merge":
            source = next(line for line in lines if "merged_into" in json.loads(line.changes))
            return merging.unmerge(session, Ref(source.record_id))
        if lines[0].action in ("ticket.link", "ticket.unlink"):
            return _undo_link(session, lines[0])
        return _put_back(session, lines)


def _check(lines: list[AuditRow]) -> None:
    if not lines or lines[0].action not in UNDOABLE:
        raise UndoError(_("This cannot be undone."))
    last = {line.record_id: line for line in lines if line.version}
    found = records.select_records(last, take=True)
    if trail.select_undoing(lines[0].operation):
        raise UndoError(_("This was undone already."))
    for ticket_id, line in last.items():
        if found[ticket_id].version != line.version and _touched_since(line):
            raise UndoError(
                _("{ticket} was changed since; undo that first, or change it back.").format(
                    ticket=number(ticket_id)
                )
            )


def _touched_since(line: AuditRow) -> bool:
    """Return whether anything later than a line still stands on its ticket."""
    return any(
        not later.undoes and not trail.select_undoing(later.operation)
        for later in trail.select_history_after("ticket", line.record_id, line.id)
        if later.operation != line.operation and later.version
    )


def _undo_link(session: Session, line: AuditRow) -> Done:
    before, after = json.loads(line.changes)["link"]
    kind, _, other = str(after or before).partition(" ")
    act = linking.unlink if after else linking.link
    other_id = int(other.removeprefix("TKT-"))
    return act(session, line.record_id, kind, other_id, undoes=line.operation)


def _put_back(session: Session, lines: list[AuditRow]) -> Done:
    """Put back the fields of all tickets, the newest line of each first."""
    by_ticket = sorted(lines, key=lambda line: (line.record_id, -line.id))
    written = []
    found = records.select_records(line.record_id for line in lines)
    for ticket_id, group in groupby(by_ticket, key=lambda line: line.record_id):
        newest_first = [json.loads(line.changes) for line in group]
        _forget_entries(ticket_id, newest_first)
        written.append(_revert(session, found[ticket_id], _told(found[ticket_id], newest_first)))
    operation = audit.record(session, "ticket.undo", "ticket", written, undoes=lines[0].operation)
    refs = [Ref(line.record_id, line.version) for line in written]
    service_levels.recompute(session, [ref.id for ref in refs])
    return Done(operation, tuple(refs))


def _forget_entries(ticket_id: int, newest_first: Sequence[Told]) -> None:
    """Take back every message and every state that the lines of an operation added."""
    for told in newest_first:
        for field in ("message", "note"):
            if field in told:
                threads.set_withdrawn(int(str(told[field][1])), True)
                mailing.take_back(int(str(told[field][1])))
        if "state" in told:
            records.remove_last_state(ticket_id, str(told["state"][1]))


def _told(old: TicketRecord, newest_first: Sequence[Told]) -> dict[str, tuple[object, object]]:
    """Return what the lines of an operation changed, field to (now, wanted).

    Time spent is counted back: what a merge added to it meanwhile is parted on its own.
    """
    told: dict[str, tuple[object, object]] = {}
    for changes in newest_first:
        for field, (before, after) in changes.items():
            told[field] = (told[field][0] if field in told else after, before)
    if "minutes_spent" in told:
        after, before = (int(str(minutes)) for minutes in told["minutes_spent"])
        told["minutes_spent"] = (old.minutes_spent, max(0, old.minutes_spent - after + before))
    return told


def _revert(
    session: Session, old: TicketRecord, told: Mapping[str, tuple[object, object]]
) -> audit.Line:
    """Put one ticket back; `told` is field to (now, wanted)."""
    turned = {field: (wanted, now) for field, (now, wanted) in told.items()}
    columns = columns_before(session, turned)
    new = with_columns(old, {**columns, "updated_at": session.now()})
    new = new._replace(active=new.state in ACTIVE)
    for field, change in (("tags", relations.change_tags), ("watchers", relations.change_watchers)):
        if field in told:
            now, wanted = (set(words or ()) for words in told[field])  # type: ignore[call-overload]  # JSON lists
            change(old.id, wanted - now, now - wanted)
    _revert_custom(session, old.id, told)
    save(Describer(), old, new)
    search.put(new.id, new.subject, threads.select_bodies(new.id))
    return audit.Line(old.id, told, old.version + 1)


def _revert_custom(
    session: Session, ticket_id: int, told: Mapping[str, tuple[object, object]]
) -> None:
    given = {field: wanted for field, (_, wanted) in told.items() if field.startswith("cf.")}
    for custom in parse_changes(session, given).custom:
        relations.put_custom(ticket_id, custom.field_id, custom.text, custom.number)


def columns_before(
    session: Session, told: Mapping[str, tuple[object, object]]
) -> dict[str, object]:
    """Return the columns of a ticket as audit lines show them before; field to (before, after)."""
    columns: dict[str, object] = {}
    for field, (before, _after) in told.items():
        if field in HANGING or field.startswith("cf."):
            continue
        if field in ("resolved_at", "closed_at", "responded_at", "waiting_since"):
            columns[field] = _instant(before)
        elif field == "merged_into":
            columns["merged_into_id"] = None
        elif before is None and field in COLUMN_OF:
            columns[COLUMN_OF[field]] = None
        else:
            parsed = parse_changes(session, {field: before}).columns
            columns.update(
                {name: value for name, value in parsed.items()
                 if name == COLUMN_OF.get(field, field)}
            )  # fmt: skip
    return columns


def _instant(text: object) -> object:
    from datetime import datetime

    return None if text is None else datetime.fromisoformat(str(text))
