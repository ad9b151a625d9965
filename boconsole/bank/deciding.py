"""Bank lines that count or do not: set aside with a reason, or kept as a movement of their own."""

from collections.abc import Sequence

from boconsole import audit
from boconsole.bank.matching import FEATURE, change_state, get
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import required_line
from db.bank.rows import BankLineRow


def reason_for(line: BankLineRow) -> str:
    """Return why a line may be set aside, where it seems to be told twice."""
    if not line.twin_id:
        return ""
    return _("The same movement as bank line {id}").format(id=line.twin_id)


def set_aside(session: Session, chosen: Sequence[BankLineRow], reason: str) -> list[BankLineRow]:
    """Let lines count in no balance and be matched with nothing; they are not deleted.

    Args:
        session: Who decides.
        chosen: Open, or told twice as it seems.
        reason: Why; may be empty where all seem to be told twice.

    Raises:
        InvalidChangeError: The reason is missing.
        MatchError: A line is matched, or set aside already.
        ClosedReconciliationError: One lies in what was closed.
        StaleRecordError: Somebody else changed one in the meantime.
    """
    session.require("bank.match")
    reasons = {line.id: reason.strip() or reason_for(line) for line in chosen}
    told = {line_id: required_line(text, field="reason") for line_id, text in reasons.items()}
    with audit.writing():
        for line in chosen:
            change_state(line, "aside", reason=told[line.id], taken=("open", "doubtful"))
        _record(session, "bank.aside", chosen, "aside", told)
        return [get(session, line.id) for line in chosen]


def keep(session: Session, chosen: Sequence[BankLineRow]) -> list[BankLineRow]:
    """Let lines count that were set aside, or seemed to be told twice.

    Raises:
        MatchError: One counts already.
        ClosedReconciliationError: One lies in what was closed.
        StaleRecordError: Somebody else changed one in the meantime.
    """
    session.require("bank.match")
    with audit.writing():
        for line in chosen:
            change_state(line, "open", taken=("aside", "doubtful"))
        _record(session, "bank.count", chosen, "open", {line.id: "" for line in chosen})
        return [get(session, line.id) for line in chosen]


def _record(
    session: Session,
    action: str,
    chosen: Sequence[BankLineRow],
    state: str,
    reasons: dict[int, str],
) -> None:
    told = []
    for line in chosen:
        changes: dict[str, tuple[object, object]] = {"state": (line.state, state)}
        if reasons[line.id] != line.reason:
            changes["reason"] = (line.reason, reasons[line.id])
        told.append(audit.Line(line.id, changes, line.version + 1))
    audit.record(session, action, FEATURE, told)
