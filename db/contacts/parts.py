"""What belongs to a person or an organisation: channels, addresses, notes and tags."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from db import connection
from db.contacts.rows import AddressRow, ChannelRow, Kind, NoteRow

TABLES = ("contact_channel", "contact_address", "contact_note", "contact_tag")


def select_channels(kind: Kind, record_id: int) -> list[ChannelRow]:
    """Return the further ways to reach somebody, in order."""
    rows = connection.fetch(
        f"SELECT id, kind, value, label, words FROM contact_channel WHERE {kind}_id = ? "
        "ORDER BY id",
        (record_id,),
    )
    return [ChannelRow(*row) for row in rows]


def insert_channel(kind: Kind, record_id: int, channel: ChannelRow) -> int:
    """Add a way to reach somebody."""
    rows = connection.fetch(
        f"INSERT INTO contact_channel ({kind}_id, kind, value, label, words) "
        "VALUES (?, ?, ?, ?, ?) RETURNING id",
        (record_id, *channel[1:]),
    )
    return int(rows[0][0])


def select_addresses(kind: Kind, record_id: int) -> list[AddressRow]:
    """Return postal addresses, in order."""
    rows = connection.fetch(
        f"SELECT id, purpose, text FROM contact_address WHERE {kind}_id = ? ORDER BY id",
        (record_id,),
    )
    return [AddressRow(*row) for row in rows]


def insert_address(kind: Kind, record_id: int, purpose: str, text: str) -> int:
    """Add a postal address."""
    rows = connection.fetch(
        f"INSERT INTO contact_address ({kind}_id, purpose, text) VALUES (?, ?, ?) RETURNING id",
        (record_id, purpose, text),
    )
    return int(rows[0][0])


def delete(table: str, kind: Kind, record_id: int, part_id: int) -> bool:
    """Take a part away; False where it is not there."""
    cursor = connection.execute(
        f"DELETE FROM {table} WHERE id = ? AND {kind}_id = ?", (part_id, record_id)
    )
    return bool(cursor.rowcount)


def delete_all(table: str, kind: Kind, record_id: int) -> None:
    """Take all parts of a table away."""
    connection.execute(f"DELETE FROM {table} WHERE {kind}_id = ?", (record_id,))


def select_notes(kind: Kind, record_id: int, limit: int) -> list[NoteRow]:
    """Return notes, the newest first."""
    rows = connection.fetch(
        "SELECT n.id, n.at, coalesce(u.login, ''), n.body FROM contact_note n "
        f"LEFT JOIN user_account u ON u.id = n.user_id WHERE n.{kind}_id = ? "
        "ORDER BY n.at DESC, n.id DESC LIMIT ?",
        (record_id, limit),
    )
    return [NoteRow(row[0], datetime.fromtimestamp(row[1], UTC), row[2], row[3]) for row in rows]


def insert_note(kind: Kind, record_id: int, at: int, user_id: int, body: str) -> int:
    """Add a note."""
    rows = connection.fetch(
        f"INSERT INTO contact_note ({kind}_id, at, user_id, body) VALUES (?, ?, ?, ?) RETURNING id",
        (record_id, at, user_id or None, body),
    )
    return int(rows[0][0])


def select_tags(kind: Kind, record_id: int) -> list[str]:
    """Return the tags of one, sorted."""
    rows = connection.fetch(
        f"SELECT name FROM contact_tag WHERE {kind}_id = ? ORDER BY name", (record_id,)
    )
    return [row[0] for row in rows]


def change_tags(kind: Kind, record_id: int, more: Iterable[str], less: Iterable[str]) -> None:
    """Put tags on one and take others away."""
    for name in less:
        connection.execute(
            f"DELETE FROM contact_tag WHERE {kind}_id = ? AND name = ?", (record_id, name)
        )
    for name in more:
        connection.execute(
            f"INSERT INTO contact_tag ({kind}_id, name) VALUES (?, ?)", (record_id, name)
        )


def tag_names(start: str, limit: int) -> list[str]:
    """Return tags that start so."""
    pattern = start.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = connection.fetch(
        "SELECT DISTINCT name FROM contact_tag WHERE name LIKE ? ESCAPE '\\' ORDER BY name LIMIT ?",
        (pattern, limit),
    )
    return [row[0] for row in rows]


def move(table: str, column: str, ids: Sequence[int], new: int) -> None:
    """Let rows of any table name another person or organisation."""
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        connection.execute(
            f"UPDATE {table} SET {column} = ? WHERE id IN ({', '.join('?' * len(part))})",
            (new, *part),
        )
