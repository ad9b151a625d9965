"""The console in terminals of all kinds: without colour, with sixteen, dumb, small, resized."""

from __future__ import annotations

import re

import pytest

from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket
from db import connection
from tests.people import StandingClock, open_session
from tests.terminal import CTRL_L, ENTER, EXEC, Terminal


@pytest.fixture
def shop(sqlite_url: str) -> str:
    session = open_session(sqlite_url, StandingClock())
    for subject in ("Scale shows nothing", "Till drawer jams"):
        creating.create(session, NewTicket(subject, "Since this morning."))
    connection.close_database()
    return sqlite_url


def work(console: Terminal) -> None:
    """Find a ticket, open it, change it, look at the help, and quit."""
    console.wait_for("Home", "? help")
    console.press("2")
    console.wait_for("Scale shows nothing", "Till drawer jams", "1 of 2")
    console.press("/")
    console.wait_for("Words or terms")
    console.press("drawer")
    console.wait_for("Tickets · drawer", "1 of 1")
    console.press(ENTER, ENTER)
    console.wait_for("Since this morning.", "N new", "s state")
    console.press("s")
    console.wait_for("State of TKT-2", "o open")
    console.press("o")
    console.wait_for("O open", "TKT-2 changed")
    console.press("?")
    console.wait_for("Change the state", "q close")
    console.press("q")
    console.wait_for("Since this morning.", "O open")
    console.press(":q", ENTER)
    assert console.wait_end() == 0


def colours(written: bytes) -> set[str]:
    """Return the colours that were asked for: their SGR codes."""
    codes = b";".join(re.findall(rb"\x1b\[([\d;]+)m", written)).decode().split(";")
    return {code for code in codes if re.fullmatch(r"3[0-8]|4[0-8]|9[0-7]|10[0-7]", code)}


@pytest.mark.parametrize("term", ["xterm-256color", "xterm-16color", "vt100", "dumb", "linux", ""])
def test_console_works_in_every_terminal(shop: str, term: str) -> None:
    command = EXEC if term == "xterm-256color" else ()
    with Terminal(shop, command=command, TERM=term) as console:
        work(console)


def test_console_without_colour_asks_for_none(shop: str) -> None:
    with Terminal(shop, NO_COLOR="1") as console:
        work(console)

        assert colours(console.written) == set()


def test_sixteen_colours_are_enough(shop: str) -> None:
    with Terminal(shop, TERM="xterm-16color") as console:
        work(console)

        asked = colours(console.written)
    assert asked
    assert not asked & {"38", "48"}


def test_window_is_followed_when_its_size_changes(shop: str) -> None:
    with Terminal(shop) as console:
        console.wait_for("Home", "? help")
        console.press("2")
        console.wait_for("Scale shows nothing", "1 of 2")
        console.resize(160, 50)
        console.wait_for("Till drawer jams", "Since this morning.")
        console.resize(80, 24)
        console.wait_gone("Since this morning.")
        console.press(CTRL_L)
        shown = console.wait_for("Till drawer jams", "1 of 2", "? help")

    assert [len(line) <= 80 for line in shown.splitlines()] == [True] * 24


def test_tiny_window_says_so_and_works_again_when_it_grows(shop: str) -> None:
    with Terminal(shop, size=(30, 6)) as console:
        console.wait_for("30")
        console.resize(80, 24)
        console.wait_for("Home", "? help")
        console.press("2")
        console.wait_for("Scale shows nothing", "1 of 2")


def test_console_comes_to_its_first_list_without_an_answer_of_the_terminal(shop: str) -> None:
    with Terminal(shop, TERM="screen") as console:
        console.wait_for("Home", "? help")
        console.press("2")
        shown = console.wait_for("Scale shows nothing", "Till drawer jams")

    assert "TKT-2" in shown
