"""Who needs which course and does not have it: computed from what is known of people, not kept.

A course is had by whoever holds its certificate on the day; one without a certificate by
whoever was trained in it once.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from boconsole.session import Session
from boconsole.staff import dated, departments, finding
from boconsole.staff.dated import Standing
from boconsole.training import courses, words
from db.staff import facts
from db.staff.rows import PartRow
from db.training import stored
from db.training.rows import CourseRow, NeedRow

SOON = timedelta(days=60)


class Lack(NamedTuple):
    """Somebody who lacks a course, or soon will.

    Attributes:
        state: `missing`, `expired`, `ending` (within 60 days), or `booked` (will be trained).
        until: The last day of the certificate, where there was or is one.
    """

    employee_id: int
    number: str
    name: str
    department: str
    title: str
    course: CourseRow
    state: str
    until: date | None

    @property
    def key(self) -> int:
        """What tells it apart."""
        return self.employee_id * 10_000 + self.course.id


def lacking(
    session: Session, course_id: int | None = None, employee_id: int | None = None,
    day: date | None = None,
) -> list[Lack]:  # fmt: skip
    """Return who lacks what, of those who are seen and employed, by course and name.

    Args:
        session: Who asks.
        course_id: Of one course; None for all.
        employee_id: Of one person; None for all.
        day: On which day; None for today.
    """
    day = day or finding.today_of(session)
    ids = None if employee_id is None else [employee_id]
    people = dated.on(session, day, ids, employed=True)
    kept = [row for row in courses.every(session) if not row.closed
            and course_id in (None, row.id)]  # fmt: skip
    needs = courses.needs()
    tree = _tree(session)
    parts: dict[int, list[PartRow]] = {}
    for part in facts.select_all("part", [one.id for one in people]):
        if part.kind in ("training", "certificate"):
            parts.setdefault(part.head.employee_id, []).append(part)
    booked = set(stored.select_waiting())
    found = []
    for course in kept:
        own = [one for one in needs if one.course_id == course.id]
        for person in people:
            if any(_needs(person, one, tree) for one in own):
                state, until = _state(course, parts.get(person.id, ()), day)
                if state and (person.id, course.id) in booked:
                    state = words.BOOKED
                if state:
                    found.append(_lack(person, course, state, until))
    return found


def _tree(session: Session) -> dict[int, set[int]]:
    """Return the departments within each one, itself among them."""
    rows = departments.every(session)
    above = {row.id: row.parent_id for row in rows}
    found: dict[int, set[int]] = {row.id: set() for row in rows}
    for row in rows:
        one: int | None = row.id
        while one is not None and row.id not in found[one]:
            found[one].add(row.id)
            one = above.get(one)
    return found


def _needs(person: Standing, need: NeedRow, tree: Mapping[int, set[int]]) -> bool:
    position = person.position
    if need.department_id is not None and (
        position is None or position.department_id not in tree.get(need.department_id, ())
    ):
        return False
    if need.title:
        return position is not None and position.title.casefold() == need.title.casefold()
    return True


def _state(course: CourseRow, parts: Sequence[PartRow], day: date) -> tuple[str, date | None]:
    """Return what is lacking, "" for nothing, and the last day that is known."""
    if not course.certificate and not course.valid_months:
        had = any(one.kind == "training" and one.name.casefold() == course.name.casefold()
                  for one in parts)  # fmt: skip
        return ("", None) if had else (words.MISSING, None)
    name = (course.certificate or course.name).casefold()
    held = [one for one in parts if one.kind == "certificate" and one.name.casefold() == name
            and (one.head.starts_on or day) <= day]  # fmt: skip
    if not held:
        return words.MISSING, None
    if any(one.head.ends_on is None for one in held):
        return "", None
    until = max(one.head.ends_on for one in held if one.head.ends_on)
    if until < day:
        return words.EXPIRED, until
    return (words.ENDING, until) if until - day <= SOON else ("", until)


def _lack(person: Standing, course: CourseRow, state: str, until: date | None) -> Lack:
    position = person.position
    return Lack(
        person.id, person.number, person.employee.name, position.department if position else "",
        position.title if position else "", course, state, until,
    )  # fmt: skip
