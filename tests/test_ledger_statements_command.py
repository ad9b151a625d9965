"""Statements by command: what is printed, with which exit code, and what is refused."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from boconsole.doors.main import main
from boconsole.language import use_language
from db import connection

NAMES = (
    "trial-balance", "balance-sheet", "income-statement", "cash-flow", "equity-changes",
    "general-ledger", "journal",
)  # fmt: skip


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
    """Call the command line in this process, on books of three entries."""
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")
    monkeypatch.setenv("BOCONSOLE_USER", "root")

    def call(*words: str) -> Said:
        capsys.readouterr()
        code = main(["--database", sqlite_url, "ledger", *words])
        return Said(code, *capsys.readouterr())

    for path, *more in (
        ("Assets:Bank", "--role", "cash"), ("Equity:Capital", "--cash-flow", "financing"),
        ("Income:Sales", "--cash-flow", "operating"), ("Expenses:Rent",),
    ):  # fmt: skip
        call("account", path, *more)
    for day, *lines in (
        ("2026-01-02", "Assets:Bank  1000.00 USD", "Equity:Capital"),
        ("2026-03-15", "Assets:Bank  120.50 USD", "Income:Sales"),
        ("2026-04-30", "Expenses:Rent  20.25 USD", "Assets:Bank"),
    ):
        made = call("new", "--date", day, "--description", "Something", "--post", *lines)
        assert made.code == 0, made.err
    return call


def section(answer: dict[str, Any], key: str) -> dict[str, Any]:
    return next(each for each in answer["sections"] if each["section"] == key)


@pytest.mark.parametrize("name", NAMES)
def test_each_statement_is_answered_in_one_shape(say: Say, name: str) -> None:
    said = say(name, "--json")

    assert said.code == 0
    assert said.json["statement"] == name
    assert (said.json["holds"], said.json["cut"]) == (True, False)
    assert said.json["columns"][0].keys() == {"column", "title", "from", "to"}
    assert all(proof["left"] == proof["right"] for proof in said.json["proofs"])
    rows = [row for each in said.json["sections"] for row in each["rows"]]
    assert {"title", "account", "account_id", "kind", "depth", "cells"} <= rows[0].keys()


def test_balance_sheet_tells_amounts_as_exact_decimals(say: Say) -> None:
    answer = say("balance-sheet", "--json").json

    assert answer["signs"] == "natural"
    assert section(answer, "assets")["totals"] == {
        "at": {"amounts": {"USD": "1100.25"}, "values": {"USD": "1100.25"}}
    }
    assert section(answer, "equity")["rows"][-1]["cells"]["at"]["values"] == {"USD": "100.25"}
    assert answer["proofs"] == [
        {
            "proof": "assets-liabilities-equity", "column": "at", "holds": True,
            "sentence": "Assets equal liabilities and equity.",
            "left": {"USD": "1100.25"}, "right": {"USD": "1100.25"},
        }
    ]  # fmt: skip


@pytest.mark.parametrize("option", ["--at", "--to"])
def test_balance_sheet_of_a_day(say: Say, option: str) -> None:
    answer = say("balance-sheet", option, "2026-03-14", "--json").json

    assert section(answer, "assets")["totals"]["at"]["values"] == {"USD": "1000.00"}


def test_period_can_start_and_end_and_be_compared(say: Say) -> None:
    answer = say(
        "income-statement", "--from", "2026-04-01", "--to", "2026-04-30", "--compare", "previous",
        "--json",
    ).json  # fmt: skip

    assert [(each["from"], each["to"]) for each in answer["columns"]] == [
        ("2026-04-01", "2026-04-30"), ("2026-03-01", "2026-03-31"),
    ]  # fmt: skip
    assert {column: cell["values"] for column, cell in
            section(answer, "net-income")["totals"].items()} == {
        "period": {"USD": "-20.25"}, "previous": {"USD": "120.50"},
    }  # fmt: skip


def test_balance_sheet_from_a_day_shows_both_ends(say: Say) -> None:
    answer = say("balance-sheet", "--from", "2026-03-15", "--to", "2026-04-30", "--json").json

    assert [each["to"] for each in answer["columns"]] == ["2026-04-30", "2026-03-14"]


@pytest.mark.parametrize("method", ["direct", "indirect"])
def test_cash_flow_lists_what_has_no_class(say: Say, method: str) -> None:
    said = say("cash-flow", "--method", method, "--json")

    assert section(said.json, "cash")["totals"]["period"]["values"] == {"USD": "1100.25"}
    assert said.json["unclassified"] == ["Expenses:Rent"]
    assert "--cash-flow" in said.err


def test_people_read_rows_totals_and_the_proof(say: Say) -> None:
    said = say("balance-sheet", "--at", "2026-04-30")

    assert [line.split() for line in said.out.splitlines() if line][:5] == [
        ["Balance", "sheet"], ["Account", "2026-04-30"], ["ASSETS"],
        ["Assets:Bank", "1100.25", "USD"], ["Total", "1100.25", "USD"],
    ]  # fmt: skip
    assert said.out.splitlines()[-1] == (
        "Proved: Assets equal liabilities and equity. (1100.25 USD)"
    )


def test_general_ledger_of_one_account_has_a_running_balance(say: Say) -> None:
    answer = say("general-ledger", "Assets:Bank", "--from", "2026-02-01", "--json").json

    assert [row["cells"]["balance"]["amounts"] for row in answer["sections"][0]["rows"]] == [
        {"USD": "1000.00"}, {"USD": "1120.50"}, {"USD": "1100.25"},
    ]  # fmt: skip


def test_listing_that_is_cut_says_so(say: Say) -> None:
    said = say("journal", "--limit", "2", "--json")

    assert said.json["cut"]
    assert len(said.json["sections"]) == 2
    assert "--limit" in said.err


def test_statement_that_does_not_hold_ends_with_1(say: Say, sqlite_url: str) -> None:
    connection.open_database(sqlite_url)
    connection.execute("UPDATE balance_month SET value = value + 1 WHERE month = 202603")
    connection.close_database()

    said = say("trial-balance")

    assert said.code == 1
    assert "Not so (balance): " in said.out
    assert "1120.51 USD against 1120.49 USD" in said.out


def test_what_has_no_rate_is_told(say: Say) -> None:
    say("commodity", "EUR", "--precision", "2")

    said = say("balance-sheet", "--currency", "EUR", "--json")

    assert said.json["currency"] == "EUR"
    assert said.json["unconvertible"][0] == {
        "column": "at", "account": "Assets:Bank", "commodity": "USD", "amount": "1100.25",
    }  # fmt: skip
    assert said.err == (
        "No rate leads from USD to EUR; amounts left out: 4, the first 1100.25 of Assets:Bank.\n"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("cash-flow", "--method", "guess"), "direct, indirect"),
        (("balance-sheet", "--compare", "decade"), "none, previous, year"),
        (("balance-sheet", "--at", "soon"), "not a day"),
        (("balance-sheet", "--at", "2026-01-01", "--to", "2026-01-02"), "same as --to"),
        (("income-statement", "--from", "2026-02-01", "--to", "2026-01-01"), "comes before"),
        (("trial-balance", "--currency", "XYZ"), "XYZ"),
        (("journal", "--limit", "0"), "no number above 0"),
        (("general-ledger", "Assets:Nowhere"), "Assets:Nowhere"),
    ],
)
def test_what_cannot_be_asked_is_refused(say: Say, words: tuple[str, ...], told: str) -> None:
    said = say(*words)

    assert said.code != 0
    assert told in said.err
    assert said.out == ""


@pytest.fixture
def indonesian(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("BOCONSOLE_LANGUAGE", "id")
    yield
    use_language("en")


def test_statements_speak_indonesian(say: Say, indonesian: None) -> None:
    said = say("balance-sheet")

    assert said.out.splitlines()[0] == "Neraca"
    assert "Terbukti: Aset sama dengan liabilitas dan ekuitas." in said.out


def test_statement_goes_to_the_file_that_its_name_asks_for(say: Say, tmp_path: Path) -> None:
    out = tmp_path / "sheet"
    for ending, begins in (("csv", b"section,"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        path = out.with_suffix(f".{ending}")
        path.write_text("an older one")

        said = say("balance-sheet", "--at", "2026-04-30", "--output", str(path))

        assert (said.code, str(path) in said.out) == (0, True)
        assert path.read_bytes().startswith(begins)
    said = say("trial-balance", "--output", str(out), "--format", "csv", "--spreadsheet", "--json")
    assert said.json["file"] == str(out)
    refused = say("journal", "--output", str(tmp_path / "a.doc"))
    assert (refused.code, "csv, xlsx, pdf" in refused.err) == (1, True)
