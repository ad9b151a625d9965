"""Statements of journals that nobody here wrote, with totals that other programs give."""

import csv
import io
import os
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from boconsole.ledger import closing, importing
from boconsole.ledger.statements.cash import cash_flow
from boconsole.ledger.statements.equity import equity_changes
from boconsole.ledger.statements.performance import income_statement
from boconsole.ledger.statements.position import balance_sheet
from boconsole.ledger.statements.shapes import Statement
from boconsole.ledger.statements.trial import trial_balance
from boconsole.session import Session
from tests.figures import broken, counted, row, told
from tests.hledger import program, shared

Figures = dict[tuple[str, str, str], Decimal]
TOTAL = "total"


@pytest.fixture
def example(session: Session) -> Session:
    """The books of hledger's examples/bcexample.journal."""
    importing.import_journal(session, shared("bcexample.journal"))
    return session


@pytest.fixture
def beans(session: Session) -> Session:
    """The books of beancount's examples/example.beancount."""
    importing.import_journal(session, shared("example.beancount"))
    return session


def year(number: int) -> tuple[date, date]:
    return date(number, 1, 1), date(number, 12, 31)


def judged(report: str, path: Path, *more: str) -> Figures:
    """Return section, account and commodity to what hledger shows in a compound report."""
    answer = subprocess.run(
        [program(), "-f", path, report, "--flat", "--layout=bare", "-O", "csv", *more],
        capture_output=True, text=True, env={**os.environ, "LANG": "C.UTF-8"}, check=True,
    )  # fmt: skip
    found, heading = {}, ""
    for line in list(csv.reader(io.StringIO(answer.stdout)))[2:]:
        name, code, *numbers = line
        if not numbers or not code:
            heading = name
        elif name != "Net:" and Decimal(numbers[0]):
            shown_as = TOTAL if name.casefold().strip(":") == TOTAL else name
            found[heading, shown_as, code] = Decimal(numbers[0])
    return found


def shown(statement: Statement, headings: dict[str, str]) -> Figures:
    """Return the rows and totals of some sections in the same way."""
    found = {}
    for section in statement.sections:
        if section.key in headings:
            cells = [(row.path, row.own[0]) for row in section.rows]
            for name, cell in (*cells, (TOTAL, section.totals[0])):
                for code, text in told(statement, cell.amounts).items():
                    found[headings[section.key], name, code] = Decimal(text)
    return found


RATES = """\
commodity 1000.00 USD
commodity 1000.00 EUR
commodity 1000.00 IDR
commodity 1000.00 SGD
P 2026-01-01 EUR 1.10 USD
P 2026-02-01 USD 0.80 EUR
P 2026-01-15 USD 16000 IDR
P 2026-03-01 SGD 12000 IDR
P 2027-01-01 EUR 9 USD
2026-01-02 a
    Assets:Bank        1000.00 EUR
    Equity:Capital
2026-01-03 b
    Assets:Cash        5000000.00 IDR @@ 300.00 EUR
    Assets:Bank
2026-02-03 c
    Assets:Abroad        77.77 SGD @@ 60.00 EUR
    Assets:Bank
2026-03-03 d
    Expenses:Rent        33.33 EUR
    Liabilities:Card    -36.00 USD @@ 33.33 EUR
"""


@pytest.mark.parametrize("currency", ["USD", "EUR", "IDR"])
def test_converted_sheet_is_that_of_hledger(
    local_session: Session, tmp_path: Path, currency: str
) -> None:
    path = tmp_path / "rates.journal"
    path.write_text(RATES)
    importing.import_journal(local_session, path)

    sheet = balance_sheet(local_session, date(2026, 12, 31), currency=currency)

    wanted = judged("bs", path, "-X", currency, "-e", "2027-01-01")
    assert shown(sheet, {"assets": "Assets", "liabilities": "Liabilities"}) == wanted
    assert len(wanted) == 6


def test_sheet_and_income_are_those_of_hledger(example: Session) -> None:
    path = shared("bcexample.journal")

    sheet, income = balance_sheet(example), income_statement(example)

    assert shown(sheet, {"assets": "Assets", "liabilities": "Liabilities"}) == judged("bs", path)
    assert shown(income, {"income": "Revenues", "expenses": "Expenses"}) == judged("is", path)
    assert len(judged("is", path)) > 30


def test_totals_of_the_example_journal(example: Session) -> None:
    """Source: hledger's own reports on its examples/bcexample.journal."""
    sheet, income = balance_sheet(example), income_statement(example)
    results = [income_statement(example, *year(number)) for number in (2012, 2013, 2014)]
    flows = [
        cash_flow(example, *year(number), method=method)
        for method in ("direct", "indirect")
        for number in (2012, 2013, 2014)
    ]

    assert counted(sheet, "assets")["USD"] == "5716.53"
    assert counted(sheet, "liabilities") == {"USD": "2891.85"}
    opening = row(sheet, "Equity:Opening-Balances")
    assert told(sheet, opening.own[0].amounts) == {"USD": "3077.70"}
    assert counted(income, "income")["USD"] == "365071.44"
    assert counted(income, "expenses")["USD"] == "260911.70"
    assert [
        (counted(each, "income")["USD"], counted(each, "expenses")["USD"]) for each in results
    ] == [
        ("129132.20", "92663.60"), ("129496.62", "93587.99"), ("106442.62", "74660.11"),
    ]  # fmt: skip
    assert [counted(each, "cash") for each in flows] == 2 * [
        {"USD": "7785.76"}, {"USD": "-299.58"}, {"USD": "-1769.65"},
    ]  # fmt: skip
    assert [broken(each) for each in (sheet, income, *results, *flows)] == [[]] * 11


def test_all_statements_of_the_example_journal_are_proved_after_closing(example: Session) -> None:
    for name in ("2012", "2013"):
        closing.close(example, name)

    for statement in (
        trial_balance(example), balance_sheet(example, compare="year"), income_statement(example),
        cash_flow(example), equity_changes(example, *year(2013)),
    ):  # fmt: skip
        assert broken(statement) == []
    assert counted(income_statement(example), "income")["USD"] == "365071.44"


def test_totals_of_the_beancount_example(beans: Session) -> None:
    """Source: beancount's own queries on its examples/example.beancount."""
    results = [income_statement(beans, *year(number)) for number in (2013, 2014, 2015)]
    sheet, worth = balance_sheet(beans), balance_sheet(beans, currency="USD")

    assert [
        (counted(each, "income")["USD"], counted(each, "expenses")["USD"]) for each in results
    ] == [
        ("129492.69", "93075.96"), ("129184.98", "94605.10"), ("130853.37", "91343.19"),
    ]  # fmt: skip
    checking, card = (
        told(sheet, row(sheet, path).own[0].amounts)
        for path in ("Assets:US:BofA:Checking", "Liabilities:US:Chase:Slate")
    )
    assert (checking, card) == ({"USD": "3043.23"}, {"USD": "2941.56"})
    assert {each.commodity for each in worth.unconvertible} == {"IRAUSD", "VACHR"}
    assert [broken(each) for each in (*results, sheet, worth)] == [[]] * 5
