"""Taking back one's own last step in appraisals, while nothing later touched them.

What was written is never lost: a review that was submitted is a draft again, and a rating goes
back by a move of its own. Cycles go back with `cycles.back`, people are taken in again by hand.
"""

import json
from collections.abc import Callable, Mapping

from boconsole import audit
from boconsole.appraisals import permitted, words
from boconsole.appraisals.gathering import OPEN
from boconsole.appraisals.permitted import HR, MANAGER, SELF
from boconsole.appraisals.writing import again, cycle_again, require_phase
from boconsole.errors import StaleRecordError, UndoError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import words as staff_words
from db import audit as trail
from db.appraisals import stored
from db.appraisals.rows import AppraisalRow, CycleRow
from db.rows import AuditRow

LOOK_BACK = 50
UNDO = "appraisal.undo"
Told = dict[str, tuple[object, object]]
Turned = tuple[Mapping[str, object], Told]
"""Columns as they are written, and what the trail tells."""


def undo_last(session: Session) -> list[AppraisalRow]:
    """Take back the last step of the one who acts, all of it or nothing.

    It is a release, a rating that was moved, or a review that was submitted or given away.

    Raises:
        UndoError: There is none, or an appraisal changed since.
        WrongPhaseError, CycleClosedError, NotYoursError, NotAllowedError: It cannot be any more.
    """
    with audit.writing():
        lines = _last(session)
        told = []
        for line in lines:
            row = stored.find(line.record_id)
            if row is None or row.version != line.version:
                raise UndoError(_("{number} was changed since; undo that first.").format(
                    number=f"APR-{line.record_id:04}"))  # fmt: skip
            cycle = cycle_again(row.cycle_id)
            values, changes = TURNS[line.action](session, cycle, row, json.loads(line.changes))
            if not stored.update("appraisal", row.id, row.version, values):
                raise StaleRecordError(row.number, row.id, again(row.id).version)
            told.append(audit.Line(row.id, changes, row.version + 1))
        audit.record(session, UNDO, words.APPRAISAL, told, undoes=lines[0].operation)
        return [again(line.record_id) for line in lines]


def _last(session: Session) -> list[AuditRow]:
    for row in trail.select_last_operations(session.user.id, LOOK_BACK):
        if row.action in TURNS and not row.undoes and not trail.select_undoing(row.operation):
            return trail.select_operation(row.operation)
    raise UndoError(_("There is nothing to undo."))


def _release(session: Session, cycle: CycleRow, _row: AppraisalRow, _told: Told) -> Turned:
    permitted.require_hr(session)
    require_phase(cycle, words.CALIBRATION)
    return {"released_at": None}, {"released": (True, False)}


def _rating(session: Session, cycle: CycleRow, row: AppraisalRow, _told: Told) -> Turned:
    permitted.require_hr(session)
    permitted.require(session, cycle, row, HR)
    require_phase(cycle, words.CALIBRATION)
    last = stored.select_moves(row.id)[-1]
    stored.insert("appraisal_move", {
        "appraisal_id": row.id, "before": last.after, "after": last.before,
        "reason": _("taken back"), "made_at": int(session.now().timestamp()),
        "made_by": session.user.login,
    })  # fmt: skip
    return {"rating": last.before}, {"rating": (None, "taken back")}


def _given(session: Session, cycle: CycleRow, row: AppraisalRow, told: Told) -> Turned:
    permitted.require_hr(session)
    require_phase(cycle, *OPEN)
    permitted.require(session, cycle, row, HR)
    before, after = told["manager"]
    manager = staff_words.parse_number(str(before)) if before else None
    return {"manager_id": manager}, {"manager": (after, before)}


def _submitted(session: Session, cycle: CycleRow, row: AppraisalRow, told: Told) -> Turned:
    side = "self" if "self" in told else "review"
    require_phase(cycle, *((words.SELF, words.REVIEW) if side == "self" else (words.REVIEW,)))
    permitted.require(session, cycle, row, *((SELF,) if side == "self" else (MANAGER, HR)))
    values = {f"{side}_state": "draft", f"{side}_at": None}
    return values, {side: (words.SUBMITTED, "draft")}


TURNS: dict[str, Callable[[Session, CycleRow, AppraisalRow, Told], Turned]] = {
    "appraisal.release": _release, "appraisal.calibrate": _rating, "appraisal.give": _given,
    "appraisal.submit": _submitted,
}  # fmt: skip
"""What can be taken back, and how."""
