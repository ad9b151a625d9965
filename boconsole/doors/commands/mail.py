"""Mail: taking it in, sending it, and what people do with it."""

import sys
from collections.abc import Callable
from time import sleep
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.language import _
from boconsole.mail.errors import LetterTooLargeError, ServerError
from boconsole.mail.words import OUTCOMES, STATES
from boconsole.tickets.words import number

if TYPE_CHECKING:
    from boconsole.mail.taking import Taken
    from boconsole.session import Session
    from db.mail.letters import LetterRow
    from db.mail.outbox import OutboxRow

NEVER = 65
"""EX_DATAERR of sysexits.h: the mail server gives the message back."""
SEND_EVERY = 15.0


# Moving mail


def receive(call: Call) -> Answer:
    """Take in one message from stdin, or listen for a mail server."""
    if call.words.stdin == bool(call.words.port):
        raise InvalidChangeError("port", _("give --port P or --stdin, one of them"))
    return _receive_one(call) if call.words.stdin else _listen(call)


def _receive_one(call: Call) -> Answer:
    from boconsole import filing
    from boconsole.doors.mail_intake import open_mail, taker
    from boconsole.mail.taking import Envelope

    session = open_mail(call)
    source = getattr(sys.stdin, "buffer", None)
    raw = source.read(filing.limit_in_bytes + 1) if source is not None else b""
    if not raw:
        raise BoconsoleError(_("Nothing came in on stdin."))
    came = Envelope("stdin", _sender(call.words.sender), tuple(call.words.recipients))
    try:
        taken = taker(session)(raw, came, "")
    except LetterTooLargeError as refusal:
        return Answer(notes=(str(refusal),), code=NEVER)
    return Answer(_taken(taken), _sentence(taken))


def _sender(given: str | None) -> str | None:
    """Return who the server says it is from: empty for nobody, whom Postfix calls by a name."""
    if given is None:
        return None
    address = given.strip("<> ")
    return "" if address.upper() == "MAILER-DAEMON" else address


def _taken(taken: "Taken") -> dict[str, object]:
    return {
        "id": taken.letter_id, "outcome": taken.outcome, "known": taken.known,
        "ticket": number(taken.ticket_id) if taken.ticket_id else None, "reason": taken.reason,
    }  # fmt: skip


def _sentence(taken: "Taken") -> str:
    what = _(OUTCOMES[taken.outcome])
    told = ", ".join(
        word
        for word in (
            number(taken.ticket_id) if taken.ticket_id else "",
            taken.reason,
            _("it had come before") if taken.known else "",
        )
        if word
    )
    text = _("Message {id}: {what}").format(id=taken.letter_id, what=what)
    return f"{text} ({told})." if told else f"{text}."


def _listen(call: Call) -> Answer:
    import asyncio

    from boconsole.doors import mail_server
    from boconsole.doors.mail_intake import open_mail, taker
    from boconsole.mail import sending
    from boconsole.mail.bodies import html_text

    port = _whole("port", call.words.port, range(65536))
    html_text("<p>.")  # refuses here and not at the first message where the library is missing
    session = open_mail(call)

    def send() -> None:
        try:
            sending.send_due(session)
        except (BoconsoleError, OSError) as refusal:
            output.tell(str(refusal))

    def ready(at: int) -> None:
        output.put(_("Listening on {host}:{port}.").format(host=mail_server.HOST, port=at) + "\n")

    if call.words.send:
        _require_sender(session)
    every = (SEND_EVERY, send) if call.words.send else None
    try:
        asyncio.run(
            mail_server.serve(taker(session), port, say=output.tell, ready=ready, every=every)
        )
    except OSError as error:
        raise ServerError(f"{mail_server.HOST}:{port}", error.strerror or str(error)) from error
    return Answer()


def _require_sender(session: "Session") -> None:
    from boconsole.mail import sending

    sending.require_sender(session)


def _whole(field: str, text: str, allowed: range) -> int:
    if not text.isdecimal() or len(text) > 6 or int(text) not in allowed:
        raise InvalidChangeError(
            field,
            _("a whole number from {first} to {last}").format(first=allowed[0], last=allowed[-1]),
        )
    return int(text)


def poll(call: Call) -> Answer:
    """Take in what is new in the IMAP folder."""
    from boconsole.doors.mail_intake import open_mail, taker
    from boconsole.mail import polling

    session = open_mail(call)

    def once() -> Answer:
        done = polling.poll(taker(session))
        text = _("{taken} taken in, {known} had come before.")
        return Answer(done._asdict(), text.format(**done._asdict()))

    return _repeated(call, once)


def send(call: Call) -> Answer:
    """Send what waits in the outbox."""
    from boconsole.doors.mail_intake import open_mail
    from boconsole.mail import sending

    session = open_mail(call)

    def once() -> Answer:
        done = sending.send_due(session)
        text = _(
            "{sent} sent, {later} tried later, {failed} failed, {uncertain} uncertain, "
            "{waiting} waiting."
        )
        return Answer(done._asdict(), text.format(**done._asdict()))

    return _repeated(call, once)


def _repeated(call: Call, once: Callable[[], Answer]) -> Answer:
    """Do something once, or again and again until somebody ends it."""
    if call.words.every is None:
        return once()
    seconds = _whole("every", call.words.every, range(1, 86_401))
    while True:
        try:
            output.show(once(), as_json=call.words.json)
        except ServerError as refusal:
            output.tell(str(refusal))
        sleep(seconds)


