"""Periods as they are typed, named and stepped through, and statements asked for in words."""

from datetime import date
from pathlib import Path

import pytest

from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.ledger import accounts, registers
from boconsole.ledger.statements import asking, exporting, periods
from boconsole.ledger.statements.asking import Asked
from boconsole.ledger.statements.periods import Period
from boconsole.session import Session
from tests.books import enter, open_books, sale


def days(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "first", "last", "name"),
    [
        ("2026", "2026-01-01", "2026-12-31", "2026"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-02"),
        (" 2026-q4 ", "2026-10-01", "2026-12-31", "2026-10..2026-12"),
        ("2026-01..2026-05", "2026-01-01", "2026-05-31", "2026-01..2026-05"),
        ("2025..2026", "2025-01-01", "2026-12-31", "2025..2026"),
        ("2026-03-05..2026-04", "2026-03-05", "2026-04-30", "2026-03-05..2026-04-30"),
        ("2026-03-05", "2026-03-05", "2026-03-05", "2026-03-05"),
    ],
)
def test_period_is_read_and_named(text: str, first: str, last: str, name: str) -> None:
    found = periods.read(text)

    assert found == days(first, last)
    assert periods.name(found) == name
    assert periods.read(name) == found


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-02-30", "2026-05..2026-01", "..2026", "0000", "May", "2026-q5"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(InvalidChangeError, match="no period such as"):
        periods.read(text)


@pytest.mark.parametrize(
    ("text", "by", "name"),
    [
        ("2026-01", -1, "2025-12"),
        ("2024-01", 1, "2024-02"),
        ("2026", -1, "2025"),
        ("2026-q1", 1, "2026-04..2026-06"),
        ("2026-03-05..2026-03-11", 1, "2026-03-12..2026-03-18"),
        ("9999-12", 1, "9999-12"),
        ("0001-01", -1, "0001-01"),
    ],
)
def test_step_keeps_the_length(text: str, by: int, name: str) -> None:
    assert periods.name(periods.stepped(periods.read(text), by)) == name


@pytest.mark.parametrize(
    ("text", "name"), [("2024-02", "2025-02"), ("2024-02-29", "2025-02-28"), ("2024", "2025")]
)
def test_year_later_keeps_whole_months(text: str, name: str) -> None:
    assert periods.name(periods.later(periods.read(text), periods.YEAR)) == name


def test_words_say_all_that_is_asked_for() -> None:
    asked = asking.read("cash-flow", "indirect in:USD 2026-03 previous")

    assert asked == Asked("cash-flow", days("2026-03-01", "2026-03-31"), "previous", "indirect",
                          "USD")  # fmt: skip
    assert asking.read("cash-flow", asked.words) == asked


def test_words_leave_out_what_a_statement_has_not() -> None:
    asked = asking.read("trial-balance", "2026-03 year indirect")

    assert asked.words == "2026-03"


def test_latest_period_is_the_month_in_which_the_books_end(session: Session) -> None:
    open_books(session)
    empty = periods.latest(session)
    sale(session, day=date(2025, 11, 20))

    assert periods.name(empty) == "2026-05"
    assert periods.name(periods.latest(session)) == "2025-11"


@pytest.mark.parametrize("name", asking.TITLES)
def test_every_statement_is_made_by_its_name(session: Session, name: str) -> None:
    open_books(session)
    sale(session, day=date(2025, 11, 20))
    asked, made = asking.make(session, Asked(name))

    assert (asked.period, made.name) == (days("2025-11-01", "2025-11-30"), name)
    assert all(proof.holds for proof in made.proofs)


def test_register_of_some_days_counts_what_came_before(session: Session) -> None:
    open_books(session)
    for month in (1, 2, 3):
        enter(session, f"Assets:Bank  {month}.00 USD", "Income:Sales", day=date(2026, month, 5))
    bank, february = accounts.find("Assets:Bank"), registers.Days(*periods.read("2026-02"))
    rows = registers.page(session, bank, days=february).rows
    around = registers.page_around(session, bank, rows[0].line.id, 10, february)

    assert [(row.line.amount, row.balance) for row in rows] == [(200, 300)]
    assert around is not None
    assert around.rows == rows
    assert registers.count(session, bank, days=february).number == 1
    assert registers.count(session, bank).number == 3


def told(title: str) -> exporting.Told:
    return exporting.Told("Assets", title, "USD", 2, {"at": -1205})


def test_table_has_exact_amounts_and_no_formulas(session: Session, tmp_path: Path) -> None:
    open_books(session)
    _asked, made = asking.make(session, asking.read("balance-sheet", "2026-03 year"))
    path = tmp_path / "sheet.csv"
    exporting.write(session, path, made, [told("Bank, main"), told("=1+1")], spreadsheet=True)

    assert path.read_text("utf-8-sig").splitlines() == [
        "section,account,commodity,2026-03-31,2025-03-31",
        'Assets,"Bank, main",USD,-12.05,',
        "Assets,'=1+1,USD,-12.05,",
    ]


def test_file_that_is_there_is_kept(session: Session, tmp_path: Path) -> None:
    open_books(session)
    _asked, made = asking.make(session, Asked("balance-sheet"))
    path = tmp_path / "sheet.csv"
    path.write_text("mine")

    with pytest.raises(BoconsoleError, match="there is such a file already"):
        exporting.write(session, path, made, [told("Bank")])

    assert path.read_text() == "mine"
