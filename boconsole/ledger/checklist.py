"""What is still to do before a month is closed, each point with what holds it up."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from boconsole.language import N_, _
from boconsole.ledger import recurring
from boconsole.ledger.words import entry_number
from boconsole.session import Session
from db.fields import number_of
from db.ledger import calendar, charts, checks, entries
from db.ledger.rows import PeriodRow

SHOWN = 20
"""Causes that one point names at most."""
TITLES = {
    "earlier": N_("Earlier months are closed"),
    "drafts": N_("No draft is left"),
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
    """

    name: str
    title: str
    causes: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is left to do."""
        return not self.causes


Finder = Callable[[Session, PeriodRow], Point]


def points(session: Session, period: PeriodRow, more: Sequence[Finder] = ()) -> list[Point]:
    """Return the list of a month.

    Args:
        session: Who asks.
        period: The month.
        more: Points of features above the ledger, such as unmatched bank lines.
    """
    session.require("ledger.read")
    found = {
        "earlier": _earlier(period),
        "drafts": _drafts(period),
        "recurring": _recurring(session, period),
        "classified": _unclassified(period),
        "balanced": [_number(row[0]) for row in checks.select_unbalanced()],
    }
    own = [Point(name, _(TITLES[name]), tuple(causes)) for name, causes in found.items()]
    return [*own, *(finder(session, period) for finder in more)]


def _earlier(period: PeriodRow) -> list[str]:
    return [
        f"{row.starts:%Y-%m}"
        for row in calendar.select_periods()
        if row.starts < period.starts and row.state == "open" and row.year_state == "open"
    ][-SHOWN:]


def _drafts(period: PeriodRow) -> list[str]:
    ids = entries.select_drafts(number_of(period.starts), number_of(period.ends), SHOWN)
    return [_number(entry_id) for entry_id in ids]


def _recurring(session: Session, period: PeriodRow) -> list[str]:
    coming = recurring.coming(session, period.ends)
    return [f"{each.recurrence} {each.day}" for each in coming[:SHOWN]]


def _unclassified(period: PeriodRow) -> list[str]:
    used = checks.select_used(number_of(period.starts) // 100)
    return [
        row.path
        for row in charts.select_accounts()
        if row.id in used and not (row.kind and (row.cash_flow or row.role == "cash"))
    ][:SHOWN]


def _number(entry_id: int) -> str:
    head = entries.find_entry(entry_id)
    if head is None:
        return f"#{entry_id}"
    return entry_number(head.id, head.series, head.year, head.number)
