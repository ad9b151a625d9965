"""How assessments are told: cells of the list, and the page of a result."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from textual.content import Content

from boconsole.assessments import scoring, words
from boconsole.assessments.questionnaires import Question, Section
from boconsole.assessments.reading import Assessment, AssessmentRow
from boconsole.assessments.telling import outcome
from boconsole.language import _
from screens.cells import Cell, fit, safe, sparkline
from screens.prose import toned, wrapped

BAR = 20


class Whole(NamedTuple):
    """An assessment with what was submitted of its subject, and the one before."""

    found: Assessment
    trend: tuple[AssessmentRow, ...]
    before: Assessment | None


def score_cell(row: AssessmentRow) -> Cell:
    """Return the score of a submitted one."""
    return Cell(f"{words.percent(row.score)}%" if row.score is not None else "-")


def grade_cell(row: AssessmentRow) -> Cell:
    """Return the grade; an exclamation mark says that an answer knocked out."""
    if row.state == words.DRAFT:
        return Cell(_(words.STATES[words.DRAFT]), "muted")
    grade = safe(_(row.grade) if row.grade else "")
    return Cell(f"! {grade}" if row.knocked else grade,
                "bad" if row.knocked else "strong")  # fmt: skip


def picture(whole: Whole, room: int) -> list[Content]:
    """Return the page: the outcome, the sections with those before, the trend, the answers."""
    found, row = whole.found, whole.found.row
    about = f"{row.title} {row.number} · {row.dated_on} · {row.assessor}"
    knocked = bool(found.score.knocked)
    lines = [
        *wrapped(toned((f"{found.number}  {safe(row.subject)}", "strong")), room),
        *wrapped(toned((safe(about), "muted")), room),
        Content(""),
        *wrapped(toned((safe(outcome(found)), "bad" if knocked else "strong")), room),
    ]
    if row.next_on:
        told = _("The next one is due on {day}.").format(day=row.next_on)
        lines.append(toned((told, "muted")))
    lines += [Content(""), *_sections(whole, room), *_trend(whole.trend)]
    for section in found.asks.sections:
        lines += _answers(found, section, room)
    if row.note:
        lines += [Content(""), *wrapped(toned((safe(row.note), "")), room)]
    return lines


def _sections(whole: Whole, room: int) -> list[Content]:
    before = {each.title: each.score for each in whole.before.score.sections} \
        if whole.before else {}  # fmt: skip
    name = max(min(room - BAR - 27, 34), 12)
    lines = []
    for each in whole.found.score.sections:
        now, old = _percent(each.score), _percent(before.get(each.title))
        told = f"{old:>6} → {now:>6}" if whole.before else f"{now:>6}"
        share = fit(f"×{words.percent(scoring.hundredths(each.share))}%", 8, right=True)
        lines.append(toned(fit(safe(each.title), name), " ", (_bar(each.score), "info"), " ",
                           (told, "strong"), (share, "muted")))  # fmt: skip
    return [*lines, Content("")]


def _percent(score: Fraction | None) -> str:
    return "-" if score is None else f"{words.percent(scoring.hundredths(score))}%"


def _bar(score: Fraction | None) -> str:
    full = int((score or Fraction(0)) * BAR)
    return "█" * full + "·" * (BAR - full)


def _trend(trend: Sequence[AssessmentRow]) -> list[Content]:
    if len(trend) < 2:
        return []
    scores = [row.score or 0 for row in trend]
    told = ", ".join(f"{row.dated_on} {words.percent(row.score)}%" for row in trend[-4:])
    return [toned((_("Over time"), "strong"), "  ", (sparkline(scores), "info"), "  ", told),
            Content("")]  # fmt: skip


def _answers(found: Assessment, section: Section, room: int) -> list[Content]:
    lines = [toned((safe(section.title), "strong"))]
    for question in section.questions:
        lines += _answer(found, question, room)
    return [*lines, Content("")]


def _answer(found: Assessment, question: Question, room: int) -> list[Content]:
    word = found.answers.get(question.id, "")
    option = next((each for each in question.options if each.word == word), None)
    lines = wrapped(toned((safe(question.text), "")), room, "  ", "  ")
    if option is None:
        told = _("does not apply") if word else _("not answered yet")
        return [*lines, toned("    ", (told, "muted"))]
    weight = f" × {question.weight}" if question.weight > 1 else ""
    text = f"{safe(option.text)} ({option.points}/{question.most}{weight})"
    out = word in question.knockout
    told = " · ".join((text, _("knocks out"))) if out else text
    return [*lines, toned("    ", (told, "bad" if out else "info"))]
