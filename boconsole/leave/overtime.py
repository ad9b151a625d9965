"""Overtime: asked for, decided like leave, and handed to pay by the kind of its days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.leave import knowing, permitted, telling, words, worktime
from boconsole.leave.calendar import WORKDAY
from boconsole.leave.deciding import Ref
from boconsole.leave.errors import DecidedError, LimitError, NotDeciderError, NotEmployedError
from boconsole.leave.granting import add_months
from boconsole.leave.knowing import Known
from boconsole.leave.permitted import Deciding, today_of
from boconsole.leave.worktime import OvertimeDay
from boconsole.session import Session
from boconsole.staff import finding
from boconsole.text import clean_line, required_line
from db.fields import number_of
from db.leave import work
from db.leave.rows import OvertimeRow as OvertimeRow

FEATURE = "overtime"
PAY = "staff.pay"
Told = dict[str, tuple[object, object]]
DAY = 1440
"""Minutes."""
LIMITS: Mapping[str, tuple[int, int]] = {"ID": (240, 1080)}
"""Minutes on a workday and in a week, by country.

Source: Indonesian Government Regulation 35/2021, art. 26.
"""


class Overtime(NamedTuple):
    """Overtime as it is read.

    Attributes:
        kind: Of its day: `workday`, `rest` or `holiday`.
        decides: Whether the one who reads may decide it.
    """

    row: OvertimeRow
    kind: str
    decides: bool

    @property
    def number(self) -> str:
        """`OVT-0001`."""
        return words.overtime_number(self.row.id)

    @property
    def ref(self) -> Ref:
        """As it is acted on."""
        return Ref(self.row.id, self.row.version)


def request(session: Session, employee_id: int, day: date, minutes: int, note: str) -> OvertimeRow:
    """Ask for overtime of a day, before or after it.

    Raises:
        LimitError: The law of the person's country allows less on workdays.
        NotAllowedError: For somebody else who is not below.
    """
    if employee_id not in permitted.scope(session).below:
        permitted.require_own(session, employee_id)
    note = required_line(note, field="note")
    if not 1 <= minutes <= DAY:
        raise InvalidChangeError("hours", _("lie between 0 and 24"))
    with audit.writing():
        known = knowing.load(session, [employee_id], ())
        if not known.is_employed(employee_id, day):
            raise NotEmployedError(day)
        _check_limits(known, employee_id, day, minutes)
        overtime_id = work.insert("overtime", {
            "employee_id": employee_id, "day": number_of(day), "minutes": minutes,
            "state": words.REQUESTED, "note": note, "reason": "",
            "asked_at": int(session.now().timestamp()), "asked_by": session.user.login,
            "decided_by": "",
        })  # fmt: skip
        told: Told = {"person": (None, finding.again(employee_id).number), "day": (None, str(day)),
                "minutes": (None, minutes), "note": (None, note)}  # fmt: skip
        _record(session, "overtime.request", overtime_id, told, 1)
        row = _again(overtime_id)
        sentence = _("{number} {name}, {days}: asks for overtime").format(
            number=words.overtime_number(row.id), name=row.employee, days=day)  # fmt: skip
        asked = Deciding(session, today_of(session)).asked(employee_id)
        telling.tell(session, asked, row.id, sentence, FEATURE)
        return row


def approve(session: Session, refs: Sequence[Ref]) -> list[OvertimeRow]:
    """Approve overtime: all of it, or none; errors as of leave."""
    return _decide(session, refs, words.APPROVED, "", "overtime.approve")


def reject(session: Session, refs: Sequence[Ref], reason: str) -> list[OvertimeRow]:
    """Reject overtime, with the reason that the people read."""
    reason = required_line(reason, field="reason")
    return _decide(session, refs, words.REJECTED, reason, "overtime.reject")


def withdraw(session: Session, ref: Ref, reason: str = "") -> OvertimeRow:
    """Take back overtime that is not decided, or that one decides about."""
    with audit.writing():
        row = _again(ref.id)
        decides = Deciding(session, today_of(session)).may(row.employee_id)
        if not decides:
            permitted.require_own(session, row.employee_id)
        allowed = (words.REQUESTED, words.APPROVED) if decides else (words.REQUESTED,)
        if row.state not in allowed:
            raise DecidedError(words.overtime_number(row.id), _(words.STATES[row.state]))
        values = {"state": words.WITHDRAWN, "reason": clean_line(reason, field="reason")}
        return _write(session, row, ref, values, "overtime.withdraw")


def _decide(
    session: Session, refs: Sequence[Ref], state: str, reason: str, action: str
) -> list[OvertimeRow]:
    with audit.writing():
        deciding = Deciding(session, today_of(session))
        done = []
        for ref in refs:
            row = _again(ref.id)
            number = words.overtime_number(row.id)
            if not deciding.may(row.employee_id):
                raise NotDeciderError(number)
            if row.state != words.REQUESTED:
                raise DecidedError(number, _(words.STATES[row.state]))
            values = {"state": state, "reason": reason, "decided_by": session.user.login,
                      "decided_at": int(session.now().timestamp())}  # fmt: skip
            done.append(_write(session, row, ref, values, action))
            told = _("{number}, {days}: {state} by {login}").format(
                number=number,
                days=row.day,
                state=_(words.STATES[state]),
                login=session.user.login,
            )
            telling.tell(session, [row.employee_id], row.id, told, FEATURE)
        return done


def _write(
    session: Session, row: OvertimeRow, ref: Ref, values: Mapping[str, object], action: str
) -> OvertimeRow:
    if not work.update("overtime", row.id, ref.version, values):
        raise StaleRecordError(words.overtime_number(row.id), row.id, row.version)
    told: Told = {"state": (row.state, values["state"])}
    if values["reason"]:
        told["reason"] = (None, values["reason"])
    _record(session, action, row.id, told, ref.version + 1)
    return _again(row.id)


def _record(
    session: Session, action: str, overtime_id: int, told: Told, version: int,
) -> None:  # fmt: skip
    audit.record(session, action, FEATURE, [audit.Line(overtime_id, told, version)])


def listed(
    session: Session, first: date, last: date, employee_id: int | None = None,
    states: Sequence[str] = words.STORED,
) -> list[Overtime]:  # fmt: skip
    """Return overtime of days, of a person or of everybody who is seen, by day."""
    if employee_id is not None:
        permitted.require_seen(session, employee_id)
    ids = permitted.scope(session).ids() if employee_id is None else [employee_id]
    return _read(session, work.select_overtime(ids, first, last, states))


def waiting(session: Session) -> list[Overtime]:
    """Return the overtime that the one who acts may decide, by day."""
    found = work.select_overtime(None, knowing.FIRST, knowing.LAST, (words.REQUESTED,))
    return [each for each in _read(session, found) if each.decides]


def get(session: Session, number: str) -> Overtime:
    """Return overtime by its number; raises NotFoundError and NotAllowedError."""
    found = _read(session, [_again(words.parse_number(number))])[0]
    if not found.decides:
        permitted.require_seen(session, found.row.employee_id)
    return found


def _read(session: Session, rows: Sequence[OvertimeRow]) -> list[Overtime]:
    deciding = Deciding(session, today_of(session))
    known = knowing.load(session, sorted({row.employee_id for row in rows}), ())
    return [
        Overtime(
            row, known.plan_of(row.employee_id).kind_of(row.day),
            row.state == words.REQUESTED and deciding.may(row.employee_id),
        )
        for row in rows
    ]  # fmt: skip


def overtime_hours(
    session: Session, month: date, employee_ids: Sequence[int] | None = None
) -> dict[int, list[OvertimeDay]]:
    """Return the approved overtime of a month by person, day by day, as pay needs it.

    Args:
        session: Needs `leave.read`, or `staff.pay` as pay runs do.
        month: Any day of it.
        employee_ids: Of whom; None for all.
    """
    if not session.may(PAY):
        session.require(permitted.READ)
    first = month.replace(day=1)
    last = add_months(first, 1) - timedelta(days=1)
    rows = work.select_overtime(employee_ids, first, last, (words.APPROVED,))
    known = knowing.load(session, sorted({row.employee_id for row in rows}), ())
    by_person: dict[int, list[OvertimeRow]] = {}
    for row in rows:
        by_person.setdefault(row.employee_id, []).append(row)
    return {one: _by_day(known, one, found) for one, found in by_person.items()}


def _by_day(known: Known, employee_id: int, rows: Iterable[OvertimeRow]) -> list[OvertimeDay]:
    minutes: dict[date, int] = {}
    for row in rows:
        minutes[row.day] = minutes.get(row.day, 0) + row.minutes
    plan = known.plan_of(employee_id)
    return [worktime.overtime_day(plan, day, each) for day, each in sorted(minutes.items())]


def _check_limits(known: Known, employee_id: int, day: date, minutes: int) -> None:
    held = [row.country for row in known.schedules.get(employee_id, ())
            if row.head.starts_on <= day]  # fmt: skip
    most = LIMITS.get(held[-1] if held else "", (0, 0))
    monday = day - timedelta(days=day.weekday())
    rows = work.select_overtime(
        [employee_id], monday, monday + timedelta(days=6), (words.REQUESTED, words.APPROVED)
    )
    days = {each.day: each for each in _by_day(known, employee_id, rows)}
    mine = worktime.overtime_day(known.plan_of(employee_id), day, minutes)
    if day in days:
        mine = mine._replace(minutes=mine.minutes + days[day].minutes)
    days[day] = mine
    over = []
    if mine.kind == WORKDAY:
        over = worktime.over_limit(days.values(), *most)
    elif any(most) and mine.minutes > (limit := worktime.rest_most(mine)):
        over = [(day, mine.minutes, limit)]
    if over:
        _day, summed, limit = over[0]
        raise LimitError(
            _("That would be {n} hours of overtime; the law allows {most}.").format(
                n=_hours(summed), most=_hours(limit)
            )
        )
    if mine.minutes > DAY:
        raise InvalidChangeError("hours", _("lie between 0 and 24"))


def _hours(minutes: int) -> str:
    from boconsole.leave.quantities import from_minutes, shown

    return shown(from_minutes(minutes))


def _again(overtime_id: int) -> OvertimeRow:
    row = work.find_overtime(overtime_id)
    if row is None:
        raise NotFoundError(_("request {number}").format(number=words.overtime_number(overtime_id)))
    return row
