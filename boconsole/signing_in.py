"""From settings to a session: opening the records and finding who acts.

The first account of a new database is whoever opened it, and is its administrator.
"""

from dataclasses import replace

from boconsole import audit, views
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.roles import permissions_of
from boconsole.session import Session, wall_clock
from boconsole.settings import Settings
from boconsole.text import required_line, safe
from db import audit as trail
from db import connection, upgrading, users
from db.rows import UserRow


def open_records(settings: Settings, *, create: bool = True) -> None:
    """Open the database and bring its schema up to date, after a backup."""
    connection.open_database(settings.database, create=create)
    upgrading.upgrade()


def sign_in(settings: Settings, origin: str) -> Session:
    """Return the session of the user that the settings name.

    Raises:
        NotFoundError: The database has accounts, but not this one.
    """
    instant = settings.clock
    clock = wall_clock if instant is None else lambda: instant
    system = Session(SYSTEM, frozenset(), clock, settings.zone, settings.language, "system")
    user = users.find(settings.user)
    if user is None:
        user = _first_admin(system, settings.user)
    if user is None:
        raise NotFoundError(
            _(
                "account {user} here. Ask an administrator for one, or name another with "
                "BOCONSOLE_USER"
            ).format(user=safe(settings.user))
        )
    return replace(
        system, user=user, permissions=permissions_of(users.select_roles(user.id)), origin=origin
    )


SYSTEM = UserRow(0, "system", "System", "", "", "")


def _first_admin(system: Session, login: str) -> UserRow | None:
    """Make the first account, unless somebody else just did; answers with the one of that login."""
    if users.is_empty():
        _make_first(system, login)
    return users.find(login)


def _make_first(system: Session, login: str) -> None:
    if login != required_line(login, field="BOCONSOLE_USER", limit=60):
        raise InvalidChangeError(
            "BOCONSOLE_USER",
            _("{login!r} has an invisible character; name another account").format(login=login),
        )
    with connection.transaction():
        trail.take_head()
        if users.is_empty():
            user_id = users.insert(login, login, "", system.now())
            users.add_role(user_id, "admin")
            views.plant()
            changes = {"login": (None, login), "roles": (None, ["admin"])}
            audit.record(system, "user.add", "user", [audit.Line(user_id, changes, 1)])
