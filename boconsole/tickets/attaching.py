"""Files on messages of tickets."""

import json
from collections.abc import Sequence

from boconsole import filing
from boconsole.errors import NotFoundError
from boconsole.filing import File
from boconsole.language import _
from boconsole.session import Session
from db import audit as trail
from db.tickets import threads


def attach(message_id: int, files: Sequence[File]) -> None:
    """Keep files with a message, inside the caller's transaction.

    Raises:
        AttachmentTooLargeError: One is larger than the limit; none is kept.
        AttachmentNotKeptError: The disk does not take it; the transaction is to be given up.
    """
    for file in files:
        filing.require_room(file)
    for file in files:
        threads.insert_attachment(message_id, *filing.put(file))


def attach_to_written(operation: int, files: Sequence[File]) -> None:
    """Keep files with the message that an operation wrote, inside its transaction."""
    attach(written_by(operation), files)


def written_by(operation: int) -> int:
    """Return the message that an operation wrote.

    Its first line tells which one; what triggers wrote comes after.
    """
    told = json.loads(trail.select_operation(operation)[0].changes)
    _before, message_id = told.get("message") or told["note"]
    return int(message_id)


def content(session: Session, ticket_id: int, attachment_id: int) -> tuple[str, bytes]:
    """Return name and content of a file of a ticket.

    Raises:
        NotFoundError: The ticket has no such file.
        AttachmentLostError: Its content is missing or damaged.
    """
    session.require("ticket.read")
    for row in threads.select_attachments(ticket_id):
        if row.id == attachment_id:
            return row.name, filing.content(row.name, row.sha256)
    raise NotFoundError(
        _("attachment {attachment_id} on this ticket").format(attachment_id=attachment_id)
    )
