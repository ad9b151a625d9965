"""A small company on leave: Ann leads Budi, Budi leads Citra and Dewi; HR is beside them."""

from __future__ import annotations

from datetime import date, time
from typing import NamedTuple

from boconsole.leave import asking, attending, deciding, overtime, presets, setting_up
from boconsole.leave.counting import Wish
from boconsole.leave.deciding import Ref
from boconsole.session import Session
from boconsole.staff import changing
from boconsole.staff.changing import NewFact
from tests.officers import officer
from tests.people import add_agent

ANN, BUDI, CITRA, DEWI = 1, 2, 3, 4
WEEK = Wish(date(2026, 5, 11), date(2026, 5, 15))
"""Ascension Day is its Thursday."""
DAYS = ("mon", "tue", "wed", "thu", "fri")
HOURS = {
    "timezone": "Asia/Jakarta",
    "hours": {day: ["08:00-12:00", "13:00-17:00"] for day in DAYS},
}


class Office(NamedTuple):
    """The sessions of HR and of each person."""

    hr: Session
    ann: Session
    budi: Session
    citra: Session
    dewi: Session


def make_office(session: Session) -> Office:
    """Hire them, with the types of leave of Indonesia."""
    hr = officer(session)
    people = {}
    for name, manager in (("ann", ""), ("budi", "EMP-0001"), ("citra", "EMP-0002"),
                          ("dewi", "EMP-0002")):  # fmt: skip
        people[name] = add_agent(session, name)
        works = NewFact("position", {"title": "Clerk", "manager": manager})
        week = NewFact("schedule", {"country": "ID", "week": "8 8 8 8 8"})
        given = {"name": name.title(), "user": name}
        changing.hire(hr, given, date(2024, 3, 1), [works, week])
    setting_up.take_presets(hr, presets.types_of("indonesia"), date(2024, 1, 1))
    return Office(hr, **people)


def fill(office: Office) -> None:
    """Let them ask for leave, clock in and work longer in May 2026."""
    setting_up.take_joint_days(office.hr, "ID", 2026)
    setting_up.put_hours(office.hr, "Office", HOURS, 10)
    asked = [
        asking.request(who, person, kind, wish, note)
        for who, person, kind, wish, note in (
            (office.budi, BUDI, "annual", Wish(date(2026, 4, 6), date(2026, 4, 8)), ""),
            (office.citra, CITRA, "sick", Wish(date(2026, 5, 5), date(2026, 5, 6), True), "Flu"),
            (office.ann, ANN, "annual", Wish(date(2026, 5, 18), date(2026, 5, 22)), "Bali"),
            (office.dewi, DEWI, "annual", WEEK, "Wedding of my sister"),
            (office.budi, BUDI, "annual", Wish(date(2026, 6, 2), date(2026, 6, 5)), "Medan"),
        )
    ]
    deciding.approve(office.hr, [Ref(row.id, row.version) for row in asked[:3]])
    overtime.request(office.citra, CITRA, date(2026, 4, 30), 150, "Closing of the month")
    for day, begin in ((28, time(7, 55)), (29, time(8, 25)), (30, time(8, 2))):
        attending.enter(office.hr, CITRA, date(2026, 4, day), begin, time(17, 0))
