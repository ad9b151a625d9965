"""A real server of pages on a database of its own, and a browser's cookies to knock with.

Eva has a password, Cee a password and a one-time code, Dee a password that she must change.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlencode

import pyte
import pytest

from boconsole import passwords
from db import connection, credentials
from tests.people import StandingClock, add_agent, open_session
from tests.ssh_house import PASSWORD, ROOT, people

__all__ = ["PASSWORD"]
CHROMIUM = Path("/usr/bin/chromium")
SIZE = (111, 29)
"""Cells of a window of 1000 by 600 points."""
needs_chromium = pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed")
GUARD = re.compile(r"name='guard' value='([^']+)'")


def staff(url: str, folder: Path) -> None:
    """Add those of the SSH house, and Eva."""
    people(url, folder)
    eva = add_agent(open_session(url, StandingClock()), "eva")
    with connection.transaction():
        credentials.put_password(eva.user.id, passwords.hashed(PASSWORD), datetime.now(UTC),
                                 must_change=False, valid_until=None)  # fmt: skip
    connection.close_database()


class WebHouse:
    """The server, and what a test knows of it.

    Attributes:
        port: Where it listens.
    """

    def __init__(self, url: str, folder: Path) -> None:
        self.errors = folder / "errors"
        with self.errors.open("w") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "boconsole", "--database", url, "web", "--port", "0"],
                stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT,
                env={**os.environ, "XDG_STATE_HOME": str(folder), "XDG_CACHE_HOME": str(folder)},
            )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "boconsole is at http://127.0.0.1:" in line, self.errors.read_text()
        self.port = int(line.rsplit(":", 1)[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


class Browser:
    """Cookies and the last page, without a browser."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.set: list[str] = []
        self.page = ""

    def ask(self, path: str, form: Mapping[str, str] | None = None, **headers: str) -> HTTPResponse:
        """Ask for a page, or send a form to it; returns the answer, its text in `page`."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": cookie, **{key.replace("_", "-"): text for key, text in headers.items()}}
        if form is None:
            line.request("GET", path, headers=sent)
        else:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            line.request("POST", path, urlencode(form), sent)
        answer = line.getresponse()
        self.page = answer.read().decode()
        self.set = answer.headers.get_all("Set-Cookie") or []
        for text in self.set:
            for name, morsel in SimpleCookie(text).items():
                self.cookies[name] = morsel.value
        line.close()
        return answer

    def fill(self, **typed: str) -> HTTPResponse:
        """Send the form of sign-in, as its page has it."""
        found = GUARD.search(self.page)
        if found is None or "action='/sign-in'" not in self.page:
            self.ask("/sign-in")
            found = GUARD.search(self.page)
        assert found is not None, self.page
        return self.ask("/sign-in", {"guard": found[1], **typed})

    def knock(self, **headers: str) -> int:
        """Ask for a socket; returns the status."""
        return self.ask(
            "/ws", Connection="Upgrade", Upgrade="websocket", Sec_WebSocket_Version="13",
            Sec_WebSocket_Key="MDEyMzQ1Njc4OWFiY2RlZg==", **headers,
        ).status  # fmt: skip


class Drawn:
    """What the terminal of a page was sent, on a screen of the same size."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.screen = pyte.Screen(*SIZE)
        self.stream = pyte.ByteStream(self.screen)
        self.faults: list[str] = []
        self.sizes: list[str] = []
        page.on("websocket", self._opened)
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _opened(self, socket: Any) -> None:
        self.sizes.append(socket.url.rpartition("?")[2])
        socket.on("framereceived", lambda data: isinstance(data, bytes) and self.stream.feed(data))

    def wait(self, *texts: str) -> str:
        """Wait until all texts are on the screen; returns it."""
        last = monotonic() + 30
        while not all(text in "\n".join(self.screen.display) for text in texts):
            assert monotonic() < last, "\n".join(self.screen.display)
            self.page.wait_for_timeout(30)
        return "\n".join(self.screen.display)
