"""Statements as files: CSV, workbooks and PDF hold the same exact amounts."""

import csv
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from boconsole.errors import BoconsoleError, InvalidChangeError, NotAllowedError
from boconsole.ledger import accounts, entries
from boconsole.ledger import exporting as journals
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.statements import asking, details, exporting, printing, telling
from boconsole.ledger.statements.exporting import Told
from boconsole.ledger.statements.shapes import Statement
from boconsole.ledger.typing import typed
from boconsole.session import Session
from tests.books import enter, open_books
from tests.people import add_agent

EVIL = "=cmd|' /C calc'!A0"


@pytest.fixture
def books(local_session: Session) -> Session:
    open_books(local_session)
    accounts.add(local_session, [NewAccount(f"Expenses:{EVIL}", "5900")])
    enter(local_session, "Assets:Bank  5000.00 USD", "Equity:Capital", day=date(2026, 3, 2))
    enter(local_session, "Assets:Cash  700 JPY @ 0.01 USD", "Assets:Bank", day=date(2026, 3, 3))
    enter(local_session, f"Expenses:{EVIL}  12.05 USD", "Assets:Bank", day=date(2026, 4, 3))
    return local_session


def made(session: Session, name: str, words: str = "2026-04") -> Statement:
    return asking.make(session, asking.read(name, words))[1]


def written(session: Session, path: Path, statement: Statement, **more: bool) -> None:
    exporting.write(session, path, statement, telling.lines(statement), **more)


def test_workbook_has_numbers_and_never_a_formula(books: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    statement = made(books, "income-statement")
    evil = Told(EVIL, EVIL, EVIL, 2, {})
    exporting.write(books, path, statement, [*telling.lines(statement), evil])

    cells = [cell for row in openpyxl.load_workbook(path).active for cell in row]  # type: ignore[union-attr]
    evils = [cell for cell in cells if EVIL in str(cell.value)]
    amounts = [cell for cell in cells if cell.value == 12.05]

    assert len(evils) >= 4
    assert {cell.data_type for cell in evils} == {"s"}
    assert {cell.data_type for cell in amounts} == {"n"}
    assert {cell.number_format for cell in amounts} == {"#,##0.00"}


def test_amount_that_a_number_does_not_hold_is_text(books: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    statement = made(books, "balance-sheet")
    held, beyond = (
        Told("", "a", "USD", 2, {"at": 2**53 - 1}),
        Told("", "b", "USD", 2, {"at": 2**53}),
    )
    exporting.write(books, path, statement._replace(columns=(
        statement.columns[0]._replace(key="at"),)), [held, beyond])  # fmt: skip

    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert round(sheet["D2"].value * 100) == 2**53 - 1
    assert sheet["D3"].value == "90071992547409.92"


def test_csv_is_exact_unless_it_is_for_a_spreadsheet(books: Session, tmp_path: Path) -> None:
    statement = made(books, "income-statement")
    written(books, tmp_path / "a.csv", statement)
    written(books, tmp_path / "b.csv", statement._replace(
        sections=tuple(each._replace(title=EVIL) for each in statement.sections)),
        spreadsheet=True)  # fmt: skip

    plain = list(csv.reader((tmp_path / "a.csv").open(newline="")))
    harmless = list(csv.reader((tmp_path / "b.csv").open(newline="")))
    assert ["Expenses", f"Expenses:{EVIL}", "USD", "12.05"] in plain
    assert all(not row[0].startswith("=") for row in harmless)
    assert any(row[0] == f"'{EVIL}" for row in harmless)


def test_account_above_others_has_their_sum_and_its_own(books: Session) -> None:
    accounts.add(books, [NewAccount("Assets:Bank:Deposit", "1110")])
    enter(books, "Assets:Bank:Deposit  40.00 USD", "Assets:Bank", day=date(2026, 4, 4))

    told = [
        (line.short, line.indent, *line.amounts.values())
        for line in telling.lines(made(books, "balance-sheet"))
        if line.section == "Assets"
    ]

    assert told == [
        ("Assets", 0),
        ("Bank", 1, 4980_95),
        ("on the account itself", 2, 4940_95),
        ("Deposit", 2, 40_00),
        ("Cash", 1, 700),
        ("Total Assets", 0, 700),
        ("", 0, 4980_95),
    ]


@pytest.mark.parametrize("name", [*asking.TITLES, "general-ledger", "journal"])
def test_each_statement_is_printed_with_its_proof(books: Session, name: str) -> None:
    if name in asking.TITLES:
        statement = made(books, name, "2026-01..2026-04")
    else:
        statement = getattr(details, name.replace("-", "_"))(books)
    lines = telling.lines(statement, ["A remark."])

    first, again = (printing.laid_out(statement, lines).bytes() for _turn in range(2))

    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(first)).pages)
    assert first == again
    assert statement.title in text
    assert "Proof: holds" in text
    assert "A remark." in text
    assert re.search(r"1 / 1", text)
    for line in lines:
        for amount in line.amounts.values():
            whole = f"{abs(amount) / 10**line.precision:,.{line.precision}f}"
            assert whole in text


