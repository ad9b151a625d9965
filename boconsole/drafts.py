"""What was typed and not sent: kept for its writer alone, and offered again."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from boconsole.session import Session
from boconsole.text import safe
from db import connection, housekeeping


class Draft(NamedTuple):
    """The typed values of one form about one record (0 for a new one)."""

    form: str
    record_id: int
    fields: Mapping[str, str]
    saved_at: datetime


def keep(session: Session, form: str, record_id: int, fields: Mapping[str, str]) -> None:
    """Keep what is typed in a form, in place of what was kept before; nothing typed keeps none."""
    with connection.transaction():
        if any(value.strip() for value in fields.values()):
            text = json.dumps({safe(k): safe(v) for k, v in fields.items()}, ensure_ascii=False)
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
    """Return all drafts of the user, newest first."""
    return [
        Draft(row.form, row.record_id, json.loads(row.fields), row.saved_at)
        for row in housekeeping.select_drafts(session.user.id)
    ]


def discard(session: Session, form: str, record_id: int) -> None:
    """Forget what was kept for a form."""
    with connection.transaction():
        housekeeping.remove_draft(session.user.id, form, record_id)
