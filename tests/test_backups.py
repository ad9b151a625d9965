"""Backups: whole, read again, kept by rule, and put back with what was there kept."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from boconsole import audit, backups, filing, retention
from boconsole.errors import InvalidChangeError
from boconsole.session import Session
from boconsole.tickets import creating
from boconsole.tickets.rows import File, NewTicket
from boconsole.whole_files import UnwrittenError
from db import connection
from db.errors import NewerDatabaseError, NotADatabaseError, OtherDatabaseError, StorageError
from db.moving.errors import InUseError
from tests import wholeness
from tests.people import StandingClock, open_session

CONTENT = b"\x89 a drawing \x00"


@pytest.fixture
def kept(session: Session, tmp_path: Path) -> Path:
    """A backup of a ticket with a file; afterwards a second ticket came."""
    given = (File("plan.bin", CONTENT),)
    creating.create(session, NewTicket("Before", "words to find", files=given))
    made = backups.backup(session, tmp_path / "kept.sqlite")
    creating.create(session, NewTicket("After"))
    assert (made.files, made.lost) == (1, 0)
    return made.path


def subjects() -> list[str]:
    return [row[0] for row in connection.fetch("SELECT subject FROM ticket ORDER BY id")]


def test_what_is_put_back_is_what_was_there(session: Session, kept: Path, tmp_path: Path) -> None:
    address = connection.address()

    done = backups.restore(address, kept, "root")

    again = open_session(address, StandingClock())
    assert (subjects(), wholeness.faults()) == (["Before"], [])
    sha256 = connection.fetch("SELECT sha256 FROM attachment")[0][0]
    assert filing.content("plan.bin", sha256) == CONTENT
    last = audit.recent(again, 0, 1)[0]
    assert (last.action, last.changes[0].after) == ("database.restore", "kept.sqlite")
    assert done.kept is not None
    connection.open_database(f"sqlite:///{done.kept}")
    assert subjects() == ["Before", "After"]


def test_a_backup_is_for_its_owner_and_replaces_nothing(session: Session, kept: Path) -> None:
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    content = kept.read_bytes()

    with pytest.raises(UnwrittenError):
        backups.backup(session, kept)

    assert kept.read_bytes() == content
    assert [path.name for path in kept.parent.glob("kept*")] == ["kept.sqlite"]


def damaged(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(os.urandom(40_000))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 8_192)


def newer(path: Path) -> None:
    sql(path, "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '')")


def foreign(path: Path) -> None:
    path.unlink()
    sql(path, "CREATE TABLE something (else_ text)")


def retold(path: Path) -> None:
    sql(
        path,
        "DROP TRIGGER audit_entry_no_update",
        "UPDATE audit_entry SET actor = 'x' WHERE id = 2",
    )


def text(path: Path) -> None:
    path.write_text("no database")


def sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as there:
        for statement in statements:
            there.execute(statement)
        there.commit()


@pytest.mark.parametrize(
    ("harm", "refusal"),
    [
        (damaged, NotADatabaseError), (cut, NotADatabaseError), (newer, NewerDatabaseError),
        (foreign, OtherDatabaseError), (retold, backups.BrokenTrailError),
        (text, NotADatabaseError), (Path.unlink, NotADatabaseError),
    ],
)  # fmt: skip
def test_a_file_that_is_no_whole_backup_changes_nothing(
    local_session: Session, tmp_path: Path, harm: Callable[[Path], object], refusal: type[Exception]
) -> None:
    creating.create(local_session, NewTicket("Before"))
    address, path = connection.address(), tmp_path / "kept.sqlite"
    backups.backup(local_session, path)
    creating.create(local_session, NewTicket("After"))
    harm(path)
    connection.close_database()
    there = sorted(found.name for found in tmp_path.glob("*"))

    with pytest.raises(refusal):
        backups.restore(address, path, "root")

    assert sorted(found.name for found in tmp_path.glob("*")) == there
    connection.open_database(address)
    assert (subjects(), wholeness.faults()) == (["Before", "After"], [])


def test_records_that_somebody_has_open_are_not_replaced(
    local_session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.moving.sqlite_files.PATIENCE", 0.1)
    backups.backup(local_session, tmp_path / "kept.sqlite")
    address, file = connection.address(), connection.file()
    console = subprocess.Popen(
        [sys.executable, "-c", OPEN, str(file)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert console.stdout is not None
    console.stdout.readline()

    with pytest.raises(InUseError):
        backups.restore(address, tmp_path / "kept.sqlite", "root")
    console.communicate("")
    backups.restore(address, tmp_path / "kept.sqlite", "root")

    assert len(list(tmp_path.glob("*.before-restore-*"))) == 1


OPEN = """
import sqlite3, sys
there = sqlite3.connect(sys.argv[1])
there.execute("SELECT count(*) FROM ticket").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


