"""Both reviews: kept as drafts, submitted, and sent back with a reason.

A draft of the person is seen by the person alone, a draft of the manager by the managers above.
"""

from collections.abc import Mapping
from typing import NamedTuple

from boconsole import audit
from boconsole.appraisals import permitted, questions, telling, words
from boconsole.appraisals.errors import SubmittedError, UnansweredError, WeightsError
from boconsole.appraisals.permitted import HR, MANAGER, SELF
from boconsole.appraisals.writing import again, cycle_again, require_phase, write
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import clean, required_line
from db.appraisals import stored
from db.appraisals.rows import AnswerRow, AppraisalRow, CycleRow

TEXT = 20_000
OWN, BOSS = "self", "review"


class Answer(NamedTuple):
    """What one side says to a question: a value of the scale, and words."""

    score: object = None
    note: object = ""


def write_self(
    session: Session, row: AppraisalRow, answers: Mapping[str, Answer], text: str | None = None, *,
    submit: bool = False,
) -> AppraisalRow:  # fmt: skip
    """Keep the self review, and submit it; what is not given stays.

    Args:
        session: Of the person; nobody writes it for another.
        row: As it was seen.
        answers: By the title of the question.
        text: On the whole.
        submit: Whether it is done.

    Raises:
        UnansweredError: It is to be submitted, and a question has no score; what is given is kept.
        SubmittedError: It was submitted before.
        WrongPhaseError, CycleClosedError, NotYoursError, InvalidChangeError, StaleRecordError:
            as elsewhere.
    """
    with audit.writing():
        cycle = cycle_again(row.cycle_id)
        permitted.require(session, cycle, row, SELF)
        require_phase(cycle, words.SELF, words.REVIEW)
        now = again(row.id)
        if now.self_state == words.SUBMITTED:
            raise SubmittedError(row.number, now.self_at.date() if now.self_at else None)
        values: dict[str, object] = {"self_state": "draft"}
        if text is not None:
            values["self_text"] = clean(text, field="text", limit=TEXT).strip()
        _answer(cycle, row, OWN, answers)
        missing = _unanswered(cycle, row, OWN) if submit else []
        if submit and not missing:
            values |= {"self_state": words.SUBMITTED, "self_at": int(session.now().timestamp())}
        if missing and not answers and text is None:
            raise UnansweredError(missing)
        action = "appraisal.submit" if submit and not missing else "appraisal.write"
        row = write(session, row, values, action, _contents(row, OWN, values, "self_text"))
    if missing:  # what was typed is kept
        raise UnansweredError(missing)
    return row


def write_review(
    session: Session, row: AppraisalRow, answers: Mapping[str, Answer], text: str | None = None,
    rating: object = None, *, submit: bool = False,
) -> AppraisalRow:  # fmt: skip
    """Keep the review of the manager with the rating, and submit it; what is not given stays.

    Raises:
        WeightsError: It is to be submitted, and the goals do not make 100 %.
        UnansweredError: A question, or the whole, has no score.
        InvalidChangeError: HR would write over what somebody else is writing.
        SubmittedError and others: as of `write_self`.
    """
    with audit.writing():
        cycle = cycle_again(row.cycle_id)
        permitted.require(session, cycle, row, MANAGER, HR)
        require_phase(cycle, words.REVIEW)
        now = again(row.id)
        _require_writer(session, cycle, now)
        if now.review_state == words.SUBMITTED:
            raise SubmittedError(row.number, now.review_at.date() if now.review_at else None)
        values: dict[str, object] = {"review_state": "draft", "review_by": session.user.login}
        if text is not None:
            values["review_text"] = clean(text, field="text", limit=TEXT).strip()
        if rating is not None:
            scale = questions.scale_of(cycle.scale)
            values["rating"] = questions.score_of(scale, rating, "rating")
        _answer(cycle, row, BOSS, answers)
        missing = _unanswered(cycle, row, BOSS) if submit else []
        if submit and values.get("rating", now.rating) is None:
            missing.append(_("Rating"))
        heavy = submit and bool(now.goals) and now.weight != 100
        done = submit and not missing and not heavy
        if done:
            values |= {
                "review_state": words.SUBMITTED, "review_at": int(session.now().timestamp())
            }  # fmt: skip
        if done or not submit or answers or text is not None or rating is not None:
            action = "appraisal.submit" if done else "appraisal.write"
            row = write(session, row, values, action, _contents(row, BOSS, values, "review_text"))
    if heavy:  # what was typed is kept
        raise WeightsError(row.number, now.weight)
    if missing:
        raise UnansweredError(missing)
    return row


