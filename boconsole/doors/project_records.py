"""Projects, tasks and time for programs."""

from decimal import Decimal
from typing import TYPE_CHECKING

from boconsole.money import plain
from boconsole.projects.words import length, number, task_number

if TYPE_CHECKING:
    from boconsole.projects.costing import Forecast, Money
    from boconsole.projects.reading import Plan, ProjectRow, TaskRow
    from boconsole.projects.scheduling import Schedule
    from boconsole.projects.timing import TimeRow

Record = dict[str, object]


def project(row: "ProjectRow") -> Record:
    """Return a project of a list."""
    return {
        "number": number(row.id), "name": row.name, "goal": row.goal, "state": row.state,
        "owner": row.owner or None, "sponsor": row.sponsor or None,
        "organisation": row.organisation or None, "start": row.start_on, "due": row.due_on,
        "done": row.done_on,
        "budget": None if row.budget is None else plain(row.budget, row.precision),
        "currency": row.commodity or None, "tag": row.tag or None,
        "holidays": row.holidays.split(), "rag": row.rag or None,
        "rag_reason": row.rag_reason or None, "reported": row.rag_at, "tasks": row.tasks,
        "tasks_done": row.tasks_done, "progress": row.progress,
        "next_milestone": row.next_milestone or None, "next": row.next_on,
        "created": row.created_at, "updated": row.updated_at, "version": row.version,
    }  # fmt: skip


def task(row: "TaskRow") -> Record:
    """Return a task of a list; work in minutes."""
    return {
        "number": task_number(row.id), "title": row.title, "project": number(row.project_id),
        "parent": task_number(row.parent_id) if row.parent_id else None, "kind": row.kind,
        "state": row.state, "owner": row.owner or None, "estimate": row.estimate,
        "remaining": row.remaining, "spent": row.spent, "percent": row.percent,
        "days": row.days, "start": row.start_on, "due": row.due_on, "begun": row.begun_on,
        "done": row.done_on, "note": row.note or None, "holds": row.children,
        "created": row.created_at, "updated": row.updated_at, "version": row.version,
    }  # fmt: skip


def plan(found: "Plan") -> list[Record]:
    """Return the tasks of a project with what they wait for, in the order of the tree."""
    from boconsole.projects import tree

    told = []
    for node in tree.walk(found.tasks):
        waits = [
            {"task": task_number(link.before), "kind": link.kind, "lag": link.lag}
            for link in found.links if link.after == node.task.id
        ]  # fmt: skip
        cost = plain(node.task.cost, found.project.precision) if node.task.cost else None
        told.append({**task(node.task), "depth": node.depth, "cost": cost, "waits_for": waits})
    return told


def schedule(found: "Schedule") -> Record:
    """Return a schedule."""
    return {
        "project": found.plan.number, "start": found.plan.project.start_on,
        "finish": found.finish if found.tasks else None, "days": found.days,
        "critical": [task_number(each.task.id) for each in found.tasks if each.critical],
        "tasks": [
            {
                "number": task_number(each.task.id), "title": each.task.title,
                "days": each.task.days, "earliest_start": each.early_start,
                "earliest_finish": each.early_finish, "latest_start": each.late_start,
                "latest_finish": each.late_finish, "slack": each.total_slack,
                "free_slack": each.free_slack, "critical": each.critical,
            }
            for each in found.tasks
        ],
    }  # fmt: skip


def money(found: "Money") -> Record:
    """Return what a project may cost, and what it did."""

    def told(minor: int | None) -> str | None:
        return None if minor is None else plain(minor, found.precision)

    left = None if found.budget is None else found.budget - found.actual
    return {
        "currency": found.commodity or None, "budget": told(found.budget),
        "planned_costs": told(found.planned), "minutes": found.hours,
        "labour": told(found.labour), "ledger": told(found.booked),
        "actual": told(found.actual), "left": told(left), "left_out": list(found.left_out),
    }  # fmt: skip


def forecast(found: "Forecast") -> Record:
    """Return how a project stands."""
    from boconsole.doors.commands import project_figures

    def share(value: Decimal) -> str:
        return f"{value:.1f}"

    return {
        "planned": share(found.planned), "complete": share(found.complete),
        "finish": found.finish, "how": found.why, "scheduled": found.schedule.finish,
        "earned_value": project_figures.record(found.value) if found.value else None,
    }  # fmt: skip


def entry(row: "TimeRow") -> Record:
    """Return time that was spent."""
    from boconsole.projects.timing import number_of

    return {
        "id": row.id, "user": row.user, "on": number_of(row), "subject": row.subject,
        "project": number(row.project_id) if row.project_id else None, "day": row.day,
        "minutes": row.minutes, "seconds": row.seconds, "time": length(row.minutes),
        "running": row.running, "started": row.started_at, "ended": row.ended_at,
        "note": row.note or None, "version": row.version,
    }  # fmt: skip
