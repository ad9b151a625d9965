"""A message of the outbox as it goes over the wire."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from boconsole import filing, mail_settings
from boconsole.text import clean_line
from db.mail import outbox
from db.mail.outbox import OutboxRow
from db.tickets import threads

POLICY = SMTP.clone(cte_type="7bit", max_line_length=200)
MARK = "X-Boconsole"
"""By which our mail is known to be a program's helpdesk."""


def compose(row: OutboxRow) -> bytes:
    """Return a message as bytes with CRLF, in seven bits.

    Raises:
        AttachmentLostError: A file of the reply is missing or damaged.
        ValueError: The address of the recipient cannot be written.
    """
    mail = mail_settings.in_force()
    message = EmailMessage(POLICY)
    message["From"] = Address(mail.sender_name, addr_spec=mail.sender)
    message["To"] = Address(addr_spec=row.recipient)
    message["Subject"] = clean_line(row.subject, field="subject", limit=2_000)
    message["Date"] = format_datetime(row.created_at)
    message["Message-ID"] = f"<{row.message_id}>"
    if row.in_reply_to:
        message["In-Reply-To"] = f"<{row.in_reply_to}>"
    if row.thread:
        message["References"] = " ".join(f"<{one}>" for one in row.thread.split())
    message[MARK] = f"{row.kind}; ticket={row.ticket_id}" if row.ticket_id else row.kind
    if row.kind == "report":
        message["Auto-Submitted"] = "auto-generated"
    elif row.kind != "reply":
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(f"{row.body}\n", charset="utf-8")
    for name, media_type, content in _files(row):
        main, _slash, sub = media_type.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def _files(row: OutboxRow) -> list[tuple[str, str, bytes]]:
    """Return name, type and content of the files of a reply or a report."""
    if row.ticket_id is None:
        return [(name, media_type_of(""), content) for name, content in
                outbox.select_files(row.id)]  # fmt: skip
    if row.entry_id is None:
        return []
    return [
        (file.name, media_type_of(file.media_type), filing.content(file.name, file.sha256))
        for file in threads.select_of_message(row.entry_id)
    ]


def media_type_of(media_type: str) -> str:
    """Return a type that a file may be sent as: messages and texts go as bytes."""
    main, slash, sub = media_type.partition("/")
    plain = main in ("application", "image", "audio", "video", "font") and slash and sub.isascii()
    return media_type if plain else "application/octet-stream"
