"""The books by command, as programs and people use them."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from boconsole.doors.main import main

SHARED = Path(__file__).parent.parent.parent / "shared" / "data" / "ledger"
JOURNALS = ("bcexample.journal", "1ktxns-100accts.journal", "sample.journal")
SMALL = """\
commodity 1,000.00 USD
account Assets:Bank
2026-01-02 * (17) Opening
    Assets:Bank           1,000.00 USD
    Equity:Capital

2026-01-03 Paper | for the printer  ; kind: office
    Expenses:Supplies        12.50 USD
    Assets:Bank
"""


class Said(NamedTuple):
    """What one call of the command line answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Say = Callable[..., Said]


@pytest.fixture
def say(
    sqlite_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Say:
    """Call the command line in this process, on a fresh database."""
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")
    monkeypatch.setenv("BOCONSOLE_USER", "root")

    def call(*words: str) -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        capsys.readouterr()
        code = main(["--database", sqlite_url, *words])
        return Said(code, *capsys.readouterr())

    return call


@pytest.fixture
def small(tmp_path: Path) -> str:
    path = tmp_path / "small.journal"
    path.write_text(SMALL, "utf-8")
    return str(path)


def amounts(said: Said) -> dict[tuple[str, str], Decimal]:
    return {(row["account"], row["commodity"]): Decimal(row["amount"]) for row in said.json}


def hledger_amounts(path: Path | str) -> dict[tuple[str, str], Decimal]:
    """Return what hledger says about a journal."""
    if shutil.which("hledger") is None:
        if os.environ.get("CI"):
            pytest.fail("hledger is missing; .ci/run installs it")
        pytest.skip("hledger is not installed (Debian package hledger)")
    told = subprocess.run(
        ["hledger", "-f", str(path), "balance", "--flat", "-N", "-O", "json"],
        capture_output=True, text=True, check=True, env={**os.environ, "LANG": "C.UTF-8"},
    )  # fmt: skip
    found: dict[tuple[str, str], Decimal] = {}
    for account, _name, _depth, some in json.loads(told.stdout)[0]:
        for amount in some:
            key = (account, amount["acommodity"])
            number = amount["aquantity"]
            exact = Decimal(number["decimalMantissa"]).scaleb(-number["decimalPlaces"])
            found[key] = found.get(key, Decimal(0)) + exact
    return {key: number for key, number in found.items() if number}


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the checkout")
    return path


@pytest.mark.parametrize("name", JOURNALS)
def test_journal_goes_in_and_out_as_hledger_counts_it(say: Say, tmp_path: Path, name: str) -> None:
    path, out = shared(name), tmp_path / "out.journal"
    wanted = hledger_amounts(path)

    assert say("ledger", "import", str(path)).code == 0
    assert amounts(say("--json", "ledger", "balances")) == wanted
    assert say("ledger", "check").code == 0
    assert say("ledger", "export", str(out), "--format", "hledger").code == 0
    assert hledger_amounts(out) == wanted


def test_beancount_goes_in_and_hledger_counts_the_same(say: Say, tmp_path: Path) -> None:
    out = tmp_path / "out.journal"

    taken = say("--json", "ledger", "import", str(shared("example.beancount")))
    balances = amounts(say("--json", "ledger", "balances"))
    say("ledger", "export", str(out), "--format", "hledger")

    assert (taken.json["entries"], taken.json["lines"]) == (1146, 3549)
    assert balances["Assets:US:BofA:Checking", "USD"] == Decimal("3043.23")
    assert balances["Liabilities:US:Chase:Slate", "USD"] == Decimal("-2941.56")
    marked = [row["account"] for row in say("--json", "ledger", "accounts").json
              if row["role"] == "cash"]  # fmt: skip
    assert "Assets:US:BofA:Checking" in marked
    assert say("ledger", "check").code == 0
    assert hledger_amounts(out) == balances


def test_what_is_not_imported_is_told(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "rules.journal"
    path.write_text(f"{SMALL}\n~ monthly\n    Expenses:Rent  500 USD\n    Assets:Bank\n", "utf-8")

    said = say("--json", "ledger", "import", str(path))

    assert said.json["not_imported"][0]["line"] == 11
    assert "not imported" in said.err


def test_same_file_is_taken_once(say: Say, small: str) -> None:
    assert say("ledger", "import", small).code == 0

    again = say("ledger", "import", small)

    assert (again.code, "imported before" in again.err) == (1, True)
    assert say("--json", "ledger", "check").json["entries"] == 2


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (SMALL + "\n2026-01-04 Off\n    Assets:Bank  1.00 USD\n    Income:X  -2.00 USD\n", ":11:"),
        (SMALL[: SMALL.index("12.50")] + "12.", ":7:"),
        (SMALL + "\n2026-01-04 Torn\n    Assets:Bank  1.00 USD\n", ":11:"),
        (SMALL + "\n2026-13-04 Month\n", ":11:"),
        (SMALL + "\n2026-01-04 Sure\n    Assets:Bank  0 USD = 1.00 USD\n    A  0 USD\n", ":12:"),
        (SMALL + "\n2026-01-04 Big\n    A  1000000000000000.00 USD\n    B\n", ":11:"),
        (SMALL + "\nwhat is this\n", ":11:"),
        (SMALL + "\ninclude nowhere.journal\n", ":11:"),
    ],
)
def test_fault_in_a_journal_is_named_and_nothing_is_written(
    say: Say, tmp_path: Path, text: str, where: str
) -> None:
    path = tmp_path / "bad.journal"
    path.write_text(text, "utf-8")

    said = say("ledger", "import", str(path))

    assert (said.code, f"bad.journal{where}" in said.err) == (1, True), said.err
    assert say("--json", "ledger", "balances").json == []
    assert say("--json", "ledger", "accounts").json == []


