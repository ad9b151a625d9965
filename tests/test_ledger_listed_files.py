"""The journal as files: what a query finds, in the form that the file's name says."""

import csv
from pathlib import Path

import openpyxl
import pytest

from boconsole.errors import BoconsoleError, InvalidChangeError, NotAllowedError
from boconsole.ledger import exporting
from boconsole.session import Session
from screens.widgets.bars import NoticeLine
from tests.bookkeeping import desk, typed_in
from tests.books import draft, enter, open_books, sale
from tests.consoles import line
from tests.desks import SMALL, press, quiet
from tests.people import add_agent


@pytest.fixture
def journal(local_session: Session) -> Session:
    open_books(local_session)
    sale(local_session, "100.00")
    enter(local_session, "Expenses:Rent  12.05 USD", "Assets:Bank", about="=1+1")
    draft(local_session, "Expenses:Supplies  7.00 USD", "Assets:Bank", about="Draft")
    return local_session


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_table_has_what_the_query_finds_in_its_order(journal: Session, tmp_path: Path) -> None:
    exporting.export_listed(journal, tmp_path / "all.csv", "")
    done = exporting.export_listed(journal, tmp_path / "rent.csv", "account:Expenses:Rent")

    assert [row["number"] for row in rows(tmp_path / "all.csv")][::2] == [
        "DRF-3", "JNL-2026-00002", "JNL-2026-00001"
    ]  # fmt: skip
    assert [row["amount"] for row in rows(tmp_path / "rent.csv")] == ["12.05", "-12.05"]
    assert (done.entries, done.lines) == (1, 2)


def test_marked_entries_are_written_alone(journal: Session, tmp_path: Path) -> None:
    done = exporting.export_listed(journal, tmp_path / "a.csv", "", chosen=[1, 3])

    assert done.entries == 2
    assert {row["description"] for row in rows(tmp_path / "a.csv")} == {"Sale", "Draft"}


def test_journal_for_others_has_no_drafts(journal: Session, tmp_path: Path) -> None:
    done = exporting.export_listed(journal, tmp_path / "a.journal", "")

    text = (tmp_path / "a.journal").read_text("utf-8")
    assert done.entries == 2
    assert "12.05" in text
    assert "Draft" not in text


def test_workbook_of_a_query_has_no_formula(journal: Session, tmp_path: Path) -> None:
    exporting.export_listed(journal, tmp_path / "a.XLSX", "")

    sheet = openpyxl.load_workbook(tmp_path / "a.XLSX").active
    assert sheet is not None
    kinds = {cell.value: cell.data_type for row in sheet for cell in row}
    assert kinds["=1+1"] == "s"
    assert kinds[12.05] == "n"


def test_texts_for_a_spreadsheet_are_quoted_and_amounts_are_not(
    journal: Session, tmp_path: Path
) -> None:
    exporting.export(journal, tmp_path / "a.csv", "csv", spreadsheet=True)
    exporting.export(journal, tmp_path / "b.csv", "csv")

    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfdate,")
    assert (tmp_path / "b.csv").read_bytes().startswith(b"date,")
    quoted = rows(tmp_path / "a.csv")[2:]
    assert [row["description"] for row in quoted] == ["'=1+1"] * 2
    assert [row["amount"] for row in quoted] == ["12.05", "-12.05"]
    assert rows(tmp_path / "b.csv")[2]["description"] == "=1+1"


def test_what_cannot_be_written_is_refused(journal: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine")

    with pytest.raises(BoconsoleError, match="there is such a file already"):
        exporting.export_listed(journal, path, "")
    with pytest.raises(InvalidChangeError, match=r"ends in \.csv"):
        exporting.export_listed(journal, tmp_path / "a.doc", "")
    with pytest.raises(NotAllowedError):
        exporting.export_listed(add_agent(journal, "ann"), tmp_path / "b.csv", "")
    assert path.read_text() == "mine"


async def test_what_the_filter_shows_is_exported(
    books: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "/", " payee:Toko", "enter")
        await typed_in(pilot, "x", "enter")
        await quiet(pilot)
        said = line(app, NoticeLine)
        await press(pilot, "x", "enter")
        await quiet(pilot)
        again = line(app, NoticeLine)

    assert {row["payee"] for row in rows(tmp_path / "journal.csv")} == {"Toko Sumber"}
    assert "4 entries are in journal.csv." in said
    assert "there is such a file already" in again
