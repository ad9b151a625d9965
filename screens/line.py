"""The terminal of a session from afar: sleeps until something comes in.

The library's own driver looks ten times a second whether a key was pressed; with a hundred idle
sessions that is a tenth of a core. It also lets nobody stop the program: a session has no shell
to go back to.
"""

import os
import selectors
import signal
from codecs import getincrementaldecoder
from typing import Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

TICK = 0.05
"""Seconds between two looks while a key may be half here: a lone escape is told by its silence."""
TICKS = 6


class LineDriver(LinuxDriver):
    """Reads keys when they come."""

    def __init__(self, *args: Any, **settings: Any) -> None:  # Any: the library's
        super().__init__(*args, **settings)
        self._awake, self._waker = os.pipe()
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)

    @property
    def can_suspend(self) -> bool:
        """There is nothing to suspend to."""
        return False

    def disable_input(self) -> None:
        """Stop reading keys."""
        os.write(self._waker, b".")
        super().disable_input()

    def run_input_thread(self) -> None:
        """Read keys until the end; a terminal that is gone is not asked again."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._awake, selectors.EVENT_READ)
            ticks = TICKS
            while not self.exit_event.is_set():
                ready = selector.select(TICK if ticks else None)
                ticks = TICKS if ready else max(ticks - 1, 0)
                if any(key.fd == self.fileno for key, _event in ready) and not self._read(
                    parser, decode
                ):
                    selector.unregister(self.fileno)
                for event in parser.tick():
                    self.process_message(event)

    def _read(self, parser: XTermParser, decode: Any) -> bool:  # Any: a codec's method
        try:
            found = os.read(self.fileno, 4096)
        except OSError:
            found = b""
        for event in parser.feed(decode(found)) if found else ():
            self.process_message(event)
        return bool(found)
