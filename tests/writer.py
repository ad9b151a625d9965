"""A process that works on tickets until it is killed; the tests start it.

    python -m tests.writer URL                          one writer after the other
    python -m tests.writer URL TICKET TIMES WRITERS     some at once, each adding to one ticket

It imports everything once and never opens the database itself. For each line `SEED` on its
input it forks a child that writes, says `pid N`, and says `gone N` once the child has ended.
The child says one JSON line after each operation that was committed, never before.
"""

import json
import os
import random
import sys
import traceback
from collections.abc import Callable, Sequence

from boconsole.attempting import attempt
from boconsole.session import Session
from boconsole.tickets import changing, creating, linking, macros, merging, replying, undoing
from boconsole.tickets.rows import Done, File, NewTicket, Ref
from db import connection
from tests.people import StandingClock, open_session

WORDS = ("printer", "smoke", "résumé", "kabel", "投影", "password", "slow", "again")
START = 6
"""Tickets that a child makes before it does anything else with them."""


class Writer:
    """One child: makes tickets of its own and works on these."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self.random = random.Random(seed)
        self.mine: list[int] = []

    def words(self, count: int) -> str:
        return " ".join(self.random.choices(WORDS, k=count))

    def some(self, count: int) -> list[Ref]:
        return [Ref(number) for number in self.random.sample(self.mine, count)]

    def file(self) -> File:
        content = self.words(40).encode()
        return File(f"{self.random.randrange(99)}.txt", content)

    def create(self) -> Done:
        fields = {"tags": "new,load", "impact": "high", "queue": "Desk", "requester": "a@b.example"}
        new = NewTicket(self.words(4), self.words(20), fields, files=(self.file(),))
        done = creating.begin(self.session, new)
        self.mine.append(done.tickets[0].id)
        return done

    def edit(self) -> Done:
        changes = {"subject": self.words(5), "tags": f"+{self.words(1)}", "note": self.words(3)}
        return changing.edit(self.session, self.some(1), changes)

    def bulk(self) -> Done:
        changes = {"impact": self.random.choice(("high", "medium", "low")), "watchers": "+me"}
        return changing.edit(self.session, self.some(5), changes)

    def state(self) -> Done:
        ticket = self.some(1)
        changing.set_state(self.session, ticket, "open")
        return changing.set_state(self.session, ticket, self.random.choice(("pending", "resolved")))

    def reply(self) -> Done:
        files = (self.file(),)
        return replying.reply(self.session, self.some(1)[0], self.words(9), minutes=1, files=files)

    def macro(self) -> Done:
        return macros.apply(self.session, self.some(3), macros.find(self.session, "On it"))

    def link(self) -> Done:
        first, second = sorted(self.some(2))
        return linking.link(self.session, first.id, "blocks", second.id)

    def merge(self) -> Done:
        source = self.create().tickets[0].id
        self.mine.remove(source)
        return merging.merge(self.session, Ref(source), self.some(1)[0])

    def undo(self) -> Done:
        return undoing.undo_last(self.session)


STEPS: Sequence[Callable[[Writer], Done]] = (
    Writer.create, Writer.edit, Writer.bulk, Writer.state, Writer.reply, Writer.macro, Writer.link,
    Writer.merge, Writer.undo,
)  # fmt: skip


def acknowledge(done: Done) -> None:
    """Say, in one write, that an operation is durable."""
    line = json.dumps({"operation": done.operation, "tickets": done.tickets})
    os.write(1, line.encode() + b"\n")


def work(url: str, seed: int) -> None:
    """Write until killed; an operation that was refused by a rule is not acknowledged."""
    from boconsole.errors import BoconsoleError

    writer = Writer(open_session(url, StandingClock()), seed)
    for _ in range(START):
        acknowledge(writer.create())
    while True:
        step = writer.random.choice(STEPS)
        try:
            acknowledge(step(writer))
        except BoconsoleError:
            continue


def add(url: str, ticket: int, times: int) -> None:
    """Add one minute to a ticket, again and again, each time to what is there."""
    from boconsole.tickets import reading

    session = open_session(url, StandingClock())

    def once() -> Done:
        with connection.transaction():
            there = reading.find(session, ticket)
            return changing.edit(session, [there], {"minutes_spent": there.minutes_spent + 1})

    def reply() -> Done:
        return replying.reply(session, Ref(ticket), "again", minutes=1)

    for number in range(times):
        acknowledge(attempt(once if number % 2 and "sqlite" in url else reply))
    connection.close_database()


def together(url: str, ticket: int, times: int, writers: int) -> int:
    """Fork writers that add at the same time; returns how many of them failed."""
    children = []
    for _ in range(writers):
        child = os.fork()
        if child == 0:
            try:
                add(url, ticket, times)
                os._exit(0)
            except BaseException:
                traceback.print_exc()
            os._exit(1)
        children.append(child)
    return sum(os.waitpid(child, 0)[1] != 0 for child in children)


def serve(url: str) -> None:
    """Fork a child for each seed that is asked for."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(url, int(line))
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(9)
        os.write(1, f"pid {child}\n".encode())
        _, status = os.waitpid(child, 0)
        os.write(1, f"gone {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(together(sys.argv[1], *map(int, sys.argv[2:5])))
    else:
        serve(sys.argv[1])
