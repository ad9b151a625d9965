"""The server's side of its zygotes: starts children, sends signals, hears of their end."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from typing import Any

from boconsole.doors.ssh.zygote import MESSAGE

PATIENCE = 180.0
"""Seconds that a zygote may take to load the console, on a machine that does much else."""


class Nursery:
    """Has children started by the present zygote; one that was renewed stays for its children.

    Args:
        environment: Of the zygotes: the server's own, with its settings.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        self._present: _Zygote | None = None
        self._of_child: dict[int, _Zygote] = {}
        self._ended: dict[int, Callable[[int], None]] = {}
        self._numbers = count(1)
        self._zygotes: set[_Zygote] = set()

    async def renew(self, environment: Mapping[str, str] | None = None) -> None:
        """Load the program anew; children start from it once it is ready.

        Raises:
            OSError, TimeoutError: It did not get ready; the one before stays.
        """
        fresh = _Zygote(environment or self._environment, self._hear, self._lost)
        self._zygotes.add(fresh)
        try:
            await asyncio.wait_for(fresh.ready, PATIENCE)
        except BaseException:
            fresh.close()
            raise
        self._environment = dict(environment or self._environment)
        if self._present is not None:
            self._present.retire()
        self._present = fresh

    def start(
        self,
        order: Mapping[str, Any],  # Any: what JSON holds
        files: Sequence[int],
        ended: Callable[[int], None],
    ) -> int:
        """Have a child started; returns its number.

        Args:
            order: As `child.live` takes it.
            files: Its terminal, or stdin, stdout and stderr; closed here.
            ended: Called with its exit code, -n for signal n.

        Raises:
            OSError: There is no zygote now, or it does not listen.
        """
        number = next(self._numbers)
        try:
            if self._present is None:
                raise OSError
            self._ended[number] = ended
            self._of_child[number] = self._present
            self._present.send({"do": "start", "id": number, **order}, files)
        except OSError:
            self._ended.pop(number, None)
            self._of_child.pop(number, None)
            raise
        finally:
            for handle in files:
                os.close(handle)
        return number

    def signal(self, number: int, signal_number: int) -> None:
        """Send a signal to a child that still runs."""
        if (zygote := self._of_child.get(number)) is not None:
            with suppress(OSError):
                zygote.send({"do": "signal", "id": number, "number": int(signal_number)})

    def close(self) -> None:
        """Let all zygotes end, and with them the children that are left."""
        for zygote in list(self._zygotes):
            zygote.close()

    def _hear(self, message: dict[str, Any]) -> None:
        if "ended" in message:
            self._of_child.pop(message["id"], None)
            if (ended := self._ended.pop(message["id"], None)) is not None:
                ended(message["ended"])

    def _lost(self, zygote: "_Zygote") -> None:
        """A zygote is gone: its children die with it, and a new one is started in its place."""
        self._zygotes.discard(zygote)
        for number in [key for key, own in self._of_child.items() if own is zygote]:
            self._hear({"id": number, "ended": -1})
        if zygote is self._present:
            self._present = None
            if not zygote.closed:
                self._renewal = asyncio.ensure_future(self.renew())


class _Zygote:
    """One process that forks children."""

    def __init__(
        self,
        environment: Mapping[str, str],
        hear: Callable[[dict[str, Any]], None],
        lost: Callable[["_Zygote"], None],
    ) -> None:
        self._hear = hear
        self._lost = lost
        self._loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[None] = self._loop.create_future()
        self.closed = False
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this program
                [sys.executable, "-m", "boconsole.doors.ssh.zygote", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._line.setblocking(False)
        self._loop.add_reader(self._line, self._read)

    def send(self, message: Mapping[str, Any], files: Sequence[int] = ()) -> None:
        """Send one message, with files beside it."""
        data = json.dumps(message).encode()
        if len(data) > MESSAGE:
            raise OSError
        socket.send_fds(self._line, [data], files)

    def retire(self) -> None:
        """Let it end after its last child."""
        self.closed = True
        with suppress(OSError):
            self.send({"do": "retire"})

    def close(self) -> None:
        """Let it end now; it hangs up its children."""
        self.closed = True
        self._forget()

    def _read(self) -> None:
        try:
            data = self._line.recv(MESSAGE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._forget()
            return
        message = json.loads(data)
        if "ready" in message and not self.ready.done():
            self.ready.set_result(None)
        self._hear(message)

    def _forget(self) -> None:
        if self._line.fileno() >= 0:
            self._loop.remove_reader(self._line)
            self._line.close()
            self._process.poll()
            if not self.ready.done():
                self.ready.set_exception(OSError("the console could not be loaded"))
                self.ready.exception()
            self._lost(self)

    async def ended(self) -> None:
        """Wait until the process is gone."""
        await self._loop.run_in_executor(None, self._process.wait)
