"""Builds the demo: a believable organisation and any number of its tickets, in bulk.

The same plan gives the same records, whatever the number of processes. The audit trail is
written in the order of time across tickets, so what is kept in memory does not grow with them.
"""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import get_context
from typing import NamedTuple

from boconsole.demo import writing
from boconsole.demo.founding import first_entries, found
from boconsole.demo.ledger import Ledger
from boconsole.demo.world import Opener, Plan, World
from boconsole.demo.writing import Batch
from boconsole.errors import BoconsoleError
from boconsole.session import Session
from db import connection
from db.tickets import bulk

MANY = 10_000
"""From so many tickets on, other processes help and indexes are made at the end."""
UNITS_A_TRANSACTION = 8
AHEAD = 6
"""Units that wait, ready, for each helping process."""

Progress = Callable[[int, int], None]


class NotEmptyError(BoconsoleError):
    """The demo goes into an empty database only."""

    def __init__(self) -> None:
        super().__init__(
            "This database has records already; name a new one for the demonstration data."
        )


class TooFewTicketsError(BoconsoleError):
    """A demo needs at least one ticket."""

    def __init__(self, tickets: int) -> None:
        super().__init__(f"{tickets} tickets cannot be made; ask for 1 to 100,000,000.")


class Built(NamedTuple):
    """How much was made."""

    tickets: int
    messages: int
    contacts: int
    accounts: int
    audit_lines: int


def build(
    session: Session | None,
    tickets: int,
    seed: int,
    now: datetime,
    progress: Progress | None = None,
) -> Built:
    """Fill the open, migrated, empty database.

    Args:
        session: Whose account works in the demo, as an agent; None for nobody's.
        tickets: How many.
        seed: The same number gives the same records, with the same `now` and account.
        now: The present of the demo: the newest tickets lie shortly before it.
        progress: Called with how many tickets are there, and how many there will be.

    Raises:
        NotEmptyError, NotAllowedError, TooFewTicketsError: Nothing was made.
    """
    if session is not None:
        session.require("ticket.configure")
    if not 1 <= tickets <= 100_000_000:
        raise TooFewTicketsError(tickets)
    if not bulk.is_empty():
        raise NotEmptyError
    opener = Opener(*session.user[:4]) if session else None
    plan = Plan(tickets, seed, int(now.timestamp()), opener, bulk.next_id("user_account"))
    many = tickets >= MANY
    with _without_collector(), bulk.filling(many=many):
        world = World(plan)
        ledger = Ledger(first_entries(world))
        with connection.transaction():
            found(world)
        messages = _fill(plan, _batches(plan, many), ledger, progress or (lambda *_: None))
    accounts = len(world.agents) + len(world.others)
    return Built(tickets, messages, len(world.people), accounts, ledger.lines)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep Python from looking for cycles among millions of rows that have none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _fill(plan: Plan, batches: Iterator[Batch], ledger: Ledger, progress: Progress) -> int:
    """Write all tickets, some units in each transaction; returns the number of messages."""
    done = messages = 0
    batch = next(batches, None)
    while batch is not None:
        with connection.transaction():
            for _ in range(UNITS_A_TRANSACTION):
                if batch is None:
                    break
                _write(batch)
                ledger.take(batch.first_at, batch.entries)
                done += len(batch.tickets)
                messages += len(batch.messages)
                batch = next(batches, None)
            if batch is None:
                ledger.close()
        progress(done, plan.tickets)
    return messages


def _batches(plan: Plan, many: bool) -> Iterator[Batch]:
    """Yield the units in order, made by other processes when there are many."""
    helpers = (os.cpu_count() or 1) - 1
    if not many or helpers < 1:
        writing.take_plan(plan)
        yield from map(writing.write_unit, writing.units(plan))
        return
    with ProcessPoolExecutor(
        min(helpers, 4), get_context("spawn"), writing.take_plan, (plan,)
    ) as pool:
        ready: deque[Future[Batch]] = deque()
        try:
            for number in writing.units(plan):
                ready.append(pool.submit(writing.write_unit, number))
                if len(ready) >= AHEAD * helpers:
                    yield ready.popleft().result()
            while ready:
                yield ready.popleft().result()
        finally:
            for waiting in ready:
                waiting.cancel()


def _write(batch: Batch) -> None:
    bulk.insert("ticket", batch.tickets)
    bulk.insert("message", batch.messages)
    bulk.insert("state_span", batch.states)
    bulk.insert("ticket_tag", batch.tags)
    bulk.insert("watcher", batch.watchers)
    bulk.insert("ticket_link", batch.links)
    bulk.insert("custom_value", batch.assets)
    bulk.index_texts(batch.documents)
