"""Writing budgets: each operation is one transaction, one line of the trail by account, one undo.

Who changes a cell says what stood in it; where something else stands there now, nothing is
written.
"""

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, StaleRecordError, UndoError
from boconsole.language import _
from boconsole.ledger import accounts, commodities
from boconsole.ledger.budgets import month_name, months_between, months_of, natural, spread
from boconsole.money import plain, to_minor
from boconsole.session import Session
from db import audit as trail
from db.ledger import budgets as stored
from db.ledger import charts
from db.ledger.rows import AccountRow, CommodityRow

FEATURE = "budget"
MODES = ("warn", "block")
"""What happens where an entry passes a budget: the first where nobody has said."""
UNDOABLE = ("budget.plan", "budget.fill", "budget.spread", "budget.copy", "budget.import")
LOOK_BACK = 50


class Cell(NamedTuple):
    """One month of an account, as it shall be.

    Attributes:
        seen: What stood there, growth positive; None where it does not matter.
        wanted: In smallest units, growth positive; 0 plans nothing.
    """

    account: AccountRow
    commodity: CommodityRow
    month: int
    seen: int | None
    wanted: int


def write(session: Session, action: str, cells: Sequence[Cell], *, undoes: int = 0) -> int:
    """Write cells in one transaction.

    Returns:
        The operation, 0 where nothing was to change.

    Raises:
        NotAllowedError: The person may not plan.
        StaleRecordError: Somebody else changed a cell in the meantime.
    """
    session.require("ledger.prepare")
    if not cells:
        return 0
    with audit.writing():
        before = _stored(cells)
        changed: list[tuple[Cell, int]] = []
        for cell in cells:
            there = natural(cell.account, before.get(_key(cell), 0))
            if cell.seen is not None and there != cell.seen:
                raise StaleRecordError(
                    _("The budget of {account} for {month}").format(
                        account=cell.account.path, month=month_name(cell.month)
                    ),
                    cell.account.id,
                )
            if there != cell.wanted:
                changed.append((cell, there))
        if not changed:
            return 0
        stored.remove([_key(cell) for cell, _there in changed if not cell.wanted])
        stored.put(
            [(*_key(cell), natural(cell.account, cell.wanted))
             for cell, _there in changed if cell.wanted]
        )  # fmt: skip
        return audit.record(session, action, FEATURE, _lines(changed), undoes=undoes)


def _key(cell: Cell) -> tuple[int, int, int]:
    return cell.account.id, cell.commodity.id, cell.month


def _stored(cells: Sequence[Cell]) -> dict[tuple[int, int, int], int]:
    months = [cell.month for cell in cells]
    ids = sorted({cell.account.id for cell in cells})
    found = stored.select_plans(min(months), max(months), ids)
    return {(row.account_id, row.commodity_id, row.month): row.amount for row in found}


def _lines(changed: Iterable[tuple[Cell, int]]) -> list[audit.Line]:
    told: dict[int, dict[str, tuple[object, object]]] = {}
    for cell, there in changed:
        digits = cell.commodity.precision
        field = f"{month_name(cell.month)} {cell.commodity.code}"
        told.setdefault(cell.account.id, {"account": (cell.account.path, cell.account.path)})
        told[cell.account.id][field] = (
            plain(there, digits) if there else None,
            plain(cell.wanted, digits) if cell.wanted else None,
        )
    return [audit.Line(account_id, changes) for account_id, changes in told.items()]


def plan(session: Session, name: str, span: str, amount: Decimal, code: str) -> AccountRow:
    """Plan an account for a month, or for a year in twelve parts that sum to it.

    Args:
        session: Who plans.
        name: Of the account.
        span: `2026-05` or `2026`.
        amount: Growth positive; zero takes the plan back.
        code: Of the commodity.

    Raises:
        UnknownAccountError, UnknownCommodityError: There is no such account or commodity.
        PrecisionError, AmountTooLargeError: The amount cannot be held.
        InvalidChangeError: The span is none.
    """
    session.require("ledger.prepare")
    months = months_between(*months_of(span))
    with audit.writing():
        account, commodity = accounts.find(name), commodity_of(code)
        minor = to_minor(amount, code, commodity.precision)
        parts = spread(minor, len(months))
        cells = [Cell(account, commodity, month, None, part)
                 for month, part in zip(months, parts, strict=True)]  # fmt: skip
        write(session, "budget.plan", cells)
    return account


def commodity_of(code: str) -> CommodityRow:
    """Return a commodity, a currency that the books do not have yet among them.

    Raises:
        UnknownCommodityError: There is none, and it is no currency.
    """
    known = commodities.by_code()
    commodities.ensure(known, {code: None})
    return known[code]


def set_mode(session: Session, name: str, mode: str) -> AccountRow:
    """Say whether an entry that passes the budget of an account is refused.

    Raises:
        NotAllowedError: The person may not set up the books.
        UnknownAccountError: There is no such account.
        InvalidChangeError: It is none of `MODES`, or the account is no expense.
    """
    session.require("ledger.configure")
    if mode not in MODES:
        raise InvalidChangeError(
            "mode", _("expected one of {words}").format(words=", ".join(MODES))
        )
    with audit.writing():
        account = accounts.find(name)
        if account.kind != "expense":
            raise InvalidChangeError("account", _("only the budget of an expense can be passed"))
        before = stored.select_rules().get(account.id, MODES[0])
        if before != mode:
            stored.set_rule(account.id, "" if mode == MODES[0] else mode)
            told = {"account": (account.path, account.path), "mode": (before, mode)}
            audit.record(session, "budget.rule", FEATURE, [audit.Line(account.id, told)])
    return account


# Undo


def undo_last(session: Session) -> str:
    """Take back the newest operation of this person on budgets; returns what it was.

    Raises:
        UndoError: There is none, or a cell was changed since.
    """
    session.require("ledger.prepare")
    with audit.writing():
        for row in trail.select_last_operations(session.user.id, LOOK_BACK):
            fresh = row.action in UNDOABLE and not row.undoes
            if fresh and not trail.select_undoing(row.operation):
                undo(session, row.operation)
                return row.action
    raise UndoError(_("There is nothing to undo."))


def undo(session: Session, operation: int) -> int:
    """Put back what an operation changed, in one transaction.

    Raises:
        UndoError: It cannot be undone, was undone before, or a cell was changed since.
    """
    session.require("ledger.prepare")
    with audit.writing():
        lines = trail.select_operation(operation)
        if not lines or lines[0].action not in UNDOABLE:
            raise UndoError(_("This cannot be undone."))
        if trail.select_undoing(operation):
            raise UndoError(_("This was undone already."))
        chart = {row.id: row for row in charts.select_accounts()}
        known = commodities.by_code()
        cells = []
        for line in lines:
            for field, (before, after) in json.loads(line.changes).items():
                month, blank, code = field.partition(" ")
                if blank:
                    cells.append(_put_back(chart[line.record_id], known[code], month,
                                           before, after))  # fmt: skip
        try:
            return write(session, "budget.undo", cells, undoes=operation)
        except StaleRecordError as error:
            raise UndoError(
                _("{what} was changed since; undo that first, or change it back.").format(
                    what=error.what
                )
            ) from error


def _put_back(
    account: AccountRow, commodity: CommodityRow, month: str, before: str | None, after: str | None
) -> Cell:
    minor = [to_minor(Decimal(text or "0"), commodity.code, commodity.precision)
             for text in (after, before)]  # fmt: skip
    return Cell(account, commodity, months_of(month)[0], minor[0], minor[1])
