"""Leave as people ask for it: decided by others, never overdrawn, health notes kept."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time

import pytest

from boconsole import audit
from boconsole.errors import NotAllowedError, NotFoundError, StaleRecordError, UndoError
from boconsole.leave import (
    asking,
    attending,
    deciding,
    overtime,
    reading,
    setting_up,
    team,
    undoing,
)
from boconsole.leave.counting import Wish
from boconsole.leave.deciding import Ref
from boconsole.leave.errors import (
    AtWorkError,
    DecidedError,
    LimitError,
    NotDeciderError,
    NotEmployedError,
    OverlapError,
    ShortError,
    StartedError,
    StayError,
)
from boconsole.session import Session
from boconsole.staff import changing, finding
from db import connection, notifications
from db.leave.rows import RequestRow
from tests.leave_office import BUDI, CITRA, DEWI, WEEK, Office, make_office

JAN, MAY_4 = date(2026, 1, 1), date(2026, 5, 4)
"""The clock of the tests stands on Monday, 4 May 2026."""


@pytest.fixture
def office(session: Session) -> Office:
    """On each engine."""
    return make_office(session)


@pytest.fixture
def local(local_session: Session) -> Office:
    """On SQLite, where the engine does not matter."""
    return make_office(local_session)


def left(office: Office, employee_id: int = CITRA) -> tuple[int, int, int]:
    """What is left of annual leave, planned and asked for."""
    found = reading.balances_of(office.hr, employee_id)[0]
    return found.left, found.planned, found.asked


def ask(session: Session, wish: Wish = WEEK, code: str = "annual", note: str = "") -> RequestRow:
    return asking.request(session, CITRA, code, wish, note)


def ref(row: RequestRow) -> Ref:
    return Ref(row.id, row.version)


def news(session: Session) -> list[str]:
    return [row.text for row in notifications.select_unread(session.user.id, 20)]


def test_leave_is_asked_for_approved_and_taken_from_the_balance(office: Office) -> None:
    before = left(office)
    shown = asking.preview(office.citra, CITRA, "annual", WEEK)
    row = ask(office.citra, note="Family visit")
    asked = left(office)

    done = deciding.approve(office.budi, [ref(row)])[0]

    assert (shown.total, shown.before, shown.after, shown.problem) == (400, 2400, 2000, "")
    assert (before, asked, left(office)) == ((2400, 0, 0), (2400, 0, 400), (2400, 400, 0))
    assert (done.state, done.decided_by) == ("approved", "budi")
    assert news(office.budi) == ["LVE-0001 Citra, 2026-05-11 to 2026-05-15: asks for leave"]
    assert news(office.citra) == ["LVE-0001, 2026-05-11 to 2026-05-15: approved by budi"]
    trail = audit.history(office.hr, "leave", row.id)
    assert [line.action for line in trail] == ["leave.request", "leave.approve"]
    assert audit.verify().broken == 0


def test_managers_above_and_hr_decide_and_nobody_else(local: Office) -> None:
    rows = [ask(local.citra, Wish(day, day)) for day in (date(2026, 5, n) for n in (11, 12, 13))]

    for session, row in zip((local.budi, local.ann, local.hr), rows, strict=True):
        assert row.id in [each.row.id for each in reading.waiting(session)]
        for nobody in (local.citra, local.dewi):
            assert reading.waiting(nobody) == []
            with pytest.raises(NotDeciderError):
                deciding.approve(nobody, [ref(row)])
        assert deciding.reject(session, [ref(row)], "Too busy")[0].reason == "Too busy"


def test_a_stand_in_decides_on_the_days_of_the_standing_in_alone(local: Office) -> None:
    row = ask(local.citra)
    with pytest.raises(NotAllowedError):
        deciding.stand_in(local.dewi, BUDI, DEWI, MAY_4, MAY_4)
    deciding.stand_in(local.budi, BUDI, DEWI, date(2026, 5, 5), date(2026, 5, 6))
    with pytest.raises(NotDeciderError):
        deciding.approve(local.dewi, [ref(row)])
    deciding.stand_in(local.budi, BUDI, DEWI, MAY_4, MAY_4)

    assert deciding.approve(local.dewi, [ref(row)])[0].state == "approved"
    own = asking.request(local.dewi, DEWI, "annual", WEEK)
    with pytest.raises(NotDeciderError):
        deciding.approve(local.dewi, [ref(own)])


def test_what_cannot_be_asked_for_is_refused_with_the_reason(local: Office) -> None:
    ask(local.citra, WEEK._replace(to_noon=True))
    refused: list[tuple[Callable[[], object], type[Exception]]] = [
        (lambda: ask(local.citra, Wish(date(2026, 5, 15), date(2026, 5, 18))), OverlapError),
        (lambda: ask(local.citra, Wish(date(2026, 6, 2), date(2026, 8, 1))), ShortError),
        (lambda: ask(local.citra, WEEK._replace(last=date(2026, 5, 12)), "wedding"), OverlapError),
        (lambda: ask(local.citra, Wish(JAN, date(2026, 1, 9)), "wedding"), LimitError),
        (lambda: ask(local.citra, Wish(date(2024, 2, 27), date(2024, 3, 4))), NotEmployedError),
        (lambda: ask(local.citra, code="nothing"), NotFoundError),
        (lambda: ask(local.dewi), NotAllowedError),
    ]
    for work, refusal in refused:
        with pytest.raises(refusal):
            work()

    assert ask(local.citra, Wish(date(2026, 5, 15), date(2026, 5, 15), True)).id == 2
    assert left(local) == (2400, 0, 400)


def test_two_requests_at_once_never_overdraw(office: Office) -> None:
    wishes = [Wish(date(2026, month, 2), date(2026, month, 31)) for month in (7, 8, 10, 12)]

    def work(wish: Wish) -> bool:
        try:
            ask(office.citra, wish)
        except ShortError:
            return False
        finally:
            connection.release()
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(work, wishes))

    assert done.count(True) == 1
    assert left(office)[2] <= 2400


def test_a_change_of_approved_leave_is_a_decision_of_its_own(office: Office) -> None:
    row = deciding.approve(office.budi, [ref(ask(office.citra))])[0]
    longer = Wish(date(2026, 5, 11), date(2026, 5, 18))

    asked = asking.change(office.citra, row.id, row.version, "annual", longer, "One day more")
    meanwhile = asking.again(row.id).state
    deciding.approve(office.budi, [ref(asked)])

    assert (asked.id, meanwhile, asking.again(row.id).state) == (2, "approved", "replaced")
    assert left(office) == (2400, 500, 0)
    with pytest.raises(StaleRecordError):
        asking.change(office.citra, asked.id, asked.version, "annual", WEEK, "")


def test_leave_is_withdrawn_until_it_begins_and_then_by_who_decides(local: Office) -> None:
    first = deciding.approve(local.budi, [ref(ask(local.citra))])[0]
    asking.withdraw(local.citra, first.id, first.version)
    today = ask(local.citra, Wish(MAY_4, MAY_4))
    today = deciding.approve(local.budi, [ref(today)])[0]

    with pytest.raises(StartedError):
        asking.withdraw(local.citra, today.id, today.version)
    asking.withdraw(local.budi, today.id, today.version, "Came to work")

    assert left(local) == (2400, 0, 0)
    with pytest.raises(DecidedError):
        deciding.approve(local.budi, [Ref(today.id, today.version + 1)])


def test_a_holiday_that_moves_gives_the_day_of_approved_leave_back(office: Office) -> None:
    deciding.approve(office.budi, [ref(ask(office.citra))])

    setting_up.put_day(office.hr, date(2026, 5, 12), "Election day", country="ID")
    setting_up.put_day(office.hr, date(2026, 5, 14), "Moved", "work", "ID")
    setting_up.put_day(office.hr, date(2026, 5, 13), "Of another country", country="SG")

    assert left(office) == (2400, 400, 0)
    assert [each.off for each in reading.of_person(office.citra, CITRA)[0].days] == [
        "", "Election day", "", "", "",
    ]  # fmt: skip


def test_joint_leave_of_a_government_is_taken_from_annual_leave(local: Office) -> None:
    count = setting_up.take_joint_days(local.hr, "ID", 2026)

    found = reading.balances_of(local.citra, CITRA, date(2026, 12, 31))[0]

    assert count == 8
    assert [line.on for line in found.lines if line.kind == "joint"][-1] == date(2026, 12, 24)
    assert sum(line.change for line in found.lines if line.kind == "joint") == -800


def test_a_health_note_is_told_to_few_and_each_look_is_in_the_trail(office: Office) -> None:
    row = ask(office.citra, Wish(MAY_4, MAY_4), "sick", "Appendix")

    seen = [reading.get(who, "LVE-1").row.note for who in (office.citra, office.budi, office.hr)]

    assert seen == ["Appendix", "…", "Appendix"]
    assert reading.seen(office.hr)[0].row.note == "…"
    assert "Appendix" not in str(audit.history(office.hr, "leave", row.id))
    auditor = replace(office.hr, permissions=frozenset({"audit.read"}))
    looks = [line for line in audit.recent(auditor) if line.action == "staff.look"]
    assert [(line.actor, line.record_id) for line in looks] == [(office.hr.user.login, CITRA)]
    with pytest.raises(NotAllowedError):
        reading.get(office.dewi, "LVE-1")


def test_the_trail_tells_neither_who_is_ill_nor_what_hr_corrects(local: Office) -> None:
    row = ask(local.citra, Wish(MAY_4, MAY_4), "annual", "Sea")
    row = asking.change(local.citra, row.id, row.version, "menstrual", Wish(MAY_4, MAY_4), "Cramp")
    asking.change(local.citra, row.id, row.version, "annual", Wish(MAY_4, MAY_4), "Lake")
    setting_up.correct(local.hr, CITRA, "annual", MAY_4, -100, "Clinic")
    auditor = replace(local.hr, permissions=frozenset({"audit.read"}))
    told = str([line for line in audit.recent(auditor) if line.action != "leave.type"])

    for word in ("menstrual", "Cramp", "Clinic", "Sea", "Lake"):
        assert word not in told


def test_a_draft_is_seen_by_its_person_and_hr_alone(local: Office) -> None:
    asking.request(local.citra, CITRA, "annual", Wish(MAY_4, MAY_4), "Interview", draft=True)

    assert [len(reading.seen(who)) for who in (local.citra, local.hr, local.budi)] == [1, 1, 0]
    assert reading.of_person(local.budi, CITRA) == []
    with pytest.raises(NotAllowedError):
        reading.get(local.budi, "LVE-1")


def test_who_reads_the_directory_does_not_see_who_is_ill(local: Office) -> None:
    ask(local.citra, Wish(MAY_4, MAY_4), "sick")
    director = replace(local.ann, user=local.hr.user, permissions=frozenset({"staff.read"}))

    assert reading.seen(director) == []
    with pytest.raises(NotAllowedError):
        reading.balances_of(director, CITRA)


def test_the_calendar_tells_colleagues_only_that_somebody_is_away(local: Office) -> None:
    row = ask(local.citra, Wish(date(2026, 5, 11), date(2026, 5, 12), True), "sick")
    waits = {name: team.month(getattr(local, name), MAY_4) for name in ("dewi", "budi")}
    deciding.approve(local.budi, [ref(row)])

    def cells(session: Session) -> list[tuple[str, bool]]:
        found = team.month(session, MAY_4)
        return [(each.letter, each.half) for member in found.members
                if member.name == "Citra" for each in member.cells[10:12]]  # fmt: skip

    assert not any(cell.letter for member in waits["dewi"].members for cell in member.cells)
    assert [cell.asked for cell in waits["budi"].members[2].cells[9:13]] == [
        False, True, True, False,
    ]  # fmt: skip
    assert cells(local.dewi) == [("•", True), ("•", False)]
    assert cells(local.hr) == [("S", True), ("S", False)]
    assert [member.name for member in team.month(local.dewi, MAY_4).members] == [
        "Budi", "Citra", "Dewi",
    ]  # fmt: skip
    assert date(2026, 5, 14) in waits["budi"].holidays


def test_corrections_are_entered_by_hr_and_never_for_oneself(local: Office) -> None:
    setting_up.correct(local.hr, CITRA, "annual", JAN, 150, "Worked on Christmas")
    with pytest.raises(NotAllowedError):
        setting_up.correct(local.budi, CITRA, "annual", JAN, 150, "For my friend")
    budi = replace(local.budi, permissions=local.hr.permissions)
    with pytest.raises(NotDeciderError):
        setting_up.correct(budi, BUDI, "annual", JAN, 150, "For me")

    line = reading.balances_of(local.citra, CITRA)[0].lines[-1]

    assert reading.explained(reading.balances_of(local.citra, CITRA, JAN)[0].lines[-1]) == (
        "Worked on Christmas; to 2026-02-28"
    )
    assert line.balance == left(local)[0]


def test_overtime_is_approved_and_told_to_pay_by_the_kind_of_its_days(office: Office) -> None:
    days = [(date(2026, 5, 12), 120), (date(2026, 5, 14), 180), (date(2026, 5, 16), 60)]
    rows = [overtime.request(office.citra, CITRA, day, minutes, "Closing") for day, minutes in days]
    with pytest.raises(LimitError):
        overtime.request(office.citra, CITRA, date(2026, 5, 12), 121, "More than the law allows")
    with pytest.raises(NotDeciderError):
        overtime.approve(office.citra, [Ref(rows[0].id, 1)])

    overtime.approve(office.budi, [Ref(row.id, row.version) for row in rows])

    found = overtime.overtime_hours(office.hr, MAY_4)
    assert [(each.day, each.kind, each.minutes, each.days_a_week) for each in found[CITRA]] == [
        (days[0][0], "workday", 120, 5), (days[1][0], "holiday", 180, 5),
        (days[2][0], "rest", 60, 5),
    ]  # fmt: skip
    assert overtime.overtime_hours(office.hr, date(2026, 6, 1)) == {}
    with pytest.raises(NotAllowedError):
        overtime.overtime_hours(office.budi, MAY_4)


def test_overtime_on_a_day_of_rest_ends_with_the_hours_that_the_law_pays(local: Office) -> None:
    """PP 35/2021, Art. 31 (3) pays twelve hours of it in a week of five days."""
    sunday = date(2026, 5, 17)
    overtime.request(local.citra, CITRA, sunday, 700, "Stocktake")

    with pytest.raises(LimitError, match="12"):
        overtime.request(local.citra, CITRA, sunday, 21, "Longer")
    assert overtime.request(local.citra, CITRA, sunday, 20, "Longer").minutes == 20


def test_leave_after_the_last_day_is_approved_by_nobody(local: Office) -> None:
    row = ask(local.citra)
    changing.leave(local.hr, finding.find(local.hr, "Citra"), date(2026, 5, 13))

    with pytest.raises(NotEmployedError):
        deciding.approve(local.budi, [ref(row)])
    assert reading.get(local.hr, "LVE-0001").row.state == "requested"


def test_who_records_attendance_is_absent_on_days_without_a_stay(local: Office) -> None:
    for day in (27, 29):
        attending.enter(local.hr, CITRA, date(2026, 4, day), time(8), time(17), 60, "Forgot")
    with pytest.raises(StayError):
        attending.enter(local.budi, CITRA, date(2026, 4, 29), time(16), time(18))
    with pytest.raises(NotAllowedError):
        attending.enter(local.citra, CITRA, date(2026, 4, 28), time(8), time(17))
    attending.clock_in(local.citra)
    with pytest.raises(AtWorkError):
        attending.clock_in(local.citra)

    found = attending.days(local.budi, date(2026, 4, 20), MAY_4)

    assert [(each.name, each.on.day, each.day.state) for each in found] == [
        ("Citra", 4, "open"),
        *((name, 1, "free") for name in ("Budi", "Citra", "Dewi")),
        ("Citra", 30, "absent"), ("Citra", 29, "worked"), ("Citra", 28, "absent"),
        ("Citra", 27, "worked"),
    ]  # fmt: skip


def test_a_decision_is_taken_back_while_nothing_touched_it(office: Office) -> None:
    first, second = ask(office.citra), asking.request(office.dewi, DEWI, "annual", WEEK, "")
    deciding.approve(office.budi, [ref(first), ref(second)])
    with pytest.raises(UndoError, match="nothing to undo"):
        undoing.undo_last(office.ann)

    back = undoing.undo_last(office.budi)

    assert [(row.state, row.decided_by) for row in back] == [("requested", "")] * 2
    deciding.reject(office.budi, [ref(back[0])], "The audit")
    ask(office.citra, Wish(WEEK.first, WEEK.first))
    with pytest.raises(OverlapError):
        undoing.undo_last(office.budi)
    (done,) = deciding.approve(office.budi, [ref(back[1])])
    asking.withdraw(office.dewi, done.id, done.version)
    with pytest.raises(UndoError, match="changed since"):
        undoing.undo_last(office.budi)


def test_undoing_an_approved_change_lets_the_leave_before_hold_again(local: Office) -> None:
    (held,) = deciding.approve(local.budi, [ref(ask(local.citra))])
    other = Wish(date(2026, 5, 18), date(2026, 5, 19))
    change = asking.change(local.citra, held.id, held.version, "annual", other, "")
    deciding.approve(local.budi, [ref(change)])

    undoing.undo_last(local.budi)

    assert [asking.again(one).state for one in (held.id, change.id)] == ["approved", "requested"]
