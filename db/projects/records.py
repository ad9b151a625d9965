"""Projects: one function for each statement; the sums over their tasks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from db import connection
from db.projects import statements
from db.projects.rows import ProjectRow

COLUMNS = (
    "a.id, a.version, a.name, a.goal, a.state, a.owner_id, coalesce(u.login, ''), a.sponsor, "
    "a.organisation_id, coalesce(o.name, ''), a.start_on, a.due_on, a.done_on, a.budget, "
    "a.commodity_id, coalesce(m.code, ''), coalesce(m.precision, 0), a.tag, a.holidays, a.rag, "
    "a.rag_reason, a.rag_at, a.tasks, a.tasks_done, a.work, a.earned, a.progress, "
    "a.next_milestone, a.next_on, a.created_at, a.updated_at"
)
JOINS = (
    "LEFT JOIN user_account u ON u.id = a.owner_id "
    "LEFT JOIN organisation o ON o.id = a.organisation_id "
    "LEFT JOIN commodity m ON m.id = a.commodity_id"
)
WEIGHT = "CASE WHEN estimate > 0 THEN estimate ELSE days * 480 END"
"""Minutes that a task counts for in the progress of all."""


def row_of(values: Sequence[Any]) -> ProjectRow:
    """Return the row of these columns."""
    return statements.row_of(ProjectRow, values)


def find(project_id: int) -> ProjectRow | None:
    """Return a project."""
    rows = connection.fetch(
        f"SELECT {COLUMNS} FROM project a {JOINS} WHERE a.id = ?", (project_id,)
    )
    return row_of(rows[0]) if rows else None


def find_by_name(name: str) -> list[int]:
    """Return the projects of a name, whatever its case; at most 20."""
    rows = connection.fetch(
        "SELECT id FROM project WHERE lower(name) = lower(?) ORDER BY id LIMIT 20", (name,)
    )
    return [row[0] for row in rows]


def select_names(start: str, limit: int) -> list[tuple[int, str]]:
    """Return projects that go on and whose name has a text, the last changed first."""
    rows = connection.fetch(
        "SELECT id, name FROM project WHERE state NOT IN ('done', 'cancelled') "
        "AND lower(name) LIKE ? ORDER BY updated_at DESC, id DESC LIMIT ?",
        (f"%{start.lower()}%", limit),
    )
    return [(row[0], row[1]) for row in rows]


def insert(columns: Mapping[str, object]) -> int:
    """Add a project; returns its id."""
    return statements.insert("project", {
        "version": 1, "rag": "", "rag_reason": "", "tasks": 0, "tasks_done": 0, "work": 0,
        "earned": 0, "progress": 0, "next_milestone": "", **columns,
    })  # fmt: skip


def update(project_id: int, version: int, columns: Mapping[str, object]) -> bool:
    """Change columns of a project; answers whether it still had that version."""
    return statements.update("project", project_id, version, columns)


def touch(project_id: int, at: int) -> None:
    """Say that something of a project changed."""
    connection.execute("UPDATE project SET updated_at = ? WHERE id = ?", (at, project_id))


def sum_up(project_id: int) -> None:
    """Keep the sums over the tasks of a project anew, without a new version."""
    sums = connection.fetch(
        f"SELECT count(*), sum(CASE WHEN state = 'done' THEN 1 ELSE 0 END), sum({WEIGHT}), "
        f"sum(({WEIGHT}) * percent) FROM task "
        "WHERE project_id = ? AND children = 0 AND state <> 'dropped'",
        (project_id,),
    )[0]
    count, done, work, earned = (int(each or 0) for each in sums)
    share = earned // work if work else 100 * done // count if count else 0
    coming = connection.fetch(
        "SELECT title, due_on FROM task WHERE project_id = ? AND kind = 'milestone' "
        "AND state NOT IN ('done', 'dropped') "
        "ORDER BY CASE WHEN due_on IS NULL THEN 1 ELSE 0 END, due_on, place, id LIMIT 1",
        (project_id,),
    )
    title, day = coming[0] if coming else ("", None)
    connection.execute(
        "UPDATE project SET tasks = ?, tasks_done = ?, work = ?, earned = ?, progress = ?, "
        "next_milestone = ?, next_on = ? WHERE id = ?",
        (count, done, work, earned, share, title, day, project_id),
    )


def set_rag(project_id: int, rag: str, reason: str, at: datetime | None) -> None:
    """Say how a project stands (nothing was said: empty, None), without a new version."""
    connection.execute(
        "UPDATE project SET rag = ?, rag_reason = ?, rag_at = ? WHERE id = ?",
        (rag, reason, int(at.timestamp()) if at else None, project_id),
    )
