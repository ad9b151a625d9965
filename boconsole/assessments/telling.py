"""An assessment in lines of plain text: what it comes to, why, and what was answered."""

from boconsole.assessments import scoring, words
from boconsole.assessments.questionnaires import Question
from boconsole.assessments.reading import Assessment
from boconsole.language import _


def told(found: Assessment) -> list[str]:
    """Return the lines."""
    row = found.row
    lines = [
        f"{found.number}  {row.subject}",
        ", ".join(
            (
                f"{row.title} {row.number}",
                str(row.dated_on),
                _(words.STATES[row.state]),
                row.assessor,
            )
        ),
        "",
        outcome(found),
    ]
    if row.next_on:
        lines.append(_("The next one is due on {day}.").format(day=row.next_on))
    if row.note:
        lines.append(row.note)
    lines.append("")
    for section, each in zip(found.asks.sections, found.score.sections, strict=True):
        lines.append(section_told(each))
        lines += [f"  {answer_told(found, question)}" for question in section.questions]
    return lines


def outcome(found: Assessment) -> str:
    """Return score and grade, and what knocked out, in a sentence."""
    score = found.score
    if score.total is None:
        return _("Nothing is answered yet.")
    percent = words.percent(score.stored)
    if score.knocked:
        names = ", ".join(one.id for one in score.knocked)
        return _("{grade}: {percent}%, knocked out by {names}").format(
            grade=_(score.grade), percent=percent, names=names
        )
    if score.missing:
        return _("{percent}% so far, {n} questions left").format(
            percent=percent, n=len(score.missing)
        )
    return _("{grade}: {percent}%").format(grade=_(score.grade), percent=percent)


def section_told(each: scoring.SectionScore) -> str:
    """Return a section with its score and its share in the whole."""
    if each.score is None:
        return _("{title}: nothing applies or is answered").format(title=each.title)
    return _("{title}: {score}%, {share}% of the whole").format(
        title=each.title, score=words.percent(scoring.hundredths(each.score)),
        share=words.percent(scoring.hundredths(each.share)),
    )  # fmt: skip


def answer_told(found: Assessment, question: Question) -> str:
    """Return a question with its answer and what it counts."""
    word = found.answers.get(question.id, "")
    if word == words.NOT_APPLICABLE:
        return "  ".join((question.text, _("does not apply")))
    option = next((each for each in question.options if each.word == word), None)
    if option is None:
        return f"{question.text}  -"
    weight = f" × {question.weight}" if question.weight > 1 else ""
    told_ = f"{question.text}  {option.text} ({option.points}/{question.most}{weight})"
    return " · ".join((told_, _("knocks out"))) if word in question.knockout else told_
