"""Statements on the screen, by real keys: days, comparison, folding, registers, files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from boconsole.invoices import worth
from boconsole.language import use_language
from boconsole.ledger import accounts
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.statements import asking
from boconsole.ledger.statements.shapes import Proof
from boconsole.session import Session
from screens.app import BoconsoleApp
from screens.ledger import statement_lines
from screens.ledger.journal import JournalScreen
from screens.ledger.statement_register import StatementRegisterScreen
from screens.ledger.statements import StatementsScreen
from screens.widgets.bars import NoticeLine
from tests.bookkeeping import desk, typed_in
from tests.books import enter, open_books
from tests.consoles import line
from tests.desks import LARGE, SMALL, press, quiet, shown


async def opened(pilot: Pilot[None], name: str) -> StatementsScreen:
    await quiet(pilot)
    await typed_in(pilot, ":", f" {name}", "enter")
    screen = pilot.app.screen
    assert isinstance(screen, StatementsScreen)
    return screen


def amounts(app: BoconsoleApp, title: str) -> list[str]:
    """What stands behind the first line with a title."""
    for row in shown(app).splitlines():
        if row.strip(" +-").startswith(title):
            return row.strip(" +-").removeprefix(title).split()
    raise AssertionError(f"{title} is not shown")


@pytest.mark.parametrize("name", asking.TITLES)
async def test_each_statement_has_a_command(books: Session, tmp_path: Path, name: str) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, name)
        text = shown(app)

    assert screen.shown.name == name
    assert text.splitlines()[0].startswith(f" Ledger · {asking.TITLES[name]}")
    assert text.splitlines()[1].startswith(" 2026-04 · ")
    assert "proved" in text.splitlines()[1]


async def test_views_go_from_one_to_the_next_and_back(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "v", "5", "<", "v", "6")
        second = shown(app).splitlines()[:2]
        await typed_in(pilot, "[")
        first = shown(app).splitlines()[:2]
        await typed_in(pilot, "v", "1")
        left = app.screen

    assert "Income statement" in second[0]
    assert "2026-03" in second[1]
    assert "Balance sheet" in first[0]
    assert "2026-03" in first[1]
    assert isinstance(left, JournalScreen)


async def test_balance_sheet_is_a_tree_that_sums_to_its_proof(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "balance-sheet")
        lines = [row.split() for row in shown(app).splitlines()]

    assert ["Bank", "61,580.00", "USD"] in lines
    assert ["Result", "not", "yet", "closed", "11,466.40", "USD"] in lines
    assert ["Total", "Equity", "61,466.40", "USD"] in lines
    assert ["Proof:", "holds"] in lines
    assert ["One", "side", "61,466.40", "USD"] in lines
    assert ["The", "other", "61,466.40", "USD"] in lines


async def test_amounts_stand_under_one_another_and_nothing_passes_the_edge(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "balance-sheet")
        rows = [row for row in shown(app).splitlines() if row.endswith((" USD", " EUR"))]

    assert len(rows) > 5
    assert len({len(row) for row in rows}) == 1


async def test_period_moves_by_its_own_length_and_by_years(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "income-statement")
        months = [amounts(app, "Account")]
        for key in ("<", "{", "}", ">"):
            await press(pilot, key)
            months.append(amounts(app, "Account"))

    assert months == [["2026-04"], ["2026-03"], ["2025-03"], ["2026-03"], ["2026-04"]]


async def test_typed_period_is_checked_and_shown(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "income-statement")
        await typed_in(pilot, "d", "ctrl+u", " 2026-13", "enter")
        wrong = shown(app)
        await typed_in(pilot, "ctrl+u", " 2026-01..2026-03", "enter")
        sales = amounts(app, "Sales")

    assert "'2026-13' is no period such as" in wrong
    assert sales == ["12,600.00", "USD"]


async def test_comparison_adds_a_column(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "balance-sheet")
        await press(pilot, "=")
        previous = (amounts(app, "Account"), amounts(app, "Bank"))
        await press(pilot, "=")
        year = (amounts(app, "Account"), amounts(app, "Bank"))
        await press(pilot, "=")
        budget = (amounts(app, "Account"), amounts(app, "Bank"))
        await press(pilot, "=")
        none = amounts(app, "Account")

    assert previous == (["2026-04-30", "2026-03-31"], ["61,580.00", "58,850.00", "USD"])
    assert year == (["2026-04-30", "2025-04-30"], ["61,580.00", "-", "USD"])
    assert budget[0] == ["2026-04-30", "Budget", "Difference", "Per", "cent"]
    assert budget[1] == ["61,580.00", "-", "61,580.00", "F", "USD"]
    assert none == ["2026-04-30"]


async def test_what_a_statement_has_not_is_said(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "equity-changes")
        await press(pilot, "=")
        comparison = line(app, NoticeLine)
        await press(pilot, "i")
        method = line(app, NoticeLine)
        await press(pilot, "$")
        currency = line(app, NoticeLine)

    assert "it has no comparison" in comparison
    assert "Only a cash flow" in method
    assert "No reporting currency" in currency


async def test_dollar_converts_to_the_reporting_currency_and_back(
    books: Session, tmp_path: Path
) -> None:
    worth.set_reporting(books, "USD")
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "balance-sheet")
        await press(pilot, "$")
        days = shown(app).splitlines()[1]
        converted = screen.shown.words
        codes = {row.commodity for row in screen.lines if row.kind == "account"}
        await press(pilot, "$")

    assert " all in USD " in days
    assert converted == "2026-04 in:USD"
    assert codes == {"USD"}
    assert screen.shown.words == "2026-04"


async def test_preview_shows_the_last_lines_behind_an_account(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot, "income-statement")
        alone = shown(app)
        await typed_in(pilot, "p", "j")
        await pilot.pause(0.1)
        await quiet(pilot)
        beside = shown(app)

    assert "2026-04-20" not in alone
    assert "2026-04-20" in beside
    assert "2026-03-20" not in beside


async def test_cash_flow_is_told_in_both_ways(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "cash-flow")
        direct = amounts(app, "Income:Sales")
        await press(pilot, "i")
        indirect = amounts(app, "Net income")
        text = shown(app)

    assert direct == ["4,200.00", "USD"]
    assert indirect == ["2,866.60", "USD"]
    assert "indirect" in text.splitlines()[1]


async def test_rows_fold_with_their_depth_and_keep_the_sum(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "trial-balance")
        await typed_in(pilot, "j", "left")
        one = shown(app)
        await press(pilot, "Z")
        all_roots = shown(app)
        await press(pilot, "z")
        whole = shown(app)
        await press(pilot, "z")
        sections = shown(app)

    assert "+ Assets" in one
    assert ("Bank" in one, "Capital" in one) == (False, True)
    assert ("Bank" in all_roots, "Capital" in all_roots, "+ Income" in all_roots) == (
        False, False, True,
    )  # fmt: skip
    assert "Bank" in whole
    assert "+ Accounts" in sections
    assert "Assets" not in sections


async def test_left_goes_up_to_what_a_row_belongs_to(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "trial-balance")
        await typed_in(pilot, "j", "j", "j", "left")
        above = screen.row

    assert above is not None
    assert above.path == "Assets"


async def test_enter_opens_the_register_of_these_days_and_esc_goes_back(
    books: Session, tmp_path: Path
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "income-statement")
        await typed_in(pilot, "<", "j", "enter")
        register, text = app.screen, shown(app)
        await press(pilot, "escape")
        back, row = app.screen, screen.row

    assert isinstance(register, StatementRegisterScreen)
    assert [found[:12] for found in text.splitlines() if found.startswith("  2026")] == [
        "  2026-03-20",
    ]  # fmt: skip
    assert "Income:Sales · 2026-03" in text
    assert back is screen
    assert row is not None
    assert row.path == "Income:Sales"


async def test_sum_has_no_register(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "balance-sheet")
        await typed_in(pilot, "G", "enter")
        said = line(app, NoticeLine)

    assert "Only an account has a register" in said


async def test_cursor_stays_on_its_account_in_other_days(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "income-statement")
        await typed_in(pilot, "j", "j", "j", "j", "j")
        before = screen.row
        await typed_in(pilot, "<")
        after = screen.row

    assert before is not None
    assert after is not None
    assert (after.path, after.path) == (before.path, "Expenses:Rent")


async def test_what_is_shown_is_written_to_a_file(
    books: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "balance-sheet")
        await typed_in(pilot, "left", "=", "x", "enter")
        said = line(app, NoticeLine)
        await typed_in(pilot, "x", *["backspace"] * 3, " pdf", "enter")

    assert (tmp_path / "balance-sheet-2026-04-previous.pdf").read_bytes().startswith(b"%PDF")
    rows = (tmp_path / "balance-sheet-2026-04-previous.csv").read_text("utf-8-sig").splitlines()
    assert rows[0] == "section,account,commodity,2026-04-30,2026-03-31"
    assert rows[2] == "Assets,Assets,USD,61246.40,58599.80"
    assert rows[1] == "Assets,Assets,EUR,200.00,"
    assert "Equity,Equity:Capital,USD,50000.00,50000.00" in rows
    assert f"{len(rows) - 1} lines are in balance-sheet-2026-04-previous.csv" in said


async def test_entry_posted_meanwhile_is_counted(books: Session, tmp_path: Path) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "income-statement")
        before = amounts(app, "Sales")
        enter(books, "Assets:Bank  1.00 USD", "Income:Sales", day=date(2026, 4, 30))
        app.following.spread("ledger", frozenset())
        await quiet(pilot)
        after = amounts(app, "Sales")

    assert (before, after) == (["4,200.00", "USD"], ["4,201.00", "USD"])


async def test_last_statement_stays_while_the_next_is_made(
    books: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "income-statement")
        before = shown(app)

        def refuse(*_args: object) -> None:
            raise RuntimeError("disk on fire")

        monkeypatch.setattr(asking, "make", refuse)
        await press(pilot, "<")
        after, said = shown(app), line(app, NoticeLine)

    assert after.splitlines()[1:20] == before.splitlines()[1:20]
    assert "Something went wrong" in said


async def test_columns_without_room_are_named_never_cut(
    local_session: Session, tmp_path: Path
) -> None:
    open_books(local_session)
    enter(local_session, "Assets:Bank  1234567890.12 USD", "Equity:Capital", day=date(2026, 4, 1))
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "equity-changes")
        small = shown(app)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot, "equity-changes")
        large = shown(app)

    assert "no room for: Transfers" in small.splitlines()[1]
    assert "1,234,567,890.12" in small
    assert "no room for" not in large
    assert "Transfers" in large.splitlines()[2]


async def test_long_names_are_cut_in_a_narrow_window_and_whole_in_a_wide_one(
    local_session: Session, tmp_path: Path
) -> None:
    name = "Deposits and prepayments to the landlord of the warehouse in the harbour"
    open_books(local_session)
    accounts.add(local_session, [NewAccount(f"Assets:{name}", "asset")])
    enter(local_session, f"Assets:{name}  5.00 USD", "Equity:Capital", day=date(2026, 4, 1))
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "balance-sheet")
        small = shown(app)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot, "balance-sheet")
        large = shown(app)

    cut = next(row for row in small.splitlines() if "Deposits" in row)
    assert cut.split()[-3:][0].endswith("…")
    assert cut.endswith("5.00 USD")
    assert name in large


async def test_statement_speaks_indonesian(books: Session, tmp_path: Path) -> None:
    app = desk(replace(books, language="id"), tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "v", "5")
        text = shown(app)
    use_language("en")

    assert "terbukti" in text.splitlines()[1]
    assert "61.580,00 USD" in text


def test_proof_that_fails_is_shown_with_its_difference(books: Session) -> None:
    _asked, made = asking.make(books, asking.Asked("balance-sheet"))
    broken = Proof("broken", "Both are equal.", "at", {"USD": 1200}, {"USD": 1000})
    month = Proof("direct-month", "Flows are equal.", "2026-03", {}, {"USD": 1})
    found = statement_lines.lines(made._replace(proofs=(*made.proofs, broken, month)), ())
    told = [(each.title.strip(), each.amount("at")) for each in found if each.place[0] == "proof"]

    assert told[0] == ("Proof: DOES NOT HOLD", "")
    assert told[-8:] == [
        ("Both are equal. (in book value)", ""), ("One side", "12.00"), ("The other", "10.00"),
        ("Difference", "2.00"),
        ("Flows are equal. (in book value)", ""), ("One side 2026-03", ""),
        ("The other 2026-03", "0.01"), ("Difference 2026-03", "-0.01"),
    ]  # fmt: skip
    assert not statement_lines.holds_all(made._replace(proofs=(broken,)))


def test_account_above_others_tells_what_is_its_own(local_session: Session) -> None:
    open_books(local_session)
    enter(local_session, "Assets  5.00 USD", "Equity:Capital")
    enter(local_session, "Assets:Bank  7.00 USD", "Equity:Capital")
    _asked, made = asking.make(local_session, asking.Asked("balance-sheet"))
    found = [(each.title, each.amount("at")) for each in statement_lines.lines(made, ())]

    assert found[:5] == [
        ("Assets", ""), ("  - Assets", "12.00"), ("      on the account itself", "5.00"),
        ("      Bank", "7.00"), ("Total Assets", "12.00"),
    ]  # fmt: skip
