"""Statements beside their budget: what was planned, the difference, the share, the verdict."""

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from boconsole.doors.budget_lines import judgements, lines
from boconsole.errors import InvalidChangeError
from boconsole.ledger import closing, planning
from boconsole.ledger.statements import asking, cash, exporting, plans, telling
from boconsole.ledger.statements.performance import income_statement
from boconsole.ledger.statements.position import balance_sheet
from boconsole.ledger.statements.shapes import Cell, Statement
from boconsole.ledger.statements.trial import trial_balance
from boconsole.session import Session
from tests.books import enter, open_books, sale

FIRST, LAST = date(2026, 5, 1), date(2026, 5, 31)


@pytest.fixture
def books(session: Session) -> Session:
    open_books(session)
    for name, amount in (("Rent", "1200"), ("Sales", "6000"), ("Loan", "-120")):
        planning.plan(session, name, "2026", Decimal(amount), "USD")
    enter(session, "Assets:Bank  5000 USD", "Liabilities:Loan", day=date(2025, 12, 31))
    enter(session, "Expenses:Rent  130.00 USD", "Assets:Bank", day=date(2026, 5, 4))
    enter(session, "Expenses:Supplies  7.00 USD", "Assets:Bank", day=date(2026, 5, 5))
    sale(session, "525.00", date(2026, 5, 6))
    return session


def told(statement: Statement) -> dict[str, tuple[list[int], str, str]]:
    """Return amounts, per cent and verdict by account, and of totals by section."""
    found = {}
    for section in statement.sections:
        rows = [(row.path or row.title, row.total, row.kind) for row in section.rows]
        for name, cells, kind in (*rows, (section.key, section.totals, "")):
            found[name] = _line(statement, cells, section.key, kind)
    return found


def _line(
    statement: Statement, cells: Sequence[Cell], section: str, kind: str
) -> tuple[list[int], str, str]:
    amounts = {
        column.key: cell.amounts.get("USD", 0)
        for column, cell in zip(statement.columns, cells, strict=True)
    }
    judged = plans.judged(statement, amounts, plans.welcome(statement, section, kind))
    return list(amounts.values()), str(judged.percent), judged.verdict


def test_income_over_budget_is_favourable_and_expense_is_not(books: Session) -> None:
    statement = income_statement(books, FIRST, LAST, compare="budget")

    found = told(statement)

    assert [column.key for column in statement.columns] == ["period", "budget", "difference"]
    assert found["Income:Sales"] == ([525_00, 500_00, 25_00], "105.0", "F")
    assert found["Expenses:Rent"] == ([130_00, 100_00, 30_00], "130.0", "U")
    assert found["Expenses:Supplies"] == ([7_00, 0, 7_00], "None", "U")
    assert found["expenses"] == ([137_00, 100_00, 37_00], "137.0", "U")
    assert found["net-income"] == ([388_00, 400_00, -12_00], "97.0", "U")
    assert all(proof.holds for proof in statement.proofs)
    assert {proof.column for proof in statement.proofs} == {"period"}


def test_trial_balance_judges_by_the_kind_not_by_the_sign(books: Session) -> None:
    found = told(trial_balance(books, FIRST, LAST, compare="budget"))

    assert found["Income:Sales"] == ([-525_00, -500_00, -25_00], "105.0", "F")
    assert found["Expenses:Rent"] == ([130_00, 100_00, 30_00], "130.0", "U")
    assert found["Liabilities:Loan"] == ([0, 10_00, -10_00], "0.0", "U")


def test_balance_sheet_plans_on_from_the_start_of_the_year(books: Session) -> None:
    enter(books, "Assets:Bank  1.00 USD", "Equity:Capital", day=date(2026, 1, 1))

    statement = balance_sheet(books, LAST, compare="budget")

    found = told(statement)

    assert found["Liabilities:Loan"] == ([5000_00, 4950_00, 50_00], "101.0", "U")
    assert found["Assets:Bank"] == ([5389_00, 5000_00, 389_00], "107.8", "F")
    assert found["Result not yet closed"] == ([388_00, 2000_00, -1612_00], "19.4", "U")
    assert all(proof.holds for proof in statement.proofs)
    assert "2025-12-31" in statement.remarks[1]


def test_closing_a_year_leaves_the_comparison(books: Session) -> None:
    before = [told(made(books, date(2026, 1, 1), date(2026, 12, 31), compare="budget"))
              for made in (income_statement, trial_balance)]  # fmt: skip

    closing.close(books, "2025")
    closing.close(books, "2026")

    after = [told(made(books, date(2026, 1, 1), date(2026, 12, 31), compare="budget"))
             for made in (income_statement, trial_balance)]  # fmt: skip
    assert after == before


def test_parts_of_months_are_said(books: Session) -> None:
    half = income_statement(books, FIRST, date(2026, 5, 15), compare="budget")
    empty = income_statement(books, date(2027, 1, 1), date(2027, 1, 31), compare="budget")

    assert "2026-05 to 2026-05" in half.remarks[1]
    assert "Nothing is planned for 2027-01" in empty.remarks[1]
    assert told(half)["Expenses:Rent"][0][1] == 100_00


def test_plan_without_a_rate_is_listed_and_in_no_sum(books: Session) -> None:
    planning.plan(books, "Supplies", "2026-05", Decimal("10.00"), "EUR")

    statement = income_statement(books, FIRST, LAST, compare="budget", currency="USD")

    assert [(each.column, each.commodity, each.amount) for each in statement.unconvertible] == [
        ("budget", "EUR", 10_00),
    ]  # fmt: skip
    assert told(statement)["Expenses:Supplies"][0] == [7_00, 0, 7_00]


def test_comparison_is_asked_in_words_and_only_where_it_can_be(books: Session) -> None:
    asked = asking.read(asking.TRIAL, "2026-05 budget")

    assert asked.words == "2026-05 budget"
    assert asking.make(books, asked)[1].columns[1].key == "budget"
    assert asked._replace(name=asking.CASH).words == "2026-05"
    for work in (
        lambda: cash.cash_flow(books, compare="budget"),
        lambda: trial_balance(books, compare="year"),
        lambda: balance_sheet(books, compare="plan"),
    ):
        with pytest.raises(InvalidChangeError, match="expected one of"):
            work()


def test_share_and_verdict_go_to_text_json_and_files(books: Session, tmp_path: Path) -> None:
    statement = income_statement(books, FIRST, LAST, compare="budget")
    file = tmp_path / "x.csv"

    exporting.write(books, file, statement, telling.lines(statement))
    for name in ("x.xlsx", "x.pdf"):
        exporting.write(books, tmp_path / name, statement, telling.lines(statement))

    rows = list(csv.reader(file.open()))
    assert rows[0][3:] == ["2026-05-01 - 2026-05-31", "Budget", "Difference", "Per cent", "Verdict"]
    assert ["Expenses", "Expenses:Rent", "USD", "130.00", "100.00", "30.00", "130.0",
            "unfavourable"] in rows  # fmt: skip
    expenses = statement.sections[1]
    rent = next(row for row in expenses.rows if row.title == "Rent")
    assert judgements(statement, rent.total, "expenses", "expense") == {
        "judged": {"USD": {"percent": "130.0", "verdict": "unfavourable"}}
    }
    assert ("Expenses:Rent", "130.00 USD", "100.00 USD", "30.00 USD", "130.0 % U") in list(
        lines(statement)
    )
    assert (tmp_path / "x.pdf").read_bytes()[:4] == b"%PDF"
