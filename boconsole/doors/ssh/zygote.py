"""The process that has the console loaded and forks one child for each session.

It is started by exec, so that nothing of the server (host key, sockets, threads) is in it. It has
one thread, no database handle, and ran the console once on an empty database before it forks.
It ends when the server's end of its socket is closed: its children are told to hang up.
"""

import asyncio
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import sys
import tempfile
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from time import monotonic, sleep
from typing import Any

from boconsole.doors.ssh import gathering, locked, packing
from boconsole.doors.ssh.reading import Readers
from boconsole.settings import Settings

MESSAGE = 131_072
"""Bytes that one message may have."""
MOST_FILES = 3
LEFT_ALONE = ("boconsole.doors", "boconsole.__main__", "boconsole.demo", "db.migrations")
TERM, OTHERS = "xterm-256color", (("COLORTERM", "truecolor"), ("NO_COLOR", "1"))
"""What the console has run with before the first child does: few terminals are others."""
GRACE = 8.0
"""Seconds that children have to keep drafts once the server is gone."""


class Zygote:
    """Takes orders from the server's socket until that is closed.

    Args:
        line: The socket; each message is a JSON object, with files beside it.
        settings: Of the server; a child takes them with its own user.
    """

    def __init__(self, line: socket.socket, settings: Settings) -> None:
        self._line = line
        self._settings = settings
        self._children: dict[int, int] = {}
        self._poll = select.poll()
        self._readers = Readers(self._poll, self._look)
        self._retired = False

    def run(self) -> None:
        """Serve until the server is gone, or until the last child of a retired zygote is."""
        awake, woken = os.pipe()
        for end in (awake, woken):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        self._poll.register(self._line, select.POLLIN)
        self._poll.register(awake, select.POLLIN)
        self._tell({"ready": True})
        while not (self._retired and not self._children):
            ready = {handle for handle, _event in self._poll.poll()}
            if awake in ready:
                with suppress(BlockingIOError):
                    os.read(awake, 4096)
                self._reap()
            if self._line.fileno() in ready and not self._take():
                break
            for handle in ready:
                self._readers.serve(handle)
        self._end_children()

    def _tell(self, message: dict[str, Any]) -> None:
        with suppress(OSError):
            self._line.send(json.dumps(message).encode())

    def _take(self) -> bool:
        """Do one order; answers False when the server is gone."""
        try:
            data, files, _flags, _address = socket.recv_fds(self._line, MESSAGE, MOST_FILES)
        except OSError:
            return False
        if not data:
            return False
        order = json.loads(data)
        if order["do"] == "start":
            self._start(order, files)
        elif order["do"] == "signal":
            self._signal(order["id"], order["number"])
        elif order["do"] == "retire":
            self._retired = True
        return True

    def _start(self, order: dict[str, Any], files: list[int]) -> None:
        home = self._readers.offer(order) if order["words"] is None else None
        child = os.fork()
        if child == 0:
            code = 70
            try:
                from boconsole.doors.ssh import child as life

                signal.set_wakeup_fd(-1)
                code = life.live(order, files, self._settings, home)
            finally:
                os._exit(code)
        for handle in files:
            os.close(handle)
        if home is not None:
            home.close()
        self._children[order["id"]] = child
        self._tell({"id": order["id"], "pid": child})

    def _look(self, order: dict[str, Any], line: socket.socket, number: int) -> None:
        from boconsole.doors.ssh import child

        signal.set_wakeup_fd(-1)
        child.look(order, line, number, self._settings)

    def _signal(self, number: int, signal_number: int) -> None:
        if (child := self._children.get(number)) is not None:
            with suppress(ProcessLookupError):
                os.kill(child, signal_number)

    def _reap(self) -> None:
        """Tell of every child that ended."""
        while True:
            try:
                ended, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not ended:
                return
            self._readers.ended(ended)
            code = os.waitstatus_to_exitcode(status)
            for number in [key for key, child in self._children.items() if child == ended]:
                del self._children[number]
                self._tell({"id": number, "ended": code})

    def _end_children(self) -> None:
        for number in (signal.SIGHUP, signal.SIGKILL):
            for child in self._children.values():
                with suppress(ProcessLookupError):
                    os.kill(child, number)
            last = monotonic() + GRACE
            while self._children and monotonic() < last:
                self._reap()
                sleep(0.02)


