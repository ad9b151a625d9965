"""Files that lie at records, kept by the hash of their content; statements for any such table."""

from datetime import UTC, datetime
from typing import NamedTuple

import peewee

from db import connection
from db.base import Table


class Blob(Table):
    """Content of files on engines without a folder beside the database."""

    sha256 = peewee.TextField(primary_key=True)
    content = peewee.BlobField()


class Shelf(NamedTuple):
    """Where the files of one kind of record are noted: a table, and its column of the record."""

    table: str
    column: str


class FileRow(NamedTuple):
    """A file at a record; `size` in bytes."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    added_by: int
    added_at: datetime


class NewFile(NamedTuple):
    """A file to note; its content is stored apart."""

    name: str
    media_type: str
    size: int
    sha256: str


def insert(shelf: Shelf, record_id: int, file: NewFile, added_by: int, added_at: int) -> int:
    """Note a file at a record."""
    rows = connection.fetch(
        f"INSERT INTO {shelf.table} "
        f"({shelf.column}, name, media_type, size, sha256, added_by, added_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (record_id, *file, added_by, added_at),
    )
    return int(rows[0][0])


def select(shelf: Shelf, record_id: int) -> list[FileRow]:
    """Return the files of a record, in the order in which they came."""
    rows = connection.fetch(
        f"SELECT id, name, media_type, size, sha256, added_by, added_at FROM {shelf.table} "
        f"WHERE {shelf.column} = ? ORDER BY id",
        (record_id,),
    )
    return [FileRow(*row[:6], datetime.fromtimestamp(row[6], UTC)) for row in rows]  # type: ignore[call-arg]  # in order


def delete(shelf: Shelf, file_id: int) -> bool:
    """Take a file from its record; its content stays. False where it is gone."""
    return bool(connection.execute(f"DELETE FROM {shelf.table} WHERE id = ?", (file_id,)).rowcount)


def is_noted(sha256: str) -> bool:
    """Return whether any record holds content with this hash."""
    if connection.engine() == "sqlite":
        found = connection.fetch(
            "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) p "
            "WHERE m.type = 'table' AND p.name = 'sha256'"
        )
    else:
        found = connection.fetch(
            "SELECT table_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND column_name = 'sha256'"
        )
    return any(
        connection.fetch(f'SELECT 1 FROM "{table}" WHERE sha256 = ? LIMIT 1', (sha256,))
        for (table,) in found if table != "blob"
    )  # fmt: skip


def delete_blob(sha256: str) -> None:
    """Take the content of a file out of the database."""
    connection.execute("DELETE FROM blob WHERE sha256 = ?", (sha256,))


def put_blob(sha256: str, content: bytes) -> None:
    """Keep the content of a file in the database."""
    connection.execute(
        "INSERT INTO blob (sha256, content) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING",
        (sha256, content),
    )


def select_blob(sha256: str) -> bytes | None:
    """Return the content of a file kept in the database."""
    rows = connection.fetch("SELECT content FROM blob WHERE sha256 = ?", (sha256,))
    return bytes(rows[0][0]) if rows else None
