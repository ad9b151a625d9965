"""Documents, payments, open items and taxes by command."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from boconsole.doors.main import main
from boconsole.errors import InvalidChangeError
from boconsole.invoices.typing import line_of, lines_of


class Said(NamedTuple):
    """What one call of the command line answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Say = Callable[..., Said]
ACCOUNTS = (
    ("Assets:Bank", "--role", "cash"),
    ("Assets:Receivable", "--role", "receivable"),
    ("Liabilities:Payable", "--role", "payable"),
    ("Income:Gains", "--role", "gains"),
    ("Income:Sales",),
    ("Expenses:Paper",),
    ("Liabilities:Tax",),
    ("Assets:Tax",),
)
NEW = ("new", "--partner", "acme", "--date", "2026-05-04", "--currency", "USD")


@pytest.fixture(scope="module")
def books_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with accounts and a partner, which each test copies."""
    path = tmp_path_factory.mktemp("books") / "books.sqlite"
    shutil.copy(sqlite_template, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOCONSOLE_CLOCK", "2026-05-20T09:00:00Z")
        patch.setenv("BOCONSOLE_USER", "root")
        with redirect_stdout(io.StringIO()):
            for words in (
                ("setup", "organisation", "Acme"),
                *(("ledger", "account", *words) for words in ACCOUNTS),
                ("ledger", "tax-pack", "vat", "--collected", "Liabilities:Tax", "--deductible",
                 "Assets:Tax"),
            ):  # fmt: skip
                assert main(["--database", f"sqlite:///{path}", *words]) == 0
    return path


@pytest.fixture
def say(
    books_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Say:  # fmt: skip
    """Call the command line in this process, on a database with accounts and a partner."""
    sqlite_url = f"sqlite:///{tmp_path / 'books.sqlite'}"
    shutil.copy(books_file, tmp_path / "books.sqlite")
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-20T09:00:00Z")
    monkeypatch.setenv("BOCONSOLE_USER", "root")

    def call(*words: str) -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        capsys.readouterr()
        code = main(["--database", sqlite_url, *words])
        return Said(code, *capsys.readouterr())

    return call


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paper  9.50  Income:Sales", ("Paper", "1", "9.50", "0", "Income:Sales", "")),
        ("Paper  2 x 9.50  Sales  VAT", ("Paper", "2", "9.50", "0", "Sales", "VAT")),
        ("Old paper\t2.5×9 - 4.5 %\tSales\tA,B", ("Old paper", "2.5", "9", "4.5", "Sales", "A B")),
    ],
)
def test_line_is_read(text: str, expected: tuple[str, ...]) -> None:
    found, _currency = line_of(text, 1)

    assert (found.text, str(found.quantity), str(found.price), str(found.discount), found.account,
            found.taxes) == expected  # fmt: skip


@pytest.mark.parametrize("text", ["", "Paper 9.50 Sales", "Paper  x  Sales", "P  1  S  V  W",
                                  "Paper  1..2  Sales"])  # fmt: skip
def test_line_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InvalidChangeError):
        line_of(text, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Work  10 h x 150.00 USD -5%  Sales", ("10", "h", "150.00", "USD", "5")),
        ("Paper  3 box x 9.50  Sales", ("3", "box", "9.50", "", "0")),
        ("Floor  2.5m² × 9  Sales", ("2.5", "m²", "9", "", "0")),
        ("Visit  150000.00 IDR  Sales", ("1", "", "150000.00", "IDR", "0")),
        ("Paper  3x9.50  Sales", ("3", "", "9.50", "", "0")),
    ],
)
def test_line_takes_a_unit_and_a_currency(text: str, expected: tuple[str, ...]) -> None:
    found, currency = line_of(text, 1)

    assert (str(found.quantity), found.unit, str(found.price), currency,
            str(found.discount)) == expected  # fmt: skip


def test_prices_in_two_currencies_are_refused() -> None:
    with pytest.raises(InvalidChangeError) as refused:
        lines_of(["A  1 USD  Sales", "B  1  Sales", "C  1 EUR  Sales"])

    assert refused.value.field == "currency"


def test_draft_is_edited_and_taken_back_by_command(say: Say) -> None:
    words = ("invoices", "new", "--partner", "Acme", "--date", "2026-05-04")
    made = say(*words, "Visit  2 h x 150000.00 IDR  Income:Sales", "--json").json
    assert (made["currency"], made["total"], made["lines"][0]["unit"]) == ("IDR", "300000.00", "h")

    edited = say("invoices", "edit", "1", "--reference", "PO-7", "--terms", "10",
                 "Visit  3 h x 100.00 USD  Income:Sales", "--json").json  # fmt: skip
    assert (edited["reference"], edited["due"], edited["total"], edited["currency"]) == (
        "PO-7", "2026-05-14", "300.00", "USD",
    )  # fmt: skip
    assert "is as it was" in say("invoices", "undo-draft").out
    back = say("invoices", "show", "1", "--json").json
    assert {name: back[name] for name in made} == made

    say("invoices", "delete", "1")
    assert say("invoices", "undo-draft", "--json").json[0]["lines"] == made["lines"]
    assert say("invoices", "undo-draft").code == 1


def test_list_takes_a_query_and_goes_on(say: Say) -> None:
    for number in range(3):
        say("invoices", *NEW, f"Work {number}  150.00  Income:Sales", "--issue")

    first = say("invoices", "list", "is:open", "sort:number", "--limit", "2", "--json")
    cursor = say("invoices", "list", "sort:number", "--limit", "2").err.split()[-1]
    rest = say("invoices", "list", "sort:number", "--after", cursor, "--json").json
    assert [row["number"] for row in (*first.json, *rest)] == [
        f"INV-2026-0000{number}" for number in (1, 2, 3)
    ]
    assert say("invoices", "list", "stat:x").code == 1


def test_contact_has_what_documents_print(say: Say) -> None:
    set_ = ("--address", "Dam 1\\nAmsterdam", "--tax-number", "NL12")
    assert say("invoices", "contact", "acme", *set_, "--json").json["address"] == "Dam 1\nAmsterdam"
    say("invoices", "contact", "Acme", "--tax-number", "NL13")
    made = say("invoices", *NEW, "Work  1.00  Income:Sales", "--json").json

    assert (made["partner_address"], made["partner_tax_number"]) == ("Dam 1\nAmsterdam", "NL13")


def test_invoice_from_draft_to_paid(say: Say) -> None:
    made = say("invoices", *NEW, "Work  10 x 150.00 -5%  Income:Sales  VAT", "--json").json
    assert (made["number"], made["state"], made["total"]) == ("#1", "draft", "1710.00")

    issued = say("invoices", "issue", "1", "--json").json
    assert (issued["number"], issued["open"], issued["due"]) == (
        "INV-2026-00001", "1710.00", "2026-06-03",
    )  # fmt: skip
    assert issued["taxes"] == [
        {"code": "VAT", "kind": "percentage", "rate": "20", "factor": "1", "net": "1425.00",
         "base": "1425.00",
         "amount": "285.00"}
    ]  # fmt: skip

    paid = say("invoices", "pay", "INV-2026-00001", "--account", "Assets:Bank", "--json").json
    assert (paid["number"], paid["amount"], paid["state"]) == (
        "RCP-2026-00001", "1710.00", "posted",
    )  # fmt: skip
    assert say("invoices", "show", "INV-2026-00001", "--json").json["state"] == "paid"

    undone = say("invoices", "undo", "RCP-2026-00001", "--reason", "bounced", "--json").json
    assert undone["state"] == "undone"
    listed = say("invoices", "list", "--json").json
    assert [(row["number"], row["state"], row["open"]) for row in listed] == [
        ("INV-2026-00001", "issued", "1710.00")
    ]
    assert say("ledger", "check").code == 0


def test_paper_says_base_and_rate_of_indonesian_tax(say: Say) -> None:
    """Source: PMK 131/2024: 12 % of 45,833,333 for 50,000,000."""
    say("ledger", "tax-pack", "ppn", "--collected", "Liabilities:Tax")
    say("invoices", "new", "--partner", "Acme", "--currency", "IDR",
        "Work  50000000  Income:Sales  PPN", "--issue")  # fmt: skip

    told = say("invoices", "show", "INV-2026-00001").out

    assert "PPN 12 % × 45833333.00 (11/12)  5500000.00" in told
    assert "55500000.00 IDR" in told


def test_tax_without_an_account_says_how_to_name_it(say: Say) -> None:
    added = say("ledger", "tax-pack", "ppn", "--deductible", "Assets:Bank")
    bought = say("invoices", *NEW, "Work  100  Income:Sales  PPN")
    refused = say("invoices", "issue", "1")

    command = "ledger tax-code PPN --collected"
    assert "ledger tax-code CODE --collected" in added.out
    assert (bought.code, refused.code, command in refused.err) == (0, 1, True)
    assert say(*command.split(), "Liabilities:Tax").code == 0
    assert say("invoices", "issue", "1").code == 0
    assert say("ledger", "tax-code", "NONE", "--collected", "Liabilities:Tax").code == 1


def test_part_by_name_and_credit_note(say: Say) -> None:
    say("invoices", *NEW, "Work  100  Income:Sales", "--issue")
    say("invoices", "pay", "INV-2026-00001=25.00", "--account", "Assets:Bank")

    note = say("invoices", "credit", "INV-2026-00001", "--issue", "--json").json

    assert (note["number"], note["open"]) == ("CRN-2026-00001", "25.00")
    refund = say("invoices", "pay", "CRN-2026-00001", "--account", "Assets:Bank", "--json").json
    assert (refund["number"], refund["kind"]) == ("PAY-2026-00001", "out")
    assert say("ledger", "balances", "--json").json == []


def test_bill_and_aged_payables(say: Say) -> None:
    made = say("bills", *NEW, "--reference", "A-17", "Paper  50  Expenses:Paper  VAT", "--issue",
               "--json").json  # fmt: skip
    assert made["number"] == "BIL-2026-00001"
    assert say("invoices", "show", "BIL-2026-00001").code == 1

    aged = say("ledger", "aged", "payable", "--at", "2026-07-15", "--json").json

    assert aged == [
        {"partner": "Acme", "commodity": "USD", "current": "0.00", "1-30": "0.00",
         "31-60": "60.00", "61-90": "0.00", "over 90": "0.00", "total": "60.00"}
    ]  # fmt: skip
    assert say("ledger", "aged", "receivable", "--json").json == []
    assert "60.00" in say("ledger", "aged", "payable", "--at", "2026-07-15").out


def test_tax_report(say: Say) -> None:
    say("invoices", *NEW, "Work  100  Income:Sales  VAT", "--issue")
    words = ("ledger", "tax-report", "--from", "2026-05-01", "--to", "2026-05-31")

    found = say(*words, "--json").json

    assert found == {
        "from": "2026-05-01", "to": "2026-05-31", "agrees": True,
        "boxes": [{"side": "sales", "code": "VAT", "rate": "20", "factor": "1",
                   "commodity": "USD", "net": "100.00", "tax": "20.00"}],
        "accounts": [{"account": "Liabilities:Tax", "commodity": "USD", "taxes": "-20.00",
                      "booked": "-20.00", "moved": "-20.00"}],
    }  # fmt: skip
    assert "The ledger agrees." in say(*words).out


def test_foreign_invoice_with_a_gain(say: Say) -> None:
    """Source: Tryton, scenario_invoice_alternate_currency_rate_change.rst."""
    assert say("ledger", "set", "reporting-currency", "USD").code == 0
    say("invoices", "new", "--partner", "Acme", "--currency", "EUR", "--rate", "1/1.20",
        "Work  400  Income:Sales", "--issue")  # fmt: skip

    paid = say("invoices", "pay", "INV-2026-00001", "--account", "Assets:Bank", "--paid",
               "363.64 USD", "--json").json  # fmt: skip

    assert paid["gain"] == "30.31 USD"


def test_what_waits_for_approval_says_so(say: Say) -> None:
    say("ledger", "set", "approval-threshold", "50")

    made = say("invoices", *NEW, "Work  100  Income:Sales", "--issue")
    assert made.code == 1
    assert "needs the approval of a colleague" in made.err
    assert say("invoices", "approve", "1").code == 1

    paid = say("invoices", "pay", "--partner", "Acme", "--amount", "100 USD", "--account",
               "Assets:Bank")  # fmt: skip
    assert "Payment #1 waits" in paid.out
    assert say("invoices", "post-payment", "1").code == 1
    assert say("invoices", "delete-payment", "1").code == 0
    assert say("invoices", "payments", "--json").json == []


def test_tax_code_is_set_with_its_source(say: Say) -> None:
    say("ledger", "tax-code", "LUX", "--from", "2026-01-01", "--rate", "12", "--factor", "11/12",
        "--rounding", "line", "--mode", "down", "--digits", "0", "--digits-of", "IDR",
        "--source", "Law 1", "--collected", "Liabilities:Tax")  # fmt: skip

    found = {row["code"]: row for row in say("ledger", "tax-codes", "--json").json}["LUX"]

    assert (found["collected"], found["deductible"]) == ("Liabilities:Tax", None)
    assert found["rates"] == [
        {"from": "2026-01-01", "to": None, "kind": "percentage", "rate": "12", "included": False,
         "compound": False, "factor": "11/12", "rounding": "line", "mode": "down", "digits": 0,
         "digits_of": "IDR", "source": "Law 1"}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("invoices", "new", "--partner", "Acme", "A  1  Income:Sales"), "--currency"),
        (("invoices", *NEW), "expected 1 to"),
        (("invoices", *NEW, "A 1 Sales"), "two blanks"),
        (("invoices", *NEW, "--terms", "x", "A  1  Income:Sales"), "no number"),
        (("invoices", "pay", "--account", "Assets:Bank"), "name an amount"),
        (("invoices", "pay", "--account", "Assets:Bank", "--amount", "5"), "40.00 USD"),
        (("invoices", "pay", "INV-2026-00009", "--account", "Assets:Bank"), "There is no"),
        (("invoices", "list", "--limit", "0"), "number above 0"),
        (("ledger", "aged", "both"), "receivable, payable"),
        (("ledger", "tax-report", "--from", "2026-02-01", "--to", "2026-01-01"), "before"),
        (("ledger", "tax-code", "X", "--rate", "ten"), "no number"),
        (("ledger", "tax-pack", "gst"), "ppn, vat"),
    ],
)
def test_bad_words_are_refused_with_a_sentence(
    say: Say, words: tuple[str, ...], reason: str
) -> None:
    said = say(*words)

    assert said.code == 1
    assert reason in said.err


def test_drafts_hold_up_the_closing_of_their_month(say: Say) -> None:
    say("invoices", *NEW, "Work  100  Income:Sales")

    say("invoices", *NEW, "Work  100  Income:Sales", "--issue")

    found = {row["name"]: row for row in say("ledger", "checklist", "2026-05", "--json").json}
    assert found["invoices"]["causes"] == ["Invoice #1"]

    say("invoices", "issue", "1")
    found = {row["name"]: row for row in say("ledger", "checklist", "2026-05", "--json").json}
    assert found["invoices"]["holds"]


def test_control_run_proves_the_documents_too(say: Say) -> None:
    words = ("ledger", "new", "--date", "2026-05-04", "--description", "Before", "--post")
    lines = ("Assets:Receivable  10 USD", "Assets:Bank")
    assert "booked by invoices" in say(*words, *lines).err
    assert say(*words, *lines, "--opening").code == 0

    reasons = [row["reason"] for row in say("ledger", "control", "--json").json]

    assert any("that no open item explains" in reason for reason in reasons)


def test_document_is_printed_with_the_name_of_the_company(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pypdf import PdfReader

    monkeypatch.chdir(tmp_path)
    assert say("ledger", "set", "company-name", "PT Contoh").code == 0
    assert say("ledger", "set", "company-address", "Jl. Satu\\nJakarta").code == 0
    say("invoices", *NEW, "Paper  9.50  Income:Sales", "--issue")

    said = say("invoices", "pdf", "INV-2026-00001", "--language", "id", "--json")

    assert said.json == {"number": "INV-2026-00001", "file": "INV-2026-00001.pdf", "pages": 1}
    text = PdfReader("INV-2026-00001.pdf").pages[0].extract_text()
    assert all(told in text for told in ("FAKTUR", "PT Contoh", "Jl. Satu\nJakarta", "Acme"))
    assert say("bills", "pdf", "INV-2026-00001").code == 1
    assert "company-bank" in say("ledger", "set", "company-motto", "x").err


def test_statement_of_account_and_aged_files(say: Say, tmp_path: Path) -> None:
    say("invoices", *NEW, "Work  100.00  Income:Sales", "--issue")
    say("invoices", "pay", "INV-2026-00001=40", "--amount", "40 USD", "--account", "Assets:Bank")

    told = say("invoices", "statement", "acme", "--from", "2026-05-10", "--json").json
    text = say("invoices", "statement", "Acme").out
    aged = say("ledger", "aged", "receivable", "--items", "--json").json
    path = tmp_path / "aged.csv"
    written = say("ledger", "aged", "receivable", "--items", "--output", str(path), "--json").json

    assert [(each["opening"], each["closing"], each["open"]) for each in told["accounts"]] == [
        ("100.00", "60.00", "60.00")
    ]
    assert (told["agrees"], told["accounts"][0]["lines"][0]["balance"]) == (True, "60.00")
    assert "of that not due" in text
    assert [item["number"] for item in aged[0]["items"]] == ["INV-2026-00001"]
    assert written["lines"] == len(path.read_text("utf-8").splitlines()) - 1
    assert "Proof: the control account holds 60.00 USD" in say("ledger", "aged", "receivable").out
    assert say("bills", "statement", "Nobody").code == 1


def test_file_of_a_bill_is_kept_by_command(say: Say, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF")
    made = say("bills", *NEW, "Paper  1 x 5.00  Expenses:Paper")

    kept = say("bills", "attach", "1", str(scan), "--json")
    missing = say("invoices", "attachments", "1")

    assert made.code == 0, made.err
    assert [each["name"] for each in kept.json["files"]] == ["scan.pdf"]
    assert say("bills", "attachments", "1", "--json").json == kept.json["files"]
    assert (missing.code, "no document 1" in missing.err) == (1, True)
