"""The calendar of a team: who is away on which days of a month, and when nobody works."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boconsole.leave import knowing, permitted, words
from boconsole.leave.calendar import JOINT, Plan, each_day
from boconsole.session import Session
from boconsole.staff import dated
from db.fields import number_of
from db.leave.rows import RequestRow
from db.staff import people

AWAY = "•"
"""Stands for the type of leave of a colleague that is not told."""


class Cell(NamedTuple):
    """A day of a person.

    Attributes:
        letter: Of the leave, "" where there is none.
        asked: It waits for a decision.
        half: Only a part of the day.
        holiday: Its name, "" where it is none.
        rest: A weekday that is not worked.
        request_id: Of the leave, 0 where there is none or it is not told.
        gone: Not employed.
    """

    letter: str = ""
    asked: bool = False
    half: bool = False
    holiday: str = ""
    rest: bool = False
    request_id: int = 0
    gone: bool = False


class Member(NamedTuple):
    """A person of the calendar with the days of the month."""

    employee_id: int
    name: str
    department: str
    cells: tuple[Cell, ...]


class Month(NamedTuple):
    """The calendar of a month.

    Attributes:
        first: Its first day.
        holidays: Day to name, of the one who looks.
        letters: Letter to title of the types in it.
    """

    first: date
    members: tuple[Member, ...]
    holidays: dict[date, str]
    letters: dict[str, str]

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])


def month(session: Session, first: date) -> Month:
    """Return the calendar of those who are seen, and of the colleagues of one's own team.

    Of colleagues it tells only that they are away.
    """
    first = first.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    seen = permitted.scope(session)
    ids = seen.ids()
    if ids is not None:
        ids = sorted({*ids, *_team(session, seen.own)})
    standing = {one.id: one for one in dated.standings(last, ids)}
    known = knowing.load(session, ids, words.STANDING, (first, last))
    days = each_day(first, last)
    members, letters = [], {}
    plain: dict[object, tuple[Cell, ...]] = {}
    for one in standing.values():
        if not any(known.is_employed(one.id, day) for day in (first, last)):
            continue
        open_to = seen.sees(one.id)
        marks = _marks(known, known.requests.get(one.id, []), first, last, told=open_to)
        plan = known.plan_of(one.id)
        place = (plan.schedules, plan.off)
        if place not in plain:
            plain[place] = _plain(plan, days)
        cells = _marked(known, one.id, plain[place], days, marks)
        if open_to:
            for request in known.requests.get(one.id, []):
                if request.first <= last and request.last >= first:
                    letters[request.letter] = request.title
        position = one.position
        members.append(Member(one.id, one.employee.name, position.department if position else "",
                              cells))  # fmt: skip
    mine = known.plan_of(seen.own or (members[0].employee_id if members else 0))
    holidays = {day: off.name for day in days if (off := mine.off(day))}
    return Month(first, tuple(members), holidays, dict(sorted(letters.items())))


def _plain(plan: Plan, days: Sequence[date]) -> tuple[Cell, ...]:
    """Return the days of people with one schedule in one place, without anybody's leave."""
    found = []
    for day in days:
        off = plan.off(day)
        joint = off is not None and off.kind == JOINT
        found.append(
            Cell("J" if joint else "", holiday=off.name if off else "",
                 rest=not plan.minutes_on(day))
        )  # fmt: skip
    return tuple(found)


def _marked(
    known: knowing.Known, employee_id: int, plain: tuple[Cell, ...], days: Sequence[date],
    marks: dict[date, Cell],
) -> tuple[Cell, ...]:  # fmt: skip
    """Return the days of a person: plain ones, with leave, and those outside of employments."""
    whole = known.is_whole(employee_id, days[0], days[-1])
    if whole and not marks:
        return plain
    found = []
    for day, cell in zip(days, plain, strict=True):
        mark = marks.get(day)
        if mark is not None:
            cell = mark._replace(holiday=cell.holiday, rest=cell.rest)
        gone = not whole and not known.is_employed(employee_id, day)
        found.append(cell._replace(gone=True) if gone else cell)
    return tuple(found)


def _team(session: Session, own: int) -> list[int]:
    """Return who has the same manager today, and that manager."""
    above = dict(people.managers_at(number_of(permitted.today_of(session))))
    manager = above.get(own)
    if not own or manager is None:
        return []
    return [manager, *(one for one, theirs in above.items() if theirs == manager)]


def _marks(
    known: knowing.Known, found: Sequence[RequestRow], first: date, last: date, *, told: bool
) -> dict[date, Cell]:
    marks: dict[date, Cell] = {}
    for row in found:
        if row.last < first or row.first > last or (row.state == words.REQUESTED and not told):
            continue
        for each in known.count(row):
            if first <= each.day <= last and each.quantity:
                half = (row.minutes > 0 or (each.day == row.first and row.from_noon)
                        or (each.day == row.last and row.to_noon))  # fmt: skip
                marks[each.day] = Cell(
                    row.letter if told else AWAY, row.state == words.REQUESTED, half,
                    request_id=row.id if told else 0,
                )  # fmt: skip
    return marks


def mark(cell: Cell) -> str:
    """Return a day in one letter, without colour: small for half a day, `?` asked, `.` free."""
    if cell.gone:
        return " "
    if cell.letter:
        letter = cell.letter.lower() if cell.half else cell.letter
        return "?" if cell.asked else letter
    if cell.holiday:
        return "*"
    return "." if cell.rest else "-"
