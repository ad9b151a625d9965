"""Where cash came from and went to, month by month, told in two ways.

Direct: the lines opposite to cash, by the class of their accounts. Indirect: the result, and
what all other accounts changed by. Both sum to the change in cash, as every entry balances.

Income and expenses of class `none` move no cash themselves (depreciation, a gain on a sale of
equipment): they are taken out of the result and given to the balance-sheet accounts of their
entry. Nothing is split: where those accounts are of several classes, the amount stands under
`none`. Unrealised gains are such too; what they add to cash alone stands under `exchange`, beside
all activities.

A revaluation surplus in equity moves no cash either: it never stands in its own class. In an entry
with cash it stands where retained earnings do, which take it, else with the accounts of the entry.

Source: IAS 7, paragraph 28.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from boconsole.ledger.statements.books import RESULT, Books, Sum
from boconsole.ledger.statements.shapes import Cell, Column, opposite, total
from boconsole.ledger.words import CASH_ROLES, RETAINED, SURPLUS
from db.ledger import statements as stored
from db.ledger.rows import AccountRow

CLASSES = ("operating", "investing", "financing", "exchange", "none", "")
ELSEWHERE = ("investing", "financing")
EQUITY = (SURPLUS, RETAINED)


class Flow(NamedTuple):
    """What one account moved in a month; into cash is positive.

    `why` is `result`, `adjustment` (taken out of the result or put where it belongs), `change`
    of a balance-sheet account, or `counter` to cash.
    """

    place: str
    why: str
    account: AccountRow | None
    cell: Cell
    month: int


def is_cash(account: AccountRow) -> bool:
    """Return whether an account is cash for the statement."""
    return account.role in CASH_ROLES and account.kind not in RESULT


def direct(books: Books, column: Column) -> list[Flow]:
    """Return the lines opposite to cash, by account and month."""
    cash = [key for key, account in books.accounts.items() if is_cash(account)]
    found = [
        Flow(account.cash_flow, "counter", account, opposite(cell), month)
        for account, cell, month in books.counter(column, cash)
        if not is_moved(account)
    ]
    for lines in _beside(books, column):
        if any(is_cash(line.account) for line in lines):
            accounts = [line.account for line in lines]
            found += [Flow(place_of(line.account, accounts), "counter", line.account,
                           opposite(line.cell), line.month)
                      for line in lines if is_moved(line.account)]  # fmt: skip
    return found


def indirect(books: Books, column: Column) -> list[Flow]:
    """Return the result and what all accounts but cash changed by, by account and month."""
    found: list[Flow] = []
    for account, cell, month in books.months(column):
        if is_cash(account) or account.role == SURPLUS:
            continue
        away = opposite(cell)
        if account.kind not in RESULT:
            found.append(Flow(account.cash_flow, "change", account, away, month))
            continue
        found.append(Flow("operating", "result", None, away, month))
        if account.cash_flow in ELSEWHERE and not is_moved(account):
            found.append(Flow("operating", "adjustment", account, cell, month))
            found.append(Flow(account.cash_flow, "adjustment", account, away, month))
    for lines in _beside(books, column):
        found += _given_back(lines)
    return found


def _given_back(lines: Sequence[Sum]) -> Iterator[Flow]:
    """Yield what takes income and expenses without cash out of the result, for one entry."""
    moved = [line for line in lines if is_moved(line.account)]
    for account, cell, month in moved:
        if account.role != SURPLUS:
            yield Flow("operating", "adjustment", account, cell, month)
    others = [line for line in lines if not is_moved(line.account)]
    if all(not is_cash(line.account) and line.account.kind not in RESULT for line in others):
        for account, cell, month in others:
            yield Flow(account.cash_flow, "change", account, cell, month)
        return
    accounts = [line.account for line in lines]
    for account, cell, month in moved:
        place = place_of(account, accounts)
        yield Flow(place, "adjustment", account, opposite(cell), month)


def is_moved(account: AccountRow) -> bool:
    """Return whether an account is taken out of where it stands: it moves no cash itself."""
    if account.kind not in RESULT:
        return account.role == SURPLUS
    return account.cash_flow == "none" or account.role == "unrealised"


def place_of(account: AccountRow, found: Collection[AccountRow]) -> str:
    """Return the class that takes what moves no cash itself, in an entry of some accounts."""
    if account.role == SURPLUS:
        taking = [each.cash_flow for each in found if each.role == RETAINED]
        if taking:
            return taking[0]
    return home_of(found)


def home_of(found: Collection[AccountRow]) -> str:
    """Return the class of the balance-sheet accounts of an entry, where it is one alone.

    Beside a surplus, retained earnings only take it.
    """
    skipped = EQUITY if any(account.role == SURPLUS for account in found) else ()
    classes = {account.cash_flow for account in found
               if account.kind not in RESULT and not is_cash(account)
               and account.role not in skipped}  # fmt: skip
    if not classes and any(account.role == "unrealised" for account in found):
        return "exchange"
    return classes.pop() if len(classes) == 1 else "none"


def _beside(books: Books, column: Column) -> Iterator[list[Sum]]:
    """Yield the lines of each entry with income or expenses that move no cash."""
    moved = [key for key, account in books.accounts.items() if is_moved(account)]
    if not moved or column.starts is None:
        return
    rows = stored.select_beside(moved, column.starts, column.ends)
    for _key, lines in groupby(rows, key=lambda row: (row.entry_id, row.kind)):
        yield [Sum(books.accounts[row.sum.account_id], books.cell(row.sum), row.month)
               for row in lines]  # fmt: skip


def change(books: Books, column: Column) -> dict[int, Cell]:
    """Return by how much cash changed, month by month, from its own kept balances."""
    found: dict[int, list[Cell]] = {}
    for account, cell, month in books.months(column):
        if is_cash(account):
            found.setdefault(month, []).append(cell)
    return {month: total(cells) for month, cells in found.items()}
