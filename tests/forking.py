"""Commands and consoles of the program, each a process forked from one that has it loaded.

Loading the program anew is most of what a short command costs. Each still is a process of its
own, with its words, environment, terminal and end; `test_start` and others start it by exec.

    python -m tests.forking FD      the process that forks; it ends with its side of the socket
"""

from __future__ import annotations

import array
import atexit
import fcntl
import gc
import json
import os
import random
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
STREAMS = (
    ("stdin", "r", "surrogateescape"),
    ("stdout", "w", "strict"),
    ("stderr", "w", "backslashreplace"),
)
BYTES = 262_144
"""What one request may have: words and environment."""


class Forker:
    """Starts commands; one for a worker of the tests."""

    def __init__(self) -> None:
        self.line, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BYTES)
        clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.forking", str(far.fileno())],
            pass_fds=[far.fileno()], cwd=ROOT, env={**clean, "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        far.close()

    def start(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        files: Sequence[int],
        *,
        tty: bool,
    ) -> tuple[int, int]:
        """Start a command on three files; returns its number, and a pipe that tells its end."""
        ended, end = os.pipe()
        asked = {"words": list(words), "environment": dict(environment), "tty": tty}
        socket.send_fds(self.line, [json.dumps(asked).encode()], [*files, end])
        os.close(end)
        return int(self.line.recv(64)), ended

    def close(self) -> None:
        """Let the loaded process end."""
        self.line.close()
        self.process.wait(20)


_forkers: dict[int, Forker] = {}


def forker() -> Forker:
    """Return the one of this process."""
    if os.getpid() not in _forkers:
        _forkers[os.getpid()] = Forker()
    return _forkers[os.getpid()]


def close() -> None:
    """End the loaded process, if this process has one."""
    if found := _forkers.pop(os.getpid(), None):
        found.close()


def run(
    words: Sequence[str], environment: Mapping[str, str], stdin: str = "", timeout: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, as `subprocess.run` does with its output taken."""
    with (
        tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said,
        tempfile.TemporaryFile() as told,
    ):  # fmt: skip
        given.write(stdin.encode())
        given.seek(0)
        files = [given.fileno(), said.fileno(), told.fileno()]
        number, ended = forker().start(words, environment, files, tty=False)
        code = Child(number, ended).wait(timeout)
        texts = []
        for file in (said, told):
            file.seek(0)
            texts.append(file.read().decode().replace("\r\n", "\n"))
        return subprocess.CompletedProcess(list(words), code, *texts)


class Child:
    """A command that runs.

    Attributes:
        pid: Its number.
        code: How it ended: its exit code, -n for signal n; None while it runs.
    """

    def __init__(self, pid: int, ended: int) -> None:
        self.pid = pid
        self.code: int | None = None
        self._ended: int | None = ended

    def poll(self, seconds: float = 0) -> int | None:
        """Return how it ended, None where it still runs after a time."""
        import select

        if self._ended is not None and select.select([self._ended], [], [], seconds)[0]:
            self.code = int(os.read(self._ended, 64) or b"-9")
            os.close(self._ended)
            self._ended = None
        return self.code

    def wait(self, seconds: float) -> int:
        """Wait for the end; what takes longer is killed."""
        if (code := self.poll(seconds)) is None:
            os.kill(self.pid, signal.SIGKILL)
            self.poll(5)
            raise subprocess.TimeoutExpired(str(self.pid), seconds)
        return code


class Console(Child):
    """A console that runs in a terminal, with the names that `pexpect.spawn` has for it.

    Attributes:
        child_fd: Our side of the terminal.
        ptyproc: Has the same as a file that can be closed.
    """

    def __init__(
        self, words: Sequence[str], environment: Mapping[str, str], rows: int, columns: int
    ) -> None:
        self.child_fd, far = os.openpty()
        self.setwinsize(rows, columns)
        super().__init__(*forker().start(words, environment, [far] * 3, tty=True))
        os.close(far)
        self.fileobj = os.fdopen(self.child_fd, "r+b", buffering=0)
        self.ptyproc = self

    def setwinsize(self, rows: int, columns: int) -> None:
        """Make the window another size."""
        fcntl.ioctl(self.child_fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def isalive(self) -> bool:
        """Tell whether it still runs."""
        return self.poll() is None

    def kill(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def close(self, *, force: bool) -> None:
        """Close our side, once it has ended."""
        if force and self.poll(5) is None:
            self.kill(signal.SIGKILL)
        self.fileobj.close()

    @property
    def exitstatus(self) -> int | None:
        return self.code if self.code is None or self.code >= 0 else None

    @property
    def signalstatus(self) -> int | None:
        return -self.code if self.code is not None and self.code < 0 else None


# The process that forks


def main(words: list[str]) -> int:
    """Load the program, then fork a child for each request until the other side is closed."""
    gc.disable()
    from boconsole.doors.ssh import zygote

    zygote.load()
    gc.collect()
    gc.freeze()
    line = socket.socket(fileno=int(words[1]))
    while True:
        asked, files = _received(line)
        if not asked:
            return 0
        told, tell = os.pipe()
        if not (watcher := os.fork()):
            os.close(told)
            line.close()
            child = os.fork()
            if not child:
                os.close(tell)
                os.close(files[3])
                _leave(_become(json.loads(asked), files[:3]))
            _watch(child, tell, files)
        os.close(tell)
        for file in files:
            os.close(file)
        line.send(os.read(told, 64))
        os.close(told)
        _reap(watcher)


def _received(line: socket.socket) -> tuple[bytes, list[int]]:
    files = array.array("i")
    room = socket.CMSG_SPACE(4 * files.itemsize)
    asked, extra, _flags, _address = line.recvmsg(BYTES, room)
    for level, kind, data in extra:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            files.frombytes(data)
    return asked, list(files)


def _watch(child: int, tell: int, files: list[int]) -> None:
    """Say the number of the child now, and later how it ended; then be gone."""
    for file in files[:3]:
        os.close(file)
    os.write(tell, str(child).encode())
    os.close(tell)
    _child, status = os.waitpid(child, 0)
    os.write(files[3], str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _reap(_watcher: int) -> None:
    """Forget watchers that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _become(asked: dict[str, Any], files: list[int]) -> int:
    """Be the command that was asked for."""
    os.setsid()
    if asked["tty"]:
        fcntl.ioctl(files[0], termios.TIOCSCTTY, 0)
    for place, file in enumerate(files):
        os.dup2(file, place)
    for file in {*files} - {0, 1, 2}:
        os.close(file)
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    random.seed()
    sys.argv = ["boconsole", *asked["words"]]
    for file, (name, how, errors) in enumerate(STREAMS):
        stream = os.fdopen(file, how, encoding="utf-8", errors=errors, closefd=False)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    from boconsole.doors.main import main as run_words

    return run_words()


def _leave(code: int) -> None:
    """End as the interpreter does, but for what it was forked with: that stays where it is.

    To take every object of the loaded program apart copies all its memory first, which is twenty
    times what a short command costs.
    """
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
