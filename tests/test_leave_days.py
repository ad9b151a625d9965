"""Days that leave takes, days of work and overtime: against schedules, holidays and laws."""

from __future__ import annotations

from datetime import date

import pytest

from boconsole.leave import calendar, counting, worktime
from boconsole.leave.calendar import COMPANY, JOINT, WORK, DayOff, OwnDay, Plan, Week
from boconsole.leave.counting import Wish
from boconsole.leave.errors import NoDaysError, SpanError, UnknownCountryError
from boconsole.leave.rules import Rule
from boconsole.leave.worktime import OvertimeDay, Worked
from boconsole.sla.calendar import Calendar

FULL, SHORT = ["08:00-12:00", "13:00-17:00"], ["08:00-12:00", "13:00-16:00"]
FIVE = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), FULL)
SIX = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), SHORT) | {"sat": ["08:00-13:00"]}
OWN = (
    OwnDay(date(2026, 3, 23), "Cuti bersama", JOINT),
    OwnDay(date(2026, 6, 2), "Founders' day", COMPANY),
    OwnDay(date(2026, 8, 17), "Stocktake", WORK),
)


def plan(hours: dict[str, list[str]] = FIVE) -> Plan:
    week = Calendar.from_table({"timezone": "Asia/Jakarta", "hours": hours})
    off = calendar.days_off("ID", "", OWN, "en")
    return Plan(((date(2000, 1, 1), Week.of_calendar(week, grace=5)),), off)


def taken(rule: Rule, wish: Wish, hours: dict[str, list[str]] = FIVE) -> int:
    return counting.total(counting.count(rule, plan(hours), wish))


def test_holidays_of_the_country_are_known_in_the_language_of_the_reader() -> None:
    assert calendar.days_off("ID", "", (), "en")(date(2026, 3, 19)) == DayOff(
        date(2026, 3, 19), "Day of Silence"
    )
    assert calendar.public_days("ID", "", 2026, "id")[date(2026, 3, 19)] == "Hari Suci Nyepi"
    assert date(2026, 1, 6) in calendar.public_days("DE", "BY", 2026, "en")
    assert date(2026, 1, 6) not in calendar.public_days("DE", "BE", 2026, "en")
    assert date(2026, 3, 20) in calendar.joint_days("ID", 2026, "en")
    with pytest.raises(UnknownCountryError):
        calendar.public_days("XX", "", 2026, "en")


@pytest.mark.parametrize(
    ("hours", "wish", "hundredths"),
    [
        (FIVE, Wish(date(2026, 5, 11), date(2026, 5, 17)), 400),  # Ascension Day is Thursday 14
        (SIX, Wish(date(2026, 5, 11), date(2026, 5, 17)), 500),
        (FIVE, Wish(date(2026, 5, 12), date(2026, 5, 15), True, True), 200),
        (FIVE, Wish(date(2026, 5, 12), date(2026, 5, 12), minutes=90), 19),
        (FIVE, Wish(date(2026, 6, 1), date(2026, 6, 3)), 100),
        (FIVE, Wish(date(2026, 8, 17), date(2026, 8, 17)), 100),
    ],
)
def test_leave_takes_working_days_alone(
    hours: dict[str, list[str]], wish: Wish, hundredths: int
) -> None:
    assert taken(Rule(halves=True), wish, hours) == hundredths


def test_calendar_days_take_every_day_and_hours_what_is_planned() -> None:
    week = Wish(date(2026, 5, 11), date(2026, 5, 17))

    assert taken(Rule(counts="calendar"), week) == 700
    assert taken(Rule(unit="hours"), week) == 3200
    assert taken(Rule(unit="hours"), Wish(date(2026, 5, 12), date(2026, 5, 12), minutes=90)) == 150


@pytest.mark.parametrize(
    ("rule", "wish", "refusal"),
    [
        (Rule(), Wish(date(2026, 5, 12), date(2026, 5, 11)), SpanError),
        (Rule(), Wish(date(2026, 5, 12), date(2026, 5, 13), True), SpanError),
        (Rule(halves=True), Wish(date(2026, 5, 12), date(2026, 5, 12), True, True), SpanError),
        (Rule(halves=True), Wish(date(2026, 5, 12), date(2026, 5, 12), minutes=481), SpanError),
        (Rule(), Wish(date(2026, 5, 16), date(2026, 5, 17)), NoDaysError),
        (Rule(), Wish(date(2026, 1, 1), date(2029, 1, 1)), SpanError),
    ],
)
def test_days_that_cannot_be_asked_for_are_refused(
    rule: Rule, wish: Wish, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        taken(rule, wish)


@pytest.mark.parametrize(
    ("day", "worked", "leave", "expected"),
    [
        (12, Worked(((475, 1022),)), 0, (480, 487, 0, 0, "worked")),
        (12, Worked(((497, 1020),)), 0, (480, 463, 17, 0, "late")),
        (12, Worked(((485, 1000),)), 0, (480, 455, 0, 20, "early")),
        (12, Worked(((480, 720), (780, 1020)), 15), 0, (480, 465, 0, 0, "worked")),
        (12, Worked(open_since=540), 0, (480, 0, 60, 0, "open")),
        (12, Worked(), 0, (480, 0, 0, 0, "absent")),
        (12, Worked(), 100, (0, 0, 0, 0, "leave")),
        (12, Worked(((780, 1020),)), 50, (240, 240, 0, 0, "worked")),
        (14, Worked(), 0, (0, 0, 0, 0, "free")),
        (16, Worked(((540, 720),)), 0, (0, 180, 0, 0, "unplanned")),
    ],
)
def test_a_day_is_what_was_recorded_against_the_schedule(
    day: int, worked: Worked, leave: int, expected: tuple[object, ...]
) -> None:
    assert worktime.derive(plan(), date(2026, 5, day), worked, leave) == expected


def test_overtime_has_the_kind_of_its_day() -> None:
    """Indonesian Government Regulation 35/2021, art. 31: workdays, rest days and holidays."""
    days = [date(2026, 5, 12), date(2026, 5, 16), date(2026, 5, 14), date(2026, 12, 26)]

    found = [worktime.overtime_day(plan(SIX), day, 60) for day in days]

    assert [(each.kind, each.days_a_week, each.shortest) for each in found] == [
        ("workday", 6, False), ("workday", 6, True), ("holiday", 6, False), ("workday", 6, True),
    ]  # fmt: skip
    assert worktime.overtime_day(plan(), date(2026, 5, 16), 60).kind == "rest"


def test_overtime_on_workdays_ends_at_four_hours_a_day_and_eighteen_a_week() -> None:
    """Indonesian Government Regulation 35/2021, art. 26 (1) and (2)."""
    days = [OvertimeDay(date(2026, 5, 4 + n), "workday", 240, 5, False) for n in range(5)]
    rest = [OvertimeDay(date(2026, 5, 9), "rest", 600, 5, False)]

    assert worktime.over_limit([*days[:4], *rest], 240, 1080) == []
    assert worktime.over_limit(days, 240, 1080) == [(date(2026, 5, 4), 1200, 1080)]
    assert worktime.over_limit([days[0]._replace(minutes=241)], 240, 0) == [
        (date(2026, 5, 4), 241, 240)
    ]
