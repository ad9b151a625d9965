"""Seats: who had which, from when to when."""

from datetime import UTC, datetime
from typing import Any

from db import connection
from db.licences.rows import SeatRow

SEAT = """
    SELECT s.id, s.licence_id, p.name, s.number, s.contact_id, coalesce(c.name, ''),
    coalesce(c.email, ''), s.asset_id, coalesce(a.tag, ''), coalesce(a.name, ''), s.given_at,
    s.given_by, s.note, s.back_at, s.back_by, s.spent
    FROM licence_seat s JOIN licence l ON l.id = s.licence_id
    JOIN software_product p ON p.id = l.product_id
    LEFT JOIN contact c ON c.id = s.contact_id LEFT JOIN asset a ON a.id = s.asset_id
"""


def select_seats(licence_id: int) -> list[SeatRow]:
    """Return who has and who had the seats of a licence: open ones first, by number."""
    rows = connection.fetch(
        f"{SEAT} WHERE s.licence_id = ? ORDER BY CASE WHEN s.back_at IS NULL THEN 0 ELSE 1 END, "
        "s.number, s.id DESC",
        (licence_id,),
    )
    return [_seat(row) for row in rows]


def select_of_contact(contact_id: int) -> list[SeatRow]:
    """Return the seats that a person has."""
    return _open("s.contact_id = ?", contact_id)


def select_of_asset(asset_id: int) -> list[SeatRow]:
    """Return the seats that an asset has."""
    return _open("s.asset_id = ?", asset_id)


def find_seat(seat_id: int) -> SeatRow | None:
    """Return one time of a seat."""
    rows = connection.fetch(f"{SEAT} WHERE s.id = ?", (seat_id,))
    return _seat(rows[0]) if rows else None


def find_open(licence_id: int, contact_id: int | None, asset_id: int | None) -> SeatRow | None:
    """Return the seat that a person or an asset has of a licence."""
    field, key = ("contact_id", contact_id) if contact_id else ("asset_id", asset_id)
    rows = connection.fetch(
        f"{SEAT} WHERE s.licence_id = ? AND s.{field} = ? AND s.back_at IS NULL",
        (licence_id, key),
    )
    return _seat(rows[0]) if rows else None


def _open(condition: str, key: int) -> list[SeatRow]:
    rows = connection.fetch(
        f"{SEAT} WHERE {condition} AND s.back_at IS NULL ORDER BY lower(p.name), s.id", (key,)
    )
    return [_seat(row) for row in rows]


def _seat(row: tuple[Any, ...]) -> SeatRow:
    return SeatRow(*row)._replace(
        given_at=datetime.fromtimestamp(row[10], UTC),
        back_at=None if row[13] is None else datetime.fromtimestamp(row[13], UTC),
        spent=bool(row[15]),
    )


def taken_numbers(licence_id: int) -> set[int]:
    """Return the seats that cannot be given: those with somebody and those that are spent."""
    rows = connection.fetch(
        "SELECT number FROM licence_seat WHERE licence_id = ? AND (back_at IS NULL OR spent)",
        (licence_id,),
    )
    return {row[0] for row in rows}


def take_seat(licence_id: int) -> bool:
    """Count one more seat as used; False where none is free or the licence is retired."""
    cursor = connection.execute(
        "UPDATE licence SET used = used + 1 WHERE id = ? AND used + spent < seats AND NOT retired",
        (licence_id,),
    )
    return bool(cursor.rowcount)


def insert_seat(
    licence_id: int, number: int, contact_id: int | None, asset_id: int | None, at: datetime,
    by: str, note: str,
) -> int:  # fmt: skip
    """Give a seat; returns the id of that time."""
    rows = connection.fetch(
        "INSERT INTO licence_seat (licence_id, number, contact_id, asset_id, given_at, given_by, "
        "note, back_by, spent) VALUES (?, ?, ?, ?, ?, ?, ?, '', ?) RETURNING id",
        (licence_id, number, contact_id, asset_id, int(at.timestamp()), by, note, False),
    )
    return int(rows[0][0])


def close_seat(seat_id: int, at: datetime, by: str, spent: bool) -> bool:
    """Take a seat back; False where it is back already."""
    cursor = connection.execute(
        "UPDATE licence_seat SET back_at = ?, back_by = ?, spent = ? "
        "WHERE id = ? AND back_at IS NULL",
        (int(at.timestamp()), by, spent, seat_id),
    )
    return bool(cursor.rowcount)


def free_seat(licence_id: int, spent: bool) -> None:
    """Count one seat less as used, and as spent where it cannot be given again."""
    connection.execute(
        "UPDATE licence SET used = used - 1, spent = spent + ? WHERE id = ?",
        (int(spent), licence_id),
    )


def unspend(licence_id: int) -> None:
    """Let all seats that came back be given again."""
    connection.execute(
        "UPDATE licence_seat SET spent = ? WHERE licence_id = ? AND spent", (False, licence_id)
    )
    connection.execute("UPDATE licence SET spent = 0 WHERE id = ?", (licence_id,))
