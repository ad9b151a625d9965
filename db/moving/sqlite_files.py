"""SQLite files as wholes: copied while in use, examined, and put in each other's place."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from db import connection, upgrading
from db.base import database
from db.errors import NewerDatabaseError, NotADatabaseError, OtherDatabaseError
from db.moving.errors import InUseError
from db.moving.source import PATIENCE

BESIDE = ("", "-wal", "-shm", "-journal")


class Examined(NamedTuple):
    """What a file holds: its newest step of the schema, and the end of its audit trail."""

    schema: str
    lines: int
    seal: str


def address(path: Path) -> str:
    """Return the address of a file."""
    return f"sqlite:///{quote(str(path))}"


def copy_open_database(path: Path) -> None:
    """Copy the open SQLite database into a new file, as it is at one moment."""
    with connection.translated_errors(), _new(path) as copy:
        database.connection().backup(copy)
        copy.execute("PRAGMA journal_mode = delete")


def copy_file(path: Path, to: Path) -> None:
    """Copy a file that nobody may change into a new one."""
    with connection.translated_errors(), _reading(path) as there, _new(to) as copy:
        there.backup(copy)
        copy.execute("PRAGMA journal_mode = delete")


def make(path: Path) -> None:
    """Make an empty file that only its owner may read."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def _new(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a new file that only its owner may read."""
    make(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        yield copy


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.is_file():
        raise NotADatabaseError
    where = f"file:{quote(str(path.resolve()))}?mode=ro"
    with closing(sqlite3.connect(where, uri=True, timeout=PATIENCE)) as there:
        yield there


def examine(path: Path) -> Examined:
    """Read a whole file and return what it holds.

    Raises:
        NotADatabaseError: It is damaged, no database, or its audit trail has lost its end.
        OtherDatabaseError: It is one of another program.
        NewerDatabaseError: It is one of a newer boconsole.
    """
    try:
        with _reading(path) as there:
            names = [row[0] for row in there.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'")]  # fmt: skip
            if upgrading.HISTORY not in names:
                raise OtherDatabaseError(str(path))
            steps = sorted(row[0] for row in there.execute(f"SELECT name FROM {upgrading.HISTORY}"))
            if newer := [step for step in steps if step not in upgrading.known()]:
                raise NewerDatabaseError(newer[-1])
            sound = there.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            references = there.execute("PRAGMA foreign_key_check").fetchone() is None
            lines, seal = there.execute("SELECT last_id, last_hash FROM audit_head").fetchone()
            last = there.execute("SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1")
            whole = (last.fetchone() or (0, seal)) == (lines, seal)
    except (sqlite3.Error, TypeError) as error:
        raise NotADatabaseError from error
    if not (sound and references and whole and steps):
        raise NotADatabaseError
    return Examined(steps[-1], lines, seal)


def flush(path: Path) -> None:
    """See a file to the disk, and the folder that names it."""
    for place in (path, path.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def discard(path: Path) -> None:
    """Remove a file with what SQLite keeps beside it."""
    for suffix in BESIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def require_unused(path: Path) -> None:
    """Fold what lies beside a file into it; raises InUseError where somebody has it open.

    SQLite leaves write-ahead mode for the last connection only, which is how this is known.
    """
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as there:
            there.execute("PRAGMA journal_mode = delete")
    except sqlite3.OperationalError as error:
        raise InUseError(str(path)) from error
    except sqlite3.DatabaseError:
        return  # no database any more: nobody works with it


def replace(part: Path, path: Path, kept: Path | None) -> None:
    """Give a whole file the name of another one, which stays under a name of its own.

    Raises:
        InUseError: Somebody has the other one open; both are as they were.
    """
    if kept is not None:
        require_unused(path)
        try:
            os.link(path, kept)
        except OSError:  # a file system without links
            shutil.copy2(path, kept)
        for suffix in BESIDE[1:]:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        _belong_as(path, part)
    flush(part)
    part.replace(path)
    flush(path)


def _belong_as(path: Path, part: Path) -> None:
    """Let those read and write the new file who could the old one."""
    there = path.stat()
    with suppress(PermissionError):
        os.chown(part, there.st_uid, there.st_gid)
    part.chmod(stat.S_IMODE(there.st_mode))