def test_payee_that_the_description_begins_with_is_said_once(books: Session) -> None:
    for payee, about in (("Ann", "Ann | Rent"), ("An", "Annual fee"), ("Bob", "Rent")):
        lines = ["Expenses:Rent  1 USD", "Assets:Bank"]
        entries.enter(books, typed(date(2026, 4, 5), about, lines, payee=payee))

    titles = [section.title for section in details.journal(books).sections]

    assert titles[-3].endswith(" Ann | Rent")
    assert "Ann Ann" not in titles[-3]
    assert titles[-2].endswith(" An Annual fee")
    assert titles[-1].endswith(" Bob Rent")


def test_payee_is_exported_though_the_description_begins_with_its_letters(
    books: Session, tmp_path: Path
) -> None:
    for about in ("Annual fee", "An | fee"):
        lines = ["Expenses:Rent  1 USD", "Assets:Bank"]
        entries.enter(books, typed(date(2026, 4, 5), about, lines, payee="An"))

    journals.export(books, tmp_path / "a.journal", "hledger")

    text = (tmp_path / "a.journal").read_text()
    assert "An | Annual fee\n" in text
    assert "An | fee\n" in text
    assert "An | An" not in text.replace("An | Annual fee", "")


def test_amounts_stand_on_one_decimal_point(books: Session) -> None:
    statement = made(books, "balance-sheet", "2026-04 previous")
    pages = printing.laid_out(statement, telling.lines(statement))

    drawn = [each for each in pages._pages[0] if hasattr(each, "text")]
    yen = next(each for each in drawn if each.text == "700")
    dollars = next(each for each in drawn if each.text == "5,000.00")
    from boconsole.paper.fonts import width

    def point(text: str, size: float, left: float) -> float:
        return left + width(text.partition(".")[0], size)

    assert point(yen.text, yen.size, yen.left) == pytest.approx(
        point(dollars.text, dollars.size, dollars.left), abs=0.1
    )


def test_many_columns_lie_down(books: Session) -> None:
    equity = made(books, "equity-changes")

    assert printing.laid_out(equity, telling.lines(equity)).size[0] > 800
    assert printing.laid_out(made(books, "balance-sheet"), []).size[0] < 600


def test_what_cannot_be_written_is_refused(books: Session, tmp_path: Path) -> None:
    statement = made(books, "balance-sheet")
    path = tmp_path / "a.pdf"
    path.write_text("mine")

    with pytest.raises(BoconsoleError, match="there is such a file already"):
        written(books, path, statement)
    with pytest.raises(InvalidChangeError, match="csv, xlsx, pdf"):
        written(books, tmp_path / "a.doc", statement)
    with pytest.raises(NotAllowedError):
        written(add_agent(books, "ann"), tmp_path / "b.pdf", statement)
    assert path.read_text() == "mine"

    written(books, path, statement, overwrite=True)
    assert path.read_bytes().startswith(b"%PDF")
