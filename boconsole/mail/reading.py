"""A message as bytes becomes one as people understand it.

Pure; what it cannot make sense of is refused, and whoever asked keeps the bytes.
"""

import hashlib
import re
from email import message_from_bytes
from email._policybase import Compat32
from email.errors import MessageError
from email.message import Message
from typing import NamedTuple

from boconsole.filing import File
from boconsole.mail import headers
from boconsole.mail.bodies import body_of
from boconsole.mail.headers import PARSER_FAULTS, Address
from boconsole.mail.nature import Nature, nature_of

NUMBER = re.compile(r"(?<![A-Za-z0-9-])TKT-([1-9][0-9]{0,9})(?![0-9])", re.IGNORECASE)
LARGEST_ID = 2**31 - 1
OUR_ID = re.compile(rb"bo\.\d{1,10}\.[0-9a-f]{24}@[A-Za-z0-9.-]{1,253}")
TRACE = ("X-Original-To", "Delivered-To", "Envelope-To")
LONGEST = 4000
"""Letters of a header with parameters."""
NESTED = 40_000_000
"""Parts within parts times lines: each line is held against the mark of each part around it."""
ENVELOPE_LINE = re.compile(rb"\A>?From [^\n]*\n")
"""Which some programs put before a message on its way through a pipe."""


class Letter(NamedTuple):
    """A message, read.

    Attributes:
        message_id: Without brackets; empty where it has none.
        related: Ids of the messages that it answers, the nearest first.
        sender: Who wrote it; None where nobody is named.
        recipients: Of its trace, To and Cc, in this order.
        copied: Of To and Cc.
        number: The ticket named in its subject, 0 for none.
        ours: Ids in its text that look like ours, for reports of servers that follow no rule.
        results: Its headers Authentication-Results, the topmost first.
    """

    message_id: str
    related: tuple[str, ...]
    sender: Address | None
    recipients: tuple[str, ...]
    copied: tuple[str, ...]
    subject: str
    number: int
    text: str
    files: tuple[File, ...]
    nature: Nature
    ours: tuple[str, ...]
    results: tuple[str, ...] = ()


class Head(NamedTuple):
    """What a list shows of a message, also of one that cannot be understood."""

    message_id: str = ""
    sender: str = ""
    subject: str = ""


def read(raw: bytes, envelope_sender: str | None = None) -> Letter:
    """Return a message, read.

    Args:
        raw: As it came.
        envelope_sender: What the server said: empty for `<>`, None where it is not known.

    Raises:
        PARSER_FAULTS, ReaderMissingError: It cannot be read.
    """
    message = _parsed(raw)
    body = body_of(message)
    nature = nature_of(message, envelope_sender)
    copied = [each.address for each in headers.addresses(message, "To", "Cc")]
    trace = [each.address for each in headers.addresses(message, *TRACE)]
    subject = headers.header(message, "Subject", 300)
    found = [int(number) for number in NUMBER.findall(subject)]
    return Letter(
        message_id=headers.message_id(message),
        related=tuple(headers.related(message)),
        sender=_sender(message, envelope_sender),
        recipients=tuple(dict.fromkeys([*trace, *copied])),
        copied=tuple(copied),
        subject=subject,
        number=next((number for number in found if number <= LARGEST_ID), 0),
        text=body.text,
        files=body.files,
        nature=nature,
        ours=tuple(word.decode("ascii") for word in OUR_ID.findall(raw)) if nature.report else (),
        results=tuple(headers.all_raw(message, "Authentication-Results")),
    )


class Brief(Compat32):
    """Cuts headers whose parameters take the parser a time that grows with their square."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return name and value of a header."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST] if name.lower().startswith("content-") else value


def _parsed(raw: bytes) -> Message:
    if raw.lower().count(b"boundary=") * raw.count(b"\n") > NESTED:
        raise MessageError("too many parts within parts")
    message = message_from_bytes(ENVELOPE_LINE.sub(b"", raw, count=1), policy=Brief())
    headers.mend(message)
    return message


def _sender(message: Message, envelope_sender: str | None) -> Address | None:
    found = headers.addresses(message, "From", "Sender", "Reply-To")
    if found:
        return found[0]
    address = headers.plain_address(envelope_sender or "")
    return Address("", address) if address else None


def head_of(raw: bytes) -> Head:
    """Return what a list shows of a message, as far as it can be read."""
    try:
        message = _parsed(raw)
        sender = _sender(message, None)
        return Head(
            headers.message_id(message), sender.address if sender else "",
            headers.header(message, "Subject", 300),
        )  # fmt: skip
    except PARSER_FAULTS:
        return Head()


def fingerprint(raw: bytes) -> str:
    """Return by what a message is known, whichever way it comes.

    With a Message-ID that is its id, sender, date, subject and content: servers add lines of
    their own above those on each way. Without one it is every byte of it.
    """
    plain = ENVELOPE_LINE.sub(b"", raw, count=1).replace(b"\r\n", b"\n").rstrip(b"\n")
    try:
        message = message_from_bytes(plain.partition(b"\n\n")[0] + b"\n\n")
        own = headers.message_id(message)
        lines = [headers.raw(message, name) for name in ("From", "Date", "Subject")]
    except PARSER_FAULTS:
        own, lines = "", []
    if not own:
        return hashlib.sha256(plain).hexdigest()
    text = "\n".join([own, *(" ".join(line.split()) for line in lines)])
    content = plain.partition(b"\n\n")[2]
    return hashlib.sha256(text.encode("utf-8", "surrogateescape") + b"\n" + content).hexdigest()
