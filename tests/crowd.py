"""A crowd of writers, each a process of its own; the tests and the bench start it.

    python -m tests.crowd URL WRITERS ROUNDS TICKET

One interpreter imports everything and forks the writers; they begin together. In each round a
writer makes a ticket in the queue that all share, adds a minute to one ticket that all share,
edits that ticket with its neighbours, and posts an entry in the series that all share. It ends
with 0 only if nothing was refused; anything it would have shown a person goes to stderr.
"""

import os
import sys
import traceback
from datetime import date
from time import monotonic

from boconsole.attempting import attempt
from boconsole.ledger import entries
from boconsole.ledger.typing import typed
from boconsole.session import Session
from boconsole.tickets import changing, creating, replying
from boconsole.tickets.rows import NewTicket, Ref
from db import connection
from tests.people import StandingClock, open_session


def work(session: Session, writer: int, rounds: int, shared: int) -> None:
    """Write; every step runs as a door runs it, with a lost race tried again."""
    for number in range(rounds):
        fields = {"queue": "Desk", "tags": f"t{number % 3}", "requester": f"w{number}@x.example"}
        new = NewTicket(f"{writer}/{number}", "body", fields)
        made = attempt(lambda new=new: creating.create(session, new))  # type: ignore[misc]
        attempt(lambda: replying.reply(session, Ref(shared), "again", minutes=1))
        both = [Ref(made.id), Ref(shared)]
        both = both if writer % 2 else both[::-1]
        attempt(lambda both=both: changing.edit(session, both, {"note": "seen"}))  # type: ignore[misc]
        entry = typed(date(2026, 5, 4), f"{writer}/{number}",
                      ("Expenses:Supplies  1.25 USD", "Assets:Cash"))  # fmt: skip
        attempt(lambda entry=entry: entries.enter(session, entry))  # type: ignore[misc]


def main(url: str, writers: int, rounds: int, shared: int) -> int:
    """Fork the writers, let them begin together, and wait for all; returns how many failed."""
    waiting, go = os.pipe()
    children = [_forked(url, number, rounds, shared, (waiting, go)) for number in range(writers)]
    os.close(waiting)
    begun = monotonic()
    os.close(go)
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    sys.stdout.write(f"{writers * rounds * 4} {monotonic() - begun:.3f}\n")
    return failed


def _forked(url: str, writer: int, rounds: int, shared: int, gate: tuple[int, int]) -> int:
    child = os.fork()
    if child:
        return child
    try:
        os.close(gate[1])
        session = open_session(url, StandingClock())
        os.read(gate[0], 1)
        work(session, writer, rounds, shared)
        connection.close_database()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1], *map(int, sys.argv[2:5])), 99))
