"""What is still to do before a month or a year is closed, each point with what holds it up."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from boconsole.filters.complete import word_for
from boconsole.language import N_, _
from boconsole.ledger import approving, recurring
from boconsole.ledger.words import CASH_ROLES, entry_number
from boconsole.session import Session
from db.fields import number_of
from db.ledger import calendar, charts, checks, entries
from db.ledger.rows import PeriodRow, YearRow

SHOWN = 20
"""Causes that one point names at most."""
TITLES = {
    "earlier": N_("Earlier months are closed"),
    "earlier-years": N_("Earlier years are closed"),
    "drafts": N_("No draft of an entry is left"),
    "unapproved": N_("Nothing waits for an approval"),
    "recurring": N_("What comes back is entered"),
    "classified": N_("Accounts in use are classified"),
    "balanced": N_("Every entry balances"),
}


class Point(NamedTuple):
    """One point of the list.

    Attributes:
        name: Which one, as in `TITLES`.
        title: What should hold, for people.
        causes: Numbers of entries, accounts or months that hold it up; empty when it holds.
        total: How many causes there are, where not all are named.
        query: Of the journal, or of the list of what the point is about, where it finds them.
    """

    name: str
    title: str
    causes: tuple[str, ...]
    total: int = 0
    query: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing is left to do."""
        return not self.causes

    @property
    def number(self) -> int:
        """How many causes there are."""
        return max(self.total, len(self.causes))


Finder = Callable[[Session, PeriodRow], Point]


def points(session: Session, period: PeriodRow, more: Sequence[Finder] = ()) -> list[Point]:
    """Return the list of a month, or of a year; see `of_year`.

    Args:
        session: Who asks.
        period: The days.
        more: Points of features above the ledger, such as unmatched bank lines.
    """
    session.require("ledger.read")
    found = [
        _earlier(period), _drafts(period), _unapproved(period), _recurring(session, period),
        _unclassified(period), _unbalanced(period),
    ]  # fmt: skip
    return [*found, *(finder(session, period) for finder in more)]


def of_year(year: YearRow) -> PeriodRow:
    """Return the days of a year as those of a month are given; no month has the id 0."""
    return PeriodRow(0, year.id, year.starts, year.ends, year.state, year.state, year.version)


def made(name: str, causes: Sequence[str], query: str = "", total: int = 0) -> Point:
    """Return a point of `TITLES`, which names so many causes as are shown."""
    return Point(name, _(TITLES[name]), tuple(causes[:SHOWN]), total or len(causes), query)


def _earlier(period: PeriodRow) -> Point:
    if not period.id:
        years = calendar.select_years()
        return made(
            "earlier-years",
            [row.name for row in years if row.starts < period.starts and row.state == "open"],
        )
    begun = entries.first_day() or period.starts
    return made(
        "earlier",
        [
            f"{row.starts:%Y-%m}"
            for row in calendar.select_periods()
            if begun <= row.ends < period.starts and row.state == row.year_state == "open"
        ],
    )


def days_of(period: PeriodRow) -> str:
    """Return the term of a query for the days of a month or year."""
    return f"date:{period.starts}..{period.ends}"


def _drafts(period: PeriodRow) -> Point:
    days = (number_of(period.starts), number_of(period.ends))
    ids = entries.select_drafts(*days, SHOWN)
    return made(
        "drafts", [_number(entry_id) for entry_id in ids], f"is:draft {days_of(period)}",
        entries.count_drafts(*days),
    )  # fmt: skip


def _unapproved(period: PeriodRow) -> Point:
    waiting = entries.select_entries(approving.waiting_ids())
    heads = [head for head in waiting.values() if period.starts <= head.dated <= period.ends]
    numbers = [entry_number(head.id, head.series, head.year, head.number) for head in heads]
    return made("unapproved", numbers, f"is:unapproved {days_of(period)}")


def _recurring(session: Session, period: PeriodRow) -> Point:
    coming = recurring.coming(session, period.ends)
    return made("recurring", [f"{each.recurrence} {each.day}" for each in coming])


def _unclassified(period: PeriodRow) -> Point:
    used = checks.select_used(number_of(period.starts) // 100, number_of(period.ends) // 100)
    paths = [
        row.path
        for row in charts.select_accounts()
        if row.id in used and not (row.kind and (row.cash_flow or row.role in CASH_ROLES))
    ]
    query = " or ".join(f"account:{word_for(path)}" for path in paths[:SHOWN])
    return made("classified", paths, query)


def _unbalanced(period: PeriodRow) -> Point:
    days = (number_of(period.starts), number_of(period.ends))
    numbers = [_number(entry_id) for entry_id in checks.select_unbalanced_between(*days)]
    return made("balanced", numbers, f"entry:{','.join(numbers[:SHOWN])}" if numbers else "")


def _number(entry_id: int) -> str:
    head = entries.find_entry(entry_id)
    if head is None:
        return f"#{entry_id}"
    return entry_number(head.id, head.series, head.year, head.number)
