"""The bank by command, as programs and people use it."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from boconsole.doors.main import main
from boconsole.language import use_language
from tests.statements import CREDIT_OF_2018, movement, need_ofxtools, sgml

BOOKS = """\
2026-05-01 Opening
    Assets:Bank           400.00 USD
    Equity:Capital

2026-05-04 (V-1042) Sale
    Assets:Bank           100.00 USD
    Income:Sales

2026-05-05 Rent
    Expenses:Rent          20.00 USD
    Assets:Bank
"""
MAP = """\
date = "%d/%m/%Y"
decimal = ","
currency = "USD"

[file]
skip = 1

[columns]
date = "Tanggal"
debit = "Keluar"
credit = "Masuk"
memo = "Keterangan"
balance = "Saldo"
"""
TABLE = """\
Mutasi rekening
Tanggal;Keterangan;Keluar;Masuk;Saldo
04/05/2026;TRSF V-1042;;100,00;500,00
06/05/2026;BIAYA ADM;2,50;;497,50
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
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Say:  # fmt: skip
    """Call the command line in this process, on a database with small books."""
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-08T09:00:00Z")
    monkeypatch.setenv("BOCONSOLE_USER", "root")

    def call(*words: str) -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        capsys.readouterr()
        code = main(["--database", sqlite_url, *words])
        return Said(code, *capsys.readouterr())

    path = tmp_path / "books.journal"
    path.write_text(BOOKS, "utf-8")
    assert call("ledger", "import", str(path)).code == 0
    return call


@pytest.fixture
def bank(say: Say, tmp_path: Path) -> Say:
    """The same, for `ledger bank …`, with a table imported."""
    (tmp_path / "map.toml").write_text(MAP, "utf-8")
    (tmp_path / "may.csv").write_text(TABLE, "utf-8")
    words = ("ledger", "bank", "import", str(tmp_path / "may.csv"), "--account", "Assets:Bank")
    assert say(*words, "--map", str(tmp_path / "map.toml")).code == 0
    return lambda *more: say("--json", "ledger", "bank", *more)


def reconciled(say: Say, *more: str) -> Any:
    return say("ledger", "reconcile", "--account", "Assets:Bank", "--json", *more).json


def test_bank_is_reconciled_by_command(say: Say, bank: Say) -> None:
    before = reconciled(say)
    assert (before["statement_balance"], before["book_balance"], before["difference"]) == (
        "497.50", "480.00", "17.50")  # fmt: skip
    assert [line["amount"] for line in before["open_bank_lines"]] == ["400.00", "100.00", "-2.50"]
    sure = next(each for each in before["proposals"] if each["certain"])
    assert (sure["entries"], [reason["kind"] for reason in sure["reasons"]]) == (
        ["JNL-2026-00002"], ["amount", "reference", "date"])  # fmt: skip

    accepted = bank("accept", "--account", "Assets:Bank").json
    bank("match", "3", "JNL-2026-00001")
    made = bank("new", "2", "--against", "Expenses:Rent", "--payee", "Bank").json

    assert [each["entries"] for each in accepted] == [["JNL-2026-00002"]]
    assert (made["state"], made["entries"]) == ("matched", ["JNL-2026-00004"])
    after = reconciled(say)
    assert (after["open_bank_lines"], after["proved"], after["unexplained"]) == ([], True, "0.00")
    assert [line["number"] for line in after["open_book_lines"]] == ["JNL-2026-00003"]
    assert (after["reconciled_balance"], after["difference"]) == ("497.50", "20.00")
    assert reconciled(say, "--at", "2026-05-05")["statement_balance"] == "500.00"
    assert say("ledger", "check").code == 0


def test_match_is_taken_apart_by_command(say: Say, bank: Say) -> None:
    bank("match", "1", "JNL-2026-00002")

    assert bank("unmatch", "1").json["state"] == "open"
    assert [line["line"] for line in bank("lines", "--state", "open").json] == [3, 1, 2]
    refused = bank("unmatch", "1")
    assert (refused.code, refused.err) == (1, "Bank line 1 is not matched.\n")


def test_same_statement_twice_adds_nothing(say: Say, bank: Say, tmp_path: Path) -> None:
    done = bank("import", str(tmp_path / "may.csv"), "--account", "Assets:Bank").json

    assert (done["added"], done["seen"], done["differences"]) == (0, 2, [])


def test_one_credit_from_400_to_500(say: Say, tmp_path: Path) -> None:
    """Figures: Tryton, modules/account_statement_ofx/tests (W55)."""
    need_ofxtools()
    path = tmp_path / "bank.ofx"
    path.write_text(CREDIT_OF_2018)

    done = say("--json", "ledger", "bank", "import", str(path), "--account", "Assets:Bank").json

    assert (done["added"], done["differences"]) == (1, [])
    assert reconciled(say)["statement_balance"] == "500.00"


def test_difference_is_told_and_ends_with_1(say: Say, bank: Say, tmp_path: Path) -> None:
    need_ofxtools()
    path = tmp_path / "june.ofx"
    path.write_text(sgml([movement("20260601", "1.00", "j1")], ("500.00", "20260601")))

    told = bank("import", str(path), "--account", "Assets:Bank")

    assert told.json["differences"] == [
        {"kind": "balance", "date": "2026-06-01", "told": "500.00", "found": "498.50",
         "difference": "1.50"}]  # fmt: skip
    assert "the bank holds 500.00, all lines lead to 498.50" in told.err
    shown = say("ledger", "reconcile", "--account", "Assets:Bank")
    assert (shown.code, "lines are missing" in shown.out) == (1, True)


