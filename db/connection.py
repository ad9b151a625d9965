"""Opening SQLite or PostgreSQL, transactions, and the one way rows are read.

Every thread has a connection of its own. A transaction takes the write lock when it starts,
so that two writers wait for each other instead of failing half-way.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar, cast
from urllib.parse import unquote, urlsplit

import peewee

from db.base import database
from db.errors import (
    N_,
    DatabaseBusyError,
    DatabaseFullError,
    DatabaseLostError,
    DatabaseReadOnlyError,
    DatabaseUnreachableError,
    DriverMissingError,
    StorageError,
    UnstorableTextError,
)
from db.translating import translated

Engine = Literal["sqlite", "postgresql"]
Row = TypeVar("Row", bound=NamedTuple)
Result = TypeVar("Result")

BUSY_SECONDS = 10
POOL_SIZE = 20
POOL_IS_EMPTY = "MaxConnectionsExceeded"
"""By name: playhouse's pool is imported for PostgreSQL only."""
LEAST_ROOM = 2**16
"""Bytes that SQLite needs beside a database to open it."""
PRAGMAS = (
    ("synchronous", "full"),
    ("foreign_keys", 1),
    ("mmap_size", 1 << 30),
    ("temp_store", "memory"),
)


CACHE, LITTLE_CACHE = 64_000, 4_000
"""KiB of pages that a connection to SQLite keeps; those of many sessions are kept by the system."""


class _Opened(NamedTuple):
    """What is open: engine, address, and the file for SQLite."""

    engine: Engine
    url: str
    path: Path | None


_opened: _Opened | None = None
_cache = CACHE
driver_errors: Any = peewee.__dict__["__exception_wrapper__"]  # Any: peewee is untyped here
"""Turns a driver's errors into peewee's, for what does not go through peewee."""


def sqlite_path(url: str) -> Path | None:
    """Return the file of an SQLite address, or None for PostgreSQL."""
    parts = urlsplit(url)
    if parts.scheme != "sqlite":
        return None
    return Path(unquote(url.removeprefix("sqlite:///")))


def open_database(url: str, *, create: bool = True) -> None:
    """Open the database at an address; the schema is not looked at.

    Args:
        url: `sqlite:///path` or `postgresql://user@host/name`.
        create: Make the file of a missing SQLite database.

    Raises:
        DatabaseUnreachableError: The address cannot be opened.
        DriverMissingError: PostgreSQL is asked for without psycopg.
    """
    global _opened  # one process has one database
    close_database()
    path = sqlite_path(url)
    if path is None:
        _opened = _Opened("postgresql", url, None)
        database.initialize(_postgresql(url))
    else:
        _check_place(path, create)
        _opened = _Opened("sqlite", url, path)
        database.initialize(
            peewee.SqliteDatabase(
                str(path),
                pragmas=(*PRAGMAS, ("cache_size", -_cache)),
                timeout=BUSY_SECONDS,
                lock_type="IMMEDIATE",
            )
        )
    try:
        database.connect(reuse_if_open=True)
    except (peewee.PeeweeException, sqlite3.Error) as error:
        ours = _ours(error)
        close_database()
        if isinstance(ours, StorageError) and not isinstance(ours, DatabaseLostError):
            raise ours from error
        raise DatabaseUnreachableError(shown(url), str(error).strip()) from error


def keep_little() -> None:
    """Let connections opened from here on keep few pages: many processes share a machine."""
    global _cache  # as of the database
    _cache = LITTLE_CACHE


def _check_place(path: Path, create: bool) -> None:
    """Make the folder of a database that is to be made; refuse where none can be."""
    try:
        if not create and not path.exists():
            raise DatabaseUnreachableError(str(path), N_("there is no such file"))
        if path.is_dir():
            raise DatabaseUnreachableError(str(path), N_("it is a folder"))
        if create and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):  # what people earn is its owner's alone
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise DatabaseUnreachableError(str(path), error.strerror or str(error)) from error


def _postgresql(url: str) -> Any:  # Any: playhouse is untyped
    if getattr(peewee, "psycopg", None) is None:
        raise DriverMissingError
    from playhouse.pool import PooledPostgresqlDatabase

    return PooledPostgresqlDatabase(
        url, prefer_psycopg3=True, max_connections=POOL_SIZE, timeout=BUSY_SECONDS
    )


def shown(url: str) -> str:
    """Return the address without its password."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return str(sqlite_path(url))
    return f"postgresql://{parts.hostname or 'localhost'}{parts.path}"


def close_database() -> None:
    """Close this thread's connection and forget the database."""
    global _opened
    if _opened is not None and database.obj is not None:
        if not database.is_closed():
            database.close()
        if _opened.engine == "postgresql":
            database.close_all()
        database.initialize(None)
    _opened = None


def release() -> None:
    """Close the connection of the calling thread, at its end."""
    if _opened is not None and not database.is_closed():
        database.close()


def engine() -> Engine:
    """Return which engine is open."""
    return _current().engine


def location() -> str:
    """Return where the records are, without a password."""
    return shown(_current().url)


