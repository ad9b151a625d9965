"""Taking a change of a person back, while nothing later touched that person.

Who was hired new stays as a name and a number without an employment, so that no number comes
twice and the trail has whom it tells of; the account is free again.
"""

from boconsole import audit
from boconsole.audit import HistoryEntry
from boconsole.errors import UndoError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import finding, personal, privacy, words
from boconsole.staff.writing import FACTS, group_of, told_of_facts
from db import audit as trail
from db.staff import facts, people
from db.staff.rows import EmployeeRow, FactRow

LOOK_BACK = 50
VERBS = ("edit", "enter", "correct", "withdraw", "leave", "renew", "hire", "new")
LET_GO = ("email", "phone", "user", "contact", "external_key")
"""What of a new person is taken back beside the facts."""


def last_undoable(session: Session) -> HistoryEntry | None:
    """Return the newest operation of this person that can still be taken back, if any."""
    for row in trail.select_last_operations(session.user.id, LOOK_BACK):
        area, _point, verb = row.action.partition(".")
        fits = area == words.AREA and verb in VERBS and not row.undoes
        if fits and not trail.select_undoing(row.operation):
            return audit.entry_of(row)
    return None


def undo_last(session: Session) -> list[int]:
    """Take back the newest operation of this person; returns whom it changed.

    Raises:
        UndoError: There is none, or somebody touched the record since.
        NotAllowedError: It changed what may not be changed any more.
    """
    session.require(privacy.EDIT)
    with audit.writing():
        last = last_undoable(session)
        if last is None:
            raise UndoError(_("There is nothing to undo."))
        rows = [row for row in trail.select_operation(last.operation)
                if row.feature == words.AREA]  # fmt: skip
        lines = [audit.entry_of(row) for row in rows]
        versions = {row.id: row.version for row in rows}
        for line in lines:
            _turn(session, line, versions[line.id])
        return [line.record_id for line in lines]


def _turn(session: Session, line: HistoryEntry, version: int) -> None:
    row = finding.again(line.record_id)
    if row.version != version:
        raise UndoError(_("{number} was changed since; undo that first.").format(number=row.number))
    changes = {change.field: (change.before, change.after) for change in line.changes}
    gone, made = changes.pop(FACTS, ((), ()))
    adds, drops = _facts(made), _facts(gone)
    privacy.require_edit(session, {group_of(one) for one in (*adds, *drops)})
    before = {field: old for field, (old, _new) in changes.items() if field in personal.FIELDS}
    if before.get("name", "") is None:
        _require_untouched(row)
        before = {field: old for field, old in before.items() if field in LET_GO}
    columns, told = personal.parse(session, before, row) if before else ({}, {})
    at = int(session.now().timestamp())
    for kind, fact_id in _named(made):
        facts.replace(kind, fact_id, at, session.user.id)
    for kind, fact_id in _named(gone):
        facts.restore(kind, fact_id)
    people.update(row.id, row.version, columns)
    all_told = {**told, **told_of_facts(adds, drops)}
    audit.record(
        session, "staff.undo", words.AREA, [audit.Line(row.id, all_told, version + 1)],
        undoes=line.operation,
    )  # fmt: skip


def _require_untouched(row: EmployeeRow) -> None:
    """Raise UndoError where anything but the record itself knows of somebody new."""
    if people.is_used(row.id):
        raise UndoError(_("{number} has pay, leave or other records already; enter the end of the "
                          "employment instead.").format(number=row.number))  # fmt: skip


def _named(names: object) -> list[tuple[str, int]]:
    found = [str(name).partition("#") for name in names] if isinstance(names, list) else []
    return [(kind, int(fact_id)) for kind, _mark, fact_id in found]


def _facts(names: object) -> list[FactRow]:
    return [facts.get(kind, fact_id) for kind, fact_id in _named(names)]
