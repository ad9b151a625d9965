"""Two people in two consoles on one database, on each engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest

from boconsole.tickets import creating, reading
from boconsole.tickets.rows import NewTicket, TicketRow
from db import connection
from tests.people import StandingClock, add_agent, open_session
from tests.terminal import BACKSPACE, CTRL_O, CTRL_S, CTRL_U, ENTER, ESC, TAB, Terminal

SOON = 6.0
"""Seconds for a change to show: three times what is promised, as tests share two cores."""


class Office(NamedTuple):
    """A database with two tickets and two people."""

    url: str
    old: TicketRow
    fresh: TicketRow


@pytest.fixture
def office(database_url: str) -> Office:
    return furnish(database_url)


@pytest.fixture
def local_office(sqlite_url: str) -> Office:
    return furnish(sqlite_url)


def furnish(url: str) -> Office:
    session = open_session(url, StandingClock())
    add_agent(session, "bea")
    made = [
        creating.create(session, NewTicket(subject, "Please come and see."))
        for subject in ("Lift stands still", "Door does not close")
    ]
    connection.close_database()
    return Office(url, *made)


@contextmanager
def both(office: Office) -> Iterator[tuple[Terminal, Terminal]]:
    """Both people looking at the list of tickets."""
    with (
        Terminal(office.url) as root,
        Terminal(office.url, BOCONSOLE_USER="bea") as bea,
    ):
        for console in (root, bea):
            console.wait_for("Home", "? help")
            console.press("2")
            console.wait_for("Lift stands still", "Door does not close", "1 of 2")
        yield root, bea


def read_again(office: Office, row: TicketRow) -> TicketRow:
    session = open_session(office.url, StandingClock())
    found = reading.get(session, row.id)
    connection.close_database()
    return found


def test_a_change_shows_in_the_other_console(office: Office) -> None:
    with both(office) as (root, bea):
        bea.press("a")
        bea.wait_for("Assign TKT-2 to", "bea (me)")
        bea.press("bea", ENTER)
        bea.wait_for("TKT-2 changed")
        root.wait_for("bea", seconds=SOON)

        root.press("n")
        root.wait_for("New ticket", "Subject")
        root.press("Roof leaks", CTRL_S)
        root.wait_for("TKT-3 made.")
        shown = bea.wait_for("Roof leaks", "2 of 3", seconds=SOON)

    assert "TKT-3" in shown


def test_an_open_ticket_shows_what_another_writes(office: Office) -> None:
    with both(office) as (root, bea):
        for console in (root, bea):
            console.press(ENTER)
            console.wait_for("Tickets · TKT-2", "Please come and see.")
        bea.press("c")
        bea.wait_for("Reply to TKT-2")
        bea.press("The hinge is new now.", CTRL_S)
        bea.wait_for("bea replied")
        root.wait_for("bea replied", "The hinge is new now.", seconds=SOON)


def open_edit_form(console: Terminal) -> None:
    console.press("e")
    console.wait_for("Edit TKT-2", "Door does not close", "^s save")


def conflict(root: Terminal, bea: Terminal) -> None:
    """Both edit; the one who saves later sees what the other saved before."""
    open_edit_form(root)
    open_edit_form(bea)
    root.press(CTRL_U, "Door of hers", CTRL_S)
    root.wait_for("TKT-2 saved.")
    bea.press(CTRL_U, "Door of mine", TAB, TAB)
    bea.wait_for("Door of mine", "changed")
    bea.press(CTRL_S)
    bea.wait_for("theirs", "yours", "Door of hers", "Door of mine", "esc back to the form")


def test_a_conflicting_edit_shows_both_sides_and_keeps_the_chosen_one(office: Office) -> None:
    with both(office) as (root, bea):
        conflict(root, bea)
        bea.press(ESC)
        bea.wait_for("Edit TKT-2", "Door of mine")
        bea.wait_gone("esc back to the form")
        bea.press(CTRL_S)
        bea.wait_for("Door of hers", "Door of mine", "esc back to the form")
        bea.press(" ", ENTER)
        bea.wait_for("TKT-2 saved.")
        bea.wait_for("Door of mine")
        root.wait_for("Door of mine", seconds=SOON)

    assert read_again(office, office.fresh).subject == "Door of mine"


def test_taking_theirs_leaves_what_they_saved(local_office: Office) -> None:
    with both(local_office) as (root, bea):
        conflict(root, bea)
        bea.press(ENTER)
        bea.wait_for("Nothing of yours is left to save.", "Door of hers")

    assert read_again(local_office, local_office.fresh).subject == "Door of hers"


def test_a_console_tells_who_has_a_ticket_open_and_who_replies(office: Office) -> None:
    with both(office) as (root, bea):
        root.press(ENTER)
        root.wait_for("Tickets · TKT-2", "Please come and see.")
        bea.press(ENTER)
        bea.wait_for("Tickets · TKT-2", "root has it open")
        root.wait_for("bea has it open")

        root.press("c")
        root.wait_for("Reply to TKT-2")
        bea.wait_for("root is replying")
        root.press(CTRL_O)
        bea.wait_for("root has it open")
        root.press(BACKSPACE)
        bea.wait_gone("root has it open")
