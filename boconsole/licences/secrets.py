"""Licence keys: kept apart from everything else that is read, and every look is audited."""

from boconsole import audit
from boconsole.errors import StaleRecordError
from boconsole.licences import reading
from boconsole.licences.reading import Licence
from boconsole.session import Session
from boconsole.text import clean_line
from db.licences import register

KEY_LIMIT = 2_000


def look(session: Session, licence_id: int) -> str:
    """Return the key of a licence, "" where there is none; who looked is written down."""
    session.require("licence.key")
    with audit.writing():
        licence = reading.again(session, licence_id)
        line = audit.Line(licence_id, {}, licence.row.version)
        audit.record(session, "licence.look_at_key", "licence", [line])
        return register.select_secret(licence_id)


def keep(session: Session, licence: Licence, secret: str) -> Licence:
    """Keep a key, or none; the audit says that it was changed and never what it is.

    Raises:
        InvalidChangeError: It is too long.
        StaleRecordError: Somebody else changed the licence in the meantime.
    """
    session.require("licence.key")
    secret = clean_line(secret, field="key", limit=KEY_LIMIT)
    with audit.writing():
        now = reading.again(session, licence.row.id)
        if not register.set_secret(now.row.id, licence.row.version, secret):
            raise StaleRecordError(now.number, now.row.id, now.row.version)
        told = {"has_key": (now.row.has_key, bool(secret))}
        line = audit.Line(now.row.id, told, licence.row.version + 1)
        audit.record(session, "licence.change_key", "licence", [line])
        return reading.again(session, now.row.id)


def keep_first(session: Session, licence: Licence, secret: str) -> Licence:
    """Keep the key that came with an import, inside its transaction; it is not looked at."""
    session.require("licence.import")
    register.set_secret(licence.row.id, licence.row.version, secret)
    return reading.again(session, licence.row.id)
