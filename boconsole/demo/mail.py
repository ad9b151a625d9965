"""Mail in the demo: replies that did not arrive, and messages that wait for a decision.

None of it is to be sent: a demo that is given a mail server writes to nobody by itself.
"""

from collections.abc import Iterator

from boconsole import audit, mail_settings
from boconsole.mail.taking import Envelope, of_mail, take_in
from boconsole.mail_settings import MailSettings
from boconsole.session import Session
from boconsole.tickets import mailing
from db.mail import outbox
from db.tickets import records, threads

OURS = MailSettings(sender="help@arunika.example", sender_name="Arunika", hold=0)
AWAY = """\
From: Ratna Dewi <ratna.dewi@pelanggan.example>
To: help@arunika.example
Subject: Di luar kantor
Message-ID: <away-{stamp}@pelanggan.example>
Auto-Submitted: auto-replied

Saya kembali pada hari Senin.
"""
NOBODY = """\
To: help@arunika.example
Subject: Scan 0042
Message-ID: <scan-{stamp}@printer.example>

Scan 0042
"""
FATES = (
    ("failed", "550 5.1.1 no such mailbox", 1),
    ("uncertain", "its sender ended before it heard whether it was taken", 1),
    ("failed", "452 4.2.2 mailbox full", 10),
)
"""State, what the other side said, and tries."""
LOOKED_AT = 100
"""Tickets among which some have an answer that could be mailed."""


def keep(session: Session) -> None:
    """Take the messages in, and put replies into the outbox as what became of them."""
    stamp = int(session.now().timestamp())
    present = mail_settings.in_force()
    mail_settings.use(OURS)
    try:
        for text in (AWAY, NOBODY):
            take_in(of_mail(session), text.format(stamp=stamp).encode(), Envelope("lmtp"))
        with audit.writing():
            for (state, reason, tries), row in zip(FATES, _mailed(session), strict=False):
                outbox.update(row, state, reason, stamp, tries)
    finally:
        mail_settings.use(present)


def _mailed(session: Session) -> Iterator[outbox.OutboxRow]:
    """Put the last answers of tickets into the outbox."""
    ids = records.select_active_ids(0, LOOKED_AT)
    for ticket_id, ticket in records.select_records(ids).items():
        answers = [one for one in threads.select_messages(ticket_id)
                   if one.kind == "reply" and one.user]  # fmt: skip
        if answers and mailing.put(session, ticket, answers[-1].id, answers[-1].body, "reply"):
            yield outbox.select_of_ticket(ticket_id)[-1]
