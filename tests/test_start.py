"""Starting: nothing is imported before it is needed, and no start ends in a traceback."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boconsole import __version__, logs
from boconsole.doors import arguments

HEAVY = ("textual", "rich", "peewee", "psycopg", "babel", "logging", "argparse")


def modules_after(code: str) -> set[str]:
    """Return the modules of a fresh interpreter that ran some code."""
    finished = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{code}\nimport sys\n"
            "print('\\n', *[key for key, found in sys.modules.items() if found])",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(finished.stdout.splitlines()[-1].split())


def test_version_needs_neither_textual_nor_peewee() -> None:
    loaded = modules_after("from boconsole.doors.main import main; main(['--version'])")

    assert not loaded & set(HEAVY)


def test_version_is_printed(command: Callable[..., Any]) -> None:
    finished = command("--version")

    assert (finished.returncode, finished.stderr) == (0, "")
    assert finished.stdout == f"boconsole {__version__}\n"


@pytest.mark.parametrize("words", [["tickets", "list", "--help"], ["settings"]])
def test_help_and_settings_touch_no_database(words: list[str]) -> None:
    loaded = modules_after(f"from boconsole.doors.main import main; main({words!r})")

    assert not loaded & {"textual", "rich", "peewee", "psycopg", "babel"}


def test_what_is_imported_is_not_searched_for_garbage() -> None:
    finished = subprocess.run(
        [
            sys.executable,
            "-c",
            "import gc, sys\n"
            "from boconsole.doors.main import main\n"
            "searches = []\n"
            "def searched(phase, _facts):\n"
            "    searches.append(f'{phase} without {command}' * (command not in sys.modules))\n"
            "command = 'boconsole.doors.commands.house'\n"
            "gc.callbacks.append(searched)\n"
            "main(['settings'])\n"
            "print([each for each in searches if each], gc.isenabled())",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert finished.stdout.splitlines()[-1] == "[] True"


def test_business_hours_touch_no_database(tmp_path: Path) -> None:
    calendar = tmp_path / "cal.toml"
    calendar.write_text('timezone = "UTC"\n[hours]\nmon = ["09:00-17:00"]\n')
    words = ["sla", "due", "--calendar", str(calendar), "--start", "2024-01-01", "--minutes", "5"]

    loaded = modules_after(f"from boconsole.doors.main import main; main({words!r})")

    assert not loaded & {"textual", "rich", "peewee", "psycopg", "babel"}


def test_commands_on_tickets_need_no_screen(sqlite_url: str) -> None:
    words = ["--database", sqlite_url, "tickets", "new", "--subject", "x"]

    loaded = modules_after(f"from boconsole.doors.main import main; main({words!r})")

    assert not loaded & {"textual", "rich", "screens"}


def test_rules_load_without_textual() -> None:
    loaded = modules_after(
        "import pkgutil, importlib, boconsole\n"
        "for found in pkgutil.walk_packages(boconsole.__path__, 'boconsole.'):\n"
        "    found.name.endswith('__main__') or importlib.import_module(found.name)"
    )

    assert "boconsole.tickets.changing" in loaded
    assert not loaded & {"textual", "screens"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"this is no database, whatever its name says" * 100, "is not a database or is damaged"),
        (b"\x00" * 8192, "is not a database or is damaged"),
    ],
)
def test_file_that_is_no_database_is_refused(
    command: Callable[..., Any], tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "odd.sqlite"
    path.write_bytes(content)

    refused = command("tickets", "list", database=f"sqlite:///{path}")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert reason in refused.stderr
    assert path.read_bytes() == content


def test_folder_in_place_of_a_database_is_refused(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    refused = command("tickets", "list", database=f"sqlite:///{tmp_path}")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "cannot be opened" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_server_that_does_not_answer_is_refused(command: Callable[..., Any]) -> None:
    refused = command("tickets", "list", database="postgresql://ann:secret@127.0.0.1:1/none")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "cannot be opened" in refused.stderr
    assert "secret" not in refused.stderr


def test_newer_database_is_refused(command: Callable[..., Any], sqlite_url: str) -> None:
    import sqlite3

    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as handle:
        handle.execute("UPDATE schema_migration SET name = '9999_future' WHERE id = 1")
    handle.close()

    refused = command("tickets", "list")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "newer version of boconsole" in refused.stderr


def test_missing_database_is_made(command: Callable[..., Any], tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/new/folder/b.sqlite"

    made = command("init", database=address)

    assert made.returncode == 0
    files = list((tmp_path / "new" / "folder").iterdir())
    assert tmp_path / "new" / "folder" / "b.sqlite" in files
    assert [file.name for file in files if file.stat().st_mode & 0o077] == []


def test_log_says_where_but_not_who(tmp_path: Path) -> None:
    path = tmp_path / "fault.log"
    secret = "cannot reach postgresql://ann:pw@host for bob@acme.example, salary 12,345,678"
    secret += "\nDETAIL:  Failing row contains (3, health, penicillin)."
    try:
        raise ValueError(secret)
    except ValueError as fault:
        written = logs.write_fault(fault, path)

    text = path.read_text()
    assert written
    assert "test_start.py" in text
    assert "ValueError" in text
    told = text.split("Error: ")[1]
    assert not [word for word in ("pw@", "bob@", "12,345,678", "penicillin") if word in told]


def test_log_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LARGEST", 10)
    path = tmp_path / "fault.log"

    for number in range(6):
        logs.write_fault(ValueError(f"fault-{number}"), path)

    names = sorted(file.name for file in tmp_path.iterdir() if file.name.startswith("fault"))
    assert names == ["fault.log", "fault.log.1", "fault.log.2", "fault.log.3"]
    assert "fault-5" in path.read_text()
    assert "fault-2" in (tmp_path / "fault.log.3").read_text()


def test_log_that_cannot_be_written_is_no_second_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert logs.write_fault(ValueError(), tmp_path / "file" / "fault.log") is False


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_database_that_cannot_be_written_is_still_read(
    command: Callable[..., Any], sqlite_url: str
) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    command("tickets", "new", "--subject", "x")
    path.chmod(0o400)

    listed = command("tickets", "list")
    refused = command("tickets", "new", "--subject", "y")

    assert listed.returncode == 0
    assert refused.returncode == 1
    assert "cannot be written" in refused.stderr


def test_an_sqlite_command_does_not_load_the_driver_of_postgresql(sqlite_url: str) -> None:
    words = ["--database", sqlite_url, "tickets", "count"]

    loaded = modules_after(f"from boconsole.doors.main import main; main({words!r})")

    assert "peewee" in loaded
    assert "psycopg" not in loaded


@pytest.mark.parametrize(
    ("verb", "module"),
    [("balances", "balances"), ("balance-sheet", "statements.position")],
)
def test_reading_the_books_loads_no_rule_of_what_is_not_due(
    sqlite_url: str, verb: str, module: str
) -> None:
    words = ["--database", sqlite_url, "ledger", verb]

    loaded = modules_after(f"from boconsole.doors.main import main; main({words!r})")

    assert f"boconsole.ledger.{module}" in loaded
    assert not loaded & {
        "boconsole.tickets.writing", "boconsole.ledger.entries", "boconsole.filters",
    }  # fmt: skip


def test_command_builds_the_parsers_of_its_own_words_alone() -> None:
    whole, typed = arguments.tree(), arguments.tree(["ledger", "balances", "--json"])

    assert parsers(typed) == {"boconsole", "boconsole ledger", "boconsole ledger balances"}
    assert parsers(typed) < parsers(whole)
    assert list(words_of(whole)) == [name for names in arguments.AREAS.values() for name in names]


def test_command_loads_the_arguments_of_its_own_area_alone(sqlite_url: str) -> None:
    words = ["--database", sqlite_url, "tickets", "list", "ledger"]

    loaded = modules_after(f"from boconsole.doors.main import main; main({words!r})")

    areas = {name for name in loaded if name.endswith("_arguments")}
    assert areas == {"boconsole.doors.ticket_arguments"}


@pytest.mark.parametrize("words", [["nonsense"], ["--database", "tickets", "nonsense"], ["-h"]])
def test_who_names_no_area_is_told_of_all(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        arguments.parse(words)

    told = "".join(capsys.readouterr())
    assert all(name in told for names in arguments.AREAS.values() for name in names)


def parsers(tree: arguments.Parser) -> set[str]:
    """Return the words of a parser and of those below it."""
    below = [part for part in words_of(tree).values() if isinstance(part, arguments.Parser)]
    return {tree.prog}.union(*(parsers(part) for part in below))


def words_of(tree: arguments.Parser) -> dict[str, object]:
    """Return the words that a parser takes next, with what reads on from there."""
    for action in tree._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}
