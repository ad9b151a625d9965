"""The one way in which cycles and appraisals are written, each change with its line of the trail.

The trail names what was written of an appraisal, and holds a hash of it that only the record
itself explains. A closed cycle is written by nobody but who reopens it.
"""

from collections.abc import Mapping

from boconsole import audit
from boconsole.appraisals import words
from boconsole.appraisals.errors import CycleClosedError, WrongPhaseError
from boconsole.errors import NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import privacy
from db.appraisals import stored
from db.appraisals.rows import AppraisalRow, CycleRow


def cycle_again(cycle_id: int) -> CycleRow:
    """Return a cycle by id, for rules; raises NotFoundError."""
    row = stored.find_cycle(cycle_id)
    if row is None:
        raise NotFoundError(_("appraisal cycle {name}").format(name=f"CYC-{cycle_id:04}"))
    return row


def again(appraisal_id: int) -> AppraisalRow:
    """Return an appraisal by id, for rules; raises NotFoundError."""
    row = stored.find(appraisal_id)
    if row is None:
        raise NotFoundError(_("appraisal {number}").format(number=f"APR-{appraisal_id:04}"))
    return row


def require_phase(cycle: CycleRow, *states: str) -> None:
    """Raise CycleClosedError or WrongPhaseError where a cycle is in none of the phases."""
    if cycle.state == words.CLOSED:
        raise CycleClosedError(cycle.name)
    if states and cycle.state not in states:
        needed = ", ".join(words.state_title(each) for each in states)
        raise WrongPhaseError(cycle.name, words.state_title(cycle.state), needed)


def write(
    session: Session, row: AppraisalRow, values: Mapping[str, object], action: str,
    sealed: Mapping[str, object], plain: Mapping[str, tuple[object, object]] | None = None,
) -> AppraisalRow:  # fmt: skip
    """Write an appraisal as it was seen, inside the caller's `audit.writing()`.

    Args:
        session: Who acts.
        row: As it was seen.
        values: Columns.
        action: For the trail.
        sealed: Contents, of which the trail holds a hash alone.
        plain: What the trail tells as it is.

    Raises:
        StaleRecordError: Somebody else changed it in the meantime.
    """
    if not stored.update("appraisal", row.id, row.version, values):
        raise StaleRecordError(row.number, row.id, again(row.id).version)
    told: dict[str, tuple[object, object]] = {
        name: (None, privacy.seal(row.id, row.salt, value)) for name, value in sealed.items()
    }
    line = audit.Line(row.id, {**told, **(plain or {})}, row.version + 1)
    audit.record(session, action, words.APPRAISAL, [line])
    return again(row.id)


def write_cycle(
    session: Session, row: CycleRow, values: Mapping[str, object], action: str,
    told: Mapping[str, tuple[object, object]],
) -> CycleRow:  # fmt: skip
    """Write a cycle as it was seen; raises StaleRecordError."""
    if not stored.update("appraisal_cycle", row.id, row.version, values):
        now = cycle_again(row.id)
        yours = {name: new for name, (_old, new) in told.items()}
        raise StaleRecordError(row.name, row.id, now.version, {}, yours)
    audit.record(session, action, words.CYCLE, [audit.Line(row.id, told, row.version + 1)])
    return cycle_again(row.id)
