"""Sentences for the people that a request concerns, and its lines of the audit trail."""

from collections.abc import Iterable, Mapping

from boconsole import audit
from boconsole.language import _
from boconsole.leave import words
from boconsole.session import Session
from db import notifications
from db.staff import people

PRIVATE = "…"
"""Stands in the trail for notes, and for what is health data."""


def tell(
    session: Session, employee_ids: Iterable[int], request_id: int, text: str,
    feature: str = words.FEATURE,
) -> None:  # fmt: skip
    """Tell people about a request, inside of the caller's transaction; oneself is left out."""
    rows = []
    for employee_id in dict.fromkeys(employee_ids):
        row = people.find(employee_id)
        if row is not None and row.user_id not in (None, session.user.id):
            rows.append((row.user_id, session.now(), text, feature, request_id))
    if rows:
        notifications.insert([row for row in rows if row[0] is not None])


def mark_read(session: Session, record_id: int, feature: str = words.FEATURE) -> None:
    """Note that the one who acts has seen what was told of a record."""
    notifications.set_read(session.user.id, feature, record_id, session.now())


def record(
    session: Session, action: str, request_id: int,
    changes: Mapping[str, tuple[object, object]], version: int = 0, *, private: bool = False,
    operation: int = 0, undoes: int = 0,
) -> int:  # fmt: skip
    """Write the line of the trail, without notes; private types and reasons are not told either."""
    told = dict(changes)
    for field in ("type", "note", "reason"):
        if field in told and (private or field == "note"):
            before, after = told[field]
            told[field] = (before and PRIVATE, after and PRIVATE)
    line = audit.Line(request_id, told, version)
    return audit.record(session, action, words.FEATURE, [line], operation=operation,
                        undoes=undoes)  # fmt: skip


def span(first: object, last: object) -> str:
    """Return days in words: `2026-05-04`, or `2026-05-04 to 2026-05-08`."""
    if first == last:
        return str(first)
    return _("{first} to {last}").format(first=first, last=last)
