"""The report of training: courses attended, certificates that hold and lapse, and who lacks what.

It is made of what stands in the records of people, whoever taught them. What a training cost is
not recorded.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from boconsole.language import _
from boconsole.reports import narrowing
from boconsole.reports.shapes import Answer, Asked, Chart, Column, Row, Value
from boconsole.reports.staff_reports import as_they_stand, department_of
from boconsole.staff import dated
from boconsole.staff.dated import Standing
from boconsole.training import courses, needing, words
from boconsole.training.courses import CourseRow
from db.staff import facts
from db.staff.rows import PartRow

PEOPLE, ATTENDED, MINUTES, VALID, SOON, EXPIRED, LACKING = range(7)
"""What is counted of a line."""
LACKS = (words.MISSING, words.EXPIRED, words.BOOKED)


class Event(NamedTuple):
    """Something that counts for a line: `place` is one of those above."""

    person: Standing
    line: str
    place: int
    what: str
    day: date | None = None
    minutes: int = 0


def training(asked: Asked) -> Answer:
    """Return what people learned on the asked days, and what they hold on the last one."""
    lines: dict[str, list[int]] = defaultdict(lambda: [0] * 7)
    for one in _events(asked):
        lines[one.line][one.place] += 1
        lines[one.line][MINUTES] += one.minutes
    return _answer(asked, lines)


def records(asked: Asked) -> Answer:
    """Return who counts for one line, and for what."""
    found = sorted((one for one in _events(asked) if one.line == asked.of),
                   key=lambda one: (one.person.employee.sort_name, one.place))  # fmt: skip
    marks: dict[tuple[str, str, str, date | None], Counter[int]] = defaultdict(Counter)
    for one in found:
        key = (one.person.number, one.person.employee.name, one.what, one.day)
        marks[key][one.place] += 1
    rows = [
        Row((*key, *(counts[place] for place in (ATTENDED, VALID, SOON, EXPIRED, LACKING))),
            record=key[0])
        for key, counts in marks.items()
    ]  # fmt: skip
    columns = (Column("number", _("Number"), "text"), Column("name", _("Name"), "text"),
               Column("what", _("Course or certificate"), "text"), Column("day", _("Day"), "day"),
               *_counts())  # fmt: skip
    return Answer(columns, rows)


def _events(asked: Asked) -> Iterator[Event]:
    wanted = narrowing.people(asked, "staff-training")
    people = {one.id: one for one in dated.on(asked.session, asked.last)
              if wanted is None or one.id in wanted}  # fmt: skip
    by_name = {row.name.casefold(): row for row in courses.every(asked.session)}
    by_department = asked.by == "department"

    def line(person: Standing, course: str) -> str:
        return department_of(person) if by_department else course

    if by_department:
        for one in people.values():
            if one.employment:
                yield Event(one, department_of(one), PEOPLE, "")
    for person, held in _parts(asked, people).items():
        one = people[person]
        for part in held:
            if part.kind == "training" and _was_on(part, asked.first, asked.last):
                course = by_name.get(part.name.casefold())
                yield Event(one, line(one, course.name if course else part.name), ATTENDED,
                            part.name, part.head.ends_on or part.head.starts_on,
                            course.minutes if course else 0)  # fmt: skip
        for name, place, until in _certificates(held, asked.last) if one.employment else ():
            key = line(one, _course_of(name, by_name.values()))
            yield Event(one, key, place, name, until)
    for lack in needing.lacking(asked.session, day=asked.last):
        if lack.employee_id in people and lack.state in LACKS:
            one = people[lack.employee_id]
            yield Event(one, line(one, lack.course.name), LACKING, lack.course.name, lack.until)


def _parts(asked: Asked, people: Collection[int]) -> dict[int, list[PartRow]]:
    """Return trainings and certificates by person."""
    parts: dict[int, list[PartRow]] = defaultdict(list)
    for part in facts.select_all("part", None if asked.session.may("staff.read") else [*people]):
        if part.kind in ("training", "certificate") and part.head.employee_id in people:
            parts[part.head.employee_id].append(part)
    return parts


def _was_on(part: PartRow, first: date, last: date) -> bool:
    day = part.head.ends_on or part.head.starts_on
    return day is not None and first <= day <= last


def _certificates(held: Sequence[PartRow], day: date) -> list[tuple[str, int, date | None]]:
    """Return name, state and last day of somebody's certificates on a day.

    Of several with one name the last to end counts.
    """
    until: dict[str, list[date | None]] = defaultdict(list)
    names: dict[str, str] = {}
    for part in held:
        if part.kind == "certificate" and (part.head.starts_on or day) <= day:
            until[part.name.casefold()].append(part.head.ends_on)
            names.setdefault(part.name.casefold(), part.name)
    found: list[tuple[str, int, date | None]] = []
    for key, ends in until.items():
        last = None if None in ends else max(end for end in ends if end)
        if last is not None and last < day:
            found.append((names[key], EXPIRED, last))
            continue
        found.append((names[key], VALID, last))
        if last is not None and last - day <= needing.SOON:
            found.append((names[key], SOON, last))
    return found


def _course_of(certificate: str, known: Iterable[CourseRow]) -> str:
    """Return the course that gives a certificate, or the certificate itself."""
    key = certificate.casefold()
    return next((row.name for row in known
                 if (row.certificate or row.name).casefold() == key), certificate)  # fmt: skip


def _counts() -> tuple[Column, ...]:
    return (Column("attended", _("Attended"), total=True), Column("valid", _("Valid"), total=True),
            Column("ending", _("Due"), total=True),
            Column("expired", _("Expired"), total=True),
            Column("lacking", _("Lack it"), total=True))  # fmt: skip


def _answer(asked: Asked, lines: Mapping[str, Sequence[int]]) -> Answer:
    by_department = asked.by == "department"
    rows = []
    for name in sorted(lines, key=lambda each: (not each, each.casefold())):
        line = lines[name]
        hours = (Decimal(line[MINUTES]) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)
        cells: list[Value] = [name, line[ATTENDED], hours, *line[VALID:]]
        if by_department:
            cells.insert(1, line[PEOPLE])
        rows.append(Row(tuple(cells), of=name))
    titles = {"course": _("Course"), "department": _("Department")}
    attended, *others = _counts()
    columns = [Column(asked.by, titles[asked.by], "text"), attended,
               Column("hours", _("Hours"), "decimal", 1), *others]  # fmt: skip
    if by_department:
        columns.insert(1, Column("people", _("People"), total=True))
    told = (
        _("Attended: trainings that ended on these days; hours are those of the course."),
        _("Certificates of who is employed on {day}; due are valid ones that end in {count} days.")
        .format(day=asked.last, count=needing.SOON.days),
        _("Lack it: who needs a course and does not have it, enrolled or not."),
    )  # fmt: skip
    at = int(by_department)
    chart = Chart("bar", 0, (1 + at, 3 + at, 6 + at)) if rows else None
    return Answer(columns, rows, chart, "", (*told, *as_they_stand(asked)))
