"""Sessions of courses: planned, people enrolled, results recorded.

A result that was passed gives the person a training, the certificate with its last day, and the
skill, as facts of the record; the result and the facts are one step.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import N_, _
from boconsole.moments import add_months
from boconsole.session import Session
from boconsole.staff import changing, dated, finding, privacy, skills
from boconsole.staff.changing import NewFact
from boconsole.staff.typed import day_of
from boconsole.text import clean_line, required_line
from boconsole.training import courses, words
from db.staff import facts
from db.training import stored
from db.training.rows import CourseRow
from db.training.rows import PlaceRow as PlaceRow
from db.training.rows import SessionRow as SessionRow

FIELDS = ("starts_on", "ends_on", "place", "trainer", "seats")
MOST_SEATS = 10_000
SEATS = N_("there are {seats} seats, {taken} are taken")
Given = Mapping[str, object]


def again(session_id: int) -> SessionRow:
    """Return a session by id, for rules; raises NotFoundError."""
    row = stored.find_session(session_id)
    if row is None:
        raise NotFoundError(_("session {number}").format(number=f"TRN-{session_id:04}"))
    return row


def find(word: str) -> SessionRow:
    """Return the session of a number; raises NotFoundError."""
    number = words.parse_number(word)
    if number is None:
        raise NotFoundError(_("session {number}").format(number=word[:40]))
    return again(number)


def every(course_id: int | None = None) -> list[SessionRow]:
    """Return the sessions of a course, or all, the latest first; anybody may know them."""
    return stored.select_sessions(course_id)


def places(session: Session, row: SessionRow) -> list[PlaceRow]:
    """Return who is in a session, of those who are seen, by name."""
    seen = privacy.scope(session)
    return [one for one in stored.select_places(row.id) if seen.sees(one.employee_id)]


def new(session: Session, course: CourseRow, given: Given) -> SessionRow:
    """Plan a session; the first day is needed, the last one is the same by default."""
    courses.require(session)
    with audit.writing():
        values = _parse(given)
        if not values.get("starts_on"):
            raise InvalidChangeError("starts_on", _("is needed"))
        values["ends_on"] = values.get("ends_on") or values["starts_on"]
        _check_days(values)
        row_id = stored.insert("training_session", {
            "course_id": course.id, "place": "", "trainer": "", "state": words.PLANNED,
            "version": 1, **values,
        })  # fmt: skip
        told = {name: (None, str(value)) for name, value in values.items() if value}
        line = audit.Line(row_id, {"course": (None, course.number), **told}, 1)
        audit.record(session, "training_session.new", words.SESSION, [line])
        return again(row_id)


def edit(session: Session, row: SessionRow, given: Given) -> SessionRow:
    """Change days, place, trainer or seats of a planned session.

    Raises:
        InvalidChangeError: A value cannot be: fewer seats than are taken, or other days than those
            that a result gave.
    """
    courses.require(session)
    with audit.writing():
        now = again(row.id)
        _require_planned(now)
        before = now._asdict()
        values = {name: value for name, value in _parse(given).items() if before[name] != value}
        if not values:
            return now
        _check_days({**before, **values})
        _check_seats(now.places, values.get("seats", now.seats))
        if "starts_on" in values or "ends_on" in values:
            _require_no_result(now)
        told = {name: (str(before[name] or ""), str(value or "")) for name, value in values.items()}
        return _write(session, now._replace(version=row.version), values, "edit", told)


def _parse(given: Given) -> dict[str, object]:
    found: dict[str, object] = {}
    for field, value in given.items():
        text = "" if value is None else str(value)
        if field in ("starts_on", "ends_on"):
            found[field] = day_of(value, field)
        elif field in ("place", "trainer"):
            found[field] = clean_line(text, field=field, limit=120)
        elif field == "seats":
            if text and not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_SEATS):
                raise InvalidChangeError(
                    field, _("lies between 1 and {most}").format(most=MOST_SEATS))  # fmt: skip
            found[field] = int(text) if text else None
        else:
            raise InvalidChangeError(field[:40], _("there is no such field; expected {words}")
                                     .format(words=", ".join(FIELDS)))  # fmt: skip
    return found


def _check_days(values: Mapping[str, object]) -> None:
    first, last = values["starts_on"], values["ends_on"]
    if isinstance(first, date) and isinstance(last, date) and last < first:
        raise InvalidChangeError("ends_on", _("cannot come before {day}").format(day=first))


def _check_seats(taken: int, seats: object) -> None:
    if isinstance(seats, int) and taken > seats:
        raise InvalidChangeError("seats", _(SEATS).format(seats=seats, taken=taken))


def _require_no_result(row: SessionRow) -> None:
    """Refuse what would belie certificates that were given."""
    for one in stored.select_places(row.id):
        if one.state != words.ENROLLED:
            told = _("{name} has a result; take it back first").format(name=one.name)
            raise InvalidChangeError("result", told)


def _require_begun(session: Session, row: SessionRow) -> None:
    if row.starts_on > finding.today_of(session):
        raise InvalidChangeError("state", _("it begins on {day}; results come then").format(
            day=row.starts_on))  # fmt: skip


def _require_planned(row: SessionRow) -> None:
    if row.state != words.PLANNED:
        raise InvalidChangeError("state", _("{number} is {state}; only planned ones change").format(
            number=row.number, state=_(words.STATE_TITLES[row.state])))  # fmt: skip


def _write(
    session: Session, row: SessionRow, values: Mapping[str, object], verb: str,
    told: Mapping[str, tuple[object, object]],
) -> SessionRow:  # fmt: skip
    if not stored.update("training_session", row.id, row.version, values):
        raise StaleRecordError(row.number, row.id, again(row.id).version)
    line = audit.Line(row.id, told, row.version + 1)
    audit.record(session, f"training_session.{verb}", words.SESSION, [line])
    return again(row.id)


def cancel(session: Session, row: SessionRow, reason: str) -> SessionRow:
    """Say that a planned session is not held, and why.

    Raises:
        InvalidChangeError: Somebody has a result of it.
    """
    reason = required_line(reason, field="reason")
    with audit.writing():
        courses.require(session)
        _require_no_result(row)
        return _end(session, row, words.CANCELLED, reason)


def hold(session: Session, row: SessionRow) -> SessionRow:
    """Say that a session was held: everybody has a result.

    Raises:
        InvalidChangeError: Somebody has none yet, or it has not begun.
    """
    courses.require(session)
    _require_begun(session, row)
    open_ones = [one.name for one in stored.select_places(row.id) if one.state == words.ENROLLED]
    if open_ones:
        raise InvalidChangeError("state", _("no result yet: {names}").format(
            names=", ".join(open_ones[:3])))  # fmt: skip
    return _end(session, row, words.HELD, "")


def _end(session: Session, row: SessionRow, state: str, reason: str) -> SessionRow:
    courses.require(session)
    with audit.writing():
        now = again(row.id)
        _require_planned(now)
        told: dict[str, tuple[object, object]] = {"state": (now.state, state)}
        if reason:
            told["reason"] = (None, reason)
        return _write(session, now._replace(version=row.version), {"state": state}, "state", told)


# Who is in it


def enrol(session: Session, row: SessionRow, employee_ids: Sequence[int]) -> SessionRow:
    """Enrol people; all of them, or none.

    Raises:
        InvalidChangeError: Somebody is in it, is not employed then, or there is no seat.
    """
    courses.require(session)
    with audit.writing():
        now = again(row.id)
        _require_planned(now)
        there = {one.employee_id for one in stored.select_places(row.id)}
        if now.seats is not None and len(there) + len(employee_ids) > now.seats:
            raise InvalidChangeError("seats", _(SEATS).format(
                seats=now.seats, taken=len(there)))  # fmt: skip
        told = []
        for one in dated.standings(now.starts_on, list(employee_ids)):
            if one.id in there:
                raise InvalidChangeError("employee", _("{number} is in it already").format(
                    number=one.number))  # fmt: skip
            if one.employment is None:
                raise InvalidChangeError("employee", _("{number} is not employed on {day}").format(
                    number=one.number, day=now.starts_on))  # fmt: skip
            stored.insert("training_place", {
                "session_id": row.id, "employee_id": one.id, "state": words.ENROLLED,
                "result": "", "facts": "", "version": 1,
            })  # fmt: skip
            told.append(one.number)
        changes: dict[str, tuple[object, object]] = {"enrolled": (None, told)}
        return _write(session, now._replace(version=row.version), {}, "enrol", changes)


def take_out(session: Session, row: SessionRow, place_id: int) -> SessionRow:
    """Take somebody out of a session who has no result yet."""
    courses.require(session)
    with audit.writing():
        now = again(row.id)
        _require_planned(now)
        place = _place(now, place_id)
        if place.state != words.ENROLLED:
            raise InvalidChangeError("result", _("there is a result; take that back first"))
        stored.delete("training_place", place.id)
        number = finding.again(place.employee_id).number
        return _write(session, now._replace(version=row.version), {}, "take_out",
                      {"enrolled": (number, None)})  # fmt: skip


def _place(row: SessionRow, place_id: int) -> PlaceRow:
    found = next((one for one in stored.select_places(row.id) if one.id == place_id), None)
    if found is None:
        raise NotFoundError(_("place {id} in {number}").format(id=place_id, number=row.number))
    return found


def record(
    session: Session, row: SessionRow, place_ids: Sequence[int], state: str, result: str = ""
) -> SessionRow:
    """Record how the session ended for people; who passed gets what the course gives.

    Raises:
        InvalidChangeError: Somebody has a result, or it is no word of `words.PLACES`.
    """
    courses.require(session)
    result = clean_line(result, field="result", limit=120)
    if state not in words.PLACES[1:]:
        raise InvalidChangeError("state", _("{text!r} is none of {words}").format(
            text=state[:40], words=", ".join(words.PLACES[1:])))  # fmt: skip
    with audit.writing():
        now = again(row.id)
        if now.state == words.CANCELLED:
            _require_planned(now)
        _require_begun(session, now)
        told = []
        there = {one.id: one for one in stored.select_places(now.id)}
        for place_id in place_ids:
            place = there.get(place_id) or _place(now, place_id)
            if place.state != words.ENROLLED:
                raise InvalidChangeError("result", _("{name} has a result already").format(
                    name=place.name))  # fmt: skip
            gave = _give(session, now, place, result) if state == words.PASSED else []
            values = {"state": state, "result": result, "facts": json.dumps(gave)}
            if not stored.update("training_place", place.id, place.version, values):
                raise StaleRecordError(now.number, now.id)
            told.append(finding.again(place.employee_id).number)
        return _write(session, now._replace(version=row.version), {}, "record",
                      {state: (None, told)})  # fmt: skip


def _give(session: Session, row: SessionRow, place: PlaceRow, result: str) -> list[int]:
    """Enter training, certificate and skill of somebody; returns the ids of these parts."""
    course = courses.again(row.course_id)
    given = {"name": course.name, "detail": course.provider, "value": result or _("passed")}
    entries = [NewFact("training", given, row.starts_on, row.ends_on)]
    if course.certificate or course.valid_months:
        until = add_months(row.ends_on, course.valid_months) if course.valid_months else None
        kept = {"name": course.certificate or course.name, "detail": course.provider}
        entries.append(NewFact("certificate", kept, row.ends_on, until))
    before = {part.head.id for part in facts.select_of("part", place.employee_id)}
    if course.skill and _is_higher(place.employee_id, course):
        level = str(course.level) if course.level else ""
        entries.append(NewFact("skill", {"name": course.skill, "value": level}, row.ends_on))
    changing.enter_all(session, finding.again(place.employee_id), entries, action="staff.train")
    after = [part.head.id for part in facts.select_of("part", place.employee_id)]
    return [part for part in after if part not in before]


def _is_higher(employee_id: int, course: CourseRow) -> bool:
    """Return whether a course teaches somebody more than is known of the skill."""
    parts = [one for one in facts.select_of("part", employee_id) if one.kind == "skill"]
    levels = skills.levels_of(parts).get(employee_id, {})
    name = course.skill.casefold()
    return name not in levels or (course.level or 0) > (levels[name] or 0)


def take_back(session: Session, row: SessionRow, place_id: int, reason: str) -> SessionRow:
    """Take a result back, with what it gave the person; the reason is kept."""
    courses.require(session)
    reason = required_line(reason, field="reason")
    with audit.writing():
        now = again(row.id)
        place = _place(now, place_id)
        if place.state == words.ENROLLED:
            raise InvalidChangeError("result", _("there is no result to take back"))
        for fact_id in json.loads(place.facts or "[]"):
            part = facts.get("part", fact_id)
            if part is not None and part.head.replaced_at is None:
                person = finding.again(place.employee_id)
                changing.withdraw(session, person, part.kind, fact_id, reason)
        values = {"state": words.ENROLLED, "result": "", "facts": ""}
        if not stored.update("training_place", place.id, place.version, values):
            raise StaleRecordError(now.number, now.id)
        told: dict[str, tuple[object, object]] = {
            place.state: (finding.again(place.employee_id).number, None), "reason": (None, reason),
        }  # fmt: skip
        back = {"state": words.PLANNED} if now.state == words.HELD else {}
        return _write(session, now._replace(version=row.version), back, "take_back", told)
