"""Tasks and their links: one function for each statement."""

from collections.abc import Mapping, Sequence
from typing import Any

from db import connection
from db.projects import statements
from db.projects.rows import LinkRow, TaskRow

COLUMNS = (
    "a.id, a.version, a.project_id, p.name, a.parent_id, a.place, a.kind, a.title, a.note, "
    "a.state, a.owner_id, coalesce(u.login, ''), a.estimate, a.remaining, a.percent, a.days, "
    "a.start_on, a.due_on, a.begun_on, a.done_on, a.cost, a.children, a.created_at, "
    "a.updated_at, (SELECT coalesce(sum(e.minutes), 0) FROM time_entry e WHERE e.task_id = a.id)"
)
JOINS = "JOIN project p ON p.id = a.project_id LEFT JOIN user_account u ON u.id = a.owner_id"
TASK = f"SELECT {COLUMNS} FROM task a {JOINS}"


def row_of(values: Sequence[Any]) -> TaskRow:
    """Return the row of these columns."""
    found = statements.row_of(TaskRow, values)
    return found._replace(spent=int(found.spent))


def find(task_id: int) -> TaskRow | None:
    """Return a task."""
    rows = connection.fetch(f"{TASK} WHERE a.id = ?", (task_id,))
    return row_of(rows[0]) if rows else None


def select_of_project(project_id: int) -> list[TaskRow]:
    """Return the tasks of a project, by parent and place."""
    rows = connection.fetch(
        f"{TASK} WHERE a.project_id = ? ORDER BY a.parent_id, a.place, a.id", (project_id,)
    )
    return [row_of(row) for row in rows]


def select_open_of(owner_id: int | None) -> list[TaskRow]:
    """Return what is to be done in projects that go on: of a person, or of all."""
    mine = "AND a.owner_id = ?" if owner_id is not None else "AND a.owner_id IS NOT NULL"
    rows = connection.fetch(
        f"{TASK} WHERE a.children = 0 AND a.state NOT IN ('done', 'dropped') "
        f"AND a.kind = 'task' AND p.state IN ('planned', 'active') {mine} "
        "ORDER BY a.owner_id, a.start_on, a.id",
        (owner_id,) if owner_id is not None else (),
    )
    return [row_of(row) for row in rows]


def insert(columns: Mapping[str, object]) -> int:
    """Add a task; returns its id."""
    return statements.insert("task", {"version": 1, "children": 0, **columns})


def update(task_id: int, version: int, columns: Mapping[str, object]) -> bool:
    """Change columns of a task; answers whether it still had that version."""
    return statements.update("task", task_id, version, columns)


def set_place(task_id: int, place: int) -> None:
    """Put a task elsewhere among its neighbours, without a new version."""
    connection.execute("UPDATE task SET place = ? WHERE id = ?", (place, task_id))


def last_place(project_id: int, parent_id: int | None) -> int:
    """Return the place of the last task of a parent, 0 where it holds none."""
    where = "parent_id = ?" if parent_id is not None else "parent_id IS NULL"
    rows = connection.fetch(
        f"SELECT coalesce(max(place), 0) FROM task WHERE project_id = ? AND {where}",
        (project_id, parent_id) if parent_id is not None else (project_id,),
    )
    return int(rows[0][0])


def count_children(task_id: int) -> None:
    """Keep how many tasks one holds, without a new version; dropped ones count as well."""
    connection.execute(
        "UPDATE task SET children = (SELECT count(*) FROM task c WHERE c.parent_id = task.id) "
        "WHERE id = ?",
        (task_id,),
    )


# Links


def select_links(project_id: int) -> list[LinkRow]:
    """Return the links of which the second task is in a project."""
    rows = connection.fetch(
        "SELECT l.before_id, l.after_id, l.kind, l.lag FROM task_link l "
        "JOIN task t ON t.id = l.after_id WHERE t.project_id = ? ORDER BY l.after_id, l.before_id",
        (project_id,),
    )
    return [LinkRow(*row) for row in rows]


def find_link(before: int, after: int) -> LinkRow | None:
    """Return the link between two tasks."""
    rows = connection.fetch(
        "SELECT before_id, after_id, kind, lag FROM task_link WHERE before_id = ? AND after_id = ?",
        (before, after),
    )
    return LinkRow(*rows[0]) if rows else None


def has_links(task_id: int) -> bool:
    """Return whether a task waits for another one, or another one for it."""
    rows = connection.fetch(
        "SELECT 1 FROM task_link WHERE before_id = ? OR after_id = ? LIMIT 1", (task_id, task_id)
    )
    return bool(rows)


def put_link(link: LinkRow) -> None:
    """Keep a link, in place of the one between the same tasks."""
    connection.execute(
        "INSERT INTO task_link (before_id, after_id, kind, lag) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (before_id, after_id) DO UPDATE SET kind = excluded.kind, lag = excluded.lag",
        link,
    )


def delete_link(before: int, after: int) -> bool:
    """Take a link away; answers whether it was there."""
    cursor = connection.execute(
        "DELETE FROM task_link WHERE before_id = ? AND after_id = ?", (before, after)
    )
    return bool(cursor.rowcount)


def roll(task_id: int, columns: Mapping[str, object]) -> None:
    """Let a task that holds others follow from them, without a new version."""
    changes = ", ".join(f"{name} = ?" for name in columns)
    connection.execute(
        f"UPDATE task SET {changes} WHERE id = ?",
        (*map(statements.stored, columns.values()), task_id),
    )
