"""Four eyes on pay: a run is approved by somebody who had no part in computing it."""

from boconsole import audit
from boconsole.errors import StaleRecordError
from boconsole.language import _
from boconsole.ledger.errors import ApprovalError
from boconsole.payroll import reading, words
from boconsole.payroll.errors import RunStateError
from boconsole.session import Session
from db import audit as trail
from db.payroll import runs as stored
from db.payroll.rows import RunRow

RIGHT = "payroll.approve"
LINES = 1_000
"""Of the trail of one run that are looked through."""


def approve(session: Session, row: RunRow) -> RunRow:
    """Approve a draft as it was seen.

    Raises:
        RunStateError: It is no draft.
        ApprovalError: The one who acts computed it, now or before.
        StaleRecordError: It was computed again in the meantime.
    """
    session.require(RIGHT)
    if row.state != words.DRAFT:
        raise RunStateError(row.number, row.state, words.DRAFT)
    with audit.writing():
        if session.user.id == row.prepared_by or session.user.login in preparers(row.id):
            raise ApprovalError(
                _("You prepared {number}; somebody else has to approve it.").format(
                    number=row.number
                )
            )
        values = {"state": words.APPROVED, "approved_by": session.user.id,
                  "approved_at": session.now()}  # fmt: skip
        if not stored.update(row.id, row.version, values):
            raise StaleRecordError(row.number, row.id)
        told: dict[str, tuple[object, object]] = {
            "state": (words.DRAFT, words.APPROVED), "seal": (None, row.seal[:16]),
        }  # fmt: skip
        line = audit.Line(row.id, told, row.version + 1)
        audit.record(session, "payroll.approve", words.AREA, [line])
        return reading.again(row.id)


def preparers(run_id: int) -> set[str]:
    """Return the logins of all who computed a run."""
    lines = trail.select_history(words.AREA, run_id, LINES)
    return {line.actor for line in lines if line.action == "payroll.run"}