def test_statement_is_taken_back_by_command(say: Say, bank: Say) -> None:
    listed = bank("statements").json
    shown = say("ledger", "bank", "statements", "--account", "Assets:Bank").out

    told = say("ledger", "bank", "withdraw", "--account", "Assets:Bank").out

    assert [(each["file"], each["added"], each["closing"]) for each in listed] == [
        ("may.csv", 2, "497.50")]  # fmt: skip
    assert "may.csv" in shown
    assert told == "may.csv is taken back with 2 lines.\n"
    assert bank("lines").json == []


def test_people_read_tables(say: Say, bank: Say) -> None:
    say("ledger", "bank", "match", "1", "JNL-2026-00002")

    lines = say("ledger", "bank", "lines", "--account", "Assets:Bank").out
    rules = say("ledger", "bank", "rules", "--account", "Assets:Bank").out
    shown = say("ledger", "reconcile", "--account", "Assets:Bank").out

    assert " ".join(lines.splitlines()[1].split()) == (
        "3 2026-05-03 400.00 USD open Opening balance Assets:Bank"
    )
    assert rules.splitlines()[1].split() == ["1", "trsf", "Income:Sales"]
    assert "62 JNL-2026-00001 (the amount is equal; 2 days apart)" in shown


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("import", "none.ofx", "--account", "Assets:Bank"), "none.ofx cannot be read"),
        (("import", "none.ofx", "--account", "Bonk"), "There is no account 'Bonk'"),
        (("import", "x", "--account", "Assets:Bank", "--map", "none.toml"), "none.toml"),
        (("import", "x", "--account", "Assets:Bank", "--opening", "ten"), "opening: 'ten'"),
        (("match", "x"), "line: 'x'"),
        (("match", "99", "JNL-2026-00001"), "no bank line 99"),
        (("match", "1"), "Name the entries"),
        (("match", "1", "JNL-2026-00099"), "no entry"),
        (("match", "1", "JNL-2026-00001"), "300.00 too much"),
        (("match", "1", "--through", "soon"), "through: 'soon'"),
        (("lines", "--state", "lost"), "state: expected"),
        (("rules", "--account", "Income:Sales"), "No statement of Income:Sales"),
        (("new", "2", "--against", "Nowhere"), "There is no account 'Nowhere'"),
    ],
)
def test_bad_words_are_refused(bank: Say, words: tuple[str, ...], reason: str) -> None:
    refused = bank(*words)

    assert refused.code == 1
    assert reason in refused.err
    assert refused.out == ""


@pytest.fixture
def indonesian(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("BOCONSOLE_LANGUAGE", "id")
    yield
    use_language("en")


def test_reasons_are_told_in_indonesian(say: Say, bank: Say, indonesian: None) -> None:
    told = say("ledger", "reconcile", "--account", "Assets:Bank").out

    assert "Saldo awal" in told
    assert "jumlahnya sama" in told


def test_lines_are_decided_shared_undone_and_closed_by_command(
    say: Say, bank: Say, tmp_path: Path
) -> None:
    again = tmp_path / "again.csv"
    again.write_text(TABLE.replace("BIAYA ADM", "ADMIN FEE"), "utf-8")
    done = bank("import", str(again), "--account", "Assets:Bank")
    told = say("ledger", "reconcile", "--account", "Assets:Bank").out
    refused = bank("aside", "2")
    aside = bank("aside", "4").json
    kept = bank("keep", "4").json
    undone = [bank("undo").json["undone"] for _ in range(2)]
    bank("aside", "4")
    shared = bank("match", "1", "JNL-2026-00001", "--line-too", "3")
    bank("accept", "--account", "Assets:Bank")
    bank("match", "3", "JNL-2026-00001")
    bank("new", "2", "--against", "Expenses:Rent")
    closed = bank("close", "--account", "Assets:Bank").json
    fixed = bank("unmatch", "2")
    reopened = bank("reopen", "--account", "Assets:Bank", "--reason", "late fee")

    assert done.json["doubtful"] == [
        {"line": 4, "id": "", "date": "2026-05-06", "amount": "-2.50", "same_as": 2}
    ]
    assert "seems to be the same as bank line 2 (BIAYA ADM)" in done.err
    assert "1 line seems to be told twice and counts nothing" in told
    assert (refused.code, "reason" in refused.err) == (1, True)
    assert [line["state"] for line in (*aside, *kept)] == ["aside", "open"]
    assert aside[0]["reason"] == "The same movement as bank line 2"
    assert undone == ["bank.count", "bank.aside"]
    assert (shared.code, "is 500.00, the entries are 400.00" in shared.err) == (1, True)
    assert (closed["through"], closed["balance"]) == ("2026-05-06", "497.50")
    assert (fixed.code, "closed up to 2026-05-06" in fixed.err) == (1, True)
    assert reopened.code == 0
    assert say("ledger", "check").code == 0
