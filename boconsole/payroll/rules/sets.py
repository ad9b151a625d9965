"""A set of rules with its days, and what of it holds in a month.

Of several rows of one code the one that began last holds, as long as it has not ended.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple, TypeVar

from boconsole.payroll.rules.errors import NoRuleError
from boconsole.payroll.rules.figures import Contribution, Dated, Figure, Levy, Listed, Table

INDONESIA = "indonesia"
PLAIN = "plain"
KINDS = (INDONESIA, PLAIN)
Row = TypeVar("Row", bound=Dated)


class Rows(NamedTuple):
    """Everything that a file says, in the order of the file."""

    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    lists: tuple[Listed, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    levies: tuple[Levy, ...] = ()


@dataclass(frozen=True)
class Held:
    """What of a set holds in one month.

    Attributes:
        name: Of the set.
        kind: How it is computed: `indonesia` or `plain`.
        day: The first of the month.
        contributions: In the order of the file.
        levies: Taxes of plain rules, in the order of the file.
    """

    name: str
    kind: str
    day: date
    contributions: tuple[Contribution, ...]
    levies: tuple[Levy, ...]
    figures: dict[str, Figure] = field(repr=False)
    tables: dict[str, Table] = field(repr=False)
    lists: dict[str, Listed] = field(repr=False)

    def figure(self, code: str) -> Figure:
        """Return a figure; raises NoRuleError."""
        return _found(self, self.figures, code)

    def table(self, code: str) -> Table:
        """Return a table; raises NoRuleError."""
        return _found(self, self.tables, code)

    def names(self, code: str) -> tuple[str, ...]:
        """Return the names of a list; none where nothing is said."""
        listed = self.lists.get(code)
        return listed.names if listed else ()

    def value(self, code: str, default: int = 0) -> Fraction:
        """Return the number of a figure, or the default where nothing is said."""
        figure = self.figures.get(code)
        return figure.value if figure else Fraction(default)


def _found(held: Held, rows: dict[str, Row], code: str) -> Row:
    row = rows.get(code)
    if row is None:
        raise NoRuleError(held.name, code, held.day)
    return row


@dataclass(frozen=True)
class RuleSet:
    """Rules of one country for some time.

    Attributes:
        name: Such as `id-2024`.
        title: For people.
        family: Sets that follow each other share it: `id`.
        kind: How they are computed: `indonesia` or `plain`.
        currency: Of its amounts.
        digits: Behind the point of its amounts.
        starts: First day that it speaks for.
        ends: Last day; None without an end.
        rows: What it says, with what it took over.
    """

    name: str
    title: str
    family: str
    kind: str
    currency: str
    digits: int
    starts: date
    ends: date | None
    rows: Rows

    def covers(self, day: date) -> bool:
        """Return whether it speaks for a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def on(self, year: int, month: int) -> Held:
        """Return what holds in a month.

        Raises:
            NoRuleError: The set does not speak for that month.
        """
        day = date(year, month, 1)
        if not self.covers(day):
            raise NoRuleError(self.name, self.title, day)
        rows = self.rows
        return Held(
            self.name,
            self.kind,
            day,
            tuple(_holding(rows.contributions, day).values()),
            tuple(_holding(rows.levies, day).values()),
            _holding(rows.figures, day),
            _holding(rows.tables, day),
            _holding(rows.lists, day),
        )


def _holding(rows: Iterable[Row], day: date) -> dict[str, Row]:
    """Return the row of each code that began last, without those that have ended."""
    found: dict[str, Row] = {}
    for row in rows:
        begun = found.get(row.code)
        if row.starts <= day and (begun is None or row.starts >= begun.starts):
            found[row.code] = row
    return {code: row for code, row in found.items() if row.ends is None or day <= row.ends}
