"""The end of a month, pressed into the real console at 80x24 by two people."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from boconsole.doors.main import main
from tests.terminal import CTRL_S, CTRL_U, ENTER, TAB, Terminal

Run = Callable[..., CompletedProcess[str]]
CTRL_T = "\x14"
SETTING_UP = (
    ("ledger", "chart", "international"),
    ("ledger", "set", "reporting-currency", "USD"),
    ("users", "add", "siti", "--name", "Siti Aminah", "--roles", "approver"),
    ("setup", "organisation", "Acme Corp"),
    ("ledger", "tax-pack", "vat", "--rate", "20", "--collected", "2200", "--deductible", "1450"),
    ("ledger", "new", "--opening", "--date", "2026-03-31", "--description", "Opening balance",
     "Assets:Bank  10000.00 USD", "Equity:Opening Balances", "--post"),
    ("ledger", "set", "approval-threshold", "5000"),
    *(("ledger", "close", f"2026-{month:02}") for month in (1, 2, 3)),
)  # fmt: skip
STATEMENT = """\
Date,Description,Amount,Reference,Balance
2026-04-03,ACME CORP INV-2026-00001,1800.00,TRF 88121,11800.00
2026-04-10,CITY PROPERTIES RENT APRIL,-6000.00,SO 33,5800.00
2026-04-30,MONTHLY FEE,-12.50,,5787.50
"""
MAP = """\
[columns]
date = "Date"
amount = "Amount"
memo = "Description"
reference = "Reference"
balance = "Balance"
"""


@pytest.fixture
def books(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Books as they stand on the fourth of May, April still open; returns their address."""
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")
    monkeypatch.setenv("BOCONSOLE_USER", "root")
    for words in SETTING_UP:
        assert main(["--database", sqlite_url, *words]) == 0, words
    (tmp_path / "april.csv").write_text(STATEMENT)
    (tmp_path / "map.toml").write_text(MAP)
    return sqlite_url


def go(console: Terminal, typed: str, *shown: str) -> None:
    console.press(":")
    console.wait_for("\n:")
    console.press(typed, ENTER)
    console.wait_for(*shown)


def enter_the_rent(console: Terminal) -> None:
    console.press("n")
    console.wait_for("New entry", "^s save")
    console.press(CTRL_U, "10/4")
    console.wait_for("= Fri 2026-04-10")
    console.press(TAB, "City Properties", TAB, "Rent April", TAB, TAB, "rent")
    console.wait_for("Expenses:Rent  6100")
    console.press(ENTER, "6000", ENTER, "assets:bank")
    console.wait_for("Assets:Bank  1100")
    console.press(ENTER, "=")
    console.wait_for("-6000.00 USD", "Balanced.")
    console.press(CTRL_S)
    console.wait_for("DRF-2 is kept as a draft.", "needs an approval", "May approve     siti")


def approve_it(console: Terminal) -> None:
    go(console, "approvals", "Ledger · Approvals · 1", "City Proper", "root     you")
    console.press(ENTER)
    console.wait_for("A approve", "Expenses:Rent")
    console.press("A")
    console.wait_for("DRF-2 is approved.", "Approved by     siti")


def post_it(console: Terminal) -> None:
    go(console, "DRF-2", "Approved by     siti")
    console.press("P")
    console.wait_for("Post DRF-2?")
    console.press("y")
    console.wait_for("JNL-2026-00002 is posted.")


def issue_an_invoice(console: Terminal) -> None:
    go(console, "invoices", "Ledger · Invoices · 0", "n new")
    console.press("n")
    console.wait_for("New invoice", "^t issue")
    console.press("Acme Corp", TAB, CTRL_U, "1/4")
    console.wait_for("= Wed 2026-04-01")
    console.press(TAB, TAB, TAB, TAB, "Consulting", TAB, "10", TAB, TAB, "150", TAB, TAB)
    console.press("services")
    console.wait_for("Income:Services  4100")
    console.press(TAB, "VAT")
    console.wait_for("Net 1,500.00   VAT 300.00   Total 1,800.00 USD")
    console.press(CTRL_T)
    console.wait_for("INV-2026-00001", "I issued", "1,800.00 USD")


def import_the_statement(console: Terminal, folder: Path) -> None:
    go(console, "bank", "Ledger · Bank", "Assets:Bank")
    console.press("I")
    console.wait_for("Import a statement of Assets:Bank")
    console.press(str(folder / "april.csv"))
    console.press(CTRL_S)
    console.wait_for("this file is a table, and no map is kept")
    console.press(str(folder / "map.toml"))
    console.press(CTRL_S)
    console.wait_for("3 lines are new", "5,787.50")


def reconcile(console: Terminal) -> None:
    console.press(ENTER)
    console.wait_for("Opening balance", "4 lines open", "a accept")
    console.press("a")
    console.wait_for("Matched with JNL-2026-00001.", "3 lines open")
    console.wait_gone("Opening balance")
    console.press("i")
    console.wait_for("Payment of 1,800.00 USD", "INV-2026-00001", "^s save")
    console.press(CTRL_S)
    console.wait_for("Payment RCP-2026-00001 is posted and matched.", "2 lines open")
    console.press("a")
    console.wait_for("Matched with JNL-2026-00002.", "1 line open")
    console.press("n")
    console.wait_for("Entry for bank line", "Missing: 12.50 USD")
    console.press("6600", ENTER, CTRL_S)
    console.wait_for("is posted and matched.", "Proved: the statement's balance")
    console.press("C")
    console.wait_for("Close up to 2026-04-30 with 5,787.50?")
    console.press("y")
    console.wait_for("Closed up to 2026-04-30.")


def close_april(console: Terminal) -> None:
    go(console, "closing", "Ledger · Closing", "2026-04           O open")
    console.press(ENTER)
    shown = console.wait_for("Check list of 2026-04", "Lines of the bank are reconciled")
    assert "- open" not in shown
    console.press("C")
    console.wait_for("Close 2026-04?")
    console.press("y")
    console.wait_for("2026-04 is closed.")


def read_the_balance_sheet(console: Terminal) -> None:
    go(console, "balance-sheet", "Ledger · Balance sheet", "2026-04 · proved", "5,787.50 USD")
    console.wait_for("Output Tax", "300.00 USD", "Result not yet closed", "-4,512.50 USD")


def test_a_month_is_brought_to_its_end(books: str, tmp_path: Path, command: Run) -> None:
    with Terminal(books) as console:
        console.wait_for("Home", "? help")
        console.press("5")
        console.wait_for("Opening balance", "n new")
        enter_the_rent(console)
        with Terminal(books, BOCONSOLE_USER="siti") as other:
            other.wait_for("Home", "? help")
            approve_it(other)
        post_it(console)
        issue_an_invoice(console)
        import_the_statement(console, tmp_path)
        reconcile(console)
        close_april(console)
        read_the_balance_sheet(console)

    assert answer(command, "ledger", "check")["faults"] == []
    held = {row["account"]: row["amount"] for row in answer(command, "ledger", "balances")}
    assert held == {
        "Assets:Bank": "5787.50", "Equity:Opening Balances": "-10000.00",
        "Expenses:Bank Charges": "12.50", "Expenses:Rent": "6000.00",
        "Income:Services": "-1500.00", "Liabilities:Output Tax": "-300.00",
    }  # fmt: skip
    assert answer(command, "audit", "verify")["ok"] is True


def answer(run: Run, *words: str) -> Any:
    done = run("--json", *words, BOCONSOLE_USER="root")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
