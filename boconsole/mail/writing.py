"""What becomes of a message: a ticket, an answer, a note, or nothing yet.

The writer is trusted for nothing beyond being who asks: no message acts as an agent.
"""

from typing import NamedTuple

from boconsole import mail_settings
from boconsole.filing import File
from boconsole.language import _
from boconsole.mail import belonging
from boconsole.mail.headers import Address
from boconsole.mail.nature import Report
from boconsole.mail.proof import NONE, Proof, proof_of
from boconsole.mail.reading import Letter
from boconsole.session import Session
from boconsole.text import TEXT_LIMIT, safe
from boconsole.tickets import attaching, creating, mailing, replying
from boconsole.tickets.requesters import contact_for
from boconsole.tickets.rows import NewTicket, Ref
from db.mail import outbox, places
from db.tickets import names, records, threads
from db.tickets.records import TicketRecord

LONGEST = TEXT_LIMIT - 1_000
SUBJECT_LENGTH = 200
COPIED = 30
"""How many people of one message are taken for parties to its ticket."""


class Outcome(NamedTuple):
    """What became of a message: one of the words of `MailLetter.outcome`, and why."""

    word: str
    reason: str = ""
    ticket_id: int = 0
    entry_id: int = 0


def place(
    session: Session, letter: Letter, recipients: tuple[str, ...], *, by_hand: bool = False
) -> Outcome:
    """Do what a message asks for, inside the caller's transaction.

    Args:
        session: The mail's own.
        letter: The message.
        recipients: To whom it went.
        by_hand: Whether a person asked for it, who knows better than the rules what is a loop.
    """
    if letter.nature.report is not None:
        return _report(session, letter, letter.nature.report)
    if letter.sender is None:
        if not by_hand:
            return Outcome("not_understood", _("it does not say who wrote it"))
        return _new(session, letter, None, recipients)
    if not by_hand and (reason := _why_ours(letter)):
        return Outcome("aside", reason)
    proof = proof_of(letter.results, mail_settings.in_force().auth_server)
    home = belonging.home_of(letter, trusted=not proof.failed)
    if letter.nature.machine == "replied" and home is None and not by_hand:
        return Outcome("aside", _("an automatic reply that belongs to no ticket"))
    if home is None:
        return _new(session, letter, letter.sender, recipients, proof)
    return _answer(session, letter, letter.sender, home, proof)


def _why_ours(letter: Letter) -> str:
    """Return why a message is one of our own that came back, or nothing."""
    assert letter.sender is not None
    if letter.message_id and outbox.find(letter.message_id):
        return _("our own message, which came back")
    if mail_settings.in_force().is_own(letter.sender.address):
        return _("written from an address of our own")
    return ""


def _new(
    session: Session,
    letter: Letter,
    sender: Address | None,
    recipients: tuple[str, ...],
    proof: Proof = NONE,
) -> Outcome:
    text, files = _content(letter)
    fields: dict[str, object] = {} if sender is None else {"requester": _named(sender)}
    if queue := places.queue_of(recipients):
        fields["queue"] = queue
    new = NewTicket(_subject(letter), text, fields, "mail", files)
    (made,) = creating.begin(session, new, complete=False).tickets
    entry = threads.select_messages(made.id)[0].id
    if sender is not None and proof.failed:
        ticket = records.select_records([made.id])[made.id]
        _note(session, ticket, _unproved(proof).format(sender=_shown(sender)), ())
    elif sender is not None:
        _copy_in(letter, sender, made.id)
        if mail_settings.in_force().first_answer and letter.nature.answerable:
            ticket = records.select_records([made.id])[made.id]
            mailing.send_first_answer(session, ticket, sender.address, letter.message_id)
    return Outcome("ticket", "", made.id, entry)


def _unproved(proof: Proof) -> str:
    said = _("Our mail server doubts that this mail is from {sender} ({results}).")
    return said.replace("{results}", proof.said)


def _shown(sender: Address) -> str:
    return f"{sender.name} <{sender.address}>" if sender.name else sender.address


