"""Cycles: made, changed, moved from phase to phase, closed, and opened again by right.

Everything here is done by HR. What both sides score is fixed once a cycle has begun.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from boconsole import audit
from boconsole.appraisals import permitted, questions, telling, words
from boconsole.appraisals.errors import NotReadyError, UnfinishedError
from boconsole.appraisals.gathering import gather, hand_over
from boconsole.appraisals.writing import cycle_again, require_phase, write_cycle
from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.staff import asking, departments
from boconsole.staff.typed import day_of
from boconsole.text import clean_line, required_line
from db.appraisals import stored
from db.appraisals.rows import AppraisalRow, CycleRow

Given = Mapping[str, object]
DAYS = tuple(words.DUE.values())
FIELDS = ("name", "starts_on", "ends_on", "takes", "takes_from", *DAYS, "scale", "questions")
FIXED = ("starts_on", "ends_on", "takes", "takes_from", "scale", "questions")
"""What changes in a draft alone."""
TOLD = 3
"""Names that a refusal tells."""


def new(session: Session, given: Given) -> CycleRow:
    """Make a cycle in draft, with the people that it names.

    Args:
        session: Of HR.
        given: Of `FIELDS`; name and both days are needed, a scale and questions are there.

    Raises:
        InvalidChangeError: A value cannot be.
    """
    permitted.require_hr(session)
    with audit.writing():
        values = _parse(session, {"takes": words.ALL, "scale": "", "questions": "", **given}, None)
        for field in ("name", "starts_on", "ends_on"):
            if not values.get(field):
                raise InvalidChangeError(field, _("is needed"))
        _check_days(values)
        made = {**values, "state": words.DRAFT, "created_at": int(session.now().timestamp())}
        cycle_id = stored.insert("appraisal_cycle", made)
        told = {name: (None, _plain(value)) for name, value in values.items() if value}
        audit.record(session, "appraisal_cycle.new", words.CYCLE,
                     [audit.Line(cycle_id, told, 1)])  # fmt: skip
        cycle = cycle_again(cycle_id)
        gather(session, cycle)
        return cycle_again(cycle_id)


def edit(session: Session, row: CycleRow, given: Given) -> CycleRow:
    """Change a cycle; after the draft only its name and the last days of its phases.

    Raises:
        CycleClosedError, WrongPhaseError: It does not change any more.
        InvalidChangeError, StaleRecordError: as elsewhere.
    """
    permitted.require_hr(session)
    with audit.writing():
        now = cycle_again(row.id)
        require_phase(now)
        values = _parse(session, given, now)
        before = now._asdict()
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return now
        if any(name in FIXED for name in changed):
            require_phase(now, words.DRAFT)
        _check_days({**before, **changed})
        told = {name: (_plain(before[name]), _plain(value)) for name, value in changed.items()}
        fresh = write_cycle(session, now._replace(version=row.version), changed,
                            "appraisal_cycle.edit", told)  # fmt: skip
        if any(name in ("starts_on", "ends_on", "takes", "takes_from") for name in changed):
            gather(session, fresh, leave=True)
        return cycle_again(row.id)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, date) else value


def _parse(session: Session, given: Given, old: CycleRow | None) -> dict[str, object]:
    found: dict[str, object] = {}
    for field, value in given.items():
        text = "" if value is None else str(value)
        if field == "name":
            found[field] = required_line(text, field=field, limit=120)
            other = stored.cycle_named(str(found[field]))
            if other and (old is None or other.id != old.id):
                raise InvalidChangeError(field, _("there is a cycle {name}").format(name=text[:60]))
        elif field in ("starts_on", "ends_on", *DAYS):
            found[field] = day_of(value, field)
        elif field == "scale":
            found[field] = questions.stored(questions.parse_scale(text))
        elif field == "questions":
            found[field] = questions.stored(questions.parse_questions(text))
        elif field in ("takes", "takes_from"):
            found[field] = clean_line(text, field=field)
        else:
            raise InvalidChangeError(field[:40], _("there is no such field; expected {words}")
                                     .format(words=", ".join(FIELDS)))  # fmt: skip
    if "takes" in found or "takes_from" in found:
        _check_takes(session, found, old)
    return found


def _check_takes(session: Session, found: dict[str, object], old: CycleRow | None) -> None:
    takes = str(found.get("takes") or (old.takes if old else words.ALL))
    source = str(found.get("takes_from", old.takes_from if old else ""))
    if takes not in words.TAKES:
        raise InvalidChangeError("takes", _("{text!r} is none of {words}").format(
            text=takes[:40], words=", ".join(words.TAKES)))  # fmt: skip
    if takes == words.DEPARTMENT:
        source = departments.named(source).name
    elif takes == words.QUERY:
        if not source:
            raise InvalidChangeError("takes_from", _("is needed"))
        asking.check(session, source)
    else:
        source = ""
    found.update(takes=takes, takes_from=source)


def _check_days(values: Mapping[str, object]) -> None:
    """Raise InvalidChangeError where days are not in order."""
    first, last = values.get("starts_on"), values.get("ends_on")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        raise InvalidChangeError("ends_on", _("cannot come before {day}").format(day=first))
    before: date | None = None
    for field in DAYS:
        day = values.get(field)
        if not isinstance(day, date):
            continue
        if before is not None and day < before:
            raise InvalidChangeError(field, _("cannot come before {day}").format(day=before))
        before = day


# From phase to phase


def advance(session: Session, row: CycleRow, reason: str = "") -> CycleRow:
    """Move a cycle on to its next phase, from calibration to closed.

    Args:
        session: Of HR.
        row: As it was seen.
        reason: Why it goes on although people are not ready.

    Raises:
        NotReadyError: Somebody is not ready, and no reason is given.
        UnfinishedError: It cannot be closed: something is not rated, released or decided.
        CycleClosedError: It is closed.
    """
    permitted.require_hr(session)
    reason = clean_line(reason, field="reason")
    with audit.writing():
        now = cycle_again(row.id)
        require_phase(now)
        people = stored.select_of_cycle(now.id)
        if not people:
            raise InvalidChangeError("takes", _("nobody takes part; change who does"))
        if now.state == words.CALIBRATION:
            for what, waits in UNFINISHED:
                _check(UnfinishedError, _(what), [one for one in people if waits(one)])
        if now.state in READY and not reason:
            what, waits = READY[now.state]
            _check(NotReadyError, _(what), [one for one in people if waits(one)])
        after = words.STATES[words.STATES.index(now.state) + 1]
        return _move(session, now._replace(version=row.version), after, reason)


def back(session: Session, row: CycleRow, reason: str) -> CycleRow:
    """Move a cycle back by a phase, with the reason; not after reviews were released."""
    permitted.require_hr(session)
    reason = required_line(reason, field="reason")
    with audit.writing():
        now = cycle_again(row.id)
        require_phase(now, *words.STATES[1:-1])
        if any(one.released_at for one in stored.select_of_cycle(now.id)):
            raise InvalidChangeError("state", _("reviews are released; it only goes on from here"))
        before = words.STATES[words.STATES.index(now.state) - 1]
        return _move(session, now._replace(version=row.version), before, reason)


def reopen(session: Session, row: CycleRow, reason: str) -> CycleRow:
    """Open a closed cycle again, in calibration; needs `appraisal.reopen`."""
    session.require(words.REOPEN)
    reason = required_line(reason, field="reason")
    with audit.writing():
        now = cycle_again(row.id)
        if now.state != words.CLOSED:
            raise InvalidChangeError("state", _("only a closed cycle is opened again"))
        return _move(session, now._replace(version=row.version), words.CALIBRATION, reason,
                     "appraisal_cycle.reopen")  # fmt: skip


def _move(
    session: Session, row: CycleRow, state: str, reason: str,
    action: str = "appraisal_cycle.state",
) -> CycleRow:  # fmt: skip
    told: dict[str, tuple[object, object]] = {"state": (row.state, state)}
    if reason:
        told["reason"] = (None, reason)
    moved = write_cycle(session, row, {"state": state}, action, told)
    if state == words.REVIEW:
        hand_over(session, moved)
    telling.phase(session, moved)
    return moved


Waits = Callable[[AppraisalRow], bool]
READY: dict[str, tuple[str, Waits]] = {
    words.GOALS: (N_("goals do not make 100 %"), lambda one: one.weight != 100),
    words.SELF: (N_("no self review"), lambda one: one.self_state != words.SUBMITTED),
    words.REVIEW: (N_("no review by the manager"), lambda one: one.review_state != words.SUBMITTED),
    words.CALIBRATION: (N_("not acknowledged"), lambda one: one.acknowledged_at is None),
}
"""Phase to what has to be there before the next one, and who is not so far."""
UNFINISHED: tuple[tuple[str, Waits], ...] = (
    (N_("no rating"), lambda one: one.rating is None or one.review_state != words.SUBMITTED),
    (N_("a proposal waits"), lambda one: one.proposal_state == words.WAITING),
    (N_("not released"), lambda one: one.released_at is None),
)


def _check(
    refusal: type[NotReadyError | UnfinishedError], what: str, people: Sequence[AppraisalRow]
) -> None:
    if people:
        raise refusal(what, [one.name for one in people[:TOLD]], max(len(people) - TOLD, 0))