def test_journal_that_is_no_text_is_refused(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "bad.journal"
    path.write_bytes(SMALL.encode() + b"\n2026-01-04 Caf\xe9\n    A  1 USD\n    B\n")

    said = say("ledger", "import", str(path))

    assert (said.code, ":11:15:" in said.err) == (1, True), said.err


def test_import_into_a_closed_month_is_refused_with_its_place(say: Say, small: str) -> None:
    say("ledger", "lock-date", "ledger", "2026-01-31")

    said = say("ledger", "import", small)

    assert (said.code, "small.journal:3:" in said.err) == (1, True), said.err


def test_digits_beyond_those_in_use_are_refused(say: Say, small: str, tmp_path: Path) -> None:
    say("ledger", "import", small)
    fine = tmp_path / "fine.journal"
    fine.write_text("2026-02-01 Fine\n    A  0.001 USD\n    B\n", "utf-8")

    said = say("ledger", "import", str(fine))

    assert (said.code, "USD has 2 digits" in said.err) == (1, True), said.err


def test_entry_is_prepared_posted_shown_and_reversed(say: Say, small: str) -> None:
    say("ledger", "import", small)
    new = ("ledger", "new", "--date", "2026-05-04", "--description", "Pens")
    made = say("--json", *new, "Expenses:Supplies  3.50 USD", "Assets:Bank").json

    assert (made["number"], made["state"]) == (f"DRF-{made['id']}", "draft")
    posted = say("--json", "ledger", "post", made["number"]).json
    assert (posted["number"], posted["state"]) == ("JNL-2026-00003", "posted")
    assert say("--json", "ledger", "balances", "supplies").json == [
        {"account": "Expenses:Supplies", "commodity": "USD", "amount": "16.00"}
    ]
    back = say("--json", "ledger", "reverse", "JNL-2026-00003", "--reason", "twice").json
    assert (back["number"], back["reverses"]) == ("JNL-2026-00004", made["id"])
    assert say("--json", "ledger", "show", "JNL-2026-00003").json["state"] == "reversed"
    assert say("ledger", "check").code == 0


def test_entry_can_be_posted_at_once(say: Say, small: str) -> None:
    say("ledger", "import", small)

    said = say("ledger", "new", "--date", "2026-05-04", "--description", "Pens", "--post",
               "Supplies  3.50 USD", "Assets:Bank  -3.50 USD")  # fmt: skip

    assert (said.code, said.out) == (0, "JNL-2026-00003 is posted.\n")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("Supplies  3.50 USD", "Assets:Bank  -3.00 USD"), "0.50"),
        (("Suplies  3.50 USD", "Assets:Bank"), "Similar"),
        (("Supplies  3.555 USD", "Assets:Bank"), "digits"),
        (("Supplies  1000000000000000 USD", "Assets:Bank"), "hold less than 10000000000000.00."),
        (("Supplies  3.50 USD",), "line"),
        ((), "line"),
    ],
)
def test_entry_that_cannot_be_is_refused_with_the_reason(
    say: Say, small: str, lines: tuple[str, ...], reason: str
) -> None:
    say("ledger", "import", small)

    said = say("ledger", "new", "--date", "2026-05-04", "--description", "Bad", *lines, "--post")

    assert (said.code, reason in said.err) == (1, True), said.err
    assert say("--json", "ledger", "check").json["entries"] == 2


