"""Reading and writing tickets, beside the same statements through plain sqlite3."""

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from measuring import alternate, percentile

from boconsole.session import Session
from boconsole.tickets import changing, reading
from boconsole.tickets.matching import selection
from boconsole.tickets.rows import Ref
from db import connection, keyset
from db.base import database
from db.tickets import pages

ROUNDS = 40


class Read(NamedTuple):
    """One read: our median and that of its statements alone, in milliseconds."""

    name: str
    ours: float
    raw: float


class Update(NamedTuple):
    """Updates of one ticket, each committed: median, 95th percentile and rate."""

    median: float
    p95: float
    rate: float


def statements_of(call: Callable[[], object]) -> list[tuple[str, tuple[object, ...]]]:
    """Return the statements that a read sends, with their values."""
    sent: list[tuple[str, tuple[object, ...]]] = []
    built, written = database.obj.execute_sql, connection.execute

    def listening(run: Callable[..., object]) -> Callable[..., object]:
        def listen(sql: str, params: Sequence[object] | None = None) -> object:
            sent.append((sql, tuple(params or ())))
            return run(sql, params or ())

        return listen

    database.obj.execute_sql, connection.execute = listening(built), listening(written)
    try:
        call()
    finally:
        database.obj.execute_sql, connection.execute = built, written
    return sent


def reads(session: Session, path: Path) -> list[Read]:
    """Return how long each read of the budget takes, ours and raw."""
    words = words_of("ticket_search", "ticket")
    deep = _deep_cursor(session)
    wanted = {
        "my open tickets by priority": "assignee:me state:open sort:-prio",
        "newest first": "any sort:-number",
        "filter on 3 fields": f'queue:"{_queue()}" state:open prio:high',
        "text, rare word": f"any {words[0]}",
        "text, word in a tenth": f"any {words[1]}",
    }
    calls: dict[str, Callable[[], object]] = {
        name: partial(reading.list_page, session, query) for name, query in wanted.items()
    }
    calls["newest first, page 5,000"] = lambda: reading.list_page(
        session, "any sort:-number", after=deep
    )
    return beside(calls, path)


def beside(calls: Mapping[str, Callable[[], object]], path: Path) -> list[Read]:
    """Return how long reads take, ours and that of their statements alone."""
    plain = sqlite3.connect(path)
    plain.execute("PRAGMA cache_size = -64000")
    found = []
    for name, call in calls.items():
        statements = statements_of(call)

        def raw(statements: list[tuple[str, tuple[object, ...]]] = statements) -> None:
            for sql, params in statements:
                plain.execute(sql, params).fetchall()

        times = alternate({"ours": call, "raw": raw}, ROUNDS)
        found.append(Read(name, times["ours"] * 1000, times["raw"] * 1000))
    return found


def _deep_cursor(session: Session) -> str:
    """Return the position 249,950 rows below the top, or at nine tenths of a smaller table."""
    count, last = connection.fetch("SELECT count(*), max(id) FROM ticket")[0]
    target = last - min(249_950, count * 9 // 10)
    position = pages.position_of(selection(session, "any sort:-number"), target)
    assert position is not None
    return keyset.encode(position)


def _queue() -> str:
    return str(connection.fetch("SELECT name FROM queue ORDER BY id LIMIT 1")[0][0])


def words_of(index: str, table: str) -> tuple[str, str]:
    """Return a word in about a thousandth of the records, and one in about a tenth."""
    total = connection.fetch(f"SELECT count(*) FROM {table}")[0][0]
    connection.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, {index}, row)"
    )
    rows = connection.fetch("SELECT term, doc FROM temp.words WHERE length(term) > 3")
    rows = [row for row in rows if row[0].isalpha()]
    rare = min(rows, key=lambda row: abs(row[1] - max(1, total // 1000)))
    common = min(rows, key=lambda row: abs(row[1] - total // 10))
    return str(rare[0]), str(common[0])


def updates(session: Session, count: int = 400) -> Update:
    """Return how long it takes to assign one ticket: audit, SLA and search in it, durable."""
    seen = reading.refs(session, "any sort:-number", count)
    login = session.user.login
    taken = []
    for ref in seen:
        wanted = None if reading.get(session, ref.id).assignee == login else login
        start = time.perf_counter()
        changing.edit(
            session, [Ref(ref.id)], {"assignee": wanted or "", "subject": f"Moved {ref.id}"}
        )
        taken.append(time.perf_counter() - start)
    median = percentile(taken, 0.5)
    return Update(median * 1000, percentile(taken, 0.95) * 1000, len(taken) / sum(taken))
