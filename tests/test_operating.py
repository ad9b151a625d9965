"""The page for operators: its commands can be typed, and its units stand."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from boconsole import retention
from boconsole.doors import arguments

PAGE = (Path(__file__).parent.parent / "docs" / "operating.md").read_text("utf-8")
UNITS = dict(re.findall(r"`/etc/systemd/system/(\S+)`:\n\n```systemd\n(.*?)```", PAGE, re.S))
STARTS = [line.removeprefix("ExecStart=/usr/local/bin/boconsole ")
          for unit in UNITS.values() for line in unit.splitlines()
          if line.startswith("ExecStart=")]  # fmt: skip
TYPED = [line.removeprefix("desk ") for line in PAGE.splitlines() if line.startswith("desk ")]


@pytest.mark.parametrize("line", [*STARTS, *TYPED])
def test_commands_of_the_page_can_be_typed(line: str) -> None:
    words = shlex.split(line, comments=True)

    parsed = arguments.parse(words)

    assert parsed.run != "console:open_console"
    assert getattr(parsed, "keep", None) is None or retention.read_rules(parsed.keep) is not None


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_units_of_the_page_stand(tmp_path: Path) -> None:
    for name, unit in UNITS.items():
        there = unit.replace("/usr/local/bin/boconsole", "/bin/true")
        (tmp_path / name).write_text(there)

    checked = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert len(UNITS) == 4
    told = [line for line in checked.stderr.splitlines() if "boconsole-" in line]
    assert (checked.returncode, told) == (0, [])