def load() -> None:
    """Import all that a session may need, so that children share it."""
    for package in map(importlib.import_module, ("db", "boconsole", "screens")):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(LEFT_ALONE):
                with suppress(ImportError):  # of an extra that is not installed
                    importlib.import_module(module.name)
    from boconsole.doors import arguments
    from boconsole.doors.ssh import allowed

    modules = {run.partition(":")[0] for run in allowed.COMMANDS}
    for name in ("main", "chores", "ssh.child", *(f"commands.{module}" for module in modules)):
        with suppress(ImportError):
            importlib.import_module(f"boconsole.doors.{name}")
    arguments.tree()


@contextmanager
def ground(settings: Settings) -> Iterator[Settings]:
    """Make an empty database to run consoles on; yields settings that name it."""
    from boconsole import signing_in
    from db import connection

    with tempfile.TemporaryDirectory(prefix="boconsole-") as folder:
        there = replace(
            settings,
            database=f"sqlite:///{folder}/empty.sqlite",
            user="nobody",
            files={**settings.files, "BOCONSOLE_KEYMAP": f"{folder}/keymap.toml"},
            cell_diff=True,
        )
        signing_in.open_records(there)
        connection.close_database()
        yield there


def warm(settings: Settings) -> None:
    """Run the console once, without a terminal, on the database of `ground`."""
    from boconsole import signing_in
    from db import connection

    signing_in.open_records(settings)
    asyncio.run(_glance(settings))
    connection.close_database()


async def _glance(settings: Settings) -> None:
    from boconsole import changes, signing_in
    from db import connection
    from screens.app import BoconsoleApp

    session = signing_in.sign_in(settings, "system")
    app = BoconsoleApp(session, settings, follower=changes.Follower(session),
                       release=connection.release)  # fmt: skip
    async with app.run_test(size=(80, 24)) as pilot:
        for keys in ((":", *"tickets", "enter"), ("5",), ("1",)):
            await pilot.press(*keys)
            await pilot.pause()
            await app.workers.wait_for_complete()


def placed(settings: Settings) -> Settings:
    """Return the settings with their files by name, so that no child looks for their folders."""
    named = {"BOCONSOLE_LOG": str(settings.log), "BOCONSOLE_KEYMAP": str(settings.keymap)}
    return replace(settings, files={**settings.files, **named})


def until_alone(seconds: float = 10.0) -> None:
    """Wait until no thread is left but this one: a fork would lose the others.

    Raises:
        RuntimeError: One does not end.
    """
    last = monotonic() + seconds
    while threading.active_count() > 1:
        if monotonic() > last:
            raise RuntimeError(", ".join(thread.name for thread in threading.enumerate()))
        sleep(0.005)


def _pack() -> None:
    until_alone()
    gc.collect()
    packing.fill()


def main(words: list[str]) -> int:
    """Serve the socket whose number is the only word."""
    from boconsole.doors.calls import read_call

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line = socket.socket(fileno=int(words[0]))
    gc.disable()
    call = read_call(Namespace(database="", run="console:open_console"))
    call.command()
    with ground(call.settings) as settings:
        os.environ["TERM"] = TERM
        with gathering.seen() as codes:
            warm(settings)
        load()
        _pack()
        gathering.gather(codes)
        codes.clear()
        for name, value in (("TERM", TERM), *OTHERS):
            os.environ[name] = value
            warm(settings)
            if name != "TERM":
                del os.environ[name]
    locked.places()
    settings = placed(call.settings)
    _pack()
    gc.freeze()
    Zygote(line, settings).run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
