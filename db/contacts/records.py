"""People and organisations themselves: one function for each statement."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from db import connection
from db.contacts.rows import Kind, OrganisationRow, PersonRow

PERSON = (
    "SELECT c.id, c.version, c.name, c.email, c.phone, c.words, c.organisation_id, "
    "coalesce(o.name, ''), c.title, c.vip, c.language, c.support_note, c.created_at, "
    "c.archived_at, c.merged_into_id, c.forgotten_at, coalesce(o.country, '') "
    "FROM contact c LEFT JOIN organisation o ON o.id = c.organisation_id"
)
ORGANISATION = (
    "SELECT o.id, o.version, o.name, o.kind, o.domain, o.email, o.phone, o.words, o.website, "
    "o.country, o.address, o.tax_number, o.parent_id, coalesce(p.name, ''), o.manager_id, "
    "coalesce(u.login, ''), o.vip, o.language, o.currency, o.payment_days, o.support_note, "
    "o.created_at, o.archived_at, o.merged_into_id FROM organisation o "
    "LEFT JOIN organisation p ON p.id = o.parent_id "
    "LEFT JOIN user_account u ON u.id = o.manager_id"
)


def find_person(person_id: int) -> PersonRow | None:
    """Return a person."""
    rows = connection.fetch(f"{PERSON} WHERE c.id = ?", (person_id,))
    return _person(rows[0]) if rows else None


def find_organisation(organisation_id: int) -> OrganisationRow | None:
    """Return an organisation."""
    rows = connection.fetch(f"{ORGANISATION} WHERE o.id = ?", (organisation_id,))
    return _organisation(rows[0]) if rows else None


def person_of_mail(email: str) -> int | None:
    """Return the person of a mail address, the first one or a further one."""
    rows = connection.fetch(
        "SELECT id FROM contact WHERE email = ? UNION ALL SELECT contact_id FROM contact_channel "
        "WHERE value = ? AND kind = 'mail' AND contact_id IS NOT NULL LIMIT 1",
        (email, email),
    )
    return rows[0][0] if rows else None


def ids_named(kind: Kind, name: str) -> list[int]:
    """Return who has a name, whatever its case; merged ones stand for what they are part of."""
    rows = connection.fetch(
        f"SELECT DISTINCT coalesce(merged_into_id, id) FROM {kind} WHERE lower(name) = lower(?) "
        "LIMIT 500",
        (name,),
    )
    return [row[0] for row in rows]


def own_id_named(name: str) -> int | None:
    """Return the organisation that holds a name itself."""
    rows = connection.fetch("SELECT id FROM organisation WHERE name = ?", (name,))
    return rows[0][0] if rows else None


def ids_of_domain(domain: str) -> list[int]:
    """Return the organisations of a mail domain."""
    rows = connection.fetch(
        "SELECT id FROM organisation WHERE domain = ? AND archived_at IS NULL UNION "
        "SELECT organisation_id FROM contact_channel WHERE value = ? AND kind = 'domain' LIMIT 50",
        (domain, domain),
    )
    return [row[0] for row in rows]


def user_id(login: str) -> int | None:
    """Return an active account."""
    rows = connection.fetch(
        "SELECT id FROM user_account WHERE lower(login) = lower(?) AND active", (login,)
    )
    return rows[0][0] if rows else None


def names_from(kind: Kind, start: str, limit: int) -> list[str]:
    """Return names of those in use that start so."""
    pattern = start.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = connection.fetch(
        f"SELECT DISTINCT name FROM {kind} WHERE lower(name) LIKE ? ESCAPE '\\' "
        "AND archived_at IS NULL ORDER BY name LIMIT ?",
        (pattern, limit),
    )
    return [row[0] for row in rows]


def logins_from(start: str, limit: int) -> list[str]:
    """Return logins of active accounts that start so."""
    pattern = start.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = connection.fetch(
        "SELECT login FROM user_account WHERE lower(login) LIKE ? ESCAPE '\\' AND active "
        "ORDER BY login LIMIT ?",
        (pattern, limit),
    )
    return [row[0] for row in rows]


def insert(kind: Kind, values: Mapping[str, object], at: int) -> int:
    """Add a person or an organisation; returns its id."""
    given = {"vip": False, **values, "created_at": at, "version": 1}
    rows = connection.fetch(
        f"INSERT INTO {kind} ({', '.join(given)}) VALUES ({', '.join('?' * len(given))}) "
        "RETURNING id",
        tuple(given.values()),
    )
    return int(rows[0][0])


def update(kind: Kind, record_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write columns; False when it changed in the meantime."""
    named = "".join(f"{column} = ?, " for column in values)
    cursor = connection.execute(
        f"UPDATE {kind} SET {named}version = version + 1 WHERE id = ? AND version = ?",
        (*values.values(), record_id, version),
    )
    return bool(cursor.rowcount)


