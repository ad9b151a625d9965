"""When service is due next: a pure rule of days and counters.

A plan may say both; whichever comes first opens the ticket.
"""

from datetime import date, timedelta
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.moments import EVERY, step

LONGEST = {"d": 1, "w": 7, "mo": 31, "y": 366}
"""Days in a span at most."""


class Terms(NamedTuple):
    """What a plan says.

    Attributes:
        every: `2w`, `3mo`; empty where only the counter says when.
        starts_on: The first day of its calendar.
        after_done: Whether the next day is counted from the work done, not by the calendar.
        lead_days: How long before the day a ticket is opened.
        count_every: After how many km, hours, pages; 0 where only days say when.
        count_lead: How far before the count a ticket is opened.
    """

    every: str
    starts_on: date
    after_done: bool = False
    lead_days: int = 0
    count_every: int = 0
    count_lead: int = 0


class Due(NamedTuple):
    """A day and a count; whichever comes first."""

    on: date | None
    at: int | None


def first(terms: Terms, today: date, count: int | None) -> Due:
    """Return when service is first due: the first day that is not past, the first count ahead."""
    on = _calendar(terms, today - timedelta(days=1)) if terms.every else None
    return Due(on, (count or 0) + terms.count_every if terms.count_every else None)


def following(terms: Terms, due: Due, on: date, count: int | None) -> Due:
    """Return when service is due again.

    Args:
        terms: Of the plan.
        due: What was done.
        on: The day on which it was done.
        count: What the counter showed then, if anything did.
    """
    return Due(_next_day(terms, due.on, on), _next_count(terms, due.at, count))


def _next_day(terms: Terms, due: date | None, on: date) -> date | None:
    if not terms.every:
        return None
    if terms.after_done:
        try:
            return step(on, terms.every)
        except (InvalidChangeError, OverflowError):
            return None
    return _calendar(terms, max(due or on, on))


def _next_count(terms: Terms, due: int | None, count: int | None) -> int | None:
    if not terms.count_every:
        return None
    planned = due if due is not None else terms.count_every
    if terms.after_done:
        return (planned if count is None else count) + terms.count_every
    missed = max(0, (count or 0) - planned) // terms.count_every
    return planned + (missed + 1) * terms.count_every


def _calendar(terms: Terms, after: date) -> date | None:
    """Return the first day of a plan's calendar after one; None where the calendar ends."""
    match = EVERY.match(terms.every)
    span = int(match[1]) * LONGEST[match[2]] if match else 1
    steps = max(0, (after - terms.starts_on).days // span - 1)
    try:
        while (day := step(terms.starts_on, terms.every, steps)) <= after:
            steps += 1
    except (InvalidChangeError, OverflowError):
        return None
    return day


def notice(terms: Terms, due: Due, today: date, count: int | None) -> date | None:
    """Return from when on a ticket is to be opened; None where nothing is known."""
    days = []
    if due.on is not None:
        days.append(due.on - timedelta(days=terms.lead_days))
    if due.at is not None and count is not None and count >= due.at - terms.count_lead:
        days.append(today)
    return min(days, default=None)
