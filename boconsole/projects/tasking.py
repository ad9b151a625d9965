"""Tasks that are added, changed, moved on the board and in the tree.

A task that holds others has no work, dates and state of its own: they follow from what it holds.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from boconsole import audit
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.language import _
from boconsole.projects import fields, reading, tree, words
from boconsole.projects.fields import Given
from boconsole.projects.reading import Task
from boconsole.session import Session
from boconsole.tickets.words import one_of
from db.projects import records, tasks
from db.projects.rows import ProjectRow, TaskRow

OWN = ("title", "note", "owner")
"""What a task that holds others has of its own."""
Told = dict[str, tuple[object, object]]


class Seen(Protocol):
    """A task as somebody saw it; version 0 takes whatever is there."""

    @property
    def id(self) -> int:
        """The task."""

    @property
    def version(self) -> int:
        """The version that was seen."""


class Step(NamedTuple):
    """Columns of one task that change."""

    task: TaskRow
    columns: Mapping[str, object]


def create(session: Session, project_id: int, given: Given, parent_id: int | None = None) -> Task:
    """Add a task to a project, behind those that are there.

    Raises:
        InvalidChangeError, NotFoundError: A value cannot be taken, or the parent holds none.
    """
    session.require("task.edit")
    with audit.writing():
        row, line = add(session, project_id, given, parent_id)
        record(session, "new", [line])
        after_change(session, row.project_id)
        return Task(reading.task_again(row.id))


def add(
    session: Session, project_id: int, given: Given, parent_id: int | None = None
) -> tuple[TaskRow, audit.Line]:
    """Add a task inside the caller's transaction; returns it, and the line of the trail to write.

    Raises:
        InvalidChangeError, NotFoundError: As `create`.
    """
    project = reading.going_on(project_id)
    if parent_id is not None:
        _require_holder(parent_id, project.id)
    columns: dict[str, object] = {
        "note": "", "kind": words.WORK, "state": words.TODO, "estimate": 0, "percent": 0,
        "cost": 0, **fields.task_columns({"title": "", **given}, project, None),
    }  # fmt: skip
    _settle(session, columns, None)
    now = session.now()
    task_id = tasks.insert(
        {**columns, "project_id": project.id, "parent_id": parent_id,
         "place": tasks.last_place(project.id, parent_id) + 1, "created_at": now,
         "updated_at": now}
    )  # fmt: skip
    if parent_id is not None:
        tasks.count_children(parent_id)
    row = reading.task_again(task_id)
    told: Told = {
        name: (None, value)
        for name, value in fields.told_of_task(row, project.precision).items()
        if value not in ("", None, 0, "0m", "0", "0.00")
    }
    told["project"] = (None, words.number(project.id))
    if parent_id is not None:
        told["parent"] = (None, words.task_number(parent_id))
    return row, audit.Line(row.id, told, row.version)


def edit(session: Session, seen: Seen, given: Given) -> Task:
    """Change fields of a task.

    Raises:
        StaleRecordError: Somebody else changed it in the meantime.
        InvalidChangeError, NotFoundError: A value cannot be taken.
    """
    session.require("task.edit")
    with audit.writing():
        old = reading.task_again(seen.id)
        project = reading.going_on(old.project_id)
        columns = fields.task_columns(given, project, old)
        if seen.version and seen.version != old.version:
            before = fields.told_of_task(old, project.precision)
            theirs = {name: before[name] for name in given}
            raise StaleRecordError(
                words.task_number(old.id), old.id, old.version, theirs, dict(given)
            )
        if old.children and (others := sorted(given.keys() - set(OWN))):
            raise InvalidChangeError(others[0], _("follows from the tasks that it holds"))
        _settle(session, columns, old)
        return write(session, "edit", [Step(old, columns)])[0]


def set_state(session: Session, seen: Sequence[Seen], state: str) -> list[Task]:
    """Move tasks to a column of the board, all of them or none.

    Raises:
        InvalidChangeError: There is no such state, or a task holds others.
        StaleRecordError: Somebody else changed one in the meantime.
    """
    session.require("task.edit")
    one_of("state", state, tuple(words.TASK_STATES))

    def step(old: TaskRow) -> Mapping[str, object]:
        columns: dict[str, object] = {"state": state}
        _settle(session, columns, old)
        return columns

    return _each(session, seen, "state", step)


def dropped(session: Session, old: TaskRow) -> dict[str, object]:
    """Return the columns of a task that is dropped."""
    columns: dict[str, object] = {"state": words.DROPPED}
    _settle(session, columns, old)
    return columns


def assign(session: Session, seen: Sequence[Seen], login: str) -> list[Task]:
    """Give tasks to somebody, or to nobody; raises as `set_state`, and NotFoundError."""
    session.require("task.edit")
    owner = fields.person_id(login)
    return _each(session, seen, "assign", lambda _old: {"owner_id": owner}, holders=True)


def _each(
    session: Session, seen: Sequence[Seen], verb: str,
    step: Callable[[TaskRow], Mapping[str, object]], *, holders: bool = False,
) -> list[Task]:  # fmt: skip
    with audit.writing():
        steps = []
        for each in seen:
            old = reading.task_again(each.id)
            reading.going_on(old.project_id)
            if each.version and each.version != old.version:
                raise StaleRecordError(words.task_number(old.id), old.id, old.version)
            if old.children and not holders:
                raise InvalidChangeError(verb, _("follows from the tasks that it holds"))
            steps.append(Step(old, step(old)))
        return write(session, verb, steps)


def place(
    session: Session, seen: Seen, parent_id: int | None, before_id: int | None = None
) -> Task:
    """Put a task elsewhere in the tree: into another one, and before one of those in it.

    Raises:
        InvalidChangeError: It would lie within itself, or the other one cannot hold tasks.
    """
    session.require("task.edit")
    with audit.writing():
        old = reading.task_again(seen.id)
        beside = tree.beside(tasks.select_of_project(old.project_id), old.id, parent_id)
        number = beside.index(before_id) if before_id in beside else len(beside)
        return put(session, "place", old._replace(version=seen.version or old.version),
                   parent_id, number)  # fmt: skip


def put(
    session: Session, verb: str, old: TaskRow, parent_id: int | None, number: int, *,
    undoes: int = 0,
) -> Task:  # fmt: skip
    """Put a task behind a number of its neighbours, inside the caller's transaction.

    Raises:
        InvalidChangeError, StaleRecordError: As `place`.
    """
    project = reading.going_on(old.project_id)
    every = tasks.select_of_project(project.id)
    if parent_id is not None:
        _require_holder(parent_id, project.id)
        if old.id == parent_id or old.id in tree.above(every, parent_id):
            raise InvalidChangeError("parent", _("a task cannot lie within itself"))
    before = sum(each.place < old.place for each in every if each.parent_id == old.parent_id)
    beside = tree.beside(every, old.id, parent_id)
    beside.insert(number, old.id)
    for at, task_id in enumerate(beside, 1):
        tasks.set_place(task_id, at)
    columns = {"parent_id": parent_id, "updated_at": session.now()}
    if not tasks.update(old.id, old.version, columns):
        raise StaleRecordError(words.task_number(old.id), old.id)
    for holder in {old.parent_id, parent_id} - {None}:
        tasks.count_children(int(str(holder)))
    row = reading.task_again(old.id)
    told: Told = {"place": (before, row.place - 1)}
    if old.parent_id != parent_id:
        told["parent"] = tuple(  # type: ignore[assignment]  # of two
            words.task_number(each) if each else "" for each in (old.parent_id, parent_id)
        )
    record(session, verb, [audit.Line(row.id, told, row.version)], undoes)
    after_change(session, project.id)
    return Task(reading.task_again(row.id))


# Shared by all operations on tasks


def write(session: Session, verb: str, steps: Sequence[Step], *, undoes: int = 0) -> list[Task]:
    """Write columns of tasks as one operation, inside the caller's transaction.

    Raises:
        StaleRecordError: Somebody else changed one in the meantime.
    """
    lines: list[audit.Line] = []
    ids: list[int] = []
    projects: dict[int, ProjectRow] = {}
    for old, columns in steps:
        project = projects.setdefault(old.project_id, reading.again(old.project_id))
        changed = {name: value for name, value in columns.items() if value != getattr(old, name)}
        ids.append(old.id)
        if not changed:
            continue
        if not tasks.update(old.id, old.version, {**changed, "updated_at": session.now()}):
            raise StaleRecordError(words.task_number(old.id), old.id)
        row = reading.task_again(old.id)
        before = fields.told_of_task(old, project.precision)
        after = fields.told_of_task(row, project.precision)
        told: Told = {
            name: (before[name], after[name]) for name in before if before[name] != after[name]
        }
        lines.append(audit.Line(row.id, told, row.version))
    if lines:
        record(session, verb, lines, undoes)
        for project_id in projects:
            after_change(session, project_id)
    return [Task(reading.task_again(each)) for each in ids]


def record(session: Session, verb: str, lines: Sequence[audit.Line], undoes: int = 0) -> int:
    """Write lines of the trail about tasks."""
    return audit.record(session, f"task.{verb}", words.TASK, lines, undoes=undoes)


def after_change(session: Session, project_id: int) -> None:
    """Let what holds tasks, and the project, follow from them."""
    every = tasks.select_of_project(project_id)
    old = {task.id: task for task in every}
    for task_id, row in tree.rolled_up(every).items():
        columns = {
            name: getattr(row, name) for name in ROLLED
            if getattr(row, name) != getattr(old[task_id], name)
        }  # fmt: skip
        if columns:
            tasks.roll(task_id, columns)
    records.sum_up(project_id)
    records.touch(project_id, int(session.now().timestamp()))


ROLLED = (
    "start_on", "due_on", "begun_on", "done_on", "estimate", "remaining", "percent", "state",
    "cost", "days",
)  # fmt: skip


def _settle(session: Session, columns: dict[str, object], old: TaskRow | None) -> None:
    """Let state, progress and the days on which it began and ended follow from one another."""
    today = reading.today(session)
    before = old.state if old else words.TODO
    share = columns.get("percent", old.percent if old else 0)
    if "percent" in columns and "state" not in columns:
        if share == 100:
            columns["state"] = words.DONE
        elif before == words.DONE or (share and before == words.TODO):
            columns["state"] = words.DOING
    state = columns.get("state", before)
    if state == before and old is not None:
        return
    begun = columns.get("begun_on", old.begun_on if old else None)
    if state == words.DONE:
        columns |= {"percent": 100, "done_on": columns.get("done_on") or today,
                    "begun_on": begun or today, "remaining": None}  # fmt: skip
        return
    columns["done_on"] = None
    if state in (words.DOING, words.WAITING):
        columns["begun_on"] = begun or today
    if share == 100 and "percent" not in columns:
        columns["percent"] = 0 if state == words.TODO else 99
    if state == words.TODO:
        columns["begun_on"] = None


def _require_holder(task_id: int, project_id: int) -> None:
    """Refuse a task that cannot hold others; raises InvalidChangeError."""
    row = reading.task_again(task_id)
    told = words.task_number(task_id)
    if row.project_id != project_id:
        raise InvalidChangeError("parent", _("{number} is in another project").format(number=told))
    if row.kind == words.MILESTONE:
        raise InvalidChangeError("parent", _("{number} is a milestone").format(number=told))
    if not row.children and tasks.has_links(task_id):
        raise InvalidChangeError(
            "parent",
            _("{number} waits for others, or others for it; unlink it first").format(number=told),
        )
