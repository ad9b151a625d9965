"""Baselines: copies of a plan that are kept, and what became of it since."""

from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import NotFoundError
from boconsole.language import _
from boconsole.projects import reading, words, writing
from boconsole.projects.dating import calendar
from boconsole.session import Session
from boconsole.text import clean_line
from db.projects import parts
from db.projects.rows import BaselineRow as BaselineRow  # screens know them from here
from db.projects.rows import PlannedRow as PlannedRow
from db.projects.rows import TaskRow


class Difference(NamedTuple):
    """A task then and now; None where it was not there then, or is not any more.

    Attributes:
        days: Working days by which its end is later now; below 0 for earlier.
        work: Minutes that it is estimated at more now.
        cost: In smallest units, more now.
    """

    then: PlannedRow | None
    now: TaskRow | None
    days: int
    work: int
    cost: int

    @property
    def title(self) -> str:
        """As it is called now, or was."""
        return self.now.title if self.now else self.then.title if self.then else ""


def keep(session: Session, project_id: int, name: str = "") -> BaselineRow:
    """Keep the plan of a project as it is now."""
    session.require("project.edit")
    with audit.writing():
        plan = reading.plan_of(reading.again(project_id))
        work = [task for task in plan.tasks if not task.children and task.state != words.DROPPED]
        before = parts.select_baselines(project_id)
        name = clean_line(name, field="name", limit=100) or _("Baseline {n}").format(
            n=len(before) + 1
        )
        starts = [task.start_on for task in work if task.start_on]
        ends = [task.due_on for task in work if task.due_on]
        columns = {
            "name": name, "start_on": min(starts, default=plan.project.start_on),
            "due_on": max(ends, default=plan.project.due_on), "budget": plan.project.budget,
            "author_id": session.user.id or None, "at": session.now(),
        }  # fmt: skip
        made = writing.add(session, project_id, writing.BASELINE, columns, {"name": name})
        parts.insert_planned(made, [
            PlannedRow(task.id, task.title, task.start_on, task.due_on, task.days, task.estimate,
                       task.cost)
            for task in work
        ])  # fmt: skip
        return parts.select_baselines(project_id)[0]


def baselines(session: Session, project_id: int) -> list[BaselineRow]:
    """Return the plans that were kept, the last first."""
    session.require("project.read")
    return parts.select_baselines(project_id)


def compare(session: Session, project_id: int, baseline_id: int = 0) -> list[Difference]:
    """Return what became of a plan since a baseline, by default the last; only what differs.

    Raises:
        NotFoundError: None was kept.
    """
    session.require("project.read")
    plan = reading.plan_of(reading.again(project_id))
    there = parts.select_baselines(project_id)
    chosen = [each for each in there if baseline_id in (0, each.id)]
    if not chosen:
        raise NotFoundError(_("baseline of {number}").format(number=plan.number))
    days = calendar(plan.project)
    then = {each.task_id: each for each in parts.select_planned(chosen[0].id)}
    now = {
        task.id: task for task in plan.tasks
        if not task.children and task.state != words.DROPPED
    }  # fmt: skip

    def later(first: date | None, second: date | None) -> int:
        return days.index(second) - days.index(first) if first and second else 0

    found = []
    for task_id in dict.fromkeys([*then, *now]):
        old, new = then.get(task_id), now.get(task_id)
        if old and new:
            each = Difference(old, new, later(old.due_on, new.due_on),
                              new.estimate - old.estimate, new.cost - old.cost)  # fmt: skip
            if not (each.days or each.work or each.cost or old.start_on != new.start_on):
                continue
        else:
            sign, work, cost = (
                (1, new.estimate, new.cost) if new else
                (-1, old.estimate, old.cost) if old else (0, 0, 0)
            )  # fmt: skip
            each = Difference(old, new, 0, sign * work, sign * cost)
        found.append(each)
    return found
