"""The process of one console in a page: `python -m boconsole.doors.web.child FD`.

It reads its order from a pipe that the server holds; neither words nor environment name anybody.
"""

import ctypes
import os
import pickle
import signal
import sys
from argparse import Namespace
from contextlib import suppress

from boconsole.language import N_

SENTENCE = N_("files of the server are out of reach in a browser; export in a terminal")
DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of Linux."""


def main(pipe: int) -> int:
    """Be the console that was ordered; returns its exit code."""
    with os.fdopen(pipe, "rb") as orders:
        login, settings, number = pickle.load(orders)  # noqa: S301 - of the server, through its own pipe
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGHUP)
    os.environ |= {
        "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TEXTUAL_ANIMATIONS": "none",
        "COLORTERM": "truecolor",
        "TERM": "xterm-256color",
        "BOCONSOLE_LANGUAGE": settings.language,
        "BOCONSOLE_LOG": str(settings.log),
    }
    from boconsole.doors import main as door
    from boconsole.doors.calls import Call
    from boconsole.doors.ssh import locked

    home = Namespace(run="console:open_console", json=False, area=None, database="")

    def call(parsed: Namespace) -> Call:
        return Call(parsed, settings, guest=login, door="web", number=number)

    os.chdir("/")
    locked.lock(settings, said=SENTENCE)
    return door.carry_out(home, call)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
