"""Settings: where each value comes from, and how a bad one is refused."""

import errno
import os
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from boconsole.doors.main import main
from boconsole.errors import SettingError
from boconsole.settings import DESCRIPTIONS, listed, read_settings


def test_command_line_wins_over_environment_and_that_over_dotenv() -> None:
    environment = {"BOCONSOLE_DATABASE": "sqlite:////env.sqlite", "BOCONSOLE_USER": "eve"}
    dotenv = {"BOCONSOLE_USER": "dot", "BOCONSOLE_THEME": "light"}

    settings = read_settings(environment, dotenv, database="sqlite:////cli.sqlite")

    assert (settings.database, settings.user, settings.theme) == (
        "sqlite:////cli.sqlite",
        "eve",
        "light",
    )
    assert settings.sources["BOCONSOLE_DATABASE"] == "command line"
    assert settings.sources["BOCONSOLE_USER"] == "environment"
    assert settings.sources["BOCONSOLE_THEME"] == ".env"
    assert settings.sources["BOCONSOLE_ZONE"] == "default"


def test_defaults_are_enough() -> None:
    settings = read_settings({"USER": "ann"}, {})

    assert settings.user == "ann"
    assert (
        settings.database == f"sqlite:///{os.environ['XDG_DATA_HOME']}/boconsole/boconsole.sqlite"
    )
    assert settings.clock is None
    assert settings.attachment_limit == 20 * 2**20


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-05-04T09:00:00Z", datetime(2026, 5, 4, 9, tzinfo=UTC)),
        ("2026-05-04T09:00:00+07:00", datetime(2026, 5, 4, 2, tzinfo=UTC)),
        ("2026-05-04T09:00:00", datetime(2026, 5, 4, 9, tzinfo=UTC)),
    ],
)
def test_clock_is_an_instant(text: str, instant: datetime) -> None:
    assert read_settings({"BOCONSOLE_CLOCK": text}, {}).clock == instant


def test_zone_of_the_computer_is_taken_from_its_environment() -> None:
    assert read_settings({"TZ": "Asia/Jakarta"}, {}).zone == ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("BOCONSOLE_DATABASE", "mysql://x/y", "sqlite:///PATH or postgresql://"),
        ("BOCONSOLE_DATABASE", "postgresql:office", "sqlite:///PATH or postgresql://"),
        ("BOCONSOLE_DATABASE", "postgresql://[x/y", "sqlite:///PATH or postgresql://"),
        ("BOCONSOLE_DATABASE", "sqlite://", "the path of a file"),
        ("BOCONSOLE_DATABASE", "sqlite:my%20office.sqlite", "the path of a file"),
        ("BOCONSOLE_DATABASE", "sqlite://office.sqlite", "the path of a file"),
        ("BOCONSOLE_DATABASE", "sqlite:///a%00b", "the path of a file"),
        ("BOCONSOLE_CLOCK", "noon", "an ISO instant"),
        ("BOCONSOLE_CLOCK", "9999-12-31T23:59:59-23:00", "an ISO instant"),
        ("BOCONSOLE_CLOCK", "9999-12-31T23:59:59Z", "an ISO instant"),
        ("BOCONSOLE_CLOCK", "0001-01-01T00:00:00Z", "an ISO instant"),
        ("BOCONSOLE_ZONE", "Mars/Olympus", "a name of the time zone database"),
        ("BOCONSOLE_LANGUAGE", "fr", "en, id"),
        ("BOCONSOLE_THEME", "pink", "auto, dark, light, contrast, plain"),
        ("BOCONSOLE_CELL_DIFF", "maybe", "on, off"),
        ("BOCONSOLE_ATTACHMENT_LIMIT", "0", "a whole number from 1 to 500"),
        ("BOCONSOLE_ATTACHMENT_LIMIT", "many", "a whole number from 1 to 500"),
    ],
)
def test_bad_setting_is_named_with_what_is_allowed(name: str, value: str, allowed: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({name: value}, {})

    assert str(refused.value).startswith(f"{name} is '{value}'; allowed: ")
    assert allowed in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:se:cret@host/boconsole",
        "postgresql://ann@host:5432/boconsole?sslmode=require&password=se@cret",
        "postgresql:///boconsole?sslpassword=cret&user=ann",
    ],
)
def test_password_is_shown_nowhere(url: str) -> None:
    settings = read_settings({"BOCONSOLE_DATABASE": url}, {})
    with pytest.raises(SettingError) as refused:
        read_settings({"BOCONSOLE_DATABASE": "mysql://ann:cret@host/x"}, {})

    assert settings.database == url
    assert "cret" not in str(listed(settings))
    assert "cret" not in str(refused.value)


def test_every_setting_is_listed_with_its_meaning() -> None:
    rows = listed(read_settings({"BOCONSOLE_ATTACHMENT_LIMIT": "5"}, {}))

    assert [row[0] for row in rows] == [description.name for description in DESCRIPTIONS]
    assert all(row[3] for row in rows)
    assert ("BOCONSOLE_ATTACHMENT_LIMIT", "5", "environment") in [row[:3] for row in rows]


def test_bad_setting_stops_every_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOCONSOLE_THEME", "pink")

    code = main(["settings"])

    told = capsys.readouterr()
    assert (code, told.out) == (1, "")
    assert told.err == "BOCONSOLE_THEME is 'pink'; allowed: auto, dark, light, contrast, plain.\n"


def test_dotenv_of_the_working_folder_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("BOCONSOLE_THEME=light\n")
    monkeypatch.chdir(tmp_path)

    main(["settings"])

    (line,) = [line for line in capsys.readouterr().out.splitlines() if "_THEME" in line]
    assert line.split()[1:3] == ["light", ".env"]


def test_a_working_folder_that_is_closed_to_us_sets_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cron starts in the home of root, and goes on as another user."""
    stat = Path.stat

    def closed(path: Path, **how: bool) -> os.stat_result:
        if path == Path(".env"):
            raise PermissionError(errno.EACCES, "Permission denied", ".env")
        return stat(path, **how)

    monkeypatch.setattr(Path, "stat", closed)

    assert main(["settings"]) == 0
    assert "BOCONSOLE_THEME" in capsys.readouterr().out


def test_dotenv_that_is_no_text_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / ".env").write_bytes(b"BOCONSOLE_THEME=\xff\xfe\n")
    monkeypatch.chdir(tmp_path)

    code = main(["settings"])

    assert code == 1
    assert capsys.readouterr().err == f"{tmp_path}/.env cannot be read: it is not UTF-8 text.\n"
