"""The locks of sessions from afar without a line: allowed commands, files, the list of sessions."""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from boconsole import credentials, open_sessions
from boconsole.accounts import securing
from boconsole.doors import arguments
from boconsole.doors.ssh.allowed import COMMANDS, HOME
from boconsole.doors.ssh.host_key import host_key
from boconsole.doors.ssh.records import Records
from boconsole.doors.ssh.server import CONNECTIONS, Place, Server
from boconsole.errors import BoconsoleError, InvalidChangeError, NotFoundError
from boconsole.session import Session
from boconsole.tickets import changing, creating, reading
from boconsole.tickets.rows import NewTicket
from db import connection
from tests.consoles import settings
from tests.people import StandingClock, add_agent
from tests.ssh_house import FRESH

FILES = {"FILE", "FILE.pdf", "FOLDER", "MAP", "MAP.toml", "CAL.toml", "POLICIES.toml"}
NEVER = {
    "console:open_area", "demo:demo", "doctor:doctor", "house:init", "house:list_settings",
    "ssh:serve", "ssh:enter", "web:serve", "mail:receive", "mail:poll", "mail:send",
    "keeping:backup", "keeping:restore", "keeping:move",
}  # fmt: skip
LOCKED = """
import sys
from tests.consoles import settings
from boconsole.doors.ssh import locked
from pathlib import Path
locked.lock(settings(Path(sys.argv[1])))
tried = {
    "read": lambda: open("/etc/hostname"), "write": lambda: open(sys.argv[1] + "/new", "w"),
    "list": lambda: list(Path(sys.argv[1]).iterdir()),
    "move": lambda: Path(sys.argv[1]).rmdir(),
    "run": lambda: __import__("subprocess").run(["true"]),
    "system": lambda: __import__("os").system("true"),
}
for name, attempt in tried.items():
    try:
        attempt()
    except PermissionError as refusal:
        print(name, refusal.strerror.partition(" ")[0])
import textual.widgets._tree
print("code is read")
"""


def verbs() -> dict[str, list[argparse.Action]]:
    found: dict[str, list[argparse.Action]] = {}

    def walk(parser: argparse.ArgumentParser) -> None:
        found.setdefault(str(parser.get_default("run")), []).extend(parser._actions)
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for inner in action.choices.values():
                    walk(inner)

    walk(arguments.tree())
    return found


def test_commands_that_may_be_run_from_afar_are_commands() -> None:
    known = verbs()

    assert set(COMMANDS) - set(known) - {"console:dashboard"} == set()
    assert set(COMMANDS) & NEVER == set()
    assert known.keys() >= {HOME, *NEVER}


def test_words_that_name_files_are_guarded_wherever_a_command_has_them() -> None:
    naming = {
        (run, action.dest)
        for run, actions in verbs().items()
        for action in actions
        if run in COMMANDS and str(action.metavar).split()[-1] in FILES
    }

    guarded = {
        (run, name)
        for run, files in COMMANDS.items()
        for name in (*files.read, *files.written, *files.refused)
    }

    assert naming - guarded == set()