# The outbox


def list_outbox(call: Call) -> Answer:
    """List what is to go out."""
    from boconsole.mail import keeping

    session = call.session()
    rows = keeping.list_outbox(session, every=call.words.all, before=_before(call))

    def text() -> str:
        if not rows:
            return _("Nothing waits to be sent.")
        lines = [
            (str(row.id), output.local(row.created_at, session.zone), _(STATES[row.state]),
             row.recipient, _ticket(row) or "-", output.shortened(row.reason, 60) or "-")
            for row in rows
        ]  # fmt: skip
        headings = ("ID", _("Written"), _("State"), _("To"), _("Ticket"), _("Reason"))
        return output.table(headings, lines)

    return Answer([_mail(row) for row in rows], text)


def _ticket(row: "OutboxRow") -> str:
    return number(row.ticket_id) if row.ticket_id else ""


def _mail(row: "OutboxRow") -> dict[str, object]:
    return {
        "id": row.id, "kind": row.kind, "state": row.state, "ticket": _ticket(row) or None,
        "recipient": row.recipient, "subject": row.subject, "message_id": row.message_id,
        "attempts": row.attempts, "created_at": row.created_at, "next_at": row.next_at,
        "sent_at": row.sent_at, "reason": row.reason,
    }  # fmt: skip


def retry_outbox(call: Call) -> Answer:
    """Let a message be sent again."""
    from boconsole.mail import keeping

    row = keeping.retry_mail(call.session(), _id(call))
    return Answer(_mail(row), _("Message {id} waits to be sent.").format(id=row.id))


def drop_outbox(call: Call) -> Answer:
    """Give up a message."""
    from boconsole.mail import keeping

    row = keeping.drop_mail(call.session(), _id(call))
    return Answer(_mail(row), _("Message {id} is given up.").format(id=row.id))


def _id(call: Call) -> int:
    return _whole("id", call.words.id, range(1, 1_000_000))


def _before(call: Call) -> int:
    return 0 if call.words.before is None else _whole("before", call.words.before, range(10**6))


# What came in


def list_letters(call: Call) -> Answer:
    """List what came in and was set aside or not understood."""
    from boconsole.mail import keeping

    session = call.session()
    rows = keeping.list_letters(session, every=call.words.all, before=_before(call))

    def text() -> str:
        if not rows:
            return _("Nothing was set aside.")
        lines = [
            (str(row.id), output.local(row.received_at, session.zone), _(OUTCOMES[row.outcome]),
             row.sender or "-", output.shortened(row.subject, 40) or "-",
             row.reason or (number(row.ticket_id) if row.ticket_id else "-"))
            for row in rows
        ]  # fmt: skip
        headings = ("ID", _("Came"), _("What"), _("From"), _("Subject"), _("Why"))
        return output.table(headings, lines)

    return Answer([_letter(row) for row in rows], text)


def _letter(row: "LetterRow") -> dict[str, object]:
    return {
        "id": row.id, "received_at": row.received_at, "door": row.door, "outcome": row.outcome,
        "reason": row.reason, "sender": row.sender, "recipients": row.recipients.split(),
        "subject": row.subject, "message_id": row.message_id, "size": row.size,
        "ticket": number(row.ticket_id) if row.ticket_id else None, "sha256": row.sha256,
    }  # fmt: skip


def show_letter(call: Call) -> Answer:
    """Show a message that came in, or its source."""
    from boconsole.mail import keeping

    session = call.session()
    row = keeping.letter(session, _id(call))
    value = _letter(row)
    if call.words.source:
        source = keeping.source(session, row.id).decode("utf-8", "backslashreplace")
        return Answer({**value, "source": source}, source)
    lines = [(name, output.local(each, session.zone)) for name, each in value.items()]
    return Answer(value, lambda: output.pairs(lines))


def retry_letter(call: Call) -> Answer:
    """Take a message in once more."""
    from boconsole import filing
    from boconsole.mail import keeping

    session = call.session()
    filing.set_limit(call.settings.attachment_limit)
    taken = keeping.retry_letter(session, _id(call))
    return Answer(_taken(taken), _sentence(taken))


def drop_letter(call: Call) -> Answer:
    """Take a message off the list."""
    from boconsole.mail import keeping

    keeping.drop_letter(call.session(), _id(call))
    return Answer({"id": _id(call)}, _("Message {id} is off the list.").format(id=_id(call)))


# Queues of addresses


def list_routes(call: Call) -> Answer:
    """List the addresses that have a queue."""
    from boconsole.mail import keeping

    found = keeping.routes(call.session())
    return Answer(
        [route._asdict() for route in found],
        lambda: output.table((_("Address"), _("Queue")), found) if found
        else _("No address has a queue yet."),
    )  # fmt: skip


def set_route(call: Call) -> Answer:
    """Let the mail for an address go to a queue."""
    from boconsole.mail import keeping

    route = keeping.set_route(call.session(), call.words.address, call.words.name)
    text = _("Mail for {address} goes to {queue}.").format(**route._asdict())
    return Answer(route._asdict(), text)


def remove_route(call: Call) -> Answer:
    """Let the mail for an address go to no queue."""
    from boconsole.mail import keeping

    keeping.remove_route(call.session(), call.words.address)
    text = _("Mail for {address} goes to no queue.").format(address=call.words.address)
    return Answer({"address": call.words.address}, text)
