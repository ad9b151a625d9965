"""Projects and tasks as a file: CSV for spreadsheets, JSON for programs; both can come in again."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from boconsole.money import plain
from boconsole.projects import linking, reading, tree, words
from boconsole.projects.reading import ProjectRow, TaskRow
from boconsole.record_files import write
from boconsole.session import Session
from db.projects import tasks
from db.projects.rows import LinkRow

Record = dict[str, object]
PAGE = 500


def export_projects(
    session: Session, path: Path, query: str, rows: Sequence[ProjectRow] | None = None
) -> int:
    """Write the projects that a query names, or these rows; returns how many."""
    chosen = _projects(session, query) if rows is None else rows
    return write(path, [project_record(row) for row in chosen])


def export_tasks(
    session: Session, path: Path, query: str, rows: Sequence[TaskRow] | None = None
) -> int:
    """Write the tasks that a query names, or these rows; returns how many."""
    chosen = list(_tasks(session, query) if rows is None else rows)
    return write(path, _told(session, chosen))


def export_plan(session: Session, path: Path, name: str | int) -> int:
    """Write all tasks of a project, each behind the one that holds it; returns how many."""
    plan = reading.plan(session, name)
    return write(path, _told(session, [node.task for node in tree.walk(plan.tasks)]))


def _projects(session: Session, query: str) -> Iterator[ProjectRow]:
    after, more = "", True
    while more:
        page = reading.list_projects(session, query, after, PAGE)
        yield from page.rows
        after, more = page.cursors[-1] if page.cursors else "", page.more


def _tasks(session: Session, query: str) -> Iterator[TaskRow]:
    after, more = "", True
    while more:
        page = reading.list_tasks(session, query, after, PAGE)
        yield from page.rows
        after, more = page.cursors[-1] if page.cursors else "", page.more


def project_record(row: ProjectRow) -> Record:
    """Return a project as a row of a file."""
    budget = None if row.budget is None else plain(row.budget, row.precision)
    return {
        "number": words.number(row.id), "name": row.name, "goal": row.goal, "state": row.state,
        "owner": row.owner, "sponsor": row.sponsor, "organisation": row.organisation,
        "start": row.start_on, "due": row.due_on, "done": row.done_on, "budget": budget,
        "currency": row.commodity, "tag": row.tag, "holidays": row.holidays, "rag": row.rag,
        "rag_reason": row.rag_reason, "tasks": row.tasks, "tasks_done": row.tasks_done,
        "progress": row.progress, "next_milestone": row.next_milestone, "next": row.next_on,
    }  # fmt: skip


def _told(session: Session, chosen: Sequence[TaskRow]) -> list[Record]:
    """Return tasks as rows of a file, with what they wait for."""
    links: dict[int, list[LinkRow]] = defaultdict(list)
    precision: dict[int, int] = {}
    for project_id in {task.project_id for task in chosen}:
        precision[project_id] = reading.get(session, project_id).row.precision
        for link in tasks.select_links(project_id):
            links[link.after].append(link)
    return [task_record(task, precision[task.project_id], tuple(links[task.id])) for task in chosen]


def task_record(row: TaskRow, precision: int, links: tuple[LinkRow, ...]) -> Record:
    """Return a task as a row of a file; work as people type it."""
    own = not row.children
    return {
        "number": words.task_number(row.id), "project": words.number(row.project_id),
        "project_name": row.project,
        "parent": words.task_number(row.parent_id) if row.parent_id else "", "kind": row.kind,
        "title": row.title, "note": row.note, "owner": row.owner,
        "state": row.state if own else "", "percent": row.percent if own else "",
        "estimate": words.length(row.estimate) if own and row.estimate else "",
        "remaining": "" if row.remaining is None else words.length(row.remaining),
        "spent": words.length(row.spent) if row.spent else "", "days": row.days if own else "",
        "start": row.start_on, "due": row.due_on, "begun": row.begun_on, "done": row.done_on,
        "cost": plain(row.cost, precision) if row.cost else "",
        "waits_for": linking.links_text(links, row.id),
    }  # fmt: skip
