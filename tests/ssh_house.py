"""A real SSH server on a database of its own, and OpenSSH's own client to knock at it.

Ann and Ben have keys, Cee a password and a one-time code, Dee a password that she must change.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import pexpect
import pytest

from boconsole import passwords
from boconsole.session import Session
from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket
from db import connection, credentials
from tests.people import StandingClock, add_agent, open_session
from tests.terminal import PATIENCE, Terminal

ROOT = Path(__file__).parent.parent
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD, FRESH = "four lamps over a river", "seven boats under a bridge"
BANNER = "For the staff of Acme only."
MANY = 10
"""Sessions that one user may have."""
CLIENT = shutil.which("ssh") or ""
needs_client = pytest.mark.skipif(not CLIENT, reason="OpenSSH's client is not installed")


def until(seen: Callable[[], object], what: str = "", seconds: float = PATIENCE) -> None:
    """Wait until something is so."""
    last = monotonic() + seconds
    while not seen():
        assert monotonic() < last, f"waited for {what or seen}"
        sleep(0.02)


def make_key(path: Path) -> tuple[str, str]:
    """Make a key pair; returns the public line and its fingerprint."""
    import asyncssh

    key = asyncssh.generate_private_key("ssh-ed25519")
    path.touch(0o600)
    path.write_bytes(key.export_private_key())
    return key.export_public_key().decode().strip(), key.get_fingerprint()


def people(url: str, folder: Path) -> None:
    """Add the four, and a ticket."""
    root = open_session(url, StandingClock())
    now = datetime.now(UTC)
    for login in ("ann", "ben"):
        who = add_agent(root, login)
        line, fingerprint = make_key(folder / login)
        with connection.transaction():
            credentials.insert_key(who.user.id, line, fingerprint, "desk", now)
    for login in ("cee", "dee"):
        who = add_agent(root, login)
        with connection.transaction():
            credentials.put_password(who.user.id, passwords.hashed(PASSWORD), now,
                                     must_change=login == "dee", valid_until=None)  # fmt: skip
            if login == "cee":
                credentials.put_code(who.user.id, SECRET, 0, now)
    make_key(folder / "stranger")
    creating.create(root, NewTicket("House is locked", "We cannot get in."))
    connection.close_database()


class House:
    """The server, and what a test knows of it.

    Attributes:
        port: Where it listens.
    """

    def __init__(self, url: str, folder: Path, **environment: str) -> None:
        self.url, self.folder = url, folder
        self.errors = (folder / "errors").open("w+")
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8",
            "XDG_DATA_HOME": str(folder / "data"), "XDG_STATE_HOME": str(folder / "state"),
            "XDG_CACHE_HOME": str(folder / "cache"), "BOCONSOLE_DATABASE": url, **environment,
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "boconsole", "ssh", "--port", "0", "--grace", "1"],
            stdout=subprocess.PIPE, stderr=self.errors, text=True, cwd=ROOT, env=self.environment,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline()
        assert " port " in self.line, (folder / "errors").read_text()
        self.port = int(self.line.split(" port ")[1].split(";")[0])
        public = next((folder / "data").rglob("ssh_host_ed25519_key"))
        self.host_key = public
        self._know(public)

    def _know(self, key: Path) -> None:
        import asyncssh

        line = asyncssh.read_private_key(key).export_public_key().decode().strip()
        (self.folder / "known").write_text(f"[127.0.0.1]:{self.port} {line}\n")

    def client(
        self, login: str, *words: str, key: str = "", flags: tuple[str, ...] = (), **options: str
    ) -> tuple[str, ...]:
        """Return the words that start OpenSSH's client; the host key is looked at."""
        settings = {
            "UserKnownHostsFile": str(self.folder / "known"), "StrictHostKeyChecking": "yes",
            "IdentitiesOnly": "yes", "LogLevel": "ERROR", "ConnectTimeout": "20",
            "IdentityAgent": "none", **options,
        }  # fmt: skip
        given = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
        identity = ["-i", str(self.folder / (key or login))] if key != "none" else []
        end = ("--", *words) if words else ()
        return (CLIENT, "-F", "none", *identity, *given, *flags, "-p", str(self.port),
                f"{login}@127.0.0.1", *end)  # fmt: skip

    def run(
        self,
        login: str,
        *words: str,
        key: str = "",
        stdin: str = "",
        flags: tuple[str, ...] = (),
        **options: str,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command over the line."""
        options.setdefault("BatchMode", "yes")
        return subprocess.run(self.client(login, *words, key=key, flags=flags, **options),
                              input=stdin, capture_output=True, text=True, timeout=60,
                              check=False)  # fmt: skip

    def console(self, login: str, size: tuple[int, int] = (80, 24), **environment: str) -> Terminal:
        """Open the console in a terminal of its own."""
        return Terminal(self.url, size=size, command=self.client(login), **environment)

    def ask(self, login: str, *words: str) -> pexpect.spawn:
        """Sign in by answering questions."""
        options = {"PreferredAuthentications": "keyboard-interactive", "LogLevel": "INFO"}
        command = self.client(login, *words, key="none", **options)
        return pexpect.spawn(command[0], list(command[1:]), timeout=20, encoding="utf-8")

    def children(self) -> list[int]:
        """Return the processes of the sessions; their readers of Home lead none."""
        found = [pid for zygote in _children(self.process.pid) for pid in _children(zygote)]
        return [pid for pid in found if _leads(pid)]

    def session(self, login: str = "root") -> Session:
        """Open the database here; the test closes it."""
        return open_session(self.url, StandingClock(), login)

    def stop(self) -> int:
        """End the server; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


class Street:
    """One house for all tests of a worker: its start costs more than most tests together.

    Args:
        template: A migrated SQLite file.
        make_folder: Makes the folder of a new house.
    """

    def __init__(self, template: Path, make_folder: Callable[[], Path]) -> None:
        self._template, self._make_folder = template, make_folder
        self._house: House | None = None

    def house(self) -> House:
        """Return the house that stands, or a new one where a test ended the one before."""
        if self._house is None or self._house.process.poll() is not None:
            folder = self._make_folder()
            shutil.copy(self._template, folder / "office.sqlite")
            url = f"sqlite:///{folder}/office.sqlite"
            people(url, folder)
            self._house = House(url, folder, BOCONSOLE_SSH_BANNER=BANNER,
                                BOCONSOLE_SSH_SESSIONS=str(MANY))  # fmt: skip
        return self._house

    def close(self) -> int:
        """End the house that stands; returns its exit code."""
        return self._house.stop() if self._house else 0


def _leads(pid: int) -> bool:
    try:
        return os.getsid(pid) == pid
    except ProcessLookupError:
        return False


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):
            found += map(int, (task / "children").read_text().split())
    return found


def trail(url: str) -> list[tuple[str, str, str, str]]:
    """Return action, actor, origin and changes of the whole audit trail, oldest first."""
    connection.open_database(url)
    rows = connection.fetch("SELECT action, actor, origin, changes FROM audit_entry ORDER BY id")
    connection.close_database()
    return [tuple(map(str, row)) for row in rows]
