"""Where rows come from: one moment of a database, read by a connection of its own.

While a source is held alone, nobody else can write to it: whoever is writing already makes it
refused instead.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from db import connection
from db.errors import DatabaseBusyError
from db.moving import shape
from db.moving.errors import InUseError
from db.moving.shape import TableShape

CHUNK = 5_000
PATIENCE = 2
"""Seconds to wait for somebody else's last change."""

Rows = Sequence[tuple[Any, ...]]  # Any: values of any column


class Source:
    """An open source; `handle` is the driver's connection, inside a transaction."""

    def __init__(self, handle: Any, *, sqlite: bool) -> None:  # Any: of either driver
        self.handle = handle
        self.sqlite = sqlite

    def tables(self) -> dict[str, TableShape]:
        """Return the tables that travel."""
        return shape.tables(self.fetch, sqlite=self.sqlite)

    def fetch(self, sql: str, params: Sequence[object] = ()) -> Rows:
        """Return all rows of a small answer to a statement with `?` placeholders."""
        if params and not self.sqlite:
            sql = sql.replace("?", "%s")
        rows: Rows = self.handle.execute(sql, params or ()).fetchall()
        return rows

    def count(self, table: TableShape) -> int:
        """Return how many rows a table has."""
        return int(self.fetch(f'SELECT count(*) FROM "{table.name}"')[0][0])

    def chunks(self, table: TableShape) -> Iterator[Rows]:
        """Yield the rows of a table, some thousand at a time."""
        yield from chunks(self.handle, table, sqlite=self.sqlite)


def chunks(handle: Any, table: TableShape, *, sqlite: bool) -> Iterator[Rows]:  # Any: as above
    """Yield the rows of a table in the one form, some thousand at a time."""
    read = shape.reader(table, sqlite=sqlite)
    cursor = handle.cursor() if sqlite else handle.cursor(name="boconsole_rows")
    try:
        cursor.execute(shape.selection(table, sqlite=sqlite))
        while rows := cursor.fetchmany(CHUNK):
            yield [read(row) for row in rows] if read else rows
    finally:
        cursor.close()


@contextmanager
def opened(url: str, *, alone: bool) -> Iterator[Source]:
    """Read a database as it is at this moment.

    Args:
        url: Its address.
        alone: Keep all other writers away until the end.

    Raises:
        InUseError: It is to be read alone, and somebody is writing.
    """
    path = connection.sqlite_path(url)
    try:
        with connection.translated_errors():
            if path is None:
                with _postgresql(url, alone) as source:
                    yield source
            else:
                with _sqlite(str(path), alone) as source:
                    yield source
    except DatabaseBusyError as error:
        raise InUseError(connection.shown(url)) from error


@contextmanager
def _sqlite(path: str, alone: bool) -> Iterator[Source]:
    handle = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        handle.execute("BEGIN IMMEDIATE" if alone else "BEGIN")
        yield Source(handle, sqlite=True)
    finally:
        handle.close()


@contextmanager
def _postgresql(url: str, alone: bool) -> Iterator[Source]:
    import psycopg

    with connection.driver_errors, psycopg.connect(url) as handle:
        handle.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        if alone:
            handle.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            names = Source(handle, sqlite=False).tables()
            locked = ", ".join(f'"{name}"' for name in (*names, "blob"))
            handle.execute(f"LOCK TABLE {locked} IN SHARE MODE")
        yield Source(handle, sqlite=False)
        handle.rollback()
