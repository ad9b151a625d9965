"""Eight processes write at once: nobody is turned away, and nothing is lost."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from boconsole import views
from boconsole.attempting import attempt
from boconsole.errors import StaleRecordError
from boconsole.session import Session
from boconsole.tickets import changing, creating, linking, reading, replying
from boconsole.tickets.errors import LinkError
from boconsole.tickets.rows import NewTicket, Ref
from db import connection
from db.errors import CollisionError, DatabaseBusyError, DuplicateError
from tests import wholeness

WRITERS = 8
TIMES = 15
ROOT = Path(__file__).parent.parent


def write_together(url: str, ticket: int) -> subprocess.CompletedProcess[str]:
    """Let all writers add to one ticket at the same time."""
    words = (url, ticket, TIMES, WRITERS)
    return subprocess.run(
        [sys.executable, "-m", "tests.writer", *map(str, words)],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=120,
    )  # fmt: skip


def test_eight_writers_lose_nothing(session: Session) -> None:
    ticket = creating.create(session, NewTicket("Shared"))

    finished = write_together(connection.address(), ticket.id)

    assert (finished.returncode, finished.stderr) == (0, "")
    after = reading.get(session, ticket.id)
    assert after.minutes_spent == WRITERS * TIMES
    assert after.version == 1 + WRITERS * TIMES
    operations = [json.loads(line)["operation"] for line in finished.stdout.splitlines()]
    assert len(set(operations)) == WRITERS * TIMES
    assert wholeness.faults() == []


def in_thread(call: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """Run a call in a thread of its own; returns it with the list of what comes of it."""
    answers: list[object] = []

    def run() -> None:
        try:
            answers.append(call())
        except Exception as error:
            answers.append(error)
        finally:
            connection.release()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, answers


def test_two_replies_at_once_are_both_kept(session: Session) -> None:
    ticket = creating.create(session, NewTicket("Shared"))

    with connection.transaction():
        replying.reply(session, ticket, "first")
        thread, answers = in_thread(lambda: replying.reply(session, ticket, "second"))
        thread.join(0.3)
    thread.join()

    assert not isinstance(answers[0], Exception), answers
    texts = [entry.text for entry in reading.timeline(session, ticket.id) if entry.text]
    assert sorted(texts) == ["first", "second"]


def test_of_two_edits_at_once_the_second_is_refused(session: Session) -> None:
    ticket = creating.create(session, NewTicket("Shared"))

    with connection.transaction():
        changing.edit(session, [ticket], {"subject": "Mine"})
        thread, answers = in_thread(lambda: changing.edit(session, [ticket], {"subject": "Theirs"}))
        thread.join(0.3)
    thread.join()

    assert isinstance(answers[0], StaleRecordError), answers
    assert reading.get(session, ticket.id).subject == "Mine"


def test_bulk_edits_in_opposite_order_both_succeed(session: Session) -> None:
    first, second = (creating.create(session, NewTicket(name)) for name in ("A", "B"))
    there = [Ref(first.id), Ref(second.id)]

    thread, answers = in_thread(
        lambda: [changing.edit(session, there, {"note": str(turn)}) for turn in range(20)]
    )
    mine = [changing.edit(session, there[::-1], {"note": str(turn)}) for turn in range(20)]
    thread.join()

    assert not isinstance(answers[0], Exception), answers
    assert len(mine) == 20
    assert wholeness.faults() == []


def test_two_that_create_the_same_names_at_once_both_succeed(session: Session) -> None:
    def make(turn: int) -> object:
        fields = {"tags": f"tag-{turn}", "requester": f"p{turn}@example.com"}
        return attempt(lambda: creating.create(session, NewTicket(f"Same {turn}", "", fields)))

    thread, answers = in_thread(lambda: [make(turn) for turn in range(20)])
    for turn in range(20):
        make(turn)
    thread.join()

    assert not isinstance(answers[0], Exception), answers
    assert wholeness.faults() == []


def test_two_links_at_once_never_form_a_circle(session: Session) -> None:
    first, second = (creating.create(session, NewTicket(name)) for name in ("A", "B"))

    with connection.transaction():
        linking.link(session, first.id, "blocks", second.id)
        thread, answers = in_thread(lambda: linking.link(session, second.id, "blocks", first.id))
        thread.join(0.3)
    thread.join()

    assert isinstance(answers[0], LinkError), answers


def test_two_that_share_a_view_at_once_make_one(session: Session) -> None:
    with connection.transaction():
        views.save(session, "ticket", "Late", "is:overdue", shared=True)
        thread, answers = in_thread(
            lambda: views.save(session, "ticket", "Late", "is:breached", shared=True)
        )
        thread.join(0.3)
    thread.join()

    assert not isinstance(answers[0], Exception), answers
    found = [view.query for view in views.list_all(session, "ticket") if view.name == "Late"]
    assert found == ["is:breached"]


@pytest.mark.parametrize("code", ["40001", "40P01", "55P03"])
def test_collisions_on_postgresql_are_called_busy(
    session: Session, code: str, request: pytest.FixtureRequest
) -> None:
    if connection.engine() == "sqlite":
        pytest.skip("SQLite has one writer")

    with pytest.raises(DatabaseBusyError):
        connection.execute(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{code}'; END $$")


def test_a_writer_that_waits_too_long_is_told_so(
    local_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    url = connection.address()
    connection.open_database(url)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, url.removeprefix("sqlite:///")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    holder.stdout.readline()

    with pytest.raises(DatabaseBusyError, match="busy"):
        creating.create(local_session, NewTicket("Not now"))
    holder.communicate("")
    made = creating.create(local_session, NewTicket("Now"))

    assert made.id == 1
    assert wholeness.faults() == []


HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_thread_that_gets_no_connection_is_told_that_the_database_is_busy(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "POOL_SIZE", 1)
    monkeypatch.setattr(connection, "BUSY_SECONDS", 1)
    connection.open_database(postgres_url)

    thread, answers = in_thread(lambda: connection.fetch("SELECT 1"))
    thread.join()

    assert isinstance(answers[0], DatabaseBusyError), answers


def test_an_operation_that_collided_is_run_again(local_session: Session) -> None:
    tries: list[int] = []

    def collide_twice() -> int:
        tries.append(1)
        if len(tries) < 3:
            raise CollisionError
        return creating.create(local_session, NewTicket("Third time")).id

    made = attempt(collide_twice)

    assert (made, len(tries)) == (1, 3)


def test_what_must_be_unique_is_told_apart_from_a_collision(session: Session) -> None:
    with pytest.raises(DuplicateError), connection.transaction():
        connection.execute("INSERT INTO tag (name) VALUES ('a'), ('a')")
