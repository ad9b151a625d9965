"""What is recorded of people, read once and handed to the pure rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from boconsole.leave import balances, calendar, counting, rules
from boconsole.leave.balances import Correction, Facts, Taking
from boconsole.leave.calendar import DayOff, OwnDay, Plan, Week
from boconsole.leave.counting import Counted, Wish
from boconsole.leave.errors import NoDaysError, SpanError
from boconsole.leave.granting import Service
from boconsole.leave.rules import Dated, Rule
from boconsole.session import Session
from boconsole.sla.calendar import Calendar
from db.leave import requests, types
from db.leave.rows import CorrectionRow, DayOffRow, RequestRow, TypeRow
from db.staff import facts as staff_facts
from db.staff.rows import EmploymentRow, ScheduleRow

FIVE_DAYS = "480 480 480 480 480 0 0"
"""The week of somebody without a schedule."""
FIRST, LAST = date(1900, 1, 1), date(9998, 12, 31)


@lru_cache(maxsize=256)
def _rule(text: str) -> Rule:
    return rules.from_json(text)


@lru_cache(maxsize=64)
def _calendar(text: str) -> Calendar:
    return Calendar.from_json(text)


@dataclass
class Known:
    """Types, holidays and what is recorded of some people.

    Attributes:
        types: By id.
        versions: The rules of each type.
        people: Whom; None for everyone.
    """

    types: dict[int, TypeRow]
    versions: dict[int, list[Dated]]
    people: Sequence[int] | None
    language: str
    own_days: list[DayOffRow]
    clocks: dict[tuple[int, ...], tuple[Week, str]]
    spells: dict[int, list[EmploymentRow]]
    schedules: dict[int, list[ScheduleRow]]
    requests: dict[int, list[RequestRow]]
    corrections: dict[tuple[int, int], list[CorrectionRow]]
    _plans: dict[int, Plan] = field(default_factory=dict)
    _places: dict[tuple[str, str], calendar.DaysOff] = field(default_factory=dict)

    def rule_of(self, type_id: int, day: date) -> Rule | None:
        """Return the rule of a type on a day."""
        return rules.rule_on(self.versions.get(type_id, ()), day)

    def service_of(self, employee_id: int) -> Service | None:
        """Return the last employment of a person; service may count from an earlier day."""
        spells = self.spells.get(employee_id)
        if not spells:
            return None
        last = spells[-1]
        return Service(last.counted_from or last.head.starts_on, last.head.ends_on)

    def is_employed(self, employee_id: int, day: date) -> bool:
        """Return whether somebody is employed on a day."""
        return any(
            spell.head.starts_on <= day and (spell.head.ends_on or LAST) >= day
            for spell in self.spells.get(employee_id, ())
        )

    def is_whole(self, employee_id: int, first: date, last: date) -> bool:
        """Return whether one employment covers all days from one to another."""
        return any(
            spell.head.starts_on <= first and (spell.head.ends_on or LAST) >= last
            for spell in self.spells.get(employee_id, ())
        )

    def plan_of(self, employee_id: int) -> Plan:
        """Return schedules and days off of a person."""
        if employee_id not in self._plans:
            rows = self.schedules.get(employee_id, [])
            weeks = [(row.head.starts_on, self._week(row.week)) for row in rows]
            self._plans[employee_id] = Plan(
                tuple(weeks) or ((FIRST, self._week(FIVE_DAYS)),), self._off(rows)
            )
        return self._plans[employee_id]

    def zone_of(self, employee_id: int, day: date) -> str:
        """Return the zone of the clock of a person's schedule, "" where it has none."""
        minutes = self.plan_of(employee_id).schedule_on(day).minutes
        return self.clocks[minutes][1] if minutes in self.clocks else ""

    def _week(self, text: str) -> Week:
        minutes = tuple(int(word) for word in text.split())
        found = self.clocks.get(minutes)
        return found[0] if found else Week.of_minutes(minutes)

    def _off(self, rows: Sequence[ScheduleRow]) -> calendar.DaysOff:
        """Return what answers with the day off, by the country of the schedule of that day."""
        places = [(row.head.starts_on, row.country, row.region) for row in rows] or [
            (FIRST, "", "")
        ]
        if len({place[1:] for place in places}) == 1:
            return self._off_in(*places[0][1:])

        def off(day: date) -> DayOff | None:
            held = [place[1:] for place in places if place[0] <= day]
            return self._off_in(*(held[-1] if held else places[0][1:]))(day)

        return off

    def _off_in(self, country: str, region: str) -> calendar.DaysOff:
        """Return what answers with the day off in a place; each day is looked up once."""
        if (country, region) not in self._places:
            own = [
                OwnDay(each.day, each.name, each.kind)
                for each in self.own_days
                if each.country in ("", country) and each.region in ("", region)
            ]
            self._places[country, region] = cache(
                calendar.days_off(country, region, own, self.language)
            )
        return self._places[country, region]

    def count(self, request: RequestRow) -> list[Counted]:
        """Return the days of a request as they count today; none where nothing is to be taken."""
        rule = self.rule_of(request.type_id, request.first)
        if rule is None:
            return []
        wish = wish_of(request)
        try:
            return counting.count(rule, self.plan_of(request.employee_id), wish)
        except (NoDaysError, SpanError):
            return []

    def takings(
        self, employee_id: int, type_id: int, states: Sequence[str], without: Sequence[int] = ()
    ) -> list[Taking]:
        """Return the days that a person's requests of a type take, in some states."""
        return [
            Taking(each.day, each.quantity, request.id)
            for request in self.requests.get(employee_id, ())
            if request.type_id == type_id and request.state in states and request.id not in without
            for each in self.count(request)
            if each.quantity
        ]

    def facts(
        self, employee_id: int, type_id: int, states: Sequence[str], without: Sequence[int] = ()
    ) -> Facts | None:
        """Return everything that a ledger is computed from; None for who was never employed."""
        service = self.service_of(employee_id)
        if service is None:
            return None
        corrections = tuple(
            Correction(row.day, row.amount, row.note, row.lasts_until, row.opening)
            for row in self.corrections.get((employee_id, type_id), ())
        )
        return Facts(
            self.versions.get(type_id, []), service, self.plan_of(employee_id),
            self.takings(employee_id, type_id, states, without), corrections,
            self._joint(employee_id, type_id, service),
        )  # fmt: skip

    def _joint(self, employee_id: int, type_id: int, service: Service) -> list[Taking]:
        """Return the days of joint leave on which the person would have worked."""
        plan, found = self.plan_of(employee_id), []
        for each in self.own_days:
            if each.kind != calendar.JOINT or each.day < service.joined:
                continue
            rule = self.rule_of(type_id, each.day)
            off = plan.off(each.day) if rule and rule.joint_leave else None
            if off and off.kind == calendar.JOINT and plan.minutes_on(each.day):
                found.append(Taking(each.day, 100))
        return sorted({each.day: each for each in found}.values())


