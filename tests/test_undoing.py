"""What is left after an operation was taken back, on both engines."""

from datetime import timedelta

import pytest

from boconsole.errors import UndoError
from boconsole.session import Session
from boconsole.tickets import changing, merging, reading, replying, triggering, undoing
from boconsole.tickets.rows import Ref, TicketRow
from db import connection
from db.tickets import records
from db.tickets.records import TicketRecord
from tests.desks import make
from tests.people import MONDAY, StandingClock
from tests.test_writers import in_thread


def record(ticket: TicketRow) -> TicketRecord:
    return records.select_records([ticket.id])[ticket.id]


def states(ticket: TicketRow) -> list[str]:
    return [state for state, _since in records.select_states([ticket.id])[ticket.id]]


def texts(session: Session, ticket: TicketRow) -> list[str]:
    return [entry.text for entry in reading.timeline(session, ticket.id) if entry.text]


def test_undo_takes_back_the_states_that_triggers_added(session: Session) -> None:
    triggering.save(session, "Park", "update", "state:open", {"state": "on_hold"})
    ticket = make(session)

    changing.set_state(session, [ticket], "open")
    passed = states(ticket)
    undoing.undo_last(session)

    assert passed == ["new", "open", "on_hold"]
    assert states(ticket) == ["new"]
    assert record(ticket).state == "new"


def test_undo_takes_back_the_notes_that_triggers_added(session: Session) -> None:
    triggering.save(session, "Remind", "update", "state:open", {"note": "Look at the manual."})
    ticket = make(session)

    changing.set_state(session, [ticket], "open", note="I look.")
    written = texts(session, ticket)
    undoing.undo_last(session)

    assert written == ["It smells of smoke.", "I look.", "Look at the manual."]
    assert texts(session, ticket) == ["It smells of smoke."]


def test_undo_of_a_merge_leaves_the_other_ticket_as_it_was(
    session: Session, clock: StandingClock
) -> None:
    source, into = make(session, "Same fire"), make(session)
    clock.advance(hours=1)
    replying.reply(session, into, "We come.")
    before = record(into)

    merging.merge(session, Ref(source.id), Ref(into.id))
    waited = record(into).waiting_since
    undoing.undo_last(session)

    assert waited == MONDAY
    assert record(into) == before._replace(version=before.version + 2)


def test_a_question_that_came_after_the_merge_stays_when_they_part(
    session: Session, clock: StandingClock
) -> None:
    source, into = make(session, "Same fire"), make(session)
    replying.reply(session, into, "We come.")
    merging.merge(session, Ref(source.id), Ref(into.id))
    replying.reply(session, into, "We are there.")
    clock.advance(hours=1)
    replying.receive(session, into, "Where?")

    merging.unmerge(session, Ref(source.id))

    assert record(into).waiting_since == MONDAY + timedelta(hours=1)


def test_undo_after_tickets_parted_takes_its_own_minutes_only(session: Session) -> None:
    source, into = make(session, "Same fire"), make(session)
    replying.reply(session, source, "On the way.", minutes=20)
    merging.merge(session, Ref(source.id), Ref(into.id))
    done = replying.reply(session, into, "There.", minutes=5)
    merging.unmerge(session, Ref(source.id))

    undoing.undo(session, done.operation)

    assert (record(source).minutes_spent, record(into).minutes_spent) == (20, 0)


def test_of_two_that_undo_the_same_at_once_the_second_is_refused(session: Session) -> None:
    ticket = make(session)
    replying.reply(session, ticket, "First.", minutes=3)
    done = replying.reply(session, ticket, "Second.", minutes=5)

    with connection.transaction():
        undoing.undo(session, done.operation)
        thread, answers = in_thread(lambda: undoing.undo(session, done.operation))
        thread.join(0.3)
    thread.join()

    assert isinstance(answers[0], UndoError), answers
    assert record(ticket).minutes_spent == 3


def test_what_was_undone_cannot_be_undone_again(session: Session) -> None:
    ticket = make(session)
    done = replying.reply(session, ticket, "Gone.")
    undoing.undo(session, done.operation)

    with pytest.raises(UndoError, match="already"):
        undoing.undo(session, done.operation)