def test_a_broken_database_is_replaced_too(local_session: Session, tmp_path: Path) -> None:
    creating.create(local_session, NewTicket("Before"))
    backups.backup(local_session, tmp_path / "kept.sqlite")
    address, file = connection.address(), connection.file()
    connection.close_database()
    assert file is not None
    file.write_bytes(b"rubbish" * 5_000)

    done = backups.restore(address, tmp_path / "kept.sqlite", "root")

    connection.open_database(address)
    assert subjects() == ["Before"]
    assert done.kept is not None
    assert done.kept.read_bytes().startswith(b"rubbish")


def test_a_backup_that_cannot_be_read_again_gets_no_name(
    local_session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def harmed(path: Path, copy=backups.sqlite_files.examine):  # type: ignore[no-untyped-def]
        damaged(path)
        return copy(path)

    monkeypatch.setattr(backups.sqlite_files, "examine", harmed)

    with pytest.raises(StorageError):
        backups.backup(local_session, tmp_path / "kept.sqlite")

    assert list(tmp_path.glob("kept*")) == []


def test_a_folder_keeps_what_the_rules_say(local_session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "nightly"
    folder.mkdir()
    now = datetime.now(UTC)
    for days in range(1, 10):
        (folder / backups.name_at(now - timedelta(days=days))).write_text("old")
    (folder / "boconsole-notes.sqlite").write_text("mine")

    made, removed = backups.backup_into(local_session, folder, {"daily": 3})

    assert len(removed) == 7
    there = backups.listed(folder)
    assert there[max(there)] == made.path
    assert len(there) == 3
    assert (folder / "boconsole-notes.sqlite").exists()


def test_two_backups_into_one_folder_do_not_meet(local_session: Session, tmp_path: Path) -> None:
    with (
        backups._alone(tmp_path),
        pytest.raises(backups.BackupRunningError),
    ):
        backups.backup_into(local_session, tmp_path, {})

    assert backups.listed(tmp_path) == {}
    assert backups.backup_into(local_session, tmp_path, {})[0].path.exists()


def test_retention_keeps_the_newest_of_each_span() -> None:
    nights = [datetime(2026, 1, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(120)]

    stay = retention.kept(nights, retention.read_rules("daily=7,weekly=4,monthly=12"))

    days = sorted(f"{at:%m-%d}" for at in stay)
    assert days == ["01-31", "02-28", "03-31", "04-12", "04-19", "04-24", "04-25", "04-26",
                    "04-27", "04-28", "04-29", "04-30"]  # fmt: skip
    assert retention.kept(nights, {}) == set(nights)


@pytest.mark.parametrize("words", ["daily", "daily=0", "daily=-1", "nightly=3", "daily=x"])
def test_rules_that_mean_nothing_are_refused(words: str) -> None:
    with pytest.raises(InvalidChangeError):
        retention.read_rules(words)


def test_the_command_asks_before_it_replaces(command, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    command("tickets", "new", "--subject", "Before", BOCONSOLE_USER="root")
    made = command(
        "backup", "--to", str(tmp_path / "b"), "--keep", "daily=2", BOCONSOLE_USER="root"
    )
    (path,) = backups.listed(tmp_path / "b").values()
    command("tickets", "new", "--subject", "After", BOCONSOLE_USER="root")

    asked = command("restore", str(path), BOCONSOLE_USER="root")
    done = command("restore", str(path), "--yes", BOCONSOLE_USER="root")
    after = command("tickets", "list", "--json", BOCONSOLE_USER="root")

    assert (made.returncode, asked.returncode, done.returncode) == (0, 1, 0), done.stderr
    assert "--yes" in asked.stderr
    assert ("Before" in after.stdout, "After" in after.stdout) == (True, False)
