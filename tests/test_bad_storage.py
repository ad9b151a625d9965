"""Bad places to keep records: each is refused in a sentence, and nothing is lost."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import peewee
import pytest

from boconsole import filing, logs
from boconsole.changes import Follower
from boconsole.filing import AttachmentNotKeptError
from boconsole.session import Session
from boconsole.tickets import attaching, changing, creating, reading, replying
from boconsole.tickets.rows import File, NewTicket, Ref
from db import connection, upgrading
from db.errors import (
    DatabaseFullError,
    DatabaseLostError,
    DatabaseReadOnlyError,
    DatabaseUnreachableError,
    NewerDatabaseError,
    NotADatabaseError,
    OtherDatabaseError,
    StorageError,
)
from tests import wholeness

ROOT = Path(__file__).parent.parent
HUGE = "x" * 90_000


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def fingerprint(folder: Path) -> dict[str, str]:
    """Return name and hash of every file in a folder."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file()
    }


def open_and_upgrade(url: str) -> None:
    try:
        connection.open_database(url)
        upgrading.upgrade()
    finally:
        connection.close_database()


def add_newer_migration(url: str) -> None:
    connection.open_database(url)
    connection.execute(
        "INSERT INTO schema_migration (name, applied) VALUES ('9999_from_the_future', "
        "'2030-01-01 00:00:00')"
    )
    connection.close_database()


def test_a_newer_database_is_refused(database_url: str) -> None:
    add_newer_migration(database_url)

    with pytest.raises(NewerDatabaseError, match=r"9999_from_the_future.*Upgrade boconsole"):
        open_and_upgrade(database_url)


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_newer_database_is_left_as_it_is(sqlite_url: str, journal: str) -> None:
    add_newer_migration(sqlite_url)
    with sqlite3.connect(path_of(sqlite_url)) as handle:
        handle.execute(f"PRAGMA journal_mode = {journal}")
    handle.close()
    before = fingerprint(path_of(sqlite_url).parent)

    with pytest.raises(NewerDatabaseError):
        open_and_upgrade(sqlite_url)

    assert fingerprint(path_of(sqlite_url).parent) == before


def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "bookmarks.sqlite") as handle:
        handle.execute("CREATE TABLE bookmark (url TEXT)")
    handle.close()
    before = fingerprint(tmp_path)

    with pytest.raises(OtherDatabaseError, match="another program"):
        open_and_upgrade(f"sqlite:///{tmp_path}/bookmarks.sqlite")

    assert fingerprint(tmp_path) == before


def write_text(path: Path) -> None:
    path.write_text("Dear diary, " * 500)


def write_zeros(path: Path) -> None:
    path.write_bytes(bytes(8192))


@pytest.mark.parametrize("spoil", [write_text, write_zeros])
def test_a_file_that_is_no_database_is_left_as_it_is(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    path = tmp_path / "diary.sqlite"
    spoil(path)
    before = fingerprint(tmp_path)

    with pytest.raises(NotADatabaseError, match="is not a database or is damaged"):
        open_and_upgrade(f"sqlite:///{path}")

    assert fingerprint(tmp_path) == before


def cut(path: Path) -> None:
    os.truncate(path, 3 * 4096 + 100)


def scribble(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))


@pytest.mark.parametrize("spoil", [cut, scribble])
def test_a_damaged_database_is_refused(sqlite_url: str, spoil: Callable[[Path], None]) -> None:
    spoil(path_of(sqlite_url))
    before = fingerprint(path_of(sqlite_url).parent)

    with pytest.raises(NotADatabaseError, match="put back a backup"):
        open_and_upgrade(sqlite_url)

    assert fingerprint(path_of(sqlite_url).parent) == before


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite"
    path.touch()

    open_and_upgrade(f"sqlite:///{path}")

    assert path.read_bytes()[:15] == b"SQLite format 3"


@pytest.mark.parametrize(
    "place", ["", "missing/../file.txt/inside.sqlite", "n" * 300, "/proc/nowhere/b.sqlite"]
)
def test_a_place_where_no_file_can_be_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file.txt").touch()

    with pytest.raises(DatabaseUnreachableError, match="cannot be opened"):
        open_and_upgrade(f"sqlite:///{tmp_path / place}")


def test_a_missing_database_is_not_made_where_one_is_expected(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachableError, match="no such file"):
        connection.open_database(f"sqlite:///{tmp_path}/typo.sqlite", create=False)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody@127.0.0.1:1/nothing",
        "postgresql://nobody@/nothing?host=/nowhere",
        "postgresql://nobody@host.invalid/nothing?connect_timeout=2",
        "postgresql://nobody@127.0.0.1/nothing?colour=red",
        "postgresql://nobody:secret@127.0.0.1:99999/nothing",
    ],
)
def test_a_server_that_does_not_answer_is_named_without_password(url: str) -> None:
    with pytest.raises(DatabaseUnreachableError, match="cannot be opened") as refused:
        open_and_upgrade(url)

    assert "secret" not in str(refused.value)