def test_session_from_afar_reaches_no_file_and_no_program(tmp_path: Path) -> None:
    tried = subprocess.run(
        [sys.executable, "-c", LOCKED, str(tmp_path)],
        capture_output=True, text=True, timeout=60, check=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip

    assert tried.stdout.splitlines() == [
        "read files", "write files", "list files", "move files", "run no", "system no",
        "code is read",
    ]  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_host_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "key"
    made = host_key(path)

    assert host_key(path).get_fingerprint() == made.get_fingerprint()
    path.chmod(0o640)
    with pytest.raises(BoconsoleError, match="chmod 600"):
        host_key(path)


async def test_server_does_what_falls_due_for_all_its_sessions(
    local_session: Session, clock: StandingClock, tmp_path: Path
) -> None:
    ticket = creating.create(local_session, NewTicket("House is locked", "We cannot get in."))
    changing.set_state(local_session, [ticket], "pending", until="+2h")
    clock.advance(hours=3)
    records = Records(settings(tmp_path, clock=clock.now), "one")
    await records.do_chores()
    records._desk.shutdown()

    assert reading.get(local_session, ticket.id).state == "open"


def test_one_account_does_not_take_all_connections(tmp_path: Path) -> None:
    server = Server(settings(tmp_path), Place("127.0.0.1", 0, 0), lambda: settings(tmp_path))
    gates: list[Any] = [Mock(login="ann") for _n in range(CONNECTIONS * server.most_sessions)]
    server._inside.update(gates[1:])
    before = server.crowded("ann")
    server._inside.add(gates[0])

    assert not before
    assert server.crowded("ann")
    assert not server.crowded("ben")


def test_session_keeps_few_pages_of_a_database(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_cache", connection.CACHE)
    connection.keep_little()
    connection.open_database(sqlite_url)
    kept = connection.fetch("PRAGMA cache_size")
    connection.close_database()

    assert kept == [(-connection.LITTLE_CACHE,)]


def test_removed_key_ends_sessions(session: Session) -> None:
    ann = add_agent(session, "ann")
    mine = open_sessions.began(ann, "one", "console", "192.0.2.1")
    line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJHn4hRrmkKLGTnYCgAOuJcjLWWQgIYHJzxUs8Cl7cUP"
    key = securing.add_key(session, "ann", line, "lost")
    before = credentials.has_key("ann", key.fingerprint)
    securing.remove_key(session, "ann", "lost")

    assert before
    assert not credentials.has_key("ann", key.fingerprint)
    assert open_sessions.to_end("one") == {mine: session.user.login}


def test_sessions_lapse_when_their_server_is_silent(session: Session, clock: StandingClock) -> None:
    first = open_sessions.began(session, "one", "console", "192.0.2.1", "xterm 80x24")
    clock.advance(seconds=60)
    open_sessions.began(session, "two", "tickets list", "192.0.2.2")
    open_sessions.beat("one", [(first, session.now())], session.now())
    clock.advance(seconds=80)

    assert [row.doing for row in open_sessions.list_open(session)] == ["console", "tickets list"]
    clock.advance(seconds=20)
    assert open_sessions.list_open(session) == []
    open_sessions.beat("three", [], session.now())
    assert connection.fetch("SELECT COUNT(*) FROM open_session") == [(0,)]


def test_others_sessions_are_seen_and_ended_by_who_manages_accounts(session: Session) -> None:
    ann = add_agent(session, "ann")
    mine = open_sessions.began(ann, "one", "console", "192.0.2.1")
    admins = open_sessions.began(session, "one", "console", "192.0.2.1")

    assert [row.id for row in open_sessions.list_open(ann)] == [mine]
    with pytest.raises(NotFoundError):
        open_sessions.end(ann, admins)
    open_sessions.end(session, mine)
    with pytest.raises(InvalidChangeError):
        open_sessions.end(ann, mine)
    assert open_sessions.to_end("one") == {mine: session.user.login}
    assert open_sessions.to_end("two") == {}


def test_new_password_ends_all_other_sessions(session: Session) -> None:
    ann = add_agent(session, "ann")
    mine, other, old = (
        open_sessions.began(ann, "one", "console", f"192.0.2.{n}") for n in range(3)
    )
    admins = open_sessions.began(session, "one", "console", "192.0.2.1")
    open_sessions.ended(old)

    credentials.change_password(replace(ann, number=mine), "", FRESH)
    by_own = open_sessions.to_end("one")
    before = credentials.marks_of(["ann", "nobody"])
    securing.reset(session, "ann")

    assert by_own == {other: "ann"}
    assert open_sessions.to_end("one") == {other: "ann", mine: session.user.login}
    assert admins not in open_sessions.to_end("one")
    assert before.keys() == {"ann"}
    assert before != credentials.marks_of(["ann"])


def test_sessions_of_a_disabled_account_end(local_session: Session) -> None:
    ann = add_agent(local_session, "ann")
    mine = open_sessions.began(ann, "one", "console", "192.0.2.1")
    with connection.transaction():
        connection.execute("UPDATE user_account SET active = FALSE WHERE login = 'ann'")

    assert open_sessions.to_end("one") == {mine: ""}
