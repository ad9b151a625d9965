"""A Monday morning of a manager, pressed into the real console."""

from __future__ import annotations

from datetime import date

import pytest

from boconsole import approvals
from boconsole.assessments import keeping
from boconsole.assessments import writing as assessing
from boconsole.ledger import limits
from boconsole.projects import changing, reporting, tasking
from db import connection
from tests.books import draft
from tests.people import StandingClock, add_agent, open_session
from tests.terminal import CTRL_Q, ENTER, Terminal
from tests.trade import open_trade

CONTROL = """
name = "keys"
title = "Keys"
months = 6
grade = [{ name = "kept", least = 0 }]
scales.yes = [{ word = "no", text = "No", points = 0 }, { word = "yes", text = "Yes", points = 1 }]
section = [{ title = "Keys", question = [{ id = "a", text = "Counted?", scale = "yes" }] }]
"""
SHIFT_TAB = "\x1b[Z"
REASON = "The steel comes three weeks late."


@pytest.fixture
def office(sqlite_url: str) -> str:
    """A red project, somebody with too much to do, two drafts to approve, and a key to count."""
    session = open_session(sqlite_url, StandingClock())
    add_agent(session, "budi")
    project = changing.create(session, {"name": "Apollo", "start_on": "2026-05-04"}, "active")
    for title in ("Frame", "Roof"):
        tasking.create(session, project.row.id, {
            "title": title, "owner": "budi", "start_on": "2026-05-04", "due_on": "2026-05-08",
            "days": 5, "estimate": "40h",
        })  # fmt: skip
    reporting.report(session, project.row.id, "red", REASON)
    open_trade(session)
    limits.put(session, "500")
    lea = add_agent(session, "lea", ("accountant",))
    for what in ("Server", "Furniture"):
        draft(lea, "Assets:Equipment  7200 USD", "Liabilities:Loan", day=date(2026, 5, 2),
              about=what)  # fmt: skip
    keeping.load(session, CONTROL)
    made = assessing.begin(session, "keys", "Key box", date(2025, 11, 20))
    kept = assessing.answer(session, made.row.id, 1, {"a": "yes"})
    assessing.submit(session, made.row.id, kept.row.version)
    connection.close_database()
    return sqlite_url


def go_to(console: Terminal, title: str) -> None:
    """Put the cursor of Home on what needs somebody, and open it."""
    console.press("1")
    shown = console.wait_for("Needs me now", title, "To do")
    lines = shown.partition("Needs me now")[2].partition("To do")[0].splitlines()[1:]
    place = next(at for at, line in enumerate(lines) if title in line)
    console.press("g", "j" * place, ENTER)


def test_a_monday_morning_of_a_manager(office: str) -> None:
    with Terminal(office) as console:
        console.wait_for("Needs me now", "Red projects", "Ending within 30 days", "Mine")

        go_to(console, "Red projects")
        console.wait_for("Projects", "rag:red · 1 of 1", "Apollo")
        console.press(ENTER)
        console.wait_for("PRJ-0001 Apollo", "R red", "[Tasks]", "Frame")
        console.press(SHIFT_TAB)
        console.wait_for("[Reports]", REASON)
        console.press(":load", ENTER)
        console.wait_for("Load by week", "budi", "!")

        go_to(console, "Approvals waiting for me")
        console.wait_for("Approvals", "of 2", "Server", "Furniture")
        console.press("*")
        console.wait_for("2 marked")
        console.press("A")
        console.wait_for("Nothing waits for an approval.")
        console.press("1")
        console.wait_for("Needs me now", "To do")
        console.wait_gone("Approvals waiting for me")

        go_to(console, "Ending within 30 days")
        console.wait_for("What ends · days:0..30 · 1 of 1", "2026-05-20", "Key box")
        console.press(ENTER)
        console.wait_for("ASM-0001", "kept: 100%", "The next one is due on 2026-05-20.")
        console.press(CTRL_Q)
        assert console.wait_end() == 0

    session = open_session(office, StandingClock())
    assert approvals.waiting(session) == []
    connection.close_database()