def address() -> str:
    """Return the address that was opened."""
    return _current().url


def file() -> Path | None:
    """Return the file of an SQLite database."""
    return _current().path


def _current() -> _Opened:
    if _opened is None:
        raise DatabaseUnreachableError("-", N_("none is open"))
    return _opened


@contextmanager
def transaction() -> Iterator[None]:
    """Do all of the block or nothing; inside another transaction, belong to that one.

    Raises:
        StorageError: The engine refused; nothing of the block is kept.
    """
    if database.in_transaction():
        yield
        return
    block = database.transaction()
    with translated_errors():
        block.__enter__()
    try:
        with translated_errors():
            try:
                yield
            finally:
                database.pop_transaction()
            block.commit(begin=False)
    except BaseException:
        _roll_back(block)
        raise


def _roll_back(block: Any) -> None:  # Any: peewee is untyped here
    """Undo what was done; what went wrong before is what people are to hear of."""
    try:
        block.rollback(begin=False)
    except (peewee.PeeweeException, sqlite3.Error):
        # The server is gone, or SQLite has rolled back by itself (as it may on a full disk).
        database.close()


def after_commit(call: Callable[[], None]) -> None:
    """Call once the open transaction is durable; never when it is rolled back."""
    database.after_commit(call)


class _TranslatedErrors:
    """Turns the engine's errors into ours; one for all, as every statement passes it."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object
    ) -> None:
        if error is not None:
            self._translate(error)

    def _translate(self, error: BaseException) -> None:
        if isinstance(error, UnicodeEncodeError):
            raise UnstorableTextError from error
        if isinstance(error, ValueError) and type(error).__name__ == POOL_IS_EMPTY:
            raise DatabaseBusyError from error
        if isinstance(error, (peewee.PeeweeException, sqlite3.Error)):
            ours = _ours(error)
            if isinstance(ours, DatabaseUnreachableError):
                _drop_lost_connection()
            if ours is not error:
                raise ours from error


_translated_errors = _TranslatedErrors()


def translated_errors() -> AbstractContextManager[None]:
    """Turn the engine's errors into ours."""
    return _translated_errors


def _ours(error: Exception) -> Exception:
    """Return our error for one of an engine, or the same where it is a fault of ours."""
    if _opened is None:
        return error
    error = _cause(error)
    ours = translated(error, shown(_opened.url))
    if isinstance(ours, DatabaseLostError) and _opened.path is not None:
        return _fault_of_disk(_opened.path) or ours
    return ours


def _cause(error: Exception) -> Exception:
    """Return what went wrong first: SQLite may have rolled back itself, with every savepoint."""
    while "no such savepoint" in str(error) and isinstance(error.__context__, Exception):
        error = error.__context__
    return error


def _fault_of_disk(path: Path) -> StorageError | None:
    """Return why a file cannot be used, where SQLite only says that it cannot."""
    import shutil  # loads every kind of compression, which a start has no use for

    try:
        if not all(os.access(place, os.W_OK) for place in (path, path.parent) if place.exists()):
            return DatabaseReadOnlyError()
        if shutil.disk_usage(path.parent).free < LEAST_ROOM:
            return DatabaseFullError()
    except OSError:
        pass
    return None


def _drop_lost_connection() -> None:
    """Let the next statement of this thread connect again, after its connection broke."""
    if _opened and _opened.engine == "postgresql" and not database.in_transaction():
        database.close()


def read_rows(query: Any, row: type[Row]) -> list[Row]:  # Any: peewee types tuples() as models
    """Return the answer of one query as plain rows."""
    with translated_errors():
        return cast("list[Row]", [row._make(values) for values in query.tuples().iterator()])


def execute(sql: str, params: Sequence[Any] = ()) -> Any:  # Any: the driver's cursor
    """Run one statement with `?` placeholders on either engine; returns the cursor."""
    with _translated_errors:
        if _current().engine == "postgresql":
            return database.execute_sql(_percent(sql), params or None)
        with driver_errors:  # peewee does no more, and takes its time for it
            return database.cursor().execute(sql, params)


def fetch(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return all rows of one statement with `?` placeholders."""
    cursor = execute(sql, params)
    with _translated_errors, driver_errors:
        return cast("list[tuple[Any, ...]]", cursor.fetchall())


def executemany(sql: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run one statement for many rows on the connection itself: the bulk way in."""
    with _translated_errors:
        if _current().engine == "postgresql":
            with driver_errors, database.connection().cursor() as cursor:
                cursor.executemany(_percent(sql), rows)
        else:
            database.connection().executemany(sql, rows)


@lru_cache(maxsize=1024)
def _percent(sql: str) -> str:
    """Return the statement with psycopg's placeholders."""
    return sql.replace("%", "%%").replace("?", "%s")


def interrupter() -> Callable[[], None]:
    """Return a function that cancels what the calling thread is reading, from another thread."""
    with translated_errors():
        handle = database.connection()
    if _current().engine == "postgresql":
        return cast("Callable[[], None]", handle.cancel)
    return cast("Callable[[], None]", handle.interrupt)
