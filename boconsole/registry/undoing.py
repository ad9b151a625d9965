"""Taking the last change of a contract or a document back, while nothing later touched it."""

import json

from boconsole import audit
from boconsole.audit import HistoryEntry
from boconsole.errors import UndoError
from boconsole.language import _
from boconsole.registry import agreed, contracts, fields, links, reading, words, writing
from boconsole.session import Session
from db import audit as trail
from db.registry import contracts as stored
from db.rows import AuditRow

LINKED = frozenset(("document.link", "document.unlink", "contract.link", "contract.unlink"))
UNDOABLE = LINKED | {"contract.edit", "contract.renew", "contract.terminate", "document.edit"}
LOOK_BACK = 50


def last_undoable(session: Session) -> HistoryEntry | None:
    """Return the newest operation of this person that can still be taken back, if any."""
    for row in trail.select_last_operations(session.user.id, LOOK_BACK):
        if row.action in UNDOABLE and not row.undoes and not trail.select_undoing(row.operation):
            return audit.entry_of(row)
    return None


def undo_last(session: Session) -> list[str]:
    """Take back the newest operation of this person; returns the number of what it changed.

    Raises:
        UndoError: There is none, or somebody touched the record since.
    """
    with audit.writing():
        last = last_undoable(session)
        if last is None:
            raise UndoError(_("There is nothing to undo."))
        line = trail.select_operation(last.operation)[0]
        if last.action in LINKED:
            return [_turn_link(session, line)]
        turn = _turn_contract if last.feature == words.CONTRACT else _turn_document
        return [turn(session, line)]


def _before(line: AuditRow) -> dict[str, object]:
    return {name: pair[0] for name, pair in json.loads(line.changes).items()}


def _turn_link(session: Session, line: AuditRow) -> str:
    kind: links.Kind = "contract" if line.feature == words.CONTRACT else "document"
    number = words.contract_number(line.record_id) if kind == "contract" else words.number(
        line.record_id)  # fmt: skip
    was, became = json.loads(line.changes)["link"]
    if writing.HIDDEN in (was, became):
        raise _confidential(number)
    if became:
        links.take(session, kind, line.record_id, links.find(session, became), line.operation)
    else:
        links.put(session, kind, line.record_id, links.find(session, was), line.operation)
    return number


def _confidential(number: str) -> UndoError:
    return UndoError(
        _("{number} is confidential; its trail does not keep what it said.").format(number=number)
    )


def _turn_contract(session: Session, line: AuditRow) -> str:
    session.require("contract.edit")
    old = contracts.again(line.record_id)
    number = words.contract_number(old.id)
    if old.version != line.version:
        raise UndoError(_("{number} was changed since; undo that first.").format(number=number))
    columns = agreed.put_back(_before(line), old)
    renewed = line.action == "contract.renew"
    if renewed:
        stored.delete_term(old.id, old.term)
    contracts.write(
        session, "undo", old, columns, terms=line.action == "contract.edit", undoes=line.operation
    )
    return number


def _turn_document(session: Session, line: AuditRow) -> str:
    session.require("document.edit")
    old = reading.again(session, line.record_id)
    number = words.number(old.id)
    if old.version != line.version:
        raise UndoError(_("{number} was changed since; undo that first.").format(number=number))
    before = _before(line)
    if writing.HIDDEN in before.values() or old.level in words.GUARDED:
        raise _confidential(number)
    hanging: dict[str, object] = {
        name: before.pop(name) for name in ("tags", "readers") if name in before
    }
    columns = fields.columns_of(before, old)
    writing.write(session, "undo", old, columns, hanging, undoes=line.operation)
    return number