def wish_of(row: RequestRow) -> Wish:
    """Return the days of a request."""
    return Wish(row.first, row.last, row.from_noon, row.to_noon, row.minutes)


def load(
    session: Session, people: Sequence[int] | None, states: Sequence[str],
    days: tuple[date, date] | None = None,
) -> Known:  # fmt: skip
    """Read everything about some people, or about all, and their requests in some states.

    Args:
        session: Who reads.
        people: Of whom; None for everyone.
        states: Of their requests; none reads none.
        days: Only requests that touch these days; None for all.
    """
    versions: dict[int, list[Dated]] = {}
    for rule in types.select_rules():
        versions.setdefault(rule.type_id, []).append(Dated(rule.since, _rule(rule.rule)))
    known = Known(
        {row.id: row for row in types.select_types()}, versions, people, session.language,
        types.select_days_off(FIRST, LAST), _clocks(), {}, {}, {}, {},
    )  # fmt: skip
    for spell in staff_facts.select_all("employment", people):
        known.spells.setdefault(spell.head.employee_id, []).append(spell)
    for schedule in staff_facts.select_all("schedule", people):
        known.schedules.setdefault(schedule.head.employee_id, []).append(schedule)
    found = (requests.select_between(people, *days, states) if days
             else requests.select_of(people, states))  # fmt: skip
    for request in found:
        known.requests.setdefault(request.employee_id, []).append(request)
    for row in requests.select_corrections(people):
        known.corrections.setdefault((row.employee_id, row.type_id), []).append(row)
    return known


def _clocks() -> dict[tuple[int, ...], tuple[Week, str]]:
    """Return the clocks by how long each day of their week is; the first name wins."""
    found: dict[tuple[int, ...], tuple[Week, str]] = {}
    for row in types.select_hours():
        read = _calendar(row.hours)
        week = Week.of_calendar(read, row.grace)
        found.setdefault(week.minutes, (week, read.zone.key))
    return found


def shortage(facts: Facts | None, more: Sequence[Counted]) -> tuple[date, int] | None:
    """Return the first day that further days leave uncovered, and how much is missing."""
    wanted = [Taking(each.day, each.quantity) for each in more if each.quantity]
    return balances.first_short(facts, wanted) if facts else None
