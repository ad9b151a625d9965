"""Fixed assets by command, as programs and people use them."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from boconsole.doors.main import main
from boconsole.language import use_language


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
def say(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Say]:
    """Call the command line in this process, with a chart and a class."""

    def call(*words: str) -> Said:
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patch:
            patch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = main(["--database", sqlite_url, "ledger", *words])
        return Said(code, out.getvalue(), err.getvalue())

    call("chart", "international")
    made = call("assets", "class", "Computers", "--life", "48", "--cost", "1500",
                "--accumulated", "1590", "--expense", "6500", "--result", "4850")  # fmt: skip
    assert made.code == 0, made.err
    yield call
    use_language("en")


def bought(say: Say) -> Said:
    return say("assets", "acquire", "Server", "--class", "computers", "--date", "2026-01-15",
               "--cost", "4800 USD", "--against", "1100", "--json")  # fmt: skip


def test_an_asset_lives_from_purchase_to_sale(say: Say) -> None:
    new = bought(say)
    missing = say("checklist", "2026-04", "--json").json
    preview = say("assets", "depreciate", "2026-04", "--dry-run", "--json").json
    run = say("assets", "depreciate", "2026-04", "--json").json
    lines = say("assets", "schedule", "FA-0001", "--json").json
    sold = say("assets", "dispose", "1", "--date", "2026-05-03", "--proceeds", "5000", "--to",
               "1100", "--json").json  # fmt: skip
    back = say("assets", "reverse", sold["entries"][-1], "--reason", "never paid", "--json").json
    shown = say("assets", "show", "FA-0001").out
    check = say("check")

    assert (new.json["number"], new.json["cost"]) == ("FA-0001", "4800.00")
    point = next(each for each in missing if each["name"] == "depreciation")
    assert point["causes"] == ["FA-0001"]
    assert preview["assets"][0]["amount"] == run["assets"][0]["amount"] == "400.00"
    assert (preview["entry"], run["entry"]) == (None, "FAJ-2026-00002")
    assert [line["state"] for line in lines[:6]] == ["posted"] * 5 + ["planned"]
    assert (sold["book_value"], sold["result"]) == ("4400.00", "600.00")
    assert back["entries"] == ["FAJ-2026-00004"]
    assert "4400.00" in shown
    assert (check.code, check.err) == (0, "")


def test_tables_are_for_people(say: Say) -> None:
    bought(say)

    listed = say("assets", "list", "server").out.splitlines()
    years = say("assets", "schedule", "FA-1", "--fiscal", "1", "--declining").out.splitlines()
    groups = say("assets", "groups").out.splitlines()
    classes = say("assets", "classes", "--json").json

    assert listed[1].split()[:4] == ["FA-0001", "Server", "Computers", "2026-01-15"]
    assert years[1].split() == [
        "2026", "1200.00", "2400.00", "-1200.00", "0.00", "3600.00", "2400.00",
    ]  # fmt: skip
    assert len(groups) == 7
    assert (classes[0]["name"], classes[0]["months"]) == ("Computers", 48)


def test_estimates_change_and_a_slip_is_withdrawn(say: Say) -> None:
    bought(say)

    changed = say("assets", "change", "1", "--date", "2026-01-20", "--life", "60", "--reason",
                  "lasts longer", "--json")  # fmt: skip
    held = say("assets", "withdraw", "1", "--reason", "typed twice")
    again = say("assets", "acquire", "Mouse", "--class", "Computers", "--date", "2026-05-04",
                "--cost", "10 USD", "--against", "1100")  # fmt: skip
    gone = say("assets", "withdraw", "FA-0002", "--reason", "too small", "--json")

    assert changed.json["months"] == 60
    assert held.code == 1
    assert again.out == "FA-0002 Mouse is in the register.\n"
    assert gone.json["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("show", "FA-0009"), "There is no fixed asset FA-0009."),
        (("show", "x"), "is not the number of a fixed asset"),
        (("depreciate", "2026-13"), "is no month such as 2026-05"),
        (("list", "state:sold"), "is none of waiting"),
        (("dispose", "1", "--date", "2026-05-04", "--proceeds", "x"), "is no amount"),
        (("class", "C", "--cost", "6500", "--accumulated", "1590", "--expense", "6500",
          "--result", "4850", "--life", "1"), "is not of the kind"),
    ],
)  # fmt: skip
def test_refusals_say_what_is_wrong(say: Say, words: tuple[str, ...], reason: str) -> None:
    bought(say)

    refused = say("assets", *words)

    assert refused.code == 1
    assert reason in refused.err


def test_an_asset_is_revalued_and_told_beside_the_tax_law(say: Say) -> None:
    bought(say)
    say("assets", "depreciate", "2026-03")
    words = ("assets", "revalue", "FA-0001", "--amount", "5000", "--at", "2026-03-31")
    preview = say(*words, "--dry-run").out.splitlines()
    done = say(*words, "--by", "Prima Survey", "--json").json
    shown = say("assets", "show", "FA-0001", "--json").json

    assert [line.split()[-2:] for line in preview[1:4]] == [
        ["200.00", "USD"], ["300.00", "USD"], ["-500.00", "USD"],
    ]  # fmt: skip
    assert (done["before"], done["value"], done["surplus"]) == ("4500.00", "5000.00", "500.00")
    assert done["lines"][-1]["account"] == "Equity:Revaluation Surplus"
    assert (shown["cost"], shown["paid"], shown["surplus"]) == ("5000.00", "4800.00", "500.00")
    assert say("check").code == 0
