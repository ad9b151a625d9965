"""Cycles and appraisals as people read them; what is not theirs to see is not there.

A draft of the person is the person's alone. What the manager wrote, and the rating, is there for
the person once it is released; a proposal never is. Each look at another's is in the trail.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boconsole.appraisals import goals as goal_rules
from boconsole.appraisals import permitted, questions, words
from boconsole.appraisals.permitted import HR, MANAGER, NOBODY, SELF, Standing
from boconsole.appraisals.questions import Question, Step
from boconsole.appraisals.writing import again, cycle_again
from boconsole.errors import NotAllowedError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import finding, privacy
from db.appraisals import counting, stored
from db.appraisals.rows import AnswerRow, MoveRow
from db.appraisals.rows import AppraisalRow as AppraisalRow
from db.appraisals.rows import CycleRow as CycleRow
from db.appraisals.rows import GoalRow as GoalRow
from db.staff import facts
from db.staff import people as staff


class Cycle(NamedTuple):
    """A cycle in a list.

    Attributes:
        people: Who takes part, of those the one who reads may see.
        done: Who has done what the phase asks for, of them.
        due: The last day of the phase.
        waits: How many appraisals wait for the one who reads.
    """

    row: CycleRow
    people: int
    done: int
    due: date | None
    waits: int = 0

    @property
    def id(self) -> int:
        """Of the cycle."""
        return self.row.id


class Person(NamedTuple):
    """Somebody in a cycle, as far as the one who reads may see.

    Attributes:
        department: On the day that counts.
        role: What the one who reads is to the person.
        step: One of `words.STEPS`.
        reached: Percent of the goals, None while a result is open.
        title: Of the rating; empty while there is none to see.
        waits: Whether the phase waits for the one who reads.
    """

    row: AppraisalRow
    department: str
    role: str
    step: str
    reached: int | None
    title: str
    waits: bool

    @property
    def id(self) -> int:
        """Of the appraisal."""
        return self.row.id

    @property
    def number(self) -> str:
        """Of the appraisal."""
        return self.row.number


class Form(NamedTuple):
    """An appraisal whole, as far as the one who reads may see.

    Attributes:
        person: With the cycle's phase and the rating.
        own: The answers of the person by question; empty until they may be seen.
        boss: Those of the manager.
        moves: How the rating was moved, for HR and managers.
    """

    cycle: CycleRow
    person: Person
    goals: list[GoalRow]
    scale: list[Step]
    questions: list[Question]
    own: dict[str, AnswerRow]
    boss: dict[str, AnswerRow]
    moves: list[MoveRow]


def cycles(session: Session) -> list[Cycle]:
    """Return the cycles in which the one who reads sees somebody; those who run them see all."""
    every = session.may(privacy.READ)
    own = staff.find_of_user(session.user.id) if session.user.id else None
    waits = counting.select_waiting(own.id) if own else {}
    counts = counting.select_counts() if every and session.may(permitted.PERMISSION) else None
    found = []
    for row in stored.select_cycles():
        there, done = (_progress(session, row, own.id if own else 0) if counts is None
                       else counts.get(row.id, (0, 0)))  # fmt: skip
        if there or every:
            due = getattr(row, words.DUE[row.state]) if row.state in words.DUE else None
            found.append(Cycle(row, there, done, due, waits.get(row.id, 0)))
    return found


def _progress(session: Session, cycle: CycleRow, own: int) -> tuple[int, int]:
    """Return how many people somebody without the right of HR sees, and how many are done."""
    if not own:
        return 0, 0
    if not staff.has_reports(own):
        rows = counting.select_progress(cycle.id, own)
    else:
        standing = Standing(session, cycle)
        rows = [one for one in counting.select_progress(cycle.id) if standing.to(one) != NOBODY]
    return len(rows), sum(one.done for one in rows)


def waiting(session: Session) -> int:
    """Return in how many cycles an appraisal waits for the one who acts."""
    own = staff.find_of_user(session.user.id) if session.user.id else None
    return len(counting.select_waiting(own.id)) if own else 0


def find_cycle(session: Session, word: str) -> CycleRow:
    """Return the cycle of a number or name; raises NotFoundError and NotAllowedError."""
    number = words.parse_number(word)
    named = stored.cycle_named(word.strip())
    row = named or (cycle_again(number) if number is not None else None)
    if row is None:
        raise NotFoundError(_("appraisal cycle {name}").format(name=word[:40]))
    if not any(one.id == row.id for one in cycles(session)):
        raise NotAllowedError(session.user.login, permitted.PERMISSION)
    return row


def people(session: Session, cycle: CycleRow) -> list[Person]:
    """Return who takes part by name, as far as seen; the look is written down."""
    standing = Standing(session, cycle)
    rows = [(one, role) for one in stored.select_of_cycle(cycle.id)
            if (role := standing.to(one)) != NOBODY]  # fmt: skip
    others = [one.employee_id for one, role in rows if role != SELF]
    asked = _("appraisals of {name}").format(name=cycle.name)
    privacy.looked_once(session, (permitted.GROUP,), others, asked, asked)
    return _people(session, cycle, rows)


def _people(
    session: Session, cycle: CycleRow, rows: Sequence[tuple[AppraisalRow, str]]
) -> list[Person]:
    ids = [one.employee_id for one, _role in rows]
    day = permitted.day_of(session, cycle)
    positions = facts.select_at("position", day, ids)
    departments = {one: position.department for one, position in positions.items()}
    alone = rows[0][0].id if len(rows) == 1 else None
    reached = counting.select_reached(cycle.id, alone)
    titles = {step.value: step.title for step in questions.scale_of(cycle.scale)}
    reader = staff.find_of_user(session.user.id) if session.user.id else None
    found = []
    for one, role in rows:
        row = _shown(session, one, role)
        found.append(Person(
            row, departments.get(one.employee_id, ""), role, _step(cycle, row),
            goal_rules.mean(*reached.get(one.id, (0, 0))),
            titles.get(row.rating, "") if row.rating is not None else "",
            reader is not None and _waits(cycle, one, reader.id),
        ))  # fmt: skip
    return found


def _waits(cycle: CycleRow, row: AppraisalRow, reader: int) -> bool:
    """Return what `counting.WAITS` counts: whether something is to be done by somebody."""
    if row.employee_id != reader:
        return (row.manager_id == reader and cycle.state == words.REVIEW
                and row.review_state != words.SUBMITTED)  # fmt: skip
    match cycle.state:
        case words.GOALS:
            return row.weight != words.FULL
        case words.SELF:
            return row.self_state != words.SUBMITTED
        case words.CALIBRATION:
            return row.released_at is not None and row.acknowledged_at is None
    return False


def _shown(session: Session, row: AppraisalRow, role: str) -> AppraisalRow:
    """Return an appraisal without what somebody may not see of it."""
    if role == SELF:
        row = row._replace(proposal="", proposal_state="", proposal_amount="", proposal_note="",
                           proposal_from=None)  # fmt: skip
    elif row.self_state != words.SUBMITTED:
        row = row._replace(self_text="")
    if not _sees_review(session, row, role):
        row = row._replace(review_state="", review_text="", review_at=None, review_by="",
                           rating=None)  # fmt: skip
    return row


def _sees_review(session: Session, row: AppraisalRow, role: str) -> bool:
    if role == SELF:
        return row.released_at is not None
    written = row.review_state == words.SUBMITTED or row.review_by == session.user.login
    return role == MANAGER or (role == HR and written)


def _step(cycle: CycleRow, row: AppraisalRow) -> str:
    if row.released_at:
        return "acknowledged" if row.acknowledged_at else "released"
    if row.review_state == words.SUBMITTED:
        return "rated"
    if row.self_state == words.SUBMITTED or cycle.state in (words.REVIEW, words.CALIBRATION):
        return "review"
    if cycle.state in (words.DRAFT, words.GOALS):
        return "ready" if row.weight == 100 else "goals"
    return "self"


class Share(NamedTuple):
    """How many of a department have each rating, in the order of the scale; and none yet."""

    department: str
    counts: tuple[int, ...]
    unrated: int


def distribution(cycle: CycleRow, found: Sequence[Person]) -> list[Share]:
    """Return the ratings of people by department, all of them last."""
    values = [step.value for step in questions.scale_of(cycle.scale)]
    counted: dict[str, Counter[int | None]] = {}
    for one in found:
        counted.setdefault(one.department, Counter())[one.row.rating] += 1
    shares = [
        Share(name or "-", tuple(counted[name][value] for value in values), counted[name][None])
        for name in sorted(counted, key=str.casefold)
    ]
    whole = sum(counted.values(), Counter[int | None]())
    every = Share(_("All"), tuple(whole[value] for value in values), whole[None])
    return [*shares, every] if len(shares) > 1 else shares


def find(session: Session, word: str, cycle: CycleRow | None = None) -> AppraisalRow:
    """Return the appraisal of a number, or of a person in a cycle, for what is done next.

    Args:
        session: Who acts.
        word: `APR-0001`, or with a cycle a person: a number, a name, `me`.
        cycle: None where the word is a number, or for the newest one of the person.

    Raises:
        NotFoundError, NotAllowedError: There is none, or it may not be seen.
    """
    number = words.parse_number(word) if not word.lower().startswith("emp") else None
    if number is not None:
        row = again(number)
    else:
        person = finding.by_word(session, word)
        rows = [one for one in stored.select_of_people([person.id]) if one.employee_id == person.id
                and (cycle is None or one.cycle_id == cycle.id)]  # fmt: skip
        if not rows:
            raise NotFoundError(_("appraisal of {number}").format(number=person.number))
        row = rows[-1]
    if Standing(session, cycle_again(row.cycle_id)).to(row) == NOBODY:
        raise NotAllowedError(session.user.login, permitted.PERMISSION)
    return row


def form(session: Session, appraisal_id: int, *, look: bool = True) -> Form:
    """Return an appraisal whole; the look at another's is written down.

    Args:
        session: Who looks.
        appraisal_id: At which.
        look: Whether this is a new look; False where one that is written down goes on.

    Raises:
        NotFoundError, NotAllowedError: There is none, or it may not be seen.
    """
    stored_row = again(appraisal_id)
    cycle = cycle_again(stored_row.cycle_id)
    role = Standing(session, cycle).to(stored_row)
    if role == NOBODY:
        raise NotAllowedError(session.user.login, permitted.PERMISSION)
    if role != SELF and look:
        privacy.looked(session, (permitted.GROUP,), [stored_row.employee_id], stored_row.number)
    person = _people(session, cycle, [(stored_row, role)])[0]
    answers = stored.select_answers(appraisal_id)
    sees_own = role == SELF or stored_row.self_state == words.SUBMITTED
    sees_boss = _sees_review(session, stored_row, role)
    return Form(
        cycle, person, stored.select_goals([appraisal_id]).get(appraisal_id, []),
        questions.scale_of(cycle.scale), questions.questions_of(cycle.questions),
        {one.question: one for one in answers if one.side == "self" and sees_own},
        {one.question: one for one in answers if one.side == "review" and sees_boss},
        stored.select_moves(appraisal_id) if role != SELF else [],
    )  # fmt: skip


def own(session: Session) -> list[tuple[CycleRow, Person]]:
    """Return one's own appraisals with their cycles, the newest first."""
    row = staff.find_of_user(session.user.id) if session.user.id else None
    return of_person(session, row.id) if row else []


