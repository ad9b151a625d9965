"""Taking back where articles went: a hand-over, a publication, a return, an end, a review day.

Texts are never undone so: every version stays, and an earlier one is written again.
"""

from collections.abc import Mapping
from datetime import date

from boconsole import audit
from boconsole.audit import HistoryEntry
from boconsole.errors import StaleRecordError, UndoError
from boconsole.knowledge import reading
from boconsole.knowledge.words import FEATURE, number
from boconsole.knowledge.writing import index, indexed
from boconsole.language import _
from boconsole.session import Session
from db import audit as trail
from db.fields import number_of
from db.knowledge import articles
from db.knowledge.rows import ArticleRow
from db.rows import AuditRow

LOOK_BACK = 50
RIGHTS = {
    "article.submit": "knowledge.edit",
    "article.publish": "knowledge.publish",
    "article.return": "knowledge.publish",
    "article.archive": "knowledge.publish",
    "article.review": "knowledge.publish",
}
"""What can be taken back, and the permission that each takes."""


def last_undoable(session: Session) -> HistoryEntry | None:
    """Return the newest of these operations of this person that still stands, if any."""
    for row in trail.select_last_operations(session.user.id, LOOK_BACK):
        if row.action in RIGHTS and not row.undoes and not trail.select_undoing(row.operation):
            return audit.entry_of(row)
    return None


def undo_last(session: Session) -> list[str]:
    """Take back where this person sent articles last; returns their numbers.

    Raises:
        UndoError: There is nothing, or somebody changed one since.
        NotAllowedError: Who acts may not do it any more.
    """
    session.require("knowledge.read")
    with audit.writing():
        last = last_undoable(session)
        if last is None:
            raise UndoError(_("There is nothing to undo."))
        session.require(RIGHTS[last.action])
        lines = trail.select_operation(last.operation)
        for line in lines:
            if _touched_since(line):
                raise UndoError(
                    _("{number} was changed since; undo that first.").format(
                        number=number(line.record_id)
                    )
                )
        told = [_back(audit.entry_of(line), last.action) for line in lines]
        audit.record(session, "article.undo", FEATURE, told, undoes=last.operation)
        return [number(line.record_id) for line in lines]


def _touched_since(line: AuditRow) -> bool:
    """Return whether a later change of its article still stands."""
    return any(
        not later.undoes and not trail.select_undoing(later.operation)
        for later in trail.select_history_after(FEATURE, line.record_id, line.id)
        if later.operation != line.operation and later.version
    )


def _back(entry: HistoryEntry, action: str) -> audit.Line:
    row = reading.again(entry.record_id).row
    changes = {each.field: (each.after, each.before) for each in entry.changes
               if each.field != "reason"}  # fmt: skip
    columns = {field: _stored(field, before) for field, (_after, before) in changes.items()}
    if action == "article.publish":
        columns |= _unpublished(row, columns)
    before = indexed(row.id)
    if not articles.update(row.id, row.version, columns):
        raise StaleRecordError(number(row.id), row.id)
    index(row.id, before)
    return audit.Line(row.id, changes, row.version + 1)


def _unpublished(row: ArticleRow, columns: Mapping[str, object]) -> dict[str, object]:
    """Return when the version was published that readers have again; none is read of the other."""
    articles.set_published(row.id, row.published, None, None)
    older = int(str(columns.get("published", row.published)))
    at = reading.version_of(row, older).published_at if older and older != row.published else None
    return {"published_at": int(at.timestamp()) if at else None}


def _stored(field: str, value: object) -> object:
    if field == "review_on" and value is not None:
        return number_of(date.fromisoformat(str(value)))
    return value
