"""Pay by command: a month from the records to the bank's file and the pay slip."""

import csv
import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from boconsole.doors.main import main
from boconsole.session import Session
from boconsole.staff import changing, finding
from db import connection
from tests.payrolls import open_company
from tests.people import add_agent
from tests.test_payroll_plain import FREEDONIA


def test_a_month_by_command(
    local_session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hr = open_company(local_session)
    add_agent(local_session, "ani", ())
    changing.edit(hr, finding.find(hr, "Ani"), {"user": "ani"})
    add_agent(local_session, "ava", ("approver",))
    add_agent(local_session, "ben", ("accountant",))
    database = f"sqlite:///{connection.file()}"
    connection.close_database()
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")

    def say(who: str, *words: str) -> tuple[int, str, str]:
        monkeypatch.setenv("BOCONSOLE_USER", who)
        code = main(["--database", database, "payroll", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    own = tmp_path / "freedonia.toml"
    own.write_text(FREEDONIA, "utf-8")
    loaded = say("root", "load", str(own))
    grouped = say("root", "group", "monthly", "--rules", "freedonia-2026")
    ran = json.loads(say("hana", "run", "--month", "2026-01", "--json")[1])
    refused = [say("hana", "approve", "--month", "2026-01")[0], say("ben", "post")[0],
               say("ben", "show")[0], say("ava", "run", "--month", "2026-02")[0]]  # fmt: skip
    steps = [say("ava", "approve", "--month", "2026-01")[0], say("ben", "post", "PYR-0001")[0],
             say("ben", "pay", "--date", "2026-02-02")[0]]  # fmt: skip
    say("hana", "bank-file", str(tmp_path / "pay.csv"))
    with (tmp_path / "pay.csv").open() as file:
        paid = list(csv.DictReader(file))
    slips = say("hana", "slips", str(tmp_path / "slips"), "--language", "id")
    text = PdfReader(tmp_path / "slips" / "PYR-0001-EMP-0001.pdf").pages[0].extract_text()
    shown = json.loads(say("hana", "show", "--month", "2026-01", "--json")[1])

    assert json.loads(say("ani", "show", "--employee", "me", "--json")[1])["employee"] == "EMP-0001"
    assert [say("ani", "show", "--employee", who)[0] for who in ("me", "EMP-0001", "Budi")] == [
        0, 1, 1,
    ]  # fmt: skip
    assert (loaded[0], grouped[0], ran["state"], ran["people"]) == (0, 0, "draft", 3)
    assert (refused, steps, slips[0]) == ([1, 1, 1, 1], [0, 0, 0], 0)
    assert shown["state"] == "paid"
    assert sum(int(row["amount"]) for row in paid) == int(shown["net"])
    assert {row["currency"] for row in paid} == {"IDR"}
    assert "SLIP GAJI" in text
    assert "PP 58/2023" in text
    assert "ribu" in text
