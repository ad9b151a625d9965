"""Sending what waits in the outbox: each message once, by one sender.

A message is taken by a guarded update that is durable before anything is sent. Whatever its
sender learns is noted; one whose sender never came back is uncertain, and a person decides.
"""

import secrets
from datetime import timedelta
from email.errors import MessageError
from typing import NamedTuple

from boconsole import mail_settings
from boconsole.errors import BoconsoleError
from boconsole.language import _
from boconsole.mail.composing import compose
from boconsole.mail.errors import ServerError
from boconsole.mail.handing import Fate, Line
from boconsole.mail_settings import MailSettings
from boconsole.session import Session
from boconsole.tickets import mailing, replying
from boconsole.tickets.rows import Ref
from db import connection
from db.mail import outbox
from db.mail.outbox import OutboxRow

PATIENCE = timedelta(minutes=15)
"""How long a sender may hold a message before its fate is uncertain."""
DELAYS = (60, 300, 900, 3600, 10_800, 21_600, 43_200, 86_400, 86_400, 86_400)
"""Seconds until each next try; four days in all, as RFC 5321 asks for."""
BATCH = 200


class Sent(NamedTuple):
    """How many messages went out, are tried later, failed, are uncertain, and still wait."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    uncertain: int = 0
    waiting: int = 0


def send_due(session: Session, line: Line | None = None) -> Sent:
    """Send what is due; whoever runs it at the same time sends the others.

    Raises:
        ServerError: The mail server cannot be reached; what was not sent waits.
    """
    mail = require_sender(session)
    counts = dict.fromkeys(Sent._fields, 0)
    counts["uncertain"] = _give_up_lost(session)
    with line or Line(mail.smtp) as open_line:
        while due := outbox.select_due(int(session.now().timestamp()), BATCH):
            for row in due:
                if (fate := _send(session, open_line, row)) is not None:
                    counts[fate.word] += 1
    counts["waiting"] = outbox.count_waiting(int(session.now().timestamp()))
    return Sent(**counts)


def send_one(session: Session, mail_id: int, line: Line | None = None) -> OutboxRow:
    """Send one message that was just put into the outbox, unless another sender takes it.

    Returns it as it is then: one whose server cannot be reached waits for `send_due`.
    """
    row = outbox.get(mail_id)
    assert row is not None
    try:
        with line or Line(mail_settings.in_force().smtp) as open_line:
            _send(session, open_line, row)
    except ServerError:
        pass
    return outbox.get(mail_id) or row


def require_sender(session: Session) -> MailSettings:
    """Return the settings of mail; raises BoconsoleError where none can be sent."""
    session.require("ticket.reply")
    mail = mail_settings.in_force()
    if not mail.sender:
        raise BoconsoleError(_("No mail can be sent: set BOCONSOLE_MAIL_FROM to our address."))
    return mail


def _give_up_lost(session: Session) -> int:
    """Hold the messages whose sender died between sending and telling."""
    lost = outbox.select_claimed(int((session.now() - PATIENCE).timestamp()))
    reason = _("its sender ended before it heard whether it was taken")
    held = 0
    for row in lost:
        with connection.transaction():
            at = int(row.next_at.timestamp())
            if outbox.update(row, "uncertain", reason, at, row.attempts):
                _tell(session, row, Fate("uncertain", reason))
                held += 1
    return held


def _send(session: Session, line: Line, row: OutboxRow) -> Fate | None:
    """Send one message; None when another sender was faster."""
    token = secrets.token_hex(16)
    with connection.transaction():
        if not outbox.claim(row, int(session.now().timestamp()), token):
            return None
    sender = mail_settings.in_force().sender if row.kind == "reply" else ""
    try:
        fate = line.hand_over(sender, row.recipient, compose(row))
    except ServerError as refusal:
        _settle(session, row, token, Fate("later", str(refusal)))
        raise
    except (BoconsoleError, ValueError, LookupError, MessageError) as problem:
        fate = Fate("failed", str(problem)[:300])
    return _settle(session, row, token, fate)


def _settle(session: Session, row: OutboxRow, token: str, fate: Fate) -> Fate:
    """Note what became of a message, and tell of it where it will not arrive."""
    now = int(session.now().timestamp())
    if fate.word == "later" and row.attempts >= len(DELAYS):
        fate = Fate("failed", fate.answer)
    at = now + DELAYS[row.attempts] if fate.word == "later" else now
    state = "queued" if fate.word == "later" else fate.word
    with connection.transaction():
        if outbox.settle(row.id, token, state, fate.answer, at):
            if state == "sent":
                outbox.delete_files(row.id)
            _tell(session, row, fate)
    return fate


def _tell(session: Session, row: OutboxRow, fate: Fate) -> None:
    """Leave a note on the ticket of a message that will not arrive, and tell its author."""
    if row.ticket_id is None:
        words = {"failed": _("could not be mailed"),
                 "uncertain": _("nobody knows whether it was mailed")}  # fmt: skip
        if fate.word in words:
            mailing.tell_author(session, row, words[fate.word])
    elif fate.word == "failed":
        text = _("The mail to {address} could not be sent: {reason}").format(
            address=row.recipient, reason=fate.answer
        )
        home = outbox.select_tickets([row.message_id])[row.message_id]
        _note(session, home, text)
        mailing.tell_author(session, row, _("a reply could not be mailed"))
    elif fate.word == "uncertain":
        mailing.tell_author(session, row, _("nobody knows whether a reply was mailed"))


def _note(session: Session, ticket_id: int, text: str) -> None:
    """Leave a note on a ticket, or on the one that it was merged into."""
    replying.receive(session, Ref(mailing.living(ticket_id)), text, internal=True)
