"""Sessions at the SSH server: many at once, each for itself, and how they end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest

from boconsole import drafts, open_sessions
from boconsole.accounts import securing
from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket
from db import connection, credentials
from tests.people import add_agent
from tests.ssh_house import MANY, House, Street, make_key, needs_client, trail, until
from tests.terminal import CTRL_Q, ENTER, Terminal

pytestmark = needs_client
WORDS = "The key lies under the flower pot"
POINTER = b"\x1b]22;default\x07"
"""What the library asks of the mouse pointer."""


@pytest.fixture
def house(ssh_street: Street) -> House:
    return ssh_street.house()


def type_a_reply(console: Terminal) -> None:
    console.wait_for("Home", "? help")
    console.press(":TKT-1", ENTER)
    console.wait_for("House is locked", "root wrote", "c reply")
    console.press("c")
    console.wait_for("Reply to TKT-1", "^s save")
    console.press(WORDS)
    console.wait_for(WORDS)


def kept_by(house: House, login: str) -> str:
    session = house.session(login)
    found = drafts.find(session, "ticket.reply", 1)
    drafts.discard(session, "ticket.reply", 1)
    connection.close_database()
    return found.fields["text"] if found else ""


def test_many_work_at_once_and_none_may_have_one_more(house: House) -> None:
    with ExitStack() as opened:
        consoles = [opened.enter_context(house.console("ann")) for _ in range(MANY)]
        for console in consoles:
            console.wait_for("To do", "? help")
        assert len(house.children()) == MANY
        consoles[3].press("2")
        consoles[3].wait_for("House is locked")
        refused = house.run("ann", flags=("-tt",), BatchMode="yes")
        for console in consoles:
            console.press(CTRL_Q)
            assert console.wait_end() == 0

    assert f"You have {MANY} sessions already" in refused.stdout + refused.stderr
    until(lambda: not house.children(), "the end of all sessions")


def test_window_may_change_its_size(house: House) -> None:
    with house.console("ann") as console:
        console.wait_for("To do", "? help")
        console.resize(132, 40)

        def reaches_the_edges() -> bool:
            lines = console.screen().splitlines()
            return len(lines) == 40 and lines[39].endswith("? help") and len(lines[39]) > 120

        until(reaches_the_edges, "the larger window")


def test_colours_and_language_are_those_of_the_client(house: House) -> None:
    command = house.client("ann", SendEnv="NO_COLOR LANG")
    with Terminal(house.url, command=command, NO_COLOR="1", LANG="id_ID.UTF-8") as console:
        console.wait_for("Beranda")
        assert not re.search(rb"\x1b\[[\d;]*3[0-8]", console.written)
    with house.console("ann") as console:
        console.wait_for("Home", "? help")
        console.press("2")
        console.wait_for("House is locked")
        assert re.search(rb"\x1b\[[\d;]*3[0-8]", console.written)


def test_killed_client_leaves_a_draft_and_no_process(house: House) -> None:
    with house.console("ann") as console:
        type_a_reply(console)
        console.kill(signal.SIGKILL)

    until(lambda: not house.children(), "the end of the session")
    assert kept_by(house, "ann") == WORDS


def test_killed_session_sets_its_terminal_right_and_harms_no_other(house: House) -> None:
    with house.console("ann") as other, house.console("ben") as killed:
        other.wait_for("To do")
        killed.wait_for("To do")
        os.kill(max(house.children()), signal.SIGKILL)
        ended = [console for console in (other, killed) if _has_ended(console)]
        left = killed if ended == [other] else other

        assert len(ended) == 1
        assert ended[0].written.endswith(b"\x1b[?1049l\x1b[0m\x1b[?25h\r\n") or (
            b"\x1b[?1049l\x1b[0m\x1b[?25h\r\n" in ended[0].written
        )
        assert ended[0].modes()["1000"] is False
        left.press("2")
        left.wait_for("House is locked")


def _has_ended(console: Terminal) -> bool:
    try:
        console.wait_end(1.5)
    except AssertionError:
        return False
    return True


def test_client_that_does_not_read_holds_up_nobody(house: House) -> None:
    with house.console("ann") as console, house.console("ben") as stopped:
        console.wait_for("To do")
        stopped.wait_for("To do")
        stopped.kill(signal.SIGSTOP)
        console.press("2")
        console.wait_for("House is locked", seconds=5)
        stopped.kill(signal.SIGCONT)
        stopped.press("2")
        stopped.wait_for("House is locked")


def test_client_that_never_reads_again_ends_with_its_line(house: House) -> None:
    with house.console("ann") as console, house.console("ben", size=(300, 100)) as stopped:
        console.wait_for("To do")
        stopped.wait_for("To do")
        stopped.press("?\x1b2\x1b3" * 400)
        stopped.kill(signal.SIGSTOP)
        console.press("2")
        console.wait_for("House is locked", seconds=5)
        assert len(house.children()) == 2
        stopped.kill(signal.SIGKILL)
        until(lambda: len(house.children()) == 1, "the end of the session")
        console.press("1")
        console.wait_for("To do", seconds=5)


def test_data_of_one_never_steers_the_terminal_of_another(house: House) -> None:
    session = house.session()
    creating.create(session, NewTicket("Bell\x07 \x1b]52;c;ZXZpbA==\x07 and \x9b31m red", "…"))
    connection.close_database()
    with house.console("ann") as console:
        console.wait_for("To do")
        console.press("2")
        console.wait_for("Bell")
        assert b"\x1b]52" not in console.written
        assert b"\x07" not in console.written.replace(POINTER, b"")
        assert b"\x9b" not in console.written


def test_files_of_the_server_are_out_of_reach_of_screens(house: House, tmp_path: Path) -> None:
    with house.console("ann") as console:
        console.wait_for("To do")
        console.press("2")
        console.wait_for("House is locked")
        console.press("x")
        console.wait_for("No files over this line: copy with y")
        console.press(":TKT-1", ENTER)
        console.wait_for("root wrote", "c reply")
        console.press("c")
        console.wait_for("Reply to TKT-1", "^s save")
        console.press("\x05")
        console.wait_for("There is no editor here; type the text in the field.")

    assert list(tmp_path.iterdir()) == []


def test_sessions_are_listed_and_ended(house: House) -> None:
    with house.console("ann") as mine, house.console("ben") as theirs:
        type_a_reply(theirs)
        mine.wait_for("To do")

        def listed() -> list[dict[str, object]]:
            session = house.session()
            found = [row._asdict() for row in open_sessions.list_open(session)]
            connection.close_database()
            return [row for row in found if row["doing"] == "console"]

        until(lambda: {row["login"] for row in listed()} >= {"ann", "ben"}, "both sessions")
        own = json.loads(house.run("ann", "ssh", "sessions", "--json").stdout)
        number = next(row["id"] for row in listed() if row["login"] == "ben")
        denied = house.run("ann", "ssh", "sessions", "--end", str(number))
        session = house.session()
        open_sessions.end(session, int(str(number)))
        connection.close_database()
        theirs.wait_end()

        assert {row["login"] for row in own} == {"ann"}
        assert (denied.returncode, denied.stderr) == (1, f"There is no session {number}.\n")
        assert b"This session was ended by an administrator." in theirs.written
        mine.wait_for("To do")
    assert kept_by(house, "ben") == WORDS
    assert ("user.end_session", "root") in [line[:2] for line in trail(house.url)]


def test_removed_key_ends_its_sessions_and_opens_no_further_one(house: House) -> None:
    root = house.session()
    flo = add_agent(root, "flo")
    line, fingerprint = make_key(house.folder / "flo")
    with connection.transaction():
        credentials.insert_key(flo.user.id, line, fingerprint, "lost", root.now())
    line_kept = ("-o", f"ControlPath={house.folder}/line")
    master = subprocess.Popen(house.client("flo", flags=("-M", "-N", *line_kept)))
    until((house.folder / "line").exists, "the line that is kept open")
    inside = house.run("flo", "--json", flags=line_kept)
    with house.console("flo") as console:
        console.wait_for("To do")
        securing.remove_key(root, "flo", "lost")
        connection.close_database()
        console.wait_end()
    refused = house.run("flo", "--json", flags=line_kept)
    master.terminate()
    master.wait(20)

    assert json.loads(inside.stdout)["user"] == "flo"
    assert b"This session was ended by an administrator." in console.written
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.strip() == "The key was removed since you signed in; sign in again."


def test_renewal_and_end_are_told_and_keep_what_is_typed(house: House) -> None:
    with house.console("ann") as console:
        type_a_reply(console)
        house.process.send_signal(signal.SIGHUP)
        console.wait_for("There is a new version", seconds=120)
        console.press(" or not")
        console.wait_for(f"{WORDS} or not")
        with house.console("ben") as fresh:
            fresh.wait_for("To do")
            house.process.send_signal(signal.SIGTERM)
            fresh.wait_for("The server restarts within seconds.")
            fresh.wait_end()
            assert b"The server restarts; connect again in a moment." in fresh.written
        console.wait_end()

    assert house.process.wait(20) == 0
    assert kept_by(house, "ann") == f"{WORDS} or not"
    session = house.session()
    assert open_sessions.list_open(session) == []
    connection.close_database()
