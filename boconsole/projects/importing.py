"""Projects and tasks from a table, by a map: whole or not at all; importing again adds nothing.

Tasks name what holds them and what they wait for by the keys of other rows, wherever those stand,
or by the number of a task that is there.
"""

import re
from pathlib import Path
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.importing import values
from boconsole.importing.facts import day_of
from boconsole.importing.report import Progress, Report
from boconsole.importing.rows import FieldType
from boconsole.language import _
from boconsole.projects import arriving, changing, linking, reading, tasking, words
from boconsole.projects.arriving import Arrived, Reading
from boconsole.session import Session
from db.projects import imported, records, tasks
from db.projects.rows import LinkRow

PROJECTS, TASKS = "boconsole_projects", "boconsole_tasks"
"""The maps that come along."""
LINK = re.compile(r"(\S+)(?:\s+(.+))?")


class ProjectDraft(NamedTuple):
    """A row of projects, converted; days are instants."""

    name: str
    goal: str
    state: str
    owner: str
    sponsor: str
    organisation: str
    start: int | None
    due: int | None
    budget: str
    currency: str
    tag: str
    holidays: str


class TaskDraft(NamedTuple):
    """A row of tasks, converted; days are instants."""

    project: str
    title: str
    note: str
    kind: str
    parent: str
    owner: str
    state: str
    estimate: str
    remaining: str
    percent: str
    days: str
    start: int | None
    due: int | None
    begun: int | None
    done: int | None
    cost: str
    waits_for: str


DAYS = ("start", "due", "begun", "done")


def _types(draft: type[ProjectDraft] | type[TaskDraft], name: str) -> dict[str, FieldType]:
    found = {each: FieldType(values.line(2_000), "", varied=True) for each in draft._fields}
    found.update({day: FieldType(None) for day in DAYS if day in found})
    for each in ("note", "goal"):
        if each in found:
            found[each] = FieldType(values.text(), "", varied=True)
    found[name] = FieldType(values.line(200), "", required=True)
    return found


