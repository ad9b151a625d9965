"""A terminal that goes away: what was typed is kept, and the process ends."""

import json
import os
import signal
import sys
import time
from pathlib import Path

import pexpect
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


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_hang_up_keeps_the_form_and_ends(tmp_path: Path, number: int) -> None:
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(Path(__file__).parent.parent)}
    child = pexpect.spawn(
        sys.executable, ["-c", PROGRAM, str(tmp_path)], env=environment, dimensions=(24, 80)
    )
    child.expect("Subject", timeout=20)
    time.sleep(0.5)
    child.send("Printer jam")
    child.expect("changed", timeout=10)
    started = time.monotonic()
    os.kill(child.pid, number)
    child.expect(pexpect.EOF, timeout=10)
    child.close()

    assert json.loads((tmp_path / "draft.json").read_text()) == {"subject": "Printer jam"}
    assert child.exitstatus == 0
    assert time.monotonic() - started < 5
