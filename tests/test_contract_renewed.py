"""A contract that is about to end, renewed in the real console at 80x24, and the renewal undone."""

from __future__ import annotations

import json
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

from boconsole.doors.main import main
from tests.terminal import CTRL_S, CTRL_U, ENTER, TAB, Terminal

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def office(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A contract of which notice is due in four weeks, on the fourth of May; returns where."""
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")
    monkeypatch.setenv("BOCONSOLE_USER", "root")
    for words in (
        ("setup", "organisation", "Acme Corp"),
        ("contracts", "new", "Cleaning", "--counterpart", "Acme Corp", "--start", "2025-07-01",
         "--end", "2026-06-30", "--notice", "1m", "--renewal", "decision", "--renewal-term", "1y",
         "--value", "900 USD", "--every", "month"),
    ):  # fmt: skip
        assert main(["--database", sqlite_url, *words]) == 0, words
    return sqlite_url


def test_a_contract_is_renewed_in_time_and_the_renewal_undone(office: str, command: Run) -> None:
    with Terminal(office) as console:
        console.wait_for("Home", "? help")
        console.press(":")
        console.wait_for("\n:")
        console.press("ending", ENTER)
        console.wait_for("2026-05-30", "Notice", "2026-06-30", "CTR-0001")
        console.press(ENTER)
        console.wait_for("CTR-0001 Cleaning", "Notice until", "A active", "1  2025-07-01")
        console.press("R")
        console.wait_for("Renew CTR-0001 from 2026-07-01 on", "^s save")
        console.press(TAB, CTRL_U, "950 USD", CTRL_S)
        console.wait_for("CTR-0001 goes on until 2027-06-30 (term 2)", "950.00 USD",
                         "2  2026-07-01", "1  2025-07-01")  # fmt: skip
        renewed = told(command)
        console.press("u")
        console.wait_for("Undone: CTR-0001")
        console.wait_gone("2  2026-07-01")

    assert (renewed["term"], renewed["end"], renewed["value"]) == (2, "2027-06-30", "950.00")
    assert [term["value"] for term in renewed["terms"]] == ["900.00 USD", "950.00 USD"]
    assert (told(command)["term"], told(command)["end"]) == (1, "2026-06-30")
    assert json.loads(command("--json", "audit", "verify").stdout)["ok"] is True


def told(run: Run) -> dict:  # type: ignore[type-arg]  # as JSON has it
    done = run("--json", "contracts", "show", "CTR-0001")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
