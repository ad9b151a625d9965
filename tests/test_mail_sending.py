"""The outbox: what goes out, once, and what happens when the other side does not play along."""

import email.policy
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from socket import socket
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from boconsole.errors import UndoError
from boconsole.mail import handing, keeping, sending
from boconsole.mail.errors import OutboxError, ServerError
from boconsole.mail.sending import Sent
from boconsole.mail.taking import of_mail
from boconsole.session import Session
from boconsole.tickets import creating, mailing, notifying, reading, replying, triggering, undoing
from boconsole.tickets.rows import File, NewTicket, TicketRow
from db import connection
from tests.letters import letter, mail_set, server_at, take
from tests.people import StandingClock, add_agent


class Inbox:
    """The other side: takes mail, and refuses as the address of the recipient says."""

    def __init__(self) -> None:
        self.came: list[tuple[str, str, EmailMessage]] = []

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address.startswith("nobody"):
            return "550 5.1.1 No such user"
        if address.startswith("full"):
            return "452 4.2.2 Mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        to = envelope.rcpt_tos[0]
        message = message_from_bytes(envelope.content, policy=email.policy.default)
        self.came.append((envelope.mail_from, to, message))  # type: ignore[arg-type]
        if to.startswith("cut"):
            server.transport.abort()
        return "554 5.7.1 Spam" if to.startswith("spam") else "250 queued as 7"


