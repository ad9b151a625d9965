"""The schedule of a project: earliest and latest days, slack, what is critical, what moves.

Work that has begun or is done stands on its days. What waits for nothing starts on its own day.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.projects import critical_path, reading, tasking, words
from boconsole.projects.critical_path import FS, SS, Activity, Link, Times
from boconsole.projects.dating import calendar
from boconsole.projects.errors import CycleError
from boconsole.projects.reading import Plan, Task
from boconsole.projects.tasking import Step
from boconsole.projects.working_days import WorkingDays
from boconsole.session import Session
from db.projects.rows import LinkRow, TaskRow


class Scheduled(NamedTuple):
    """When a task can be done; slack in working days."""

    task: TaskRow
    early_start: date
    early_finish: date
    late_start: date
    late_finish: date
    total_slack: int
    free_slack: int
    critical: bool


class Schedule(NamedTuple):
    """The schedule of a project; tasks by their earliest start."""

    plan: Plan
    tasks: tuple[Scheduled, ...]
    finish: date
    days: int
    calendar: WorkingDays

    @property
    def critical(self) -> frozenset[int]:
        """The tasks that may not be late by a day."""
        return frozenset(each.task.id for each in self.tasks if each.critical)


class Move(NamedTuple):
    """A task whose days would change."""

    task: TaskRow
    start_on: date
    due_on: date


def schedule(session: Session, name: str | int) -> Schedule:
    """Return the schedule of a project; raises NotFoundError."""
    return of_plan(reading.plan(session, name))


def of_plan(plan: Plan) -> Schedule:
    """Return the schedule of a plan."""
    days = calendar(plan.project)
    work = _work(plan.tasks)
    waiting = {link.after for link in plan.links}
    activities = [_activity(task, days, task.id in waiting) for task in work]
    times = _times(activities, _binding(work, plan.links))
    by_id = {task.id: task for task in work}
    order = sorted(times, key=lambda id_: (times[id_].early_start, times[id_].early_finish, id_))
    found = tuple(_dated(by_id[id_], times[id_], days) for id_ in order)
    last = max((each.early_finish for each in times.values()), default=0)
    finish = max((each.early_finish for each in found), default=plan.project.start_on)
    return Schedule(plan, found, finish, last, days)


def _binding(work: Iterable[TaskRow], links: Iterable[LinkRow]) -> list[LinkRow]:
    """Return the links that still bind: nothing holds back what is done, nor a start that was."""
    states = {task.id: task.state for task in work}
    return [
        link for link in links
        if states.get(link.after) != words.DONE
        and not (states.get(link.after) == words.DOING and link.kind in (FS, SS))
    ]  # fmt: skip


def _times(activities: Iterable[Activity], links: Sequence[LinkRow]) -> dict[int, Times]:
    try:
        return critical_path.schedule(activities, (Link(*link) for link in links))
    except CycleError as circle:  # of days before links were checked
        raise CycleError(circle.ids, words.task_number) from circle


def _work(tasks: Iterable[TaskRow]) -> list[TaskRow]:
    return [task for task in tasks if not task.children and task.state != words.DROPPED]


def _activity(task: TaskRow, days: WorkingDays, waits: bool) -> Activity:
    """Return a task as the method takes it."""
    if task.state == words.DONE and task.done_on:
        began = min(task.begun_on or task.start_on or task.done_on, task.done_on)
        if not task.days:
            return Activity(task.id, 0, max(0, days.index(task.done_on) + 1))
        took = max(1, days.count(began, task.done_on))
        return Activity(task.id, took, max(0, days.index(began)))
    start = task.begun_on if task.state == words.DOING else None
    if start is None and not waits:
        start = task.start_on
    if start is None:
        return Activity(task.id, task.days)
    first = max(0, days.index(start))
    return Activity(task.id, task.days, first if task.days else first + 1)


def _dated(task: TaskRow, times: Times, days: WorkingDays) -> Scheduled:
    length = times.early_finish - times.early_start
    return Scheduled(
        task, *days.on(times.early_start, length), *days.on(times.late_start, length),
        times.total_slack, times.free_slack, times.critical,
    )  # fmt: skip


# Dates that follow


def moves(plan: Plan, today: date, *, pull: bool = False) -> list[Move]:
    """Return what would move, if the dates followed from what tasks wait for.

    What is not done cannot end before today, and what has not begun cannot begin before it.

    Args:
        plan: The project.
        today: Where the reader is.
        pull: Let work begin earlier where it can; else it only gets later, or its first days.
    """
    days = calendar(plan.project)
    work = _work(plan.tasks)
    waiting = {link.after for link in plan.links}
    activities = []
    for task in work:
        each = _activity(task, days, task.id in waiting)
        if not pull and task.start_on and task.state not in (words.DONE, words.DOING):
            own = max(0, days.index(task.start_on)) + (0 if task.days else 1)
            each = each._replace(earliest=max(each.earliest, own))
        activities.append(_not_before(each, task, max(0, days.index(today))))
    times = _times(activities, _binding(work, plan.links))
    found = []
    for task in work:
        if task.state in (words.DONE, words.DOING):
            continue
        start, due = days.on(times[task.id].early_start, task.days)
        if task.start_on and not pull:
            start = max(start, task.start_on)
            due = max(due, task.due_on or due)
        if (start, due) != (task.start_on, task.due_on):
            found.append(Move(task, start, due))
    return found


def _not_before(each: Activity, task: TaskRow, now: int) -> Activity:
    """Return an activity as it can still be done, `now` working days after the first."""
    if task.state == words.DONE:
        return each
    if task.state == words.DOING:
        return each._replace(days=max(each.days, now + 1 - each.earliest))
    return each._replace(earliest=max(each.earliest, now + (0 if each.days else 1)))


def follow(session: Session, name: str | int, *, pull: bool = False) -> list[Task]:
    """Let the dates of a project follow from what its tasks wait for: one operation, one undo."""
    session.require("task.edit")
    with audit.writing():
        plan = reading.plan(session, name)
        steps = [
            Step(move.task, {"start_on": move.start_on, "due_on": move.due_on})
            for move in moves(plan, reading.today(session), pull=pull)
        ]
        return tasking.write(session, "follow", steps)


def late(plan: Plan, today: date) -> list[TaskRow]:
    """Return the open work that is past its day."""
    return [
        task for task in _work(plan.tasks)
        if task.state not in words.ENDED and task.due_on and task.due_on < today
    ]  # fmt: skip
