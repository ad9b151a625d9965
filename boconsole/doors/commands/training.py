"""Training by command: courses, sessions, results, who lacks what, skills."""

from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.session import Session
    from boconsole.training.courses import CourseRow
    from boconsole.training.sessions import SessionRow

COURSE = ("name", "provider", "hours", "certificate", "skill", "level", "note", "closed")
SESSION = ("starts_on", "ends_on", "place", "trainer", "seats")


# Courses


def list_courses(call: Call) -> Answer:
    """List courses."""
    from boconsole.training import courses, exporting

    found = courses.every(call.session())
    needs = courses.needs()

    def text() -> str:
        rows = [
            (row.number, output.safe(row.name), output.safe(row.provider),
             courses.hours_of(row.minutes), output.safe(row.certificate) or "-",
             str(row.valid_months or "-"), "; ".join(
                output.safe(courses.who(one.department, one.title)) for one in needs
                if one.course_id == row.id) or "-")
            for row in found
        ]  # fmt: skip
        heads = (_("Number"), _("Name"), _("Provider"), _("Hours"), _("Certificate"),
                 _("Months"), _("Needed by"))  # fmt: skip
        return output.table(heads, rows, right=frozenset((3, 5)))

    return Answer([exporting.course(row, needs) for row in found], text)


def new(call: Call) -> Answer:
    """Add a course."""
    from boconsole.training import courses

    row = courses.new(call.session(), {"name": call.words.name, **_course_given(call)})
    return _course_told(row)


def edit(call: Call) -> Answer:
    """Change a course."""
    from boconsole.training import courses

    return _course_told(
        courses.edit(call.session(), courses.find(call.words.course), _course_given(call))
    )


def _course_given(call: Call) -> dict[str, object]:
    words = call.words
    given = {name: value for name in COURSE if (value := getattr(words, name, None)) is not None}
    if words.months is not None:
        given["valid_months"] = words.months
    return given


def _course_told(row: "CourseRow") -> Answer:
    from boconsole.training import courses, exporting

    told = _("{number} {name} is kept.").format(number=row.number, name=output.safe(row.name))
    return Answer(exporting.course(row, courses.needs(row.id)), told)


def need(call: Call) -> Answer:
    """Say who needs a course, or does no more."""
    from boconsole.training import courses

    session, words = call.session(), call.words
    row = courses.find(words.course)
    if words.drop:
        if not words.drop.isdecimal():
            raise InvalidChangeError("drop", _("is a whole number"))
        courses.drop_need(session, row, int(words.drop))
    else:
        courses.need(session, row, words.department, words.title)
    return _course_told(row)


# Sessions


def list_sessions(call: Call) -> Answer:
    """List sessions."""
    from boconsole.training import courses, exporting, sessions, words

    call.session()
    course = courses.find(call.words.course).id if call.words.course else None
    found = sessions.every(course)

    def text() -> str:
        rows = [
            (row.number, output.safe(row.course), str(row.starts_on), str(row.ends_on),
             output.safe(row.place), f"{row.places}/{row.seats or '-'}",
             _(words.STATE_TITLES[row.state]))
            for row in found
        ]  # fmt: skip
        heads = (_("Number"), _("Course"), _("From"), _("To"), _("Place"), _("Seats"), _("State"))
        return output.table(heads, rows, right=frozenset((5,)))

    return Answer([exporting.session(row) for row in found], text)


def plan(call: Call) -> Answer:
    """Plan a session."""
    from boconsole.training import courses, sessions

    session = call.session()
    row = sessions.new(session, courses.find(call.words.course), _session_given(call))
    return _told(session, row)


def change(call: Call) -> Answer:
    """Change a planned session."""
    from boconsole.training import sessions

    session, row = _found(call)
    return _told(session, sessions.edit(session, row, _session_given(call)))


def _session_given(call: Call) -> dict[str, object]:
    return {name: value for name in SESSION if (value := getattr(call.words, name)) is not None}


def _found(call: Call) -> "tuple[Session, SessionRow]":
    from boconsole.training import sessions

    session = call.session()
    return session, sessions.find(call.words.session)


