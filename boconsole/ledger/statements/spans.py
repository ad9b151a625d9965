"""Which days a statement counts, and which others it is compared with."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger.statements.shapes import Column
from boconsole.session import Session
from db.ledger import statements as stored

COMPARISONS = ("none", "previous", "year")
BUDGET = "budget"
BESIDE = (*COMPARISONS, BUDGET)
"""What income statement and balance sheet can stand beside."""


def span(session: Session, starts: date | None, ends: date | None) -> tuple[date, date]:
    """Return first and last day; by default those of the books.

    Raises:
        InvalidChangeError: The last day comes before the first.
    """
    session.require("ledger.read")
    if starts is not None and ends is not None and ends < starts:
        raise InvalidChangeError("to", _("{ends} comes before {starts}").format(
            ends=ends, starts=starts))  # fmt: skip
    today = session.now().astimezone(session.zone).date()
    first, last = stored.select_extent() or (today, today)
    starts = starts or min(first, ends or first)
    return starts, ends or max(last, starts)


def period_columns(starts: date, ends: date, compare: str = "none") -> tuple[Column, ...]:
    """Return the column of a period, and that of the one it is compared with.

    `previous` is the period of the same length before it (whole months where it is made of
    whole months), `year` the same days a year earlier.

    Raises:
        InvalidChangeError: There is no such comparison.
    """
    columns = [_column("period", starts, ends)]
    if checked(compare) == "previous":
        columns.append(_column("previous", *_previous(starts, ends)))
    elif compare == "year":
        columns.append(_column("year", earlier(starts, 12), _year_before(starts, ends)))
    return tuple(columns)


def day_columns(day: date, compare: str = "none") -> tuple[Column, ...]:
    """Return the column of a day and that of the last day of the month, or year, before it.

    Raises:
        InvalidChangeError: There is no such comparison.
    """
    columns = [until("at", day)]
    if checked(compare) == "previous":
        columns.append(until("previous", day.replace(day=1) - timedelta(days=1)))
    elif compare == "year":
        columns.append(until("year", _year_before(day, day)))
    return tuple(columns)


def until(key: str, day: date) -> Column:
    """Return the column of all that was booked up to a day."""
    return Column(key, str(day), None, day)


def _column(key: str, starts: date, ends: date) -> Column:
    return Column(key, f"{starts} - {ends}", starts, ends)


def checked(compare: str, choices: Sequence[str] = COMPARISONS) -> str:
    """Return a comparison; raises InvalidChangeError where it is none of the choices."""
    if compare not in choices:
        raise InvalidChangeError("compare", _("expected one of {words}").format(
            words=", ".join(choices)))  # fmt: skip
    return compare


def _previous(starts: date, ends: date) -> tuple[date, date]:
    before = starts - timedelta(days=1)
    if starts.day == 1 and _is_last(ends):
        months = (ends.year - starts.year) * 12 + ends.month - starts.month + 1
        return earlier(starts, months), before
    return before - (ends - starts), before


def _year_before(starts: date, ends: date) -> date:
    """Return the same day a year earlier; the last day of a month stays the last."""
    found = earlier(ends, 12)
    if _is_last(ends) and (starts.day == 1 or starts == ends):
        return found.replace(day=monthrange(found.year, found.month)[1])
    return found


def _is_last(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def earlier(day: date, months: int) -> date:
    """Return the same day some months before, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