def of_person(session: Session, employee_id: int) -> list[tuple[CycleRow, Person]]:
    """Return the appraisals of a person with their cycles, the newest first.

    What is not to be seen is left out, and so are drafts of cycles for the person; the look at
    another's is written down.
    """
    reader = staff.find_of_user(session.user.id) if session.user.id else None
    mine = reader is not None and reader.id == employee_id
    found = []
    for one in stored.select_of_people([employee_id]):
        if one.employee_id == employee_id:
            cycle = cycle_again(one.cycle_id)
            role = SELF if mine else Standing(session, cycle).to(one)
            if role != NOBODY and (role != SELF or cycle.state != words.DRAFT):
                found.append((cycle, one, role))
    if any(role != SELF for _cycle, _one, role in found):
        asked = _("appraisals of {name}").format(name=found[0][1].name)
        privacy.looked_once(session, (permitted.GROUP,), [employee_id], asked, asked)
    found.sort(key=lambda each: (each[0].starts_on, each[0].id), reverse=True)
    return [(cycle, _people(session, cycle, [(one, role)])[0]) for cycle, one, role in found]


def average(answers: dict[str, AnswerRow]) -> str:
    """Return the mean of scores with one digit, half-up; empty without any."""
    scores = [one.score for one in answers.values() if one.score is not None]
    if not scores:
        return ""
    tenths = (20 * sum(scores) + len(scores)) // (2 * len(scores))
    return f"{tenths // 10}.{tenths % 10}"