def test_a_full_database_keeps_what_it_has(local_session: Session) -> None:
    ticket = creating.create(local_session, NewTicket("Before"))
    pages = connection.fetch("PRAGMA page_count")[0][0]
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    with pytest.raises(DatabaseFullError, match="nothing was saved"):
        replying.reply(local_session, ticket, HUGE)
    with pytest.raises(DatabaseFullError):
        creating.create(local_session, NewTicket("After", HUGE))
    still = reading.get(local_session, ticket.id)
    faults = wholeness.faults()
    connection.execute("PRAGMA max_page_count = 1000000")
    replying.reply(local_session, still, HUGE)

    assert (still.version, faults) == (1, [])
    assert HUGE in [entry.text for entry in reading.timeline(local_session, ticket.id)]
    assert wholeness.faults() == []


def test_a_database_that_turns_read_only_keeps_what_it_has(session: Session) -> None:
    ticket = creating.create(session, NewTicket("Before"))
    lock, unlock = {
        "sqlite": ("PRAGMA query_only = 1", "PRAGMA query_only = 0"),
        "postgresql": (
            "SET default_transaction_read_only = on", "SET default_transaction_read_only = off",
        ),
    }[connection.engine()]  # fmt: skip
    connection.execute(lock)

    with pytest.raises(DatabaseReadOnlyError, match="cannot be written; nothing was saved"):
        changing.edit(session, [ticket], {"subject": "After"})
    there = reading.get(session, ticket.id)
    connection.execute(unlock)
    changing.edit(session, [there], {"subject": "After"})

    assert there.subject == "Before"
    assert reading.get(session, ticket.id).subject == "After"
    assert wholeness.faults() == []


