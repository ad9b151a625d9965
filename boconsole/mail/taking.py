"""Taking in a message: once, whichever way it comes, and never lost.

The bytes are kept in the file store in the same transaction as what became of them: a ticket, a
reply, a note, or a line in the list of what was set aside or not understood. The answer of a
mail server is given after that.
"""

from dataclasses import replace
from typing import NamedTuple

from boconsole import audit, filing
from boconsole.errors import BoconsoleError
from boconsole.filing import File
from boconsole.language import _
from boconsole.mail import headers, reading
from boconsole.mail.errors import LetterTooLargeError, ReaderMissingError
from boconsole.mail.headers import PARSER_FAULTS
from boconsole.mail.reading import Letter
from boconsole.mail.writing import Outcome, place
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.signing_in import SYSTEM
from db.mail import letters
from db.mail.letters import LetterRow, NewLetter

SOURCE_NAME = "message.eml"


class Envelope(NamedTuple):
    """How a message came.

    Attributes:
        door: `lmtp`, `smtp`, `stdin` or `imap`.
        sender: What the server said: empty for `<>`, None where it said nothing.
        recipients: What the server said.
    """

    door: str
    sender: str | None = None
    recipients: tuple[str, ...] = ()


class Taken(NamedTuple):
    """What became of a message; `known` when it had come before, `ticket_id` 0 for none."""

    letter_id: int
    outcome: str
    ticket_id: int
    reason: str
    known: bool = False


def of_mail(session: Session) -> Session:
    """Return the session of mail, with the clock and the zone of another.

    Mail acts as itself, not as whoever runs a command: a mail server's account is nobody's here.
    """
    return replace(session, user=SYSTEM, permissions=permissions_of(("agent",)), origin="mail")


def take_in(session: Session, raw: bytes, envelope: Envelope) -> Taken:
    """Keep a message and do what it asks for; returns when both are durable.

    Args:
        session: The mail's own.
        raw: The message as it came.
        envelope: How it came.

    Raises:
        LetterTooLargeError: It is larger than the limit; nothing was kept.
        ReaderMissingError, AttachmentNotKeptError, StorageError: Nothing was kept; the sender
            is to try again.
    """
    session.require("ticket.create")
    if len(raw) > filing.limit_in_bytes:
        raise LetterTooLargeError(filing.limit_in_bytes)
    mark = reading.fingerprint(raw)
    try:
        letter: Letter | None = reading.read(raw, envelope.sender)
        problem = ""
    except PARSER_FAULTS as fault:
        letter, problem = None, _("its form cannot be read: {fault}").format(fault=_words(fault))
    if letter is not None:
        try:
            return _take(session, raw, envelope, mark, letter, "")
        except (ReaderMissingError, filing.AttachmentNotKeptError):
            raise
        except BoconsoleError as refusal:
            problem = str(refusal)
    return _take(session, raw, envelope, mark, None, problem)


def keep(session: Session, raw: bytes, envelope: Envelope, problem: str) -> Taken:
    """Keep a message as not understood, for a person to look at; errors as of `take_in`."""
    return _take(session, raw, envelope, reading.fingerprint(raw), None, problem)


def _words(fault: Exception) -> str:
    return headers.one_line(f"{type(fault).__name__} {fault}", 200)


def _take(
    session: Session,
    raw: bytes,
    envelope: Envelope,
    mark: str,
    letter: Letter | None,
    problem: str,
) -> Taken:
    """Keep the source and place the message, both or nothing."""
    with audit.writing():
        if known := letters.find(mark):
            return Taken(known.id, known.outcome, known.ticket_id or 0, known.reason, known=True)
        kept = filing.put(File(SOURCE_NAME, raw))
        recipients = addressed(envelope, letter)
        if letter is None:
            outcome, head = Outcome("not_understood", problem), reading.head_of(raw)
        else:
            outcome = place(session, letter, recipients)
            head = reading.Head(
                letter.message_id, letter.sender.address if letter.sender else "", letter.subject
            )
        letter_id = letters.insert(
            NewLetter(
                head.message_id, mark, int(session.now().timestamp()), envelope.door, head.sender,
                head.subject, outcome.word, outcome.reason, outcome.ticket_id or None,
                outcome.entry_id or None, " ".join(recipients)[:2000], kept.size, kept.sha256,
            )
        )  # fmt: skip
        told = {"sender": (None, head.sender), "subject": (None, head.subject),
                "outcome": (None, outcome.word), "sha256": (None, kept.sha256)}  # fmt: skip
        audit.record(session, "mail.receive", "mail", [audit.Line(letter_id, told)])
    return Taken(letter_id, outcome.word, outcome.ticket_id, outcome.reason)


def addressed(envelope: Envelope, letter: Letter | None) -> tuple[str, ...]:
    """Return to whom a message went: what the server said, else what its headers say."""
    given = [headers.plain_address(one) for one in envelope.recipients]
    found = [*given, *(letter.recipients if letter else ())]
    return tuple(dict.fromkeys(one for one in found if one))


def take_again(session: Session, row: LetterRow) -> Taken:
    """Try a message once more that was not understood, set aside or dropped.

    Args:
        session: Who asks for it; the message itself is trusted no further for that.
        row: The message.

    Raises:
        BoconsoleError: It still cannot be taken in; nothing was changed.
    """
    raw = filing.content(SOURCE_NAME, row.sha256)
    try:
        letter = reading.read(raw, None)
    except PARSER_FAULTS as fault:
        raise BoconsoleError(
            _("The message still cannot be read: {fault}.").format(fault=_words(fault))
        ) from fault
    with audit.writing():
        recipients = tuple(row.recipients.split())
        outcome = place(of_mail(session), letter, recipients, by_hand=True)
        if outcome.word in ("aside", "not_understood"):
            raise BoconsoleError(
                _("The message still cannot be taken in: {reason}.").format(reason=outcome.reason)
            )
        ticket, entry = outcome.ticket_id or None, outcome.entry_id or None
        if not letters.update(row, outcome.word, outcome.reason, ticket, entry):
            raise BoconsoleError(_("Somebody else dealt with this message meanwhile."))
        told = {"outcome": (row.outcome, outcome.word)}
        audit.record(session, "mail.retry", "mail", [audit.Line(row.id, told, row.version + 1)])
    return Taken(row.id, outcome.word, outcome.ticket_id, outcome.reason)
