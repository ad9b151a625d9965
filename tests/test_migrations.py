"""The schema: from nothing, from any earlier state, whole or not at all."""

import importlib
import pkgutil
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playhouse.migrations import Runner

import db
from boconsole import audit
from boconsole.session import Session
from boconsole.tickets import creating, reading
from boconsole.tickets.rows import NewTicket
from db import connection, upgrading
from db.base import Table, database
from db.errors import DatabaseFullError
from tests import wholeness
from tests.people import StandingClock, open_session
from tests.together import write_at_once

KNOWN = upgrading.known()
UPGRADE = """
from db import connection, upgrading
from tests import people

def write(url, number):
    connection.open_database(url)
    upgrading.upgrade()
    assert upgrading.applied() == upgrading.known()
    connection.close_database()
"""
SIGN_IN = (
    UPGRADE
    + """
    people.open_session(url, people.StandingClock())
    connection.close_database()
"""
)
ADDS = '''
"""Add a column and a row."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE tag ADD COLUMN colour text")
    db.execute_sql("INSERT INTO tag (name, colour) VALUES ('new', 'red')")
'''
FAILS = {
    "a fault of Python": 'raise ZeroDivisionError("by design")',
    "a fault of SQL": 'db.execute_sql("SELECT nothing FROM nowhere")',
    "a row that is there already": "db.execute_sql(\"INSERT INTO tag (name) VALUES ('new')\")",
}


class Shape(NamedTuple):
    """What a table looks like."""

    columns: frozenset[tuple[str, str, bool, bool]]
    keys: tuple[str, ...]
    references: frozenset[tuple[str, str, str, str]]
    unique: frozenset[tuple[str, ...]]


def shape(table: str) -> Shape:
    indexes = database.get_indexes(table)
    return Shape(
        frozenset(
            (column.name, column.full_type.lower(), column.null, column.primary_key)
            for column in database.get_columns(table)
        ),
        tuple(database.get_primary_keys(table)),
        frozenset(
            (key.column, key.dest_table, key.dest_column, (key.on_delete or "").upper())
            for key in database.get_foreign_keys(table)
        ),
        frozenset(
            tuple(index.columns)
            for index in indexes
            if index.unique and "WHERE" not in (index.sql or "")
        ),
    )


COLUMNS = """
    SELECT c.relname,
        a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0
    AND NOT a.attisdropped
"""
CONSTRAINTS = """
    SELECT c.relname, pg_get_constraintdef(k.oid)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE c.relnamespace = 'public'::regnamespace AND k.contype IN ('p', 'f')
"""
UNIQUE = """
    SELECT c.relname, 'UNIQUE ' || (
        SELECT string_agg(a.attname, ' ' ORDER BY k.place)
        FROM unnest(i.indkey) WITH ORDINALITY k (number, place)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
    )
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique AND i.indpred IS NULL
"""


def shapes(names: list[str]) -> dict[str, object]:
    """Return what some tables look like; of PostgreSQL's at once, as its views take minutes."""
    if connection.engine() == "sqlite":
        return {name: shape(name) for name in names}
    found: dict[str, object] = {name: set() for name in names}
    for query in (COLUMNS, CONSTRAINTS, UNIQUE):
        for name, line in connection.fetch(query):
            if name in found:
                found[name].add(line)  # type: ignore[attr-defined]
    return found


def models() -> list[type[Table]]:
    """Return every table class of the program."""
    for module in pkgutil.walk_packages(db.__path__, "db."):
        if not module.name.startswith("db.migrations"):
            importlib.import_module(module.name)
    return Table.__subclasses__()


