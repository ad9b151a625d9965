"""A terminal that goes away: what was typed is kept, and the process ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pyte
import pytest

PROGRAM = """
import json, sys
from pathlib import Path
from tests.consoles import console
from tests.test_forms import Desk, new_form
from screens.forms import FormScreen

folder = Path(sys.argv[1])

class Filed(Desk):
    def keep(self, who, form, record_id, fields):
        (folder / "draft.json").write_text(json.dumps(dict(fields)))

desk = Filed()
app = console(folder, drafts=desk)
app.call_later(lambda: app.push_screen(FormScreen(new_form(desk))))
app.run()
"""


STUCK = """
from time import sleep
from types import SimpleNamespace
from screens import app

app.HANGUP_GRACE = 1
stuck = SimpleNamespace(call_later=lambda work: None, keep_drafts_and_exit=None)
app.BoconsoleApp.hang_up(stuck)
sleep(30)
"""
"""A console whose event loop is held up: what it is to do later never comes."""

ROOT = Path(__file__).parent.parent


def wait_for(child: pexpect.spawn, screen: pyte.Screen, text: str) -> None:
    """Read until the terminal shows a text."""
    stream, last = pyte.ByteStream(screen), time.monotonic() + 20
    while not any(text in line for line in screen.display):
        assert time.monotonic() < last, screen.display
        try:
            stream.feed(child.read_nonblocking(100_000, timeout=0.2))
        except pexpect.TIMEOUT:
            continue


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_hang_up_keeps_the_form_and_ends(tmp_path: Path, number: int) -> None:
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    child = pexpect.spawn(
        sys.executable, ["-c", PROGRAM, str(tmp_path)], env=environment, dimensions=(24, 80)
    )
    screen = pyte.Screen(80, 24)
    wait_for(child, screen, "^s save")
    child.send("Printer jam")
    wait_for(child, screen, "Printer jam")
    started = time.monotonic()
    os.kill(child.pid, number)
    child.expect(pexpect.EOF, timeout=10)
    child.close()

    assert json.loads((tmp_path / "draft.json").read_text()) == {"subject": "Printer jam"}
    assert child.exitstatus == 0
    assert time.monotonic() - started < 5


def test_console_that_hangs_is_ended_some_seconds_after_its_terminal_went_away() -> None:
    ended = subprocess.run([sys.executable, "-c", STUCK], timeout=20, check=False, cwd=ROOT)

    assert ended.returncode == -signal.SIGALRM
