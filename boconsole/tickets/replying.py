"""Replies, internal notes and what requesters write."""

from collections.abc import Sequence

from boconsole.errors import BoconsoleError
from boconsole.session import Session
from boconsole.text import clean
from boconsole.tickets import attaching
from boconsole.tickets.errors import EmptyReplyError
from boconsole.tickets.fields import Changes, parse_changes
from boconsole.tickets.fields import minutes as whole_minutes
from boconsole.tickets.rows import Done, File, Ref, Versioned
from boconsole.tickets.writing import write
from db import connection
from db.tickets import records


def reply(
    session: Session,
    ticket: Versioned,
    text: str,
    *,
    internal: bool = False,
    minutes: int = 0,
    state: str = "",
    until: str = "",
    files: Sequence[File] = (),
) -> Done:
    """Write to the requester, or leave a note for colleagues.

    A public reply opens a new ticket and stops the clock of the first response.

    Args:
        session: Who acts.
        ticket: The ticket, with the version that was seen; replies do not overwrite each
            other, so a version that is older is taken too.
        text: Markdown.
        internal: For colleagues only.
        minutes: Time spent on it.
        state: A state to bring the ticket into with it.
        until: When a pending ticket opens by itself.
        files: What to attach.

    Raises:
        EmptyReplyError, InvalidChangeError, TransitionError, MergedTicketError,
        AttachmentTooLargeError: Nothing was changed.
    """
    session.require("ticket.reply")
    text = clean(text, field="reply")
    if not text.strip():
        raise EmptyReplyError
    more: dict[str, object] = {"state": state} if state else {}
    if until:
        more["wake"] = until
    minutes = whole_minutes("minutes", str(minutes))
    with connection.transaction():
        changes = parse_changes(session, more)._replace(
            reply="" if internal else text, note=text if internal else "", minutes=minutes
        )
        done = write(session, "ticket.note" if internal else "ticket.reply",
                     [Ref(ticket.id)], changes)  # fmt: skip
        if files:
            attaching.attach_to_written(done.operation, files)
    return done


def receive(
    session: Session,
    ticket: Versioned,
    text: str,
    *,
    files: Sequence[File] = (),
    writer: int | None = None,
    internal: bool = False,
) -> Done:
    """Take a message of the requester: it waits for an answer and wakes the ticket.

    A pending or resolved ticket opens again; so does a closed one.

    Args:
        session: Who takes it.
        ticket: Where it belongs.
        text: What was written.
        files: What came with it.
        writer: The contact who wrote it, where that is not the requester.
        internal: Leave it as a note for colleagues, which neither waits nor wakes.
    """
    session.require("ticket.reply")
    text = clean(text, field="message")
    if not text.strip():
        raise EmptyReplyError
    with connection.transaction():
        changes = Changes(note=text) if internal else Changes(request=text)
        done = write(session, "ticket.note" if internal else "ticket.request",
                     [Ref(ticket.id)], changes._replace(writer=writer))  # fmt: skip
        if files:
            attaching.attach_to_written(done.operation, files)
    return done


def wake(session: Session) -> int:
    """Open the pending tickets whose time has come; returns how many.

    One that is refused (by what a trigger wants, or because somebody was faster) keeps no
    other asleep.
    """
    ready = records.select_awake(session.now(), 500)
    return sum(_opened(session, Ref(*ticket)) for ticket in ready)


def _opened(session: Session, ticket: Ref) -> bool:
    try:
        write(session, "ticket.wake", [ticket], Changes({"state": "open"}))
    except BoconsoleError:
        return False
    return True
