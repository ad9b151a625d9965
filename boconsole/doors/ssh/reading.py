"""The zygote's ends of the lines over which sessions have Home read by another fork.

An order names nothing but its number: who the reader acts as is what the server said when the
session was started. A session has one reader at a time; the one before is ended.
"""

import os
import pickle
import select
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

Order = dict[str, Any]  # Any: what JSON holds


class _Line(NamedTuple):
    """A session's line, and the order that started it."""

    end: socket.socket
    order: Order


class Readers:
    """Forks a reader for each order of a session.

    Args:
        poll: Told of the lines that are to be watched.
        look: Life of a reader: takes the session's order, the line and the number.
    """

    def __init__(
        self, poll: "select.poll", look: Callable[[Order, socket.socket, int], None]
    ) -> None:
        self._poll, self._look = poll, look
        self._lines: dict[int, _Line] = {}
        self._running: dict[int, tuple[int, int]] = {}

    def offer(self, order: Order) -> socket.socket:
        """Return the session's end of a new line; closed here once the session is forked."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._lines[ours.fileno()] = _Line(ours, order)
        self._poll.register(ours, select.POLLIN)
        return theirs

    def serve(self, handle: int) -> None:
        """Start a reader, or forget a session that has ended."""
        if (line := self._lines.get(handle)) is None:
            return
        data = b""
        with suppress(OSError):
            data = line.end.recv(4)
        self._stop(handle)
        if not data:
            self._poll.unregister(handle)
            line.end.close()
            del self._lines[handle]
            return
        number = int.from_bytes(data, "big")
        child = os.fork()
        if child == 0:
            try:
                self._look(line.order, line.end, number)
            finally:
                os._exit(0)
        self._running[child] = handle, number

    def _stop(self, handle: int) -> None:
        for child in [child for child, (at, _number) in self._running.items() if at == handle]:
            del self._running[child]
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def ended(self, child: int) -> None:
        """Tell a session that its reader is gone."""
        handle, number = self._running.pop(child, (-1, 0))
        if (line := self._lines.get(handle)) is not None:
            from boconsole.home.apart import END

            with suppress(OSError):
                line.end.send(pickle.dumps((number, END)), socket.MSG_DONTWAIT)
