"""Projects and tasks as they are read: lists, and one with what hangs on it."""

from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.audit import HistoryEntry
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.filters import parse, resolve
from boconsole.language import _
from boconsole.projects import area, words
from boconsole.session import Session
from db import keyset
from db.conditions import Selection
from db.projects import pages, records, tasks
from db.projects.pages import ProjectPage, TaskPage
from db.projects.rows import LinkRow as LinkRow
from db.projects.rows import ProjectRow as ProjectRow  # screens know it from here
from db.projects.rows import TaskRow as TaskRow

MARK_LIMIT = 10_000


class Count(NamedTuple):
    """How many records match; `capped` when there are more than the number says."""

    number: int
    capped: bool


class Plan(NamedTuple):
    """A project with its tasks and what they wait for."""

    project: ProjectRow
    tasks: tuple[TaskRow, ...]
    links: tuple[LinkRow, ...]

    @property
    def number(self) -> str:
        """`PRJ-0001`."""
        return words.number(self.project.id)


class Task(NamedTuple):
    """A task; what operations on tasks answer."""

    row: TaskRow

    @property
    def number(self) -> str:
        """`TSK-12`."""
        return words.task_number(self.row.id)


class Project(NamedTuple):
    """A project; what operations on projects answer."""

    row: ProjectRow

    @property
    def number(self) -> str:
        """`PRJ-0001`."""
        return words.number(self.row.id)


def list_projects(
    session: Session, query: str, after: str = "", limit: int = 50, *, backwards: bool = False
) -> ProjectPage:
    """Return a page of projects, the last changed first unless the query sorts.

    Raises:
        QuerySyntaxError: The line cannot be read.
        CursorError: The cursor belongs to another order.
    """
    cursor = keyset.decode(after) if after else None
    return pages.page_projects(selection(session, query), cursor, limit, backwards=backwards)


def projects_around(
    session: Session, query: str, project_id: int, limit: int
) -> ProjectPage | None:
    """Return the projects around one; None when the query does not find it."""
    return pages.PROJECTS.page_around(selection(session, query), project_id, limit)


def count_projects(session: Session, query: str, cap: int = MARK_LIMIT) -> Count:
    """Return how many projects match, counting no further than `cap`."""
    asked = selection(session, query)._replace(order=())
    found = pages.PROJECTS.count(asked, cap)
    return Count(min(found, cap), found > cap)


def selection(session: Session, query: str) -> Selection:
    """Return what a filter line of projects asks for; raises QuerySyntaxError."""
    session.require("project.read")
    return resolve(parse(query), area.project_area(session), session)


def list_tasks(
    session: Session, query: str, after: str = "", limit: int = 50, *, backwards: bool = False
) -> TaskPage:
    """Return a page of tasks of all projects; raises as `list_projects`."""
    cursor = keyset.decode(after) if after else None
    return pages.page_tasks(task_selection(session, query), cursor, limit, backwards=backwards)


def tasks_around(session: Session, query: str, task_id: int, limit: int) -> TaskPage | None:
    """Return the tasks around one; None when the query does not find it."""
    return pages.TASKS.page_around(task_selection(session, query), task_id, limit)


def count_tasks(session: Session, query: str, cap: int = MARK_LIMIT) -> Count:
    """Return how many tasks match, counting no further than `cap`."""
    found = pages.TASKS.count(task_selection(session, query)._replace(order=()), cap)
    return Count(min(found, cap), found > cap)


def task_selection(session: Session, query: str) -> Selection:
    """Return what a filter line of tasks asks for; raises QuerySyntaxError."""
    session.require("project.read")
    return resolve(parse(query), area.task_area(session), session)


def get(session: Session, name: str | int) -> Project:
    """Return a project by number or id; raises NotFoundError."""
    session.require("project.read")
    return Project(again(name if isinstance(name, int) else words.parse_number(name)))


def get_task(session: Session, name: str | int) -> Task:
    """Return a task by number or id; raises NotFoundError."""
    session.require("project.read")
    return Task(task_again(name if isinstance(name, int) else words.parse_task_number(name)))


def again(project_id: int) -> ProjectRow:
    """Return a project that is there; raises NotFoundError."""
    row = records.find(project_id)
    if row is None:
        raise NotFoundError(_("project {number}").format(number=words.number(project_id)))
    return row


def going_on(project_id: int) -> ProjectRow:
    """Return a project that goes on; raises InvalidChangeError where it is over."""
    project = again(project_id)
    if project.state in words.OVER:
        raise InvalidChangeError(
            "project",
            _("{number} is over; change its state first").format(number=words.number(project.id)),
        )
    return project


def task_again(task_id: int) -> TaskRow:
    """Return a task that is there; raises NotFoundError."""
    row = tasks.find(task_id)
    if row is None:
        raise NotFoundError(_("task {number}").format(number=words.task_number(task_id)))
    return row


def plan(session: Session, name: str | int) -> Plan:
    """Return a project with its tasks and links."""
    return plan_of(get(session, name).row)


def plan_of(project: ProjectRow) -> Plan:
    """Return the plan of a project."""
    return Plan(
        project,
        tuple(tasks.select_of_project(project.id)),
        tuple(tasks.select_links(project.id)),
    )


def history(session: Session, project_id: int) -> list[HistoryEntry]:
    """Return what happened to a project."""
    return audit.history(session, words.PROJECT, project_id)


def names(session: Session, start: str, limit: int = 5) -> list[tuple[str, str]]:
    """Return number and name of projects that go on and whose name has a text."""
    session.require("project.read")
    return [(words.number(id_), name) for id_, name in records.select_names(start, limit)]


def today(session: Session) -> date:
    """Return the day where the reader is."""
    return session.now().astimezone(session.zone).date()
