"""Taking back what was done to drafts, while nothing later touched them.

The audit trail keeps what a draft said before it was edited or thrown away; that is written
again. What is issued is credited, never taken back.
"""

import json
from collections.abc import Mapping
from datetime import date

from boconsole import audit
from boconsole.errors import NotFoundError, UndoError
from boconsole.invoices import drafting
from boconsole.invoices.drafting import NewInvoice
from boconsole.invoices.entering import as_new
from boconsole.invoices.reading import Document, again
from boconsole.invoices.typing import lines_of
from boconsole.language import _
from boconsole.session import Session
from db import audit as trail
from db.rows import AuditRow

UNDOABLE = ("invoice.edit", "invoice.delete")
LOOK_BACK = 50


def undo_last(session: Session) -> list[Document]:
    """Take back the last edit or deletion of drafts by this person, in one transaction.

    Raises:
        UndoError: There is none, or a draft was touched since.
    """
    session.require("invoice.prepare")
    with audit.writing():
        for row in trail.select_last_operations(session.user.id, LOOK_BACK):
            if row.action in UNDOABLE and not trail.select_undoing(row.operation):
                return _undone(session, trail.select_operation(row.operation))
    raise UndoError(_("There is nothing to undo."))


def _undone(session: Session, lines: list[AuditRow]) -> list[Document]:
    made = []
    operation = 0
    for line in lines:
        before = {name: pair[0] for name, pair in json.loads(line.changes).items()}
        if line.action == "invoice.edit":
            made.append(_edited_back(session, line, before))
            continue
        made.append(
            drafting.prepare(session, _written(before), undoes=line.operation, operation=operation)
        )
        operation = operation or trail.select_undoing(line.operation)
    return made


def _edited_back(session: Session, line: AuditRow, before: Mapping[str, object]) -> Document:
    try:
        now = again(line.record_id)
    except NotFoundError as error:
        raise UndoError(_("The draft is gone; it was deleted since.")) from error
    if now.head.state != "draft" or now.head.version != line.version:
        raise UndoError(_("{number} was changed since; edit it by hand.").format(number=now.number))
    told = {**drafting.said(now), **before}
    wanted = _written(told)._replace(origin=as_new(now).origin)
    return drafting.edit(session, now, wanted, undoes=line.operation)


def _written(told: Mapping[str, object]) -> NewInvoice:
    """Return the document that the trail tells of."""
    lines, _currency = lines_of([str(line) for line in _list(told["lines"])])
    origin = told.get("origin")
    return NewInvoice(
        str(told["kind"]), str(told["partner"]), date.fromisoformat(str(told["dated"])),
        str(told["currency"]), lines, due=date.fromisoformat(str(told["due"])),
        reference=str(told.get("reference") or ""), rate=str(told.get("rate") or ""),
        note=str(told.get("note") or ""),
        origin=again(int(str(origin))).number if origin else "",
    )  # fmt: skip


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