def _require_writer(session: Session, cycle: CycleRow, row: AppraisalRow) -> None:
    """Refuse that HR writes over a draft which it may not even read."""
    theirs = row.review_by not in ("", session.user.login)
    if theirs and permitted.Standing(session, cycle).to(row) == HR:
        reason = _("{login} is writing it; give it to yourself first")
        raise InvalidChangeError("review", reason.format(login=row.review_by))


def send_back(session: Session, row: AppraisalRow, side: str, reason: str) -> AppraisalRow:
    """Let a review be written again: that of the person by a manager or HR, the other by HR."""
    reason = required_line(reason, field="reason")
    if side not in (OWN, BOSS):
        raise InvalidChangeError("side", _("{text!r} is none of {words}").format(
            text=side[:40], words=f"{OWN}, {BOSS}"))  # fmt: skip
    with audit.writing():
        cycle = cycle_again(row.cycle_id)
        permitted.require(session, cycle, row, HR, *((MANAGER,) if side == OWN else ()))
        require_phase(cycle, words.SELF, words.REVIEW)
        now = again(row.id)
        if getattr(now, f"{side}_state") != words.SUBMITTED:
            raise InvalidChangeError("side", _("it is not submitted"))
        values = {f"{side}_state": "draft", f"{side}_at": None}
        sent = write(session, row, values, "appraisal.send_back", {},
                     {side: (words.SUBMITTED, "draft"), "reason": (None, reason)})  # fmt: skip
        telling.sent_back(session, sent, side)
        return sent


def _answer(cycle: CycleRow, row: AppraisalRow, side: str, answers: Mapping[str, Answer]) -> None:
    scale = questions.scale_of(cycle.scale)
    titles = {one.title.casefold(): one.title for one in questions.questions_of(cycle.questions)}
    before = {one.question: one for one in stored.select_answers(row.id) if one.side == side}
    for asked, answer in answers.items():
        title = titles.get(asked.strip().casefold())
        if title is None:
            raise InvalidChangeError("question", _("{text!r} is none of {words}").format(
                text=asked[:40], words=", ".join(titles.values())))  # fmt: skip
        old = before.get(title)
        score = old.score if old else None
        if answer.score is not None:
            score = questions.score_of(scale, answer.score, title)
        note = old.note if old else ""
        if answer.note is not None:
            note = clean(str(answer.note), field=title, limit=TEXT).strip()
        if score is not None or note or old:
            stored.put_answer(row.id, AnswerRow(side, title, score, note))


def _unanswered(cycle: CycleRow, row: AppraisalRow, side: str) -> list[str]:
    """Return the questions to which a side gave no score yet."""
    scored = {one.question for one in stored.select_answers(row.id)
              if one.side == side and one.score is not None}  # fmt: skip
    return [one.title for one in questions.questions_of(cycle.questions)
            if one.title not in scored]  # fmt: skip


def _contents(
    row: AppraisalRow, side: str, values: Mapping[str, object], text: str
) -> dict[str, object]:
    """Return what the seal of a review vouches for."""
    answers = [list(one) for one in stored.select_answers(row.id) if one.side == side]
    whole = values.get(text, getattr(row, text))
    return {side: [sorted(answers, key=lambda one: str(one[1])), whole, values.get("rating")]}
