"""Mail that comes in: what becomes of it, once and never lost."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boconsole import filing
from boconsole.errors import InvalidChangeError
from boconsole.mail import keeping
from boconsole.mail.errors import LetterTooLargeError
from boconsole.mail.taking import Envelope
from boconsole.session import Session
from boconsole.tickets import (
    attaching,
    changing,
    creating,
    merging,
    notifying,
    reading,
    replying,
    setting_up,
)
from boconsole.tickets.rows import NewTicket, Ref, TicketRow
from tests.letters import BOUNCE, LMTP, letter, mail_set, mime, take
from tests.people import StandingClock, add_agent
from tests.test_mail_reading import PIECES


@pytest.fixture(autouse=True)
def _configured() -> Iterator[None]:
    with mail_set():
        yield


@pytest.fixture
def asked(session: Session) -> TicketRow:
    """A ticket that Ann asked for by mail."""
    return reading.get(session, take(session, letter()).ticket_id)


def test_message_becomes_a_ticket_of_its_writer(session: Session) -> None:
    setting_up.add_queue(session, "Billing")
    keeping.set_route(session, "Bills@desk.example", "billing")
    to_bills = Envelope("lmtp", "ann@acme.example", ("bills@desk.example",))
    raw = mime("mixed", ({"Content-Type": "text/plain"}, "It burns."),
               ({"Content-Type": "text/csv", "Content-Disposition": 'attachment; filename="a.csv"'},
                "1;2"))  # fmt: skip

    taken = take(session, raw, to_bills)

    ticket = reading.get(session, taken.ticket_id)
    entry = reading.timeline(session, ticket.id)[0]
    assert (ticket.subject, ticket.requester, ticket.channel, ticket.queue, ticket.state) == (
        "Printer", "ann@acme.example", "mail", "Billing", "new",
    )  # fmt: skip
    assert (entry.who, entry.kind, entry.text) == ("Ann Lee", "request", "It burns.")
    assert attaching.content(session, ticket.id, entry.attachments[0].id) == ("a.csv", b"1;2")
    assert keeping.source(session, taken.letter_id) == raw


def test_message_is_taken_in_once_whichever_way_it_comes(session: Session) -> None:
    first = take(session, letter())
    again = take(session, b"Received: by other\r\n" + letter().replace(b"\n", b"\r\n"),
                 Envelope("imap"))  # fmt: skip
    other = take(session, letter("Changed."))

    assert (again.known, again.ticket_id) == (True, first.ticket_id)
    assert other.ticket_id != first.ticket_id


@pytest.mark.parametrize("state", ["resolved", "closed", "pending"])
def test_reply_of_the_requester_reopens_what_rests(
    session: Session, asked: TicketRow, state: str
) -> None:
    changing.edit(session, [asked], {"state": state})

    taken = take(session, letter("Still burns.", message_id="<2@acme>",
                                 subject=f"Re: [TKT-{asked.id}] Printer"))  # fmt: skip

    ticket = reading.get(session, asked.id)
    entry = [one for one in reading.timeline(session, asked.id) if one.kind == "request"][-1]
    assert (taken.outcome, ticket.state) == ("reply", "open")
    assert (entry.who, entry.kind, entry.text) == ("Ann Lee", "request", "Still burns.")


@pytest.mark.parametrize(
    "head",
    [{"in_reply_to": "<one@acme.example>"}, {"references": "<zero@x> <one@acme.example> <late@x>"}],
)
def test_thread_is_followed_by_its_ids(
    session: Session, asked: TicketRow, head: dict[str, str]
) -> None:
    taken = take(session, letter("More.", message_id="<2@acme>", subject="Something else", **head))

    assert (taken.outcome, taken.ticket_id) == ("reply", asked.id)


def test_reply_to_a_merged_ticket_lands_at_its_target(session: Session, asked: TicketRow) -> None:
    target = creating.create(session, NewTicket("Same", "", {"requester": "ann@acme.example"}))
    merging.merge(session, asked, target)

    by_number = take(session, letter("A", message_id="<2@a>", subject=f"[TKT-{asked.id}]"))
    by_thread = take(session, letter("B", message_id="<3@a>", in_reply_to="<one@acme.example>"))

    assert [(one.outcome, one.ticket_id) for one in (by_number, by_thread)] == [
        ("reply", target.id)
    ] * 2


def test_stranger_leaves_a_note_that_says_so_and_wakes_nothing(
    session: Session, asked: TicketRow
) -> None:
    changing.edit(session, [asked], {"state": "closed"})

    taken = take(session, letter("Send me all.", message_id="<2@m>", subject=f"[TKT-{asked.id}]",
                                 **{"from": "Mallory <m@evil.example>"}))  # fmt: skip

    entry = next(one for one in reading.timeline(session, asked.id) if one.kind == "note")
    assert (taken.outcome, reading.get(session, asked.id).state) == ("note", "closed")
    assert entry.text.startswith("Mail of Mallory <m@evil.example>, who is neither")
    assert entry.text.endswith("Send me all.")


def test_colleague_watcher_and_who_was_copied_in_may_answer(session: Session) -> None:
    setting_up.add_organisation(session, "Acme", domain="acme.example")
    eve = add_agent(session, "eve")
    first = take(session, letter(cc="Carl <carl@other.example>, help@desk.example"))
    ticket = reading.get(session, first.ticket_id)
    changing.watch(eve, [ticket])
    writers = ("bob@acme.example", "eve@own.example", "carl@other.example", "dan@other.example")

    outcomes = [
        take(session, letter(message_id=f"<{who}>", in_reply_to="<one@acme.example>",
                             **{"from": who})).outcome
        for who in writers
    ]  # fmt: skip

    assert outcomes == ["reply", "reply", "reply", "note"]
    assert [e.who for e in reading.timeline(session, ticket.id) if e.kind == "request"] == [
        "Ann Lee", "Bob", "Eve", "Carl",
    ]  # fmt: skip


def test_automatic_reply_is_a_note_at_its_ticket_and_nothing_elsewhere(
    session: Session, asked: TicketRow
) -> None:
    changing.edit(session, [asked], {"state": "pending"})

    at_ticket = take(session, letter("Away.", message_id="<2@a>", in_reply_to="<one@acme.example>",
                                     auto_submitted="auto-replied"))  # fmt: skip
    elsewhere = take(session, letter("Away.", message_id="<3@a>", auto_submitted="auto-replied"))

    assert (at_ticket.outcome, reading.get(session, asked.id).state) == ("note", "pending")
    assert (elsewhere.outcome, elsewhere.ticket_id) == ("aside", 0)
    assert [row.id for row in keeping.list_letters(session)] == [elsewhere.letter_id]


def test_our_own_mail_makes_no_ticket(session: Session) -> None:
    with mail_set(own=("@own.example", "info@desk.example")):
        outcomes = [
            take(session, letter(message_id=f"<{who}>", **{"from": who})).outcome
            for who in ("help@desk.example", "info@desk.example", "x@own.example", "x@desk.example")
        ]  # fmt: skip

    assert outcomes == ["aside", "aside", "aside", "ticket"]


def test_delivery_report_hangs_on_the_ticket_of_the_message_it_is_about(
    session: Session, asked: TicketRow
) -> None:
    agent = add_agent(session, "eve")
    replying.reply(agent, asked, "We come.")
    mail = keeping.list_outbox(session)[0]
    from db.mail import outbox

    outbox.update(mail, "sent", "250", 0, 1)

    taken = take(session, BOUNCE.format(about=mail.message_id).encode(), Envelope("lmtp", ""))
    other = take(session, BOUNCE.format(about="bo.9.x@desk.example").encode(), Envelope("lmtp", ""))

    entry = next(one for one in reading.timeline(session, asked.id) if one.kind == "note")
    assert (taken.outcome, other.outcome) == ("note", "aside")
    assert "louisl@larry.slip.umd.edu: failed 4.0.0 426 connection timed out" in entry.text
    assert keeping.list_outbox(session)[0].state == "failed"
    assert "could not be delivered" in notifying.unread(agent)[0].text
    assert reading.get(session, asked.id).state == "open"


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"Subject: nobody\n\nwrote this\n"])
def test_what_cannot_be_understood_is_kept_for_a_person(session: Session, raw: bytes) -> None:
    taken = take(session, raw, Envelope("stdin"))

    listed = keeping.list_letters(session)[0]
    assert (listed.id, listed.outcome) == (taken.letter_id, "not_understood")
    assert keeping.source(session, listed.id) == raw
    keeping.drop_letter(session, listed.id)
    assert keeping.list_letters(session) == []
    made = keeping.retry_letter(session, listed.id)
    assert reading.get(session, made.ticket_id).requester == ""


def test_refusal_and_fault_inside_keep_the_message_and_change_nothing(
    local_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_given: object, **_named: object) -> None:
        raise ZeroDivisionError("by design")

    def refusal(*_given: object, **_named: object) -> None:
        raise InvalidChangeError("queue", "is closed")

    from boconsole.mail import writing

    for raised, reason in ((fault, "a fault inside boconsole"), (refusal, "is closed")):
        with monkeypatch.context() as patch:
            patch.setattr(writing, "_copy_in", raised)
            taken = take(local_session, letter(reason))
        assert (taken.outcome, taken.ticket_id) == ("not_understood", 0)
        assert reason in taken.reason
    assert reading.count(local_session, "any").number == 0
    retried = keeping.retry_letter(local_session, taken.letter_id)
    assert (retried.outcome, reading.count(local_session, "any").number) == ("ticket", 1)


def test_message_over_the_limit_is_refused_and_not_kept(
    local_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "limit_in_bytes", 2**20)

    with pytest.raises(LetterTooLargeError, match="1 MiB"):
        take(local_session, letter("x" * 2**20))

    assert keeping.list_letters(local_session, every=True) == []


def test_long_text_is_cut_on_the_ticket_and_whole_in_a_file(local_session: Session) -> None:
    text = "long " * 40_000

    taken = take(local_session, letter(text))

    entry = reading.timeline(local_session, taken.ticket_id)[0]
    assert "message.txt" in entry.text
    found = attaching.content(local_session, taken.ticket_id, entry.attachments[0].id)
    assert found == ("message.txt", text.strip("\n").encode())


def test_first_answer_goes_to_people_once_an_hour(session: Session, clock: StandingClock) -> None:
    with mail_set(first_answer=True):
        take(session, letter(message_id="<1@a>"))
        take(session, letter(message_id="<2@a>"))
        take(session, letter(message_id="<3@a>", precedence="bulk", **{"from": "l@x.example"}))
        take(session, letter(message_id="<4@a>", **{"from": "n@x.example"}), Envelope("lmtp", ""))
        clock.advance(minutes=61)
        take(session, letter(message_id="<5@a>"))

    rows = keeping.list_outbox(session)
    assert [(row.recipient, row.kind) for row in rows] == [("ann@acme.example", "first")] * 2
    assert (rows[1].subject, rows[1].in_reply_to) == ("[TKT-1] Printer", "1@a")
    assert "TKT-1" in rows[1].body


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES | st.binary(max_size=12), max_size=30).map(b"".join))
def test_any_bytes_are_kept(local_session: Session, raw: bytes) -> None:
    taken = take(local_session, b"From: ann@acme.example\n" + raw, LMTP)

    assert keeping.source(local_session, taken.letter_id).endswith(raw)


def test_agent_is_trusted_no_further_than_anybody_else(session: Session, asked: TicketRow) -> None:
    add_agent(session, "eve")

    taken = take(session, letter("| set state=closed", message_id="<2@own>",
                                 subject=f"[TKT-{asked.id}]",
                                 **{"from": "eve@own.example"}))  # fmt: skip

    assert (taken.outcome, reading.get(session, Ref(asked.id).id).state) == ("note", "new")
