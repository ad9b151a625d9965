"""Replies on their way to the requester: put into the outbox with the reply, taken out by undo.

A reply that is committed is sent later by another process, and a reply that is not, never.
Nothing is put there where no address for outgoing mail is set.
"""

import secrets
from datetime import timedelta

from boconsole import mail_settings
from boconsole.errors import UndoError
from boconsole.language import _
from boconsole.session import Session
from boconsole.tickets.words import number
from db import notifications
from db.mail import letters, outbox
from db.tickets import names, records
from db.tickets.records import TicketRecord

THREAD = 8
"""How many ids of a thread a message refers to."""
AUTOMATIC_LIMIT = 5
"""Replies that nobody typed to one address in an hour, so that two machines do not chat."""


def send_reply(session: Session, ticket: TicketRecord, entry_id: int, body: str) -> None:
    """Let a public reply wait for its way to the requester, inside its transaction."""
    kind = "reply" if session.user.id else "automatic"
    put(session, ticket, entry_id, body, kind)


def send_first_answer(
    session: Session, ticket: TicketRecord, address: str, message_id: str
) -> bool:
    """Tell a requester that the request is there, at most once an hour; returns whether.

    Args:
        session: The mail's own.
        ticket: The new ticket.
        address: Of the requester.
        message_id: Of the message that asked; empty where it has none.
    """
    since = session.now() - timedelta(hours=1)
    if outbox.count_automatic(address, "first", int(since.timestamp())):
        return False
    text = _(
        "Thank you, your request is here and has the number {number}.\n\n"
        "Answer this message, with {number} in its subject, to add something to it."
    )
    body = text.format(number=number(ticket.id))
    return put(session, ticket, None, body, "first", answers=message_id)


def put(
    session: Session, ticket: TicketRecord, entry_id: int | None, body: str, kind: str, *,
    answers: str = "",
) -> bool:  # fmt: skip
    """Put a message to the requester into the outbox; returns whether there is one to send.

    Args:
        session: Who writes.
        ticket: As it was before.
        entry_id: The message of the ticket that is mailed, if it is one.
        body: What it says.
        kind: `reply`, `automatic` or `first`.
        answers: The Message-ID that it answers; the newest of the ticket without it.
    """
    mail = mail_settings.in_force()
    address = names.contact_email(ticket.requester_id) or ""
    if not mail.sender or not address or mail.is_own(address):
        return False
    now = int(session.now().timestamp())
    if kind == "automatic" and (
        outbox.count_automatic(address, kind, now - 3600) >= AUTOMATIC_LIMIT
    ):
        return False
    thread = [answers] if answers else thread_of(ticket.id)
    outbox.insert(
        outbox.NewMail(
            kind, ticket.id, entry_id, session.user.id or None, address,
            f"[{number(ticket.id)}] {ticket.subject}", body,
            f"bo.{ticket.id}.{secrets.token_hex(12)}@{mail.domain}",
            thread[-1] if thread else "",
            " ".join([f"ticket.{ticket.id}@{mail.domain}", *thread]),
            now, now + (mail.hold if kind == "reply" else 0),
        )
    )  # fmt: skip
    return True


def thread_of(ticket_id: int) -> list[str]:
    """Return the newest ids of a ticket's messages, oldest first."""
    known = letters.select_ids(ticket_id, THREAD) + outbox.select_ids(ticket_id, THREAD)
    return list(dict.fromkeys(message_id for _at, message_id in sorted(known)))[-THREAD:]


def take_back(entry_id: int) -> None:
    """Take a reply out of the outbox, inside the transaction of an undo.

    Raises:
        UndoError: It is on its way or was sent; mail cannot be called back.
    """
    for row in outbox.select_of_entry(entry_id):
        if row.state in ("sending", "sent", "uncertain"):
            raise UndoError(_("The reply was mailed already; write another one instead."))
        attempts, reason, next_at = row.attempts, row.reason, int(row.next_at.timestamp())
        if row.state != "withdrawn" and not outbox.update(
            row, "withdrawn", reason, next_at, attempts
        ):
            raise UndoError(_("The reply was mailed already; write another one instead."))


def states_of(ticket_id: int) -> dict[int, outbox.OutboxRow]:
    """Return how far the mail of each reply of a ticket is, by the message of the ticket."""
    return {row.entry_id: row for row in outbox.select_of_ticket(ticket_id) if row.entry_id}


def tell_author(session: Session, row: outbox.OutboxRow, what: str) -> None:
    """Let whoever wrote a reply, or has its ticket, know what became of its mail."""
    if row.ticket_id is None:
        told = f"{row.subject[:80]}: {what}"
        if row.author_id is not None:
            notifications.insert([(row.author_id, session.now(), told, "outbox", row.id)])
        return
    ticket = records.select_records([row.ticket_id])[row.ticket_id]
    text = f"{number(ticket.id)} {ticket.subject[:80]}: {what}"
    listeners = {row.author_id, ticket.assignee_id} - {None}
    notifications.insert(
        [(user, session.now(), text, "ticket", ticket.id) for user in listeners if user]
    )


def living(ticket_id: int) -> int:
    """Return the ticket, or the one that it was merged into."""
    record = records.select_records([ticket_id]).get(ticket_id)
    while record is not None and record.merged_into_id is not None:
        ticket_id = record.merged_into_id
        record = records.select_records([ticket_id]).get(ticket_id)
    return ticket_id
