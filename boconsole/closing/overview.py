"""What the closing room shows: lock dates, exceptions that run, years and their months."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from boconsole.ledger import exceptions, periods
from boconsole.ledger.words import PARTS
from boconsole.session import Session
from db.fields import number_of
from db.invoices import checks
from db.ledger import entries as stored
from db.ledger import results
from db.ledger.results import Earned
from db.ledger.rows import ExceptionRow, PeriodRow, YearRow

MOST = 10_000
"""Entries of a month that are counted."""
Kind = Literal["lock", "exception", "year", "month"]
KINDS: tuple[Kind, ...] = ("lock", "exception", "year", "month")


class Row(NamedTuple):
    """One line of the room.

    Attributes:
        kind: What it is; the other attributes have what fits it.
        id: Of the exception, year or month; the place of a lock's part.
        name: Of the part, year or month.
        state: Of a year or month.
        starts: The first day of a year or month.
        ends: The last one, or the last locked day; None where nothing is locked.
        exception: The exception.
        entries: Posted, counted to `MOST`.
        drafts: Of entries, documents and payments.
        earned: The result by commodity.
    """

    kind: Kind
    id: int
    name: str
    state: str = ""
    starts: date | None = None
    ends: date | None = None
    exception: ExceptionRow | None = None
    entries: int = 0
    drafts: int = 0
    earned: tuple[Earned, ...] = ()

    @property
    def key(self) -> int:
        """A number that no other line has."""
        return self.id * len(KINDS) + KINDS.index(self.kind)


def rows(session: Session) -> list[Row]:
    """Return all lines, entries not yet counted: locks, exceptions, the latest year first."""
    session.require("ledger.read")
    locked = periods.locks(session)
    found = [Row("lock", place, part, ends=locked[part]) for place, part in enumerate(PARTS)]
    found += [
        Row("exception", each.id, each.part, exception=each) for each in exceptions.running(session)
    ]
    months: dict[int, list[PeriodRow]] = {}
    for month in periods.periods(session):
        months.setdefault(month.year_id, []).append(month)
    left, earned = _left(), _by_month(results.select_earned())
    for year in reversed(periods.years(session)):
        mine = [_month(month, left, earned) for month in months.get(year.id, ())]
        found += [_year(year, mine), *mine]
    return found


def counted(found: Sequence[Row]) -> list[Row]:
    """Return lines with their entries counted; a year has those of its months."""
    return [
        row._replace(entries=_entries(row)) if row.kind in ("year", "month") else row
        for row in found
    ]


def find(session: Session, name: str) -> Row | None:
    """Return the line of a month or year, entries not counted; None where there is none."""
    return next((row for row in rows(session) if row.starts and row.name == name), None)


def next_to_close(found: Iterable[Row]) -> Row | None:
    """Return the earliest open month since something was booked, else the earliest of all."""
    months = sorted(
        (row for row in found if row.kind == "month"), key=lambda row: row.starts or date.min
    )
    used = (place for place, row in enumerate(months) if row.earned or row.drafts)
    return next((row for row in months[next(used, 0) :] if row.state == "open"), None)


def _month(month: PeriodRow, left: dict[int, int], earned: dict[int, list[Earned]]) -> Row:
    number = number_of(month.starts) // 100
    state = month.state if month.year_state == "open" else month.year_state
    return Row(
        "month", month.id, f"{month.starts:%Y-%m}", state, month.starts, month.ends,
        drafts=left.get(number, 0), earned=tuple(earned.get(number, ())),
    )  # fmt: skip


def _year(year: YearRow, months: Sequence[Row]) -> Row:
    sums: dict[str, Earned] = {}
    for month in months:
        for each in month.earned:
            before = sums.get(each.commodity, each._replace(amount=0))
            sums[each.commodity] = before._replace(amount=before.amount + each.amount)
    return Row(
        "year", year.id, year.name, year.state, year.starts, year.ends,
        drafts=sum(month.drafts for month in months), earned=tuple(sums.values()),
    )  # fmt: skip


def _entries(row: Row) -> int:
    assert row.starts is not None
    assert row.ends is not None
    days = number_of(row.starts), number_of(row.ends)
    found = results.count_entries(*days, MOST)
    return found if found == MOST else found - stored.count_drafts(*days)


def _left() -> dict[int, int]:
    """Return the drafts of each month, whatever they are of."""
    left = results.count_drafts()
    for month, count in checks.count_waiting():
        left[month] = left.get(month, 0) + count
    return left


def _by_month(found: Iterable[Earned]) -> dict[int, list[Earned]]:
    earned: dict[int, list[Earned]] = {}
    for each in found:
        earned.setdefault(each.month, []).append(each)
    return earned
