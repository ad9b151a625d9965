"""Files that people attach to records: kept by the hash of their content, never run.

SQLite keeps them in a folder beside the database, PostgreSQL in a table; the same content is
kept once.
"""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from threading import get_ident
from typing import NamedTuple

from boconsole.errors import BoconsoleError, NotFoundError
from boconsole.language import _, decimal
from boconsole.session import Session
from boconsole.text import clean_line
from db import connection, files
from db.files import FileRow as FileRow  # features and screens know it from here
from db.files import NewFile, Shelf

Told = dict[str, tuple[object, object]]
"""What the audit trail says of a change."""
DEFAULT_LIMIT = 20 * 1024 * 1024
limit_in_bytes = DEFAULT_LIMIT
SUFFIX = ".files"
"""Of the folder beside an SQLite database."""


class File(NamedTuple):
    """A file to attach."""

    name: str
    content: bytes


class AttachmentTooLargeError(BoconsoleError):
    """A file is larger than the limit."""

    def __init__(self, name: str, size: int, limit: int) -> None:
        super().__init__(
            _(
                "{name} has {size} MiB, at most {limit} MiB can be attached; send a link "
                "instead, or raise BOCONSOLE_ATTACHMENT_LIMIT."
            ).format(name=name, size=decimal(size / 2**20), limit=limit // 2**20)
        )


class AttachmentLostError(BoconsoleError):
    """The content of a file is not where it was put, or is not what was put there."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "The content of {name} is missing or damaged; restore the attachments folder."
            ).format(name=name)
        )


class AttachmentNotKeptError(BoconsoleError):
    """A file's content cannot be written."""

    def __init__(self, name: str, where: str, reason: str) -> None:
        super().__init__(
            _(
                "{name} could not be kept: {reason}; nothing was saved. Look at the folder {where}."
            ).format(name=name, reason=reason, where=where)
        )


def set_limit(size: int) -> None:
    """Set the largest file taken, in bytes; done once, when settings are read."""
    global limit_in_bytes  # a setting of the process
    limit_in_bytes = size


def folder() -> Path | None:
    """Return where files lie, None when they are kept in the database."""
    path = connection.file()
    return None if path is None else path.with_name(path.name + SUFFIX)


def require_room(file: File) -> None:
    """Raise AttachmentTooLargeError where a file is larger than the limit."""
    if len(file.content) > limit_in_bytes:
        raise AttachmentTooLargeError(file.name, len(file.content), limit_in_bytes)


def put(file: File) -> NewFile:
    """Keep the content of a file; returns what is to be noted, inside the caller's transaction.

    Raises:
        AttachmentTooLargeError: It is larger than the limit.
        AttachmentNotKeptError: The disk does not take it; the transaction is to be given up.
    """
    import mimetypes

    require_room(file)
    name = clean_line(Path(file.name).name, field="attachment") or "file"
    sha256 = hashlib.sha256(file.content).hexdigest()
    _put(name, sha256, file.content)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return NewFile(name, media_type, len(file.content), sha256)


def keep(sha256: str, content: bytes) -> None:
    """Keep content that is noted already, as from another database; errors as of `put`."""
    _put(sha256[:12], sha256, content)


def lay(where: Path, sha256: str, content: bytes) -> None:
    """Lay content into a folder of files, if it is not there; raises OSError."""
    _write(where / sha256[:2] / sha256, content)


def _put(name: str, sha256: str, content: bytes) -> None:
    where = folder()
    if where is None:
        files.put_blob(sha256, content)
        return
    try:
        lay(where, sha256, content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AttachmentNotKeptError(name, str(where), reason) from error


def _write(target: Path, content: bytes) -> None:
    """Write a file whole or not at all, so that it outlives a loss of power."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = target.with_name(f"{target.name}.{os.getpid()}.{get_ident()}.partial")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    for made in (target.parent, target.parent.parent):
        handle = os.open(made, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def content(name: str, sha256: str) -> bytes:
    """Return the content of a file.

    Raises:
        AttachmentLostError: It is missing or damaged.
    """
    found = _get(sha256)
    if found is None or hashlib.sha256(found).hexdigest() != sha256:
        raise AttachmentLostError(name)
    return found


def _get(sha256: str) -> bytes | None:
    where = folder()
    if where is None:
        return files.select_blob(sha256)
    path = where / sha256[:2] / sha256
    return path.read_bytes() if path.exists() else None


def discard(sha256: str) -> None:
    """Destroy content that no record holds any more, last in the caller's `audit.writing()`.

    Nobody notes it again meanwhile, as every writer waits.
    """
    if files.is_noted(sha256):
        return
    where = folder()
    if where is None:
        files.delete_blob(sha256)
    else:
        (where / sha256[:2] / sha256).unlink(missing_ok=True)


def safe_name(name: str) -> str:
    """Return the name of a file without folders and without a leading point."""
    return Path(name).name.lstrip(".") or "file"


# At any record


def attach(session: Session, shelf: Shelf, record_id: int, files_given: Sequence[File]) -> Told:
    """Keep files at a record, inside the caller's transaction; returns what the audit says.

    Raises:
        AttachmentTooLargeError: One is larger than the limit; none is kept.
        AttachmentNotKeptError: The disk does not take it; the transaction is to be given up.
    """
    for file in files_given:
        require_room(file)
    noted = [put(file) for file in files_given]
    for new in noted:
        files.insert(shelf, record_id, new, session.user.id, int(session.now().timestamp()))
    return {
        "files": (None, [new.name for new in noted]),
        "sha256": (None, [new.sha256 for new in noted]),
    }


def remove(shelf: Shelf, row: FileRow) -> Told:
    """Take a file from its record, inside the caller's transaction; its content stays."""
    if not files.delete(shelf, row.id):
        raise NotFoundError(_("file {name}").format(name=row.name))
    return {"files": ([row.name], None), "sha256": ([row.sha256], None)}


def find(shelf: Shelf, record_id: int, name: str) -> FileRow:
    """Return the file of a record by its id or its name, the last one of that name.

    Raises:
        NotFoundError: There is none.
    """
    rows = files.select(shelf, record_id)
    for row in reversed(rows):
        if name in (str(row.id), row.name):
            return row
    known = ", ".join(f"{row.id} {row.name}" for row in rows[:8]) or "-"
    raise NotFoundError(_("file {name}; there are: {known}").format(name=name[:60], known=known))
