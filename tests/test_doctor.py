"""What the doctor says: a state for each check, and what to do where one is not well."""

import json
import os
import socket
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from boconsole import backups
from boconsole.doors.checks import machine, records
from boconsole.doors.checks.finding import Failed, Warned
from db import health

Doctor = Callable[..., dict[str, dict[str, str]]]


@pytest.fixture
def doctor(sqlite_url: str, tmp_path: Path) -> Doctor:
    """Run the doctor in a folder of its own; answers with the checks by name."""

    def run(**environment: str) -> dict[str, dict[str, str]]:
        ended = subprocess.run(
            [sys.executable, "-m", "boconsole", "--database", sqlite_url, "doctor", "--json"],
            capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), **environment},
        )  # fmt: skip
        told = json.loads(ended.stdout)
        states = {check["state"] for check in told["checks"]}
        assert ended.returncode == int("fail" in states), ended.stderr
        return {check["check"]: check for check in told["checks"]}

    return run


def test_what_others_could_read_is_named(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOCONSOLE_MAIL_SMTP_PASSWORD=hush\n")
    (tmp_path / ".env").chmod(0o644)
    key = tmp_path / "host_key"
    key.write_text("key")
    key.chmod(0o640)

    found = doctor(BOCONSOLE_SSH_HOST_KEY=str(key))

    assert (found[".env"]["state"], found["host key"]["state"]) == ("fail", "fail")
    assert found["host key"]["advice"] == f"chmod 600 {key}"
    assert "hush" not in json.dumps(found)


def test_an_old_backup_and_a_silent_mail_server_are_named(doctor: Doctor, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    old = datetime.now(UTC) - timedelta(days=3)
    (tmp_path / backups.name_at(old)).write_text("")

    found = doctor(
        BOCONSOLE_BACKUPS=str(tmp_path), BOCONSOLE_MAIL_FROM="desk@example.com",
        BOCONSOLE_MAIL_SMTP_HOST="127.0.0.1", BOCONSOLE_MAIL_SMTP_PORT=str(port),
    )  # fmt: skip

    assert (found["backups"]["state"], found["mail out"]["state"]) == ("warn", "fail")
    assert f"127.0.0.1:{port} does not answer" in found["mail out"]["detail"]
    assert all(check["advice"] for check in found.values() if check["state"] != "ok")


@pytest.mark.parametrize(("apart", "kind"), [(-30, Warned), (200, Failed)])
def test_a_server_with_another_clock_is_named(
    monkeypatch: pytest.MonkeyPatch, apart: float, kind: type[Exception]
) -> None:
    monkeypatch.setattr(health, "clock", lambda: datetime.now(UTC).timestamp() + apart)

    with pytest.raises(kind, match=str(apart)):
        records._server_clock()


def test_both_engines_tell_their_clock(session: object) -> None:
    assert abs(health.clock() - datetime.now(UTC).timestamp()) < 5


def test_a_clock_that_follows_no_server_is_worth_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    class Call:
        class settings:  # noqa: N801 - as a call has them
            clock = None

    monkeypatch.setattr(machine, "_follows_time_server", lambda: False)

    with pytest.raises(Warned, match="follows no time server"):
        machine._clock(Call())  # type: ignore[arg-type]


def test_a_disk_that_is_nearly_full_is_a_fault(
    local_session: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records.shutil, "disk_usage", lambda _path: _Usage())

    with pytest.raises(Failed, match="free"):
        records._room()


class _Usage:
    free = 10 * 2**20


def test_every_extra_that_can_be_installed_is_told_of() -> None:
    written = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())
    assert set(machine.EXTRAS) == set(written["project"]["optional-dependencies"])
