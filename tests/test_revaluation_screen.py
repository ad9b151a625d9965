"""The room of revaluations, by real keys: rates given, a day posted, the way to its entries."""

from datetime import date
from pathlib import Path

import pytest

from boconsole.invoices import worth
from boconsole.ledger import accounts, rating
from boconsole.ledger.accounts import NewAccount
from boconsole.revaluing import planning
from boconsole.session import Session
from screens.ledger.entry import EntryScreen
from screens.ledger.journal import JournalScreen
from screens.ledger.register import RegisterScreen
from screens.ledger.revaluation import RevaluationScreen
from tests.bookkeeping import desk, typed_in
from tests.books import enter
from tests.desks import LARGE, SMALL, press, quiet, shown
from tests.trade import invoice, open_trade

APRIL = date(2026, 4, 30)
ROOM = (":", " view Revaluation", "enter")


@pytest.fixture
def trade(local_session: Session) -> Session:
    """A claim and cash in euros, in books that are kept in dollars."""
    open_trade(local_session)
    accounts.add(local_session, [NewAccount("Income:Unrealised", role="unrealised")])
    worth.set_reporting(local_session, "USD")
    invoice(local_session, "200.00", day=date(2026, 4, 7), currency="EUR", rate="1.08")
    enter(local_session, "Assets:Cash  50 EUR @ 1.10 USD", "Equity:Capital", day=date(2026, 4, 8))
    return local_session


async def test_day_is_shown_and_posted_and_leads_to_its_entries(
    trade: Session, tmp_path: Path
) -> None:
    rating.put(trade, "EUR", "USD", "1.09", APRIL)
    app = desk(trade, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, *ROOM)
        room, before = app.screen, shown(app).splitlines()
        await press(pilot, "P")
        question = shown(app)
        await press(pilot, "y")
        after = shown(app)
        await press(pilot, "P")
        again = shown(app)
        await press(pilot, "J")
        journal, entries = app.screen, shown(app)

    assert isinstance(room, RevaluationScreen)
    assert "Revaluation 2026-04-30: +2.00 -0.50 USD" in before[0]
    assert [line.split()[-3:] for line in before[2:4]] == [
        ["55.00", "54.50", "-0.50"], ["216.00", "218.00", "2.00"],
    ]  # fmt: skip
    assert "Post +2.00 -0.50 USD on 2026-04-30, and the opposite" in question
    assert "JNL-2026-00002 is posted, and its opposite on the next day." in after
    assert "Nothing is to be revalued on 2026-04-30." in again
    assert planning.plan(trade, APRIL).changed == []
    assert isinstance(journal, JournalScreen)
    assert "Revaluation of ca" in entries
    assert entries.count("2026-04-30 R reversed") == 2


async def test_missing_rate_is_given_where_it_is_missed(trade: Session, tmp_path: Path) -> None:
    app = desk(trade, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await quiet(pilot)
        await typed_in(pilot, *ROOM)
        missing = shown(app)
        await typed_in(pilot, "e", " x", "enter")
        wrong = shown(app)
        await typed_in(pilot, "ctrl+u", " 1.2", "enter")
        given = shown(app)
        await press(pilot, "enter")
        register = app.screen
        await press(pilot, "q", "j", "enter")
        entry = app.screen
        await press(pilot, "q", ">")
        later = shown(app)
        await typed_in(pilot, "d", "ctrl+u", " 2026-03", "enter")
        earlier = shown(app)

    assert "No rate of EUR in USD is known on 2026-04-30." in missing
    assert "'x' is no rate" in wrong
    assert "1 EUR is 1.2 USD from 2026-04-30 on." in given
    assert "Rate of 2026-04-30" in given
    assert isinstance(register, RegisterScreen)
    assert isinstance(entry, EntryScreen)
    assert "Revaluation 2026-05-31: +29.00 USD" in later
    assert "Nothing was held or open in foreign currencies on 2026-03-31." in earlier


async def test_check_list_of_a_month_leads_to_its_last_day(trade: Session, tmp_path: Path) -> None:
    rating.put(trade, "EUR", "USD", "1.09", APRIL)
    app = desk(trade, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " view Closing", "enter", "enter")
        lines = shown(app).splitlines()
        points = [line for line in lines if "- open" in line or "x done" in line]
        at = next(place for place, line in enumerate(points) if "Foreign items" in line)
        await press(pilot, *["j"] * at, "enter")
        room = app.screen

    assert "Assets:Cash EUR" in points[at]
    assert isinstance(room, RevaluationScreen)
    assert f"{room.day:%Y-%m}" in lines[0]
