"""Following what others change: whether it is worth to ask is told by the database itself."""

import psycopg

from boconsole.changes import Follower
from db import connection
from db.changes import CHANNEL
from tests.people import StandingClock, open_session


def test_news_that_another_statement_took_in_are_not_forgotten(
    postgres_url: str, clock: StandingClock
) -> None:
    session = open_session(postgres_url, clock)
    follower = Follower(session)
    follower.poll()
    assert not follower.stirred()

    with psycopg.connect(postgres_url, autocommit=True) as other:
        other.execute(f"NOTIFY {CHANNEL}")
    connection.fetch("SELECT 1")

    assert follower.stirred()
    assert follower.poll() == []
    assert not follower.stirred()
    connection.close_database()
