"""Assessments as they are read: lists, one explained, how a subject developed, two compared."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from boconsole import audit
from boconsole.assessments import keeping, scoring, words
from boconsole.assessments.questionnaires import Questionnaire
from boconsole.assessments.scoring import Score
from boconsole.audit import HistoryEntry
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.filters.whole import Has, Register
from boconsole.language import _
from boconsole.session import Session
from db.assessments import records as stored
from db.assessments.records import AssessmentRow as AssessmentRow
from db.assessments.records import QuestionnaireRow as QuestionnaireRow


class Assessment(NamedTuple):
    """An assessment with what was asked and what the answers come to."""

    row: AssessmentRow
    asks: Questionnaire
    answers: Mapping[str, str]
    score: Score

    @property
    def number(self) -> str:
        """`ASM-0007`."""
        return words.number(self.row.id)


class Difference(NamedTuple):
    """A question that was answered in another way; "" where it was not asked."""

    question: str
    before: str
    after: str


class Compared(NamedTuple):
    """Two assessments beside each other; sections by title, None where one lacks it."""

    before: Assessment
    after: Assessment
    sections: tuple[tuple[str, Fraction | None, Fraction | None], ...]
    answers: tuple[Difference, ...]


def today_of(session: Session) -> date:
    """Return the day where the reader is."""
    return session.now().astimezone(session.zone).date()


def listed(session: Session) -> list[AssessmentRow]:
    """Return all assessments, the latest day first; one that was followed has no next day."""
    session.require(words.READ)
    called = keeping.titles(session)
    followed: set[tuple[object, ...]] = set()
    found = []
    for each in stored.select_all():
        row = each._replace(title=called.get(each.name, each.title))
        if row.state == words.SUBMITTED:
            found.append(row._replace(next_on=None) if row.about in followed else row)
            followed.add(row.about)
        else:
            found.append(row)
    return found


def get(session: Session, text: str) -> Assessment:
    """Return an assessment by number or id, in the reader's language; raises NotFoundError."""
    session.require(words.READ)
    return shown(session, words.parse_number(text))


def shown(session: Session, assessment_id: int) -> Assessment:
    """Return an assessment with its questions in the reader's language; raises NotFoundError."""
    found = again(assessment_id)
    asks = keeping.shown_of(session, found.row.questionnaire_id)
    row = found.row._replace(title=asks.title)
    return Assessment(row, asks, found.answers, scoring.score(asks, found.answers))


def again(assessment_id: int) -> Assessment:
    """Return an assessment that is there, as it is kept; raises NotFoundError."""
    row = stored.find(assessment_id)
    if row is None:
        raise NotFoundError(_("assessment {number}").format(number=words.number(assessment_id)))
    return _whole(row)


def _whole(row: AssessmentRow) -> Assessment:
    asks, answers = keeping.body_of(row.questionnaire_id), json.loads(row.answers)
    return Assessment(row, asks, answers, scoring.score(asks, answers))


def trend(session: Session, row: AssessmentRow) -> list[AssessmentRow]:
    """Return what was submitted of the same subject by the same questionnaire, the first first."""
    session.require(words.READ)
    return stored.select_of_subject(row)


def before(session: Session, row: AssessmentRow) -> AssessmentRow | None:
    """Return the submitted one before an assessment."""
    earlier = [each for each in trend(session, row)
               if (each.dated_on, each.id) < (row.dated_on, row.id)]  # fmt: skip
    return earlier[-1] if earlier else None


def compare(session: Session, first: str, second: str) -> Compared:
    """Return two assessments of one questionnaire beside each other, whatever its versions.

    Raises:
        InvalidChangeError: They were made by different questionnaires.
    """
    old, new = get(session, first), get(session, second)
    if old.row.name != new.row.name:
        raise InvalidChangeError("other", _("is an assessment by another questionnaire"))
    known = {each.title: each.score for each in old.score.sections}
    fresh = {each.title: each.score for each in new.score.sections}
    sections = tuple((title, known.get(title), fresh.get(title))
                     for title in dict.fromkeys((*known, *fresh)))  # fmt: skip
    texts = {each.id: each.text for each in (*old.asks.questions, *new.asks.questions)}
    answers = tuple(
        Difference(text, old.answers.get(id_, ""), new.answers.get(id_, ""))
        for id_, text in texts.items() if old.answers.get(id_, "") != new.answers.get(id_, "")
    )  # fmt: skip
    return Compared(old, new, sections, answers)


def history(session: Session, assessment_id: int) -> list[HistoryEntry]:
    """Return what happened to an assessment."""
    session.require(words.READ)
    return audit.history(session, words.FEATURE, assessment_id)


ASSESSMENTS: Register[AssessmentRow] = Register(
    text=lambda row: "\n".join((words.number(row.id), row.subject, row.title, row.note)),
    fields={
        "number": Has(lambda row: words.number(row.id)),
        "questionnaire": Has(lambda row: row.name),
        "subject": Has(lambda row: row.subject),
        "state": Has(lambda row: row.state, "choice", tuple(words.STATES)),
        "score": Has(lambda row: None if row.score is None else Decimal(row.score) / 100, "number"),
        "grade": Has(lambda row: row.grade),
        "by": Has(lambda row: row.assessor),
        "date": Has(lambda row: row.dated_on, "day"),
        "next": Has(lambda row: row.next_on, "day"),
    },
    flags={"knocked": lambda row: row.knocked, "draft": lambda row: row.state == words.DRAFT},
)
"""What queries may ask."""
