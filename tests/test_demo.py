"""The demonstration data: repeatable, whole, and as the console itself would have left it."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from boconsole import audit, demo, views
from boconsole.demo import configuration, conversations, scenarios
from boconsole.demo.build import NotEmptyError, TooFewTicketsError, build
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.settings import Settings
from boconsole.signing_in import sign_in
from boconsole.tickets import macros, matching, merging, reading, service_levels, templates
from boconsole.tickets.fields import parse_changes
from boconsole.tickets.rows import Ref
from db import connection, users
from db.tickets import bulk
from tests.people import StandingClock, open_session

SIZE = 300
ACTIVE = "('new', 'open', 'pending', 'on_hold')"


@pytest.fixture(scope="module")
def demo_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo that each test copies."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    shutil.copy(sqlite_template, path)
    session = open_session(f"sqlite:///{path}", StandingClock())
    build(session, SIZE, 7, session.now())
    connection.close_database()
    return path


@pytest.fixture
def agent(demo_file: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Session]:
    """The session of an agent on a demo, where the engine does not matter."""
    yield open_session(copied(demo_file, tmp_path / "copy.sqlite"), clock)
    connection.close_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def built(request: pytest.FixtureRequest) -> Session:
    """The same on both engines."""
    if request.param == "sqlite":
        return request.getfixturevalue("agent")
    session = open_session(request.getfixturevalue("postgres_url"), StandingClock())
    build(session, SIZE, 7, session.now())
    return session


def one(sql: str, *params: object) -> int:
    return int(connection.fetch(f"SELECT {sql}", params)[0][0])


def fingerprint() -> str:
    rows = [
        connection.fetch(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2")
        for table, columns in sorted(bulk.COLUMNS.items())
        if table != "ticket_link"
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def settings_for(url: str, clock: object, login: str = "root") -> Settings:
    instant = clock.now  # type: ignore[attr-defined]
    return Settings(url, login, instant, ZoneInfo("UTC"), "en", "dark", 2**20, True, {}, {})


def copied(template: Path, to: Path) -> str:
    shutil.copy(template, to)
    return f"sqlite:///{to}"


def build_in(url: str, clock: object, seed: int, tickets: int = SIZE) -> str:
    """Build a demo in a database and return the fingerprint of its records."""
    connection.open_database(url)
    session = sign_in(settings_for(url, clock), "cli")
    build(session, tickets, seed, session.now())
    found = fingerprint()
    connection.close_database()
    return found


def test_same_seed_gives_the_same_records(sqlite_template, tmp_path, clock) -> None:
    first = build_in(copied(sqlite_template, tmp_path / "a.sqlite"), clock, 3)

    second = build_in(copied(sqlite_template, tmp_path / "b.sqlite"), clock, 3)

    assert first == second


def test_other_seed_gives_other_records(sqlite_template, tmp_path, clock) -> None:
    first = build_in(copied(sqlite_template, tmp_path / "a.sqlite"), clock, 3)

    second = build_in(copied(sqlite_template, tmp_path / "b.sqlite"), clock, 4)

    assert first != second


def test_helping_processes_change_nothing(sqlite_template, tmp_path, clock, monkeypatch) -> None:
    alone = build_in(copied(sqlite_template, tmp_path / "a.sqlite"), clock, 3, 1_100)
    monkeypatch.setattr("boconsole.demo.build.MANY", 1_000)
    monkeypatch.setattr("os.cpu_count", lambda: 2)

    helped = build_in(copied(sqlite_template, tmp_path / "b.sqlite"), clock, 3, 1_100)

    assert helped == alone


def test_audit_chain_of_the_demo_is_whole(built: Session) -> None:
    verdict = audit.verify()

    assert (verdict.broken, verdict.reason) == (0, "")
    assert verdict.lines == one("count(*) FROM audit_entry")


def test_audit_lines_are_in_the_order_of_time(agent: Session) -> None:
    lines = connection.fetch("SELECT at FROM audit_entry WHERE feature = 'ticket' ORDER BY id")

    assert lines == sorted(lines)


def test_version_of_a_ticket_counts_its_operations(agent: Session) -> None:
    wrong = one(
        "count(*) FROM ticket t WHERE version <> (SELECT count(*) FROM audit_entry a "
        "WHERE a.feature = 'ticket' AND a.record_id = t.id)"
    )

    assert wrong == 0


def test_records_refer_to_records_that_exist(agent: Session) -> None:
    assert connection.fetch("PRAGMA foreign_key_check") == []
    assert connection.fetch("PRAGMA integrity_check") == [("ok",)]
    assert connection.fetch("PRAGMA foreign_keys") == [(1,)]
    assert connection.fetch("PRAGMA synchronous") == [(2,)]


def test_indexes_are_there_again_after_a_large_build(
    local_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name"
    before = connection.fetch(names)
    monkeypatch.setattr("boconsole.demo.build.MANY", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 1)

    build(local_session, 20, 1, local_session.now())

    assert connection.fetch(names) == before


WRONG = (
    f"active <> (state IN {ACTIVE})",
    "created_at > updated_at",
    "(resolved_at IS NULL) <> (state NOT IN ('resolved', 'closed'))",
    "(closed_at IS NULL) <> (state NOT IN ('closed', 'merged'))",
    "closed_at < resolved_at OR resolved_at < created_at",
    "wake_at IS NOT NULL AND state <> 'pending'",
    "(merged_into_id IS NULL) <> (state <> 'merged')",
    "assignee_id IS NULL AND state NOT IN ('new', 'merged')",
    "responded_at < created_at",
    "rating IS NOT NULL AND rating NOT BETWEEN 1 AND 5",
    "priority <> impact + urgency - 1 AND priority_reason = ''",
    "state <> (SELECT s.state FROM state_span s WHERE s.ticket_id = ticket.id "
    "ORDER BY s.since DESC, s.id DESC LIMIT 1)",
    "minutes_spent <> (SELECT coalesce(sum(m.minutes), 0) FROM message m "
    "WHERE m.ticket_id = ticket.id)",
    "organisation_id <> (SELECT c.organisation_id FROM contact c WHERE c.id = requester_id)",
    "(state IN ('resolved', 'closed')) <> (resolution <> '' AND resolved_at IS NOT NULL)",
)
"""What is true of no ticket."""


def test_columns_of_a_ticket_agree(built: Session) -> None:
    assert [wrong for wrong in WRONG if one(f"count(*) FROM ticket WHERE {wrong}")] == []


def test_nothing_lies_after_the_present(built: Session) -> None:
    latest = connection.fetch(
        "SELECT max(updated_at) FROM ticket UNION ALL SELECT max(at) FROM message "
        "UNION ALL SELECT max(at) FROM audit_entry WHERE feature = 'ticket' "
        "UNION ALL SELECT max(since) FROM state_span"
    )

    assert max(latest) <= (built.now().timestamp(),)


def test_service_levels_are_those_the_console_would_compute(built: Session) -> None:
    columns = bulk.COLUMNS["ticket"]
    statement = f"SELECT {', '.join(columns)} FROM ticket ORDER BY id"
    before = connection.fetch(statement)

    service_levels.recompute(built, [row[0] for row in before])

    assert connection.fetch(statement) == before


def test_every_state_occurs(agent: Session) -> None:
    found = {state for (state,) in connection.fetch("SELECT DISTINCT state FROM ticket")}

    assert {"new", "open", "pending", "on_hold", "resolved", "merged"} <= found


def test_search_finds_what_people_wrote(built: Session) -> None:
    texts = ("PRN-BDG-02", "phishing", "kata sandi", "faktur")

    assert [text for text in texts if not reading.list_page(built, f"{text} any").rows] == []


def test_who_opens_the_demo_is_an_agent_with_work(built: Session) -> None:
    assert set(users.select_roles(built.user.id)) == {"admin", "agent"}
    assert reading.count(built, "assignee:me").number > 3


def test_shared_views_can_be_read(agent: Session) -> None:
    queries = [view[2] for view in views.FIRST]
    kept = [view.query for view in views.list_all(agent, "ticket")]

    assert [query for query in queries if kept.count(query) != 1] == []
    assert all(reading.list_page(agent, query).rows is not None for query in queries)


@pytest.mark.parametrize("macro", configuration.MACROS, ids=lambda macro: macro[0])
def test_macros_can_be_applied(agent: Session, macro: tuple[str, str, bool, object]) -> None:
    (row,) = reading.list_page(agent, "state:open", limit=1).rows

    macros.apply(agent, [Ref(row.id, row.version)], macros.find(agent, macro[0]))

    body = reading.timeline(agent, row.id)[-1].text
    assert "{" not in body


def test_triggers_and_templates_can_be_used(agent: Session) -> None:
    for _, _, query, changes, _ in configuration.TRIGGERS:
        matching.check_query(agent, query)
        parse_changes(agent, changes)
    assert [template.name for template in templates.list_all(agent)] == sorted(
        name for name, _ in configuration.TEMPLATES
    )


def test_merged_reports_can_be_parted_again(agent: Session) -> None:
    source = reading.find(agent, one("min(id) FROM ticket WHERE state = 'merged'"))

    merging.unmerge(agent, Ref(source.id, source.version))

    assert reading.get(agent, source.id).state == "new"
    assert reading.timeline(agent, source.id)[0].text


def test_new_tickets_go_on_after_the_demo(built: Session) -> None:
    from boconsole.tickets.creating import create
    from boconsole.tickets.rows import NewTicket

    made = create(built, NewTicket("One more", "by hand", {"queue": "Service Desk"}))

    assert made.id == SIZE + 1
    assert audit.verify().broken == 0


def test_mail_addresses_lie_in_reserved_domains(agent: Session) -> None:
    statement = "SELECT email FROM contact UNION SELECT email FROM user_account WHERE email <> ''"

    domains = {row[0].rpartition(".")[2] for row in connection.fetch(statement)}

    assert domains == {"example"}


def test_both_languages_are_spoken(agent: Session) -> None:
    greeted = "count(*) FROM message WHERE kind = 'request' AND body LIKE ?"

    english = one(greeted, "Hello,%") + one(greeted, "Good %")
    indonesian = one(greeted, "Halo,%") + one(greeted, "Selamat %")

    assert english > indonesian > SIZE / 8


def test_view_of_all_shows_all(agent: Session) -> None:
    query = next(view[2] for view in views.FIRST if view[1] == "All")

    assert reading.count(agent, query).number == SIZE


def test_every_scenario_has_texts_in_both_languages() -> None:
    assert set(conversations.scenario_names()) == set(scenarios.SCENARIOS)


def test_demo_goes_into_an_empty_database_only(agent: Session) -> None:
    with pytest.raises(NotEmptyError):
        build(agent, 10, 1, agent.now())


@pytest.mark.parametrize("tickets", [0, -1, 100_000_001])
def test_impossible_sizes_are_refused(local_session: Session, tickets: int) -> None:
    with pytest.raises(TooFewTicketsError):
        build(local_session, tickets, 1, local_session.now())


@pytest.mark.parametrize("tickets", [1, 2, 40, 501])
def test_any_size_can_be_made(local_session: Session, tickets: int) -> None:
    built = build(local_session, tickets, 1, local_session.now())

    assert built.tickets == one("count(*) FROM ticket") == tickets


def test_demo_without_an_account_of_its_own_has_agents(local_session: Session) -> None:
    build(None, 20, 1, local_session.now())

    assert one("count(*) FROM user_role WHERE role = 'agent'") == 12


def test_demo_is_made_once_and_belongs_to_who_opens_it(tmp_path: Path, clock) -> None:
    settings = settings_for(f"sqlite:///{tmp_path / 'real.sqlite'}", clock, "eve")
    address = demo.open_demo(settings)
    made_at = demo.demo_path(settings).stat().st_mtime_ns

    again = demo.open_demo(settings)

    assert again == address
    assert demo.demo_path(settings).stat().st_mtime_ns == made_at
    assert not (tmp_path / "real.sqlite").exists()
    connection.open_database(again)
    session = sign_in(settings, "console")
    connection.close_database()
    assert session.user.login == "eve"
    assert session.permissions == permissions_of(("admin", "agent", "hr_officer"))


def test_who_opens_the_demo_may_be_called_like_somebody_in_it(agent: Session, clock) -> None:
    login = users.select_all()[-1].login

    connection.open_database(demo.open_demo(settings_for(connection.address(), clock, login)))
    found = users.find(login)

    assert found is not None
    assert found.id == 1
