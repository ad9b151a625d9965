"""Who may look after which account: the rules that hold for every change.

Nobody changes their own roles, and nobody but an administrator lays hands on an administrator,
or gives a role that may look after accounts: `user.edit` alone makes nobody one. What was taken
from somebody counts here at once, and not at their next sign-in.
"""

from collections.abc import Iterable

from boconsole.accounts.errors import AdminOnlyError, LastAdminError, OwnAccountError
from boconsole.accounts.reading import EDIT
from boconsole.errors import InvalidChangeError, NotAllowedError, NotFoundError
from boconsole.language import _
from boconsole.roles import ROLES
from boconsole.session import Session
from boconsole.signing_in import permissions_for
from db import users
from db.accounts import records
from db.accounts.records import AccountRow

ADMIN = "admin"
POWERFUL = frozenset((EDIT, "role.edit"))
"""Permissions that make or unmake others."""


def require_now(session: Session, permission: str = EDIT) -> None:
    """Raise where the one who acts lacks a permission, or lost it since signing in."""
    session.require(permission)
    require_active(session)
    if permission not in permissions_for(session.user.id):
        raise NotAllowedError(session.user.login, permission)


def require_active(session: Session) -> None:
    """Raise where the account of the one who acts was disabled since signing in."""
    if users.find(session.user.login) is None:
        raise NotFoundError(_("active account {login!r}").format(login=session.user.login))


def require_of(session: Session, account: AccountRow) -> None:
    """Raise unless the one who acts looks after this account, or owns it."""
    if account.id == session.user.id:
        require_active(session)
    else:
        require_now(session)
        require_rank(session, account.login, account.roles)


def require_other(session: Session, account: AccountRow) -> None:
    """Raise unless the one who acts looks after this account and does not own it."""
    require_now(session)
    if account.id == session.user.id:
        raise OwnAccountError
    require_rank(session, account.login, account.roles)


def require_rank(session: Session, login: str, roles: Iterable[str]) -> None:
    """Raise where only an administrator may act on somebody with these roles."""
    if is_powerful(roles) and ADMIN not in users.select_roles(session.user.id):
        raise AdminOnlyError(login)


def is_powerful(roles: Iterable[str]) -> bool:
    """Return whether one of some roles makes or unmakes others."""
    own = [role for role in roles if role not in ROLES]
    held = set().union(*(ROLES.get(role, frozenset()) for role in roles))
    held = held.union(*users.select_own_permissions(own).values()) if own else held
    return bool(POWERFUL & held)


def require_admin_left(account: AccountRow) -> None:
    """Raise where an account is the last active administrator."""
    if account.active and ADMIN in account.roles and not records.count_others(ADMIN, account.id):
        raise LastAdminError(account.login)


def check_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """Return roles, each once and sorted; raises InvalidChangeError for an unknown one."""
    known = [*ROLES, *(row.name for row in records.select_own_roles())]
    found = []
    for role in roles:
        named = [name for name in known if role.lower().replace("-", "_") == name.lower()]
        if not named:
            raise InvalidChangeError(
                "roles",
                _("{role!r} is not one of {roles}").format(role=role[:40], roles=", ".join(known)),
            )
        found.append(named[0])
    return tuple(sorted(set(found)))
