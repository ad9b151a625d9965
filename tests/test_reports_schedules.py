"""Reports that run by themselves: each due time once, under the rights of who wants them."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from boconsole.errors import (
    InvalidChangeError,
    NotAllowedError,
    NotFoundError,
    StaleRecordError,
)
from boconsole.mail import keeping, sending
from boconsole.mail.errors import OutboxError, ServerError
from boconsole.mail.handing import Fate, Line
from boconsole.mail.taking import Envelope
from boconsole.reports import delivering, scheduling
from boconsole.reports.running import Parameters
from boconsole.reports.scheduling import Wish
from boconsole.session import Session
from boconsole.tickets import notifying
from db.mail import outbox
from db.reports import schedules
from tests.letters import BOUNCE, mail_set, take
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
    assert (due(session), delivering.run_due(session)) == (
        datetime(2026, 5, 5, 7, tzinfo=UTC), [],
    )  # fmt: skip

    clock.advance(days=1)
    first = delivering.run_due(session)
    again = delivering.run_due(session)
    clock.advance(days=5)
    late = delivering.run_due(session)

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

    (done,) = delivering.run_due(local_session)

    (row,) = scheduling.listed(local_session)
    assert (done.failed, row.failed, row.last_word) == (True, True, done.said)
    assert "cannot be written" in done.said
    assert row.next_at == datetime(2026, 5, 6, 7, tzinfo=UTC)


def test_rights_are_those_of_the_day_it_runs(local_session, clock, folder) -> None:
    agent = add_agent(local_session, "ben")
    scheduling.add(agent, wish(folder))
    clock.advance(days=1)

    assert delivering.run_due(local_session) == []
    (done,) = delivering.run_due(replace(agent, permissions=frozenset()))
    assert done.failed
    assert list(folder.iterdir()) == []
    with pytest.raises(NotAllowedError):
        scheduling.add(agent, wish(folder, name="Pay", report="staff-cost"))
    with pytest.raises(NotFoundError):
        scheduling.remove(local_session, "Weekly")


class Server(Line):
    """Takes every message, or cannot be reached."""

    def __init__(self, there: bool = True) -> None:
        self.there, self.taken = there, []

    def hand_over(self, sender: str, recipient: str, content: bytes) -> Fate:
        if not self.there:
            raise ServerError("mail:25", "no answer")
        self.taken.append((recipient, content))
        return Fate("sent", "250 ok")

    def __exit__(self, *_fault: object) -> None: ...


def test_a_report_is_mailed_with_its_file(session, clock) -> None:
    scheduling.add(session, USUAL._replace(address="ann@example.com"))
    clock.advance(days=1)
    server = Server()

    with mail_set():
        (done,) = delivering.run_due(session, server)
        again = delivering.run_due(session, server), sending.send_due(session, server)

    ((to, content),) = server.taken
    assert (again[0], again[1].sent, outbox.select_files(1)) == ([], 0, [])
    assert message_from_bytes(content)["Auto-Submitted"] == "auto-generated"
    assert done.said == "Sent to ann@example.com."
    (file,) = [part for part in message_from_bytes(content).walk() if part.get_filename()]
    assert (done.failed, to, file.get_filename()) == (
        False, "ann@example.com", "Weekly-2026-05-05-0700.csv",
    )  # fmt: skip
    assert file.get_payload(decode=True).startswith(b"week,created")


def test_a_report_that_comes_back_is_told_as_not_delivered(session, clock) -> None:
    row = scheduling.add(session, USUAL._replace(address="ann@example.com"))
    clock.advance(days=1)
    with mail_set():
        delivering.run_due(session, Server())
        mail = outbox.get(1)
        assert mail is not None
        late = BOUNCE.format(about=mail.message_id)
        taken = take(session, late.replace("failed", "delayed", 1).encode(), Envelope("lmtp", ""))
        before = delivering.told(scheduling.own(session, row.name))
        back = take(session, f"X-Again: 1\n{late}".encode(), Envelope("lmtp", ""))

    assert [one.outcome for one in (taken, back)] == ["report", "report"]
    assert before == ("Sent to ann@example.com.", False)
    said, failed = delivering.told(scheduling.own(session, row.name))
    assert (said.startswith("! failed: ann@example.com (louisl@"), failed) == (True, True)
    assert "It could not be delivered." in notifying.unread(session)[0].text
    with pytest.raises(OutboxError, match="run its report again"):
        keeping.retry_mail(session, mail.id)


def test_a_mail_outlives_a_server_that_is_away(session, clock) -> None:
    row = scheduling.add(session, USUAL._replace(address="ann@example.com"))
    clock.advance(days=1)
    with mail_set():
        (done,) = delivering.run_due(session, Server(there=False))
        clock.advance(hours=1)
        server = Server()
        sent = sending.send_due(session, server)

    assert done.said.startswith("waits: ann@example.com (The mail server mail:25")
    assert not done.failed
    assert (sent.sent, len(server.taken)) == (1, 1)
    assert delivering.told(scheduling.own(session, row.name)) == ("Sent to ann@example.com.", False)


def test_who_crashes_before_the_mail_is_kept_has_done_nothing(
    session, clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduling.add(session, USUAL._replace(address="ann@example.com"))
    clock.advance(days=1)
    before = due(session)

    def crash(*_words: object) -> None:
        raise SystemExit

    with monkeypatch.context() as broken, mail_set():
        broken.setattr(schedules, "note", crash)
        with pytest.raises(SystemExit):
            delivering.run_due(session, Server())
    assert (due(session), outbox.select(("queued",), 99, 9)) == (before, [])
    server = Server()
    with mail_set():
        delivering.run_due(session, server)
    assert len(server.taken) == 1


def test_a_schedule_is_changed_rests_and_runs_at_once(local_session, clock, folder) -> None:
    row = scheduling.add(local_session, wish(folder))
    row = scheduling.edit(local_session, row, wish(folder, name="Each Friday", every="fri"))
    at = row.next_at
    done = delivering.run_now(local_session, row)

    assert (at, due(local_session, "Each Friday")) == (datetime(2026, 5, 8, 7, tzinfo=UTC),) * 2
    assert not done.failed
    assert [path.name for path in folder.iterdir()] == ["Each-Friday-2026-05-04-0900.csv"]
    row = scheduling.pause(local_session, row, active=False)
    clock.advance(days=9)
    assert delivering.run_due(local_session) == []
    with pytest.raises(StaleRecordError):
        scheduling.pause(local_session, row._replace(version=1), active=True)
    row = scheduling.pause(local_session, row, active=True)
    assert row.next_at == datetime(2026, 5, 15, 7, tzinfo=UTC)
    with pytest.raises(NotFoundError):
        scheduling.pause(add_agent(local_session, "eve"), row, active=False)
    far = replace(local_session, origin="ssh")
    with pytest.raises(InvalidChangeError, match="server"):
        scheduling.edit(far, row, wish(folder))


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