def _answer(
    session: Session, letter: Letter, sender: Address, home: belonging.Home, proof: Proof
) -> Outcome:
    """Add a message to its ticket: as an answer, or as a note where its writer has no say."""
    ticket = home.ticket
    text, files = _content(letter)
    if letter.nature.machine:
        head = _("Automatic mail of {sender}; the ticket stays as it is.")
    elif proof.failed:
        head = _unproved(proof)
    elif not home.is_party:
        head = _(
            "Mail of {sender}, who is neither the requester nor in the same organisation, and "
            "was not copied in; the requester has not seen it."
        )
    else:
        writer = _contact(session, sender)
        _copy_in(letter, sender, ticket.id)
        other = None if writer == ticket.requester_id else writer
        done = replying.receive(session, Ref(ticket.id), text, files=files, writer=other)
        return Outcome("reply", "", ticket.id, attaching.written_by(done.operation))
    return _note(session, ticket, f"{head.format(sender=_shown(sender))}\n\n{text}", files,
                 _contact(session, sender))  # fmt: skip


def _note(
    session: Session, ticket: TicketRecord, text: str, files: tuple[File, ...],
    writer: int | None = None,
) -> Outcome:  # fmt: skip
    done = replying.receive(
        session, Ref(ticket.id), text, files=files, writer=writer, internal=True
    )
    return Outcome("note", "", ticket.id, attaching.written_by(done.operation))


def _report(session: Session, letter: Letter, report: Report) -> Outcome:
    """Hang a delivery report on the ticket of the message that it is about, if it has one."""
    about = tuple(dict.fromkeys((*report.about, *letter.ours)))
    ours = [row for row in map(outbox.find, about) if row is not None]
    ticket = belonging.ticket_of(about)
    if ticket is None and not any(row.ticket_id is None for row in ours):
        return Outcome("aside", _("a delivery report about no message of ours"))
    lines = [
        f"{failure.recipient}: {failure.action} {failure.status} {failure.words}".rstrip()
        for failure in report.failures
    ]
    final = report.is_final or not report.failures
    head = _("A reply could not be delivered.") if final else _("A reply is not delivered yet.")
    if ticket is None:
        head = _("It could not be delivered.") if final else _("It is not delivered yet.")
    outcome = Outcome("report", lines[0][:500] if lines else head)
    if ticket is not None:
        text, files = _content(letter)
        outcome = _note(session, ticket, "\n".join([head, *lines, "", text])[:LONGEST], files)
    for row in ours if final else ():
        if row.state in ("sent", "uncertain"):
            reason = lines[0] if lines else head
            at = int(row.next_at.timestamp())
            outbox.update(row, "failed", reason[:500], at, row.attempts)
            mailing.tell_author(session, row, head)
    return outcome


def _content(letter: Letter) -> tuple[str, tuple[File, ...]]:
    """Return text and files of a message; a text that is too long becomes a file as well."""
    text = letter.text.strip("\n")
    if not text.strip():
        return _("(no text)"), letter.files
    if len(text) <= LONGEST:
        return text, letter.files
    note = _("(the whole text is in the file message.txt)")
    whole = File("message.txt", text.encode("utf-8", "replace"))
    return f"{text[: LONGEST // 2]}\n\n{note}", (whole, *letter.files)


def _subject(letter: Letter) -> str:
    return safe(letter.subject)[:SUBJECT_LENGTH].strip() or _("(no subject)")


def _named(sender: Address) -> str:
    """Return a sender as the fields of tickets take it."""
    name = sender.name.replace("\\", "").replace('"', "")
    return f'"{name}" <{sender.address}>' if name.strip() else sender.address


def _contact(session: Session, sender: Address) -> int:
    return contact_for(session, _named(sender))[0]


def _copy_in(letter: Letter, sender: Address, ticket_id: int) -> None:
    """Note whom a party to the ticket copied in; they may answer too."""
    own = mail_settings.in_force()
    others = [
        address
        for address in letter.copied
        if address != sender.address and not own.is_own(address) and not names.user_id(address)
    ]
    places.add_participants(ticket_id, others[:COPIED])
