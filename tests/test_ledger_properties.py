"""Whatever is done in whatever order: the books hold, and many writers lose nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boconsole.errors import BoconsoleError
from boconsole.ledger import balances, checking, closing, entries, periods
from boconsole.ledger.entries import JournalEntry
from boconsole.session import Session
from db import connection
from db.ledger import entries as stored
from tests.books import draft, enter, open_books
from tests.together import write_at_once

ACCOUNTS = ("1100", "1000", "1500", "2500", "3000", "4000", "5000", "5100")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ("enter", "enter", "foreign", "draft", "post", "edit", "delete", "reverse", "close",
             "reopen", "month", "lock")
        ),
        st.integers(0, 7),
        st.integers(1, 7),
        st.integers(-99_999, 99_999),
        st.integers(0, 700),
    ),
    max_size=25,
)  # fmt: skip


class Walker:
    """Somebody who does this and that; refusals are fine, broken books are not."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.made: list[JournalEntry] = []

    def step(self, what: str, one: int, other: int, cents: int, days: int) -> None:
        day = date(2025, 6, 1) + timedelta(days=days)
        lines = (
            f"{ACCOUNTS[one]}  {cents / 100:.2f} USD",
            f"{ACCOUNTS[(one + other) % len(ACCOUNTS)]}",
        )
        try:
            self.do(what, lines, cents, day)
        except BoconsoleError:
            return

    def do(self, what: str, lines: tuple[str, str], cents: int, day: date) -> None:
        session, chosen = self.session, self.made[cents % len(self.made)] if self.made else None
        if what == "enter":
            self.made.append(enter(session, *lines, day=day))
        elif what == "foreign":
            foreign = lines[0].replace(" USD", f" EUR @ {1 + abs(cents) / 77_777:.5f} USD")
            self.made.append(enter(session, foreign, lines[1], day=day))
        elif what == "draft":
            self.made.append(draft(session, *lines, day=day))
        elif what == "close":
            closing.close(session, str(day.year))
        elif what == "reopen":
            closing.reopen(session, str(day.year), "because")
        elif what == "month":
            for month in periods.periods(session):
                if month.starts <= day <= month.ends:
                    periods.close_period(session, month)
        elif what == "lock":
            periods.set_lock(session, "ledger", day - timedelta(days=300))
        elif chosen is not None:
            self.change(what, entries.get(session, str(chosen.head.id)), lines, day)

    def change(self, what: str, chosen: JournalEntry, lines: tuple[str, str], day: date) -> None:
        from boconsole.ledger.typing import typed

        if what == "post":
            entries.post(self.session, chosen)
        elif what == "edit":
            entries.edit(self.session, chosen, typed(day, "Edited", lines))
        elif what == "delete":
            entries.delete(self.session, chosen)
            self.made = [each for each in self.made if each.head.id != chosen.head.id]
        elif what == "reverse":
            self.made.append(entries.reverse(self.session, chosen, dated=day))


def hold(session: Session) -> None:
    """Assert what holds of all books at all times."""
    proof = checking.check(session)
    assert proof.faults == ()
    for day in (date(2025, 12, 31), date(2026, 3, 15), date(9999, 12, 31)):
        sums: dict[str, int] = {}
        for worth in balances.worths(session, day):
            code = worth.value_commodity.code
            sums[code] = sums.get(code, 0) + worth.value
        assert set(sums.values()) <= {0}
    for series, year_id, last, _hash in stored.select_chains():
        numbers = [head.number for head in stored.read_chain(series, year_id)]
        assert numbers == list(range(1, last + 1))


def wipe() -> None:
    """Empty the journal, as a fresh database has it."""
    if connection.engine() == "sqlite":
        for table in ("journal_entry", "posting"):
            for verb in ("change", "delete"):
                connection.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
    connection.execute("UPDATE journal_entry SET reverses_id = NULL")  # else their order matters
    for table in ("posting", "journal_entry", "ledger_series", "balance_day", "balance_month",
                  "period", "fiscal_year", "ledger_lock"):  # fmt: skip
        connection.execute(f"DELETE FROM {table}")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_books_hold_whatever_is_done(local_session: Session, steps: list[tuple]) -> None:  # type: ignore[type-arg]
    if not connection.fetch("SELECT 1 FROM ledger_account LIMIT 1"):
        open_books(local_session)
    wipe()
    walker = Walker(local_session)

    for step in steps:
        walker.step(*step)

    hold(local_session)


def test_books_hold_after_a_long_walk(session: Session) -> None:
    import random

    open_books(session)
    walker, chance = Walker(session), random.Random(20260504)
    kinds = ("enter", "foreign", "draft", "post", "edit", "delete", "reverse", "close", "reopen")

    for _round in range(120):
        walker.step(
            chance.choice(kinds), chance.randrange(8), chance.randrange(1, 8),
            chance.randrange(-99_999, 99_999), chance.randrange(700),
        )  # fmt: skip

    assert len(walker.made) > 15
    hold(session)


WRITER = """
from datetime import date
from tests.books import enter, draft
from tests.people import StandingClock, open_session
from boconsole.ledger import entries
from db import connection

def write(url, number):
    session = open_session(url, StandingClock())
    for turn in range(8):
        day = date(2026, 1 + turn % 3, 1 + number)
        made = enter(session, "1100  1.01 USD", "4000  -1.00 USD", "5000", day=day)
        if turn % 4 == 0:
            entries.reverse(session, made)
        waiting = draft(session, "1000  0.10 EUR @ 1.1 USD", "1100", day=day)
        entries.post(session, waiting)
    connection.close_database()
"""


def test_eight_writers_leave_whole_books(session: Session) -> None:
    open_books(session)
    enter(session, "1100  1.00 USD", "4000", day=date(2026, 1, 1))

    wrong = write_at_once(WRITER, connection.address(), 8)

    assert wrong == ("", "")
    assert checking.check(session).entries == 1 + 8 * (8 + 2 + 8)
    hold(session)


def test_entry_is_there_whole_or_not_at_all(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from boconsole import audit

    open_books(session)
    enter(session, "1100  1.00 USD", "4000")

    def fail(*_words: object, **_more: object) -> int:
        raise OSError("the power fails")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(OSError, match="power"):
        enter(session, "1100  2.00 USD", "4000")
    monkeypatch.undo()

    assert connection.fetch("SELECT count(*) FROM journal_entry")[0][0] == 1
    assert enter(session, "1100  3.00 USD", "4000").number == "JNL-2026-00002"
    hold(session)
