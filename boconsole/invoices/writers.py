"""Who wrote a draft: those who approve it must be somebody else."""

from db import audit as trail
from db.rows import AuditRow

FEATURE = "invoice"
TRAIL = 10_000
"""Lines of the trail of one draft that are looked through."""
BEGINS, EDITS = ("invoice.create", "invoice.undo"), ("invoice.edit", "invoice.undo")


def logins(invoice_id: int) -> set[str]:
    """Return the logins of all who wrote a draft, since its id is its own.

    What was deleted and written again has the writers that it had.
    """
    return _of(trail.select_history(FEATURE, invoice_id, TRAIL))


def _of(lines: list[AuditRow]) -> set[str]:
    found: set[str] = set()
    for line in lines:
        if line.version == 1 and line.action in BEGINS:
            found = {line.actor} | _deleted(line)
        elif line.action in EDITS:
            found.add(line.actor)
    return found


def _deleted(line: AuditRow) -> set[str]:
    """Return the writers of the draft that a line writes again; none for another line."""
    if not line.undoes:
        return set()
    place = [each.id for each in trail.select_operation(line.operation)].index(line.id)
    gone = trail.select_operation(line.undoes)[place]
    before = trail.select_history(FEATURE, gone.record_id, TRAIL)
    return _of([each for each in before if each.id < gone.id])
