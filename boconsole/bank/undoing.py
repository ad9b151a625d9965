"""Taking the last act on bank lines back, while nothing later touched them.

Matches are taken apart, and those taken apart are made again; lines get their former state.
Entries and payments that were posted stay: they are reversed, never undone.
"""

import json
from collections.abc import Sequence
from typing import NamedTuple

from boconsole import audit
from boconsole.bank import closings
from boconsole.bank.matching import FEATURE, bank_of, books_of, learn, match
from boconsole.errors import UndoError
from boconsole.language import _
from boconsole.session import Session
from db import audit as trail
from db.bank import lines, links
from db.bank.rows import BankLineRow, BookLineRow
from db.rows import AuditRow

LOOK_BACK = 50
UNDOABLE = ("bank.match", "bank.accept", "bank.unmatch", "bank.aside", "bank.count")


class Undone(NamedTuple):
    """What was taken back: the action, and the bank lines."""

    action: str
    line_ids: tuple[int, ...]


def undo_last(session: Session) -> Undone:
    """Take back the newest act of this person on bank lines, in one transaction.

    Raises:
        UndoError: There is none, or a line was changed since.
        ClosedReconciliationError: A line lies in what was closed meanwhile.
    """
    session.require("bank.match")
    with audit.writing():
        told = _last(session)
        found = {line.id: line for line in lines.select_ids([each.record_id for each in told])}
        mine = [found[each.record_id] for each in told if each.record_id in found]
        _require_untouched(told, mine)
        action, operation = told[0].action, told[0].operation
        if action == "bank.unmatch":
            _match_again(session, told[0], mine, operation)
        else:
            _put_back(session, told, mine, operation)
    return Undone(action, tuple(line.id for line in mine))


def _last(session: Session) -> Sequence[AuditRow]:
    for row in trail.select_last_operations(session.user.id, LOOK_BACK):
        undoable = row.action in UNDOABLE and not row.undoes
        if undoable and not trail.select_undoing(row.operation):
            return [each for each in trail.select_operation(row.operation)
                    if each.feature == FEATURE]  # fmt: skip
    raise UndoError(_("There is nothing to undo."))


def _require_untouched(told: Sequence[AuditRow], mine: Sequence[BankLineRow]) -> None:
    rows = {each.record_id: each for each in told}
    if mine:
        closings.require_open_day(mine[0].bank_id, min(line.dated for line in mine))
    for line in mine:
        if line.version != rows[line.id].version and _touched_since(rows[line.id]):
            raise UndoError(
                _("Bank line {id} was changed since; undo that first.").format(id=line.id)
            )
    if len(mine) != len(rows):
        raise UndoError(_("A bank line is gone since; nothing was undone."))


def _touched_since(row: AuditRow) -> bool:
    """Return whether anything later than an act still stands on its line."""
    return any(
        not later.undoes and not trail.select_undoing(later.operation)
        for later in trail.select_history_after(FEATURE, row.record_id, row.id)
        if later.operation != row.operation
    )


def _put_back(
    session: Session, told: Sequence[AuditRow], mine: Sequence[BankLineRow], operation: int
) -> None:
    changes = {each.record_id: json.loads(each.changes) for each in told}
    if told[0].action in ("bank.match", "bank.accept"):
        books = links.select_linked_of([line.id for line in mine])
        learn(bank_of(mine[0]), [(line, books.get(line.id, ())) for line in mine], -1)
        links.delete_links(mine)
    for state in {each["state"][0] for each in changes.values()}:
        lines.set_states([line for line in mine if changes[line.id]["state"][0] == state], state)
    if told[0].action in ("bank.aside", "bank.count"):
        for line in mine:
            lines.set_reason(line.id, str(changes[line.id].get("reason", [line.reason])[0]))
    written = [
        audit.Line(line.id, {field: (after, before) for field, (before, after)
                             in changes[line.id].items()}, line.version + 1)
        for line in mine
    ]  # fmt: skip
    audit.record(session, "bank.undo", FEATURE, written, undoes=operation)


def _match_again(
    session: Session, told: AuditRow, mine: Sequence[BankLineRow], operation: int
) -> None:
    numbers = json.loads(told.changes)["entries"][0]
    books: list[BookLineRow] = books_of(session, bank_of(mine[0]), numbers)
    match(session, mine[0], books, *mine[1:], undoes=operation)
