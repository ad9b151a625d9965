"""Carrying all records into another database: whole and compared, or nothing of it.

The source is held alone while it is read, so nothing is changed meanwhile; it stays as it was.
Files travel too: in a folder beside an SQLite database, inside a PostgreSQL one.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from boconsole import audit, filing, whole_files
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.session import Session
from db import connection, upgrading
from db.moving import copying, source, sqlite_files, target
from db.moving.errors import NotEmptyError
from db.moving.source import Source

Told = Callable[[int, int], None]


class Moved(NamedTuple):
    """What was carried over; `lost` are files whose content was missing or damaged before."""

    where: str
    tables: int
    rows: int
    files: int
    lost: int


class Files(NamedTuple):
    """How many files were carried, and how many were not there to carry."""

    kept: int
    lost: int


def move(session: Session, to: str, told: Told = lambda _done, _of: None) -> Moved:
    """Copy everything into an empty database; the present one is only read.

    Args:
        session: Who moves, at the present database.
        to: The address of the other one, checked.
        told: Hears how far it is.

    Raises:
        NotEmptyError: There is something already.
        InUseError: Somebody is writing.
        CopyDiffersError, ReferenceMissingError: Something did not arrive; nothing is kept.
    """
    session.require("database.move")
    here = connection.address()
    if to == here:
        raise InvalidChangeError("to", _("the records are there already; name another database"))
    where = connection.shown(to)
    with returning(here):
        require_empty(to)
    with audit.writing():
        line = audit.Line(0, {"to": (None, where)})
        audit.record(session, "database.move", "database", [line])
    with returning(here), fresh(to), source.opened(here, alone=True) as there:
        copied, carried = copy_into_open(there, connection.sqlite_path(here), filing.keep, told)
    return Moved(where, *copied, *carried)


def copy_into_open(
    there: Source,
    path: Path | None,
    keep: Callable[[str, bytes], object],
    told: Told = lambda _done, _of: None,
    *,
    replaces: bool = False,
) -> tuple[copying.Copied, Files]:
    """Copy rows and files of a source into the open database, in one transaction.

    Args:
        there: The source.
        path: Its file, where it is one.
        keep: Keeps the content of a file by its hash.
        told: Hears how far it is.
        replaces: Let go of what is there; without it there must be nothing.
    """
    with _unchecked_until_the_end(), connection.transaction():
        if connection.engine() == "postgresql":
            if not replaces:
                target.require_empty()
            upgrading.upgrade()
            target.hold()
        if not replaces:
            target.require_empty()
        copied = copying.copy(there, told)
        return copied, carry_files(there, path, keep)


@contextmanager
def returning(here: str) -> Iterator[None]:
    """Open the present database again, whatever happens."""
    try:
        yield
    finally:
        connection.open_database(here, create=False)


def require_empty(to: str) -> None:
    """Raise NotEmptyError where there is something already; nothing is made."""
    path = connection.sqlite_path(to)
    if path is None:
        connection.open_database(to)
        target.require_empty()
    elif path.exists() or folder_of(path).exists():
        raise NotEmptyError(str(path))


@contextmanager
def fresh(to: str) -> Iterator[None]:
    """Open an empty database; a file takes its name when the block ends well."""
    path = connection.sqlite_path(to)
    if path is None:
        connection.open_database(to)
        yield
        return
    part = whole_files.unfinished(path)
    discard(part)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new_file(part):
            yield
        if folder_of(part).exists():
            folder_of(part).rename(folder_of(path))
        whole_files.put_in_place(path)
        sqlite_files.flush(path)
    except OSError as error:
        raise whole_files.UnwrittenError(path, error.strerror or str(error)) from error
    finally:
        discard(part)


def discard(part: Path) -> None:
    """Remove a file that is not whole, and the files that were carried beside it."""
    sqlite_files.discard(part)
    shutil.rmtree(folder_of(part), ignore_errors=True)


@contextmanager
def new_file(part: Path) -> Iterator[None]:
    """Open a new SQLite file for many rows; it is on the disk, and closed, when the block ends."""
    sqlite_files.make(part)
    connection.open_database(sqlite_files.address(part))
    upgrading.upgrade()
    for pragma in ("journal_mode = delete", "synchronous = off"):
        connection.execute(f"PRAGMA {pragma}")
    try:
        yield
    finally:
        connection.close_database()
    sqlite_files.flush(part)


@contextmanager
def _unchecked_until_the_end() -> Iterator[None]:
    """Let rows come before those that they refer to; all are looked at once they are in."""
    if connection.engine() == "sqlite":
        connection.execute("PRAGMA foreign_keys = off")
    yield
    if connection.engine() == "sqlite":
        connection.execute("PRAGMA foreign_keys = on")


def folder_of(path: Path) -> Path:
    """Return where the files of an SQLite database lie."""
    return path.with_name(path.name + filing.SUFFIX)


# Files


def carry_files(there: Source, path: Path | None, keep: Callable[[str, bytes], object]) -> Files:
    """Carry the content of every file, by its hash; what is damaged already stays behind."""
    carried: set[str] = set()
    for sha256, content in stored_files(there, path):
        if hashlib.sha256(content).hexdigest() == sha256:
            keep(sha256, content)
            carried.add(sha256)
    return Files(len(carried), len(target.select_named_files() - carried))


def stored_files(there: Source, path: Path | None) -> Iterator[tuple[str, bytes]]:
    """Yield hash and content of each file that a source keeps, in its table or beside it."""
    for (sha256,) in there.fetch("SELECT sha256 FROM blob ORDER BY sha256"):
        content = there.fetch("SELECT content FROM blob WHERE sha256 = ?", (sha256,))[0][0]
        yield sha256, bytes(content)
    if path is not None:
        for found in sorted(folder_of(path).glob("??/" + "?" * 64)):
            yield found.name, found.read_bytes()
