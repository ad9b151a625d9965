"""Accounts: who may sign in, and with which roles."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.roles import ROLES
from boconsole.session import Session
from boconsole.text import clean_line, required_line
from db import connection, users

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}", re.ASCII)


class Account(NamedTuple):
    """An account with its roles."""

    login: str
    name: str
    email: str
    roles: tuple[str, ...]


def list_all(session: Session) -> list[Account]:
    """Return the active accounts by login."""
    session.require("ticket.read")
    return [
        Account(user.login, user.name, user.email, users.select_roles(user.id))
        for user in users.select_all()
    ]


def add(
    session: Session, login: str, *, name: str = "", email: str = "", roles: Sequence[str] = ()
) -> Account:
    """Add an account.

    Args:
        session: Who adds it.
        login: Small letters, digits, point, dash and underscore; unique.
        name: How people call them; the login without one.
        email: A mail address.
        roles: Of `boconsole.roles`; agent without any.

    Raises:
        NotAllowedError, InvalidChangeError: Nothing was added.
    """
    session.require("user.edit")
    login = required_line(login, field="login", limit=60)
    if not LOGIN.fullmatch(login):
        raise InvalidChangeError(
            "login",
            _("{login!r} must be small letters, digits, point, dash or underscore").format(
                login=login
            ),
        )
    roles = tuple(roles) or ("agent",)
    for role in roles:
        if role not in ROLES:
            raise InvalidChangeError(
                "roles",
                _("{role!r} is not one of {roles}").format(role=role[:40], roles=", ".join(ROLES)),
            )
    name = clean_line(name, field="name", limit=120) or login
    email = clean_line(email, field="email", limit=200).lower()
    with connection.transaction():
        if users.find(login) is not None:
            raise InvalidChangeError(
                "login", _("there is an account {login!r} already").format(login=login)
            )
        user_id = users.insert(login, name, email, session.now())
        for role in roles:
            users.add_role(user_id, role)
        changes = {"login": (None, login), "roles": (None, list(roles))}
        audit.record(session, "user.add", "user", [audit.Line(user_id, changes, 1)])
    return Account(login, name, email, tuple(sorted(roles)))
