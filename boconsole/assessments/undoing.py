"""Taking the last change of an assessment back, while nobody touched it since."""

import json

from boconsole import audit
from boconsole.assessments.words import DRAFT, EDIT, FEATURE, number
from boconsole.errors import UndoError
from boconsole.language import _
from boconsole.session import Session
from db import audit as trail
from db.assessments import records as stored
from db.assessments.records import AssessmentRow
from db.rows import AuditRow

NEW, ANSWER, SUBMIT, DISCARD = (
    f"assessment.{verb}" for verb in ("new", "answer", "submit", "discard")
)
LOOK_BACK = 50


def undo_last(session: Session) -> str:
    """Take back the newest change of this person; returns the number of the assessment.

    A draft that was begun goes, answers become what they were.

    Raises:
        UndoError: There is none, it was submitted or thrown away, or somebody touched it since.
    """
    session.require(EDIT)
    with audit.writing():
        line = _last(session)
        if line is None:
            raise UndoError(_("There is nothing to undo."))
        told = number(line.record_id)
        if line.action == SUBMIT:
            raise UndoError(_("{number} is submitted and stays; n begins a new one.").format(
                number=told))  # fmt: skip
        row = stored.find(line.record_id)
        if line.action == DISCARD or row is None:
            raise UndoError(_("{number} was thrown away; n begins a new one.").format(number=told))
        if row.state != DRAFT or _touched_since(line) or not _turn(line, row):
            raise UndoError(_("{number} was changed since; undo that first.").format(number=told))
        changes = {name: (after, before)
                   for name, (before, after) in json.loads(line.changes).items()}  # fmt: skip
        turned = audit.Line(line.record_id, changes)
        audit.record(session, "assessment.undo", FEATURE, [turned], undoes=line.operation)
    return told


def _last(session: Session) -> AuditRow | None:
    for row in trail.select_last_operations(session.user.id, LOOK_BACK):
        if (row.action in (NEW, ANSWER, SUBMIT, DISCARD) and not row.undoes
                and not trail.select_undoing(row.operation)):  # fmt: skip
            return row
    return None


def _touched_since(line: AuditRow) -> bool:
    return any(
        not later.undoes and not trail.select_undoing(later.operation)
        for later in trail.select_history_after(FEATURE, line.record_id, line.id)
    )


def _turn(line: AuditRow, row: AssessmentRow) -> bool:
    """Put a draft back; answers whether it was still there as it was read."""
    if line.action == NEW:
        return stored.delete_draft(row.id, row.version)
    answers, note = json.loads(row.answers), row.note
    for name, (before, _after) in json.loads(line.changes).items():
        if name == "note":
            note = before or ""
        elif before:
            answers[name] = before
        else:
            answers.pop(name, None)
    return stored.update_draft(row.id, row.version, {"answers": json.dumps(answers), "note": note})