def point_merged(kind: Kind, old: int, new: int) -> None:
    """Let those that were merged into one stand for another."""
    connection.execute(f"UPDATE {kind} SET merged_into_id = ? WHERE merged_into_id = ?", (new, old))


def keys_there(kind: Kind, keys: list[str]) -> set[str]:
    """Return those keys of an import that are there."""
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        rows = connection.fetch(
            f"SELECT external_key FROM {kind} WHERE external_key IN ({', '.join('?' * len(part))})",
            part,
        )
        found.update(row[0] for row in rows)
    return found


def is_above(organisation_id: int, other_id: int) -> bool:
    """Return whether an organisation is the parent of another, at any height."""
    rows = connection.fetch(
        "WITH RECURSIVE up (id, parent_id) AS (SELECT id, parent_id FROM organisation WHERE id = ? "
        "UNION SELECT o.id, o.parent_id FROM organisation o JOIN up ON o.id = up.parent_id) "
        "SELECT 1 FROM up WHERE id = ?",
        (other_id, organisation_id),
    )
    return bool(rows)


def children(organisation_id: int, limit: int) -> list[tuple[int, str]]:
    """Return id and name of the organisations right below one."""
    rows = connection.fetch(
        "SELECT id, name FROM organisation WHERE parent_id = ? AND merged_into_id IS NULL "
        "ORDER BY name LIMIT ?",
        (organisation_id, limit),
    )
    return [(row[0], row[1]) for row in rows]


def _instant(seconds: Any) -> datetime | None:  # Any: comes from the driver
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _person(row: tuple[Any, ...]) -> PersonRow:
    created = datetime.fromtimestamp(row[12], UTC)
    return PersonRow(*row)._replace(
        vip=bool(row[9]), created_at=created, archived_at=_instant(row[13]),
        forgotten_at=_instant(row[15]),
    )  # fmt: skip


def _organisation(row: tuple[Any, ...]) -> OrganisationRow:
    created = datetime.fromtimestamp(row[21], UTC)
    return OrganisationRow(*row)._replace(
        vip=bool(row[16]), created_at=created, archived_at=_instant(row[22])
    )


def own_country() -> str:
    """Return the country of our own organisation; empty where it is not told."""
    rows = connection.fetch(
        "SELECT country FROM organisation WHERE kind = 'own' AND country <> '' "
        "AND archived_at IS NULL ORDER BY id LIMIT 1"
    )
    return rows[0][0] if rows else ""


def merged_into(kind: Kind, record_id: int) -> list[int]:
    """Return those that were merged into one."""
    rows = connection.fetch(f"SELECT id FROM {kind} WHERE merged_into_id = ?", (record_id,))
    return [row[0] for row in rows]


def ids_of_phone(kind: Kind, stored: str) -> list[int]:
    """Return who has a number, the first one or a further one."""
    rows = connection.fetch(
        f"SELECT id FROM {kind} WHERE phone = ? AND phone <> '' UNION "
        f"SELECT {kind}_id FROM contact_channel WHERE value = ? AND kind IN ('phone', 'mobile') "
        f"AND {kind}_id IS NOT NULL LIMIT 50",
        (stored, stored),
    )
    return [row[0] for row in rows]
