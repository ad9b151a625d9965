"""Exceptions from lock dates: who may book before one, in which part, until when and why.

Each runs out by itself, can be withdrawn before, and stays in the audit trail. The hard lock has
none.
"""

from datetime import datetime, timedelta

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import N_, _
from boconsole.ledger.words import PARTS
from boconsole.session import Session
from boconsole.text import required_line
from db import users
from db.ledger import calendar
from db.ledger.rows import ExceptionRow

EVERYBODY = N_("everybody")
"""In place of a login."""
LONGEST = 31
"""Days that an exception lasts at most."""
EXCEPTED = tuple(part for part in PARTS if part != "hard")


def running(session: Session) -> list[ExceptionRow]:
    """Return the exceptions that run now, the first to end first."""
    session.require("ledger.read")
    return calendar.select_exceptions(session.now())


def people(session: Session, start: str) -> list[str]:
    """Return whom an exception can be for, by a beginning: logins, and `everybody`."""
    session.require("ledger.read")
    low = start.strip().casefold()
    logins = [EVERYBODY, *(user.login for user in users.select_all())]
    return [login for login in logins if login.startswith(low)]


def allow(session: Session, part: str, who: str, until: datetime, reason: str) -> ExceptionRow:
    """Let one person, or everybody, book before the lock date of a part until some instant.

    Args:
        session: Who allows it.
        part: One of `EXCEPTED`.
        who: A login, or `everybody`.
        until: When it ends.
        reason: Why, for the audit.

    Raises:
        InvalidChangeError: The part cannot be excepted, the time is past, or no reason is given.
        NotFoundError: Nobody has that login.
    """
    session.require("ledger.reopen")
    reason = required_line(reason, field="reason")
    if part not in EXCEPTED:
        raise InvalidChangeError(
            "part",
            _("expected one of {words}; the hard lock has no exception").format(
                words=", ".join(EXCEPTED)
            ),
        )
    if until <= session.now():
        raise InvalidChangeError("until", _("the time is past"))
    if until > session.now() + timedelta(days=LONGEST):
        raise InvalidChangeError(
            "until",
            _("an exception lasts {days} days at most; or move the lock date").format(days=LONGEST),
        )
    user_id = _user_id(who)
    with audit.writing():
        found = calendar.insert_exception(part, user_id, until, reason, session.user.id)
        told = {
            "part": (None, part), "user": (None, who.strip()), "until": (None, until.isoformat()),
            "reason": (None, reason),
        }  # fmt: skip
        audit.record(session, "period.except", "period", [audit.Line(found, told)])
        return _running(session, found)


def withdraw(session: Session, number: int) -> ExceptionRow:
    """End an exception before its time.

    Raises:
        NotFoundError: None of that number runs.
    """
    session.require("ledger.reopen")
    with audit.writing():
        old = _running(session, number)
        calendar.revoke_exception(number, session.now())
        told = {"part": (old.part, None), "user": (old.login or EVERYBODY, None)}
        audit.record(session, "period.withdraw", "period", [audit.Line(number, told)])
    return old


def _running(session: Session, number: int) -> ExceptionRow:
    found = [row for row in calendar.select_exceptions(session.now()) if row.id == number]
    if not found:
        raise NotFoundError(_("running exception {number}").format(number=number))
    return found[0]


def _user_id(who: str) -> int | None:
    login = who.strip()
    if login == EVERYBODY:
        return None
    user = users.find(login)
    if user is None:
        raise NotFoundError(_("active account {login}").format(login=login[:40]))
    return user.id
