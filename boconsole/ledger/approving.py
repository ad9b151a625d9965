"""Four eyes: entries above a threshold are approved by somebody other than who prepared them."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from boconsole import audit, signing_in
from boconsole.errors import StaleRecordError
from boconsole.language import _
from boconsole.ledger import limits
from boconsole.ledger.errors import ApprovalError
from boconsole.ledger.limits import Limit, Limits
from boconsole.session import Session
from db import audit as trail
from db import users
from db.ledger import entries
from db.ledger.rows import EntryRow, PostingRow

if TYPE_CHECKING:
    from boconsole.ledger.entries import JournalEntry
    from boconsole.ledger.lines import Weighed

RIGHT = "ledger.approve"
BEGINS = ("entry.create", "entry.reverse")
"""What the trail of a draft begins with; SQLite gives the id of a deleted one again."""
TRAIL = 10_000
"""Lines of the trail of one draft that are looked through."""
DRAFTS = 500
"""Drafts whose lines are read at once."""


def needs_approval(postings: Sequence[PostingRow], day: date) -> bool:
    """Return whether the lines of an entry of a day are above a limit; see `limits`."""
    return over(limits.read(), postings, day) is not None


def over(most: Limits, postings: Sequence[PostingRow], day: date) -> Limit | None:
    """Return the limit that an entry is above: a price says what it likes, so amounts count too."""
    if not most:
        return None
    amounts = [(row.commodity, row.precision, row.amount) for row in postings]
    values = [(row.value_commodity, row.value_precision, row.value) for row in postings]
    return most.exceeded(amounts, day) or most.exceeded(values, day)


def weighed_over(most: Limits, lines: "Sequence[Weighed]", day: date) -> Limit | None:
    """Return the limit that an entry not yet stored is above; see `over`."""
    if not most:
        return None
    amounts = [(each.commodity.code, each.commodity.precision, each.amount) for each in lines]
    values = [
        (each.value_commodity.code, each.value_commodity.precision, each.value) for each in lines
    ]
    return most.exceeded(amounts, day) or most.exceeded(values, day)


def require_approval(head: EntryRow, postings: Sequence[PostingRow]) -> None:
    """Raise ApprovalError where an approval is needed and not there."""
    if head.approved_by is not None:
        return
    if limit := over(limits.read(), postings, head.dated):
        raise ApprovalError(
            _("This entry is above {threshold} and needs the approval of a colleague.").format(
                threshold=limit.text
            )
        )


def waiting_ids() -> list[int]:
    """Return the drafts above a limit that nobody has approved."""
    most = limits.read()
    if not most:
        return []
    found = []
    drafts = entries.select_unapproved_drafts()
    for start in range(0, len(drafts), DRAFTS):
        days = dict(drafts[start : start + DRAFTS])
        for entry_id, lines in entries.select_postings_of(list(days)).items():
            if over(most, lines, days[entry_id]):
                found.append(entry_id)
    return found


def approve(session: Session, old: "JournalEntry") -> None:
    """Approve a draft that others wrote.

    Raises:
        ApprovalError: The one who acts prepared or edited it, or it is posted.
        StaleRecordError: It changed in the meantime.
    """
    session.require(RIGHT)
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


def may_approve(entry_id: int, prepared_by: int, holders: Sequence[tuple[int, str]]) -> list[str]:
    """Return the logins of those who may approve a draft: none who prepared or edited it.

    Args:
        entry_id: The draft.
        prepared_by: Id of who prepared it.
        holders: Of the right to approve; see `holders`.
    """
    writers = _writers(entry_id)
    return [login for user_id, login in holders if user_id != prepared_by and login not in writers]


def holders(right: str = RIGHT) -> list[tuple[int, str]]:
    """Return id and login of the active accounts that may approve what others prepared."""
    return users.select_holders(signing_in.roles_with(right))


def _writers(entry_id: int) -> set[str]:
    """Return the logins of all who wrote a draft, since its id is its own."""
    found: set[str] = set()
    for line in trail.select_history("ledger", entry_id, TRAIL):
        if line.action in BEGINS:
            found = {line.actor}
        elif line.action == "entry.edit":
            found.add(line.actor)
    return found
