"""A month of a personnel department's work, pressed into the real console."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from pypdf import PdfReader

from boconsole.leave import presets, setting_up
from boconsole.staff import changing, finding
from db import connection
from tests.payrolls import as_role, open_company, posted
from tests.people import StandingClock, open_session
from tests.terminal import CTRL_S, CTRL_U, DOWN, ENTER, TAB, Terminal

Run = Callable[..., CompletedProcess[str]]
DIAN = "EMP-0004"


@pytest.fixture
def company(sqlite_template: Path, tmp_path: Path) -> str:
    """Three people who were paid in April, accounts to book on; Budi leads the Works."""
    shutil.copy(sqlite_template, tmp_path / "company.sqlite")
    url = f"sqlite:///{tmp_path}/company.sqlite"
    root = open_session(url, StandingClock())
    hr = open_company(root)
    for login, role in (("budi", "agent"), ("dian", "agent"), ("ava", "approver"),
                        ("ben", "accountant")):  # fmt: skip
        as_role(root, login, role)
    changing.edit(hr, finding.find(hr, "Budi"), {"user": "budi"})
    setting_up.take_presets(hr, presets.types_of("indonesia"), date(2024, 1, 1))
    posted(hr, 202604)
    connection.close_database()
    return url


def paste(text: str) -> str:
    """Return a text as terminals send what is pasted: as one event."""
    return f"\x1b[200~{text}\x1b[201~"


def at(url: str, user: str, day: str) -> Terminal:
    """Return the console of somebody on a day of May."""
    return Terminal(url, BOCONSOLE_USER=user, BOCONSOLE_CLOCK=f"2026-05-{day}T09:00:00Z")


def go(console: Terminal, words: str, *shown: str) -> None:
    console.wait_for("? help")
    console.press(":")
    console.wait_for("\n:")
    console.press(paste(words))
    console.wait_for(f"\n:{words}")
    console.press(ENTER)
    console.wait_for(*shown)


def enter(console: Terminal, kind: str, title: str, *typed: str) -> None:
    """Enter a fact on the tab of pay: its place in the menu, then one field after the other."""
    console.press("+")
    console.wait_for("What is entered?")
    console.press(kind)
    console.wait_for(f"{title}: enter it")
    console.press(*typed, CTRL_S)
    console.wait_gone("enter it")
    console.wait_for(f"{DIAN} is changed; u undoes it.")


def hire(url: str) -> None:
    with at(url, "hana", "04") as console:
        console.wait_for("? help")
        console.press("4")
        console.wait_for("Staff · 1 of 3", "n new")
        console.press("n")
        console.wait_for("Hire somebody", "Hours of a week")
        console.press("Dian", TAB * 2, "Clerk", TAB, "Works", TAB, "EMP-0002", TAB * 3, "f")
        console.wait_for("< fixed term >")
        console.press(TAB, "31/12", TAB * 3, "dian", TAB, "ID", TAB)
        console.press("8 8 8 8 8", CTRL_S)
        console.wait_for("! cannot come before 2026-05-04")
        console.press(CTRL_U, "2026-12-31", CTRL_S)
        console.wait_for(f"{DIAN} Dian is hired", "fixed term, 2026-05-04 to 2026-12-31")
        console.press(TAB, TAB)
        console.wait_for("Closed; O opens it")
        enter(console, "1", "Salary", TAB, "10000000 IDR")
        enter(console, "2", "Pay terms", TAB * 3, "TK/0")
        enter(console, "3", "Bank account", TAB, "12345")


def ask_for_leave_and_overtime(url: str) -> None:
    with at(url, "dian", "07") as console:
        go(console, "leave", "No leave is here.")
        console.press("n")
        console.wait_for("Ask for leave", "First day !")
        console.press("s")
        console.wait_for("< Sick leave >")
        console.press(TAB, "2026-05-11", TAB, "2026-05-12", TAB * 4, "Flu")
        console.wait_for("Mon 2026-05-11 to Tue 2026-05-12 takes 2 days.")
        console.press(CTRL_S)
        console.wait_for("LVE-0001 is requested.", "R requested")
        go(console, "attendance", "No day is here.")
        console.press("O")
        console.wait_for("Ask for overtime", "Hours !")
        console.press(TAB, "2", TAB, "Closing", CTRL_S)
        console.wait_for("OVT-0001 is asked for.")


def decide(url: str) -> None:
    with at(url, "budi", "08") as console:
        go(console, "leave-approvals", "1 of 2", "OVT-0001", "LVE-0001")
        assert "Flu" not in console.screen()
        console.press("A")
        console.wait_for("OVT-0001 is approved.", "1 of 1")
        console.press("A")
        console.wait_for("LVE-0001 is approved.", "Nothing waits for your decision.")


def draft(url: str) -> None:
    with at(url, "hana", "29") as console:
        go(console, "payroll", "Pay runs · 1 of 1", "2026-04")
        console.press("n")
        console.wait_for("Compute a month", "2026-05")
        console.press(CTRL_S)
        console.wait_for("PYR-0002 of 2026-05 is computed for 4 people.", "Dian")
        console.press(DOWN * 3)
        console.wait_for("4 of 4")
        console.press(ENTER)
        console.wait_for("28/31", "9,032,258", "Overtime", "202,312", "8,640,799")
        console.press("q")
        console.wait_for("4 of 4")
        console.press("=")
        console.wait_for("2026-05 against 2026-04", "Dian", "joined on 2026-05-04")
        console.press("q")
        console.wait_for("4 of 4")
        console.press("s")
        console.wait_for("c Compute again", "a Approve")
        console.press("a")
        console.wait_for("hana may not do this (payroll.approve)")


def approve(url: str) -> None:
    with at(url, "ava", "29") as console:
        go(console, "payroll", "PYR-0002 2026-05")
        console.press("s")
        console.wait_for("c Compute again", "d Give up")
        console.press("a")
        console.wait_for("PYR-0002 of 2026-05 is approved.")


def read_own_slip(url: str, path: Path) -> None:
    with at(url, "dian", "30") as console:
        go(console, "my-pay", "My pay slips · 1 of 1", "8,640,799")
        console.press("x")
        console.wait_for("The pay slip as which file?", "PYR-0002.pdf")
        console.press(CTRL_U)
        console.wait_gone("PYR-0002.pdf")
        console.press(paste(str(path)))
        console.wait_for(path.name)
        console.press(ENTER)
        console.wait_for("The pay slip of 2026-05 is in")


def write_slips_and_let_leave(url: str, folder: Path) -> None:
    with at(url, "hana", "30") as console:
        go(console, "PYR-0002", "PYR-0002 2026-05 posted", "w slips")
        console.press("w")
        console.wait_for("The pay slips into which folder?", "slips-2026-05")
        console.press(CTRL_U)
        console.wait_gone("slips-2026-05")
        console.press(paste(str(folder)))
        console.wait_for(folder.name)
        console.press(ENTER)
        console.wait_for("4 pay slips are in")
        go(console, DIAN, f"Staff · {DIAN} Dian", "O private")
        console.press("s")
        console.wait_for("l Leaves", "r Renew the contract")
        console.press("l")
        console.wait_for(f"{DIAN} leaves", "Last day !")
        console.press("2026-06-30", TAB, "Own", CTRL_S)
        console.wait_gone("Last day !")
        console.wait_for("2026-05-04 to 2026-06-30")


def test_a_month_of_personnel_work(company: str, command: Run, tmp_path: Path) -> None:
    hire(company)
    ask_for_leave_and_overtime(company)
    decide(company)
    draft(company)
    approve(company)

    def answer(who: str, *words: str) -> Any:
        done = command("--json", *words, database=company, BOCONSOLE_USER=who)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    assert answer("ben", "payroll", "post", "PYR-0002")["state"] == "posted"
    read_own_slip(company, tmp_path / "own.pdf")
    write_slips_and_let_leave(company, tmp_path / "all")
    run = answer("hana", "payroll", "show", "PYR-0002")
    person = answer("hana", "staff", "show", DIAN, "--at", "2026-07-01")

    assert (run["state"], run["approved_by"], run["prepared_by"]) == ("posted", "ava", "hana")
    for path in (tmp_path / "own.pdf", tmp_path / "all" / f"PYR-0002-{DIAN}.pdf"):
        assert "8,640,799" in PdfReader(path).pages[0].extract_text()
    assert person["state"] == "left"
    assert answer("root", "audit", "verify")["ok"] is True
