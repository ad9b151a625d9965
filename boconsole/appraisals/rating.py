"""What becomes of ratings: moved in calibration with a reason, released, acknowledged."""

from collections.abc import Sequence

from boconsole import audit
from boconsole.appraisals import permitted, questions, telling, words
from boconsole.appraisals.permitted import HR, SELF, Standing
from boconsole.appraisals.writing import again, cycle_again, require_phase, write
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import clean, required_line
from db.appraisals import stored
from db.appraisals.rows import AppraisalRow, CycleRow

TEXT = 4_000


def calibrate(session: Session, row: AppraisalRow, rating: object, reason: str) -> AppraisalRow:
    """Move the rating of a submitted review, with a reason that is kept beside it.

    Raises:
        NotYoursError: It is one's own.
        InvalidChangeError: It is no value of the scale, the same one, or released already.
        WrongPhaseError, CycleClosedError, StaleRecordError: as elsewhere.
    """
    permitted.require_hr(session)
    reason = required_line(reason, field="reason")
    with audit.writing():
        cycle = cycle_again(row.cycle_id)
        permitted.require(session, cycle, row, HR)
        require_phase(cycle, words.CALIBRATION)
        now = again(row.id)
        if now.released_at:
            raise InvalidChangeError("rating", _("the review is released already"))
        if now.review_state != words.SUBMITTED:
            raise InvalidChangeError("rating", _("there is no review by the manager yet"))
        value = questions.score_of(questions.scale_of(cycle.scale), rating, "rating")
        if value is None or value == now.rating:
            raise InvalidChangeError("rating", _("it is the same; choose another one"))
        stored.insert("appraisal_move", {
            "appraisal_id": row.id, "before": now.rating, "after": value, "reason": reason,
            "made_at": int(session.now().timestamp()), "made_by": session.user.login,
        })  # fmt: skip
        return write(session, row, {"rating": value}, "appraisal.calibrate",
                     {"rating": [now.rating, value, reason]})  # fmt: skip


def release(session: Session, rows: Sequence[AppraisalRow]) -> list[AppraisalRow]:
    """Let people read what their managers wrote, and the rating; all of them, or none.

    Raises:
        InvalidChangeError: One of them is not rated, or released already, or it is one's own and
            others still wait.
    """
    permitted.require_hr(session)
    with audit.writing():
        _own_last(session, rows)
        at = int(session.now().timestamp())
        lines = []
        for row in rows:
            require_phase(cycle_again(row.cycle_id), words.CALIBRATION)
            now = again(row.id)
            if now.rating is None or now.review_state != words.SUBMITTED:
                raise InvalidChangeError("rating", _("{number} is not rated yet").format(
                    number=row.number))  # fmt: skip
            if now.released_at:
                raise InvalidChangeError("rating", _("{number} is released already").format(
                    number=row.number))  # fmt: skip
            if not stored.update("appraisal", row.id, row.version, {"released_at": at}):
                raise StaleRecordError(row.number, row.id, now.version)
            lines.append(audit.Line(row.id, {}, row.version + 1))
        if lines:  # one step, which is taken back in one
            audit.record(session, "appraisal.release", words.APPRAISAL, lines)
        found = [again(row.id) for row in rows]
        telling.released(session, found)
        return found


def _own_last(session: Session, rows: Sequence[AppraisalRow]) -> None:
    """Refuse that somebody releases their own review before others could move its rating."""
    for row in rows:
        if Standing(session, cycle_again(row.cycle_id)).to(row) == SELF:
            there = {one.id for one in rows}
            waits = [one for one in stored.select_of_cycle(row.cycle_id)
                     if one.released_at is None and one.id not in there]  # fmt: skip
            if waits:
                reason = _("{number} is your own; release it with all others, or after them")
                raise InvalidChangeError("rating", reason.format(number=row.number))


def release_all(session: Session, cycle: CycleRow) -> list[AppraisalRow]:
    """Release everybody of a cycle who is not released yet; as `release`."""
    permitted.require_hr(session)
    with audit.writing():
        rows = [one for one in stored.select_of_cycle(cycle.id) if one.released_at is None]
        return release(session, rows)


def acknowledge(session: Session, row: AppraisalRow, reply: str = "") -> AppraisalRow:
    """Say that one has read the review of oneself, and what one thinks of it.

    Raises:
        InvalidChangeError: It is not released yet, or acknowledged already.
        NotYoursError: It is another's.
    """
    text = clean(reply, field="reply", limit=TEXT).strip()
    with audit.writing():
        cycle = cycle_again(row.cycle_id)
        permitted.require(session, cycle, row, SELF)
        require_phase(cycle, words.CALIBRATION)
        now = again(row.id)
        if not now.released_at:
            raise InvalidChangeError("reply", _("the review is not released yet"))
        if now.acknowledged_at:
            raise InvalidChangeError("reply", _("it is acknowledged already"))
        at = int(session.now().timestamp())
        return write(session, row, {"acknowledged_at": at, "reply": text},
                     "appraisal.acknowledge", {"reply": text})  # fmt: skip
