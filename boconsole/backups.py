"""Backups: all records and files in one SQLite file, whichever engine keeps them.

A backup is made while others work, is read again before it takes its name, and is put back with
what was there kept as a file.
"""

import fcntl
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from boconsole import audit, filing, moving, retention, whole_files
from boconsole.errors import BoconsoleError
from boconsole.language import _
from boconsole.session import Session
from boconsole.signing_in import SYSTEM
from boconsole.text import safe
from db import connection, files, upgrading
from db.moving import source, sqlite_files

STAMP = "%Y%m%dT%H%M%SZ"
NAMED = re.compile(r"boconsole-(\d{8}T\d{6}Z)\.sqlite")
Told = Callable[[int, int], None]


class Backup(NamedTuple):
    """What was written; `lost` are files whose content was missing or damaged before."""

    path: Path
    size: int
    schema: str
    lines: int
    files: int
    lost: int


class Restored(NamedTuple):
    """What was put back, and where that lies which was there before; None where nothing was."""

    where: str
    kept: Path | None
    lines: int
    files: int
    lost: int


class BrokenTrailError(BoconsoleError):
    """The audit trail of a backup does not hold."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            _("{path}: {reason}. Nothing was changed; name another backup.").format(
                path=safe(str(path)), reason=reason
            )
        )


class BackupRunningError(BoconsoleError):
    """Another backup is being made in the same folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Another backup into {folder} is running; wait for it.").format(folder=folder)
        )


def backup(session: Session, path: Path, told: Told = lambda _done, _of: None) -> Backup:
    """Write everything into a new file, and read it again before it takes its name.

    Raises:
        UnwrittenError: There is such a file, or it cannot be written.
    """
    session.require("database.backup")
    whole_files.require_new(path)
    with audit.writing():
        line = audit.Line(0, {"to": (None, path.name)})
        audit.record(session, "database.backup", "database", [line])
    here = connection.address()
    part = whole_files.unfinished(path)
    try:
        sqlite_files.discard(part)
        with moving.returning(here):
            carried = _write(here, part, told)
        seen = sqlite_files.examine(part)
        whole_files.put_in_place(path)
        sqlite_files.flush(path)
    except OSError as error:
        raise whole_files.UnwrittenError(path, error.strerror or str(error)) from error
    finally:
        sqlite_files.discard(part)
    return Backup(path, path.stat().st_size, seen.schema, seen.lines, *carried)


def _write(here: str, part: Path, told: Told) -> moving.Files:
    """Copy rows and files into a new file."""
    path = connection.sqlite_path(here)
    if path is None:
        with moving.new_file(part), source.opened(here, alone=False) as there:
            return moving.copy_into_open(there, None, files.put_blob, told)[1]
    sqlite_files.copy_open_database(part)
    connection.open_database(sqlite_files.address(part))
    connection.execute("PRAGMA journal_mode = delete")
    with source.opened(here, alone=False) as there, connection.transaction():
        carried = moving.carry_files(there, path, files.put_blob)
    connection.close_database()
    sqlite_files.flush(part)
    return carried


# In a folder, again and again


def backup_into(
    session: Session, folder: Path, rules: Mapping[str, int], told: Told = lambda _done, _of: None
) -> tuple[Backup, list[Path]]:
    """Write a backup named by the present instant, then remove those that no rule keeps.

    Returns:
        The backup, and the files that were removed.
    """
    session.require("database.backup")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(folder):
            made = backup(session, folder / name_at(datetime.now(UTC)), told)
            return made, _tidy(folder, rules)
    except OSError as error:
        raise whole_files.UnwrittenError(folder, error.strerror or str(error)) from error


def name_at(at: datetime) -> str:
    """Return the name of a backup made at an instant."""
    return f"boconsole-{at.astimezone(UTC).strftime(STAMP)}.sqlite"


def listed(folder: Path) -> dict[datetime, Path]:
    """Return the backups in a folder by the instant in their names."""
    found = {}
    for path in folder.glob("boconsole-*.sqlite"):
        if named := NAMED.fullmatch(path.name):
            try:
                at = datetime.strptime(named[1], STAMP).replace(tzinfo=UTC)
            except ValueError:
                continue
            found[at] = path
    return found


