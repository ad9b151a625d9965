"""Taking back the last statement of an account, such as one with a wrong map."""

from datetime import timedelta

from boconsole import audit
from boconsole.bank import closings
from boconsole.bank.errors import MatchError
from boconsole.bank.keys import OPENING
from boconsole.bank.reconciling import find_bank
from boconsole.errors import StaleRecordError
from boconsole.language import _
from boconsole.money import plain
from boconsole.session import Session
from db.bank import accounts as stored
from db.bank import lines, links
from db.bank.rows import BankLineRow, BankRow, StatementRow
from db.ledger.rows import AccountRow


def statements(
    session: Session, account: AccountRow | None = None
) -> list[tuple[BankRow, StatementRow]]:
    """Return statements of one account or of all, in the order in which they came.

    Raises:
        MatchError: No statement of the account was imported.
    """
    session.require("bank.read")
    banks = {bank.id: bank for bank in stored.select_banks()}
    wanted = [find_bank(account).id] if account is not None else list(banks)
    return [(banks[each.bank_id], each) for each in stored.select_statements(wanted)]


def withdraw(session: Session, account: AccountRow) -> tuple[BankRow, StatementRow]:
    """Take back the last statement of an account with the lines that it brought.

    The audit trail keeps what they said.

    Raises:
        MatchError: There is none, or a line of it or the opening balance is matched.
        ClosedReconciliationError: A line or the balance of it lies in what was closed.
    """
    session.require("bank.import")
    with audit.writing():
        listed = statements(session, account)
        if not listed:
            raise MatchError(
                _("There is no statement of {account} to take back.").format(account=account.path)
            )
        bank, last = listed[-1]
        brought = lines.select_of_statement(last.id)
        _require_unmatched(last, brought)
        if days := [day for day in (last.closing_on, *(line.dated for line in brought)) if day]:
            closings.require_open_day(bank.id, min(days))
        lines.delete_of_statement(last.id)
        _move_opening(bank, last, brought)
        stored.delete_statement(last.id)
        said = [
            f"{line.dated}  {plain(line.amount, bank.precision)}  {line.name} {line.memo}".rstrip()
            for line in brought
        ]
        told = {"file": (last.name, None), "sha256": (last.sha256, None), "lines": (said, None)}
        audit.record(session, "bank.withdraw", "bank_statement", [audit.Line(last.id, told)])
    return bank, last


def _require_unmatched(statement: StatementRow, brought: list[BankLineRow]) -> None:
    for line in brought:
        if links.select_linked(line.id):
            raise MatchError(
                _(
                    "Bank line {id} of {file} is matched; take that back first with: "
                    "boconsole ledger bank unmatch {id}"
                ).format(id=line.id, file=statement.name)
            )


def _move_opening(bank: BankRow, statement: StatementRow, gone: list[BankLineRow]) -> None:
    """Move the opening balance back behind older lines that are gone."""
    opening = lines.find_key(bank.id, OPENING)
    first = lines.first_day(bank.id, apart_from=OPENING)
    if opening is None or first is None or first - timedelta(days=1) <= opening.dated:
        return
    _require_unmatched(statement, [opening])
    day = first - timedelta(days=1)
    amount = opening.amount + sum(line.amount for line in gone if line.dated <= day)
    if not lines.move_line(opening, day, amount, "open" if amount else "matched"):
        raise StaleRecordError(_("the opening balance"), opening.id)
