"""Goals: set in their phase by the person, a manager above or HR, results entered later."""

from collections.abc import Mapping

from boconsole import audit
from boconsole.appraisals import permitted, words
from boconsole.appraisals.permitted import HR, MANAGER, SELF
from boconsole.appraisals.writing import again, cycle_again, require_phase, write
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import clean, clean_line, required_line
from db.appraisals import stored
from db.appraisals.rows import AppraisalRow, GoalRow

MOST, TEXT, FURTHEST = 20, 4_000, 1_000
SET, RESULT = ("title", "measure", "weight"), ("result", "reached")
Given = Mapping[str, object]


def of(row: AppraisalRow) -> list[GoalRow]:
    """Return the goals of an appraisal, for rules."""
    return stored.select_goals([row.id]).get(row.id, [])


def put(session: Session, row: AppraisalRow, given: Given, goal_id: int = 0) -> AppraisalRow:
    """Add a goal, or change one; its result alone once goals are set.

    Args:
        session: Of the person, a manager above, or HR.
        row: As it was seen.
        given: Title, measure, weight in percent; result, and how many percent are reached.
        goal_id: Which one; 0 adds one.

    Raises:
        WrongPhaseError, CycleClosedError: Goals are not set, or results not entered, now.
        InvalidChangeError: A value cannot be.
        NotYoursError, NotAllowedError, StaleRecordError: as elsewhere.
    """
    with audit.writing():
        cycle = cycle_again(row.cycle_id)
        permitted.require(session, cycle, row, SELF, MANAGER, HR)
        old = find(row, goal_id) if goal_id else None
        values = _parse(given, old)
        if any(name in SET for name in values) or old is None:
            require_phase(cycle, words.GOALS)
        if any(name in RESULT for name in values):
            require_phase(cycle, words.GOALS, words.SELF, words.REVIEW)
            _require_open(row)
        if old is None:
            if row.goals >= MOST:
                raise InvalidChangeError("title", _("at most {most} goals fit").format(most=MOST))
            for field in ("title", "weight"):
                if not values.get(field):
                    raise InvalidChangeError(field, _("is needed"))
            stored.insert("appraisal_goal", {"appraisal_id": row.id, **values})
        elif values:
            stored.update_goal(old.id, values)
        return write(session, row, {}, "appraisal.goal", {"goals": _told(row)})


def remove(session: Session, row: AppraisalRow, goal_id: int) -> AppraisalRow:
    """Take a goal away while goals are set; errors as of `put`."""
    with audit.writing():
        cycle = cycle_again(row.cycle_id)
        permitted.require(session, cycle, row, SELF, MANAGER, HR)
        require_phase(cycle, words.GOALS)
        stored.delete_goal(find(row, goal_id).id)
        return write(session, row, {}, "appraisal.goal", {"goals": _told(row)})


def find(row: AppraisalRow, goal_id: int) -> GoalRow:
    """Return a goal of an appraisal; raises NotFoundError."""
    for goal in of(row):
        if goal.id == goal_id:
            return goal
    raise NotFoundError(_("goal {id} of {number}").format(id=goal_id, number=row.number))


def _require_open(row: AppraisalRow) -> None:
    if again(row.id).review_state == words.SUBMITTED:
        raise InvalidChangeError("result", _("the review is submitted already"))


def _told(row: AppraisalRow) -> list[list[object]]:
    return [list(goal) for goal in of(row)]


def _parse(given: Given, old: GoalRow | None) -> dict[str, object]:
    found: dict[str, object] = {}
    for field, value in given.items():
        text = "" if value is None else str(value)
        if field == "title":
            found[field] = required_line(text, field=field, limit=200)
        elif field in ("measure", "result"):
            found[field] = clean(text, field=field, limit=TEXT).strip()
        elif field in ("weight", "reached"):
            found[field] = _percent(field, text)
        else:
            raise InvalidChangeError(field[:40], _("there is no such field; expected {words}")
                                     .format(words=", ".join((*SET, *RESULT))))  # fmt: skip
    if old is not None:
        before = old._asdict()
        found = {name: value for name, value in found.items() if before[name] != value}
    elif not found.get("result") and found.get("reached") is None:
        found = {name: value for name, value in found.items() if name in SET}
    return found


def _percent(field: str, text: str) -> int | None:
    word = clean_line(text, field=field).removesuffix("%").strip()
    low, high = (1, 100) if field == "weight" else (0, FURTHEST)
    if not word and field == "reached":
        return None
    if not (word.isascii() and word.isdecimal() and low <= int(word) <= high):
        raise InvalidChangeError(field, _("is a whole number of percent, {low} to {high}").format(
            low=low, high=high))  # fmt: skip
    return int(word)


def reached(goals: list[GoalRow]) -> int | None:
    """Return how many percent of all goals are reached by weight, None while one is open.

    Each goal counts with its weight of the sum of weights, half-up.
    """
    if any(goal.reached is None for goal in goals):
        return None
    total = sum(goal.weight for goal in goals)
    return mean(total, sum(goal.weight * (goal.reached or 0) for goal in goals))


def mean(weight: int, scored: int) -> int | None:
    """Return percent of a sum of weights from that of weights times percent, half-up."""
    return (2 * scored + weight) // (2 * weight) if weight else None
