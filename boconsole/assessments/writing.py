"""Assessments are begun, answered and submitted; from then on they never change.

A draft keeps whatever was answered. Submitting needs an answer to every question, computes the
score once and keeps it with the version of the questionnaire.
"""

import json
from collections.abc import Mapping
from datetime import date

from boconsole import audit
from boconsole.assessments import keeping, reading, subjects
from boconsole.assessments.errors import NothingAppliesError, SubmittedError, UnansweredError
from boconsole.assessments.questionnaires import Questionnaire
from boconsole.assessments.reading import Assessment
from boconsole.assessments.words import (
    DRAFT,
    EDIT,
    FEATURE,
    NOT_APPLICABLE,
    SUBMITTED,
    number,
    percent,
)
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.language import _
from boconsole.moments import step
from boconsole.session import Session
from boconsole.text import TEXT_LIMIT, clean
from db.assessments import records as stored

Told = dict[str, tuple[object, object]]


def begin(
    session: Session, questionnaire: str, subject: str, day: date | None = None
) -> Assessment:
    """Begin an assessment.

    Raises:
        NotFoundError: There is no such questionnaire or record.
        InvalidChangeError: The subject is empty, or the day lies ahead.
    """
    session.require(EDIT)
    asked, about = keeping.find(session, questionnaire), subjects.find(session, subject)
    today = reading.today_of(session)
    if day is not None and day > today:
        raise InvalidChangeError("dated_on", _("lies ahead; the last day is today"))
    with audit.writing():
        found = stored.insert({
            **about.columns, "questionnaire_id": asked.id, "state": DRAFT, "answers": "{}",
            "note": "", "dated_on": day or today, "grade": "", "knocked": False,
            "assessor_id": session.user.id, "created_at": session.now(),
        })  # fmt: skip
        told: Told = {"questionnaire": (None, f"{asked.name} {asked.number}"),
                      "subject": (None, about.title)}  # fmt: skip
        audit.record(session, "assessment.new", FEATURE, [audit.Line(found, told)])
    return reading.shown(session, found)


def answer(
    session: Session, assessment_id: int, version: int, answers: Mapping[str, str],
    note: str | None = None,
) -> Assessment:  # fmt: skip
    """Keep answers in a draft; an empty one is taken away, the others stay.

    Raises:
        SubmittedError: It is submitted.
        StaleRecordError: Somebody changed it in the meantime.
        InvalidChangeError: There is no such question or answer.
    """
    session.require(EDIT)
    seen = _draft(assessment_id)
    given = _checked(seen.asks, answers)
    kept = {**seen.answers, **given}
    kept = {id_: word for id_, word in kept.items() if word}
    text = seen.row.note if note is None else clean(note, field="note", limit=TEXT_LIMIT)
    told: Told = {id_: (seen.answers.get(id_), word or None) for id_, word in given.items()
                  if (seen.answers.get(id_) or "") != word}  # fmt: skip
    if text != seen.row.note:
        told["note"] = (seen.row.note, text)
    with audit.writing():
        columns = {"answers": json.dumps(kept), "note": text}
        _update(seen, version, columns)
        audit.record(session, "assessment.answer", FEATURE, [audit.Line(assessment_id, told)])
    return reading.shown(session, assessment_id)


def _checked(asks: Questionnaire, answers: Mapping[str, str]) -> dict[str, str]:
    known = {question.id: question for question in asks.questions}
    found = {}
    for id_, text in answers.items():
        if id_ not in known:
            raise InvalidChangeError("answer", _("there is no question {id}").format(id=id_[:40]))
        word = (text or "").strip().casefold()
        words = [option.word for option in known[id_].options]
        if word and word not in (*words, NOT_APPLICABLE):
            told = _("{id}: {word} is none of {words}").format(
                id=id_, word=word[:40], words=", ".join((*words, NOT_APPLICABLE))
            )
            raise InvalidChangeError("answer", told)
        found[id_] = word
    return found


def submit(session: Session, assessment_id: int, version: int) -> Assessment:
    """Submit a draft: its score stays, and the next one is due when the questionnaire says.

    Raises:
        SubmittedError: It is submitted already.
        UnansweredError: Questions have no answer.
        NothingAppliesError: All are said not to apply.
        StaleRecordError: Somebody changed it in the meantime.
    """
    session.require(EDIT)
    seen = _draft(assessment_id)
    found = seen.score
    if found.missing:
        raise UnansweredError([question.id for question in found.missing])
    if found.total is None:
        raise NothingAppliesError
    months = seen.asks.months
    following = step(seen.row.dated_on, f"{months}mo") if months else None
    with audit.writing():
        columns = {
            "state": SUBMITTED, "score": found.stored, "grade": found.grade,
            "knocked": bool(found.knocked), "next_on": following, "submitted_at": session.now(),
        }  # fmt: skip
        _update(seen, version, columns)
        told: Told = {"state": (DRAFT, SUBMITTED), "score": (None, percent(found.stored)),
                      "grade": (None, found.grade)}  # fmt: skip
        audit.record(session, "assessment.submit", FEATURE, [audit.Line(assessment_id, told)])
    return reading.shown(session, assessment_id)


def discard(session: Session, assessment_id: int, version: int) -> None:
    """Throw a draft away; raises SubmittedError and StaleRecordError."""
    session.require(EDIT)
    seen = _draft(assessment_id)
    with audit.writing():
        if not stored.delete_draft(assessment_id, version):
            raise StaleRecordError(number(assessment_id), assessment_id)
        told: Told = {"subject": (seen.row.subject, None), "answers": (dict(seen.answers), None)}
        audit.record(session, "assessment.discard", FEATURE, [audit.Line(assessment_id, told)])


def _draft(assessment_id: int) -> Assessment:
    found = reading.again(assessment_id)
    if found.row.state != DRAFT:
        raise SubmittedError(found.number)
    return found


def _update(seen: Assessment, version: int, columns: Mapping[str, object]) -> None:
    if not stored.update_draft(seen.row.id, version, columns):
        raise StaleRecordError(seen.number, seen.row.id)
