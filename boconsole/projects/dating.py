"""Dates of a task that agree with one another: start, end and working days."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.projects.words import parse_days
from boconsole.projects.working_days import WorkingDays
from db.projects.rows import ProjectRow

MOST_DAYS = 5_000


class Dates(NamedTuple):
    """When a task is to be done; 0 days for a milestone."""

    start_on: date | None
    due_on: date | None
    days: int


def calendar(project: ProjectRow) -> WorkingDays:
    """Return the working days of a project: Monday to Friday without its holidays."""
    return WorkingDays(project.start_on, holidays=parse_days(project.holidays))


def agreed(days: WorkingDays, before: Dates, given: Mapping[str, object]) -> Dates:
    """Return dates with some of them given anew; what was not given follows.

    A new start moves the end; a new end changes the days; new days move the end.

    Args:
        days: The working days.
        before: As they were.
        given: Any of `start_on`, `due_on` and `days`.

    Raises:
        InvalidChangeError: The end lies before the start, or the days cannot be.
    """
    start, due, count = before
    asked = given.get("days", count)
    if not isinstance(asked, int) or not 0 <= asked <= MOST_DAYS:
        raise InvalidChangeError("days", _("lies between 0 and {most}").format(most=MOST_DAYS))
    count = asked
    new_start, new_due = given.get("start_on", start), given.get("due_on", due)
    start = new_start if isinstance(new_start, date) else None
    due = new_due if isinstance(new_due, date) else None
    if count == 0:
        day = due if "due_on" in given else start if "start_on" in given else due or start
        return Dates(day, day, 0)
    if "due_on" in given and due is not None:
        if start is None or ("start_on" not in given and "days" in given):
            return Dates(days.day(days.index(due) - count + 1), due, count)
        if due < start:
            raise InvalidChangeError("due_on", _("cannot come before the start"))
        return Dates(start, due, max(1, days.count(start, due)))
    if start is None:
        return Dates(None, None, count)
    return Dates(start, days.last_of(start, count), count)