def test_register_tells_what_an_account_held(say: Say, small: str) -> None:
    say("ledger", "import", small)

    rows = say("--json", "ledger", "register", "Assets:Bank").json

    assert [(row["date"], row["amount"], row["balance"]) for row in rows] == [
        ("2026-01-02", "1000.00", "1000.00"),
        ("2026-01-03", "-12.50", "987.50"),
    ]


def test_year_is_closed_and_opened_by_command(say: Say, small: str) -> None:
    say("ledger", "import", small)

    closed = say("--json", "ledger", "close", "2026").json

    assert closed == {"year": "2026", "state": "closed", "number": "CLS-2026-00001"}
    assert say("--json", "ledger", "balances", "retained").json[0]["amount"] == "12.50"
    refused = say("ledger", "new", "--date", "2026-05-04", "--description", "Late", "--post",
                  "Assets:Bank  1 USD", "Equity:Capital")  # fmt: skip
    assert (refused.code, "closed" in refused.err) == (1, True)
    assert say("ledger", "reopen", "2026").code == 1
    assert say("ledger", "reopen", "2026", "--reason", "late bill").code == 0
    assert say("ledger", "check").code == 0


def test_csv_has_every_line(say: Say, small: str, tmp_path: Path) -> None:
    say("ledger", "import", small)
    out = tmp_path / "lines.csv"

    say("ledger", "export", str(out), "--format", "csv")

    lines = out.read_text("utf-8").splitlines()
    assert len(lines) == 5
    assert lines[1].startswith("2026-01-02,JNL-2026-00001,17,,Opening,Assets:Bank,1000.00,USD")


