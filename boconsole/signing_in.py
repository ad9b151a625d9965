"""From settings to a session: opening the records, finding who acts, and the trail of the doors.

The first account of a new database is whoever opened it on its own machine, and is its
administrator. No other door makes accounts.
"""

from dataclasses import replace
from zoneinfo import ZoneInfo

from boconsole import audit, mail_settings
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.roles import ROLES, permissions_of
from boconsole.session import Session, wall_clock
from boconsole.settings import LANGUAGES, Settings
from boconsole.text import required_line, safe
from db import audit as trail
from db import connection, upgrading, users
from db.rows import UserRow

MOST_LOGIN = 60
"""Characters."""


def open_records(settings: Settings, *, create: bool = True) -> None:
    """Open the database and bring its schema up to date, after a backup."""
    connection.open_database(settings.database, create=create)
    upgrading.upgrade()
    mail_settings.use(settings.mail)


def sign_in(settings: Settings, origin: str) -> Session:
    """Return the session of the user that the settings name.

    Raises:
        NotFoundError: The database has accounts, but not this one.
    """
    nobody = system(settings)
    user = users.find(settings.user)
    if user is None:
        user = _first_admin(nobody, settings.user)
    if user is None:
        raise NotFoundError(
            _(
                "account {user} here. Ask an administrator for one, or name another with "
                "BOCONSOLE_USER"
            ).format(user=safe(settings.user))
        )
    return replace(nobody, user=user, permissions=permissions_for(user.id), origin=origin)


def session_of(settings: Settings, login: str, origin: str, number: int = 0) -> Session:
    """Return the session of an account that a door has let in.

    Its zone and language win over those of the settings where it has some.

    Args:
        settings: For the clock, and what the account does not say.
        login: Of an active account; none is ever made here.
        origin: The door: `ssh`, `web` …
        number: Under which the door lists it among the open sessions.

    Raises:
        NotFoundError: There is no such account, or it is disabled.
    """
    user = users.find(possible(login))
    if user is None:
        raise NotFoundError(_("account {user} here").format(user=safe(login[:MOST_LOGIN])))
    nobody = system(settings)
    return replace(
        nobody,
        user=user,
        permissions=permissions_for(user.id),
        zone=_zone(user.zone) or nobody.zone,
        language=user.language if user.language in LANGUAGES else nobody.language,
        origin=origin,
        number=number,
    )


def possible(login: str) -> str:
    """Return a login as it is looked for: nothing where nobody can have it."""
    return login if len(login) <= MOST_LOGIN and login == safe(login) else ""


def permissions_for(user_id: int) -> frozenset[str]:
    """Return everything that the roles of an account allow, its own ones and the built-in ones."""
    held = users.select_roles(user_id)
    own = [name for name in held if name not in ROLES]
    if not own:
        return permissions_of(held)
    return permissions_of(held).union(*users.select_own_permissions(own).values())


def roles_with(permission: str) -> list[str]:
    """Return the roles, built-in and own ones, that allow something."""
    built_in = [name for name, permissions in ROLES.items() if permission in permissions]
    return [*built_in, *users.select_own_roles_with(permission)]


def system(settings: Settings) -> Session:
    """Return the session of nobody in particular, with no permission."""
    instant = settings.clock
    clock = wall_clock if instant is None else lambda: instant
    return Session(SYSTEM, frozenset(), clock, settings.zone, settings.language, "system")


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


# What the doors write down


def signed_in(session: Session, means: str, address: str = "") -> int:
    """Write down that somebody came in; returns the operation.

    Args:
        session: Of `session_of`.
        means: What was shown: `key`, `password`, `password and code` …
        address: From where.
    """
    with audit.writing():
        users.touch(session.user.id, session.now())
        return _told(session, "user.sign_in", session.user.id, means, address)


def signed_out(session: Session, address: str = "", reason: str = "") -> int:
    """Write down that somebody left, or was sent away for a reason."""
    with audit.writing():
        return _told(session, audit.LEAVING, session.user.id, "", address, reason)


def sign_in_refused(
    settings: Settings, login: str, means: str, address: str, reason: str, origin: str
) -> int:
    """Write down that nobody was let in.

    The name of an unknown login is written nowhere: people type passwords in its place. A door
    calls this for tries that it looked at, not for those that `Attempts` let wait.
    """
    session = replace(system(settings), origin=origin)
    with audit.writing():
        return _told(
            session, "user.sign_in_refused", users.find_id(possible(login)), means, address, reason
        )


def _told(
    session: Session, action: str, user_id: int, means: str, address: str, reason: str = ""
) -> int:
    told = (("means", means), ("address", address[:60]), ("reason", reason))
    changes = {name: (None, safe(text)) for name, text in told if text}
    return audit.record(session, action, "user", [audit.Line(user_id, changes)])


SYSTEM = UserRow(0, "system", "System", "", "", "")


def _first_admin(nobody: Session, login: str) -> UserRow | None:
    """Make the first account, unless somebody else just did; answers with the one of that login."""
    if users.is_empty():
        _make_first(nobody, login)
    return users.find(login)


def _make_first(nobody: Session, login: str) -> None:
    if login != required_line(login, field="BOCONSOLE_USER", limit=60):
        raise InvalidChangeError(
            "BOCONSOLE_USER",
            _("{login!r} has an invisible character; name another account").format(login=login),
        )
    with connection.transaction():
        trail.take_head()
        if users.is_empty():
            user_id = users.insert(login, login, "", nobody.now())
            users.add_role(user_id, "admin")
            from boconsole import views

            views.plant()
            changes = {"login": (None, login), "roles": (None, ["admin"])}
            audit.record(nobody, "user.add", "user", [audit.Line(user_id, changes, 1)])
