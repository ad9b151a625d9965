"""Reconciliations that are closed: up to a day bank and books were equal, and stay so.

What lies before such a day is neither matched nor taken apart, set aside nor added to.
"""

from datetime import date

from boconsole import audit
from boconsole.bank import reconciling
from boconsole.bank.errors import ClosedReconciliationError, MatchError
from boconsole.errors import StaleRecordError
from boconsole.language import _
from boconsole.money import plain
from boconsole.session import Session
from boconsole.text import required_line
from db.bank import accounts as stored
from db.bank import closings
from db.bank.rows import BankLineRow, BankRow, ClosingRow
from db.ledger.rows import AccountRow


def last(bank: BankRow) -> ClosingRow | None:
    """Return the last day that was closed."""
    return closings.find_last(bank.id)


def require_open(line: BankLineRow) -> None:
    """Raise where a bank line lies in what was closed."""
    require_open_day(line.bank_id, line.dated)


def require_open_day(bank_id: int, day: date) -> None:
    """Raise where a day of a bank account was closed."""
    found = closings.find_last(bank_id)
    if found is not None and day <= found.through:
        raise ClosedReconciliationError(found.through)


def close(session: Session, account: AccountRow, through: date | None = None) -> ClosingRow:
    """Close what is reconciled up to a day, by default that of the last balance told.

    Raises:
        MatchError: No statement tells a balance on that day, or it is not what the matched
            lines make, or lines up to then are open or seem to be told twice.
    """
    session.require("bank.match")
    bank = reconciling.find_bank(account)
    with audit.writing():
        told = stored.last_balance(bank.id, through or reconciling.FOREVER)
        if told is None or told.closing_on is None or through not in (None, told.closing_on):
            raise MatchError(
                _("No statement of {account} tells a balance on that day; close the day of one.")
                .format(account=bank.account)
            )  # fmt: skip
        day = told.closing_on
        before = last(bank)
        if before is not None and day <= before.through:
            raise ClosedReconciliationError(before.through)
        _require_equal(session, account, bank, day)
        assert told.closing is not None
        row = closings.insert(
            bank.id, day, told.closing, session.user.id, int(session.now().timestamp())
        )
        changes = {
            "account": (None, bank.account), "through": (None, str(day)),
            "balance": (None, plain(told.closing, bank.precision)),
        }  # fmt: skip
        audit.record(session, "bank.close", "bank_account", [audit.Line(bank.id, changes)])
        return row


def _require_equal(session: Session, account: AccountRow, bank: BankRow, day: date) -> None:
    found = reconciling.reconcile(session, account, day, proposing=False)
    if found.proved and not found.open_lines and not found.doubtful:
        return
    raise MatchError(
        _(
            "On {day} the bank holds {told} and {matched} of it is reconciled; {open} lines are "
            "open and {doubtful} seem to be told twice. Reconcile them first."
        ).format(
            day=day, told=plain(found.statement, bank.precision),
            matched=plain(found.settled_bank, bank.precision), open=len(found.open_lines),
            doubtful=found.doubtful,
        )
    )  # fmt: skip


def reopen(session: Session, account: AccountRow, reason: str) -> ClosingRow:
    """Open again what was closed last; whoever matches may not, as with a month of the books.

    Raises:
        MatchError: Nothing is closed.
        InvalidChangeError: No reason is given.
    """
    session.require("bank.reopen")
    reason = required_line(reason, field="reason")
    bank = reconciling.find_bank(account)
    with audit.writing():
        found = last(bank)
        if found is None:
            raise MatchError(_("Nothing of {account} is closed.").format(account=bank.account))
        if not closings.delete(found.id):
            raise StaleRecordError(bank.account, bank.id)
        changes = {"account": (bank.account, None), "through": (str(found.through), None),
                   "reason": (None, reason)}  # fmt: skip
        audit.record(session, "bank.reopen", "bank_account", [audit.Line(bank.id, changes)])
    return found
