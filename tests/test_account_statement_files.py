"""Aged lists and statements of account by command and as files."""

import csv
import zipfile
from pathlib import Path

import pytest

from boconsole.errors import InvalidChangeError
from boconsole.invoices import account_statement, aged_list, sheets
from boconsole.session import Session
from boconsole.whole_files import UnwrittenError
from db import connection
from tests.test_account_statement import JULY
from tests.trade import bill, invoice, open_trade, pay


@pytest.fixture
def trade(local_session: Session) -> Session:
    """An invoice partly paid of a contact whose name a spreadsheet would run."""
    open_trade(local_session)
    pay(local_session, "40.00", invoice(local_session, "1234.50"))
    connection.execute("UPDATE organisation SET name = '=Acme' WHERE name = 'Acme'")
    return local_session


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_aged_csv_has_contacts_items_totals_and_the_proof(trade: Session, tmp_path: Path) -> None:
    made = aged_list.make(trade, "receivable", JULY)
    path = tmp_path / "aged.csv"
    number = made.contacts[0].partner_id

    sheets.write(trade, path, sheets.of_aged(made, {(number, "USD")}), spreadsheet=True)

    assert rows(path) == [
        ["Contact", "Number", "Due", "Currency", "Not due", "1-30", "31-60", "61-90", "Over 90",
         "Total"],
        ["'=Acme", "", "", "USD", "0.00", "0.00", "1194.50", "0.00", "0.00", "1194.50"],
        ["'=Acme", "INV-2026-00001", "2026-06-03", "USD", "", "", "1194.50", "", "", "1194.50"],
        ["Total", "", "", "USD", "0.00", "0.00", "1194.50", "0.00", "0.00", "1194.50"],
        ["Proof: the control account holds 1194.50 USD, as is open.", *[""] * 9],
    ]  # fmt: skip


def test_statement_csv_runs_to_its_balance(trade: Session, tmp_path: Path) -> None:
    made = account_statement.make(trade, "=Acme", "receivable", None, JULY)
    path = tmp_path / "statement.csv"

    sheets.write(trade, path, sheets.of_statement(made))

    assert [row[1:3] + row[5:] for row in rows(path)[1:]] == [
        ["INV-2026-00001", "Invoice", "1234.50", "", "1234.50"],
        ["RCP-2026-00001", "Payment received", "", "40.00", "1194.50"],
        ["", "Balance", "", "", "1194.50"],
        ["", "of that 31-60 days overdue", "", "", "1194.50"],
    ]


def test_workbook_holds_numbers_and_paper_is_pdf(trade: Session, tmp_path: Path) -> None:
    bill(trade, "70.00")
    sheet = sheets.of_aged(aged_list.make(trade, "payable", JULY), ())
    statement = account_statement.make(trade, "=Acme", "receivable", None, JULY)

    sheets.write(trade, tmp_path / "aged.xlsx", sheet)
    sheets.write(trade, tmp_path / "aged.pdf", sheet)
    sheets.write(trade, tmp_path / "acme.pdf", sheets.of_statement(statement))

    with zipfile.ZipFile(tmp_path / "aged.xlsx") as book:
        assert b"<v>70</v>" in book.read("xl/worksheets/sheet1.xml")
    assert (tmp_path / "aged.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "acme.pdf").stat().st_size > 1_000


def test_file_that_is_there_and_other_formats_are_refused(trade: Session, tmp_path: Path) -> None:
    sheet = sheets.of_aged(aged_list.make(trade, "receivable", JULY), ())
    path = tmp_path / "aged.csv"
    path.write_text("mine", "utf-8")

    with pytest.raises(UnwrittenError, match="choose another name"):
        sheets.write(trade, path, sheet)
    with pytest.raises(InvalidChangeError, match="csv, xlsx, pdf"):
        sheets.write(trade, tmp_path / "aged.doc", sheet)

    assert path.read_text("utf-8") == "mine"
