"""One session of a connection: a console at the client's terminal, or one command.

Everything else is refused. The child that does the work may end, hang or be killed: the channel
sets the terminal right, says why, and closes.
"""

import asyncio
import fcntl
import os
import pty
import shlex
import signal
import struct
import termios
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

import asyncssh

from boconsole.doors.ssh.child import FAULT, SENT, plain
from boconsole.doors.ssh.pipes import Inflow, Outflow
from boconsole.errors import REFUSALS
from boconsole.language import _
from boconsole.session import wall_clock

if TYPE_CHECKING:
    from boconsole.doors.ssh.gate import Gate
    from boconsole.doors.ssh.server import Server
    from boconsole.session import Session

RESET = (
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2004l\x1b[?1004l"
    b"\x1b[?2048l\x1b[?2026l\x1b[<u\x1b[?7h\x1b[r\x1b[?1049l\x1b[0m\x1b[?25h\r\n"
)
"""Sets right what a console that was killed left behind: reports, pens, the other screen."""
KILL_AFTER = 10.0
"""Seconds after which a child that shall end is ended."""
LONGEST_COMMAND = 32_768
SIGNALS = {"INT": signal.SIGINT, "TERM": signal.SIGTERM, "HUP": signal.SIGHUP}


class Channel(asyncssh.SSHServerSession[bytes]):
    """One session.

    Args:
        server: Which starts children.
        gate: Of its connection.

    Attributes:
        console: Whether it is a console, and no command.
        number: Under which it is listed; 0 before that.
    """

    def __init__(self, server: "Server", gate: "Gate") -> None:
        self._server = server
        self.gate = gate
        self.console = True
        self.number = 0
        self._words: list[str] | None = None
        self._terminal = ""
        self._size = (80, 24)
        self._child = 0
        self._in: Inflow | None = None
        self._out: list[Outflow] = []
        self._left = 0
        self._master = -1
        self._paused = self._open = False
        self._exit: int | None = None
        self._said = ""
        self._early: list[bytes] = []
        self._ended_early = False
        self._killer: asyncio.TimerHandle | None = None
        self._idler: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        self._heard, self.heard_at = self._loop.time(), wall_clock()
        self.told_at: datetime | None = None

    # What is asked for

    def connection_made(self, chan: "asyncssh.SSHServerChannel[bytes]") -> None:
        """Take the channel."""
        self._channel = chan
        self._open = True

    def pty_requested(
        self,
        term_type: str | None,
        term_size: tuple[int, int, int, int],
        term_modes: Mapping[int, int],  # noqa: ARG002 - the console sets its own
    ) -> bool:
        """Take a terminal of a kind and size."""
        kind = term_type or "dumb"
        self._terminal = kind if plain(kind) else "dumb"
        self._size = term_size[0] or 80, term_size[1] or 24
        return True

    def shell_requested(self) -> bool:
        """What others answer with a shell is the console here."""
        return True

    def exec_requested(self, command: str) -> bool:
        """Take the words of a command of ours; which may be run is decided in the child."""
        try:
            self._words = shlex.split(command)
        except ValueError:
            return False
        self.console = False
        return len(command) <= LONGEST_COMMAND

    def subsystem_requested(self, subsystem: str) -> bool:  # noqa: ARG002 - none whatsoever
        """There is no SFTP, and no other subsystem."""
        return False

    def session_started(self) -> None:
        """Start the child, once it is written down who came in."""
        self._server.write(self._begin())

    async def _begin(self) -> None:
        try:
            session = await self.gate.entered
        except asyncio.CancelledError:
            return
        if not self._open:
            return
        if refusal := self._server.full(self):
            self._refuse(refusal)
            return
        self._server.began(self)
        try:
            self.number = await self._server.records.began(
                session, self._doing(), self.gate.address, self._shape(), self.gate.mark,
                self.gate.fingerprint,
            )  # fmt: skip
        except REFUSALS as refused:
            self._said = self._said or str(refused)
        if not self._open or self._said:
            self._server.ended(self)
            if self._open:
                self._refuse(self._said)
            return
        self._start(session)

    def _start(self, session: "Session") -> None:
        order = {
            "number": self.number,
            "login": session.user.login,
            "words": self._words,
            "terminal": bool(self._terminal),
            "environment": self._environment(),
            "language": self._language(session.user.language),
        }
        try:
            self._child = self._server.nursery.start(order, self._streams(), self._child_ended)
        except OSError:
            self._server.ended(self)
            self._refuse(_("No session can be started now; try again in a moment."))
            return
        self._write_early()
        self._watch_idle()

    def _doing(self) -> str:
        return "console" if self._words is None else " ".join(self._words[:2])

    def _shape(self) -> str:
        return f"{self._terminal} {self._size[0]}x{self._size[1]}" if self._terminal else ""

    def _refuse(self, sentence: str) -> None:
        self._channel.write_stderr(f"{sentence}\r\n".encode())
        self._channel.exit(1)

    def _environment(self) -> dict[str, str]:
        """Return the variables that the client may set, where they are plain."""
        sent = self._channel.get_environment()
        found = {name: sent[name] for name in SENT if plain(sent.get(name))}
        return found | ({"TERM": self._terminal} if self._terminal else {})

    def _language(self, own: str) -> str:
        """Return the language of the account, else that of the client."""
        environment = self._environment()
        sent = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
        named = own or next(filter(None, sent), "")
        return {"id": "id", "in": "id", "en": "en"}.get(named[:2].lower(), "")

    def _streams(self) -> list[int]:
        """Open terminal or pipes; returns the child's ends."""
        if self._terminal:
            self._master, slave = pty.openpty()
            self._resize()
            if self.console:
                _be_silent(slave)
            self._in = Inflow(os.dup(self._master), self._hold_input, self._take_input)
            self._flow_out(self._master, self._write)
            return [slave]
        child_in, ours_in = os.pipe()
        self._in = Inflow(ours_in, self._hold_input, self._take_input)
        ends = [child_in]
        for write in (self._write, self._write_error):
            ours, child = os.pipe()
            self._flow_out(ours, write)
            ends.append(child)
        for handle in ends:
            os.set_inheritable(handle, False)
        return ends

    def _flow_out(self, handle: int, write) -> None:  # type: ignore[no-untyped-def]  # a method
        self._left += 1
        self._out.append(Outflow(handle, write, self._flowed_out))

    # What goes to and fro

    def _write(self, data: bytes) -> None:
        if self._open:
            self._channel.write(data)

    def _write_error(self, data: bytes) -> None:
        if self._open:
            self._channel.write_stderr(data)

    def data_received(self, data: bytes, datatype: int | None) -> None:  # noqa: ARG002
        """Hand keys and input to the child."""
        self._heard, self.heard_at = self._loop.time(), wall_clock()
        if self._in is None:
            self._early.append(data)
            if sum(map(len, self._early)) > LONGEST_COMMAND:
                self._channel.pause_reading()
        else:
            self._in.write(data)

    def _write_early(self) -> None:
        if self._in is not None:
            for data in self._early:
                self._in.write(data)
            self._early.clear()
            self._channel.resume_reading()
            if self._ended_early:
                self.eof_received()

    def eof_received(self) -> bool:
        """End the child's input; its output goes on."""
        self._ended_early = True
        if self._in is not None and not self._terminal:
            self._in.end()
        return True

    def _hold_input(self) -> None:
        if self._open:
            self._channel.pause_reading()

    def _take_input(self) -> None:
        if self._open:
            self._channel.resume_reading()

    def pause_writing(self) -> None:
        """The client does not read: neither is its child read from."""
        self._paused = True
        for flow in self._out:
            flow.pause()

    def resume_writing(self) -> None:
        """The client reads again."""
        self._paused = False
        for flow in self._out:
            flow.resume()

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:  # noqa: ARG002
        """Make the child's terminal as large as the client's."""
        self._size = width or 80, height or 24
        self._resize()

    def _resize(self) -> None:
        if self._master >= 0:
            columns, rows = (min(side, 1000) for side in self._size)
            with suppress(OSError):
                fcntl.ioctl(
                    self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0)
                )

    def break_received(self, msec: int) -> bool:  # noqa: ARG002 - means nothing here
        """A break is nothing to the console."""
        return False

    def signal_received(self, signal: str) -> None:
        """Hand on the signals that end a command."""
        if signal in SIGNALS and self._child:
            self._server.nursery.signal(self._child, SIGNALS[signal])

    # The end

    def _watch_idle(self) -> None:
        """End a session in which nobody pressed a key for long."""
        limit = self._server.idle
        if not limit or self._exit is not None:
            return
        rest = self._heard + limit - self._loop.time()
        if rest <= 0:
            self.end(_("Signed out: no key was pressed for {n} minutes.").format(n=limit // 60))
        else:
            self._idler = self._loop.call_later(rest, self._watch_idle)

    def tell(self, number: signal.Signals) -> None:
        """Have the console say what a signal stands for; commands are left alone."""
        if self.console and self._child:
            self._server.nursery.signal(self._child, number)

    def end(self, reason: str, number: signal.Signals = signal.SIGTERM) -> None:
        """End the child; typed values are kept. The reason is told once the terminal is free."""
        self._said = self._said or reason
        self._stop_child(number)

    def _stop_child(self, number: signal.Signals) -> None:
        if self._child and self._exit is None:
            self._server.nursery.signal(self._child, number)
            if self._killer is None:
                kill = self._server.nursery.signal
                self._killer = self._loop.call_later(KILL_AFTER, kill, self._child, signal.SIGKILL)

    def _child_ended(self, code: int) -> None:
        self._exit = code
        for timer in (self._killer, self._idler):
            if timer is not None:
                timer.cancel()
        self._server.ended(self)
        self._finish()

    def _flowed_out(self) -> None:
        self._left -= 1
        self._finish()

    def _finish(self) -> None:
        """Close the channel once the child has ended and all it wrote is on its way."""
        if self._exit is None or self._left:
            return
        if self._in is not None:
            self._in.close()
        if not self._open:
            return
        if self._terminal and (self._exit < 0 or self._exit == FAULT):
            self._channel.write(RESET)
        if self._said:
            self._channel.write_stderr(f"{self._said}\r\n".encode())
        if self._exit < 0:
            self._channel.exit_with_signal(signal.Signals(-self._exit).name.removeprefix("SIG"))
        else:
            self._channel.exit(self._exit)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - however it came
        """The line is gone: the child's terminal hangs up, and it keeps what was typed."""
        self._open = False
        for flow in self._out:
            flow.close()
        self._left = 0
        if self._in is not None:
            self._in.close()
        self._master = -1
        self._stop_child(signal.SIGHUP)


def _be_silent(terminal: int) -> None:
    """Let keys that come before the console is there not be shown."""
    settings = termios.tcgetattr(terminal)
    settings[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(terminal, termios.TCSANOW, settings)
