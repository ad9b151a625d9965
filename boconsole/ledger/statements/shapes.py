"""What every statement looks like: sections of rows under columns, and its proof.

Amounts are in smallest units, by commodity. A cell has them as they were booked and as book
value, in the commodities that entries balance in.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

Money = Mapping[str, int]
"""Commodity to smallest units, without zeros."""


class Column(NamedTuple):
    """What one column counts: the days from `starts` (None: the beginning) to `ends`."""

    key: str
    title: str
    starts: date | None
    ends: date


class Cell(NamedTuple):
    """Amounts as booked, and as book value."""

    amounts: Money
    values: Money


NOTHING = Cell({}, {})


class Row(NamedTuple):
    """One line of a statement.

    Attributes:
        title: The name of the account, or what the line is.
        path: The account; empty where the line is none.
        account_id: For the lines behind it, between the days of each column; 0 for none.
        kind: Of the account, or `result`, `difference`, `sum`, `line`.
        depth: 0 for the first level.
        own: By column, the account alone.
        total: By column, with the accounts below.
        entry_id: The entry of a single line; 0 for none.
        number: The number of that entry.
        dated: Its day.
    """

    title: str
    path: str
    account_id: int
    kind: str
    depth: int
    own: tuple[Cell, ...]
    total: tuple[Cell, ...]
    entry_id: int = 0
    number: str = ""
    dated: date | None = None


class Section(NamedTuple):
    """Rows under a heading; `totals` by column."""

    key: str
    title: str
    rows: tuple[Row, ...]
    totals: tuple[Cell, ...]


class Proof(NamedTuple):
    """What must be equal: a sentence, for which days, and both sides as they are."""

    key: str
    sentence: str
    column: str
    left: Money
    right: Money

    @property
    def holds(self) -> bool:
        """Whether both sides are equal."""
        return self.left == self.right


class Unconvertible(NamedTuple):
    """What has no rate to the reporting currency and is in no sum."""

    column: str
    path: str
    commodity: str
    amount: int


class Statement(NamedTuple):
    """A statement.

    Attributes:
        name: Such as `balance-sheet`.
        title: For people.
        signs: `natural` (income, liabilities and equity are positive) or `debit`.
        measure: `amounts` or `values`: which half of a cell people are shown first.
        columns: What is counted.
        sections: In order.
        proofs: Each must hold.
        precisions: Digits behind the point, by commodity.
        currency: All is converted to it; empty for the commodities of the books.
        unconvertible: What could not be.
        unclassified: Paths of accounts without the kind or class that this statement needs.
        cut: More lines were there than asked for.
        remarks: Sentences on what the statement cannot know.
    """

    name: str
    title: str
    signs: str
    measure: str
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    proofs: tuple[Proof, ...]
    precisions: Mapping[str, int]
    currency: str = ""
    unconvertible: tuple[Unconvertible, ...] = ()
    unclassified: tuple[str, ...] = ()
    cut: bool = False
    remarks: tuple[str, ...] = ()


def plus(*parts: Money) -> dict[str, int]:
    """Return the sum of amounts, without zeros."""
    sums: dict[str, int] = {}
    for part in parts:
        for code, amount in part.items():
            sums[code] = sums.get(code, 0) + amount
    return {code: amount for code, amount in sorted(sums.items()) if amount}


def minus(part: Money) -> dict[str, int]:
    """Return amounts with the other sign."""
    return {code: -amount for code, amount in part.items()}


def total(cells: Iterable[Cell]) -> Cell:
    """Return the sum of cells."""
    cells = list(cells)
    if len(cells) == 1:
        return cells[0]
    return Cell(plus(*(cell.amounts for cell in cells)), plus(*(cell.values for cell in cells)))


def opposite(cell: Cell) -> Cell:
    """Return a cell with the other sign."""
    return Cell(minus(cell.amounts), minus(cell.values))


def totals(rows: Iterable[Row], columns: int) -> tuple[Cell, ...]:
    """Return, by column, the sum of what rows hold themselves."""
    rows = list(rows)
    return tuple(total(row.own[place] for row in rows) for place in range(columns))


def section(key: str, title: str, rows: Sequence[Row], columns: int) -> Section:
    """Return a section with its totals."""
    return Section(key, title, tuple(rows), totals(rows, columns))


def line(title: str, kind: str, cells: Sequence[Cell], depth: int = 0) -> Row:
    """Return a row that is no account."""
    return Row(title, "", 0, kind, depth, tuple(cells), tuple(cells))
