"""Which accounts are revalued, and which account takes what closing rates add to each.

An account keeps the worth it was booked with: the bank is reconciled with it, and open items are
what a control account holds. What a closing rate adds stands on an account of its own beside it,
as in SAP; it is made when it is first needed.
"""

from typing import NamedTuple

from boconsole import audit
from boconsole.language import _
from boconsole.ledger import accounts
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.words import ADJUSTMENTS
from boconsole.revaluing import planning
from boconsole.revaluing.errors import MonetaryAccountError, UnrealisedAccountError
from boconsole.session import Session
from db.ledger import charts
from db.ledger.rows import AccountRow
from db.revaluing import lines

ROLE = "unrealised"
"""Of the account that takes unrealised gains and losses."""


class Revalued(NamedTuple):
    """An account that is revalued, and the one that takes it where that is known."""

    account: AccountRow
    adjustment: AccountRow | None


def listed(session: Session) -> list[Revalued]:
    """Return the accounts that are revalued, by path."""
    session.require("ledger.read")
    chart = {row.id: row for row in charts.select_accounts()}
    taking = lines.select_accounts()
    found = [Revalued(chart[key], chart.get(taking.get(key) or 0))
             for key in planning.monetary(chart)]  # fmt: skip
    return sorted(found, key=lambda each: each.account.path)


def mark(session: Session, name: str, adjustment: str = "") -> Revalued:
    """Let an account be revalued, such as a loan.

    Args:
        session: Who sets up the books.
        name: Of the account.
        adjustment: Of the account that takes what closing rates add; empty makes one when it is
            needed.

    Raises:
        UnknownAccountError: There is no such account.
        MonetaryAccountError: It cannot be revalued, or the other one cannot take it.
    """
    session.require("ledger.configure")
    with audit.writing():
        account = accounts.find(name)
        if account.kind not in ("asset", "liability") or account.role in ADJUSTMENTS:
            raise MonetaryAccountError(
                _("Only what is owned or owed is revalued, not {path}.").format(path=account.path)
            )
        taking = accounts.find(adjustment) if adjustment else None
        if taking is not None:
            _require_taking(account, taking)
        lines.put_account(account.id, taking.id if taking else None)
        _record(session, account, (None, taking.path if taking else ""))
    return Revalued(account, taking)


def unmark(session: Session, name: str) -> AccountRow:
    """Let an account be revalued no more.

    Raises:
        UnknownAccountError: There is no such account.
        MonetaryAccountError: Its role says that it is.
    """
    session.require("ledger.configure")
    with audit.writing():
        account = accounts.find(name)
        if account.role in planning.MONETARY:
            raise MonetaryAccountError(
                _("{path} has the role {role} and is always revalued.").format(
                    path=account.path, role=account.role
                )
            )
        lines.remove_account(account.id)
        _record(session, account, ("", None))
    return account


def _record(session: Session, account: AccountRow, told: tuple[object, object]) -> None:
    line = audit.Line(account.id, {"revalued": told}, account.version)
    audit.record(session, "account.revalue", "account", [line])


def unrealised() -> AccountRow:
    """Return the account of unrealised gains and losses; raises UnrealisedAccountError."""
    found = charts.select_role(ROLE)
    if len(found) != 1:
        raise UnrealisedAccountError([row.path for row in found])
    return found[0]


def adjustment(session: Session, account: AccountRow) -> AccountRow:
    """Return the account that takes what closing rates add, inside the caller's transaction.

    Raises:
        MonetaryAccountError: An account of its name is there that cannot take it.
    """
    known = {row.id: row for row in charts.select_accounts()}
    if there := lines.select_accounts().get(account.id):
        return known[there]
    by_path = {row.path: row for row in known.values()}
    path = _("{path} revaluation").format(path=account.path)
    new = NewAccount(path, kind=account.kind, role=_role(account), cash_flow=account.cash_flow)
    made = accounts.ensure(by_path, [new])
    if made:
        told = [audit.Line(row.id, {"path": (None, row.path)}, 1) for row in made]
        audit.record(session, "account.create", "account", told)
    _require_taking(account, by_path[path])
    lines.put_account(account.id, by_path[path].id)
    return by_path[path]


def _require_taking(account: AccountRow, taking: AccountRow) -> None:
    """Raise MonetaryAccountError where an account cannot take what rates add to another."""
    other = bool(account.kind) and taking.kind != account.kind
    if other or taking.role != _role(account):
        raise MonetaryAccountError(
            _("{path} takes what closing rates add once it is of kind {kind} and has the role "
              "{role}.").format(path=taking.path, kind=account.kind, role=_role(account))
        )  # fmt: skip


def _role(account: AccountRow) -> str:
    return "cash-revaluation" if account.role == "cash" else "revaluation"
