"""What an open console does beside showing: it follows, and does what falls due."""

from boconsole.doors.commands.console import _Thread
from boconsole.session import Session
from boconsole.tickets import changing, creating, reading
from boconsole.tickets.rows import NewTicket
from tests.people import StandingClock


def test_an_open_console_wakes_pending_tickets(
    local_session: Session, clock: StandingClock
) -> None:
    ticket = creating.create(local_session, NewTicket("Call back after lunch"))
    changing.set_state(local_session, [ticket], "pending", until="+2h")
    thread = _Thread(local_session, 2**20)
    clock.advance(hours=3)

    thread.poll()

    assert reading.get(local_session, ticket.id).state == "open"
