"""Where rows go: the open database, emptied, without its indexes and triggers while they come in.

All of it happens inside the caller's transaction. What was taken apart is put together again
exactly as the engine told of it, and only then are references between rows looked at.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from db import connection, upgrading
from db.base import database
from db.errors import DatabaseBusyError, OtherDatabaseError
from db.moving import shape, source
from db.moving.errors import InUseError, NotEmptyError, ReferenceMissingError
from db.moving.shape import TableShape
from db.moving.source import Rows

REFERENCES = """
    SELECT c.conrelid::regclass::text, quote_ident(c.conname), pg_get_constraintdef(c.oid)
    FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace
    ORDER BY 1, 2
"""
INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relnamespace = current_schema()::regnamespace AND NOT i.indisprimary
    AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid
                    AND c.contype <> 'f')
    ORDER BY 1
"""
WORDS = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relnamespace = current_schema()::regnamespace AND NOT i.indisprimary
    AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = t.oid
                AND a.atttypid = 'tsvector'::regtype)
"""
SEQUENCES = """
    SELECT table_name, column_name,
    pg_get_serial_sequence(quote_ident(table_name), column_name) FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'
    ORDER BY 1, 2
"""
TRIGGERED = """
    SELECT DISTINCT g.tgrelid::regclass::text FROM pg_trigger g
    JOIN pg_class t ON t.oid = g.tgrelid
    WHERE NOT g.tgisinternal AND t.relnamespace = current_schema()::regnamespace ORDER BY 1
"""
APART = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN (?, ?)"


def tables() -> dict[str, TableShape]:
    """Return the tables of the open database that travel."""
    return shape.tables(connection.fetch, sqlite=connection.engine() == "sqlite")


def require_empty() -> None:
    """Raise NotEmptyError where records were kept already."""
    if connection.engine() == "postgresql" and not upgrading.applied():
        if connection.fetch(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() LIMIT 1"
        ):
            raise OtherDatabaseError(connection.location())
        return
    if connection.fetch("SELECT 1 FROM user_account LIMIT 1") or connection.fetch(
        "SELECT 1 FROM audit_entry LIMIT 1"
    ):
        raise NotEmptyError(connection.location())


def hold() -> None:
    """Keep everybody else out of a PostgreSQL database until the transaction ends.

    Raises:
        InUseError: Somebody is in it and does not leave.
    """
    if connection.engine() != "postgresql":
        return
    names = ", ".join(f'"{name}"' for name in (*tables(), "blob"))
    try:
        connection.execute(f"SET LOCAL lock_timeout = '{source.PATIENCE}s'")
        connection.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
    except DatabaseBusyError as error:
        raise InUseError(connection.location()) from error


def clear(found: Iterable[TableShape]) -> None:
    """Remove every row, also those that the steps of the schema put in."""
    names = [f'"{table.name}"' for table in found] + ["blob"]
    if connection.engine() == "postgresql":
        connection.execute(f"TRUNCATE {', '.join(names)} CASCADE")
        return
    for name in names:
        connection.execute(f"DELETE FROM {name}")


@contextmanager
def taken_apart() -> Iterator[None]:
    """Take indexes, references and triggers away, and put them back at the end.

    Raises:
        ReferenceMissingError: A row refers to one that is not there.
    """
    with _sqlite_apart() if connection.engine() == "sqlite" else _postgresql_apart():
        yield


@contextmanager
def words_apart() -> Iterator[None]:
    """Take the indexes of PostgreSQL's tables of words away until they are filled."""
    apart = connection.fetch(WORDS) if connection.engine() == "postgresql" else []
    for name, _definition in apart:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _name, definition in apart:
        connection.execute(definition)


@contextmanager
def _sqlite_apart() -> Iterator[None]:
    apart = connection.fetch(APART, ("index", "trigger"))
    for kind, name, _sql in apart:
        connection.execute(f'DROP {kind} "{name}"')
    yield
    for _kind, _name, sql in apart:
        connection.execute(sql)
    if broken := connection.fetch("PRAGMA foreign_key_check"):
        raise ReferenceMissingError(str(broken[0][0]), str(broken[0][2]))


@contextmanager
def _postgresql_apart() -> Iterator[None]:
    references = connection.fetch(REFERENCES)
    for table, name, _definition in references:
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    indexes = connection.fetch(INDEXES)
    for name, _definition in indexes:
        connection.execute(f"DROP INDEX {name}")
    names = [row[0] for row in connection.fetch(TRIGGERED)]
    for name in names:
        connection.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    connection.execute("SET LOCAL maintenance_work_mem = '256MB'")
    yield
    for _name, definition in indexes:
        connection.execute(definition)
    for table, name, definition in references:
        connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    for name in names:
        connection.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
    for table, column, sequence in connection.fetch(SEQUENCES):
        connection.execute(
            f"SELECT setval('{sequence}', coalesce(max(\"{column}\"), 1), "
            f'max("{column}") IS NOT NULL) FROM "{table}"'
        )


def load(table: TableShape, rows: Iterable[Rows]) -> None:
    """Add rows whose values stand in the order of the table's names."""
    names = ", ".join(f'"{name}"' for name in table.names())
    if connection.engine() == "sqlite":
        marks = ", ".join("?" * len(table.columns))
        statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'
        for chunk in rows:
            connection.executemany(statement, chunk)
        return
    with (
        connection.translated_errors(),
        connection.driver_errors,
        handle().cursor() as cursor,
        cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy,
    ):
        for chunk in rows:
            for row in chunk:
                copy.write_row(row)


def chunks(table: TableShape) -> Iterator[Rows]:
    """Yield what arrived in a table."""
    with connection.translated_errors(), connection.driver_errors:
        yield from source.chunks(handle(), table, sqlite=connection.engine() == "sqlite")


def select_named_files() -> set[str]:
    """Return the hashes of the files that records name."""
    named = [table.name for table in tables().values() if {"sha256", "size"} <= {*table.names()}]
    return {
        str(row[0])
        for name in named
        for row in connection.fetch(f'SELECT DISTINCT sha256 FROM "{name}"')
    }


def handle() -> Any:  # Any: the driver's connection
    """Return the connection of the open database, as its driver has it."""
    return database.connection()


def analyze() -> None:
    """Let the engine learn how the rows are spread."""
    connection.execute("ANALYZE")
