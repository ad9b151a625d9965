"""Accounts that sign in, and the roles they hold."""

from collections.abc import Sequence
from datetime import datetime

import peewee

from db import connection
from db.base import Table
from db.fields import InstantField
from db.rows import UserRow


class User(Table):
    """A person who works in the console."""

    id = peewee.AutoField()
    login = peewee.TextField(unique=True)
    name = peewee.TextField()
    email = peewee.TextField(default="", index=True)
    zone = peewee.TextField(default="")
    language = peewee.TextField(default="")
    active = peewee.BooleanField(default=True)
    created_at = InstantField()
    version = peewee.IntegerField(default=1)
    signed_in_at = InstantField(null=True)

    class Meta:
        """`user` is a reserved word in PostgreSQL."""

        table_name = "user_account"


class UserRole(Table):
    """One role of one user; the name is one of `boconsole.roles`."""

    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    role = peewee.TextField()

    class Meta:
        """A role is held once."""

        primary_key = peewee.CompositeKey("user", "role")


class OwnRole(Table):
    """A role that an organisation named itself, beside those of `boconsole.roles`."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    about = peewee.TextField(default="")
    permissions = peewee.TextField()
    """Words with blanks between them, sorted."""
    version = peewee.IntegerField(default=1)


class Setting(Table):
    """What one user chose: columns, theme, last places; a JSON text for each name."""

    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    name = peewee.TextField()
    value = peewee.TextField()

    class Meta:
        """One value for each name."""

        primary_key = peewee.CompositeKey("user", "name")
        table_name = "user_setting"


class Draft(Table):
    """What somebody typed and has not sent yet; offered again until saved or thrown away."""

    id = peewee.AutoField()
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    form = peewee.TextField()
    """Which form, for example `ticket.reply`."""
    record_id = peewee.IntegerField(default=0)
    """The record the form edits; 0 for a new one."""
    fields = peewee.TextField()
    """The typed values, a JSON object of field name to text."""
    saved_at = InstantField()

    class Meta:
        """One draft for each form and record."""

        indexes = ((("user", "form", "record_id"), True),)


class Notification(Table):
    """A sentence for one user, with the record it is about."""

    id = peewee.AutoField()
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    at = InstantField()
    text = peewee.TextField()
    feature = peewee.TextField(default="")
    record_id = peewee.IntegerField(default=0)
    read_at = InstantField(null=True)

    class Meta:
        """Unread ones first, newest first."""

        indexes = ((("user", "read_at", "id"), False),)


class Presence(Table):
    """Who has which record open, and whether they are writing; rows older than a minute lapse."""

    session = peewee.TextField()
    """A random token of the console that has it open."""
    user = peewee.ForeignKeyField(User, on_delete="CASCADE", index=False)
    feature = peewee.TextField()
    record_id = peewee.IntegerField()
    mode = peewee.TextField()
    """`viewing` or `replying`."""
    seen_at = InstantField()

    class Meta:
        """A session has a record open once."""

        primary_key = peewee.CompositeKey("session", "feature", "record_id")
        indexes = ((("feature", "record_id", "seen_at"), False),)


class View(Table):
    """A saved query with its columns and order; private, or shared when it has no owner."""

    id = peewee.AutoField()
    feature = peewee.TextField()
    owner = peewee.ForeignKeyField(User, null=True, on_delete="CASCADE")
    name = peewee.TextField()
    query = peewee.TextField()
    position = peewee.IntegerField(default=0)
    version = peewee.IntegerField(default=1)

    class Meta:
        """A name is used once by one owner."""

        table_name = "saved_view"
        indexes = ((("feature", "owner", "name"), True),)


SELECT = "SELECT id, login, name, email, zone, language FROM user_account"


def find(login: str) -> UserRow | None:
    """Return the active account with a login."""
    rows = connection.fetch(f"{SELECT} WHERE login = ? AND active", (login,))
    return UserRow(*rows[0]) if rows else None


def is_disabled(user_id: int) -> bool:
    """Return whether an account is there and disabled."""
    rows = connection.fetch("SELECT active FROM user_account WHERE id = ?", (user_id,))
    return bool(rows) and not rows[0][0]


def find_id(login: str) -> int:
    """Return the id of an account, active or not; 0 without one."""
    rows = connection.fetch("SELECT id FROM user_account WHERE login = ?", (login,))
    return int(rows[0][0]) if rows else 0


def select_all() -> list[UserRow]:
    """Return all active accounts by login."""
    return [UserRow(*row) for row in connection.fetch(f"{SELECT} WHERE active ORDER BY login")]


def is_empty() -> bool:
    """Return whether no account was ever made."""
    return not connection.fetch("SELECT 1 FROM user_account LIMIT 1")


def insert(login: str, name: str, email: str, created_at: datetime) -> int:
    """Add an account; returns its id."""
    return int(User.insert(login=login, name=name, email=email, created_at=created_at).execute())


def select_roles(user_id: int) -> tuple[str, ...]:
    """Return the roles of an account."""
    rows = connection.fetch(
        "SELECT role FROM user_role WHERE user_id = ? ORDER BY role", (user_id,)
    )
    return tuple(row[0] for row in rows)


def select_own_permissions(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return what some of an organisation's own roles allow, by name."""
    marks = ", ".join("?" * len(names)) or "NULL"
    rows = connection.fetch(
        f"SELECT name, permissions FROM own_role WHERE name IN ({marks})", tuple(names)
    )
    return {row[0]: tuple(row[1].split()) for row in rows}


def select_own_roles_with(permission: str) -> list[str]:
    """Return the organisation's own roles that allow something."""
    rows = connection.fetch("SELECT name, permissions FROM own_role ORDER BY name")
    return [row[0] for row in rows if permission in row[1].split()]


def touch(user_id: int, at: datetime) -> None:
    """Keep when somebody signed in last."""
    connection.execute(
        "UPDATE user_account SET signed_in_at = ? WHERE id = ?", (int(at.timestamp()), user_id)
    )


def select_holders(roles: Sequence[str]) -> list[tuple[int, str]]:
    """Return id and login of the active accounts that hold one of some roles, by login."""
    marks = ", ".join("?" * len(roles)) or "NULL"
    return connection.fetch(
        "SELECT DISTINCT u.id, u.login FROM user_account u JOIN user_role r ON r.user_id = u.id "
        f"WHERE u.active AND r.role IN ({marks}) ORDER BY u.login",
        tuple(roles),
    )


def add_role(user_id: int, role: str) -> None:
    """Give an account a role."""
    UserRole.insert(user=user_id, role=role).on_conflict_ignore().execute()


def select_settings(user_id: int) -> dict[str, str]:
    """Return what a user chose, JSON texts by name."""
    return dict(
        connection.fetch("SELECT name, value FROM user_setting WHERE user_id = ?", (user_id,))
    )


def put_setting(user_id: int, name: str, value: str) -> None:
    """Keep one choice of a user."""
    connection.execute(
        "INSERT INTO user_setting (user_id, name, value) VALUES (?, ?, ?) "
        "ON CONFLICT (user_id, name) DO UPDATE SET value = excluded.value",
        (user_id, name, value),
    )
