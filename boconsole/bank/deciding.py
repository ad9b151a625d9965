"""Bank lines that count or do not: set aside with a reason, or kept as a movement of their own."""

from boconsole import audit
from boconsole.bank.matching import FEATURE, change_state, get
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import required_line
from db.bank.rows import BankLineRow


def set_aside(session: Session, line: BankLineRow, reason: str) -> BankLineRow:
    """Let a line count in no balance and be matched with nothing; it is not deleted.

    Args:
        session: Who decides.
        line: Open, or told twice as it seems.
        reason: Why; may be empty for a line that seems to be told twice.

    Raises:
        InvalidChangeError: The reason is missing.
        MatchError: The line is matched, or set aside already.
        ClosedReconciliationError: It lies in what was closed.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("bank.match")
    if not reason.strip() and line.twin_id:
        reason = _("The same movement as bank line {id}").format(id=line.twin_id)
    told = required_line(reason, field="reason")
    with audit.writing():
        change_state(line, "aside", reason=told, taken=("open", "doubtful"))
        _record(session, "bank.aside", line, "aside", told)
        return get(session, line.id)


def keep(session: Session, line: BankLineRow) -> BankLineRow:
    """Let a line count that was set aside, or seemed to be told twice.

    Raises:
        MatchError: It counts already.
        ClosedReconciliationError: It lies in what was closed.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("bank.match")
    with audit.writing():
        change_state(line, "open", taken=("aside", "doubtful"))
        _record(session, "bank.count", line, "open", "")
        return get(session, line.id)


def _record(session: Session, action: str, line: BankLineRow, state: str, reason: str) -> None:
    told: dict[str, tuple[object, object]] = {"state": (line.state, state)}
    if reason != line.reason:
        told["reason"] = (line.reason, reason)
    audit.record(session, action, FEATURE, [audit.Line(line.id, told, line.version + 1)])
