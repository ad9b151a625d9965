"""Reports that run by themselves: each due time once, under the rights of who wants them."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from boconsole.errors import InvalidChangeError, NotAllowedError, NotFoundError
from boconsole.reports import scheduling
from boconsole.reports.running import Parameters
from boconsole.reports.scheduling import Wish
from boconsole.session import Session
from db.reports import schedules
from tests.letters import mail_set
from tests.people import StandingClock, add_agent

USUAL = Wish("Weekly", "tickets-volume", Parameters(by="week"), "csv", "day", "07:00")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "reports"
    path.mkdir()
    return path


def wish(place: Path, **changes: object) -> Wish:
    return USUAL._replace(folder=str(place))._replace(**changes)


def due(session: Session, name: str = "Weekly") -> datetime:
    row = schedules.find(name)
    assert row is not None
    return row.next_at


def test_a_due_time_is_run_once_and_a_pause_makes_one(
    session: Session, clock: StandingClock, folder: Path
) -> None:
    scheduling.add(session, wish(folder))
    assert (due(session), scheduling.run_due(session)) == (
        datetime(2026, 5, 5, 7, tzinfo=UTC), [],
    )  # fmt: skip

    clock.advance(days=1)
    first = scheduling.run_due(session)
    again = scheduling.run_due(session)
    clock.advance(days=5)
    late = scheduling.run_due(session)

    assert [len(each) for each in (first, again, late)] == [1, 0, 1]
    assert not first[0].failed
    assert sorted(path.name for path in folder.iterdir()) == [
        "Weekly-2026-05-05-0700.csv", "Weekly-2026-05-06-0700.csv",
    ]  # fmt: skip
    assert due(session) == datetime(2026, 5, 11, 7, tzinfo=UTC)


def test_two_that_look_at_once_make_one_report(session, clock, folder) -> None:
    row = scheduling.add(session, wish(folder))
    clock.advance(days=1)

    assert schedules.take(row.id, row.version, datetime(2026, 5, 6, 7, tzinfo=UTC))
    assert not schedules.take(row.id, row.version, datetime(2026, 5, 6, 7, tzinfo=UTC))


def test_a_failure_is_told_and_the_next_time_stays(local_session, clock, folder) -> None:
    scheduling.add(local_session, wish(folder))
    folder.rmdir()
    clock.advance(days=1)

    (done,) = scheduling.run_due(local_session)

    (row,) = scheduling.listed(local_session)
    assert (done.failed, row.failed, row.last_word) == (True, True, done.said)
    assert "cannot be written" in done.said
    assert row.next_at == datetime(2026, 5, 6, 7, tzinfo=UTC)


def test_rights_are_those_of_the_day_it_runs(local_session, clock, folder) -> None:
    agent = add_agent(local_session, "ben")
    scheduling.add(agent, wish(folder))
    clock.advance(days=1)

    assert scheduling.run_due(local_session) == []
    (done,) = scheduling.run_due(replace(agent, permissions=frozenset()))
    assert done.failed
    assert list(folder.iterdir()) == []
    with pytest.raises(NotAllowedError):
        scheduling.add(agent, wish(folder, name="Pay", report="staff-cost"))
    with pytest.raises(NotFoundError):
        scheduling.remove(local_session, "Weekly")


def test_a_report_is_mailed_with_its_file(local_session, clock) -> None:
    scheduling.add(local_session, USUAL._replace(address="ann@example.com"))
    clock.advance(days=1)
    sent: list[tuple[str, bytes]] = []

    with mail_set():
        (done,) = scheduling.run_due(local_session, lambda to, mail: sent.append((to, mail)) or "")

    ((to, content),) = sent
    (file,) = [part for part in message_from_bytes(content).walk() if part.get_filename()]
    assert (done.failed, to, file.get_filename()) == (
        False, "ann@example.com", "Weekly-2026-05-05-0700.csv",
    )  # fmt: skip
    assert file.get_payload(decode=True).startswith(b"week,created")


@pytest.mark.parametrize(
    ("every", "wanted"),
    [("day", "2026-05-05"), ("mon", "2026-05-11"), ("fri", "2026-05-08"), ("4", "2026-06-04"),
     ("28", "2026-05-28")],
)  # fmt: skip
def test_times_come_by_day_week_and_month(local_session, folder, every, wanted) -> None:
    scheduling.add(local_session, wish(folder, every=every))

    assert due(local_session) == datetime.fromisoformat(f"{wanted}T07:00:00+00:00")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"every": "29"}, "every"), ({"at": "25:00"}, "at"), ({"form": "doc"}, "format"),
     ({"folder": ""}, "folder"), ({"folder": "/nowhere/at/all"}, "folder"),
     ({"folder": "", "address": "ann"}, "mail"),
     ({"folder": "", "address": "a@b.cd", "report": "money-ratios",
       "parameters": Parameters()}, "mail")],
)  # fmt: skip
def test_what_cannot_be_scheduled_is_refused(local_session, folder, changes, field) -> None:
    with pytest.raises(InvalidChangeError) as refused:
        scheduling.add(local_session, wish(folder, **changes))

    assert refused.value.field == field
