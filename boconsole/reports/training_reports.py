"""The report of training: courses attended, certificates that hold and lapse, and who lacks what.

It is made of what stands in the records of people, whoever taught them. What a training cost is
not recorded.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from boconsole.filters.writing import quote
from boconsole.language import _
from boconsole.reports import narrowing
from boconsole.reports.shapes import Answer, Asked, Chart, Column, Row, Value
from boconsole.reports.staff_reports import LISTED, as_they_stand
from boconsole.staff import dated
from boconsole.training import courses, needing, words
from boconsole.training.courses import CourseRow
from db.staff import facts
from db.staff.rows import PartRow

PEOPLE, ATTENDED, MINUTES, VALID, SOON, EXPIRED, LACKING = range(7)
"""What is counted of a line."""
LACKS = (words.MISSING, words.EXPIRED, words.BOOKED)
Lines = dict[str, list[int]]


def training(asked: Asked) -> Answer:
    """Return what people learned on the asked days, and what they hold on the last one."""
    wanted = narrowing.people(asked, "staff-training")
    people = {one.id: one for one in dated.on(asked.session, asked.last)
              if wanted is None or one.id in wanted}  # fmt: skip
    places = {one.id: one.position.department if one.position else "" for one in people.values()}
    employed = {one.id for one in people.values() if one.employment}
    by_name = {row.name.casefold(): row for row in courses.every(asked.session)}
    lines: Lines = defaultdict(lambda: [0] * 7)

    def line(person: int, course: str) -> list[int]:
        return lines[places[person] if asked.by == "department" else course]

    if asked.by == "department":
        for person in employed:
            line(person, "")[PEOPLE] += 1
    for person, held in _parts(asked, people).items():
        for part in held:
            if part.kind == "training" and _was_on(part, asked.first, asked.last):
                course = by_name.get(part.name.casefold())
                one = line(person, course.name if course else part.name)
                one[ATTENDED] += 1
                one[MINUTES] += course.minutes if course else 0
        for name, place in _certificates(held, asked.last) if person in employed else ():
            line(person, _course_of(name, by_name.values()))[place] += 1
    for lack in needing.lacking(asked.session, day=asked.last):
        if lack.employee_id in people and lack.state in LACKS:
            line(lack.employee_id, lack.course.name)[LACKING] += 1
    return _answer(asked, lines, by_name)


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


def _certificates(held: Sequence[PartRow], day: date) -> list[tuple[str, int]]:
    """Return what somebody's certificates are on a day, by name: the latest of each counts."""
    until: dict[str, list[date | None]] = defaultdict(list)
    names: dict[str, str] = {}
    for part in held:
        if part.kind == "certificate" and (part.head.starts_on or day) <= day:
            until[part.name.casefold()].append(part.head.ends_on)
            names.setdefault(part.name.casefold(), part.name)
    found = []
    for key, ends in until.items():
        last = None if None in ends else max(end for end in ends if end)
        if last is not None and last < day:
            found.append((names[key], EXPIRED))
            continue
        found.append((names[key], VALID))
        if last is not None and last - day <= needing.SOON:
            found.append((names[key], SOON))
    return found


def _course_of(certificate: str, known: Iterable[CourseRow]) -> str:
    """Return the course that gives a certificate, or the certificate itself."""
    key = certificate.casefold()
    return next((row.name for row in known
                 if (row.certificate or row.name).casefold() == key), certificate)  # fmt: skip


def _answer(asked: Asked, lines: Lines, by_name: Mapping[str, CourseRow]) -> Answer:
    by_department = asked.by == "department"
    today = asked.last == asked.session.now().astimezone(asked.session.zone).date()
    rows = []
    for name in sorted(lines, key=lambda each: (not each, each.casefold())):
        line = lines[name]
        hours = (Decimal(line[MINUTES]) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)
        cells: list[Value] = [name, line[ATTENDED], hours, *line[VALID:]]
        if by_department:
            cells.insert(1, line[PEOPLE])
        query, counted = None, None
        if by_department and today:
            term = f"department:{quote(name)}" if name else "no:department"
            query, counted = narrowing.words(asked, "state:employed", term), line[PEOPLE]
        elif not by_department and today and line[VALID] + line[EXPIRED]:
            course = by_name.get(name.casefold())
            held = course.certificate or course.name if course else name
            query = narrowing.words(asked, "state:employed", f"skill:{quote(held)}")
            counted = line[VALID] + line[EXPIRED]
        rows.append(Row(tuple(cells), query, counted))
    titles = {"course": _("Course"), "department": _("Department")}
    columns = [Column(asked.by, titles[asked.by], "text"),
               Column("attended", _("Attended"), total=True),
               Column("hours", _("Hours"), "decimal", 1),
               Column("valid", _("Valid"), total=True),
               Column("ending", _("of these due"), total=True),
               Column("expired", _("Expired"), total=True),
               Column("lacking", _("Lack it"), total=True)]  # fmt: skip
    if by_department:
        columns.insert(1, Column("people", _("People"), total=True))
    told = (
        _("Attended: trainings that ended on these days; hours are those of the course."),
        _("Certificates of who is employed on {day}; due are those that end within {count} days.")
        .format(day=asked.last, count=needing.SOON.days),
        _("Lack it: who needs a course and does not have it, enrolled or not."),
    )  # fmt: skip
    at = int(by_department)
    chart = Chart("bar", 0, (1 + at, 3 + at, 5 + at)) if rows else None
    return Answer(columns, rows, chart, LISTED, (*told, *as_they_stand(asked)))
