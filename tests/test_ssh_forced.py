"""The system's own sshd in front of the console: ForceCommand, with its real server and client."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import connection
from tests.people import StandingClock, add_agent, open_session
from tests.ssh_house import CLIENT, ROOT, make_key, needs_client, trail, until
from tests.terminal import Terminal

SERVER = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:" + os.environ["PATH"]) or ""
EMPTY = Path("/run/sshd")
pytestmark = [
    needs_client,
    pytest.mark.skipif(not SERVER, reason="OpenSSH's server is not installed"),
]
CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile none
AuthorizedKeysFile {folder}/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
AcceptEnv LANG BOCONSOLE_* SSH_ORIGINAL_COMMAND LOGNAME
DisableForwarding yes
"""


class Desk:
    """An sshd of our own user, whose keys start the console of Ann."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        make_key(folder / "host")
        line, _fingerprint = make_key(folder / "ann")
        bare, _fingerprint = make_key(folder / "own")
        start = f"cd {ROOT} && exec env XDG_STATE_HOME={folder} {sys.executable} -m boconsole"
        (folder / "authorized").write_text(
            f'command="{start} --database {url} ssh enter --as ann" {line}\n'
            f'command="{start} --database {url}" {bare}\n'
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        (folder / "config").write_text(CONFIG.format(port=self.port, folder=folder))
        self.process = subprocess.Popen(
            [SERVER, "-D", "-e", "-f", str(folder / "config")],
            stderr=(folder / "sshd.log").open("w"),
        )
        until(self._listens, "sshd")

    def _listens(self) -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def client(self, key: str, *words: str, **options: str) -> tuple[str, ...]:
        settings = {
            "UserKnownHostsFile": str(self.folder / "known"), "LogLevel": "ERROR",
            "StrictHostKeyChecking": "accept-new", "IdentitiesOnly": "yes",
            "IdentityAgent": "none", **options,
        }  # fmt: skip
        given = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
        return (CLIENT, "-F", "none", "-i", str(self.folder / key), *given, "-p", str(self.port),
                f"{getpass.getuser()}@127.0.0.1", *(("--", *words) if words else ()))  # fmt: skip

    def run(self, key: str, *words: str, **options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.client(key, *words, **options), capture_output=True, text=True,
                              timeout=60, stdin=subprocess.DEVNULL, check=False)  # fmt: skip


@pytest.fixture(scope="module")
def room() -> Iterator[None]:
    """The empty folder that sshd wants where root starts it."""
    made = os.getuid() == 0 and not EMPTY.exists()
    if made:
        EMPTY.mkdir(0o755)
    yield
    if made:
        EMPTY.rmdir()


@pytest.fixture(scope="module")
def desk(
    sqlite_template: Path, room: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("sshd")
    shutil.copy(sqlite_template, folder / "office.sqlite")
    url = f"sqlite:///{folder}/office.sqlite"
    root = open_session(url, StandingClock())
    for login in {"ann", getpass.getuser()} - {"root"}:
        add_agent(root, login)
    connection.close_database()
    desk = Desk(folder, url)
    yield desk
    desk.process.terminate()
    desk.process.wait(20)


def test_forced_command_is_the_console_of_whom_it_names(desk: Desk) -> None:
    with Terminal(desk.url, command=desk.client("ann")) as console:
        shown = console.wait_for("To do", "? help")
        console.press("2")
        console.wait_for("No ticket")
        console.press("x")
        console.wait_for("No files over this line")
        console.press("q")
        assert console.wait_end() == 0

    assert "ann" in shown.splitlines()[0]
    told = [line[:3] for line in trail(desk.url) if line[1] == "ann"]
    assert told[-2:] == [("user.sign_in", "ann", "ssh"), ("user.sign_out", "ann", "ssh")]


def test_what_the_client_sends_names_nobody_and_nothing(desk: Desk) -> None:
    sent = "BOCONSOLE_USER=root BOCONSOLE_DATABASE=sqlite:////tmp/x LOGNAME=root BOCONSOLE_LOG=/x"

    as_ann = desk.run("ann", "--json", SetEnv=sent)
    as_self = desk.run("own", "--json", SetEnv=sent)

    assert json.loads(as_ann.stdout)["user"] == "ann"
    assert json.loads(as_self.stdout)["user"] == getpass.getuser()


@pytest.mark.parametrize("key", ["ann", "own"])
def test_only_commands_that_may_be_run_from_afar_are_run(desk: Desk, key: str) -> None:
    listed = desk.run(key, "tickets count --json")
    refused = [desk.run(key, words) for words in ("demo", "tickets export /tmp/x.csv")]

    assert (listed.returncode, json.loads(listed.stdout)["count"]) == (0, 0)
    assert all(one.returncode in (1, 2) and not one.stdout for one in refused)
