"""How what hangs on a project is written: added, changed, taken away, and each taken back.

The line of the trail names the row before and after, so that the last change of somebody is taken
back while nothing later touched the row.
"""

import json
from collections.abc import Mapping
from datetime import date

from boconsole import audit
from boconsole.errors import StaleRecordError, UndoError
from boconsole.language import _
from boconsole.projects import reading, words
from boconsole.session import Session
from db import audit as trail
from db.projects import parts, records, statements
from db.rows import AuditRow

Columns = Mapping[str, object]
RISK, PERSON, OBJECTIVE, RESULT, DECISION, REPORT, BASELINE = (
    "risk", "person", "objective", "result", "decision", "report", "baseline",
)  # fmt: skip
TABLES = {
    RISK: "project_risk", PERSON: "project_person", OBJECTIVE: "objective", RESULT: "key_result",
    DECISION: "project_decision", REPORT: "status_report", BASELINE: "baseline",
}  # fmt: skip
ADD, EDIT, REMOVE = "add", "edit", "remove"
ACTIONS = frozenset(f"project.{verb}-{what}" for verb in (ADD, EDIT, REMOVE) for what in TABLES)
"""What is taken back here."""
PART = "part"
"""The row before and after, as the trail tells it; nothing where it was not there."""


def add(session: Session, project_id: int, what: str, columns: Columns, told: Columns) -> int:
    """Add a row; returns its id. `what` names it in the trail of the project."""
    own = {} if what == RESULT else {"project_id": project_id}
    row_id = statements.insert(TABLES[what], {**own, **columns})
    changes = {name: (None, value) for name, value in told.items() if value not in ("", None)}
    note(session, project_id, f"{ADD}-{what}", {**changes, PART: (None, row_id)})
    return row_id


def change(
    session: Session, project_id: int, what: str, seen: tuple[int, int], columns: Columns,
    told: Mapping[str, tuple[object, object]],
) -> None:  # fmt: skip
    """Change a row that was seen (its id and version); raises StaleRecordError."""
    if not statements.update(TABLES[what], *seen, columns):
        raise StaleRecordError(words.number(project_id), seen[0])
    note(session, project_id, f"{EDIT}-{what}", {**told, PART: (seen[0], seen[0])})


def remove(
    session: Session, project_id: int, what: str, seen: tuple[int, int], told: Columns
) -> None:
    """Take a row away that was seen; raises StaleRecordError. `told` are all its columns."""
    if not statements.delete(TABLES[what], *seen):
        raise StaleRecordError(words.number(project_id), seen[0])
    changes = {name: (value, None) for name, value in told.items() if value not in ("", None)}
    note(session, project_id, f"{REMOVE}-{what}", {**changes, PART: (seen[0], None)})


def note(
    session: Session, project_id: int, verb: str, changes: Mapping[str, tuple[object, object]],
    undoes: int = 0,
) -> None:  # fmt: skip
    """Write the line of the trail, and say that the project changed; its version stays."""
    row = reading.again(project_id)
    records.touch(row.id, int(session.now().timestamp()))
    line = audit.Line(row.id, changes)
    audit.record(session, f"project.{verb}", words.PROJECT, [line], undoes=undoes)


# Taking back


def take_back(session: Session, line: AuditRow) -> str:
    """Take one of `ACTIONS` back, inside the caller's transaction; returns the project's number.

    Raises:
        UndoError: Somebody touched it since, or the line is of days before rows were named.
    """
    verb, what = _verb(line)
    session.require("task.edit" if (verb, what) == (EDIT, RESULT) else "project.edit")
    told = json.loads(line.changes)
    before = {name: pair[0] for name, pair in told.items() if name != PART}
    number = words.number(line.record_id)
    row_id = _row_of(line)
    if not row_id:
        raise UndoError(_("{number} was changed before this could be taken back.").format(
            number=number))  # fmt: skip
    if _touched_since(line):
        done = False
    elif verb == ADD:
        done = _take_away(line.record_id, what, row_id)
    elif verb == EDIT:
        version = statements.version(TABLES[what], row_id)
        done = statements.update(TABLES[what], row_id, version, _columns(what, before))
    else:
        own = {"id": row_id, "project_id": line.record_id, "version": 1, **EMPTY.get(what, {})}
        done = bool(statements.insert(TABLES[what], {**own, **_columns(what, before)}))
    if not done:
        raise UndoError(_("{number} was changed since; undo that first.").format(number=number))
    turned = {name: (pair[1], pair[0]) for name, pair in told.items() if name != PART}
    note(session, line.record_id, "undo", turned, undoes=line.operation)
    return number


def _verb(line: AuditRow) -> tuple[str, str]:
    verb, _dash, what = line.action.removeprefix("project.").partition("-")
    return verb, what


def _touched_since(line: AuditRow) -> bool:
    """Return whether anything later than a line still stands on its row."""
    own = (_verb(line)[1], _row_of(line))
    return any(
        (_verb(later)[1], _row_of(later)) == own and not trail.select_undoing(later.operation)
        for later in trail.select_history_after(line.feature, line.record_id, line.id)
        if later.action in ACTIONS
    )


EMPTY: dict[str, dict[str, object]] = {PERSON: {"role": "", "note": ""}}
"""Columns that the trail leaves out where they are empty."""
NAMES = {
    RISK: {"kind", "title", "probability", "impact", "response", "plan", "owner_id", "due_on",
           "state"},
    PERSON: {"name", "user_id", "contact_id", "role", "hours", "influence", "interest", "note"},
    RESULT: {"current", "measured_on"},
}  # fmt: skip
"""Columns that are put back."""


def _row_of(line: AuditRow) -> int:
    """Return the row that a line is about, 0 where it is of days before rows were named."""
    before, after = json.loads(line.changes).get(PART, (None, None))
    return int(before or after or 0)


def _columns(what: str, told: Columns) -> dict[str, object]:
    """Return columns as the trail told them."""
    return {
        name: date.fromisoformat(str(value)) if name.endswith("_on") and value else value
        for name, value in told.items() if name in NAMES[what]
    }  # fmt: skip


def _take_away(project_id: int, what: str, row_id: int) -> bool:
    """Take away what was added; answers whether nothing was built on it."""
    if what == OBJECTIVE and any(each.objective_id == row_id
                                 for each in parts.select_results(project_id)):  # fmt: skip
        return False
    if what == REPORT:
        said = parts.select_reports(project_id)
        if not said or said[0].id != row_id:
            return False
        before = said[1] if len(said) > 1 else None
        records.set_rag(
            project_id, before.rag if before else "", before.reason if before else "",
            before.at if before else None,
        )  # fmt: skip
    return statements.remove(TABLES[what], row_id)
