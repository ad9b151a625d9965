"""Files on messages: kept by the hash of their content, never run.

SQLite keeps them in a folder beside the database, PostgreSQL in a table; the same content is
kept once.
"""

import hashlib
import json
import mimetypes
import os
from collections.abc import Sequence
from pathlib import Path
from threading import get_ident

from boconsole.errors import BoconsoleError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import clean_line
from boconsole.tickets.errors import AttachmentTooLargeError
from boconsole.tickets.rows import File
from db import audit as trail
from db import connection
from db.tickets import threads

DEFAULT_LIMIT = 20 * 1024 * 1024
limit_in_bytes = DEFAULT_LIMIT


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
    return None if path is None else path.with_name(path.name + ".files")


def attach(message_id: int, files: Sequence[File]) -> None:
    """Keep files with a message, inside the caller's transaction.

    Raises:
        AttachmentTooLargeError: One is larger than the limit; none is kept.
        AttachmentNotKeptError: The disk does not take it; the transaction is to be given up.
    """
    for file in files:
        if len(file.content) > limit_in_bytes:
            raise AttachmentTooLargeError(file.name, len(file.content), limit_in_bytes)
    for file in files:
        name = clean_line(Path(file.name).name, field="attachment") or "file"
        sha256 = hashlib.sha256(file.content).hexdigest()
        _put(name, sha256, file.content)
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        threads.insert_attachment(message_id, name, media_type, len(file.content), sha256)


def attach_to_written(operation: int, files: Sequence[File]) -> None:
    """Keep files with the message that an operation wrote, inside its transaction.

    Its first line tells which one; what triggers wrote comes after.
    """
    told = json.loads(trail.select_operation(operation)[0].changes)
    _before, message_id = told.get("message") or told["note"]
    attach(message_id, files)


def _put(name: str, sha256: str, content: bytes) -> None:
    where = folder()
    if where is None:
        threads.put_blob(sha256, content)
        return
    try:
        _write(where / sha256[:2] / sha256, content)
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


def content(session: Session, ticket_id: int, attachment_id: int) -> tuple[str, bytes]:
    """Return name and content of a file of a ticket.

    Raises:
        NotFoundError: The ticket has no such file.
        AttachmentLostError: Its content is missing or damaged.
    """
    session.require("ticket.read")
    for row in threads.select_attachments(ticket_id):
        if row.id == attachment_id:
            found = _get(row.sha256)
            if found is None or hashlib.sha256(found).hexdigest() != row.sha256:
                raise AttachmentLostError(row.name)
            return row.name, found
    raise NotFoundError(
        _("attachment {attachment_id} on this ticket").format(attachment_id=attachment_id)
    )


def _get(sha256: str) -> bytes | None:
    where = folder()
    if where is None:
        return threads.select_blob(sha256)
    path = where / sha256[:2] / sha256
    return path.read_bytes() if path.exists() else None