@pytest.fixture(scope="module")
def post() -> Iterator[Controller]:
    """A mail server that takes what we send."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(Inbox(), hostname="127.0.0.1", port=port)
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def inbox(post: Controller) -> Iterator[list[tuple[str, str, EmailMessage]]]:
    """What came, with the settings that make it come here."""
    post.handler.came.clear()
    with mail_set(smtp=server_at(post.port)):
        yield post.handler.came


def replied(session: Session, requester: str, text: str = "We come.") -> TicketRow:
    """Return a ticket with a reply on its way."""
    ticket = creating.create(session, NewTicket("Printer", "Burns.", {"requester": requester}))
    replying.reply(session, ticket, text, files=[File("plan.txt", b"\0one")])
    return ticket


def send(session: Session) -> Sent:
    return sending.send_due(of_mail(session))


def states(session: Session) -> list[tuple[str, str]]:
    return [(row.state, row.reason) for row in keeping.list_outbox(session, every=True)]


def test_reply_goes_out_in_the_thread_of_the_requester(session: Session, inbox: Any) -> None:
    first = take(session, letter())
    agent = add_agent(session, "eve")
    ticket = reading.get(session, first.ticket_id)
    replying.reply(agent, ticket, "Größe?\n.\nWe come.", files=[File("plan.bin", b"\0\r\n.\r\n")])
    assert inbox == []

    sent = send(session)

    ((sender, to, message),) = inbox
    file = next(message.iter_attachments())
    assert (sent, send(session).sent) == (Sent(sent=1), 0)
    assert (sender, to) == ("help@desk.example", "ann@acme.example")
    assert message["From"] == "Help desk <help@desk.example>"
    assert message["Subject"] == "[TKT-1] Printer"
    assert message["In-Reply-To"] == "<one@acme.example>"
    assert message["References"] == "<ticket.1@desk.example> <one@acme.example>"
    assert message["Auto-Submitted"] is None
    assert message.get_body().get_content().splitlines() == ["Größe?", ".", "We come."]
    assert (file.get_filename(), file.get_content()) == ("plan.bin", b"\0\r\n.\r\n")
    assert states(session) == [("sent", "queued as 7")]
    answer = letter("Good.", message_id="<2@a>", in_reply_to=str(message["Message-ID"]))
    assert take(session, answer).ticket_id == ticket.id


def test_notes_and_replies_to_nobody_are_not_mailed(session: Session, inbox: Any) -> None:
    asked = creating.create(session, NewTicket("A", "", {"requester": "ann@acme.example"}))
    replying.reply(session, asked, "Between us.", internal=True)
    for fields in ({}, {"requester": "help@desk.example"}):
        replying.reply(session, creating.create(session, NewTicket("B", "", fields)), "Hello?")

    assert keeping.list_outbox(session, every=True) == []


@pytest.mark.parametrize(
    ("address", "state", "reason"),
    [
        ("nobody@x.example", "failed", "550 5.1.1 No such user"),
        ("spam@x.example", "failed", "554 5.7.1 Spam"),
        ("full@x.example", "queued", "452 4.2.2 Mailbox full"),
    ],
)
def test_refusal_is_final_or_tried_again_as_the_server_says(
    session: Session, inbox: Any, address: str, state: str, reason: str
) -> None:
    agent = add_agent(session, "eve")
    ticket = replied(agent, address)

    send(session)

    notes = [one.text for one in reading.timeline(session, ticket.id) if one.kind == "note"]
    told = [line.text for line in notifying.unread(agent)]
    assert states(session) == [(state, reason)]
    assert any(reason in note for note in notes) == (state == "failed")
    assert any("could not be mailed" in text for text in told) == (state == "failed")


def test_tries_grow_apart_and_end(local_session: Session, inbox: Any, clock: StandingClock) -> None:
    replied(local_session, "full@x.example")
    began, tried = clock.now, []

    for _day in range(200):
        if send(local_session).later:
            tried.append(int((clock.now - began).total_seconds()) // 60)
        clock.advance(hours=1)

    assert states(local_session) == [("failed", "452 4.2.2 Mailbox full")]
    assert tried[:6] == [0, 60, 120, 180, 240, 420]
    assert tried[-1] >= 3 * 24 * 60


def test_line_that_is_cut_after_the_message_leaves_its_fate_to_a_person(
    session: Session, inbox: Any, clock: StandingClock
) -> None:
    agent = add_agent(session, "eve")
    replied(agent, "cut@x.example")

    sent = send(session)
    clock.advance(days=1)
    again = send(session)

    row = keeping.list_outbox(session)[0]
    assert (sent.uncertain, again, len(inbox)) == (1, Sent(), 1)
    assert "nobody knows" in notifying.unread(agent)[0].text
    keeping.retry_mail(agent, row.id)
    send(session)
    assert [str(message["Message-ID"]) for _, _, message in inbox] == [f"<{row.message_id}>"] * 2
    keeping.drop_mail(agent, row.id)
    with pytest.raises(OutboxError, match="given up"):
        keeping.drop_mail(agent, row.id)


def test_sender_that_dies_after_sending_sends_nothing_twice(
    session: Session, inbox: Any, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    replied(session, "ann@x.example")

    def killed(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_settle", killed)
        with pytest.raises(KeyboardInterrupt):
            send(session)
    soon = send(session)
    clock.advance(minutes=16)
    later = send(session)

    assert (soon, later) == (Sent(), Sent(uncertain=1))
    assert [state for state, _reason in states(session)] == ["uncertain"]
    assert len(inbox) == 1


def test_two_senders_at_once_send_each_message_once(session: Session, inbox: Any) -> None:
    for number in range(12):
        replied(session, f"p{number}@x.example")

    def work() -> None:
        send(session)
        connection.release()

    threads = [Thread(target=work) for _sender in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(to for _, to, _message in inbox) == sorted(f"p{n}@x.example" for n in range(12))
    assert [state for state, _reason in states(session)] == ["sent"] * 12


def test_server_that_is_away_costs_no_message(session: Session, clock: StandingClock) -> None:
    with mail_set(smtp=server_at(9)):
        replied(session, "a@x.example")
        replied(session, "b@x.example")

        with pytest.raises(ServerError, match=r"127\.0\.0\.1:9"):
            send(session)

        assert [row.state for row in keeping.list_outbox(session)] == ["queued", "queued"]


def test_undo_takes_a_reply_out_of_the_outbox_until_it_is_sent(
    session: Session, inbox: Any, clock: StandingClock
) -> None:
    with mail_set(smtp=server_at(9), hold=30):
        replied(session, "ann@x.example")
        assert send(session) == Sent(waiting=1)
        undoing.undo_last(session)
        clock.advance(minutes=1)
        assert send(session) == Sent()
    replied(session, "bob@x.example")
    send(session)

    with pytest.raises(UndoError, match="mailed already"):
        undoing.undo_last(session)

    assert [to for _, to, _message in inbox] == ["bob@x.example"]


def test_what_nobody_typed_says_so_and_comes_from_nobody(session: Session, inbox: Any) -> None:
    triggering.save(session, "Thanks", "create", "", {"reply": "It is here."})

    for number in range(mailing.AUTOMATIC_LIMIT + 2):
        take(session, letter(message_id=f"<{number}@a>"))
    send(session)

    assert len(inbox) == mailing.AUTOMATIC_LIMIT
    sender, _to, message = inbox[0]
    assert sender in ("", "<>")
    assert message["Auto-Submitted"] == "auto-replied"


def test_before_the_end_of_the_message_nothing_is_uncertain(
    local_session: Session, inbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    replied(local_session, "ann@x.example")

    def broken(*_given: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(handing.smtplib.SMTP, "docmd", broken)

    assert send(local_session) == Sent(later=1, waiting=1)
    assert states(local_session) == [("queued", "no answer in time")]