def _told(session: "Session", row: "SessionRow", told: str = "") -> Answer:
    from boconsole.training import exporting, sessions, words

    people = sessions.places(session, row)
    told = told or _("{number} {course} on {day} is kept.")
    sentence = told.format(number=row.number, course=output.safe(row.course), day=row.starts_on,
                           state=_(words.STATE_TITLES[row.state]))  # fmt: skip
    return Answer(exporting.session(row, people), sentence)


def show(call: Call) -> Answer:
    """Show a session."""
    from boconsole.training import exporting, sessions, words

    session, row = _found(call)
    people = sessions.places(session, row)

    def text() -> str:
        head = (f"{row.number} {output.safe(row.course)}, {row.starts_on} – {row.ends_on}, "
                f"{output.safe(row.place)}")  # fmt: skip
        rows = [(f"EMP-{one.employee_id:04}", output.safe(one.name),
                 _(words.PLACE_TITLES[one.state]), output.safe(one.result))
                for one in people]  # fmt: skip
        heads = (_("Number"), _("Name"), _("State"), _("Result"))
        return f"{head}\n\n{output.table(heads, rows)}"

    return Answer(exporting.session(row, people), text)


def hold(call: Call) -> Answer:
    """Say that a session was held."""
    from boconsole.training import sessions

    session, row = _found(call)
    return _told(session, sessions.hold(session, row), _("{number} is {state}."))


def cancel(call: Call) -> Answer:
    """Say that a session is not held."""
    from boconsole.training import sessions

    session, row = _found(call)
    return _told(session, sessions.cancel(session, row, call.words.reason),
                 _("{number} is {state}."))  # fmt: skip


def enrol(call: Call) -> Answer:
    """Enrol people."""
    from boconsole.staff import finding
    from boconsole.training import sessions

    session, row = _found(call)
    ids = [finding.find(session, word).id for word in call.words.people]
    return _told(session, sessions.enrol(session, row, ids))


def _places(call: Call, session: "Session", row: "SessionRow") -> list[int]:
    from boconsole.staff import finding
    from boconsole.training import sessions

    there = {one.employee_id: one.id for one in sessions.places(session, row)}
    found = []
    for word in call.words.people:
        person = finding.find(session, word)
        if person.id not in there:
            raise NotFoundError(_("place of {name} in {number}").format(
                name=person.number, number=row.number))  # fmt: skip
        found.append(there[person.id])
    return found


def take_out(call: Call) -> Answer:
    """Take people out of a session."""
    from boconsole.training import sessions

    session, row = _found(call)
    for place in _places(call, session, row):
        row = sessions.take_out(session, row, place)
    return _told(session, row)


def record(call: Call) -> Answer:
    """Record how a session ended for people."""
    from boconsole.training import sessions

    session, row = _found(call)
    places = _places(call, session, row)
    return _told(session, sessions.record(session, row, places, call.words.state,
                                          call.words.result))  # fmt: skip


def take_back(call: Call) -> Answer:
    """Take results back."""
    from boconsole.training import sessions

    session, row = _found(call)
    for place in _places(call, session, row):
        row = sessions.take_back(session, row, place, call.words.reason)
    return _told(session, row)


# Reads


def lacking(call: Call) -> Answer:
    """List who lacks what."""
    from boconsole.staff import finding
    from boconsole.training import courses, exporting, needing, words

    session, typed = call.session(), call.words
    course = courses.find(typed.course).id if typed.course else None
    person = finding.find(session, typed.person).id if typed.person else None
    found = needing.lacking(session, course, person)

    def text() -> str:
        rows = [(one.number, output.safe(one.name), output.safe(one.department),
                 output.safe(one.course.name), _(words.LACK_TITLES[one.state]),
                 str(one.until or "-")) for one in found]  # fmt: skip
        heads = (_("Number"), _("Name"), _("Department"), _("Course"), _("State"), _("Until"))
        return output.table(heads, rows)

    return Answer([exporting.lack(one) for one in found], text)


def skills(call: Call) -> Answer:
    """Show who knows what."""
    from boconsole.staff import skills as rules
    from boconsole.training import exporting

    found = rules.matrix(call.session(), " ".join(call.words.query))

    def text() -> str:
        rows = [(line.number, output.safe(line.name), *line.levels) for line in found.lines
                if any(line.levels)]  # fmt: skip
        heads = (_("Number"), _("Name"), *map(output.safe, found.skills))
        return output.table(heads, rows)

    return Answer(exporting.matrix(found), text)
