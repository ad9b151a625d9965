"""The real console in a pseudo-terminal, beside a minimal Textual app."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

from measuring import percentile
from terminal import Terminal

HERE = Path(__file__).parent
STARTS = 5
KEYS = 60


class Screen(NamedTuple):
    """What the console costs.

    Attributes:
        start: Seconds to the first full list (median).
        row: Seconds from a key to the cursor's move on the screen (95th percentile).
        key: The same to the last byte: the position in the header, a frame later.
        move: Bytes of a cursor move (median).
        scroll: Bytes of a key that moves the list (median of those that did).
        palette: Bytes of opening the palette.
        memory: MiB.
    """

    start: float
    row: float
    key: float
    move: float
    scroll: float
    palette: float
    memory: float


def environment(url: str, login: str) -> dict[str, str]:
    """Return what the program is started with."""
    return {
        "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp"), "LANG": "C.UTF-8",
        "TERM": "xterm-256color", "BOCONSOLE_DATABASE": url, "BOCONSOLE_USER": login,
        "BOCONSOLE_ZONE": "UTC",
    }  # fmt: skip


def minimal() -> Screen:
    """Measure the minimal app."""
    words = [sys.executable, str(HERE / "minimal_app.py")]
    return _measure(words, environment("sqlite:///:memory:", "root"), "ROW-15", b"")


def console(url: str, login: str) -> Screen:
    """Measure the console on the list of all tickets."""
    words = [sys.executable, "-m", "boconsole", "open", "tickets"]
    return _measure(words, environment(url, login), "TKT-", b"\x10")


def _measure(words: list[str], given: dict[str, str], sign: str, palette: bytes) -> Screen:
    starts = []
    for _ in range(STARTS):
        terminal = Terminal(words, given)
        starts.append(terminal.ready(sign))
        terminal.settle()
        terminal.close()
    terminal = Terminal(words, given)
    terminal.ready(sign)
    terminal.settle(1.0)
    memory = terminal.memory()
    down, up = (b"j", b"k") if palette else (b"\x1b[B", b"\x1b[A")
    inside = [terminal.press(key) for key in (down, down, up, down, up, up) * 12]
    scrolled = [terminal.press(down) for _ in range(KEYS)]
    opened = terminal.press(palette).size if palette else 0
    terminal.close()
    return Screen(
        percentile(starts, 0.5),
        percentile([press.first for press in inside], 0.95),
        percentile([press.seconds for press in inside], 0.95),
        percentile([float(press.size) for press in inside], 0.5),
        max(float(press.size) for press in scrolled),
        opened,
        memory,
    )