def test_export_that_fails_leaves_the_old_file(
    say: Say, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from boconsole.ledger import sheets

    say("ledger", "import", small)
    out = tmp_path / "books.csv"
    out.write_text("old", "utf-8")

    def fail(*_words: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sheets, "_row", fail)
    said = say("ledger", "export", str(out), "--format", "csv")

    assert (said.code, "No space left" in said.err) == (1, True)
    assert out.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_workbook_has_every_line(say: Say, small: str, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    say("ledger", "import", small)
    say("ledger", "new", "--date", "2026-05-04", "--description", "=1+1", "--post",
        "Assets:Bank  1234567890123.45 USD", "Equity:Capital")  # fmt: skip
    out = tmp_path / "lines.xlsx"

    assert say("ledger", "export", str(out), "--format", "xlsx").code == 0

    rows = list(load_workbook(out).active.values)
    assert rows[0][:3] == ("date", "number", "code")
    assert [row[6] for row in rows[1:5]] == [1000, -1000, 12.5, -12.5]
    assert (rows[5][4], rows[5][6]) == ("=1+1", "1234567890123.45")


def test_beancount_file_comes_back_equal(say: Say, small: str, tmp_path: Path) -> None:
    say("ledger", "import", small)
    before = amounts(say("--json", "ledger", "balances"))
    out = tmp_path / "out.beancount"

    assert say("ledger", "export", str(out), "--format", "beancount").code == 0

    other = f"sqlite:///{tmp_path}/other.sqlite"
    assert say("--database", other, "ledger", "import", str(out)).code == 0
    assert amounts(say("--database", other, "--json", "ledger", "balances")) == before


def test_account_is_added_and_changed(say: Say) -> None:
    say("ledger", "account", "Assets:Bank", "--role", "cash", "--code", "1100")

    changed = say("--json", "ledger", "account", "Assets:Bank", "--cash-flow", "none").json

    assert (changed["code"], changed["role"], changed["cash_flow"]) == ("1100", "cash", "none")
    assert say("ledger", "account", "Assets:Bank", "--kind", "thing").code == 1


def test_entry_is_tagged_linked_and_has_files_by_command(say: Say, tmp_path: Path) -> None:
    receipt, saved = tmp_path / "receipt.pdf", tmp_path / "saved.pdf"
    receipt.write_bytes(b"%PDF")
    say("ledger", "chart", "international")
    new = ("ledger", "new", "--date", "2026-05-04", "--description", "Paper", "--post",
           "--tag", "project=apollo", "--link", "TKT-42", "--note", "urgent: yes",
           "6200  12.50 USD  ; team: red", "1000")  # fmt: skip
    number = say(*new, "--json").json["number"]

    said = [
        say("ledger", "link", number, "PRJ-7"),
        say("ledger", "unlink", number, "TKT-42"),
        say("ledger", "attach", number, str(receipt)),
        say("ledger", "attachments", number, "--save", "receipt.pdf", "--output", str(saved)),
        say("ledger", "attachments", number, "--remove", "1"),
    ]

    shown = say("ledger", "show", number, "--json").json
    assert [each.code for each in said] == [0, 1, 0, 0, 0]
    assert saved.read_bytes() == b"%PDF"
    assert (shown["tags"], shown["files"]) == ([["project", "apollo"], ["urgent", "yes"]], [])
    assert [line["tags"] for line in shown["lines"]] == [[["team", "red"]], []]
    assert [(each["value"], each["added_by"]) for each in shown["links"]] == [
        ("TKT-42", ""), ("PRJ-7", "root"),
    ]  # fmt: skip
    assert "Links: TKT-42, PRJ-7 (added later)" in say("ledger", "show", number).out
    assert say("ledger", "dimensions", "team", "--json").json[0]["net"] == "-12.50"


def test_locks_exceptions_and_thresholds_by_command(say: Say, small: str) -> None:
    say("ledger", "import", small)
    until = ("--until", "+2h", "--reason", "late bill")

    assert say("ledger", "lock-date", "sales", "2026-04-30").code == 0
    assert say("ledger", "locks", "--json").json["sales"] == "2026-04-30"
    assert "no active account nina" in say(
        "ledger", "exception", "allow", "sales", "--who", "nina", *until
    ).err  # fmt: skip
    made = say("ledger", "exception", "allow", "sales", "--who", "everybody", *until, "--json").json
    assert (made["part"], made["login"], made["until"]) == ("sales", None, "2026-05-04T11:00:00Z")
    assert "late bill" in say("ledger", "exception", "list").out
    assert say("ledger", "exception", "withdraw", "x").code == 1
    assert say("ledger", "exception", "withdraw", str(made["id"])).code == 0
    assert say("ledger", "exception", "list", "--json").json == []
    assert say("ledger", "threshold", "IDR", "150000000").code == 0
    assert say("ledger", "thresholds", "--json").json == [
        {"commodity": None, "above": None}, {"commodity": "IDR", "above": "150000000"},
    ]  # fmt: skip
    assert say("ledger", "threshold", "IDR", "none").code == 0
    assert say("ledger", "check", "--rebuild").err.startswith("No kept sum")
