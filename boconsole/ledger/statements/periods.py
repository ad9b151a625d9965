"""Periods of statements, typed and stepped through: `2026-03`, `2026`, `2026-01..2026-05`.

Both ends count. Whole months stay whole months, whatever is done to them.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger.statements import spans
from boconsole.session import Session

YEAR, QUARTER, MONTH = 12, 3, 1
_PART = re.compile(r"(\d{4})(?:-?[qQ]([1-4])|-(\d{1,2})(?:-(\d{1,2}))?)?")


class Period(NamedTuple):
    """From the first to the last day, both counted."""

    starts: date
    ends: date


def read(text: str) -> Period:
    """Return the period that a text names: a year, quarter, month or day, or two with `..`.

    Raises:
        InvalidChangeError: It is none, or ends before it starts.
    """
    first, dots, last = text.strip().partition("..")
    starts, ends = _part(first, text), _part(last, text) if dots else _part(first, text)
    if ends.ends < starts.starts:
        raise _refused(text)
    return Period(starts.starts, ends.ends)


def _part(word: str, text: str) -> Period:
    found = _PART.fullmatch(word.strip())
    if found is None:
        raise _refused(text)
    year, quarter, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            return Period(date(year, month, day), date(year, month, day))
        if quarter:
            return _months(date(year, quarter * QUARTER - 2, 1), QUARTER)
        if found[3]:
            return _months(date(year, month, 1), MONTH)
        return _months(date(year, 1, 1), YEAR)
    except ValueError as error:
        raise _refused(text) from error


def _refused(text: str) -> InvalidChangeError:
    problem = _("{text!r} is no period such as 2026, 2026-03, 2026-q1 or 2026-01..2026-05")
    return InvalidChangeError("period", problem.format(text=text.strip()[:40]))


def name(period: Period) -> str:
    """Return the shortest text that `read` takes for a period."""
    starts, ends = period
    if not months_of(period):
        return str(starts) if starts == ends else f"{starts}..{ends}"
    if (starts.month, ends.month) == (1, 12):
        years = f"{starts.year:04}", f"{ends.year:04}"
        return years[0] if years[0] == years[1] else "..".join(years)
    first, last = str(starts)[:7], str(ends)[:7]
    return first if first == last else f"{first}..{last}"


def months_of(period: Period) -> int:
    """Return how many whole months a period has; 0 where it is not made of such."""
    starts, ends = period
    if starts.day != 1 or ends != _last_of(ends):
        return 0
    return (ends.year - starts.year) * YEAR + ends.month - starts.month + 1


def stepped(period: Period, by: int) -> Period:
    """Return the period of the same length that lies `by` lengths later (before, if negative)."""
    if months := months_of(period):
        return later(period, by * months)
    days = timedelta(days=by * ((period.ends - period.starts).days + 1))
    try:
        return Period(period.starts + days, period.ends + days)
    except OverflowError:
        return period


def later(period: Period, months: int) -> Period:
    """Return a period some months later (before, if negative); itself at the end of time."""
    try:
        starts = spans.earlier(period.starts, -months)
        if count := months_of(period):
            return _months(starts, count)
        return Period(starts, spans.earlier(period.ends, -months))
    except ValueError:
        return period


def latest(session: Session) -> Period:
    """Return the month of today, or that of the last day of the books where they ended before.

    Raises:
        NotAllowedError: The reader may not see the books.
    """
    _first, last = spans.span(session, None, None)
    today = session.now().astimezone(session.zone).date()
    return _months(min(last, today).replace(day=1), MONTH)


def _months(starts: date, count: int) -> Period:
    return Period(starts, _last_of(spans.earlier(starts, 1 - count)))


def _last_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