@pytest.fixture
def empty_postgres(postgres_server: str) -> Iterator[str]:
    """The address of a PostgreSQL database without a table."""
    import psycopg

    name = f"empty_{uuid.uuid4().hex[:12]}"
    head, mark, query = postgres_server.partition("?")
    with psycopg.connect(postgres_server, autocommit=True) as handle:
        handle.execute(f"CREATE DATABASE {name}")
        yield head.rpartition("/")[0] + "/" + name + mark + query
        connection.close_database()
        handle.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a table, once for each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/deep/below/empty.sqlite"
    else:
        yield str(request.getfixturevalue("empty_postgres"))
    connection.close_database()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations, to which a test adds its own."""
    copy = tmp_path / "migrations"
    shutil.copytree(upgrading.FOLDER, copy)
    monkeypatch.setattr(upgrading, "FOLDER", copy)
    return copy


def test_a_database_begins_from_nothing(empty_url: str) -> None:
    session = open_and_upgrade(empty_url)

    ticket = creating.create(session, NewTicket("First"))

    assert upgrading.applied() == KNOWN
    assert upgrading.upgrade() is None
    assert (ticket.id, wholeness.faults()) == (1, [])


def open_and_upgrade(url: str) -> Session:
    connection.open_database(url)
    upgrading.upgrade()
    return open_session(url, StandingClock())


def test_migrations_and_models_make_the_same_tables(empty_url: str, database_url: str) -> None:
    if ("sqlite" in empty_url) != ("sqlite" in database_url):
        pytest.skip("only within one engine")
    tables = models()
    names = [model._meta.table_name for model in tables]
    connection.open_database(empty_url)
    database.create_tables(tables)
    wanted = shapes(names)

    connection.open_database(database_url)

    assert shapes(names) == wanted
    assert len(names) > 30
    assert all(wanted.values())


def test_every_table_of_the_migrations_has_a_model(session: Session) -> None:
    apart = {
        "schema_migration", "ticket_search", "entry_search", "invoice_search", "asset_search",
        "article_search", "document_search",
        "contact_search", "organisation_search",
    }  # fmt: skip
    inner = (
        "ticket_search_", "entry_search_", "invoice_search_", "asset_search_", "contact_search_",
        "organisation_search_", "article_search_", "document_search_",
    )  # fmt: skip

    tables = {name for name in database.get_tables() if not name.startswith(inner)}

    assert tables - apart == {model._meta.table_name for model in models()}


OLD = (
    "INSERT INTO user_account (login, name, email, zone, language, active, created_at, version)"
    " VALUES ('old', 'Old Hand', '', '', '', ?, 0, 1)"
)


@pytest.mark.parametrize("last", [KNOWN[0], KNOWN[len(KNOWN) // 2], KNOWN[-2]])
def test_a_database_of_an_earlier_state_is_upgraded(empty_url: str, last: str) -> None:
    """From the first state, from one in the middle, from the last but one.

    A start at every state would run the steps behind it again and again; that each can be the
    last before a stop, and the next the first after it, is seen in the walk below.
    """
    connection.open_database(empty_url)
    Runner(database.obj, str(upgrading.FOLDER)).up(last)
    connection.execute(OLD, (True,))

    backup = upgrading.upgrade()

    assert upgrading.applied() == KNOWN
    assert connection.fetch("SELECT name FROM user_account") == [("Old Hand",)]
    assert (backup is not None) == (connection.engine() == "sqlite")


def test_a_database_can_stop_at_every_state(empty_url: str) -> None:
    reached = []
    for last in KNOWN:
        connection.open_database(empty_url)
        Runner(database.obj, str(upgrading.FOLDER)).up(last)
        if last == KNOWN[0]:
            connection.execute(OLD, (True,))
        reached.append(upgrading.applied())
        connection.close_database()

    connection.open_database(empty_url)
    assert reached == [KNOWN[: number + 1] for number in range(len(KNOWN))]
    assert connection.fetch("SELECT name FROM user_account") == [("Old Hand",)]
    assert upgrading.upgrade() is None


def test_an_upgrade_keeps_a_backup_of_what_was_there(local_session: Session, folder: Path) -> None:
    creating.create(local_session, NewTicket("Before"))
    (folder / "0099_colours.py").write_text(ADDS)

    backup = upgrading.upgrade()

    assert backup is not None
    with sqlite3.connect(backup) as copy:
        assert copy.execute("SELECT subject FROM ticket").fetchall() == [("Before",)]
        assert copy.execute("SELECT count(*) FROM schema_migration").fetchone() == (len(KNOWN),)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
    assert connection.fetch("SELECT colour FROM tag") == [("red",)]
    assert reading.get(local_session, 1).subject == "Before"


def test_a_backup_is_a_database_to_go_on_with(local_session: Session, folder: Path) -> None:
    creating.create(local_session, NewTicket("Before"))
    (folder / "0099_colours.py").write_text(ADDS)
    backup = upgrading.upgrade()
    (folder / "0099_colours.py").unlink()

    session = open_session(f"sqlite:///{backup}", StandingClock())

    assert upgrading.upgrade() is None
    assert reading.get(session, 1).subject == "Before"
    assert audit.verify().broken == 0


def test_no_backup_is_made_where_nothing_changes(local_session: Session) -> None:
    assert upgrading.upgrade() is None
    assert [path.name for path in Path(str(connection.file())).parent.glob("*backup*")] == []


@pytest.mark.parametrize("kind", FAILS)
def test_a_migration_that_fails_leaves_everything_as_it_was(
    session: Session, folder: Path, kind: str
) -> None:
    creating.create(session, NewTicket("Before"))
    (folder / "0098_colours.py").write_text(ADDS)
    (folder / "0099_fails.py").write_text(f"def up(migrator, db):\n    {FAILS[kind]}\n")

    with pytest.raises(Exception, match=r"by design|nothing|tag"):
        upgrading.upgrade()

    assert upgrading.applied() == KNOWN
    assert "colour" not in {column.name for column in database.get_columns("tag")}
    assert wholeness.faults() == []
    assert creating.create(session, NewTicket("After")).id == 2


def test_an_upgrade_on_a_full_disk_leaves_everything_as_it_was(
    local_session: Session, folder: Path
) -> None:
    pages = connection.fetch("PRAGMA page_count")[0][0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    (folder / "0098_large.py").write_text(
        'def up(migrator, db):\n    db.execute_sql("CREATE TABLE large (a blob)")\n'
        '    db.execute_sql("INSERT INTO large VALUES (zeroblob(1000000))")\n'
    )

    with pytest.raises(DatabaseFullError):
        upgrading.upgrade()

    assert upgrading.applied() == KNOWN
    assert not database.table_exists("large")
    assert wholeness.faults() == []


def test_many_processes_upgrade_at_once(empty_url: str) -> None:
    wrong = write_at_once(UPGRADE, empty_url, 6)

    assert wrong == ("", "")
    connection.open_database(empty_url)
    assert upgrading.applied() == KNOWN
    assert wholeness.faults() == []


def test_many_first_users_make_one_administrator(empty_url: str) -> None:
    wrong = write_at_once(SIGN_IN, empty_url, 4)

    assert wrong == ("", "")
    connection.open_database(empty_url)
    assert connection.fetch("SELECT login FROM user_account") == [("root",)]
    assert audit.verify().lines == 1


def test_migrations_import_nothing_of_the_program() -> None:
    texts = [(upgrading.FOLDER / f"{name}.py").read_text() for name in KNOWN]

    assert [text for text in texts if "from db" in text or "from boconsole" in text] == []
