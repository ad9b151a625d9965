"""Rates and revaluations by command, as programs and people use them."""

import io
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from boconsole.doors.main import main

Say = Callable[..., tuple[int, str, str]]
AT = ("--at", "2026-05-31")


@pytest.fixture
def say(
    sqlite_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Say:
    """Call the command line in this process, on books in rupiah with a claim in dollars."""
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-06-02T09:00:00Z")
    monkeypatch.setenv("BOCONSOLE_USER", "root")

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        capsys.readouterr()
        code = main(["--database", sqlite_url, *words])
        return code, *capsys.readouterr()

    for words in (
        ("ledger", "chart", "indonesia"),
        ("setup", "organisation", "Acme Corp"),
        ("ledger", "set", "reporting-currency", "IDR"),
        ("ledger", "rate", "USD", "16000 IDR", "--date", "2026-05-01"),
        ("invoices", "new", "--partner", "Acme Corp", "--date", "2026-05-04", "--currency", "USD",
         "Work  10 x 150.00  Pendapatan:Jasa"),
        ("invoices", "issue", "1"),
    ):  # fmt: skip
        assert call(*words)[0] == 0
    return call


def answered(say: Say, *words: str) -> Any:
    code, out, _err = say("--json", "ledger", *words)
    assert code == 0
    return json.loads(out)


def test_day_is_shown_posted_once_and_proved_by_command(say: Say) -> None:
    answered(say, "rate", "USD", "16350.5 IDR", "--date", "2026-05-31")

    shown = answered(say, "revalue", *AT)
    untouched = answered(say, "revalue", *AT)
    posted = answered(say, "revalue", *AT, "--post")
    again = say("ledger", "revalue", *AT, "--post")

    assert untouched == shown
    assert shown["lines"] == [
        {
            "account": "Aset:Piutang Usaha", "item": "INV-2026-00001", "partner": "Acme Corp",
            "amount": "1500.00", "commodity": "USD", "rate_date": "2026-05-31",
            "before": "24000000.00", "after": "24525750.00", "difference": "525750.00",
            "value_commodity": "IDR",
        }
    ]  # fmt: skip
    assert posted["entries"] == [{"number": "JNL-2026-00001", "state": "posted"}]
    assert (again[0], "Nothing is to be revalued on 2026-05-31." in again[1]) == (0, True)
    entry = answered(say, "show", "JNL-2026-00001")
    assert [(line["account"], line["amount"]) for line in entry["lines"]] == [
        ("Aset:Piutang Usaha revaluation", "525750.00"),
        ("Pendapatan:Selisih Kurs Belum Direalisasi", "-525750.00"),
    ]
    assert say("ledger", "check")[0] == 0


def test_missing_rate_is_refused_with_the_command_that_gives_it(say: Say) -> None:
    say("ledger", "new", "--date", "2026-05-05", "--description", "Euros", "--post",
        "Aset:Kas  10 EUR @ 18000 IDR", "Ekuitas:Modal Disetor")  # fmt: skip

    code, _out, refused = say("ledger", "revalue", *AT, "--post")
    given = say("ledger", "rate", "EUR", "18500 IDR", "--date", "2026-05-31")
    done = answered(say, "revalue", *AT, "--post")

    assert code == 1
    assert "No rate from EUR to IDR is known on 2026-05-31" in refused
    assert 'boconsole ledger rate EUR "1.5 IDR" --date 2026-05-31' in refused
    assert given[0] == 0
    assert [line["difference"] for line in done["lines"]] == ["5000.00", "0.00"]


def test_accounts_that_are_revalued_are_listed_and_marked(say: Say) -> None:
    marked = answered(say, "revalued", "Utang Bank")
    listed = answered(say, "revalued")
    answered(say, "revalued", "Utang Bank", "--off")

    assert marked == {"account": "Liabilitas:Utang Bank", "adjustment": None, "revalued": True}
    assert "Liabilitas:Utang Bank" in [each["account"] for each in listed]
    assert len(answered(say, "revalued")) == len(listed) - 1
    assert answered(say, "rates", "--at", "2026-05-15") == [
        {"commodity": "USD", "worth": "16000", "in": "IDR", "date": "2026-05-01"}
    ]
