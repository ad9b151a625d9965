"""Projects that begin, change and come to an end."""

from boconsole import audit
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.language import _
from boconsole.projects import fields, reading, words
from boconsole.projects.fields import Given
from boconsole.projects.reading import Project
from boconsole.session import Session
from boconsole.tickets.words import one_of
from db.projects import records, tasks
from db.projects.rows import ProjectRow


def create(session: Session, given: Given, state: str = words.PLANNED) -> Project:
    """Begin a project; it starts today unless a start is given, and is led by who adds it.

    Raises:
        InvalidChangeError, NotFoundError: A value cannot be taken.
    """
    session.require("project.edit")
    one_of("state", state, (words.PLANNED, words.ACTIVE, words.ON_HOLD))
    with audit.writing():
        wanted: dict[str, object] = {
            "name": "", "goal": "", "sponsor": "", "tag": "", "holidays": "",
            "owner": session.user.login if session.user.id else "",
            **given,
        }  # fmt: skip
        wanted["start_on"] = wanted.get("start_on") or reading.today(session)
        columns = fields.project_columns(wanted, None)
        now = session.now()
        project_id = records.insert(
            {**columns, "state": state, "created_at": now, "updated_at": now}
        )
        row = reading.again(project_id)
        told = {name: (None, value) for name, value in fields.told_of_project(row).items() if value}
        record(session, "new", row, {**told, "state": (None, state)})
        return Project(row)


def edit(session: Session, project_id: int, version: int, given: Given) -> Project:
    """Change facts of a project; `version` 0 takes whatever is there.

    Raises:
        StaleRecordError: Somebody else changed it in the meantime.
        InvalidChangeError, NotFoundError: A value cannot be taken.
    """
    session.require("project.edit")
    with audit.writing():
        old = reading.again(project_id)
        columns = fields.project_columns(given, old)
        keep_currency(old, columns)
        before = fields.told_of_project(old)
        if version and old.version != version:
            theirs = {name: before[name] for name in given}
            raise StaleRecordError(words.number(old.id), old.id, old.version, theirs, dict(given))
        changed = {name: value for name, value in columns.items() if value != getattr(old, name)}
        if not changed:
            return Project(old)
        return Project(write(session, "edit", old, changed))


def keep_currency(old: ProjectRow, columns: dict[str, object]) -> None:
    """Refuse another currency while tasks have costs in it; raises InvalidChangeError."""
    if columns.get("commodity_id", old.commodity_id) == old.commodity_id:
        return
    if any(task.cost for task in tasks.select_of_project(old.id)):
        raise InvalidChangeError("budget", _("keeps its currency while tasks have costs in it"))


def set_state(session: Session, project_id: int, state: str, version: int = 0) -> Project:
    """Let a project go on, rest or end.

    Raises:
        InvalidChangeError: There is no such state, or tasks are open in one that is to be done.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("project.edit")
    one_of("state", state, tuple(words.STATES))
    with audit.writing():
        old = reading.again(project_id)
        if version and old.version != version:
            raise StaleRecordError(words.number(old.id), old.id, old.version,
                                   {"state": old.state}, {"state": state})  # fmt: skip
        if old.state == state:
            return Project(old)
        if state == words.DONE and old.tasks_done < old.tasks:
            raise InvalidChangeError(
                "state",
                _("{n} tasks are open; finish or drop them first").format(
                    n=old.tasks - old.tasks_done
                ),
            )
        done = reading.today(session) if state in words.OVER else None
        return Project(write(session, "state", old, {"state": state, "done_on": done}))


def write(
    session: Session, verb: str, old: ProjectRow, columns: dict[str, object], undoes: int = 0
) -> ProjectRow:
    """Write columns of a project with its line of the trail; raises StaleRecordError."""
    if not records.update(old.id, old.version, {**columns, "updated_at": session.now()}):
        raise StaleRecordError(words.number(old.id), old.id)
    row = reading.again(old.id)
    before, after = fields.told_of_project(old), fields.told_of_project(row)
    told = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    if row.state != old.state:
        told["state"] = (old.state, row.state)
    record(session, verb, row, told, undoes)
    return row


def record(
    session: Session, verb: str, row: ProjectRow, told: dict[str, tuple[object, object]],
    undoes: int = 0,
) -> int:  # fmt: skip
    """Write a line of the trail about a project."""
    line = audit.Line(row.id, told, row.version)
    return audit.record(session, f"project.{verb}", words.PROJECT, [line], undoes=undoes)
