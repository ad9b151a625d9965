"""The grid of budgets and the warnings on the screen, by real keys."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from textual.pilot import Pilot

from boconsole.ledger import accounts, budget_grid, entries, planning
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.budget_grid import GridRow, Year
from boconsole.session import Session
from screens.ledger.budgets import BudgetsScreen
from screens.ledger.cell_entry import CellEntry
from screens.widgets.bars import NoticeLine
from tests.bookkeeping import OWN, desk, typed_in
from tests.consoles import line
from tests.desks import LARGE, SMALL, press, quiet, shown

YEAR = Year(202601)


async def opened(pilot: Pilot[None]) -> BudgetsScreen:
    await quiet(pilot)
    await typed_in(pilot, ":", " view Budgets", "enter")
    await quiet(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, BudgetsScreen)
    return screen


def plan(session: Session, name: str = "Rent") -> GridRow:
    return next(row for row in budget_grid.every(session, YEAR) if row.account.name == name)


async def test_cell_is_typed_in_place_and_undone(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot)
        await typed_in(pilot, "left", "enter", " 12x")
        wrong = shown(app)
        await typed_in(pilot, "enter", "ctrl+u", " 1,250.50", "tab", "7", "enter")
        await quiet(pilot)
        kept = shown(app)
        told = screen.month
        await press(pilot, "u", "u")
        await quiet(pilot)

    assert "! amount: '12x' is no amount in USD" in wrong.splitlines()[1]
    assert "1,250.50" in kept
    assert "[7]" in kept
    assert "Rent · 2026-05 · 0.0 % F · budget 7, actual - USD" in kept
    assert told == 4
    assert plan(books).planned == (0,) * 12


async def test_esc_and_other_keys_leave_the_cell_as_it_was(books: Session, tmp_path: Path) -> None:
    planning.plan(books, "Rent", "2026", Decimal(1200), "USD")
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await typed_in(pilot, "enter", " 99")
        hints = shown(app).splitlines()[-1]
        await press(pilot, "escape")
        closed = not app.screen.query_one(CellEntry).has_class("-open")
        await quiet(pilot)

    assert "enter keep" in hints
    assert "esc leave" in hints
    assert closed
    assert plan(books).planned == (100_00,) * 12


async def test_year_is_spread_filled_and_copied(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await typed_in(pilot, "Y", "ctrl+u", " 1000", "enter")
        await quiet(pilot)
        spread = plan(books).planned
        await typed_in(pilot, "enter", " 50", "enter", "f")
        await quiet(pilot)
        filled = plan(books).planned
        await typed_in(pilot, ">", "C", "ctrl+u", " 10", "enter")
        await quiet(pilot)
        text = shown(app)

    after = budget_grid.every(books, Year(202701))
    assert sum(spread) == 1000_00
    assert filled[4:] == (50_00,) * 8
    assert filled[:4] == spread[:4]
    assert next(row for row in after if row.account.name == "Rent").planned[:5] == (
        1375_00, 1375_00, 1375_00, 1375_00, 0)  # fmt: skip
    assert "1 row is copied" in text


async def test_months_scroll_while_account_and_year_stay(books: Session, tmp_path: Path) -> None:
    planning.plan(books, "Sales", "2026", Decimal("123456789.00"), "USD")
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        heads = [shown(app).splitlines()[2]]
        for key in ("right",) * 7 + ("left",) * 11:
            await press(pilot, key)
            heads.append(shown(app).splitlines()[2])

    assert all(head.split()[0] == "Account" and head.split()[-1] == "2026" for head in heads)
    assert "2026-12" in heads[7]
    assert "2026-01" in heads[-1]
    assert "2026-12" not in heads[-1]


async def test_thousand_accounts_scroll_by_pages(books: Session, tmp_path: Path) -> None:
    accounts.add(books, [NewAccount(f"Expenses:Project {n:04}") for n in range(1, 1001)])
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot)
        first = shown(app)
        await press(pilot, "G", "k")
        await quiet(pilot)
        last = screen.row
        held = len(screen.table.listing.window.rows)
        await typed_in(pilot, "/", " 0500", "enter")
        await quiet(pilot)
        found = shown(app)

    assert "of 1,00" in first.splitlines()[0]
    assert last is not None
    assert last.account.name in ("Supplies", "Rent")
    assert held <= 300
    assert "Project 0500" in found
    assert "Project 0501" not in found


async def test_wide_window_shows_the_months_of_a_row_and_files_come_back(
    books: Session, tmp_path: Path
) -> None:
    planning.plan(books, "Rent", "2026", Decimal(12000), "USD")
    file = tmp_path / "plan.csv"
    app = desk(books, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)
        await quiet(pilot)
        wide = shown(app)
        await typed_in(pilot, "x", "ctrl+u", f" {file}", "enter")
        await quiet(pilot)
        written = file.read_text(encoding="utf-8-sig")
        file.write_text(written.replace("1000.00", "900.00"))
        await typed_in(pilot, "I", f" {file}", "enter")
        await quiet(pilot)
        text = shown(app)
        await press(pilot, "B")
        await quiet(pilot)
        blocked = shown(app)

    months = [row.rpartition("│")[2].split() for row in wide.splitlines()]
    assert ["2026-04", "1,000.00", "1,250.00", "-250.00"] in months
    assert "1 row is taken." in text
    assert set(plan(books).planned) == {900_00}
    assert "! Rent" in blocked
    assert plan(books).mode == "block"


async def test_form_warns_while_typing_and_the_notice_repeats_it(
    books: Session, tmp_path: Path
) -> None:
    planning.plan(books, "Rent", "2026-05", Decimal(100), "USD")
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "n", "tab", "tab", " Flat", "tab", "tab")
        await typed_in(pilot, " 5000", "enter", " 100.5", "enter", " 1100", "enter")
        await pilot.pause(0.3)
        await quiet(pilot)
        typing = " ".join(shown(app).split())
        await typed_in(pilot, "ctrl+t")
        await quiet(pilot)
        posted = line(app, NoticeLine)

    told = "Expenses:Rent is over its budget for 2026-05 by 0.50 USD: budget 100.00, used 0.00"
    assert f"! {told}" in typing
    assert "is posted." in posted
    assert "Expenses:Rent is over its budget" in posted


async def test_blocking_budget_refuses_in_the_journal(books: Session, tmp_path: Path) -> None:
    planning.plan(books, "Supplies", "2026-05", Decimal(10), "USD")
    planning.set_mode(books, "Supplies", "block")
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", f" {OWN}", "enter", "P", "y")
        await quiet(pilot)
        refused = line(app, NoticeLine)

    assert "Expenses:Supplies would be over its budget for 2026-05 by 35" in refused
    assert entries.get(books, OWN).state == "draft"
