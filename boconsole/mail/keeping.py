"""What people do with mail: the outbox, the messages that came in, and queues of addresses."""

from typing import NamedTuple

from boconsole import audit, filing
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.mail import headers
from boconsole.mail.errors import OutboxError
from boconsole.mail.taking import SOURCE_NAME, Taken, take_again
from boconsole.mail.words import STATES
from boconsole.session import Session
from boconsole.text import clean_line
from db.mail import letters, outbox, places
from db.mail.letters import LetterRow as LetterRow  # screens know it from here
from db.mail.outbox import OutboxRow as OutboxRow
from db.tickets import names

OPEN = ("queued", "sending", "failed", "uncertain")
EVERY = (*OPEN, "sent", "dropped", "withdrawn")
UNSETTLED = ("not_understood", "aside")
OUTCOMES = ("ticket", "reply", "note", "report", *UNSETTLED, "dropped")
LATEST = 2**62


class Route(NamedTuple):
    """An address, and the queue that its mail goes to."""

    address: str
    queue: str


# The outbox


def list_outbox(
    session: Session, *, every: bool = False, before: int = 0, limit: int = 200
) -> list[OutboxRow]:
    """Return what waits, failed or is uncertain, or everything; newest first, before an id."""
    session.require("ticket.read")
    return outbox.select(EVERY if every else OPEN, before or LATEST, limit)


def retry_mail(session: Session, mail_id: int) -> OutboxRow:
    """Let a message be sent that failed, was dropped, is uncertain or waits for its next try.

    Raises:
        OutboxError: It was sent, is being sent, was taken back with its reply, or its file is
            gone since it was sent.
    """
    row = _of_outbox(session, mail_id)
    if row.state in ("sent", "sending", "withdrawn"):
        raise OutboxError(
            _("Message {id} is {state}; it is not sent again.").format(
                id=row.id, state=_(STATES[row.state]).lstrip("! ")
            )
        )
    if row.ticket_id is None and row.sent_at is not None:
        raise OutboxError(
            _("The file of message {id} is gone; run its report again.").format(id=row.id)
        )
    return _change(session, "mail.retry", row, "queued", attempts=0)


def drop_mail(session: Session, mail_id: int) -> OutboxRow:
    """Give up a message that waits, failed or is uncertain.

    Raises:
        OutboxError: It was sent, is being sent, or was given up before.
    """
    row = _of_outbox(session, mail_id)
    if row.state not in ("queued", "failed", "uncertain"):
        raise OutboxError(
            _("Message {id} is {state}; there is nothing to give up.").format(
                id=row.id, state=_(STATES[row.state]).lstrip("! ")
            )
        )
    return _change(session, "mail.drop", row, "dropped", attempts=row.attempts)


def _of_outbox(session: Session, mail_id: int) -> OutboxRow:
    session.require("ticket.reply")
    row = outbox.get(mail_id)
    if row is None:
        raise NotFoundError(_("message {id} in the outbox").format(id=mail_id))
    return row


def _change(
    session: Session, action: str, row: OutboxRow, state: str, *, attempts: int
) -> OutboxRow:
    with audit.writing():
        now = int(session.now().timestamp())
        if not outbox.update(row, state, row.reason, now, attempts):
            raise StaleRecordError(_("message {id}").format(id=row.id), row.id)
        told = {"state": (row.state, state), "recipient": (None, row.recipient)}
        audit.record(session, action, "outbox", [audit.Line(row.id, told, row.version + 1)])
    changed = outbox.get(row.id)
    assert changed is not None
    return changed


# What came in


def list_letters(
    session: Session, *, every: bool = False, before: int = 0, limit: int = 200
) -> list[LetterRow]:
    """Return what was set aside or not understood, or everything; newest first, before an id."""
    session.require("mail.configure")
    return letters.select(OUTCOMES if every else UNSETTLED, before or LATEST, limit)


def letter(session: Session, letter_id: int) -> LetterRow:
    """Return a message that came in; raises NotFoundError."""
    session.require("mail.configure")
    row = letters.get(letter_id)
    if row is None:
        raise NotFoundError(_("message {id} that came in").format(id=letter_id))
    return row


def source(session: Session, letter_id: int) -> bytes:
    """Return a message as it came."""
    return filing.content(SOURCE_NAME, letter(session, letter_id).sha256)


def retry_letter(session: Session, letter_id: int) -> Taken:
    """Take a message in that was set aside, not understood or dropped."""
    row = letter(session, letter_id)
    if row.outcome not in (*UNSETTLED, "dropped"):
        raise OutboxError(_("Message {id} was taken in already.").format(id=row.id))
    return take_again(session, row)


def drop_letter(session: Session, letter_id: int) -> None:
    """Take a message off the list; its source stays."""
    row = letter(session, letter_id)
    if row.outcome not in UNSETTLED:
        raise OutboxError(_("Message {id} is not on the list.").format(id=row.id))
    with audit.writing():
        if not letters.update(row, "dropped", row.reason, row.ticket_id, row.entry_id):
            raise StaleRecordError(_("message {id}").format(id=row.id), row.id)
        line = audit.Line(row.id, {"outcome": (row.outcome, "dropped")}, row.version + 1)
        audit.record(session, "mail.drop", "mail", [line])


# Queues of addresses


def routes(session: Session) -> list[Route]:
    """Return the addresses that have a queue."""
    session.require("ticket.read")
    return [Route(*row) for row in places.select_routes()]


def set_route(session: Session, address: str, queue: str) -> Route:
    """Let the mail for an address go to a queue.

    Raises:
        InvalidChangeError, NotFoundError: There is no such address or queue.
    """
    session.require("mail.configure")
    known = headers.plain_address(address)
    if not known:
        raise InvalidChangeError(
            "address", _("{text!r} is not a mail address such as help@example.com").format(
                text=address[:60])
        )  # fmt: skip
    with audit.writing():
        queue_id = names.queue_id(clean_line(queue, field="queue"))
        if queue_id is None:
            raise NotFoundError(_("queue {name!r}").format(name=queue))
        name = names.queue_name(queue_id) or queue
        line = audit.Line(places.put_route(known, queue_id), {known: (None, name)})
        audit.record(session, "mail.route", "mail_route", [line])
    return Route(known, name)


def remove_route(session: Session, address: str) -> None:
    """Let the mail for an address go to no queue; raises NotFoundError."""
    session.require("mail.configure")
    known = headers.plain_address(address) or address
    with audit.writing():
        removed = places.remove_route(known)
        if removed is None:
            raise NotFoundError(_("queue of {address}").format(address=address[:60]))
        line = audit.Line(removed, {"address": (known, None)})
        audit.record(session, "mail.unroute", "mail_route", [line])
