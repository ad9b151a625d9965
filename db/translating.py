"""From what an engine says went wrong to our errors, by its code wherever it gives one.

A message may quote what people typed, so words are looked at only where there is no code.
"""

import sqlite3
from collections.abc import Callable

from db.errors import (
    CollisionError,
    DatabaseBusyError,
    DatabaseFullError,
    DatabaseLostError,
    DatabaseReadOnlyError,
    DuplicateError,
    InterruptedReadError,
    NotADatabaseError,
    StorageError,
    UnstorableTextError,
)

Make = Callable[[], StorageError]

SQLITE: dict[int, Make] = {
    sqlite3.SQLITE_FULL: DatabaseFullError,
    sqlite3.SQLITE_READONLY: DatabaseReadOnlyError,
    sqlite3.SQLITE_BUSY: DatabaseBusyError,
    sqlite3.SQLITE_LOCKED: DatabaseBusyError,
    sqlite3.SQLITE_INTERRUPT: InterruptedReadError,
    sqlite3.SQLITE_NOTADB: NotADatabaseError,
    sqlite3.SQLITE_CORRUPT: NotADatabaseError,
}
"""By the primary code, the lowest byte of the one reported."""
SQLITE_UNREACHABLE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM)
SQLITE_UNIQUE = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)

POSTGRESQL: dict[str, Make] = {
    "25006": DatabaseReadOnlyError,
    "40001": CollisionError,
    "40P01": CollisionError,
    "53100": DatabaseFullError,
    "53200": DatabaseBusyError,
    "53300": DatabaseBusyError,
    "55P03": DatabaseBusyError,
    "57014": InterruptedReadError,
}
POSTGRESQL_UNIQUE = "23505"
POSTGRESQL_UNREACHABLE = ("08", "28", "3D", "57P")
"""How the codes of a lost, refused or missing database begin."""

WORDS: tuple[tuple[str, Make], ...] = (
    ("not a database", NotADatabaseError),
    ("malformed", NotADatabaseError),
    ("timed out", DatabaseBusyError),
    ("cannot contain nul", UnstorableTextError),
)
UNREACHABLE_WORDS = ("unable to open", "connect", "disk i/o", "timeout", "ssl", "closed")


def translated(error: Exception, where: str) -> Exception:
    """Return our error for one of an engine, or the same where it is a fault of ours.

    Args:
        error: What peewee or a driver raised; peewee keeps the driver's as `orig`.
        where: The address of the database, without a password.
    """
    origin = getattr(error, "orig", None) or error
    said = str(origin).strip()
    code = getattr(origin, "sqlite_errorcode", None) or getattr(origin, "sqlstate", None)
    if isinstance(code, int):
        found = _sqlite(code, said, where)
    elif isinstance(code, str):
        found = _postgresql(code, said, where)
    else:
        found = _by_words(said, where)
    return found or error


def _sqlite(code: int, said: str, where: str) -> StorageError | None:
    if code in SQLITE_UNIQUE:
        return DuplicateError(said)
    if code & 0xFF in SQLITE_UNREACHABLE:
        return DatabaseLostError(where, said)
    make = SQLITE.get(code & 0xFF)
    return make() if make else None


def _postgresql(code: str, said: str, where: str) -> StorageError | None:
    if code == POSTGRESQL_UNIQUE:
        return DuplicateError(said)
    if code.startswith(POSTGRESQL_UNREACHABLE):
        return DatabaseLostError(where, said.splitlines()[0])
    make = POSTGRESQL.get(code)
    return make() if make else None


def _by_words(said: str, where: str) -> StorageError | None:
    low = said.lower()
    for sign, make in WORDS:
        if sign in low:
            return make()
    if any(sign in low for sign in UNREACHABLE_WORDS):
        return DatabaseLostError(where, said)
    return None
