"""Courses, sessions, places and who lacks what, for programs."""

from collections.abc import Sequence

from boconsole.staff.skills import Matrix
from boconsole.training import courses
from boconsole.training.courses import CourseRow, NeedRow
from boconsole.training.needing import Lack
from boconsole.training.sessions import PlaceRow, SessionRow


def course(row: CourseRow, needs: Sequence[NeedRow]) -> dict[str, object]:
    """Return a course with who needs it."""
    return {
        "number": row.number, "name": row.name, "provider": row.provider,
        "hours": courses.hours_of(row.minutes), "certificate": row.certificate or None,
        "valid_months": row.valid_months, "skill": row.skill or None, "level": row.level,
        "note": row.note, "closed": row.closed,
        "needs": [{"id": one.id, "department": one.department or None, "title": one.title or None}
                  for one in needs if one.course_id == row.id],
    }  # fmt: skip


def session(row: SessionRow, places: Sequence[PlaceRow] | None = None) -> dict[str, object]:
    """Return a session, with the people in it where they are given."""
    found: dict[str, object] = {
        "number": row.number, "course": row.course, "from": row.starts_on, "to": row.ends_on,
        "place": row.place, "trainer": row.trainer, "seats": row.seats, "taken": row.places,
        "state": row.state,
    }  # fmt: skip
    if places is not None:
        found["people"] = [
            {"id": one.id, "employee": f"EMP-{one.employee_id:04}", "name": one.name,
             "state": one.state, "result": one.result}
            for one in places
        ]  # fmt: skip
    return found


def lack(one: Lack) -> dict[str, object]:
    """Return who lacks what."""
    return {
        "employee": one.number, "name": one.name, "department": one.department,
        "title": one.title, "course": one.course.name, "state": one.state, "until": one.until,
    }  # fmt: skip


def matrix(found: Matrix) -> dict[str, object]:
    """Return people by skills; what somebody does not have is left out."""
    return {
        "skills": [{"name": name, "people": count}
                   for name, count in zip(found.skills, found.people, strict=True)],
        "people": [
            {"employee": line.number, "name": line.name, "department": line.department,
             "skills": {name: level for name, level
                        in zip(found.skills, line.levels, strict=True) if level}}
            for line in found.lines
        ],
    }  # fmt: skip
