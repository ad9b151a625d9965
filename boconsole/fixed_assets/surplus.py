"""The revaluation surplus: what goes to equity, what to profit or loss, and on which account.

The surplus of one asset never pays for another, and never falls below 0.
"""

from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger import accounts
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.errors import ControlError
from boconsole.ledger.words import SURPLUS
from boconsole.session import Session
from db.fixed_assets import register
from db.fixed_assets.rows import ClassRow
from db.ledger import charts
from db.ledger.rows import AccountRow

NAME = "Revaluation Surplus"


class Split(NamedTuple):
    """What a change of a book value adds to the surplus, and what it takes from profit or loss."""

    surplus: int
    lost: int


def split(change: int, surplus: int, lost: int) -> Split:
    """Return where a change of a book value goes.

    An increase first gives back what earlier decreases of the same asset took from profit or
    loss, the rest is surplus; a decrease first takes the surplus of the asset.

    Args:
        change: Of the book value; below 0 for a decrease.
        surplus: Of the asset before.
        lost: What decreases of the asset took from profit or loss before.

    Source: IAS 16, paragraphs 39 and 40; IAS 36, paragraphs 60 and 61.
    """
    if change >= 0:
        back = min(change, lost)
        return Split(change - back, -back)
    taken = min(-change, surplus)
    return Split(-taken, -change - taken)


def realised(surplus: int, amount: int, left: int) -> int:
    """Return what of a surplus becomes retained earnings as an asset wears off by an amount.

    The surplus goes in the proportion in which what is left to depreciate does: on a straight
    line that is the depreciation of the revalued amount less that of the cost. Rounded half up;
    the last period takes the rest.

    Args:
        surplus: Of the asset before the period.
        amount: What wears off in it.
        left: What was left to wear off before it.

    Source: IAS 16, paragraph 41.
    """
    return (2 * surplus * amount + left) // (2 * left) if left > 0 else surplus


def path_of(group: ClassRow) -> str:
    """Return the account that has the surplus of a class, there or still to be made.

    Raises:
        ControlError: Several accounts have the role, and the class does not say which.
    """
    if group.surplus:
        return group.surplus
    marked = charts.select_role(SURPLUS)
    if len(marked) > 1:
        raise ControlError(
            _("Several accounts have the role {role}: {paths}; say at the class which one.").format(
                role=SURPLUS, paths=", ".join(row.path for row in marked)
            )
        )
    if marked:
        return marked[0].path
    roots = [row.path for row in charts.select_accounts()
             if row.kind == "equity" and row.parent_id is None]  # fmt: skip
    return f"{roots[0] if roots else 'Equity'}:{NAME}"


def ensure(session: Session, group: ClassRow) -> str:
    """Return the account of `path_of`, made and kept by the class, inside a transaction."""
    path = path_of(group)
    if group.surplus:
        return path
    known = {row.path: row for row in charts.select_accounts()}
    new = NewAccount(path, kind="equity", role=SURPLUS, cash_flow="none")
    if made := accounts.ensure(known, [new]):
        told = [audit.Line(row.id, {"path": (None, row.path)}, 1) for row in made]
        audit.record(session, "account.create", "account", told)
    require_surplus(known[path])
    register.put_surplus(group.id, known[path].id)
    line = audit.Line(group.id, {"surplus": (None, path)}, group.version + 1)
    audit.record(session, "fixed_asset_class.set", "fixed_asset_class", [line])
    return path


def require_surplus(account: AccountRow) -> None:
    """Raise InvalidChangeError where an account cannot have the surplus."""
    if account.kind != "equity" or account.role != SURPLUS:
        raise InvalidChangeError(
            "surplus",
            _("{account} is no account of equity with the role {role}").format(
                account=account.path, role=SURPLUS
            ),
        )
