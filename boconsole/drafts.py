"""What was typed and not sent: kept for its writer alone, and offered again.

Whoever lost a permission since is offered it no more: it may be of what they may not see now.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from boconsole.session import Session
from boconsole.text import safe
from db import connection, housekeeping


class Draft(NamedTuple):
    """The typed values of one form about one record (0 for a new one).

    Attributes:
        form: Which.
        record_id: Of the record.
        fields: What was typed, by field.
        saved_at: When.
        allowed: The permissions of who typed it, at that time.
    """

    form: str
    record_id: int
    fields: Mapping[str, str]
    saved_at: datetime
    allowed: frozenset[str] = frozenset()


ALLOWED = "."
"""Among the fields, as no field is called: permissions, with blanks between them."""


def keep(session: Session, form: str, record_id: int, fields: Mapping[str, str]) -> None:
    """Keep what is typed in a form, in place of what was kept before; nothing typed keeps none."""
    with connection.transaction():
        if any(value.strip() for value in fields.values()):
            typed = {safe(name): safe(value) for name, value in fields.items()}
            typed[ALLOWED] = " ".join(sorted(session.permissions))
            text = json.dumps(typed, ensure_ascii=False)
            housekeeping.put_draft(session.user.id, form, record_id, text, session.now())
        else:
            housekeeping.remove_draft(session.user.id, form, record_id)


def find(session: Session, form: str, record_id: int) -> Draft | None:
    """Return what was kept for a form, if anything."""
    return next(
        (each for each in list_all(session) if (each.form, each.record_id) == (form, record_id)),
        None,
    )


def list_all(session: Session) -> list[Draft]:
    """Return all drafts of the user that they may still see, newest first."""
    found = []
    for row in housekeeping.select_drafts(session.user.id):
        fields = json.loads(row.fields)
        allowed = frozenset(str(fields.pop(ALLOWED, "")).split())
        if allowed <= session.permissions:
            found.append(Draft(row.form, row.record_id, fields, row.saved_at, allowed))
    return found


def discard(session: Session, form: str, record_id: int) -> None:
    """Forget what was kept for a form."""
    with connection.transaction():
        housekeeping.remove_draft(session.user.id, form, record_id)
