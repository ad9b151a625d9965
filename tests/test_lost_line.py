"""The line drops, the console is killed: what was typed is kept, and the terminal is usable."""

from __future__ import annotations

import signal
from time import monotonic

import pytest

from boconsole import drafts
from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket
from db import connection
from tests.people import StandingClock, open_session
from tests.terminal import CTRL_O, CTRL_Q, ENTER, PATIENCE, Terminal

WORDS = "The key lies under the flower pot"
MOUSE = ("1000", "1002", "1003", "1006", "1015", "1016")
OFF = {"1049": False, "2004": False, "1004": False, **dict.fromkeys(MOUSE, False)}
"""Alternate screen, bracketed paste, reports of focus and mouse."""


@pytest.fixture
def house(sqlite_url: str) -> str:
    session = open_session(sqlite_url, StandingClock())
    creating.create(session, NewTicket("House is locked", "We cannot get in."))
    connection.close_database()
    return sqlite_url


def open_ticket(console: Terminal) -> None:
    console.wait_for("Home", "? help")
    console.press(":TKT-1", ENTER)
    console.wait_for("House is locked", "We cannot get in.", "c reply")


def begin_reply(console: Terminal) -> None:
    open_ticket(console)
    console.press("c")
    console.wait_for("Reply to TKT-1", "^s save")


def kept_draft(url: str) -> str:
    session = open_session(url, StandingClock())
    found = drafts.find(session, "ticket.reply", 1)
    connection.close_database()
    return found.fields["text"] if found else ""


def is_offered_again(url: str, words: str) -> None:
    with Terminal(url) as console:
        begin_reply(console)
        console.wait_for("Something typed here was not saved. Go on with it?")
        console.press("y")
        console.wait_for(words, "changed")


def has_left_the_terminal_as_it_was(console: Terminal) -> None:
    modes = console.modes()
    assert {number: modes.get(number, False) for number in OFF} == OFF
    assert modes["25"], "the cursor is hidden"
    assert modes["7"], "long lines are not wrapped"
    assert not modes.get("2026", False), "the terminal waits for the end of a frame"
    assert console.written.count(b"\x1b[<u") == 1, "the keyboard protocol stays on"
    assert console.line() == console.line_before


def test_hang_up_keeps_what_is_typed(house: str) -> None:
    with Terminal(house) as console:
        begin_reply(console)
        console.press(WORDS)
        console.wait_for(WORDS)
        console.kill(signal.SIGHUP)
        assert console.wait_end(3) == 0
        has_left_the_terminal_as_it_was(console)

    is_offered_again(house, WORDS)


def test_dropped_line_keeps_what_is_typed(house: str) -> None:
    with Terminal(house) as console:
        begin_reply(console)
        console.press(WORDS)
        console.wait_for(WORDS)
        console.cut()
        assert console.wait_dead(3) >= 0, "a signal ended it"

    assert kept_draft(house) == WORDS


def test_killed_console_has_kept_what_is_typed_all_along(house: str) -> None:
    with Terminal(house) as console:
        begin_reply(console)
        console.press(WORDS)
        console.wait_for(WORDS)
        last = monotonic() + PATIENCE
        while not kept_draft(house).startswith(WORDS):
            assert monotonic() < last, "nothing was kept while somebody went on typing"
            console.press(".")
        console.kill(signal.SIGKILL)
        assert console.wait_end() == -signal.SIGKILL

    is_offered_again(house, "The key lies under the flower")


@pytest.mark.parametrize("end", [CTRL_Q, ":q" + ENTER])
def test_terminal_is_left_as_it_was(house: str, end: str) -> None:
    with Terminal(house) as console:
        open_ticket(console)
        console.press(end)
        assert console.wait_end() == 0

        has_left_the_terminal_as_it_was(console)


def test_terminated_console_ends_as_if_it_was_quit(house: str) -> None:
    with Terminal(house) as console:
        begin_reply(console)
        console.press(WORDS)
        console.wait_for(WORDS)
        console.kill(signal.SIGTERM)
        assert console.wait_end(3) == 0
        has_left_the_terminal_as_it_was(console)

    assert kept_draft(house) == WORDS


def test_form_left_with_its_changes_kept_offers_them_again(house: str) -> None:
    with Terminal(house) as console:
        begin_reply(console)
        console.press(WORDS, CTRL_O)
        console.wait_for("There are changes", "Keep them as a draft")
        console.press("k")
        console.wait_for("c reply", "House is locked")
        console.press("c")
        console.wait_for("Something typed here was not saved. Go on with it?")
        console.press("y")
        console.wait_for(WORDS, "changed")
