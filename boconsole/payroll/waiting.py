"""Pay runs that wait for the approval of somebody who had no part in computing them."""

from collections.abc import Sequence

from boconsole.errors import StaleRecordError
from boconsole.language import N_, _
from boconsole.ledger.approvals import Waiting
from boconsole.ledger.approving import holders
from boconsole.ledger.together import Ref
from boconsole.payroll import approving, reading, words
from boconsole.session import Session
from db.ledger.pages import Sum
from db.payroll import runs as stored

KIND = "pay-run"
TITLE = N_("Pay run")


def waiting(session: Session) -> list[Waiting]:
    """Return the drafts, for those who may see pay."""
    if not session.may(reading.RIGHT):
        return []
    may = holders(approving.RIGHT)
    found = []
    for row in stored.select_all():
        if row.state != words.DRAFT:
            continue
        wrote = approving.preparers(row.id)
        found.append(Waiting(
            KIND, row.id, row.version, _(TITLE), row.number, row.pay_on, "",
            _("Pay of {month}").format(month=row.title),
            (Sum(row.currency, row.digits, row.net),), row.preparer,
            tuple(login for one, login in may if one != row.prepared_by and login not in wrote),
        ))  # fmt: skip
    return found


def approve(session: Session, refs: Sequence[Ref]) -> None:
    """Approve runs as they were seen, inside the caller's transaction."""
    for ref in refs:
        row = reading.again(ref.id)
        if row.version != ref.version:
            raise StaleRecordError(row.number, row.id)
        approving.approve(session, row)
