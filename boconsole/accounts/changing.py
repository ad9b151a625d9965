"""Accounts made, changed, disabled and let in again; every change with before and after."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from boconsole import audit, passwords
from boconsole.accounts import ranks
from boconsole.accounts.errors import OwnAccountError
from boconsole.accounts.reading import by_login
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.language import _
from boconsole.session import Session
from boconsole.settings import LANGUAGES
from boconsole.text import clean_line, required_line
from db import credentials, users
from db.accounts import records
from db.accounts.records import AccountRow

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}", re.ASCII)
OWN_FIELDS = ("zone", "language")
"""What people change of their own account without a permission."""
FIELDS = ("name", "email", *OWN_FIELDS, "roles")


class Disabled(NamedTuple):
    """An account that was disabled, and what stays with it.

    Attributes:
        tickets: Numbers of the open tickets that are still assigned to it, the first few.
        open: How many they are.
        drafts: How many texts were typed and not sent.
    """

    account: AccountRow
    tickets: tuple[str, ...]
    open: int
    drafts: int


def add(
    session: Session, login: str, *, name: str = "", email: str = "", roles: Sequence[str] = (),
    password: str = "", must_change: bool = False,
) -> AccountRow:  # fmt: skip
    """Add an account.

    Args:
        session: Who adds it.
        login: Small letters, digits, point, dash and underscore; unique.
        name: How people call them; the login without one.
        email: A mail address.
        roles: Built-in or own ones; agent without any.
        password: To sign in with; none is set without it.
        must_change: A new password has to be taken at the first sign-in.

    Raises:
        NotAllowedError, AdminOnlyError, InvalidChangeError: Nothing was added.
    """
    ranks.require_now(session)
    login = required_line(login, field="login", limit=60)
    if not LOGIN.fullmatch(login):
        raise InvalidChangeError(
            "login",
            _("{login!r} must be small letters, digits, point, dash or underscore").format(
                login=login
            ),
        )
    name = clean_line(name, field="name", limit=120) or login
    email = clean_line(email, field="email", limit=200).lower()
    hash_ = ""
    if password:
        passwords.check_rules(password, login, name, email)
        hash_ = passwords.hashed(password)
    with audit.writing():
        held = ranks.check_roles(roles or ("agent",))
        ranks.require_rank(session, login, held)
        if users.find_id(login):
            raise InvalidChangeError(
                "login", _("there is an account {login!r} already").format(login=login)
            )
        user_id = users.insert(login, name, email, session.now())
        records.replace_roles(user_id, held)
        changes: dict[str, tuple[object, object]] = {"login": (None, login)}
        changes |= {"name": (None, name)} if name != login else {}
        changes |= {"email": (None, email)} if email else {}
        changes["roles"] = (None, list(held))
        if hash_:
            credentials.put_password(
                user_id, hash_, session.now(), must_change=must_change, valid_until=None
            )
            changes["password"] = (None, "set")
        audit.record(session, "user.add", "user", [audit.Line(user_id, changes, 1)])
        return by_login(login)


def edit(session: Session, account: AccountRow, wanted: Mapping[str, Any]) -> AccountRow:
    # Any: roles are several words, all else one
    """Change an account.

    Args:
        session: Who changes it; one's own zone and language need no permission.
        account: As it was read.
        wanted: Some of `FIELDS` with their new values.

    Raises:
        NotAllowedError, OwnAccountError, AdminOnlyError, LastAdminError, InvalidChangeError,
        StaleRecordError: Nothing was changed.
    """
    if account.id != session.user.id or not set(wanted) <= set(OWN_FIELDS):
        ranks.require_now(session)
    ranks.require_active(session)
    values = _checked(wanted)
    with audit.writing():
        now = by_login(account.login)
        new = now._replace(**{**values, "roles": tuple(values.get("roles", now.roles))})
        changes = {
            field: (_told(getattr(now, field)), _told(getattr(new, field)))
            for field in FIELDS
            if getattr(now, field) != getattr(new, field)
        }
        if not changes:
            return now
        _require(session, now, new)
        if now.version != account.version:
            theirs = {
                field: _told(getattr(now, field))
                for field in FIELDS
                if getattr(now, field) != getattr(account, field)
            }
            yours = {field: after for field, (_before, after) in changes.items()}
            raise StaleRecordError(account.login, now.id, now.version, theirs, yours)
        _write(session, "user.edit", new, changes)
        return by_login(account.login)


def _require(session: Session, now: AccountRow, new: AccountRow) -> None:
    """Raise where the rules forbid a change."""
    if now.id != session.user.id:
        ranks.require_rank(session, now.login, {*now.roles, *new.roles})
    if now.roles == new.roles:
        return
    if now.id == session.user.id:
        raise OwnAccountError
    if ranks.ADMIN not in new.roles:
        ranks.require_admin_left(now)


def _told(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _checked(wanted: Mapping[str, Any]) -> dict[str, Any]:  # Any: as in `edit`
    values: dict[str, Any] = {}
    for field, value in wanted.items():
        if field == "roles":
            values[field] = ranks.check_roles(value)
        elif field == "name":
            values[field] = required_line(str(value), field=field, limit=120)
        elif field == "email":
            values[field] = clean_line(str(value or ""), field=field, limit=200).lower()
        elif field == "zone":
            values[field] = _zone(str(value or "").strip())
        elif field == "language":
            values[field] = _language(str(value or "").strip())
        else:
            raise InvalidChangeError(field[:40], _("cannot be changed"))
    return values


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else ""
    except (KeyError, ValueError, OSError):
        raise InvalidChangeError(
            "zone", _("must be a name of the time zone database such as Asia/Jakarta")
        ) from None


def _language(name: str) -> str:
    if name and name not in LANGUAGES:
        raise InvalidChangeError("language", _("must be en or id, or empty"))
    return name


def _write(
    session: Session, action: str, new: AccountRow, changes: Mapping[str, tuple[object, object]]
) -> int:
    if not records.update(new):
        raise StaleRecordError(new.login, new.id)
    if "roles" in changes:
        records.replace_roles(new.id, new.roles)
    return audit.record(session, action, "user", [audit.Line(new.id, changes, new.version + 1)])


# Disabling


def disable(session: Session, login: str) -> Disabled:
    """Let an account in no more.

    Its open sessions at the doors end within seconds, its drafts stay for when it is let in
    again, and its open tickets stay with it until somebody gives them to others; new ones cannot
    be given to it.

    Raises:
        NotAllowedError, OwnAccountError, AdminOnlyError, LastAdminError, InvalidChangeError:
        Nothing was changed.
    """
    with audit.writing():
        account = by_login(login)
        ranks.require_other(session, account)
        if not account.active:
            raise InvalidChangeError("login", _("{login} is disabled already").format(login=login))
        ranks.require_admin_left(account)
        _write(session, "user.disable", account._replace(active=False), {"active": (True, False)})
        records.forget_presence(account.id)
        tickets, count = _open_tickets(session, account)
        return Disabled(by_login(login), tickets, count, records.count_drafts(account.id))


def _open_tickets(session: Session, account: AccountRow) -> tuple[tuple[str, ...], int]:
    """Return the numbers of the first open tickets of an account, and how many they are."""
    from boconsole.tickets import reading
    from boconsole.tickets.words import number

    if not session.may("ticket.read"):
        return (), 0
    query = f"assignee:{account.login}"
    found = reading.list_page(session, query, limit=8).rows
    return tuple(number(row.id) for row in found), reading.count(session, query).number


def enable(session: Session, login: str) -> AccountRow:
    """Let an account in again, with the roles, keys and password it had.

    Raises:
        NotAllowedError, AdminOnlyError, InvalidChangeError: Nothing was changed.
    """
    with audit.writing():
        account = by_login(login)
        ranks.require_other(session, account)
        if account.active:
            raise InvalidChangeError("login", _("{login} is active").format(login=login))
        _write(session, "user.enable", account._replace(active=True), {"active": (False, True)})
        return by_login(login)
