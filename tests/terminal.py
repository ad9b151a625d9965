"""The real console in a terminal of its own, with a screen that can be read.

Everything the program writes is kept as it came and drawn on an emulated screen. A thread reads
all the time, so a console that nobody waits for is never held up by a full line.
"""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import termios
from pathlib import Path
from threading import Condition, Thread
from time import monotonic, sleep
from types import TracebackType

import pexpect
import pyte

from tests.forking import Console

EXEC = (sys.executable, "-m", "boconsole")
"""The console as a shell starts it, which loads all of it."""
ENTER, ESC, TAB, DOWN, BACKSPACE = "\r", "\x1b", "\t", "\x1b[B", "\x7f"
CTRL_A, CTRL_K, CTRL_L, CTRL_O = "\x01", "\x0b", "\x0c", "\x0f"
CTRL_P, CTRL_Q, CTRL_S, CTRL_U = "\x10", "\x11", "\x13", "\x15"
CLOCK = "2026-05-04T09:00:00Z"
PATIENCE = 20.0
"""Seconds after which something that should appear is taken as missing, on a busy machine too."""
QUESTIONS = {b"\x1b[?2026$p": "\x1b[?2026;2$y", b"\x1b[?2048$p": "\x1b[?2048;0$y"}
"""What the console asks its terminal, and what one of the xterm family answers."""


class Terminal:
    """A console in a pty; leaving the block ends it whatever happened.

    Args:
        url: Of its database.
        size: Columns and rows.
        command: What is started; by default the console, forked from one that is loaded.
        environment: More variables; None takes one away.
    """

    def __init__(
        self,
        url: str,
        *,
        size: tuple[int, int] = (80, 24),
        command: tuple[str, ...] = (),
        **environment: str | None,
    ) -> None:
        self.written = b""
        self._screen = pyte.Screen(*size)
        self._screen.write_process_input = self._answer
        self._stream = pyte.ByteStream(self._screen)
        self._news = Condition()
        self._ended = False
        self._answers = QUESTIONS if environment.get("TERM", "xterm").startswith("xterm") else {}
        self._asked = dict.fromkeys(QUESTIONS, 0)
        self.process = _started(command, _environment(url, environment), size)
        self.line_before = self.line()
        self._stop, self._stopper = os.pipe()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill(signal.SIGKILL)
        self._stop_reading()
        self.process.close(force=True)
        os.close(self._stop)
        os.close(self._stopper)

    def _stop_reading(self) -> None:
        os.write(self._stopper, b"stop")
        self._reader.join()

    def _answer(self, text: str) -> None:
        os.write(self.process.child_fd, text.encode())

    def _read(self) -> None:
        while True:
            ready, _, _ = select.select([self.process.child_fd, self._stop], [], [])
            if self._stop in ready:
                return
            try:
                found = os.read(self.process.child_fd, 65536)
            except OSError:
                found = b""
            with self._news:
                self._ended = not found
                self.written += found
                self._stream.feed(found)
                self._news.notify_all()
            if not found:
                return
            for question, answer in self._answers.items():
                if self.written.count(question) > self._asked[question]:
                    self._asked[question] += 1
                    self._answer(answer)

    # Doing

    def press(self, *keys: str) -> None:
        """Send keys, as the terminal encodes them; text is typed letter by letter."""
        for key in keys:
            self._answer(key)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size."""
        with self._news:
            self._screen.resize(rows, columns)
        self.process.setwinsize(rows, columns)

    def kill(self, number: signal.Signals) -> None:
        """Send a signal to the console, if it still runs."""
        if self.process.isalive():
            self.process.kill(number)

    def cut(self) -> None:
        """Take the line away, as a dropped connection does: nobody reads or writes any more."""
        self._stop_reading()
        self.process.ptyproc.fileobj.close()

    # Seeing

    def line(self) -> list[object]:
        """Return how the line is set: echo, line by line, flow control."""
        return termios.tcgetattr(self.process.child_fd)[:4]

    def modes(self) -> dict[str, bool]:
        """Return the private modes that were ever set or reset, and whether each is set now."""
        found = re.findall(rb"\x1b\[\?([\d;]+)([hl])", self.written)
        return {
            number: end == b"h" for numbers, end in found for number in numbers.decode().split(";")
        }

    def screen(self) -> str:
        """Return what the terminal shows, as lines of text."""
        with self._news:
            return self._shown()

    def _shown(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, *texts: str, seconds: float = PATIENCE) -> str:
        """Wait until all of some texts are on the screen together; return the screen."""
        return self._wait(lambda shown: all(text in shown for text in texts), texts, seconds)

    def wait_gone(self, *texts: str, seconds: float = PATIENCE) -> str:
        """Wait until none of some texts is on the screen; return the screen."""
        return self._wait(lambda shown: not any(text in shown for text in texts), texts, seconds)

    def wait_written(self, part: bytes, seconds: float = PATIENCE) -> None:
        """Wait until the console has written something, seen on the screen or not."""
        self._wait(lambda _shown: part in self.written, (repr(part),), seconds)

    def _wait(self, seen, texts: tuple[str, ...], seconds: float) -> str:  # type: ignore[no-untyped-def]
        last = monotonic() + seconds
        with self._news:
            while not seen(shown := self._shown()):
                left = last - monotonic()
                if left <= 0 or self._ended:
                    why = "the console ended" if self._ended else f"{seconds} s are over"
                    raise AssertionError(f"{why}; waited for {texts}, the screen is:\n{shown}")
                self._news.wait(left)
            return shown

    def wait_end(self, seconds: float = PATIENCE) -> int:
        """Wait until the console has ended by itself; return its exit code, -n for signal n."""
        last = monotonic() + seconds
        with self._news:
            while not self._ended:
                left = last - monotonic()
                assert left > 0, f"still runs after {seconds} s, the screen is:\n{self._shown()}"
                self._news.wait(left)
        return self.wait_dead(last - monotonic())

    def wait_dead(self, seconds: float) -> int:
        """Wait for the end where no line tells of it; as `wait_end` otherwise."""
        last = monotonic() + seconds
        while self.process.isalive():
            assert monotonic() < last, "the console still runs"
            sleep(0.02)
        status, number = self.process.exitstatus, self.process.signalstatus
        return -number if number is not None else status


def _started(
    command: tuple[str, ...], environment: dict[str, str], size: tuple[int, int]
) -> pexpect.spawn | Console:
    if not command:
        return Console((), environment, size[1], size[0])
    process = pexpect.spawn(
        command[0], list(command[1:]), cwd=str(Path(__file__).parents[1]), env=environment,
        dimensions=(size[1], size[0]),
    )  # fmt: skip
    process.delaybeforesend = None
    return process


def _environment(url: str, more: dict[str, str | None]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in os.environ if name.startswith(("XDG_", "PATH"))}
    fixed = {
        "HOME": os.environ.get("XDG_DATA_HOME", "/nonexistent"),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "BOCONSOLE_DATABASE": url,
        "BOCONSOLE_CLOCK": CLOCK,
        "BOCONSOLE_USER": "root",
        "BOCONSOLE_LANGUAGE": "en",
    }
    return {name: value for name, value in {**kept, **fixed, **more}.items() if value is not None}
