"""Taking one's last decision about leave back, while nothing later touched the requests."""

from boconsole import audit
from boconsole.errors import UndoError
from boconsole.language import _
from boconsole.leave import asking, telling, words
from boconsole.leave.errors import NotDeciderError
from boconsole.leave.permitted import Deciding, today_of
from boconsole.session import Session
from db import audit as trail
from db.leave.rows import RequestRow
from db.rows import AuditRow

LOOK_BACK = 50
DECISIONS = ("leave.approve", "leave.reject")
REPLACED = "leave.replace"
OPEN: dict[str, object] = {"decided_at": None, "decided_by": "", "reason": ""}


def undo_last(session: Session) -> list[RequestRow]:
    """Take back the last approval or rejection of the one who acts; all of it, or nothing.

    Returns:
        The requests that wait again.

    Raises:
        UndoError: There is none, a request changed since, or approved leave has begun.
        NotDeciderError: One decides about the person no more.
        OverlapError, ShortError: What was rejected does not fit any more.
    """
    with audit.writing():
        lines = _last(session)
        rows = [asking.again(line.record_id) for line in lines]
        for line, row in zip(lines, rows, strict=True):
            if row.version != line.version:
                raise UndoError(_("{number} was changed since; undo that first.").format(
                    number=words.number(row.id)))  # fmt: skip
        _check(session, rows)
        undone = lines[0].operation
        operation = 0
        for line, row in zip(lines, rows, strict=True):
            values = {**OPEN, "state": words.REQUESTED}
            if line.action == REPLACED:
                values = {"state": words.APPROVED}
            elif row.state == words.REJECTED:
                asking.check_again(session, row)
            operation = asking.write(session, row, values, "leave.undo", operation, undoes=undone)
            told = _("{number}, {days}: the decision is taken back").format(
                number=words.number(row.id), days=telling.span(row.first, row.last)
            )
            telling.tell(session, [row.employee_id], row.id, told)
        return [asking.again(line.record_id) for line in lines if line.action != REPLACED]


def _last(session: Session) -> list[AuditRow]:
    for row in trail.select_last_operations(session.user.id, LOOK_BACK):
        fits = row.action in DECISIONS and not row.undoes
        if fits and not trail.select_undoing(row.operation):
            return trail.select_operation(row.operation)
    raise UndoError(_("There is nothing to undo."))


def _check(session: Session, rows: list[RequestRow]) -> None:
    today = today_of(session)
    deciding = Deciding(session, today)
    for row in rows:
        if not deciding.may(row.employee_id):
            raise NotDeciderError(words.number(row.id))
        if row.state == words.APPROVED and row.first <= today:
            raise UndoError(_("{number} has begun; withdraw it instead.").format(
                number=words.number(row.id)))  # fmt: skip
