"""Sums of accounts as rows of a tree, and what conversion leaves as rows of its own."""

from collections.abc import Callable, Iterable, Sequence

from boconsole.language import _
from boconsole.ledger.statements.books import Books, Sum
from boconsole.ledger.statements.shapes import (
    NOTHING,
    Cell,
    Row,
    Section,
    line,
    minus,
    opposite,
    plus,
    section,
    total,
)
from db.ledger.rows import AccountRow

CREDIT = ("liability", "equity", "income")
"""Kinds that people count the other way round."""

Test = Callable[[AccountRow], bool]
Sums = Sequence[Sum]
Columns = Sequence[Sums]


def rows(books: Books, columns: Columns, wanted: Test, *, natural: bool = True) -> list[Row]:
    """Return the accounts of some kind with those above them, by path.

    Args:
        books: The chart.
        columns: What each column counts.
        wanted: Which accounts.
        natural: Turn income, liabilities and equity to positive.
    """
    own = _cells(columns, wanted, natural)
    below: dict[int, list[list[Cell]]] = {}
    for account_id, cells in own.items():
        for above in _up(books, account_id):
            sums = below.setdefault(above, [[] for _column in columns])
            for place, cell in enumerate(cells):
                sums[place].append(cell)
    nothing = (NOTHING,) * len(columns)
    found = books.ordered(below)
    return [
        Row(
            account.name, account.path, account.id, account.kind, account.path.count(":"),
            own.get(account.id, nothing), tuple(total(cells) for cells in below[account.id]),
        )
        for account in found
    ]  # fmt: skip


def _cells(columns: Columns, wanted: Test, natural: bool) -> dict[int, tuple[Cell, ...]]:
    found: dict[int, list[Cell]] = {}
    for place, sums in enumerate(columns):
        for account, cell, _month in sums:
            if (cell.amounts or cell.values) and wanted(account):
                cells = found.setdefault(account.id, [NOTHING] * len(columns))
                turned = natural and account.kind in CREDIT
                cells[place] = opposite(cell) if turned else cell
    return {key: tuple(cells) for key, cells in found.items()}


def _up(books: Books, account_id: int | None) -> Iterable[int]:
    while account_id is not None:
        yield account_id
        account_id = books.accounts[account_id].parent_id


def of_kind(*kinds: str) -> Test:
    """Return the test for accounts of some kinds."""
    return lambda account: account.kind in kinds


def sum_of(sums: Iterable[Sum], wanted: Test) -> Cell:
    """Return what some accounts hold together; debit is positive."""
    return total(each.cell for each in sums if wanted(each.account))


def unclassified(books: Books, columns: Columns) -> list[Section]:
    """Return the accounts that have no kind, as a section where there are any."""
    found = rows(books, columns, of_kind(""))
    return [section("unclassified", _("Not classified"), found, len(columns))] if found else []


def loose_paths(sections: Iterable[Section]) -> tuple[str, ...]:
    """Return the accounts of sections that hold something themselves."""
    return tuple(
        row.path
        for each in sections
        for row in each.rows
        if any(cell.amounts or cell.values for cell in row.own)
    )


def conversion(books: Books, columns: Columns, sign: int) -> list[Row]:
    """Return the rows that keep a converted statement in balance; none where nothing is over.

    The first is by how much what is held is worth more than it was booked for; the second is
    what rounding each sum to the smallest unit leaves, never more than half a unit for each.
    """
    if not books.currency:
        return []
    worth = [_difference(sums) for sums in columns]
    rest = [_rounding(books, sums) for sums in columns]
    found = []
    for title, cells in (
        (_("Difference of conversion"), worth), (_("Rounding of conversion"), rest),
    ):  # fmt: skip
        if any(cell.amounts for cell in cells):
            turned = cells if sign > 0 else [opposite(cell) for cell in cells]
            found.append(line(title, "difference", turned))
    return found


def _difference(sums: Iterable[Sum]) -> Cell:
    whole = total(each.cell for each in sums)
    return Cell(plus(whole.amounts, minus(whole.values)), {})


def _rounding(books: Books, sums: Sequence[Sum]) -> Cell:
    whole = total(each.cell for each in sums).values
    rest = {code: amount for code, amount in whole.items() if 2 * abs(amount) <= books.roundings}
    return Cell(rest, rest)
