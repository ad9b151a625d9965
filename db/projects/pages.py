"""Lists of projects and of tasks: pages and counts of a selection, each at the cost of a page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from db import compiling
from db.compiling import LIKE_SPECIAL, Column, Map, Sql, UnknownColumnError
from db.conditions import Changed, Compare, Selection, Was, Words
from db.keyset import Cursor, Key, Source
from db.listing import Listing, Page
from db.projects import records, tasks
from db.projects.rows import ProjectRow, TaskRow

RowT = TypeVar("RowT")
ProjectPage = Page[ProjectRow]
TaskPage = Page[TaskRow]
PROJECT = {
    "number": Column("t.id"),
    "name": Column("t.name", zero=""),
    "state": Column("t.state"),
    "owner": Column("t.owner_id", nullable=True),
    "organisation": Column("t.organisation_id", nullable=True),
    "rag": Column("t.rag"),
    "start": Column("t.start_on"),
    "due": Column("t.due_on", nullable=True),
    "done": Column("t.done_on", nullable=True),
    "next": Column("t.next_on", nullable=True),
    "progress": Column("t.progress"),
    "budget": Column("t.budget", nullable=True),
    "created": Column("t.created_at"),
    "updated": Column("t.updated_at"),
    "reported": Column("t.rag_at", nullable=True),
    "member": Column("r.user_id", False, "project_person r", "r.project_id"),
}
TASK = {
    "number": Column("t.id"),
    "project": Column("t.project_id"),
    "title": Column("t.title", zero=""),
    "state": Column("t.state"),
    "kind": Column("t.kind"),
    "owner": Column("t.owner_id", nullable=True),
    "start": Column("t.start_on", nullable=True),
    "due": Column("t.due_on", nullable=True),
    "done": Column("t.done_on", nullable=True),
    "estimate": Column("t.estimate"),
    "percent": Column("t.percent"),
    "children": Column("t.children"),
    "created": Column("t.created_at"),
    "updated": Column("t.updated_at"),
    "projectstate": Column("r.state", False, "project r", "r.id", "t.project_id"),
}


def _map(columns: Mapping[str, Column], texts: str) -> Map:
    """Return where fields are stored; words are looked for in `texts`."""

    def column(name: str) -> Column:
        if name not in columns:
            raise UnknownColumnError(name)
        return columns[name]

    def own(condition: Compare | Words, _gather: bool) -> Sql | None:
        if not isinstance(condition, Words):
            return None
        parts = [word.lower().translate(LIKE_SPECIAL) for word in condition.words]
        test = " AND ".join([f"lower({texts}) LIKE ? ESCAPE '\\'"] * len(parts)) or "1 = 1"
        return Sql(f"({test})", tuple(f"%{part}%" for part in parts))

    def never(_condition: Was | Changed) -> Sql:
        raise UnknownColumnError("the past of projects is in the trail")

    return Map(column, never, never, own)


def _listing(
    columns: Mapping[str, Column], texts: str, source: Source,
    rows_of: Callable[[Sequence[tuple[Any, ...]]], list[RowT]],
) -> Listing[RowT]:  # fmt: skip
    mapped = _map(columns, texts)

    def keys(selection: Selection) -> tuple[Key, ...]:
        found: list[Key] = []
        for order in selection.order:
            stored = mapped.column(order.field)
            found.append(
                Key(order.field, stored.sql, order.descending, stored.nullable, stored.zero)
            )
            if order.field == "number":
                return tuple(found)
        if not found:
            found.append(Key("updated", "t.updated_at", descending=True))
        return (*found, Key("number", "t.id", found[-1].descending))

    return Listing(source, lambda condition: compiling.where(condition, mapped), keys, rows_of)


PROJECTS: Listing[ProjectRow] = _listing(
    PROJECT, "t.name || ' ' || t.goal",
    Source("project t", records.COLUMNS, f"JOIN project a ON a.id = p.id {records.JOINS}"),
    lambda rows: [records.row_of(row) for row in rows],
)  # fmt: skip
TASKS: Listing[TaskRow] = _listing(
    TASK, "t.title || ' ' || t.note",
    Source("task t", tasks.COLUMNS.replace("p.name", "j.name"),
           "JOIN task a ON a.id = p.id JOIN project j ON j.id = a.project_id "
           "LEFT JOIN user_account u ON u.id = a.owner_id"),
    lambda rows: [tasks.row_of(row) for row in rows],
)  # fmt: skip


def page_projects(
    selection: Selection, after: Cursor | None, limit: int, *, backwards: bool = False
) -> ProjectPage:
    """Return the projects behind a position; raises CursorError."""
    return PROJECTS.page(selection, after, limit, backwards=backwards)


def page_tasks(
    selection: Selection, after: Cursor | None, limit: int, *, backwards: bool = False
) -> TaskPage:
    """Return the tasks behind a position; raises CursorError."""
    return TASKS.page(selection, after, limit, backwards=backwards)
