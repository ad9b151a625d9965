"""Who takes part in a cycle: those whom it names, and who is added or left out by hand."""

import secrets
from datetime import date

from boconsole import audit
from boconsole.appraisals import permitted, telling, words
from boconsole.appraisals.writing import again, cycle_again, require_phase, write
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import asking, dated, departments, finding
from boconsole.staff import words as staff_words
from boconsole.text import required_line
from db.appraisals import stored
from db.appraisals.rows import AppraisalRow, CycleRow
from db.fields import number_of
from db.staff import people

OPEN = (words.DRAFT, words.GOALS, words.SELF, words.REVIEW)


def named_by(session: Session, cycle: CycleRow) -> list[int]:
    """Return whom a cycle names, of those employed on the last day of its period, or today."""
    day = permitted.day_of(session, cycle)
    if cycle.takes == words.QUERY:
        found = asking.select(session, cycle.takes_from, day, f"appraisals {cycle.name}")
        return [one.id for one in found if one.standing.employment]
    people = dated.on(session, day, employed=True)
    if cycle.takes == words.DEPARTMENT:
        inside = within(session, cycle.takes_from)
        people = [one for one in people if one.position and one.position.department_id in inside]
    return [one.id for one in people]


def within(session: Session, name: str) -> set[int]:
    """Return the ids of a department and of those below it."""
    rows = departments.every(session)
    found = {row.id for row in rows if row.name == name}
    while fresh := {row.id for row in rows if row.parent_id in found} - found:
        found |= fresh
    return found


def gather(session: Session, cycle: CycleRow, *, leave: bool = False) -> int:
    """Take in who is named and not there yet; returns how many.

    Args:
        session: Of HR.
        cycle: In draft or setting goals.
        leave: Also leave out who is not named any more, in a draft.
    """
    permitted.require_hr(session)
    with audit.writing():
        require_phase(cycle, words.DRAFT, words.GOALS)
        named = named_by(session, cycle)
        there = {row.employee_id: row for row in stored.select_of_cycle(cycle.id)}
        fresh = [one for one in named if one not in there]
        gone = [row for one, row in there.items() if one not in named] if leave else []
        _insert(session, cycle, fresh)
        for row in gone:
            _drop(session, row, "appraisal.leave_out", {})
        return len(fresh)


def _insert(session: Session, cycle: CycleRow, ids: list[int]) -> None:
    day = permitted.day_of(session, cycle)
    lines = []
    for one in dated.standings(day, ids):
        manager = one.position.manager_id if one.position else None
        row_id = stored.insert("appraisal", {
            "cycle_id": cycle.id, "employee_id": one.id, "manager_id": manager,
            "salt": secrets.token_hex(8),
        })  # fmt: skip
        told: dict[str, tuple[object, object]] = {
            "cycle": (None, cycle.number),
            "employee": (None, one.number),
            "manager": (None, staff_words.number(manager) if manager else ""),
        }
        lines.append(audit.Line(row_id, told, 1))
    if lines:
        audit.record(session, "appraisal.new", words.APPRAISAL, lines)


def add(session: Session, cycle: CycleRow, employee_id: int) -> AppraisalRow:
    """Take somebody in by hand, who is employed on the day that counts.

    Raises:
        InvalidChangeError: The person is there already, or is not employed.
        WrongPhaseError, CycleClosedError: It is too late.
    """
    permitted.require_hr(session)
    with audit.writing():
        now = cycle_again(cycle.id)
        require_phase(now, *OPEN)
        person = finding.again(employee_id)
        if any(row.employee_id == employee_id for row in stored.select_of_cycle(now.id)):
            raise InvalidChangeError("employee", _("{number} takes part already").format(
                number=person.number))  # fmt: skip
        day: date = permitted.day_of(session, now)
        if dated.standings(day, [employee_id])[0].employment is None:
            raise InvalidChangeError("employee", _("{number} is not employed on {day}").format(
                number=person.number, day=day))  # fmt: skip
        _insert(session, now, [employee_id])
        return next(row for row in stored.select_of_cycle(now.id) if row.employee_id == employee_id)


def leave_out(session: Session, row: AppraisalRow, reason: str) -> None:
    """Take somebody out of a cycle, with what was written; the reason is kept in the trail.

    Raises:
        InvalidChangeError: The review is released.
        CycleClosedError, StaleRecordError: as elsewhere.
    """
    permitted.require_hr(session)
    reason = required_line(reason, field="reason")
    with audit.writing():
        cycle = cycle_again(row.cycle_id)
        require_phase(cycle)
        permitted.require(session, cycle, row, permitted.HR)
        if again(row.id).released_at:
            raise InvalidChangeError("employee", _("the review is released already"))
        _drop(session, row, "appraisal.leave_out", {"reason": (None, reason)})


def _drop(
    session: Session, row: AppraisalRow, action: str, why: dict[str, tuple[object, object]]
) -> None:
    if not stored.delete(row.id, row.version):
        raise StaleRecordError(row.number, row.id, again(row.id).version)
    number = staff_words.number(row.employee_id)
    told = {"employee": (number, None), **why}
    audit.record(session, action, words.APPRAISAL, [audit.Line(row.id, told, row.version + 1)])


def give_to(session: Session, row: AppraisalRow, manager: str) -> AppraisalRow:
    """Let somebody else write the review.

    Raises:
        InvalidChangeError: Nobody reviews themselves.
    """
    permitted.require_hr(session)
    with audit.writing():
        cycle = cycle_again(row.cycle_id)
        require_phase(cycle, *OPEN)
        permitted.require(session, cycle, row, permitted.HR)
        other = finding.by_word(session, manager)
        if other.id == row.employee_id:
            raise InvalidChangeError("manager", _("nobody reviews themselves"))
        before = staff_words.number(row.manager_id) if row.manager_id else None
        given = write(session, row, {"manager_id": other.id}, "appraisal.give", {},
                      {"manager": (before, other.number)})  # fmt: skip
        if given.review_state != words.SUBMITTED:
            telling.review_of(session, given)
        return given


def hand_over(session: Session, cycle: CycleRow) -> None:
    """Give reviews that nobody began, of managers who have left, to who leads the people now.

    It is the nearest one above who is employed; without any, the review waits for HR.
    """
    today = finding.today_of(session)
    rows = [one for one in stored.select_of_cycle(cycle.id)
            if one.manager_id and not one.review_state]  # fmt: skip
    above = dict(people.managers_at(number_of(today)))
    ids = sorted({*above.values(), *(one.manager_id for one in rows if one.manager_id)})
    there = {one.id for one in dated.standings(today, ids) if one.employment}
    for row in rows:
        if row.manager_id in there:
            continue
        other, seen = above.get(row.employee_id), {row.employee_id}
        while other is not None and other not in there and other not in seen:
            seen.add(other)
            other = above.get(other)
        if other in there and other != row.employee_id:
            told = (staff_words.number(row.manager_id or 0), staff_words.number(other or 0))
            write(session, row, {"manager_id": other}, "appraisal.give", {}, {"manager": told})
