"""Leave by command, as programs use it."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from boconsole.doors.main import main
from boconsole.language import use_language


class Said(NamedTuple):
    """What one call of the command line answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Say = Callable[..., Said]


@pytest.fixture
def say(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Say]:
    """Call the command line in this process, as an administrator who works here."""

    def call(words: str) -> Said:
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patch:
            patch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")
            patch.setenv("BOCONSOLE_USER", "root")
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = main(["--database", sqlite_url, *words.split()])
        return Said(code, out.getvalue(), err.getvalue())

    hired = call("staff hire --name Ann --from 2024-03-01 --title Clerk --country ID --user root")
    assert hired.code == 0, hired.err
    yield call
    use_language("en")


def test_leave_is_set_up_asked_for_and_explained(say: Say) -> None:
    say("leave load indonesia")
    preview = say("leave request 2026-05-11 2026-05-15 --preview --json").json
    asked = say("leave request 2026-05-11 2026-05-15 --to-noon --json").json
    twice = say("leave request 2026-05-12")
    own = say("leave approve LVE-0001")
    left = say("leave balance --json").json[0]
    month = say("leave calendar 2026-05 --json").json
    back = say("leave withdraw 1 --json").json
    wrong = say("leave request someday")

    assert (preview["amount"], preview["before"], preview["after"]) == ("4", "24", "20")
    assert [each["holiday"] for each in preview["days"] if each["amount"] == "0"] == [
        "Ascension Day"
    ]
    assert (asked["number"], asked["amount"], asked["state"]) == ("LVE-0001", "3.5", "requested")
    assert (twice.code, own.code, wrong.code) == (1, 1, 1)
    assert "LVE-0001 has leave from 2026-05-11 to 2026-05-15 already" in twice.err
    assert "never by oneself" in own.err
    assert (left["left"], left["asked"], left["free"]) == ("24", "3.5", "20.5")
    assert [line["change"] for line in left["lines"]] == ["12", "0", "12"]
    assert list(month["people"][0]["days"]) == [
        "2026-05-11", "2026-05-12", "2026-05-13", "2026-05-15",
    ]  # fmt: skip
    assert back["state"] == "withdrawn"
