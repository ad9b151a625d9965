"""How a number came to be, on the screen: rule, parts, lines, by real keys."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from boconsole.ledger import planning
from boconsole.session import Session
from screens.ledger.entry import EntryScreen
from screens.ledger.explained import ExplainedScreen, PartScreen
from screens.ledger.statements import StatementsScreen
from screens.widgets.bars import NoticeLine
from tests.bookkeeping import desk, typed_in
from tests.books import sale
from tests.consoles import line
from tests.desks import LARGE, SMALL, press, quiet, shown


async def test_number_leads_to_its_rule_its_parts_and_an_entry(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " income-statement", "enter", "G")
        await typed_in(pilot, *"kkkkkkkk", "E")
        parts = shown(app)
        explained = app.screen
        await press(pilot, "enter")
        await quiet(pilot)
        lines, part = shown(app), app.screen
        await press(pilot, "enter")
        await quiet(pilot)
        entry = app.screen
        await typed_in(pilot, "q", "q", "G", "enter")
        summed = line(app, NoticeLine)
        await press(pilot, "q")
        back = app.screen

    assert isinstance(explained, ExplainedScreen)
    assert "Total Expenses · 2026-04-01 - 2026-04-30 · 1,333.40 USD" in parts
    assert "Every row of Expenses: lines without those that close years" in parts
    assert "The parts sum to the number." in parts
    assert "Expenses:Rent · 2026-04" in parts
    assert isinstance(part, PartScreen)
    assert "Expenses:Rent · 2026-04 = 1,250.00 USD" in lines.splitlines()[0]
    assert lines.count("1,250.00 USD") >= 3
    assert isinstance(entry, EntryScreen)
    assert "sum of others" in summed
    assert isinstance(back, StatementsScreen)


async def test_column_is_asked_for_and_a_budget_is_explained_too(
    books: Session, tmp_path: Path
) -> None:
    planning.plan(books, "Sales", "2026", Decimal(60000), "USD")
    app = desk(books, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " income-statement", "enter", "=", "=", "=", "j", "E")
        asked = shown(app)
        await press(pilot, "3")
        await quiet(pilot)
        parts = shown(app)
        await press(pilot, "j", "enter", "enter")
        await quiet(pilot)
        budget = line(app, NoticeLine)

    assert "Budget  5,000.00 USD" in asked
    assert "Difference · -800.00 USD" in parts
    assert "each part with the sign that is shown" in " ".join(parts.split())
    assert "-5,000.00 USD" in parts
    assert "A budget has no entry" in budget


async def test_line_without_a_number_and_books_that_changed_are_said(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " income-statement", "enter", "g", "E")
        nothing = line(app, NoticeLine)
        screen = app.screen
        assert isinstance(screen, StatementsScreen)
        screen.refresh_rows = lambda *_ids: None  # type: ignore[attr-defined]  # nobody tells it
        await app.run_operation(lambda: sale(books, "1.00", date(2026, 4, 9)))
        await typed_in(pilot, "j", "E")
        text = shown(app)

    assert "no number on this line" in nothing
    assert "The parts DO NOT sum to the number" in text
