"""Taking a change of people and organisations back, while nothing later touched them."""

from boconsole import audit
from boconsole.audit import HistoryEntry
from boconsole.contacts import changing, merging, reading, words
from boconsole.contacts.changing import Ref
from boconsole.contacts.fields import parse
from boconsole.errors import UndoError
from boconsole.language import _
from boconsole.session import Session
from db import audit as trail
from db.contacts.rows import Kind

LOOK_BACK = 50
VERBS = ("edit", "archive", "restore", "merge")


def last_undoable(session: Session, kind: Kind) -> HistoryEntry | None:
    """Return the newest operation of this person that can still be taken back, if any."""
    for row in trail.select_last_operations(session.user.id, LOOK_BACK):
        area, _point, verb = row.action.partition(".")
        fits = area == kind and verb in VERBS and not row.undoes
        if fits and not trail.select_undoing(row.operation):
            return audit.entry_of(row)
    return None


def undo_last(session: Session, kind: Kind) -> list[int]:
    """Take back the newest operation of this person; returns whom it changed.

    Raises:
        UndoError: There is none, or somebody touched a record since.
    """
    session.require("contact.edit")
    with audit.writing():
        last = last_undoable(session, kind)
        if last is None:
            raise UndoError(_("There is nothing to undo."))
        lines = trail.select_operation(last.operation)
        for line in lines:
            if reading.row(kind, line.record_id).version != line.version:
                raise UndoError(
                    _("{number} was changed since; undo that first.").format(
                        number=words.number(kind, line.record_id)
                    )
                )
        verb = last.action.partition(".")[2]
        ids = [line.record_id for line in lines]
        if verb == "merge":
            goes = next(each for each in ids if reading.row(kind, each).merged_into_id)
            merging.unmerge(session, kind, Ref(goes))
        elif verb == "edit":
            _turn(session, kind, audit.entry_of(lines[0]))
        else:
            changing.archive(session, kind, [Ref(each) for each in ids], back=verb == "archive")
        return ids


def _turn(session: Session, kind: Kind, line: HistoryEntry) -> None:
    """Put the fields of an edit back to what they were."""
    old = reading.row(kind, line.record_id)
    before = {change.field: change.before for change in line.changes}
    ready = parse(kind, before, old, kept=True)
    changing.write(session, kind, old, ready, f"{kind}.undo", undoes=line.operation)
