"""Paths of files are completed as they are typed, and nobody waits for a slow disk."""

import os
import time
from pathlib import Path

import pytest

from boconsole.registry import reading
from boconsole.session import Session
from screens import paths
from tests.bookkeeping import typed_in
from tests.desks import SMALL, press, quiet, shown, whole_desk


def test_a_path_is_completed_as_far_as_all_agree(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    for name in ("lease-a.pdf", "lease-b.pdf", ".hidden", "x\x1b[31m.pdf", "y,z.pdf"):
        (tmp_path / "papers" / name).touch()
    here = f"{tmp_path}/papers/"

    assert paths.completed(f"{tmp_path}/pap") == here
    assert paths.completed(f"{here}l") == f"{here}lease-"
    assert paths.completed(f"a.txt, {here}lease-a") == f"a.txt, {here}lease-a.pdf"
    assert paths.completed(f"{here}nothing") == f"{here}nothing"
    assert paths.completions(here) == [f"{here}lease-a.pdf", f"{here}lease-b.pdf"]
    assert paths.completions(f"{here}.") == [f"{here}.hidden"]


def test_a_disk_that_answers_no_more_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(_folder: str) -> None:
        time.sleep(2)
        raise OSError

    monkeypatch.setattr(os, "scandir", hang)
    began = time.monotonic()

    assert paths.completions("/slow/x") == []
    assert time.monotonic() - began < 1.5


async def test_tab_completes_the_file_of_a_new_document(
    local_session: Session, tmp_path: Path
) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "lease.md").write_text("Ends by registered letter.")
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, "7")
        await typed_in(pilot, "n", "tab", f" {tmp_path}/pap", "tab", "tab", "tab")
        form = shown(app)
        await press(pilot, "ctrl+s")

    assert "Class" in form
    assert reading.get(local_session, 1).row.title == "lease.md"
