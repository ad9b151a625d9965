"""Products, what is installed of them, and how much of them is used."""

from typing import Any

from db import connection
from db.fields import day_of
from db.licences.rows import InstallationRow, ProductRow, UseRow

COLUMNS = "id, name, maker, category, note, version"
COVERED = """
    EXISTS (SELECT 1 FROM licence_seat s JOIN licence l ON l.id = s.licence_id
    WHERE l.product_id = i.product_id AND s.back_at IS NULL AND NOT l.retired
    AND (s.asset_id = i.asset_id OR s.contact_id = a.holder_contact_id))
"""
"""A seat of the asset itself, or of the person who has it."""
IN_FORCE = "NOT l.retired AND (l.ends_on IS NULL OR l.ends_on >= ?)"
USE = f"""
    SELECT p.id, p.name, p.maker, p.category, p.note, p.version,
    coalesce(b.licences, 0), coalesce(b.bought, 0), coalesce(b.assigned, 0),
    coalesce(n.installed, 0), coalesce(n.uncovered, 0), b.next_end
    FROM software_product p
    LEFT JOIN (SELECT l.product_id, count(*) AS licences,
        sum(CASE WHEN {IN_FORCE} THEN l.seats ELSE 0 END) AS bought,
        sum(CASE WHEN l.retired THEN 0 ELSE l.used END) AS assigned,
        min(CASE WHEN {IN_FORCE} THEN l.ends_on END) AS next_end
        FROM licence l GROUP BY l.product_id) b ON b.product_id = p.id
    LEFT JOIN (SELECT i.product_id, count(*) AS installed,
        sum(CASE WHEN {COVERED} THEN 0 ELSE 1 END) AS uncovered
        FROM installation i JOIN asset a ON a.id = i.asset_id
        WHERE i.removed_on IS NULL GROUP BY i.product_id) n ON n.product_id = p.id
"""
INSTALLED = f"""
    SELECT i.id, i.product_id, p.name, i.asset_id, a.tag, a.name, coalesce(c.name, ''), i.release,
    i.installed_on, i.removed_on, CASE WHEN {COVERED} THEN 1 ELSE 0 END
    FROM installation i JOIN software_product p ON p.id = i.product_id
    JOIN asset a ON a.id = i.asset_id LEFT JOIN contact c ON c.id = a.holder_contact_id
"""


def select_products() -> list[ProductRow]:
    """Return all products by name."""
    rows = connection.fetch(f"SELECT {COLUMNS} FROM software_product ORDER BY lower(name), id")
    return [ProductRow(*row) for row in rows]


def find_product(name: str) -> ProductRow | None:
    """Return a product by its name, whatever its case."""
    rows = connection.fetch(
        f"SELECT {COLUMNS} FROM software_product WHERE lower(name) = lower(?)", (name,)
    )
    return ProductRow(*rows[0]) if rows else None


def insert_product(name: str, maker: str, category: str, note: str) -> int:
    """Add a product; returns its id."""
    rows = connection.fetch(
        "INSERT INTO software_product (name, maker, category, note, version) "
        "VALUES (?, ?, ?, ?, 1) RETURNING id",
        (name, maker, category, note),
    )
    return int(rows[0][0])


def update_product(row: ProductRow) -> bool:
    """Write a product anew; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE software_product SET name = ?, maker = ?, category = ?, note = ?, "
        "version = version + 1 WHERE id = ? AND version = ?",
        (row.name, row.maker, row.category, row.note, row.id, row.version),
    )
    return bool(cursor.rowcount)


def select_use(today: int) -> list[UseRow]:
    """Return how much of each product was bought and is used, by name."""
    rows = connection.fetch(f"{USE} ORDER BY lower(p.name), p.id", (today, today))
    return [_use(row) for row in rows]


def find_use(product_id: int, today: int) -> UseRow | None:
    """Return how much of one product was bought and is used."""
    rows = connection.fetch(f"{USE} WHERE p.id = ?", (today, today, product_id))
    return _use(rows[0]) if rows else None


def _use(row: tuple[Any, ...]) -> UseRow:
    found = UseRow(*row)
    return found._replace(
        licences=int(found.licences), bought=int(found.bought), assigned=int(found.assigned),
        installed=int(found.installed), uncovered=int(found.uncovered),
        next_end=None if row[11] is None else day_of(row[11]),
    )  # fmt: skip


def select_installed(product_id: int) -> list[InstallationRow]:
    """Return where a product is, by tag."""
    rows = connection.fetch(
        f"{INSTALLED} WHERE i.product_id = ? AND i.removed_on IS NULL ORDER BY a.tag, i.id",
        (product_id,),
    )
    return [_installation(row) for row in rows]


def select_installed_on(asset_id: int) -> list[InstallationRow]:
    """Return what is on an asset, by name."""
    rows = connection.fetch(
        f"{INSTALLED} WHERE i.asset_id = ? AND i.removed_on IS NULL ORDER BY lower(p.name), i.id",
        (asset_id,),
    )
    return [_installation(row) for row in rows]


def _installation(row: tuple[Any, ...]) -> InstallationRow:
    return InstallationRow(*row)._replace(
        installed_on=day_of(row[8]),
        removed_on=None if row[9] is None else day_of(row[9]),
        covered=bool(row[10]),
    )


def insert_installation(product_id: int, asset_id: int, release: str, day: int) -> int:
    """Say that a product is on an asset; returns the id of that."""
    rows = connection.fetch(
        "INSERT INTO installation (product_id, asset_id, release, installed_on) "
        "VALUES (?, ?, ?, ?) RETURNING id",
        (product_id, asset_id, release, day),
    )
    return int(rows[0][0])


def remove_installation(product_id: int, asset_id: int, day: int) -> bool:
    """Say that a product is on an asset no more; False where it was not."""
    cursor = connection.execute(
        "UPDATE installation SET removed_on = ? "
        "WHERE product_id = ? AND asset_id = ? AND removed_on IS NULL",
        (day, product_id, asset_id),
    )
    return bool(cursor.rowcount)
