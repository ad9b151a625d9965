"""One PostgreSQL database for many tests: what a test wrote is taken out behind it.

To make and to drop a database costs the server more than most tests do in it, and so does a
connection that has yet to read what tables there are: those that were closed are used again.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import peewee
import psycopg
from playhouse.pool import PooledDatabase
from psycopg import sql
from psycopg.pq import ExecStatus, TransactionStatus

USES = 60
"""Tests after which a database is made anew: rows that were deleted leave gaps."""
SHELF = "boconsole tests"
"""How a database says that a connection is that of whoever puts it back."""
SHAPE = """
    SELECT
        (SELECT array[count(*), max(xmin::text::bigint)] FROM pg_class WHERE relnamespace = %(in)s),
        (SELECT array[count(*), max(xmin::text::bigint)] FROM pg_attribute WHERE attrelid >= 16384),
        (SELECT array[count(*), max(xmin::text::bigint)] FROM pg_attrdef),
        (SELECT array[count(*), max(xmin::text::bigint)] FROM pg_index WHERE indrelid >= 16384),
        (SELECT array[count(*), max(xmin::text::bigint)] FROM pg_constraint WHERE oid >= 16384),
        (SELECT array[count(*), max(xmin::text::bigint)] FROM pg_trigger),
        (SELECT array[count(*), max(xmin::text::bigint)] FROM pg_proc WHERE oid >= 16384),
        (SELECT array[count(*), max(xmin::text::bigint)] FROM pg_namespace),
        (SELECT array[count(*), max(xmin::text::bigint)] FROM pg_extension),
        (SELECT count(*) FROM pg_largeobject_metadata)
"""
"""What no test that only writes rows can change: tables, indexes, rules, functions."""
TABLES = """
    SELECT relname, pg_relation_size(oid) > 0 FROM pg_class
    WHERE relnamespace = %(in)s AND relkind = 'r' ORDER BY relname
"""
SEQUENCES = """
    SELECT c.relname, pg_sequence_last_value(c.oid) FROM pg_class c
    WHERE c.relnamespace = %(in)s AND c.relkind = 'S'
"""
OTHERS = f"""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name <> '{SHELF}'
"""
MOST = 4
"""Connections that are kept for the next test."""
FRESH = "RESET application_name"
LEFT = (b"DISCARD ALL", f"SET application_name = '{SHELF}'".encode())


class Reused:
    """A migrated database that is put back to what it was when it was copied.

    Args:
        server: The address of the server.
        template: The database it is copied from.
        how: More words of the statement that copies.
    """

    def __init__(self, server: str, template: str, how: str) -> None:
        self.server = server
        self.name = f"test_{uuid.uuid4().hex[:12]}"
        self.url = with_name(server, self.name)
        self.uses = 0
        run_sql(server, f"CREATE DATABASE {self.name} TEMPLATE {template}{how}")
        self.handle = self._connect()
        self.idle: list[psycopg.Connection] = []
        self.shape = self._shape()
        self.sequences = dict(self._asked(SEQUENCES))
        self.rows = {
            table: rows for table, _filled in self._asked(TABLES) if (rows := self._copied(table))
        }

    def restore(self) -> bool:
        """Take out what was written; answers whether the database is as it was."""
        self.uses += 1
        if self.uses >= USES:
            return False
        if self.handle.closed or self.handle.broken:
            self.handle = self._connect()
        try:
            self.handle.execute(OTHERS)
        except psycopg.OperationalError:  # a test ended all connections
            self.handle = self._connect()
            self.handle.execute(OTHERS)
        if self._shape() != self.shape:
            return False
        with self.handle.transaction():
            for table, filled in self._asked(TABLES):
                if filled:
                    self._put_back(table)
            for name, value in self._asked(SEQUENCES):
                if value != (before := self.sequences[name]):
                    self.handle.execute(
                        "SELECT setval(%s::regclass, %s, %s)",
                        (f'"{name}"', before or 1, before is not None),
                    )
        return True

    def take(self) -> psycopg.Connection | None:
        """Return a connection that was left here and is as new, if there is one."""
        while self.idle:
            handle = self.idle.pop()
            try:
                handle.execute(FRESH)
            except psycopg.OperationalError:  # it was ended from elsewhere
                handle.close()
            else:
                return handle
        return None

    def leave(self, handle: psycopg.Connection) -> bool:
        """Keep a connection that is to be closed; answers whether it is kept."""
        calm = handle.pgconn.transaction_status == TransactionStatus.IDLE
        if handle.closed or not calm or len(self.idle) >= MOST:
            return False
        if any(handle.pgconn.exec_(each).status != ExecStatus.COMMAND_OK for each in LEFT):
            return False
        handle._prepared = type(handle._prepared)()
        self.idle.append(handle)
        return True

    def drop(self) -> None:
        """Remove the database, whoever is still there."""
        for handle in (self.handle, *self.idle):
            handle.close()
        self.idle.clear()
        run_sql(self.server, f"DROP DATABASE {self.name} WITH (FORCE)")

    def _connect(self) -> psycopg.Connection:
        handle = psycopg.connect(
            self.url, autocommit=True, prepare_threshold=1, application_name=SHELF
        )
        handle.prepared_max = None
        handle.execute("SET session_replication_role = replica")  # no keys and no rules in the way
        return handle

    def _asked(self, statement: str) -> list[tuple]:
        return self.handle.execute(statement.replace("%(in)s", "'public'::regnamespace")).fetchall()

    def _shape(self) -> tuple:
        return self._asked(SHAPE)[0]

    def _copied(self, table: str) -> bytes:
        statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
        with self.handle.cursor() as cursor, cursor.copy(statement) as rows:
            return b"".join(rows)

    def _put_back(self, table: str) -> None:
        before = self.rows.get(table)
        if before and self._copied(table) == before:
            return
        name = sql.Identifier(table)
        self.handle.execute(sql.SQL("DELETE FROM {}").format(name))
        if before:
            statement = sql.SQL("COPY {} FROM STDIN").format(name)
            with self.handle.cursor() as cursor, cursor.copy(statement) as rows:
                rows.write(before)


def keep_connections(patch: Callable[..., None], shelf: list[Reused]) -> None:
    """Let the program under test use again what it closed, in the database on a shelf.

    Args:
        patch: Sets an attribute of a class.
        shelf: Holds one database or none.
    """
    connect, close = peewee.Psycopg3Adapter.connect, PooledDatabase._close_raw

    def taken(adapter: Any, database: Any, **how: Any) -> psycopg.Connection:
        of_shelf = shelf and database.database == shelf[0].url
        return (of_shelf and shelf[0].take()) or connect(adapter, database, **how)

    def left(database: Any, handle: psycopg.Connection) -> None:
        of_shelf = shelf and database.database == shelf[0].url
        if not (of_shelf and shelf[0].leave(handle)):
            close(database, handle)

    patch(peewee.Psycopg3Adapter, "connect", taken)
    patch(PooledDatabase, "_close_raw", left)


def with_name(url: str, name: str) -> str:
    """Return the address of another database of the same server."""
    head, mark, query = url.partition("?")
    return head.rpartition("/")[0] + "/" + name + mark + query


def run_sql(url: str, statement: str) -> None:
    """Run one statement on its own."""
    with psycopg.connect(url, autocommit=True) as handle:
        handle.execute(statement)
