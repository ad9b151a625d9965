"""A program in a real pseudo-terminal: when it is ready, and what a key costs it."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

SILENCE = 0.06
"""Seconds without a byte after which an answer is complete."""


class Answered(NamedTuple):
    """What came back after a key: seconds to the first and to the last byte, and bytes."""

    first: float
    seconds: float
    size: int


class Terminal:
    """One program at a size of its own; always ended by `close`."""

    def __init__(
        self, words: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = (80, 24)
    ) -> None:
        self.started = time.perf_counter()
        self.seen = b""
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.execve(words[0], list(words), dict(environment))
        columns, lines = size
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def read(self, wait: float) -> bytes:
        """Return what arrives within `wait` seconds, answering the questions among it."""
        ready, _, _ = select.select([self.handle], [], [], wait)
        if not ready:
            return b""
        try:
            data = os.read(self.handle, 65_536)
        except OSError:
            return b""
        self.seen += data
        self._reply(data)
        return data

    def _reply(self, data: bytes) -> None:
        """Answer what programs ask a terminal: its kind, the cursor, its modes."""
        for question, answer in ((b"\x1b[c", b"\x1b[?62;c"), (b"\x1b[6n", b"\x1b[1;1R")):
            if question in data:
                os.write(self.handle, answer)

    def ready(self, text: str, limit: float = 60.0) -> float:
        """Return the seconds from the start until a text stands in the output."""
        while time.perf_counter() - self.started < limit:
            self.read(0.05)
            if text.encode() in self.seen:
                return time.perf_counter() - self.started
        raise TimeoutError(f"{text!r} did not appear; last: {self.seen[-300:]!r}")

    def settle(self, silence: float = 0.5) -> None:
        """Wait until nothing more arrives."""
        while self.read(silence):
            pass

    def press(self, keys: bytes) -> Answered:
        """Send keys; return when and how much came back until there was silence."""
        start = first = last = time.perf_counter()
        os.write(self.handle, keys)
        size = 0
        while data := self.read(1.0 if size == 0 else SILENCE):
            last = time.perf_counter()
            first = last if size == 0 else first
            size += len(data)
        return Answered(first - start, last - start, size)

    def memory(self) -> float:
        """Return the program's private and shared memory, proportionally, in MiB."""
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def close(self) -> None:
        """End the program."""
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self.handle)
