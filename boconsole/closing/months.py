"""Closing months and years while nothing of them waits any more, whichever feature it belongs to.

No right passes this over: what waits is posted, moved to an open day, or deleted.
"""

from collections.abc import Sequence
from datetime import date

from boconsole import audit
from boconsole.invoices import waiting
from boconsole.invoices.waiting import Waiting
from boconsole.language import _
from boconsole.ledger import checklist, closing, periods
from boconsole.ledger.closing import Closed
from boconsole.ledger.errors import YearStateError
from boconsole.session import Session
from db.ledger.rows import PeriodRow

NAMED = 5
"""Of what waits, so many are named in a refusal."""


class WaitingDocumentsError(YearStateError):
    """Documents or payments of a month wait to be issued, posted or approved."""

    def __init__(self, found: Sequence[Waiting], starts: date, ends: date) -> None:
        named = ", ".join(each.told for each in found[:NAMED])
        if len(found) > NAMED:
            named += ", …"
        super().__init__(
            _("Not posted yet: {named} ({starts} to {ends}); post, move or delete them.").format(
                starts=starts, ends=ends, named=named
            )
        )


def is_month(name: str) -> bool:
    """Return whether a name is that of a month and not of a year."""
    return bool(periods.MONTH.fullmatch(name.strip()))


def span(session: Session, name: str) -> PeriodRow:
    """Return the days of a month such as 2026-04 or a year such as 2026; raises NotFoundError."""
    session.require("ledger.read")
    if is_month(name):
        return periods.find_month(session, name)
    return checklist.of_year(periods.find_year(name))


def close_month(session: Session, name: str) -> PeriodRow:
    """Close a month such as 2026-04.

    Raises:
        NotFoundError: There is no such month.
        WaitingDocumentsError: A document or payment of it waits.
        YearStateError: A draft of an entry is left in it, or it is closed already.
    """
    session.require("ledger.close")
    with audit.writing():
        month = periods.find_month(session, name, make=True)
        _require_nothing_waiting(month.starts, month.ends)
        periods.close_period(session, month)
    return month


def close_year(session: Session, name: str) -> Closed:
    """Close a fiscal year: its result goes to retained earnings.

    Raises:
        WaitingDocumentsError: A document or payment of it waits.
        BoconsoleError: As `boconsole.ledger.closing.close`.
    """
    session.require("ledger.close")
    with audit.writing():
        year = periods.find_year(name)
        if year.state == "open":
            _require_nothing_waiting(year.starts, year.ends)
        return closing.close(session, name)


def _require_nothing_waiting(starts: date, ends: date) -> None:
    if found := waiting.between(starts, ends, NAMED + 1):
        raise WaitingDocumentsError(found, starts, ends)
