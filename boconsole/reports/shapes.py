"""What a report is, what it is asked, and what it answers: plain values without a database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from boconsole.reports.periods import Period
from boconsole.session import Session

Kind = Literal["text", "count", "share", "length", "decimal", "money", "day"]
Value = str | int | Decimal | date | None
"""As the kind of its column says: a share is a Decimal of per cent, a length is seconds, money is
a number in whole units of its commodity; None where there is nothing to say."""

TIMES = ("day", "week", "month")
"""What every report by time can be grouped by."""


class Column(NamedTuple):
    """One column.

    Attributes:
        key: For programs.
        title: Translated.
        kind: Of its values.
        digits: Behind the point, of decimals and money.
        total: Whether its values add up.
    """

    key: str
    title: str
    kind: Kind = "count"
    digits: int = 0
    total: bool = False


class Row(NamedTuple):
    """One line.

    Attributes:
        cells: One value for each column.
        query: Finds the records that the line counts in the list of the answer; None where it
            leads nowhere.
        counted: How many those are, or None where it counts no records.
        listed: The list, where it is not that of the answer.
        of: Names the line to its own report, which tells its records one by one; None where it
            does not.
        record: The number of the record that the line is: `LVE-0001`.
        more: Columns whose numbers count other records of the same list, and their queries.
    """

    cells: tuple[Value, ...]
    query: str | None = None
    counted: int | None = None
    listed: str = ""
    of: str | None = None
    record: str = ""
    more: tuple[tuple[int, str], ...] = ()


class Chart(NamedTuple):
    """How a report is drawn: `labels` is the place of the column that names, `values` are drawn."""

    kind: Literal["bar", "line"]
    labels: int
    values: tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """What a report found.

    Attributes:
        columns: Of each row.
        rows: In their order.
        chart: How to draw them; None where there is nothing to draw.
        listed: The list that rows lead to, one of `home.lists.LISTS`.
        told: How the figures are made: formulas and their sources, as sentences.
        commodity: Of money, where all of it is in one.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    chart: Chart | None = None
    listed: str = ""
    told: Sequence[str] = ()
    commodity: str = ""


@dataclass(frozen=True)
class Asked:
    """What a report is asked, checked.

    Attributes:
        session: Who asks.
        by: What its lines are.
        first: The first day.
        last: The last day, included.
        query: Which records; empty for all.
        periods: The days from first to last in steps, where `by` is one of time.
        of: The line whose records are asked for, one by one; None for the lines themselves.
        progress: Told how many of how many months are counted, where sums are counted anew.
    """

    session: Session
    by: str
    first: date
    last: date
    query: str = ""
    periods: tuple[Period, ...] = ()
    of: str | None = None
    progress: Callable[[int, int], object] | None = None

    @property
    def is_by_time(self) -> bool:
        """Whether its lines are periods."""
        return self.by in TIMES


@dataclass(frozen=True)
class Report:
    """One report.

    Attributes:
        name: As it is typed: `tickets-volume`.
        title: Marked with `N_`.
        about: What it tells, one sentence, marked with `N_`.
        area: `tickets`, `assets`, `staff`, `money` or `projects`.
        permissions: All of them are needed.
        read: `module:function` of this folder that answers it, imported when it is asked.
        by: What its lines can be; the first one unless another is asked for. Empty where they
            are always the same.
        spans: Whether it is of a span of time.
        filtered: What its query is a query of: a list of `narrowing`, or `documents`, those of
            the side that its lines are of.
        records: `module:function` that tells the records of one line; "" where lines lead to
            lists that are there.
    """

    name: str
    title: str
    about: str
    area: str
    permissions: tuple[str, ...]
    read: str
    by: tuple[str, ...] = ()
    spans: bool = True
    filtered: str = field(kw_only=True)
    records: str = ""
