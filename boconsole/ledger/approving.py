"""Four eyes: entries above a threshold are approved by somebody other than who prepared them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from boconsole import audit
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.language import _
from boconsole.ledger.errors import ApprovalError
from boconsole.money import from_minor
from boconsole.session import Session
from db import audit as trail
from db.ledger import calendar, entries
from db.ledger.rows import EntryRow, PostingRow

if TYPE_CHECKING:
    from boconsole.ledger.entries import JournalEntry
    from boconsole.ledger.lines import Weighed

THRESHOLD = "approval_threshold"
"""The setting: sum of debits or of credits, in whole units of any commodity, above which an
approval is needed; empty asks for none."""

BEGINS = ("entry.create", "entry.reverse")
"""What the trail of a draft begins with; SQLite gives the id of a deleted one again."""
TRAIL = 10_000
"""Lines of the trail of one draft that are looked through."""
_Moved = tuple[str, int, int]
"""A commodity, its digits, and how much of it a line moves in smallest units."""


def threshold() -> Decimal | None:
    """Return the sum above which an entry needs an approval; None where none ever does."""
    text = calendar.select_settings().get(THRESHOLD, "")
    return Decimal(text) if text else None


def set_threshold(session: Session, text: str) -> None:
    """Choose the sum above which an entry needs an approval; empty for never.

    Raises:
        InvalidChangeError: It is no number, or negative.
    """
    session.require("ledger.configure")
    wanted = text.strip()
    try:
        number = Decimal(wanted) if wanted else None
    except InvalidOperation:
        number = Decimal("NaN")
    if number is not None and (not number.is_finite() or number < 0):
        raise InvalidChangeError(THRESHOLD, _("{text!r} is no sum").format(text=text[:40]))
    with audit.writing():
        before = calendar.select_settings().get(THRESHOLD, "")
        calendar.put_setting(THRESHOLD, wanted)
        line = audit.Line(0, {THRESHOLD: (before, wanted)})
        audit.record(session, "ledger.set", "ledger", [line])


def needs_approval(postings: Sequence[PostingRow]) -> bool:
    """Return whether the debits or credits of any commodity are above the threshold."""
    most = threshold()
    return most is not None and _any_above(
        most,
        [(row.commodity, row.precision, row.amount) for row in postings],
        [(row.value_commodity, row.value_precision, row.value) for row in postings],
    )


def above(most: Decimal, lines: "Sequence[Weighed]") -> bool:
    """Return whether debits or credits in an entry not yet stored are above a sum."""
    return _any_above(
        most,
        [(each.commodity.code, each.commodity.precision, each.amount) for each in lines],
        [(each.value_commodity.code, each.value_commodity.precision, each.value) for each in lines],
    )


def _any_above(most: Decimal, amounts: Iterable[_Moved], values: Iterable[_Moved]) -> bool:
    """Return whether a sum is above `most`: a price says what it likes, so amounts count too."""
    for moved in (amounts, values):
        sums: dict[tuple[str, bool], Decimal] = {}
        for code, precision, minor in moved:
            key = (code, minor > 0)
            sums[key] = sums.get(key, Decimal(0)) + from_minor(abs(minor), precision)
        if any(total > most for total in sums.values()):
            return True
    return False


def require_approval(head: EntryRow, postings: Sequence[PostingRow]) -> None:
    """Raise ApprovalError where an approval is needed and not there."""
    if head.approved_by is None and needs_approval(postings):
        raise ApprovalError(
            _("This entry is above {threshold} and needs the approval of a colleague.").format(
                threshold=threshold()
            )
        )


def approve(session: Session, old: "JournalEntry") -> None:
    """Approve a draft that others wrote.

    Raises:
        ApprovalError: The one who acts prepared or edited it, or it is posted.
        StaleRecordError: It changed in the meantime.
    """
    session.require("ledger.approve")
    if old.head.state != "draft":
        raise ApprovalError(_("{number} is posted already.").format(number=old.number))
    if old.head.prepared_by == session.user.id or session.user.login in _writers(old.head.id):
        raise ApprovalError(
            _("You prepared {number}; somebody else has to approve it.").format(number=old.number)
        )
    now = int(session.now().timestamp())
    with audit.writing():
        if not entries.set_approval(old.head.id, old.head.version, session.user.id, now):
            raise StaleRecordError(old.number, old.head.id)
        told = {"approved_by": (None, session.user.login)}
        line = audit.Line(old.head.id, told, old.head.version + 1)
        audit.record(session, "entry.approve", "ledger", [line])


def _writers(entry_id: int) -> set[str]:
    """Return the logins of all who wrote a draft, since its id is its own."""
    found: set[str] = set()
    for line in trail.select_history("ledger", entry_id, TRAIL):
        if line.action in BEGINS:
            found = {line.actor}
        elif line.action == "entry.edit":
            found.add(line.actor)
    return found
