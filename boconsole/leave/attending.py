"""Clocking in and out, days entered by hand, and what each day was against the schedule."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.leave import knowing, permitted, words, worktime
from boconsole.leave.calendar import each_day
from boconsole.leave.errors import AtWorkError, NotAtWorkError, NotEmployedError, StayError
from boconsole.leave.knowing import Known
from boconsole.leave.permitted import today_of
from boconsole.leave.worktime import Worked
from boconsole.session import Session
from boconsole.staff import dated, finding
from boconsole.text import clean_line
from db.fields import number_of
from db.leave import work
from db.leave.rows import StayRow as StayRow

FEATURE = "attendance"
EDIT = "attendance.edit"
MOST_DAYS = 400
LONGEST = timedelta(hours=36)


class Attended(NamedTuple):
    """A day of a person.

    Attributes:
        name: Of the person.
        stays: As recorded.
        day: What the day was.
        leave: Letter of the leave, "" for none.
        holiday: Its name.
    """

    employee_id: int
    name: str
    on: date
    stays: tuple[StayRow, ...]
    day: worktime.Day
    leave: str
    holiday: str


def clock_in(session: Session, note: str = "") -> StayRow:
    """Begin to work, now; raises AtWorkError."""
    own = finding.own(session)
    with audit.writing():
        zone = _zone(session, own.id)
        if (there := work.find_open(own.id)) is not None:
            since = there.in_at.astimezone(ZoneInfo(there.zone))
            raise AtWorkError(f"{since:%Y-%m-%d %H:%M}")
        now = session.now()
        day = now.astimezone(zone).date()
        if not knowing.load(session, [own.id], ()).is_employed(own.id, day):
            raise NotEmployedError(day)
        return _add(session, own.id, day, zone, now, None, 0, note, entered=False)


def clock_out(session: Session, breaks: int = 0) -> StayRow:
    """End to work, now; raises NotAtWorkError."""
    own = finding.own(session)
    with audit.writing():
        there = work.find_open(own.id)
        if there is None:
            raise NotAtWorkError
        now = session.now()
        _check_breaks(breaks, there.in_at, now)
        values = {"out_at": int(now.timestamp()), "breaks": breaks}
        work.update("attendance", there.id, there.version, values)
        told: dict[str, tuple[object, object]] = {"out": (None, _clock(now, there.zone)),
                                                  "breaks": (0, breaks)}  # fmt: skip
        audit.record(session, "attendance.out", FEATURE,
                     [audit.Line(there.id, told, there.version + 1)])  # fmt: skip
        return _again(there.id)


def is_in(session: Session) -> StayRow | None:
    """Return the stay of the one who acts that has not ended."""
    return work.find_open(finding.own(session).id)


def enter(
    session: Session, employee_id: int, day: date, begin: time, end: time, breaks: int = 0,
    note: str = "",
) -> StayRow:  # fmt: skip
    """Enter a stay of a past day; one that ends before it begins ends on the next day.

    Args:
        session: Who enters: HR for everybody, a manager for those below.
        employee_id: Of whom.
        day: Which.
        begin: By the clock of the person's schedule.
        end: As above.
        breaks: Minutes.
        note: Why it was not clocked.

    Raises:
        StayError: It lies in the future, or in another stay.
    """
    _require_entering(session, employee_id)
    with audit.writing():
        zone = _zone(session, employee_id)
        in_at = datetime.combine(day, begin, zone)
        out_at = datetime.combine(day + timedelta(days=end <= begin), end, zone)
        if out_at > session.now():
            raise StayError(_("That has not happened yet; enter it when it is over."))
        if not knowing.load(session, [employee_id], ()).is_employed(employee_id, day):
            raise NotEmployedError(day)
        _check_breaks(breaks, in_at, out_at)
        around = work.select_stays([employee_id], day - timedelta(days=2), day + timedelta(days=2))
        for other in around:
            if other.in_at < out_at and (other.out_at or session.now()) > in_at:
                told = _("It lies in the stay of {day} {time}; take that out first.")
                clock = _clock(other.in_at, other.zone)
                raise StayError(told.format(day=other.day, time=clock))
        return _add(session, employee_id, day, zone, in_at, out_at, breaks, note, entered=True)


def take_out(session: Session, stay_id: int, version: int, reason: str) -> None:
    """Let a stay not count any more; it stays in the trail."""
    row = _again(stay_id)
    _require_entering(session, row.employee_id)
    reason = clean_line(reason, field="reason")
    if not reason:
        raise InvalidChangeError("reason", _("is needed"))
    with audit.writing():
        if not work.update("attendance", row.id, version, {"void": True}):
            raise StaleRecordError(_("The stay of {day}").format(day=row.day), row.id, row.version)
        told: dict[str, tuple[object, object]] = {"counts": (True, False), "reason": (None, reason)}
        audit.record(session, "attendance.remove", FEATURE, [audit.Line(row.id, told, version + 1)])


def get(session: Session, stay_id: int) -> StayRow:
    """Return a stay that counts; raises NotFoundError and NotAllowedError."""
    row = _again(stay_id)
    permitted.require_seen(session, row.employee_id)
    return row


def days(
    session: Session, first: date, last: date, employee_id: int | None = None
) -> list[Attended]:
    """Return what days were, of a person or of everybody who is seen; free days are left out.

    Nobody is absent before the day is over, nor before the first stay that is recorded of them.

    Args:
        session: Who reads.
        first: The first day.
        last: The last one, today at the latest.
        employee_id: Of whom; None for all.
    """
    if employee_id is not None:
        permitted.require_seen(session, employee_id)
    last = min(last, today_of(session))
    if (last - first).days > MOST_DAYS:
        raise InvalidChangeError("first", _("at most {n} days are shown").format(n=MOST_DAYS))
    ids: Sequence[int] | None = (
        permitted.scope(session).ids() if employee_id is None else [employee_id]
    )
    if last < first:
        return []
    names = {one.id: one.employee.name for one in dated.standings(last, ids)}
    known = knowing.load(session, ids, (words.APPROVED,), (first, last))
    stays: dict[tuple[int, date], list[StayRow]] = {}
    for row in work.select_stays(ids, first, last):
        stays.setdefault((row.employee_id, row.day), []).append(row)
    found = []
    for one, name in names.items():
        leave = _leave_of(known, one)
        for day in each_day(first, last):
            if known.is_employed(one, day):
                mine = tuple(stays.get((one, day), ()))
                found.append(_attended(known, one, name, day, mine, leave.get(day, ("", 0))))
    today = today_of(session)
    begun = work.select_first_days(ids)
    told = [
        each
        for each in found
        if each.stays
        or each.holiday
        or each.day.state == worktime.AWAY
        or (
            each.day.state == worktime.ABSENT
            and begun.get(each.employee_id, today) < each.on < today
        )
    ]
    told.sort(key=lambda each: each.name)
    return sorted(told, key=lambda each: each.on, reverse=True)


def _leave_of(known: Known, employee_id: int) -> dict[date, tuple[str, int]]:
    """Return letter and part of each day of leave, in hundredths of the day."""
    found: dict[date, tuple[str, int]] = {}
    plan = known.plan_of(employee_id)
    for row in known.requests.get(employee_id, ()):
        rule = known.rule_of(row.type_id, row.first)
        for each in known.count(row):
            part, planned = each.quantity, plan.minutes_on(each.day)
            if rule and rule.unit == "hours" and planned:
                part = min(100, part * 60 // planned)
            found[each.day] = (row.letter, min(100, found.get(each.day, ("", 0))[1] + part))
    return found


def _attended(
    known: Known, employee_id: int, name: str, day: date, stays: tuple[StayRow, ...],
    leave: tuple[str, int],
) -> Attended:  # fmt: skip
    plan = known.plan_of(employee_id)
    off = plan.off(day)
    worked = worktime.derive(plan, day, _worked(day, stays), leave[1])
    return Attended(employee_id, name, day, stays, worked, leave[0] if leave[1] else "",
                    off.name if off else "")  # fmt: skip


def _worked(day: date, stays: Sequence[StayRow]) -> Worked:
    """Return stays in minutes of their day."""
    spans, since = [], None
    for row in stays:
        start = datetime.combine(day, time(), ZoneInfo(row.zone))
        begin = int((row.in_at - start).total_seconds() // 60)
        if row.out_at is None:
            since = begin
        else:
            spans.append((begin, int((row.out_at - start).total_seconds() // 60)))
    return Worked(tuple(spans), sum(row.breaks for row in stays), since)


def _zone(session: Session, employee_id: int) -> ZoneInfo:
    known = knowing.load(session, [employee_id], ())
    named = known.zone_of(employee_id, today_of(session))
    return ZoneInfo(named) if named else session.zone


def _require_entering(session: Session, employee_id: int) -> None:
    """Raise where the one who acts is neither HR nor above the person."""
    own, seen = permitted.scope(session).own, permitted.scope(session)
    if session.may(EDIT) and own != employee_id:
        return
    if employee_id not in seen.below:
        session.require(EDIT)
        raise InvalidChangeError("employee", _("somebody else enters your own days"))


def _check_breaks(breaks: int, in_at: datetime, out_at: datetime) -> None:
    if out_at - in_at > LONGEST:
        raise StayError(_("More than 36 hours at once cannot be; have the day entered by hand."))
    if not 0 <= breaks <= (out_at - in_at).total_seconds() // 60:
        raise InvalidChangeError("breaks", _("are longer than the stay"))


def _add(
    session: Session, employee_id: int, day: date, zone: ZoneInfo, in_at: datetime,
    out_at: datetime | None, breaks: int, note: str, *, entered: bool,
) -> StayRow:  # fmt: skip
    stay_id = work.insert("attendance", {
        "employee_id": employee_id, "day": number_of(day), "zone": zone.key,
        "in_at": int(in_at.timestamp()), "out_at": int(out_at.timestamp()) if out_at else None,
        "breaks": breaks, "entered": entered, "note": clean_line(note, field="note"),
        "void": False,
    })  # fmt: skip
    told: dict[str, tuple[object, object]] = {
        "person": (None, finding.again(employee_id).number),
        "in": (None, f"{day} {_clock(in_at, zone.key)}"),
    }
    if out_at is not None:
        told |= {"out": (None, _clock(out_at, zone.key)), "breaks": (None, breaks)}
    action = "attendance.enter" if entered else "attendance.in"
    audit.record(session, action, FEATURE, [audit.Line(stay_id, told, 1)])
    return _again(stay_id)


def _clock(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def _again(stay_id: int) -> StayRow:
    row = work.find_stay(stay_id)
    if row is None:
        raise NotFoundError(_("stay {number}").format(number=stay_id))
    return row
