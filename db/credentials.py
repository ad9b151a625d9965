"""What people sign in with: passwords as hashes, public keys, secrets of one-time codes.

Hashes and secrets leave this file only towards the check of `boconsole.credentials`; no list,
export or audit line reads these columns.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import peewee

from db import connection
from db.base import Table
from db.fields import InstantField
from db.users import User


class Password(Table):
    """The password of one user, as argon2id writes its hash."""

    user = peewee.ForeignKeyField(User, primary_key=True, index=False, on_delete="CASCADE")
    hash = peewee.TextField()
    changed_at = InstantField()
    must_change = peewee.BooleanField(default=False)
    valid_until = InstantField(null=True)
    """After which a one-time password is none any more."""

    class Meta:
        """Beside the account, never in its row."""

        table_name = "user_password"


class OldPassword(Table):
    """A password that was in use before, so that it is not taken again."""

    id = peewee.AutoField()
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    hash = peewee.TextField()

    class Meta:
        """Beside the account, never in its row."""

        table_name = "user_old_password"


class PublicKey(Table):
    """A key that a user signs in with over SSH; one key belongs to one account."""

    id = peewee.AutoField()
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    line = peewee.TextField()
    """Type and base64, as in `authorized_keys`, without a comment."""
    fingerprint = peewee.TextField(unique=True)
    label = peewee.TextField()
    added_at = InstantField()
    used_at = InstantField(null=True)
    used_from = peewee.TextField(default="")

    class Meta:
        """Named after whose it is."""

        table_name = "user_key"


class CodeSecret(Table):
    """The secret that one-time codes of a user are made from."""

    user = peewee.ForeignKeyField(User, primary_key=True, index=False, on_delete="CASCADE")
    secret = peewee.TextField()
    last_step = peewee.BigIntegerField(default=0)
    """The step of the last code that was taken; no code of it or before is taken again."""
    added_at = InstantField()

    class Meta:
        """Beside the account, never in its row."""

        table_name = "user_code"


class PasswordRow(NamedTuple):
    """What a password is checked against; `valid_until` in seconds since the epoch."""

    user_id: int
    hash: str
    must_change: bool
    valid_until: int | None


class KeyRow(NamedTuple):
    """A public key for people."""

    id: int
    user_id: int
    fingerprint: str
    kind: str
    label: str
    added_at: datetime
    used_at: datetime | None
    used_from: str


def select_password(login: str) -> PasswordRow | None:
    """Return the password of an active account."""
    rows = connection.fetch(
        "SELECT p.user_id, p.hash, p.must_change, p.valid_until FROM user_password p "
        "JOIN user_account u ON u.id = p.user_id WHERE u.login = ? AND u.active",
        (login,),
    )
    return PasswordRow(rows[0][0], rows[0][1], bool(rows[0][2]), rows[0][3]) if rows else None


def select_marks(logins: Sequence[str]) -> dict[str, str]:
    """Return for active accounts with a password a text that is another once it is changed."""
    marks = ", ".join("?" * len(logins)) or "NULL"
    rows = connection.fetch(
        "SELECT u.login, p.changed_at, p.must_change FROM user_password p "
        f"JOIN user_account u ON u.id = p.user_id WHERE u.login IN ({marks}) AND u.active",
        tuple(logins),
    )
    return {row[0]: f"{row[1]}:{int(row[2])}" for row in rows}


def replace_hash(user_id: int, old: str, new: str) -> None:
    """Write the same password in another form, unless it was changed meanwhile."""
    connection.execute(
        "UPDATE user_password SET hash = ? WHERE user_id = ? AND hash = ?", (new, user_id, old)
    )


def put_password(
    user_id: int, hash_: str, at: datetime, *, must_change: bool, valid_until: datetime | None
) -> None:
    """Set the password of a user."""
    until = None if valid_until is None else int(valid_until.timestamp())
    connection.execute(
        "INSERT INTO user_password (user_id, hash, changed_at, must_change, valid_until) "
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, "
        "changed_at = excluded.changed_at, must_change = excluded.must_change, "
        "valid_until = excluded.valid_until",
        (user_id, hash_, int(at.timestamp()), must_change, until),
    )


def delete_password(user_id: int) -> None:
    """Leave a user without a password."""
    connection.execute("DELETE FROM user_password WHERE user_id = ?", (user_id,))


def select_old_hashes(user_id: int, limit: int) -> list[str]:
    """Return the hashes of the last passwords of a user, the present one first."""
    rows = connection.fetch("SELECT hash FROM user_password WHERE user_id = ?", (user_id,))
    rows += connection.fetch(
        "SELECT hash FROM user_old_password WHERE user_id = ? ORDER BY id DESC LIMIT ?",
        (user_id, limit),
    )
    return [row[0] for row in rows]


def keep_old(user_id: int, keep: int) -> None:
    """Put the present password among the old ones, of which the last few are kept."""
    connection.execute(
        "INSERT INTO user_old_password (user_id, hash) "
        "SELECT user_id, hash FROM user_password WHERE user_id = ?",
        (user_id,),
    )
    connection.execute(
        "DELETE FROM user_old_password WHERE user_id = ? AND id NOT IN "
        "(SELECT id FROM user_old_password WHERE user_id = ? ORDER BY id DESC LIMIT ?)",
        (user_id, user_id, keep),
    )


def select_key_lines(login: str) -> list[str]:
    """Return the keys of an active account, in the order they were added."""
    rows = connection.fetch(
        "SELECT k.line FROM user_key k JOIN user_account u ON u.id = k.user_id "
        "WHERE u.login = ? AND u.active ORDER BY k.id",
        (login,),
    )
    return [row[0] for row in rows]


def has_key(login: str, fingerprint: str) -> bool:
    """Return whether an active account has a key."""
    return bool(
        connection.fetch(
            "SELECT 1 FROM user_key k JOIN user_account u ON u.id = k.user_id "
            "WHERE u.login = ? AND u.active AND k.fingerprint = ?",
            (login, fingerprint),
        )
    )


def select_keys(user_id: int) -> list[KeyRow]:
    """Return the keys of one user, in the order they were added."""
    rows = connection.fetch(
        "SELECT id, user_id, fingerprint, line, label, added_at, used_at, used_from "
        "FROM user_key WHERE user_id = ? ORDER BY id",
        (user_id,),
    )
    return [
        KeyRow(
            row[0], row[1], row[2], row[3].partition(" ")[0], row[4],
            datetime.fromtimestamp(row[5], UTC),
            None if row[6] is None else datetime.fromtimestamp(row[6], UTC), row[7],
        )
        for row in rows
    ]  # fmt: skip


def find_key_owner(fingerprint: str) -> str:
    """Return the login of whoever a key belongs to, active or not; nothing when to nobody."""
    rows = connection.fetch(
        "SELECT u.login FROM user_key k JOIN user_account u ON u.id = k.user_id "
        "WHERE k.fingerprint = ?",
        (fingerprint,),
    )
    return rows[0][0] if rows else ""


def insert_key(user_id: int, line: str, fingerprint: str, label: str, at: datetime) -> int:
    """Add a key; returns its id."""
    return int(
        PublicKey.insert(
            user=user_id, line=line, fingerprint=fingerprint, label=label, added_at=at
        ).execute()
    )


def delete_key(key_id: int, user_id: int) -> bool:
    """Remove a key of a user; returns whether it was there."""
    return bool(
        connection.execute(
            "DELETE FROM user_key WHERE id = ? AND user_id = ?", (key_id, user_id)
        ).rowcount
    )


def touch_key(login: str, fingerprint: str, at: datetime, address: str) -> None:
    """Keep when and from where a key was used last."""
    connection.execute(
        "UPDATE user_key SET used_at = ?, used_from = ? WHERE fingerprint = ? "
        "AND user_id = (SELECT id FROM user_account WHERE login = ?)",
        (int(at.timestamp()), address, fingerprint, login),
    )


def select_code(login: str) -> tuple[int, str] | None:
    """Return user and secret of the one-time codes of an active account."""
    rows = connection.fetch(
        "SELECT c.user_id, c.secret FROM user_code c JOIN user_account u ON u.id = c.user_id "
        "WHERE u.login = ? AND u.active",
        (login,),
    )
    return (rows[0][0], rows[0][1]) if rows else None


def take_step(user_id: int, step: int) -> bool:
    """Take the code of a step; returns False when it or a later one was taken before."""
    return bool(
        connection.execute(
            "UPDATE user_code SET last_step = ? WHERE user_id = ? AND last_step < ?",
            (step, user_id, step),
        ).rowcount
    )


def put_code(user_id: int, secret: str, step: int, at: datetime) -> None:
    """Set the secret of one-time codes, of which those up to a step are taken."""
    connection.execute(
        "INSERT INTO user_code (user_id, secret, last_step, added_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, "
        "last_step = excluded.last_step, added_at = excluded.added_at",
        (user_id, secret, step, int(at.timestamp())),
    )


def delete_code(user_id: int) -> bool:
    """Let a user sign in without a code; returns whether one was asked for."""
    return bool(connection.execute("DELETE FROM user_code WHERE user_id = ?", (user_id,)).rowcount)


def select_ways(user_ids: Sequence[int]) -> dict[int, tuple[bool, bool, int, bool]]:
    """Return for each user: has a password, must change it, how many keys, needs a code."""
    marks = ", ".join("?" * len(user_ids)) or "NULL"
    rows = connection.fetch(
        "SELECT u.id, p.user_id IS NOT NULL, COALESCE(p.must_change, ?), "
        "(SELECT COUNT(*) FROM user_key k WHERE k.user_id = u.id), c.user_id IS NOT NULL "
        "FROM user_account u LEFT JOIN user_password p ON p.user_id = u.id "
        f"LEFT JOIN user_code c ON c.user_id = u.id WHERE u.id IN ({marks})",
        (False, *user_ids),
    )
    return {row[0]: (bool(row[1]), bool(row[2]), int(row[3]), bool(row[4])) for row in rows}
