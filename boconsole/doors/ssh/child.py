"""One session in a process of its own: a console at a terminal, or one command.

It starts as a copy of the zygote and ends here. Who acts is what the server says, never anything
that the client sent; of the client's environment only the named variables are there.
"""

import ctypes
import fcntl
import os
import re
import resource
import signal
import socket
import sys
import tempfile
import termios
from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boconsole.doors.ssh import locked
from boconsole.settings import Settings

if TYPE_CHECKING:
    from boconsole.doors.calls import Call

KEPT = ("HOME", "PATH", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
"""Of the server's environment: where its files are."""
SENT = ("COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES")
"""What a client may set, of all that it may send."""
PLAIN = re.compile(r"[A-Za-z0-9_.@:+-]{0,64}")
DEFAULT = (signal.SIGCHLD, signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGPIPE)
DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of Linux."""
LIBRARY = ctypes.CDLL(None)
"""The C library: loaded once, for all children."""
FAULT = 70
LINE = 3
"""The file that a session hears from the readers of Home over, and they from it."""
LONGEST_READING = 30
"""Seconds after which a reader ends, whatever it waits for."""


def live(
    order: dict[str, Any], files: list[int], settings: Settings, home: socket.socket | None = None
) -> int:
    """Be the session that was ordered; returns its exit code.

    Args:
        order: Of the server.
        files: The terminal, or stdin, stdout and stderr.
        settings: Of the server.
        home: The line to the readers of Home.
    """
    home = _settle(order, files, home)
    settings = _spoken(settings, order["language"])
    dress(order["environment"], settings)
    if home is not None:
        from boconsole.home import apart

        apart.use(apart.Reader(home))
    return serve(order["words"], settings, order["login"], order["number"])


def look(order: dict[str, Any], line: socket.socket, number: int, settings: Settings) -> None:
    """Read Home once for a session, as whom the server let in, and tell it over the line."""
    from boconsole import signing_in
    from boconsole.home import apart
    from boconsole.language import use_language
    from db import connection

    _leave()
    signal.alarm(LONGEST_READING)
    heard = _keep_open(line)
    settings = _spoken(settings, order["language"])
    dress(order["environment"], settings)
    locked.lock(settings)
    connection.open_database(settings.database, create=False)
    session = signing_in.session_of(settings, order["login"], "ssh", order["number"])
    use_language(session.language)
    apart.answer(session, heard, number)


def _spoken(settings: Settings, language: str) -> Settings:
    """Return the settings in a language; "" for the one that they have."""
    return settings if language in ("", settings.language) else replace(settings, language=language)


def serve(words: list[str] | None, settings: Settings, login: str, number: int = 0) -> int:
    """Be a console, or the command of some words; returns the exit code."""
    from boconsole.doors import main
    from boconsole.doors.calls import Call

    def call(parsed: Namespace) -> Call:
        return Call(parsed, settings, guest=login, door="ssh", number=number)

    if words is None:
        locked.lock(settings)
        home = Namespace(run="console:open_console", json=False, area=None, database="")
        return main.carry_out(home, call)
    return _command(words, call, settings)


def _command(words: list[str], call: "Callable[[Namespace], Call]", settings: Settings) -> int:
    """Run one command of those that may be run from afar."""
    from boconsole.doors import main
    from boconsole.doors.ssh.allowed import Streams

    with tempfile.TemporaryDirectory(prefix="boconsole-") as folder:
        tempfile.tempdir = folder
        locked.lock(settings, folder)
        streams = Streams(Path(folder))

        def prepared(parsed: Namespace) -> "Call":
            streams.prepare(parsed)
            return call(parsed)

        def run(parsed: Namespace) -> int:
            code = main.carry_out(parsed, prepared)
            streams.deliver()
            return code

        return main.guarded(words, run)


def _leave() -> None:
    """Leave the zygote: own signals, no picture of the memory, and an end with its end."""
    from db import connection

    connection.keep_little()
    for number in DEFAULT:
        signal.signal(number, signal.SIG_DFL)
    for later in (signal.SIGUSR1, signal.SIGUSR2):  # until the console listens to them
        signal.signal(later, signal.SIG_IGN)
    with suppress(OSError, AttributeError):
        LIBRARY.prctl(DEATH_SIGNAL, signal.SIGHUP)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _keep_open(line: socket.socket) -> socket.socket:
    """Close all but the first three files and one line, which becomes the fourth."""
    os.dup2(line.detach(), LINE, inheritable=False)
    _close_from(LINE + 1)
    return socket.socket(fileno=LINE)


def _close_from(first: int) -> None:
    os.closerange(first, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def _settle(
    order: dict[str, Any], files: list[int], line: socket.socket | None
) -> socket.socket | None:
    """Be a session: own terminal, own streams, one line, and nothing else open."""
    os.setsid()
    _leave()
    if order["terminal"]:
        fcntl.ioctl(files[0], termios.TIOCSCTTY, 0)
        files = [files[0]] * 3
    for place, handle in enumerate(files):
        os.dup2(handle, place)
    if line is None:
        _close_from(LINE)
    else:
        line = _keep_open(line)
    sys.stdin = sys.__stdin__ = _stream(0, "r")  # type: ignore[misc]  # the child has its own
    sys.stdout = sys.__stdout__ = _stream(1, "w")  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _stream(2, "w")  # type: ignore[misc]
    return line


def plain(text: str | None) -> bool:
    """Return whether a client's word is one that does no harm anywhere."""
    return text is not None and PLAIN.fullmatch(text) is not None


def _stream(number: int, mode: str) -> TextIOWrapper:
    return TextIOWrapper(
        open(number, f"{mode}b", closefd=False), "utf-8", "backslashreplace", line_buffering=True
    )


def dress(sent: Mapping[str, str], settings: Settings) -> None:
    """Set the environment: what the server has of folders, and what the client may send."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    os.environ.clear()
    for name, value in (*kept.items(), *sent.items()):
        os.environ[name] = value
    os.environ["BOCONSOLE_LOG"] = str(settings.log)
    os.environ["BOCONSOLE_LANGUAGE"] = settings.language
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