def end_connections(url: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as handle:
        handle.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def remote_session(request: pytest.FixtureRequest) -> Session:
    """An administrator on a fresh PostgreSQL database."""
    from tests.people import StandingClock, open_session

    return open_session(request.getfixturevalue("postgres_url"), StandingClock())


def test_a_lost_server_is_named_and_found_again(remote_session: Session) -> None:
    ticket = creating.create(remote_session, NewTicket("Before"))
    end_connections(connection.address())

    with pytest.raises(DatabaseLostError, match="cannot be reached any more"):
        changing.edit(remote_session, [ticket], {"subject": "After"})
    there = reading.get(remote_session, ticket.id)
    changing.edit(remote_session, [there], {"subject": "After"})

    assert there.subject == "Before"
    assert reading.get(remote_session, ticket.id).subject == "After"


def test_a_server_lost_within_an_operation_leaves_nothing(remote_session: Session) -> None:
    ticket = creating.create(remote_session, NewTicket("Before"))

    def edit_while_the_server_goes_away() -> None:
        with connection.transaction():
            changing.edit(remote_session, [ticket], {"subject": "After"})
            end_connections(connection.address())
            connection.executemany("UPDATE ticket SET subject = ?", [("Half",)])

    with pytest.raises(DatabaseLostError):
        edit_while_the_server_goes_away()

    assert reading.get(remote_session, ticket.id).subject == "Before"
    assert wholeness.faults() == []


def test_a_server_lost_while_reading_is_found_again(remote_session: Session) -> None:
    end_connections(connection.address())

    with pytest.raises(DatabaseLostError):
        reading.count(remote_session, "any")

    assert reading.count(remote_session, "any").number == 0


def poll_for_a_second(follower: Follower) -> None:
    for _ in range(50):
        follower.poll()
        time.sleep(0.02)


def test_a_follower_finds_a_lost_server_again(remote_session: Session) -> None:
    follower = Follower(remote_session)
    follower.poll()
    end_connections(connection.address())

    with pytest.raises(DatabaseLostError):
        poll_for_a_second(follower)
    connection.release()
    made = creating.create(remote_session, NewTicket("Meanwhile"))
    heard = follower.poll()
    follower.close()

    assert [(each.feature, each.ids) for each in heard] == [("ticket", {made.id})]


def test_an_attachment_that_cannot_be_kept_is_refused(local_session: Session) -> None:
    ticket = creating.create(local_session, NewTicket("Printer"))
    (filing.folder() or Path()).write_text("in the way")

    with pytest.raises(AttachmentNotKeptError, match=r"a\.txt could not be kept.*nothing was"):
        replying.reply(local_session, ticket, "See this", files=[File("a.txt", b"important")])

    assert reading.get(local_session, ticket.id).version == 1
    assert [e.text for e in reading.timeline(local_session, ticket.id) if e.text] == []
    assert wholeness.faults() == []


def test_an_attachment_on_a_full_disk_leaves_nothing(
    local_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = creating.create(local_session, NewTicket("Printer"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(filing.os, "fsync", full)
        with pytest.raises(AttachmentNotKeptError, match="No space left on device"):
            replying.reply(local_session, ticket, "See", files=[File("a.txt", b"important")])
    left = [path.name for path in (filing.folder() or Path()).rglob("*") if path.is_file()]
    replying.reply(local_session, ticket, "See", files=[File("a.txt", b"important")])

    assert left == []
    assert attaching.content(local_session, ticket.id, 1) == ("a.txt", b"important")


def in_own_mounts(script: str, *words: object) -> subprocess.CompletedProcess[str]:
    """Run a shell script that may mount; what it mounts is gone when it ends."""
    if (
        shutil.which("unshare") is None
        or subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("mounting is not allowed here")
    return subprocess.run(
        ["unshare", "-rm", "sh", "-ec", script, "sh", *map(str, words)],
        capture_output=True, text=True, timeout=60, check=False, cwd=ROOT,
        env={**os.environ, "BOCONSOLE_USER": "root", "PYTHON": sys.executable},
    )  # fmt: skip


READ_ONLY = """
mount -t tmpfs -o size=20m none "$1"
cp "$2" "$1/b.sqlite"
mount -o remount,ro "$1"
set +e
"$PYTHON" -m boconsole --database "sqlite:///$1/b.sqlite" tickets new --subject Printer
echo "rc $?"
set -e
cmp "$2" "$1/b.sqlite"
ls "$1"
"""


def test_a_read_only_disk_is_named(sqlite_url: str, tmp_path: Path) -> None:
    place = tmp_path / "disk"
    place.mkdir()

    run = in_own_mounts(READ_ONLY, place, path_of(sqlite_url))

    assert run.stdout.split() == ["rc", "1", "b.sqlite"], run
    assert "cannot be written; nothing was saved" in run.stderr
    assert "Traceback" not in run.stderr


FULL = """
mount -t tmpfs -o size=$(($(stat -c %s "$2") + 1000000)) none "$1"
cp "$2" "$1/b.sqlite"
boconsole() { "$PYTHON" -m boconsole --database "sqlite:///$disk/b.sqlite" "$@"; }
disk="$1"
boconsole tickets new --subject Before
dd if=/dev/zero of="$1/filler" bs=4k 2>/dev/null || true
set +e
head -c 90000 /dev/zero | tr '\\0' x | boconsole tickets reply TKT-1 >&2
echo "rc $?"
boconsole tickets reply TKT-1 --text "See this" --attach "$3" >&2
echo "rc $?"
set -e
rm "$1/filler"
find "$1" -name '*.partial'
boconsole audit verify >&2
boconsole tickets reply TKT-1 --text "See this" --attach "$3"  >&2
boconsole --json tickets show TKT-1 | grep -c 'See this'
"""


def test_a_full_disk_is_named_and_nothing_is_lost(sqlite_url: str, tmp_path: Path) -> None:
    place, file = tmp_path / "disk", tmp_path / "file.bin"
    place.mkdir()
    file.write_bytes(os.urandom(300_000))

    run = in_own_mounts(FULL, place, path_of(sqlite_url), file)

    assert run.returncode == 0, run
    assert [line for line in run.stdout.splitlines() if "TKT" not in line] == ["rc 1"] * 2 + ["1"]
    assert run.stderr.count("The disk of the database is full; nothing was saved.") == 2
    assert "all sealed as written" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_file_size_limit_is_named_and_nothing_is_lost(local_session: Session) -> None:
    ticket = creating.create(local_session, NewTicket("Before"))
    url = connection.address()
    connection.release()

    run = subprocess.run(
        [sys.executable, "-c", LIMITED, "--database", url,
         "tickets", "reply", "TKT-1", "--text", HUGE],
        capture_output=True, text=True, timeout=60, check=False, cwd=ROOT,
        env={**os.environ, "BOCONSOLE_USER": "root"},
    )  # fmt: skip

    assert run.returncode == 1
    assert run.stderr.startswith("The database ")
    assert "Traceback" not in run.stderr
    assert wholeness.faults() == []
    replying.reply(local_session, Ref(ticket.id), HUGE)


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))
from boconsole.doors.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_fault_that_caused_itself_is_logged_once(tmp_path: Path) -> None:
    fault = ValueError("round and round")
    fault.__cause__ = fault

    assert logs.write_fault(fault, tmp_path / "log")
    assert (tmp_path / "log").read_text().count("ValueError") == 1


def test_a_fault_of_a_statement_is_raised_as_it_is(session: Session) -> None:
    with pytest.raises(peewee.PeeweeException) as raised, connection.transaction():
        connection.execute("SELECT nothing FROM nowhere")

    assert raised.value.__cause__ is not raised.value


def test_every_storage_refusal_is_one_sentence_or_two() -> None:
    made = [
        DatabaseFullError(), DatabaseReadOnlyError(), NotADatabaseError(),
        NewerDatabaseError("0009_x"), OtherDatabaseError("/b.sqlite"),
        DatabaseLostError("/b.sqlite", "disk I/O error"),
        DatabaseUnreachableError("/b.sqlite", "it is a folder"),
    ]  # fmt: skip

    assert all(isinstance(error, StorageError) for error in made)
    assert all(str(error).endswith(".") and "\n" not in str(error) for error in made)
