"""Who has how much to do in which week, and how much of the week they are there."""

from datetime import timedelta

from boconsole.leave.absences import absences
from boconsole.projects import capacity, reading
from boconsole.projects.capacity import WEEKS, Table
from boconsole.session import Session
from db.projects import tasks


def load(session: Session, weeks: int = WEEKS) -> Table:
    """Return who has how much to do in the next weeks, those with most first.

    Of leave it tells only that somebody is away.
    """
    session.require("project.read")
    work, today = tasks.select_open_of(None), reading.today(session)
    mondays = capacity.mondays(today, weeks)
    owners = sorted({task.owner_id for task in work if task.owner_id})
    found = absences(session, owners, today, mondays[-1] + timedelta(6))
    return capacity.spread(work, today, weeks, found)
