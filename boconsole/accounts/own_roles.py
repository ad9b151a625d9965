"""Roles that an organisation names itself: a set of permissions, given like a built-in one."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from boconsole import audit
from boconsole.accounts import ranks, words
from boconsole.accounts.errors import OwnAccountError, RoleHeldError
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.roles import ROLES
from boconsole.session import Session
from boconsole.text import clean_line, required_line
from db import users
from db.accounts import records
from db.accounts.records import OwnRoleRow

EDIT = "role.edit"
NAME = re.compile(r"[a-z][a-z0-9_]{1,39}", re.ASCII)
NEVER = frozenset((EDIT,))
"""What no own role gives: to make roles is for administrators."""


class Role(NamedTuple):
    """A role, built in or own.

    Attributes:
        own: The organisation named it.
        holders: How many active accounts have it.
    """

    name: str
    title: str
    about: str
    permissions: tuple[str, ...]
    own: bool
    holders: int
    version: int = 0


def list_all(session: Session) -> list[Role]:
    """Return all roles, the built-in ones first; everybody may know what a role allows."""
    del session
    holders = records.count_holders()
    found = [
        Role(name, words.role_title(name), words.role_about(name), tuple(sorted(permissions)),
             own=False, holders=holders.get(name, 0))
        for name, permissions in ROLES.items()
    ]  # fmt: skip
    found += [
        Role(row.name, row.name, row.about, row.permissions, own=True,
             holders=holders.get(row.name, 0), version=row.version)
        for row in records.select_own_roles()
    ]  # fmt: skip
    return found


def get(session: Session, name: str) -> Role:
    """Return a role; raises NotFoundError."""
    for role in list_all(session):
        if role.name == name.lower().replace("-", "_"):
            return role
    raise NotFoundError(_("role {name}").format(name=name[:40]))


def save(session: Session, name: str, permissions: Sequence[str], about: str = "") -> Role:
    """Add a role, or change the own one of that name; it counts at the next sign-in.

    Raises:
        NotAllowedError, InvalidChangeError, OwnAccountError: Nothing was saved.
    """
    ranks.require_now(session, EDIT)
    name = required_line(name, field="name", limit=40).lower().replace("-", "_")
    if not NAME.fullmatch(name):
        raise InvalidChangeError(
            "name", _("must be small letters, digits and underscore, a letter first")
        )
    if name in ROLES:
        raise InvalidChangeError("name", _("{name} is built in").format(name=name))
    about = clean_line(about, field="about", limit=200)
    allowed = _checked(permissions)
    with audit.writing():
        there = next((row for row in records.select_own_roles() if row.name == name), None)
        if there is None:
            role_id = records.insert_own_role(name, about, allowed)
            told: dict[str, tuple[object, object]] = {
                "name": (None, name), "permissions": (None, list(allowed))
            }  # fmt: skip
            audit.record(session, "role.add", "role", [audit.Line(role_id, told, 1)])
        else:
            _change(session, there, about, allowed)
        return get(session, name)


def _change(session: Session, there: OwnRoleRow, about: str, allowed: tuple[str, ...]) -> None:
    if there.name in users.select_roles(session.user.id):
        raise OwnAccountError
    changes: dict[str, tuple[object, object]] = {}
    if there.about != about:
        changes["about"] = (there.about, about)
    if there.permissions != allowed:
        changes["permissions"] = (list(there.permissions), list(allowed))
    if changes:
        if not records.update_own_role(there._replace(about=about, permissions=allowed)):
            raise StaleRecordError(there.name, there.id)
        line = audit.Line(there.id, changes, there.version + 1)
        audit.record(session, "role.edit", "role", [line])


def _checked(permissions: Sequence[str]) -> tuple[str, ...]:
    known = set(words.permissions()) - NEVER
    for one in permissions:
        if one not in known:
            raise InvalidChangeError(
                "permissions",
                _("{permission!r} is not one of {known}").format(
                    permission=one[:40], known=", ".join(sorted(known))
                ),
            )
    if not permissions:
        raise InvalidChangeError("permissions", _("are needed: a role without any does nothing"))
    return tuple(sorted(set(permissions)))


def remove(session: Session, name: str) -> None:
    """Remove an own role that nobody holds.

    Raises:
        NotAllowedError, NotFoundError, InvalidChangeError, RoleHeldError: Nothing was removed.
    """
    ranks.require_now(session, EDIT)
    with audit.writing():
        if name in ROLES:
            raise InvalidChangeError("name", _("{name} is built in").format(name=name))
        there = next((row for row in records.select_own_roles() if row.name == name), None)
        if there is None:
            raise NotFoundError(_("role {name}").format(name=name[:40]))
        if there.holders:
            raise RoleHeldError(name, there.holders)
        records.delete_own_role(there.id)
        told = {"name": (name, None), "permissions": (list(there.permissions), None)}
        audit.record(session, "role.remove", "role", [audit.Line(there.id, told)])
