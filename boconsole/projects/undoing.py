"""Taking the last change of tasks or a project back, while nothing later touched them."""

import json

from boconsole import audit
from boconsole.audit import HistoryEntry
from boconsole.errors import UndoError
from boconsole.language import _
from boconsole.projects import changing, fields, linking, reading, tasking, words, writing
from boconsole.projects.reading import Task
from boconsole.projects.tasking import Step
from boconsole.session import Session
from db import audit as trail
from db.projects import tasks
from db.projects.rows import LinkRow
from db.rows import AuditRow

FIELDS = frozenset(("task.edit", "task.state", "task.assign", "task.follow"))
ADDED = frozenset(("task.new", "task.import"))
"""What is taken back by dropping: a number is never given twice."""
UNDOABLE = (
    FIELDS | ADDED | {"task.link", "task.place", "project.edit", "project.state"} | writing.ACTIONS
)
LOOK_BACK = 50
MOST = 1_000_000


def last_undoable(session: Session) -> HistoryEntry | None:
    """Return the newest operation of this person that can still be taken back, if any."""
    for row in trail.select_last_operations(session.user.id, LOOK_BACK):
        if row.action in UNDOABLE and not row.undoes and not trail.select_undoing(row.operation):
            return audit.entry_of(row)
    return None


def undo_last(session: Session) -> list[str]:
    """Take back the newest operation of this person; returns the numbers of what it changed.

    Raises:
        UndoError: There is none, or somebody touched a record since.
    """
    with audit.writing():
        last = last_undoable(session)
        if last is None:
            raise UndoError(_("There is nothing to undo."))
        lines = trail.select_operation(last.operation)
        if last.action in writing.ACTIONS:
            return [writing.take_back(session, lines[0])]
        if last.feature == words.PROJECT:
            return [_turn_project(session, lines[0])]
        session.require("task.edit")
        for line in lines:
            _require_untouched(line, reading.task_again(line.record_id).version,
                               words.task_number(line.record_id))  # fmt: skip
        if last.action == "task.link":
            return [_turn_link(session, lines[0]).number]
        if last.action == "task.place":
            return [_turn_place(session, lines[0]).number]
        steps = []
        for line in lines:
            old = reading.task_again(line.record_id)
            if last.action in ADDED:
                steps += [] if old.children else [Step(old, tasking.dropped(session, old))]
                continue
            before = {name: pair[0] for name, pair in json.loads(line.changes).items()}
            project = reading.again(old.project_id)
            steps.append(Step(old, fields.put_back(before, project)))
        done = tasking.write(session, "undo", steps, undoes=last.operation)
        return [each.number for each in done]


def _require_untouched(line: AuditRow, version: int, number: str) -> None:
    if version != line.version and _touched_since(line):
        raise UndoError(_("{number} was changed since; undo that first.").format(number=number))


def _touched_since(line: AuditRow) -> bool:
    """Return whether anything later than a line still stands on its record."""
    return any(
        not later.undoes and not trail.select_undoing(later.operation)
        for later in trail.select_history_after(line.feature, line.record_id, line.id)
        if later.operation != line.operation and later.version
    )


def _turn_project(session: Session, line: AuditRow) -> str:
    session.require("project.edit")
    old = reading.again(line.record_id)
    _require_untouched(line, old.version, words.number(old.id))
    before = {name: pair[0] for name, pair in json.loads(line.changes).items()}
    state = before.pop("state", None)
    columns = fields.project_columns(before, old) if before else {}
    changing.keep_currency(old, columns)
    if state is not None:
        done = reading.today(session) if state in words.OVER else None
        columns |= {"state": state, "done_on": done}
    changing.write(session, "undo", old, columns, undoes=line.operation)
    return words.number(old.id)


def _turn_place(session: Session, line: AuditRow) -> Task:
    """Put a task back where it lay in the tree; behind the others where that is not known."""
    told = json.loads(line.changes)
    old = reading.task_again(line.record_id)
    parent = told["parent"][0] if "parent" in told else old.parent_id
    if isinstance(parent, str):
        parent = words.parse_task_number(parent) if parent else None
    number = int(told["place"][0]) if "place" in told else MOST
    return tasking.put(session, "undo", old, parent, number, undoes=line.operation)


def _turn_link(session: Session, line: AuditRow) -> Task:
    """Put what a task waits for back, as a line of its own that undoes the other."""
    before, after = json.loads(line.changes)["waits_for"]
    row = reading.task_again(line.record_id)
    gone, new = (
        [LinkRow(first, row.id, kind, lag) for first, kind, lag in linking.read_links(text)]
        for text in (after, before)
    )
    linking.replace(gone, new)
    tasks.update(row.id, row.version, {"updated_at": session.now()})
    told = audit.Line(row.id, {"waits_for": (after, before)}, row.version + 1)
    tasking.record(session, "undo", [told], undoes=line.operation)
    tasking.after_change(session, row.project_id)
    return Task(reading.task_again(row.id))
