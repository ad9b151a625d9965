"""Licences: one function for each statement; the key is read by one of them alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from db import connection
from db.fields import day_of, number_of
from db.licences.rows import LicenceLoad, LicenceRow
from db.loading import CHUNK

LICENCE = """
    SELECT l.id, l.product_id, p.name, p.maker, p.category, l.kind, l.seats, l.used, l.spent,
    l.reassignable, CASE WHEN l.secret <> '' THEN 1 ELSE 0 END, l.licensed_to, l.licensed_email,
    l.company, coalesce(o.name, ''), l.purchase_order, l.order_number, l.bought_on, l.cost,
    coalesce(m.code, ''), coalesce(m.precision, 0), l.ends_on, l.maintained, l.maintained_until,
    l.warn_days, l.note, l.retired, l.version
    FROM licence l JOIN software_product p ON p.id = l.product_id
    LEFT JOIN organisation o ON o.id = l.supplier_id
    LEFT JOIN commodity m ON m.id = l.commodity_id
"""


def select_licences() -> list[LicenceRow]:
    """Return all licences by number."""
    return [_licence(row) for row in connection.fetch(f"{LICENCE} ORDER BY l.id")]


def select_of_product(product_id: int) -> list[LicenceRow]:
    """Return the licences of a product by number."""
    rows = connection.fetch(f"{LICENCE} WHERE l.product_id = ? ORDER BY l.id", (product_id,))
    return [_licence(row) for row in rows]


def select_of_supplier(organisation_id: int) -> list[LicenceRow]:
    """Return the licences that an organisation supplies, by number."""
    rows = connection.fetch(f"{LICENCE} WHERE l.supplier_id = ? ORDER BY l.id", (organisation_id,))
    return [_licence(row) for row in rows]


def find_licence(licence_id: int) -> LicenceRow | None:
    """Return a licence."""
    rows = connection.fetch(f"{LICENCE} WHERE l.id = ?", (licence_id,))
    return _licence(rows[0]) if rows else None


def _licence(row: tuple[Any, ...]) -> LicenceRow:
    def day(value: int | None) -> Any:  # Any: a day or none
        return None if value is None else day_of(value)

    found = LicenceRow(*row)
    return found._replace(
        reassignable=bool(found.reassignable), has_key=bool(found.has_key),
        bought_on=day(row[17]), ends_on=day(row[21]), maintained=bool(found.maintained),
        maintained_until=day(row[23]), retired=bool(found.retired),
    )  # fmt: skip


def insert_licence(load: LicenceLoad, at: datetime, external_key: str | None) -> int:
    """Add a licence; returns its id."""
    marks = ", ".join("?" * (len(load) + 6))
    rows = connection.fetch(
        f"INSERT INTO licence ({', '.join(load._fields)}, used, spent, secret, retired, "
        "external_key, created_at, version) "
        f"VALUES ({marks}, 1) RETURNING id",
        (*load, 0, 0, "", False, external_key, int(at.timestamp())),
    )
    return int(rows[0][0])


def update_licence(licence_id: int, version: int, load: LicenceLoad) -> bool:
    """Write a licence anew; False when it changed in the meantime."""
    named = ", ".join(f"{field} = ?" for field in load._fields)
    cursor = connection.execute(
        f"UPDATE licence SET {named}, version = version + 1 WHERE id = ? AND version = ?",
        (*load, licence_id, version),
    )
    return bool(cursor.rowcount)


def set_retired(licence_id: int, version: int, retired: bool) -> bool:
    """Take a licence out of use, or back; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE licence SET retired = ?, version = version + 1 WHERE id = ? AND version = ?",
        (retired, licence_id, version),
    )
    return bool(cursor.rowcount)


def select_secret(licence_id: int) -> str:
    """Return the key of a licence."""
    rows = connection.fetch("SELECT secret FROM licence WHERE id = ?", (licence_id,))
    return str(rows[0][0]) if rows else ""


def set_secret(licence_id: int, version: int, secret: str) -> bool:
    """Write the key of a licence; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE licence SET secret = ?, version = version + 1 WHERE id = ? AND version = ?",
        (secret, licence_id, version),
    )
    return bool(cursor.rowcount)


def select_keys(external_keys: Sequence[str]) -> set[str]:
    """Return those keys of imports that licences have."""
    found: set[str] = set()
    for start in range(0, len(external_keys), CHUNK):
        part = external_keys[start : start + CHUNK]
        rows = connection.fetch(
            f"SELECT external_key FROM licence WHERE external_key IN "
            f"({', '.join('?' * len(part))})",
            part,
        )
        found.update(row[0] for row in rows)
    return found


def select_miscounted() -> list[tuple[int, int, int, int, int]]:
    """Return licence, used and spent as kept, and as the seats say, where they differ."""
    return [
        (row[0], row[1], row[2], int(row[3]), int(row[4]))
        for row in connection.fetch("""
            SELECT l.id, l.used, l.spent, coalesce(s.used, 0), coalesce(s.spent, 0) FROM licence l
            LEFT JOIN (SELECT licence_id,
                sum(CASE WHEN back_at IS NULL THEN 1 ELSE 0 END) AS used,
                sum(CASE WHEN spent THEN 1 ELSE 0 END) AS spent
                FROM licence_seat GROUP BY licence_id) s ON s.licence_id = l.id
            WHERE l.used <> coalesce(s.used, 0) OR l.spent <> coalesce(s.spent, 0) ORDER BY l.id
        """)
    ]


def day_number(day: Any) -> int | None:  # Any: a day or none
    """Return a day as it is stored."""
    return None if day is None else number_of(day)
