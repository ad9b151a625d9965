"""Planning in a grid: cells, rows and files, each one change with one undo."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from boconsole.errors import InvalidChangeError, NotAllowedError, StaleRecordError, UndoError
from boconsole.ledger import budget_editing, budget_files, budget_grid, planning
from boconsole.ledger.budget_files import BudgetFileError
from boconsole.ledger.budget_grid import GridRow, Year
from boconsole.money import PrecisionError
from boconsole.session import Session
from tests.books import enter, open_books, sale
from tests.people import add_agent

YEAR = Year(202601)


@pytest.fixture
def books(session: Session) -> Session:
    open_books(session)
    planning.plan(session, "Rent", "2026", Decimal("1200.00"), "USD")
    return session


def row(session: Session, name: str = "Rent", year: Year = YEAR) -> GridRow:
    return next(each for each in budget_grid.every(session, year) if each.account.name == name)


def test_grid_has_income_and_expenses_and_what_is_planned(books: Session) -> None:
    enter(books, "Expenses:Rent  130.00 USD", "Assets:Bank", day=date(2026, 5, 4))
    planning.plan(books, "Equipment", "2026-02", Decimal("7"), "EUR")

    rows = budget_grid.every(books, YEAR)

    assert [(each.account.name, each.commodity.code) for each in rows] == [
        ("Equipment", "EUR"), ("Rent", "USD"), ("Supplies", "USD"), ("Sales", "USD"),
    ]  # fmt: skip
    assert (rows[1].planned, rows[1].actual[4]) == ((100_00,) * 12, 130_00)
    assert [each.account.name for each in budget_grid.every(books, YEAR, "kind:liability")] == [
        "Liabilities", "Loan",
    ]  # fmt: skip


def test_pages_follow_one_another_without_gap_or_repeat(books: Session) -> None:
    whole = [each.key for each in budget_grid.every(books, YEAR)]

    first = budget_grid.page(books, YEAR, "", "", 2)
    second = budget_grid.page(books, YEAR, "", first.rows[-1].cursor, 2)
    back = budget_grid.page(books, YEAR, "", second.rows[0].cursor, 2, backwards=True)

    assert [each.key for each in (*first.rows, *second.rows)] == whole
    assert (first.more, second.more) == (True, False)
    assert back.rows == first.rows


def test_cell_is_written_unless_somebody_was_there_first(books: Session) -> None:
    seen = row(books)

    budget_editing.set_cell(books, seen, YEAR, 4, 250_00)

    assert row(books).planned[3:6] == (100_00, 250_00, 100_00)
    with pytest.raises(StaleRecordError, match="2026-05"):
        budget_editing.set_cell(books, seen, YEAR, 4, 300_00)
    assert row(books).planned[4] == 250_00


def test_filling_leaves_what_is_on_the_left(books: Session) -> None:
    budget_editing.set_cell(books, row(books), YEAR, 9, 0)

    budget_editing.fill_right(books, row(books), YEAR, 9)

    assert row(books).planned == (100_00,) * 9 + (0, 0, 0)


def test_year_is_spread_with_the_remainder_placed(books: Session) -> None:
    budget_editing.spread_year(books, row(books), YEAR, 1000_03)

    assert sum(row(books).planned) == 1000_03
    assert set(row(books).planned) == {83_34, 83_33}


def test_last_year_is_copied_with_a_rise_that_sums_up(books: Session) -> None:
    for month, amount in ((1, "10.01"), (2, "10.01"), (3, "10.01")):
        enter(books, f"Expenses:Rent  {amount} USD", "Assets:Bank", day=date(2026, month, 2))
        sale(books, "0.99", date(2026, month, 3))
    after = Year(202701)

    budget_editing.copy_last_year(books, budget_grid.every(books, after), after, Decimal("2.5"))

    assert row(books, "Rent", after).planned[:4] == (10_26, 10_26, 10_26, 0)
    assert sum(row(books, "Rent", after).planned) == 30_78
    assert row(books, "Sales", after).planned[:3] == (1_01, 1_02, 1_01)


@pytest.mark.parametrize(
    ("percent", "wanted"),
    [("0", [1, 2, 0, 3]), ("50", [2, 3, 0, 4]), ("-100", [0, 0, 0, 0]), ("33.4", [1, 3, 0, 4])],
)
def test_raised_amounts_sum_to_the_raised_sum(percent: str, wanted: list[int]) -> None:
    assert budget_editing.raised([1, 2, 0, 3], Decimal(percent)) == wanted


def test_undo_puts_back_each_kind_of_change(books: Session) -> None:
    before = row(books).planned
    budget_editing.set_cell(books, row(books), YEAR, 0, 1)
    budget_editing.fill_right(books, row(books), YEAR, 0)

    planning.undo_last(books)
    planning.undo_last(books)

    assert row(books).planned == before
    planning.undo_last(books)
    assert row(books).planned == (0,) * 12
    with pytest.raises(UndoError):
        planning.undo_last(books)


def test_undone_change_is_not_undone_again(books: Session) -> None:
    operation = budget_editing.set_cell(books, row(books), YEAR, 0, 1)
    planning.undo(books, operation)
    budget_editing.set_cell(books, row(books), YEAR, 0, 1)

    with pytest.raises(UndoError, match="already"):
        planning.undo(books, operation)

    assert row(books).planned[0] == 1


def test_nothing_is_undone_over_a_later_change(books: Session) -> None:
    operation = budget_editing.set_cell(books, row(books), YEAR, 0, 1)
    budget_editing.set_cell(add_agent(books, "joel", ("accountant",)), row(books), YEAR, 0, 2)

    with pytest.raises(UndoError, match="Rent"):
        planning.undo(books, operation)

    assert row(books).planned[0] == 2


@pytest.mark.parametrize(
    ("text", "minor"), [("1,250.50", 1250_50), ("-3", -3_00), ("", 0), ("7 USD", 7_00)]
)
def test_typed_amounts_are_read(books: Session, text: str, minor: int) -> None:
    assert budget_editing.read_amount(text, row(books)) == minor


@pytest.mark.parametrize("text", ["12x", "7 EUR", "1 USD @ 2 EUR", "1..2"])
def test_typed_amounts_that_cannot_be_are_refused(books: Session, text: str) -> None:
    with pytest.raises(InvalidChangeError):
        budget_editing.read_amount(text, row(books))
    with pytest.raises(PrecisionError):
        budget_editing.read_amount("0.001", row(books))


def test_file_comes_back_as_it_went(books: Session, tmp_path: Path) -> None:
    planning.plan(books, "Sales", "2026-03", Decimal("10.50"), "USD")
    file = tmp_path / "plan.csv"
    wanted = [(each.key, each.planned) for each in budget_grid.every(books, YEAR)]

    rows = budget_files.export(books, file, YEAR)
    planning.plan(books, "Rent", "2026", Decimal(1), "USD")
    planning.plan(books, "Sales", "2026", Decimal(1), "USD")
    made = budget_files.take(books, file)

    assert (rows, made.rows) == (2, 2)
    assert [(each.key, each.planned) for each in budget_grid.every(books, YEAR)] == wanted
    assert budget_files.take(books, file).operation == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("account,commodity,2026-13\n", "line 1"),
        ("account,commodity,2026-01,2026-01\n", "twice"),
        ("account,commodity,2026-01\nRent,USD,5\nRant,USD,1\n", "line 3.*Rant"),
        ("account,commodity,2026-01\nRent,USD,5\nRent,USD,1\n", "line 3.*twice"),
        ("account,commodity,2026-01\nRent,USD,1.001\n", "line 2.*digits"),
        ("account,commodity,2026-01\nRent,USD,NaN\n", "line 2"),
        ("account,commodity,2026-01\nRent,USD\n", "line 2"),
        ("", "line 1"),
    ],
)
def test_file_with_a_fault_changes_nothing(
    books: Session, tmp_path: Path, text: str, reason: str
) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(text)

    with pytest.raises(BudgetFileError, match=f"(?s){reason}"):
        budget_files.take(books, file)

    assert row(books).planned == (100_00,) * 12


def test_grid_of_a_fiscal_year_begins_where_the_year_does(session: Session) -> None:
    from boconsole.ledger import periods

    periods.set_fiscal_start(session, "4")

    assert budget_grid.read_year(session, "2026/27").months[0] == 202604
    assert budget_grid.read_year(session, "2026").name == "2026/27"
    assert budget_grid.year_of(session, date(2026, 3, 31)).months[-1] == 202603


def test_who_may_not_plan_is_refused(books: Session) -> None:
    reader = add_agent(books, "joel", ("executive",))

    for work in (
        lambda: budget_editing.set_cell(reader, row(books), YEAR, 0, 1),
        lambda: planning.undo_last(reader),
        lambda: planning.set_mode(add_agent(books, "ira", ("accountant",)), "Rent", "block"),
    ):
        with pytest.raises(NotAllowedError):
            work()
