"""Fifty at once on PostgreSQL, ten on SQLite: nothing is lost, nobody sees a collision."""

import subprocess
import sys
from pathlib import Path

import pytest

from boconsole.ledger import checking
from boconsole.session import Session
from boconsole.tickets import creating, reading
from boconsole.tickets.rows import NewTicket
from boconsole.tickets.setting_up import add_queue
from db import connection
from tests import wholeness
from tests.books import open_books
from tests.people import StandingClock, open_session


@pytest.mark.parametrize(
    ("engine", "writers", "rounds"), [("postgres_url", 50, 1), ("sqlite_url", 10, 3)]
)
def test_a_crowd_on_one_queue_and_one_series_loses_nothing(
    engine: str, writers: int, rounds: int, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue(engine)
    session = shared_office(url)

    crowd = subprocess.run(
        [sys.executable, "-m", "tests.crowd", url, str(writers), str(rounds), "1"],
        capture_output=True, text=True, timeout=120, check=False, cwd=Path(__file__).parent.parent,
    )  # fmt: skip

    assert (crowd.returncode, crowd.stderr) == (0, "")
    written = writers * rounds
    ticket = reading.get(session, 1)
    assert (ticket.minutes_spent, ticket.version) == (written, 1 + 2 * written)
    subjects = connection.fetch("SELECT subject FROM ticket WHERE id > 1 ORDER BY subject")
    assert subjects == [(name,) for name in sorted(f"{who}/{number}" for who in range(writers)
                                                   for number in range(rounds))]  # fmt: skip
    numbers = connection.fetch("SELECT number FROM journal_entry ORDER BY number")
    assert numbers == [(number,) for number in range(1, written + 1)]
    assert checking.check(session).faults == ()
    assert wholeness.faults() == []


def shared_office(url: str) -> Session:
    """Open books, a queue and the ticket that all work on."""
    session = open_session(url, StandingClock())
    open_books(session)
    add_queue(session, "Desk", [])
    creating.create(session, NewTicket("Shared"))
    return session
