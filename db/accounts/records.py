"""Accounts with all that is shown of them, and the statements that change them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from db import connection, credentials

COLUMNS = (
    "u.id, u.login, u.name, u.email, u.zone, u.language, u.active, u.created_at, u.signed_in_at, "
    "u.version"
)


class AccountRow(NamedTuple):
    """An account with its roles and teams, and what it can sign in with; no secret."""

    id: int
    login: str
    name: str
    email: str
    zone: str
    language: str
    active: bool
    created_at: datetime
    signed_in_at: datetime | None
    version: int
    roles: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    password: bool = False
    must_change: bool = False
    keys: int = 0
    code: bool = False


class OwnRoleRow(NamedTuple):
    """A role that an organisation named itself, and how many hold it."""

    id: int
    name: str
    about: str
    permissions: tuple[str, ...]
    version: int
    holders: int


def rows_of(rows: Sequence[tuple[Any, ...]]) -> list[AccountRow]:
    """Return accounts of the columns of `COLUMNS`, with what hangs on them."""
    ids = [row[0] for row in rows]
    ways = credentials.select_ways(ids)
    roles = _names("SELECT user_id, role FROM user_role WHERE user_id IN ({}) ORDER BY role", ids)
    teams = _names(
        "SELECT m.user_id, q.name FROM queue_member m JOIN queue q ON q.id = m.queue_id "
        "WHERE q.active AND m.user_id IN ({}) ORDER BY q.name",
        ids,
    )
    return [
        AccountRow(
            row[0], row[1], row[2], row[3], row[4], row[5], bool(row[6]), _instant(row[7]),
            None if row[8] is None else _instant(row[8]), row[9],
            tuple(roles.get(row[0], ())), tuple(teams.get(row[0], ())), *ways[row[0]],
        )
        for row in rows
    ]  # fmt: skip


def _names(sql: str, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    marks = ", ".join("?" * len(ids)) or "NULL"
    for user_id, name in connection.fetch(sql.format(marks), ids):
        found.setdefault(user_id, []).append(name)
    return found


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def find(login: str) -> AccountRow | None:
    """Return an account, active or not."""
    rows = connection.fetch(f"SELECT {COLUMNS} FROM user_account u WHERE u.login = ?", (login,))
    return rows_of(rows)[0] if rows else None


def find_by_id(user_id: int) -> AccountRow | None:
    """Return an account, active or not."""
    rows = connection.fetch(f"SELECT {COLUMNS} FROM user_account u WHERE u.id = ?", (user_id,))
    return rows_of(rows)[0] if rows else None


def update(row: AccountRow) -> bool:
    """Write name, address, zone, language and whether it is active; False when it is stale."""
    return bool(
        connection.execute(
            "UPDATE user_account SET name = ?, email = ?, zone = ?, language = ?, active = ?, "
            "version = version + 1 WHERE id = ? AND version = ?",
            (row.name, row.email, row.zone, row.language, row.active, row.id, row.version),
        ).rowcount
    )


def replace_roles(user_id: int, roles: Sequence[str]) -> None:
    """Give an account these roles and no others."""
    connection.execute("DELETE FROM user_role WHERE user_id = ?", (user_id,))
    connection.executemany(
        "INSERT INTO user_role (user_id, role) VALUES (?, ?)", [(user_id, role) for role in roles]
    )


def count_others(role: str, user_id: int) -> int:
    """Return how many other active accounts hold a role."""
    rows = connection.fetch(
        "SELECT count(*) FROM user_role r JOIN user_account u ON u.id = r.user_id "
        "WHERE r.role = ? AND u.active AND u.id <> ?",
        (role, user_id),
    )
    return int(rows[0][0])


def forget_presence(user_id: int) -> None:
    """Say of no record any more that a person has it open."""
    connection.execute("DELETE FROM presence WHERE user_id = ?", (user_id,))


def count_drafts(user_id: int) -> int:
    """Return how many texts a person typed and never sent."""
    return int(connection.fetch("SELECT count(*) FROM draft WHERE user_id = ?", (user_id,))[0][0])


# Own roles


def select_own_roles() -> list[OwnRoleRow]:
    """Return the organisation's own roles by name."""
    rows = connection.fetch(
        "SELECT o.id, o.name, o.about, o.permissions, o.version, "
        "(SELECT count(*) FROM user_role r WHERE r.role = o.name) FROM own_role o ORDER BY o.name"
    )
    return [
        OwnRoleRow(row[0], row[1], row[2], tuple(row[3].split()), row[4], int(row[5]))
        for row in rows
    ]


def count_holders() -> dict[str, int]:
    """Return how many active accounts hold each role."""
    rows = connection.fetch(
        "SELECT r.role, count(*) FROM user_role r JOIN user_account u ON u.id = r.user_id "
        "WHERE u.active GROUP BY r.role"
    )
    return {row[0]: int(row[1]) for row in rows}


def insert_own_role(name: str, about: str, permissions: Sequence[str]) -> int:
    """Add a role; returns its id."""
    rows = connection.fetch(
        "INSERT INTO own_role (name, about, permissions, version) VALUES (?, ?, ?, 1) RETURNING id",
        (name, about, " ".join(permissions)),
    )
    return int(rows[0][0])


def update_own_role(row: OwnRoleRow) -> bool:
    """Write a role anew; False when it is stale."""
    return bool(
        connection.execute(
            "UPDATE own_role SET about = ?, permissions = ?, version = version + 1 "
            "WHERE id = ? AND version = ?",
            (row.about, " ".join(row.permissions), row.id, row.version),
        ).rowcount
    )


def delete_own_role(role_id: int) -> None:
    """Remove a role that nobody holds."""
    connection.execute("DELETE FROM own_role WHERE id = ?", (role_id,))
