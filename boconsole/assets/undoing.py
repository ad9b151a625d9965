"""Taking an operation back, while nothing later touched its assets.

The audit lines hold each field before and after; undo puts the former back and writes lines of
its own. New assets and imports stay.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from boconsole import audit
from boconsole.assets import relating
from boconsole.assets.fields import Changes, exact_cost, parse_changes
from boconsole.assets.lending import Holder
from boconsole.assets.writing import NOBODY, Done, Ref, Step, write
from boconsole.audit import HistoryEntry, entry_of
from boconsole.errors import UndoError
from boconsole.language import _
from boconsole.session import Session
from db import audit as trail
from db.assets import holdings, records
from db.assets.columns import FEATURE
from db.assets.rows import AssetRecord
from db.rows import AuditRow

UNDOABLE = frozenset(
    ("asset.edit", "asset.state", "asset.check-out", "asset.check-in", "asset.extend",
     "asset.accept", "asset.relate", "asset.part")
)  # fmt: skip
APART = frozenset(("holder", "holding", "acceptance", "state", "expected", "said"))
"""What is put back by other means than the fields of the form."""
LOOK_BACK = 50
Told = Mapping[str, tuple[object, object]]


def last_undoable(session: Session) -> HistoryEntry | None:
    """Return the newest operation of this person that can still be taken back, if any."""
    for row in trail.select_last_operations(session.user.id, LOOK_BACK):
        if row.action in UNDOABLE and not row.undoes and not trail.select_undoing(row.operation):
            return entry_of(row)
    return None


def undo_last(session: Session) -> Done:
    """Take back the newest operation of this person; see `undo`."""
    last = last_undoable(session)
    if last is None:
        raise UndoError(_("There is nothing to undo."))
    return undo(session, last.operation)


def undo(session: Session, operation: int) -> Done:
    """Put back what an operation changed, in one transaction.

    Raises:
        UndoError: It cannot be undone, was undone before, or an asset was changed since.
    """
    with audit.writing():
        lines = trail.select_operation(operation)
        _check(lines)
        verb = "lend" if lines[0].action in LENDING else "edit"
        session.require(f"asset.{verb}")
        if lines[0].action in ("asset.relate", "asset.part"):
            return relating.undo(session, lines)
        told = {line.record_id: json.loads(line.changes) for line in lines}
        return write(
            session, "asset.undo", [Ref(key) for key in told],
            lambda old: _back(session, old, told[old.id]), undoes=operation,
        )  # fmt: skip


LENDING = frozenset(("asset.check-out", "asset.check-in", "asset.extend", "asset.accept"))


def _check(lines: list[AuditRow]) -> None:
    if not lines or lines[0].action not in UNDOABLE:
        raise UndoError(_("This cannot be undone."))
    if trail.select_undoing(lines[0].operation):
        raise UndoError(_("This was undone already."))
    last = {line.record_id: line for line in lines if line.version}
    found = records.select_records(last)
    for asset_id, line in last.items():
        record = found.get(asset_id)
        if record is None or (record.version != line.version and _touched_since(line)):
            raise UndoError(
                _("{ticket} was changed since; undo that first, or change it back.").format(
                    ticket=record.tag if record else asset_id
                )
            )


def _touched_since(line: AuditRow) -> bool:
    """Return whether anything later than a line still stands on its asset."""
    return any(
        not later.undoes and not trail.select_undoing(later.operation)
        for later in trail.select_history_after(FEATURE, line.record_id, line.id)
        if later.operation != line.operation and later.version
    )


def _back(session: Session, old: AssetRecord, told: Told) -> Step:
    """Return the step that puts one asset back; writes its holdings."""
    given: dict[str, object] = {
        field: before for field, (before, _after) in told.items() if field not in APART
    }
    if given.get("cost"):
        given["cost"] = exact_cost(str(given["cost"]))
    changes = parse_changes(session, given, old)
    columns = {**changes.columns}
    if "state" in told:
        columns["state"] = told["state"][0]
    if "holding" in told:
        columns.update(_holding(told))
    elif "expected" in told:
        columns["expected_on"] = _expected(old, told["expected"][0])
    elif "acceptance" in told:
        held = holdings.select_open([old.id]).get(old.id)
        if held is not None:
            holdings.set_acceptance(held.id, str(told["acceptance"][0] or ""), None)
    turned = {
        field: (after, before) for field, (before, after) in told.items()
        if field in ("holder", "holding", "acceptance")
    }  # fmt: skip
    return Step(Changes(columns, changes.custom), turned)


def _holding(told: Told) -> Mapping[str, object]:
    """Take a holding back that began, or let one go on that ended; returns the columns."""
    before, after = told["holding"]
    if before is None:
        holdings.delete(int(str(after)))
        return NOBODY
    holdings.reopen(int(str(before)), asked="acceptance" in told)
    held = holdings.find(int(str(before)))
    if held is None:
        raise UndoError(_("This cannot be undone."))
    return {
        **Holder(held.kind, held.holder_id).columns,
        "held_since": held.from_at,
        "expected_on": held.expected_on,
    }


def _expected(old: AssetRecord, before: object) -> object:
    day = None if before is None else datetime.fromisoformat(str(before)).replace(tzinfo=UTC).date()
    held = holdings.select_open([old.id]).get(old.id)
    if held is not None:
        holdings.set_expected(held.id, day)
    return day
