"""Records move between the engines whole, or nothing of them does."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from boconsole import audit, filing, moving
from boconsole.assets import creating as assets
from boconsole.errors import NotAllowedError
from boconsole.knowledge import writing as articles
from boconsole.knowledge.writing import NewArticle
from boconsole.ledger import checking
from boconsole.session import Session
from boconsole.tickets import creating, reading
from boconsole.tickets.rows import File, NewTicket
from db import connection
from db.errors import StorageError
from db.moving import copying, target, words
from db.moving.errors import CopyDiffersError, InUseError, NotEmptyError
from db.reports import cells
from tests import wholeness
from tests.people import StandingClock, open_session

CONTENT = b"\x00\x01 not text \xff"


@pytest.fixture
def office(dealings: Session) -> Session:
    """Books with documents, an asset, an article, and a ticket with a file and a tag."""
    fields = {"tags": "café,moved", "requester": "Rini <rini@example.com>"}
    given = (File("scan.bin", CONTENT),)
    creating.create(dealings, NewTicket("Beamer ohne Ton", "Größe 投影", fields, files=given))
    assets.create(dealings, {"name": "Beamer", "serial": "SN-90", "note": "Besprechung"})
    articles.create(dealings, NewArticle("Ton am Beamer", "Kabel prüfen", "public", "", "beamer"))
    return dealings


def rows_of(path: Path) -> dict[str, list[str]]:
    """Read all tables of a file with nothing of ours: names to rows in one order."""
    with closing(sqlite3.connect(path)) as there:
        names = [row[0] for row in there.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_search%' "
            "ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name <> 'schema_migration'")]  # fmt: skip
        return {name: sorted(map(repr, there.execute(f"SELECT * FROM {name}"))) for name in names}


def words_of(path: Path) -> dict[str, list[list[str]]]:
    """Read all indexes of words: names to texts without what stands between words."""
    with closing(sqlite3.connect(path)) as there:
        listed = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%' ORDER BY name"
        names = [row[0] for row in there.execute(listed)]
        return {name: [" ".join(map(str, row)).split() for row in
                       there.execute(f"SELECT rowid, * FROM {name} ORDER BY rowid")]
                for name in names}  # fmt: skip


def test_records_come_back_from_postgresql_as_they_left(
    postgres_url: str, office: Session, tmp_path: Path
) -> None:
    here, back = connection.file(), tmp_path / "back" / "again.sqlite"
    assert here is not None

    there = moving.move(office, postgres_url)
    on_server = open_session(postgres_url, StandingClock())
    faults = [*wholeness.faults(), *checking.check(on_server).faults, *cells.differing()]
    added = creating.create(on_server, NewTicket("The numbers go on")).id
    moving.move(on_server, f"sqlite:///{back}")

    assert (there.files, there.lost, faults) == (1, 0, [])
    session = open_session(f"sqlite:///{back}", StandingClock())
    assert (audit.verify().broken, wholeness.faults()) == (0, [])
    assert checking.check(session).faults == ()
    assert added == 2
    sha256 = connection.fetch("SELECT sha256 FROM attachment")[0][0]
    assert filing.content("scan.bin", sha256) == CONTENT
    before, after = rows_of(here), rows_of(back)
    assert sorted(before) == sorted(after)
    marked = {"report_mark"}  # hours of tickets, marked anew as they arrive
    grown = {name for name in before if before[name] != after[name]} - marked
    assert grown <= {"ticket", "audit_entry", "audit_head", "state_span", "sla_clock", "message",
                     "notification", "ticket_watcher"}  # fmt: skip
    assert all(set(before[name]) <= set(after[name]) for name in grown - {"audit_head"})
    found, again = words_of(here), words_of(back)
    assert all(found[name] == again[name][: len(found[name])] for name in found)
    assert all(found[f"{name}_search"] for name in ("ticket", "asset", "article", "contact"))
    assert cells.differing() == []


def test_what_was_posted_cannot_be_changed_after_a_move(postgres_url: str, office: Session) -> None:
    def guards() -> list[str]:
        found = connection.fetch("SELECT tgname FROM pg_trigger WHERE tgenabled = 'O' ORDER BY 1")
        indexes = connection.fetch("SELECT indexdef FROM pg_indexes ORDER BY 1")
        keys = connection.fetch("SELECT conname FROM pg_constraint WHERE contype = 'f' ORDER BY 1")
        return [row[0] for row in (*found, *indexes, *keys)
                if not row[0].startswith("RI_ConstraintTrigger")]  # fmt: skip

    here = connection.address()
    connection.open_database(postgres_url)
    wanted = guards()
    connection.open_database(here)

    moving.move(office, postgres_url)

    connection.open_database(postgres_url)
    assert guards() == wanted
    with pytest.raises(Exception, match=r"posted|never"):
        connection.execute("UPDATE posting SET amount = amount + 1 WHERE posted")
    with pytest.raises(Exception, match="append"):
        connection.execute("DELETE FROM audit_entry")


@pytest.fixture(params=["sqlite", "postgresql"])
def target_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty target, once for each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/target.sqlite"
    else:
        yield str(request.getfixturevalue("postgres_url"))


def test_a_row_that_does_not_arrive_takes_all_back(
    target_url: str, office: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lossy(table: object, rows: object, load=target.load) -> None:  # type: ignore[no-untyped-def]
        if table.name == "posting":  # type: ignore[attr-defined]
            rows = [[*chunk[1:]] for chunk in rows]  # type: ignore[attr-defined]
        load(table, rows)

    monkeypatch.setattr(target, "load", lossy)
    here = connection.address()

    with pytest.raises((CopyDiffersError, StorageError), match="posting"):
        moving.move(office, target_url)

    assert connection.address() == here
    assert [path.name for path in tmp_path.glob("target*")] == []
    if "postgresql" in target_url:
        connection.open_database(target_url)
        assert connection.fetch("SELECT count(*) FROM ledger_account") == [(0,)]
        assert connection.fetch("SELECT last_id FROM audit_head") == [(0,)]


def test_a_database_with_records_is_no_target(
    session: Session, sqlite_template: Path, tmp_path: Path
) -> None:
    creating.create(session, NewTicket("Theirs"))
    there = connection.address()
    shutil.copy(sqlite_template, tmp_path / "other.sqlite")
    mine = open_session(f"sqlite:///{tmp_path}/other.sqlite", StandingClock())

    with pytest.raises(NotEmptyError):
        moving.move(mine, there)

    assert reading.get(open_session(there, StandingClock()), 1).subject == "Theirs"


def test_nothing_moves_while_somebody_writes(
    office: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.moving.source.PATIENCE", 0.1)
    path = connection.file()
    opened = moving.fresh

    def fresh(to: str):  # type: ignore[no-untyped-def]
        writer.execute("BEGIN IMMEDIATE")
        return opened(to)

    monkeypatch.setattr(moving, "fresh", fresh)
    with (
        closing(sqlite3.connect(str(path), isolation_level=None)) as writer,
        pytest.raises(InUseError),
    ):
        moving.move(office, f"sqlite:///{tmp_path}/target.sqlite")

    assert [found.name for found in tmp_path.glob("target*")] == []


def test_only_who_may_moves_records(office: Session, tmp_path: Path) -> None:
    clerk = replace(office, permissions=office.permissions - {"database.move"})

    with pytest.raises(NotAllowedError):
        moving.move(clerk, f"sqlite:///{tmp_path}/target.sqlite")


def test_every_index_of_words_can_be_made_again(session: Session) -> None:
    assert words.unknown() == []


def test_the_same_rows_in_another_order_have_the_same_sum() -> None:
    rows = [(1, "a", None), (2, "b", 3), (2, "b", 3)]
    one, other, changed = copying.Sum(), copying.Sum(), copying.Sum()

    one.add(rows)
    other.add(rows[:1])
    other.add(rows[:0:-1])
    changed.add([(1, "a", None), (1, "a", None), (2, "b", 3)])

    assert one.equals(other)
    assert not one.equals(changed)
