"""How what hangs on a project is written: added, changed, taken away, each with its line."""

from collections.abc import Mapping

from boconsole import audit
from boconsole.errors import StaleRecordError
from boconsole.projects import reading, words
from boconsole.session import Session
from db.projects import records, statements


def add(
    session: Session, project_id: int, table: str, what: str, columns: Mapping[str, object],
    told: Mapping[str, object],
) -> int:  # fmt: skip
    """Add a row; returns its id. `what` names it in the trail of the project."""
    row_id = statements.insert(table, {"project_id": project_id, **columns})
    changes = {name: (None, value) for name, value in told.items() if value not in ("", None)}
    note(session, project_id, f"add-{what}", changes)
    return row_id


def change(
    session: Session, project_id: int, table: str, what: str, seen: tuple[int, int],
    columns: Mapping[str, object], told: Mapping[str, tuple[object, object]],
) -> None:  # fmt: skip
    """Change a row that was seen (its id and version); raises StaleRecordError."""
    if not statements.update(table, *seen, columns):
        raise StaleRecordError(words.number(project_id), seen[0])
    note(session, project_id, f"edit-{what}", told)


def remove(
    session: Session, project_id: int, table: str, what: str, seen: tuple[int, int],
    told: Mapping[str, object],
) -> None:  # fmt: skip
    """Take a row away that was seen; raises StaleRecordError."""
    if not statements.delete(table, *seen):
        raise StaleRecordError(words.number(project_id), seen[0])
    note(session, project_id, f"remove-{what}", {name: (value, None)
                                                    for name, value in told.items()})  # fmt: skip


def note(
    session: Session, project_id: int, verb: str, changes: Mapping[str, tuple[object, object]]
) -> None:
    """Write the line of the trail, and say that the project changed; its version stays."""
    row = reading.again(project_id)
    records.touch(row.id, int(session.now().timestamp()))
    audit.record(session, f"project.{verb}", words.PROJECT, [audit.Line(row.id, changes)])
