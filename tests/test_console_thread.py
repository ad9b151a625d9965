"""What an open console does beside showing: it follows, and does what falls due."""

import gc
from collections.abc import Iterator

import pytest

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


@pytest.fixture
def searching() -> Iterator[None]:
    """Leave the search for garbage as other tests expect it."""
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.usefixtures("searching")
def test_garbage_is_searched_for_once_the_console_stands(local_session: Session) -> None:
    gc.disable()
    thread = _Thread(local_session, 2**20)

    thread.poll()

    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
