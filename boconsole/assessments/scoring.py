"""What answers come to, section by section. Pure and exact.

A question counts as its points of the best answer's, a section as the weighted mean of its
questions, the whole as the weighted mean of its sections. What is not applicable is left out of
both; a section without a question left counts nothing.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from boconsole.assessments.questionnaires import Question, Questionnaire, Section
from boconsole.assessments.words import NOT_APPLICABLE


class SectionScore(NamedTuple):
    """A section: its share in the whole and its score, None where nothing is applicable."""

    title: str
    share: Fraction
    score: Fraction | None
    answered: int
    questions: int


class Score(NamedTuple):
    """What answers come to.

    Attributes:
        total: From 0 to 1, None where nothing was answered.
        grade: Its name.
        sections: In order.
        knocked: Questions whose answer knocks out.
        missing: Questions without an answer.
    """

    total: Fraction | None
    grade: str
    sections: tuple[SectionScore, ...]
    knocked: tuple[Question, ...]
    missing: tuple[Question, ...]

    @property
    def stored(self) -> int | None:
        """In hundredths of a per cent, rounded half up."""
        return None if self.total is None else hundredths(self.total)


def hundredths(value: Fraction) -> int:
    """Return hundredths of a per cent, rounded half up."""
    return int(value * 10_000 + Fraction(1, 2))


def score(whole: Questionnaire, answers: Mapping[str, str]) -> Score:
    """Return what answers come to; unknown questions are left out."""
    means = [_mean(section, answers) for section in whole.sections]
    pairs = zip(whole.sections, means, strict=True)
    counted = [(section.weight, mean) for section, mean in pairs if mean is not None]
    weights = sum(weight for weight, _mean_ in counted)
    whole_sum = sum((weight * mean for weight, mean in counted), Fraction(0))
    total = whole_sum / weights if counted else None
    knocked = tuple(one for one in whole.questions if answers.get(one.id) in one.knockout)
    missing = tuple(one for one in whole.questions if not answers.get(one.id))
    sections = tuple(
        SectionScore(
            section.title,
            Fraction(section.weight, weights) if mean is not None else Fraction(0),
            mean, sum(bool(answers.get(one.id)) for one in section.questions),
            len(section.questions),
        )
        for section, mean in zip(whole.sections, means, strict=True)
    )  # fmt: skip
    return Score(total, _grade(whole, total, bool(knocked)), sections, knocked, missing)


def _grade(whole: Questionnaire, total: Fraction | None, knocked: bool) -> str:
    if knocked:
        return whole.grades[-1].name
    if total is None:
        return ""
    return next(grade.name for grade in whole.grades if total * 100 >= grade.least)


def _mean(section: Section, answers: Mapping[str, str]) -> Fraction | None:
    counted = list(_counted(section, answers))
    weights = sum(weight for weight, _part in counted)
    return sum((weight * part for weight, part in counted), Fraction(0)) / weights if weights \
        else None  # fmt: skip


def _counted(section: Section, answers: Mapping[str, str]) -> Iterator[tuple[int, Fraction]]:
    for question in section.questions:
        word = answers.get(question.id, "")
        if word and word != NOT_APPLICABLE:
            points = next(each.points for each in question.options if each.word == word)
            yield question.weight, Fraction(points, question.most)