def _tidy(folder: Path, rules: Mapping[str, int]) -> list[Path]:
    there = listed(folder)
    gone = [there[at] for at in sorted(set(there) - retention.kept(there, rules))]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one backup at a time work in a folder."""
    handle = os.open(folder / ".boconsole-backup.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupRunningError(folder) from error
        yield
    finally:
        os.close(handle)


# Putting back


def restore(address: str, path: Path, by: str, told: Told = lambda _done, _of: None) -> Restored:
    """Put a backup in the place of the records; what is there now stays as a file.

    The door has asked whether that is meant, and whether who acts may; a database that is broken
    has nobody to ask. The backup itself is only read; the trail of what is put back says so.

    Args:
        address: Where the records are to be.
        path: The backup.
        by: The login of who puts it back.
        told: Hears how far it is.

    Raises:
        NotADatabaseError, OtherDatabaseError, NewerDatabaseError: It cannot be put back.
        BrokenTrailError: Its audit trail does not hold.
        InUseError: Somebody has the present records open.
    """
    connection.close_database()
    sqlite_files.examine(path)
    here = connection.sqlite_path(address)
    beside = Path(tempfile.gettempdir()) if here is None else here.parent
    try:
        beside.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".boconsole-restore-", dir=beside) as room:
            copy = Path(room) / "boconsole.sqlite"
            lines = _prepare(path, copy, by)
            if here is None:
                return _into_server(address, path, copy, lines, told)
            return _into_file(here, copy, lines)
    except OSError as error:
        where = beside if here is None else here
        raise whole_files.UnwrittenError(where, error.strerror or str(error)) from error


def _prepare(path: Path, copy: Path, by: str) -> int:
    """Copy a backup, bring the copy up to date and prove its trail; returns how long that is."""
    sqlite_files.copy_file(path, copy)
    connection.open_database(sqlite_files.address(copy))
    try:
        if upgraded := upgrading.upgrade():
            sqlite_files.discard(upgraded)
        verdict = audit.verify()
        if verdict.broken:
            raise BrokenTrailError(path, verdict.reason)
        with audit.writing():
            line = audit.Line(0, {"from": (None, path.name), "by": (None, by)})
            system = Session(SYSTEM, frozenset(), origin="system")
            audit.record(system, "database.restore", "database", [line])
        return verdict.lines + 1
    finally:
        connection.close_database()


def _into_file(here: Path, copy: Path, lines: int) -> Restored:
    """Lay the files beside the database, take them out of the copy, and let it take its name."""
    if here.exists():
        sqlite_files.require_unused(here)
    connection.open_database(sqlite_files.address(copy))
    with source.opened(sqlite_files.address(copy), alone=False) as there:
        carried = moving.carry_files(
            there, None, lambda sha256, content: filing.lay(moving.folder_of(here), sha256, content)
        )
    connection.execute("DELETE FROM blob")
    connection.execute("VACUUM")
    connection.execute("PRAGMA journal_mode = delete")
    connection.close_database()
    kept = (
        _unused(here.with_name(f"{here.name}.before-restore-{_now()}")) if here.exists() else None
    )
    sqlite_files.replace(copy, here, kept)
    return Restored(str(here), kept, lines, *carried)


def _into_server(address: str, path: Path, copy: Path, lines: int, told: Told) -> Restored:
    """Keep what the server has beside the backup, then replace it in one transaction."""
    connection.open_database(address)
    kept = None
    if upgrading.applied() and connection.fetch("SELECT 1 FROM audit_entry LIMIT 1"):
        kept = _unused(path.with_name(f"boconsole.before-restore-{_now()}.sqlite"))
        with moving.returning(address):
            _write(address, kept, lambda _done, _of: None)
        sqlite_files.examine(kept)
    with source.opened(sqlite_files.address(copy), alone=False) as there:
        carried = moving.copy_into_open(there, None, files.put_blob, told, replaces=True)[1]
    return Restored(connection.location(), kept, lines, *carried)


def _now() -> str:
    return datetime.now(UTC).strftime(STAMP)


def _unused(path: Path) -> Path:
    if path.exists():
        raise whole_files.UnwrittenError(path, _("there is such a file already"))
    return path
