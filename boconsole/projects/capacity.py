"""Who has how much to do in which week, and where that is more than a week has.

The work that is left of a task is spread evenly over the days from today on on which its owner
works; what is past its day falls into this week. A week has 40 hours without the days on which
somebody is away or nobody works, this one what is left of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from boconsole.projects import words
from boconsole.projects.words import DAY
from boconsole.projects.working_days import WorkingDays
from db.projects.rows import TaskRow

WEEKS = 8
MOST_WEEKS = 53
WEEK = timedelta(7)
AWAY = "•"
"""Marks weeks on which somebody is away, whatever for."""
WHOLE = 100
"""A day in hundredths."""


class Absent(Protocol):
    """How much of a day somebody does not work, in hundredths."""

    @property
    def part(self) -> int:
        """Of the day."""

    @property
    def away(self) -> bool:
        """Whether it is the person's own absence, and not a holiday of all."""


Absences = Mapping[date, Absent]


class Load(NamedTuple):
    """What somebody has to do.

    Attributes:
        weeks: Minutes of each week, this one first.
        later: Minutes behind the last of them.
        unknown: Tasks that nobody estimated; they count for nothing.
        has: Minutes that each week has for the person.
        away: Of each week, in hundredths of days on which the person is away.
    """

    user_id: int
    login: str
    weeks: tuple[int, ...]
    later: int
    unknown: int
    has: tuple[int, ...]
    away: tuple[int, ...]


class Table(NamedTuple):
    """The load of everybody: Mondays, minutes that a week has for all, and the people."""

    mondays: tuple[date, ...]
    capacity: tuple[int, ...]
    people: tuple[Load, ...]


def mondays(today: date, weeks: int) -> tuple[date, ...]:
    """Return the Monday of this week and of those after it."""
    monday = today - timedelta(today.weekday())
    return tuple(monday + place * WEEK for place in range(weeks))


def spread(
    work: Iterable[TaskRow], today: date, weeks: int,
    absences: Mapping[int, Absences] | None = None,
) -> Table:  # fmt: skip
    """Return the load of tasks that are open and have an owner, by week.

    Args:
        work: The tasks.
        today: Work begins then at the earliest.
        weeks: How many are told, 1 to `MOST_WEEKS`.
        absences: Days of the owners by id, within the weeks.
    """
    starts = mondays(today, weeks)
    days = WorkingDays(starts[0])
    held: dict[tuple[int, str], list[TaskRow]] = defaultdict(list)
    for task in work:
        held[task.owner_id or 0, task.owner].append(task)
    people = [
        _of_person(who, own, starts, max(today, starts[0]), (absences or {}).get(who[0], {}))
        for who, own in held.items()
    ]
    people.sort(key=lambda each: (-sum(each.weeks), each.login))
    first = days.count(today, starts[0] + timedelta(6)) * DAY
    return Table(starts, (first, *([5 * DAY] * (weeks - 1))), tuple(people))


def _of_person(
    who: tuple[int, str], work: Sequence[TaskRow], starts: Sequence[date], today: date,
    absences: Absences,
) -> Load:  # fmt: skip
    weeks, days, later, unknown = [0] * len(starts), WorkingDays(starts[0]), 0, 0
    end = starts[-1] + WEEK
    for task in work:
        minutes = left(task)
        if not minutes:
            unknown += 1
            continue
        first = max(task.start_on or today, today)
        last = max(first, task.due_on or task.start_on or today)
        rooms = [_room(days, absences, max(first, week), min(last, week + timedelta(6)))
                 for week in starts]  # fmt: skip
        behind = max(0, days.between(max(first, end), last + timedelta(1))) * WHOLE
        if not behind and not any(rooms):  # a weekend, or away all the time
            rooms = [int(week <= first < week + WEEK) for week in starts]
            behind = int(first >= end)
        whole, until, done = sum(rooms) + behind, 0, 0
        for place, room in enumerate(rooms):
            until += room
            weeks[place] += minutes * until // whole - done
            done = minutes * until // whole
        later += minutes - done
    has = [_room(days, absences, max(week, today), week + timedelta(6)) for week in starts]
    away = [
        sum(each.part for day, each in absences.items()
            if each.away and days.works(day) and week <= day < week + WEEK)
        for week in starts
    ]  # fmt: skip
    minutes_of = tuple(room * DAY // WHOLE for room in has)
    return Load(*who, tuple(weeks), later, unknown, minutes_of, tuple(away))


def _room(days: WorkingDays, absences: Absences, first: date, last: date) -> int:
    """Return how much somebody works in [first, last], in hundredths of days."""
    if last < first:
        return 0
    gone = sum(each.part for day, each in absences.items()
               if first <= day <= last and days.works(day))  # fmt: skip
    return max(0, days.count(first, last) * WHOLE - gone)


def left(task: TaskRow) -> int:
    """Return the minutes of work that are left of a task."""
    if task.state in words.ENDED:
        return 0
    if task.remaining is not None:
        return task.remaining
    return task.estimate * (100 - task.percent) // 100


def over(each: Load) -> tuple[bool, ...]:
    """Return for each week whether somebody has more to do than it has for them."""
    return tuple(minutes > most for minutes, most in zip(each.weeks, each.has, strict=True))