def import_projects(
    session: Session, path: Path, map_path: Path = Path(PROJECTS), *, dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:  # fmt: skip
    """Import the rows of a file as projects, all or none.

    Raises:
        ImportFileError, MapError: Nothing was imported.
    """
    session.require("project.edit")
    found = arriving.read(path, map_path, ProjectDraft, _types(ProjectDraft, "name"), progress)

    def work() -> int:
        known = imported.ids_of("project", [found.key_of(row) for row in found.rows])
        for row in found.rows:
            if found.key_of(row) not in known:
                with found.checked(row):
                    _make_project(session, found, row)
        return len(known)

    return arriving.whole(found, work, dry_run=dry_run)


def _make_project(
    session: Session, found: Reading[ProjectDraft], row: Arrived[ProjectDraft]
) -> None:
    draft, given = row.draft, dict[str, object]()
    for name in ("name", "goal", "owner", "sponsor", "organisation", "tag", "holidays"):
        if text := getattr(draft, name):
            given[name] = text
    given |= {f"{name}_on": day_of(getattr(draft, name)) for name in ("start", "due")}
    if draft.budget:
        given["budget"] = f"{draft.budget} {draft.currency}".strip()
    state = draft.state or words.PLANNED
    first = state if state not in words.OVER else words.ACTIVE
    made = changing.create(session, given, first)
    imported.set_key("project", made.row.id, found.key_of(row))
    if state != first:
        changing.set_state(session, made.row.id, state)


def import_tasks(
    session: Session, path: Path, map_path: Path = Path(TASKS), *, project: str = "",
    dry_run: bool = False, progress: Progress | None = None,
) -> Report:  # fmt: skip
    """Import the rows of a file as tasks, all or none.

    Args:
        session: Who imports.
        path: The file.
        map_path: The map, or the name of one that comes along.
        project: Where all of them go, whatever the file says.
        dry_run: Try all of it, and keep nothing.
        progress: Told how many rows were read.

    Raises:
        ImportFileError, MapError, NotFoundError: Nothing was imported.
    """
    session.require("task.edit")
    into = reading.get(session, project).row.id if project else 0
    found = arriving.read(path, map_path, TaskDraft, _types(TaskDraft, "title"), progress)
    return arriving.whole(found, lambda: _Tasks(session, found, into).write(), dry_run=dry_run)


class _Tasks:
    """Tasks of a file as they are written: those that hold others first, then what they wait for.

    Args:
        session: Who imports.
        found: The rows.
        into: The project of all of them, 0 where each row names its own.
    """

    def __init__(self, session: Session, found: Reading[TaskDraft], into: int) -> None:
        self._session, self._found, self._into = session, found, into
        self._rows = {row.key: row for row in found.rows}
        self._ids: dict[str, int] = {}
        self._projects: dict[str, int] = {}
        self._lines: list[audit.Line] = []

    def write(self) -> int:
        """Write all rows inside the caller's transaction; returns how many were known already."""
        known = imported.ids_of("task", [self._found.key_of(row) for row in self._found.rows])
        there = {self._found.key_of(row): row.key for row in self._found.rows}
        self._ids = {there[key]: task_id for key, task_id in known.items()}
        new = [row for row in self._found.rows if row.key not in self._ids]
        for row in self._in_order(new):
            with self._found.checked(row):
                self._make(row)
        for row in new:
            if row.key in self._ids and row.draft.waits_for:
                with self._found.checked(row):
                    self._link(row)
        if self._lines and not self._found.refused:
            tasking.record(self._session, "import", self._lines)
            for project_id in set(self._projects.values()):
                tasking.after_change(self._session, project_id)
        return len(known)

    def _in_order(self, new: list[Arrived[TaskDraft]]) -> list[Arrived[TaskDraft]]:
        """Return rows behind those that hold them; those that hold one another are refused."""
        order: dict[str, Arrived[TaskDraft]] = {}
        for row in new:
            path: list[str] = []
            here: str = row.key
            while here in self._rows and here not in order and here not in self._ids:
                if here in path:
                    with self._found.checked(row):
                        raise InvalidChangeError("parent", _("a task cannot lie within itself"))
                    break
                path.append(here)
                here = self._rows[here].draft.parent
            else:
                order.update({key: self._rows[key] for key in reversed(path)})
        return list(order.values())

    def _make(self, row: Arrived[TaskDraft]) -> None:
        draft = row.draft
        project_id = self._into or self._project(draft.project)
        parent_id = self._task("parent", draft.parent) if draft.parent else None
        given: dict[str, object] = {"title": draft.title, "note": draft.note}
        for name in ("kind", "owner", "state", "estimate", "remaining", "percent", "days", "cost"):
            if text := getattr(draft, name):
                given[name] = text
        for name in DAYS:
            if (day := day_of(getattr(draft, name))) is not None:
                given[f"{name}_on"] = day
        if draft.kind == words.MILESTONE:
            given.pop("days", None)
        made, line = tasking.add(self._session, project_id, given, parent_id)
        imported.set_key("task", made.id, self._found.key_of(row))
        self._ids[row.key] = made.id
        self._lines.append(line)

    def _project(self, name: str) -> int:
        """Return the project that a cell names: by its key, its number, or its name alone."""
        if name not in self._projects:
            key = f"{self._found.source}:{name}"
            ids = list(imported.ids_of("project", [key]).values())
            if not ids and re.fullmatch(r"(?:[Pp][Rr][Jj]-)?\d{1,9}", name):
                ids = [reading.get(self._session, name).row.id]
            ids = ids or records.find_by_name(name)
            if not name or len(ids) != 1:
                raise InvalidChangeError("project", _(
                    "{text!r} is no project; name one by its number, or give --project"
                ).format(text=name[:40]))  # fmt: skip
            self._projects[name] = ids[0]
        return self._projects[name]

    def _task(self, field: str, name: str) -> int:
        """Return the task that a cell names: by the key of a row, or its number."""
        if name in self._ids:
            return self._ids[name]
        if name in self._rows:
            raise InvalidChangeError(field, _("the row of {name!r} is refused").format(
                name=name[:40]))  # fmt: skip
        found = imported.ids_of("task", [f"{self._found.source}:{name}"])
        if found:
            return next(iter(found.values()))
        if re.fullmatch(r"[Tt][Ss][Kk]-\d{1,9}", name):
            return reading.get_task(self._session, name).row.id
        raise InvalidChangeError(field, _("{name!r} is no row of the file and no task").format(
            name=name[:40]))  # fmt: skip

    def _link(self, row: Arrived[TaskDraft]) -> None:
        for part in filter(None, (each.strip() for each in row.draft.waits_for.split(","))):
            named = LINK.fullmatch(part)
            if named is None:
                continue
            kind, lag = linking.read_how(named[2] or "")
            link = LinkRow(self._task("waits_for", named[1]), self._ids[row.key], kind, lag)
            linking.check(link)
            tasks.put_link(link)
