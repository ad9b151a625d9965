"""Licences, stock and stocktakes by command, and what another asset system exported."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from boconsole.doors.main import main
from boconsole.language import use_language

LICENCES = """\
Full Name,Email,Item name,serial number,Category,manufacturer,purchase date,purchase cost,\
purchase order,order number,Licensed To Name,Licensed to Email,expiration date,maintained,\
reassignable,seats,company,supplier,notes
Ann Lee,ann@own.example,Photo Studio,KEY-1-SECRET,Design,Pixel,11/24/2025,$12.58,34,7-8,Ann,\
ann@x.example,02/26/2027,false,yes,56,Acme,Pixel House,"two
lines"
Bob,bob@own.example,Suite,KEY-2-SECRET,Office,,,,,,,,,,sometimes,3,,,
,,Planner,KEY-3-SECRET,Office,,05/05/2026,$1,,,,,05/04/2026,true,no,3,,,
,,Planner,KEY-3-SECRET,Office,,,,,,,,,,no,3,,,
"""
CONSUMABLES = """\
Company,Name,Category,Supplier,Manufacturer,QTY,Location,Order Number,Min Amount,Model Number,\
Item Number,Notes,Purchase Date,Purchase Cost
Acme,Toner,Print,Ink Co,Maker,5,Artashat,1-2,9,M1,I1,black,8/24/22,73.96
Acme,Paper,Print,Ink Co,Maker,-1,Artashat,1-3,9,M2,I2,white,8/24/22,73.96
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
def say(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Say]:
    """Call the command line in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str, stdin: str = "") -> Said:
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patch:
            patch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")
            patch.setattr(sys, "stdin", io.StringIO(stdin))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = main(["--database", sqlite_url, *words])
        return Said(code, out.getvalue(), err.getvalue())

    yield call
    use_language("en")


def test_licences_of_another_system_come_in_once_and_without_their_keys(say: Say) -> None:
    Path("lic.csv").write_text(LICENCES)
    words = ("licences", "import", "lic.csv", "--map", "snipe_it_licences", "--json")
    first, second = say(*words).json, say(*words).json
    listed = say("licences", "list", "--json")
    shown = say("licences", "show", "1", "--json")
    exported = say("licences", "export", "out.csv")

    assert (first["read"], first["created"], second["created"], second["known"]) == (4, 3, 0, 3)
    assert [each["column"] for each in first["refused"]] == ["serial number"]
    one, other, late = listed.json
    assert (other["seats"], late["bought_on"], late["ends_on"]) == (3, "2026-05-05", "2026-05-04")
    assert (one["seats"], one["used"], one["free"], one["cost"]) == (56, 1, 55, "12.58")
    assert (one["bought_on"], one["ends_on"], one["has_key"]) == ("2025-11-24", "2027-02-26", True)
    assert shown.json["assigned"][0]["person"] == "ann@own.example"
    assert exported.code == 0
    everything = listed.out + shown.out + Path("out.csv").read_text()
    assert "SECRET" not in everything
    assert say("licences", "key", "1").out == "KEY-1-SECRET\n"


def test_counted_things_come_in_once_and_refused_rows_say_why(say: Say) -> None:
    Path("con.csv").write_text(CONSUMABLES)
    words = ("consumables", "import", "con.csv", "--map", "snipe_it_consumables", "--json")
    first, second = say(*words).json, say(*words).json
    low = say("consumables", "list", "is:warned", "--json").json

    assert (first["created"], second["created"], second["known"]) == (1, 0, 1)
    assert [each["column"] for each in first["refused"]] == ["QTY"]
    assert [(each["name"], each["on_hand"], each["place"]) for each in low] == [
        ("Toner", 5, "Artashat")
    ]
    assert say("stock", "check", "--json").json == {"faults": []}


def test_a_seat_by_command_and_what_is_refused(say: Say) -> None:
    say("assets", "new", "--name", "Box")
    new = say("licences", "new", "--product", "Suite", "--seats", "1", "--json").json
    given = say("licences", "assign", new["number"], "AST-0001", "--json").json
    again = say("licences", "assign", new["number"], "AST-0001")
    fewer = say("licences", "edit", new["number"], "--seats", "0")
    kept = say("licences", "key", new["number"], "--set", stdin="ABC-1\n")
    back = say("licences", "release", new["number"], "AST-0001")

    assert (given["seat"], given["asset"]) == (1, "AST-0001")
    assert (again.code, "has seat 1 of LIC-0001 already" in again.err) == (1, True)
    assert (fewer.code, "between 1 and" in fewer.err) == (1, True)
    assert "ABC" not in kept.out
    assert "Seat 1 of LIC-0001 is back; 1 are free." in back.out
    assert say("licences", "products", "nothing:here").code == 1


def test_a_stocktake_by_command(say: Say) -> None:
    say("assets", "place", "Jakarta / Floor 3")
    for name in ("Laptop", "Screen"):
        say("assets", "new", "--name", name, "--place", "Jakarta / Floor 3")
    opened = say("stocktake", "open", "May", "--place", "Floor 3", "--json").json
    scans = say("stocktake", "scan", "1", "--place", "Floor 3", "--json",
                stdin="AST-0001\n4711\n").json  # fmt: skip
    closed = say("stocktake", "close", "CNT-0001", "--lost", "all", "--json").json
    lost = say("assets", "list", "state:lost", "--json").json

    assert (opened["number"], opened["expected"]) == ("CNT-0001", 2)
    assert [each["state"] for each in scans["scans"]] == ["found", "unknown"]
    assert (closed["missing"], closed["lost"]) == (1, 1)
    assert [each["tag"] for each in lost] == ["AST-0002"]
