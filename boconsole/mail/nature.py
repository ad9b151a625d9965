"""Who or what wrote a message: a person, a machine, a list, or a server that gives it back.

Pure. Sources: RFC 3834 (automatic replies), RFC 3464 and 3462 (delivery reports), RFC 2919
(List-Id), RFC 8098 (read receipts).
"""

import re
from email.message import Message
from email.parser import HeaderParser
from typing import NamedTuple

from boconsole.mail import headers
from boconsole.mail.bodies import payload
from boconsole.mail.headers import PARSER_FAULTS

AUTO_REPLY_HEADERS = (
    "X-Autoreply", "X-Autorespond", "X-Autoresponse", "X-AutoReply-From", "X-Mail-Autoreply",
    "Auto-Replied",
)  # fmt: skip
LIST_HEADERS = ("List-Id", "List-Post", "List-Unsubscribe")
RETURNING = frozenset(("mailer-daemon", "postmaster", "mail-daemon"))
SILENT = re.compile(r"(?:no-?reply|do-?not-?reply|bounces?|mailer-daemon|postmaster)(?:[+-].*)?")
"""Local parts that nobody reads."""
ENDING = re.compile(r"^[245]\.\d{1,3}\.\d{1,3}")


class Failure(NamedTuple):
    """What a server says of one recipient: `failed`, `delayed`, `delivered` and so on."""

    recipient: str
    action: str
    status: str
    words: str


class Report(NamedTuple):
    """A delivery report: the message it is about, and what became of it."""

    about: tuple[str, ...]
    failures: tuple[Failure, ...]

    @property
    def is_final(self) -> bool:
        """Whether a recipient will never get the message."""
        return any(failure.action == "failed" for failure in self.failures)


class Nature(NamedTuple):
    """How a message came to be.

    Attributes:
        machine: `replied` for an automatic reply, `generated` for anything else that no person
            wrote, empty for a person's.
        bulk: Whether it went to a list or to many.
        report: Of a server that could not deliver, None for others.
        answerable: Whether anything may be sent to it by itself.
    """

    machine: str
    bulk: bool
    report: Report | None
    answerable: bool


def nature_of(message: Message, envelope_sender: str | None) -> Nature:
    """Return who or what wrote a message.

    Args:
        message: Whole.
        envelope_sender: What the server said: empty for `<>`, None where it is not known.
    """
    report = _report(message, envelope_sender)
    machine = _machine(message)
    bulk = headers.has(message, *LIST_HEADERS) or _precedence(message) in ("bulk", "list", "junk")
    found = headers.addresses(message, "From")
    local = found[0].address.partition("@")[0] if found else ""
    suppressed = headers.has(message, "X-Auto-Response-Suppress")
    answerable = not (
        report or machine or bulk or suppressed or envelope_sender == "" or SILENT.fullmatch(local)
    )
    return Nature(machine, bulk, report, answerable)


def _precedence(message: Message) -> str:
    return headers.header(message, "Precedence").lower()


def _machine(message: Message) -> str:
    submitted = headers.header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if (
        submitted == "auto-replied"
        or _precedence(message) == "auto_reply"
        or headers.has(message, *AUTO_REPLY_HEADERS)
        or _report_type(message) == "disposition-notification"
    ):
        return "replied"
    return "generated" if submitted not in ("", "no") else ""


def _report_type(message: Message) -> str:
    if message.get_content_type() != "multipart/report":
        return ""
    try:
        return str(message.get_param("report-type", "")).lower()
    except PARSER_FAULTS:
        return ""


def _report(message: Message, envelope_sender: str | None) -> Report | None:
    """Return what a delivery report tells; None for any other message."""
    found = headers.addresses(message, "From")
    local = found[0].address.partition("@")[0] if found else ""
    returned = envelope_sender == "" or headers.raw(message, "Return-Path").strip() == "<>"
    if _report_type(message) != "delivery-status" and not (returned and local in RETURNING):
        return None
    about: list[str] = []
    failures: list[Failure] = []
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            failures += _failures(part)
        elif kind in ("message/rfc822", "message/global") and part.is_multipart():
            about += [headers.message_id(part.get_payload(0))]  # type: ignore[arg-type]  # a message
        elif kind in ("text/rfc822-headers", "message/global-headers"):
            text = payload(part).decode("utf-8", "surrogateescape")
            about += [headers.message_id(HeaderParser().parsestr(text))]
    return Report(tuple(word for word in about if word), tuple(failures))


def _failures(part: Message) -> list[Failure]:
    """Return the recipients of a delivery status, whose first group is about the server."""
    groups = part.get_payload()
    if not isinstance(groups, list):
        return []
    return [
        Failure(
            headers.header(group, "Final-Recipient", 300).rpartition(";")[2].strip(),
            headers.header(group, "Action", 20).lower(),
            headers.header(group, "Status", 20),
            headers.header(group, "Diagnostic-Code", 500).partition(";")[2].strip(),
        )
        for group in groups
        if isinstance(group, Message) and headers.has(group, "Final-Recipient", "Action")
    ]
