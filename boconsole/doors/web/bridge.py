"""A console in a process of its own, and its line to one page.

Who acts goes to the process through a pipe that only the server holds; of what a page sends only
keys and the size of its window get there.
"""

import asyncio
import json
import os
import pickle
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from boconsole.settings import Settings

READY = b"__GANGLION__\n"
"""What Textual's driver for pages says first."""
SIZES = range(1, 1_001)
PATIENCE = 8.0
"""Seconds for a console to keep what was typed, before it is killed."""
KEPT = ("HOME", "PATH", "PYTHONPATH", "TZ", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME",
        "XDG_CACHE_HOME", "PGPASSFILE", "PGPASSWORD", "PGSSLROOTCERT")  # fmt: skip


def order_of(login: str, settings: Settings, language: str, number: int) -> bytes:
    """Return what a process is told."""
    return pickle.dumps((login, replace(settings, language=language), number))


class Console:
    """One console.

    Args:
        send: Sends bytes to the page.
    """

    def __init__(self, send: Callable[[bytes], Awaitable[object]]) -> None:
        self._send = send
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, order: bytes, columns: int, rows: int) -> None:
        """Start the process, and tell it who it acts for, and the settings."""
        told, tell = os.pipe()
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "boconsole.doors.web.child", str(told),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                pass_fds=(told,), start_new_session=True,
                env={**environment, "COLUMNS": str(columns), "ROWS": str(rows)},
            )  # fmt: skip
        finally:
            os.close(told)
        with os.fdopen(tell, "wb") as pipe:
            pipe.write(order)

    async def carry(self) -> None:
        """Carry what the console draws to the page until it ends; without a page, to nowhere."""
        assert self._process is not None
        out = self._process.stdout
        assert out is not None
        is_there = True
        with suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            while await out.readline() not in (READY, b""):
                continue
            while True:
                kind = await out.readexactly(1)
                content = await out.readexactly(int.from_bytes(await out.readexactly(4), "big"))
                if kind != b"D" or not is_there:
                    continue
                try:
                    await self._send(content)
                except (ConnectionError, RuntimeError):
                    is_there = False

    async def take(self, message: str) -> bool:
        """Take one message of a page; returns whether a key was pressed.

        Raises:
            ValueError: It is none of ours.
        """
        try:
            kind, *rest = json.loads(message)
            if kind == "stdin":
                await self._put(b"D", str(rest[0]).encode("utf-8", "replace"))
                return True
            if kind == "resize":
                width, height = int(rest[0]["width"]), int(rest[0]["height"])
                if width in SIZES and height in SIZES:
                    await self._tell({"type": "resize", "width": width, "height": height})
            elif kind in ("focus", "blur"):
                await self._tell({"type": kind})
        except (TypeError, KeyError, IndexError, OverflowError, RecursionError) as error:
            raise ValueError(message[:40]) from error
        return False

    async def _tell(self, what: dict[str, object]) -> None:
        await self._put(b"M", json.dumps(what).encode())

    async def _put(self, kind: bytes, content: bytes) -> None:
        assert self._process is not None
        pipe = self._process.stdin
        assert pipe is not None
        with suppress(ConnectionError, RuntimeError):
            pipe.write(kind + len(content).to_bytes(4, "big") + content)
            await pipe.drain()

    async def end(self) -> None:
        """Let the console keep what was typed and end; it is killed if it does not."""
        if self._process is None:
            return
        self._signal(self._process, signal.SIGHUP)
        try:
            await asyncio.wait_for(self._process.wait(), PATIENCE)
        except TimeoutError:
            self._signal(self._process, signal.SIGKILL)
            await self._process.wait()

    @staticmethod
    def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
        """Send a signal to a process that has not ended.

        Not by its own method, which looks first whether it has ended, and then takes its exit
        code away from the loop that waits for it.
        """
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(process.pid, number)
