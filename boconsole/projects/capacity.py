"""Who has how much to do in which week, and where that is more than a week has.

The work that is left of a task is spread evenly over its working days from today on; what is past
its day falls into this week. A week has 40 hours, this one what is left of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from boconsole.projects import reading, words
from boconsole.projects.words import DAY
from boconsole.projects.working_days import WorkingDays
from boconsole.session import Session
from db.projects import tasks
from db.projects.rows import TaskRow

WEEKS = 8
MOST_WEEKS = 53
WEEK = timedelta(7)


class Load(NamedTuple):
    """What somebody has to do.

    Attributes:
        weeks: Minutes of each week, this one first.
        later: Minutes behind the last of them.
        unknown: Tasks that nobody estimated; they count for nothing.
    """

    user_id: int
    login: str
    weeks: tuple[int, ...]
    later: int
    unknown: int


class Table(NamedTuple):
    """The load of everybody: Mondays, minutes that each week has, and the people."""

    mondays: tuple[date, ...]
    capacity: tuple[int, ...]
    people: tuple[Load, ...]


def load(session: Session, weeks: int = WEEKS) -> Table:
    """Return who has how much to do in the next weeks, those with most first."""
    session.require("project.read")
    return spread(tasks.select_open_of(None), reading.today(session), weeks)


def spread(work: Iterable[TaskRow], today: date, weeks: int) -> Table:
    """Return the load of tasks that are open and have an owner, by week."""
    monday = today - timedelta(today.weekday())
    mondays = tuple(monday + place * WEEK for place in range(weeks))
    days = WorkingDays(monday)
    capacity = (days.count(today, monday + timedelta(6)) * DAY, *([5 * DAY] * (weeks - 1)))
    sums: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0] * (weeks + 1))
    unknown: dict[int, int] = defaultdict(int)
    for task in work:
        minutes = left(task)
        own = sums[task.owner_id or 0, task.owner]
        if not minutes:
            unknown[task.owner_id or 0] += 1
            continue
        for place, part in _parts(task, minutes, days, today):
            own[min(place, weeks)] += part
    people = [
        Load(user, login, tuple(found[:weeks]), found[weeks], unknown[user])
        for (user, login), found in sums.items()
    ]
    people.sort(key=lambda each: (-sum(each.weeks), each.login))
    return Table(mondays, capacity, tuple(people))


def left(task: TaskRow) -> int:
    """Return the minutes of work that are left of a task."""
    if task.state in words.ENDED:
        return 0
    if task.remaining is not None:
        return task.remaining
    return task.estimate * (100 - task.percent) // 100


def _parts(
    task: TaskRow, minutes: int, days: WorkingDays, today: date
) -> Iterable[tuple[int, int]]:
    """Yield week and minutes; the parts sum to the whole."""
    first = days.index(max(task.start_on or today, today))
    last = max(first, days.index((task.due_on or task.start_on or today) + timedelta(1)) - 1)
    count, done = last - first + 1, 0
    for place in range(count):
        until = minutes * (place + 1) // count
        yield (first + place) // 5, until - done
        done = until


def over(each: Load, table: Table) -> tuple[bool, ...]:
    """Return for each week whether somebody has more to do than it has."""
    return tuple(minutes > most for minutes, most in zip(each.weeks, table.capacity, strict=True))
