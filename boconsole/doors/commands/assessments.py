"""Assessments by command: questionnaires, answers, scores and how they developed."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, grouped, ngettext

if TYPE_CHECKING:
    from boconsole.assessments.reading import Assessment, AssessmentRow

Record = dict[str, Any]  # Any: what JSON can hold


def list_questionnaires(call: Call) -> Answer:
    """List the questionnaires in use."""
    from boconsole.assessments import keeping, questionnaires

    found = [(row, questionnaires.of_json(row.body)) for row in keeping.listed(call.session())]
    value = [
        {"name": row.name, "version": row.number, "title": row.title, "months": asks.months,
         "questions": len(asks.questions)}
        for row, asks in found
    ]  # fmt: skip

    def text() -> str:
        if not value:
            return _("There is none yet; boconsole assessments load keeps those that are ready.")
        cells = [tuple(str(cell) for cell in each.values()) for each in value]
        headings = (_("Name"), _("Version"), _("Title"), _("Months"), _("Questions"))
        return output.table(headings, cells, right=frozenset((1, 3, 4)))

    return Answer(value, text)


def load(call: Call) -> Answer:
    """Keep a questionnaire, or those that are ready."""
    from boconsole.assessments import keeping

    session = call.session()
    if call.words.file:
        try:
            text = Path(call.words.file).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidChangeError("file", str(error)) from error
        rows = [keeping.load(session, text)]
    else:
        rows = keeping.load_ready(session)
    names = ", ".join(f"{row.name} {row.number}" for row in rows) or _("nothing new")
    return Answer([{"name": row.name, "version": row.number} for row in rows],
                  _("Kept: {names}.").format(names=names))  # fmt: skip


def questions(call: Call) -> Answer:
    """Show what a questionnaire asks."""
    from boconsole.assessments import keeping, questionnaires

    session = call.session()
    row = keeping.find(session, call.words.name)
    if call.words.toml:
        told = questionnaires.to_toml(questionnaires.of_json(row.body))
        return Answer({"name": row.name, "version": row.number, "toml": told}, told.rstrip())
    asks = keeping.shown_of(session, row.id)
    value: list[Record] = [
        {"section": section.title, "id": one.id, "text": one.text, "weight": one.weight,
         "answers": [option.word for option in one.options], "knockout": list(one.knockout)}
        for section in asks.sections for one in section.questions
    ]  # fmt: skip

    def text() -> str:
        cells = [(each["id"], each["text"], " ".join(each["answers"])) for each in value]
        return output.table((_("Question"), asks.title, _("Answers")), cells)

    return Answer(value, text)


def new(call: Call) -> Answer:
    """Begin an assessment."""
    from boconsole.assessments import reading, writing
    from boconsole.moments import parse_past_day

    session, words = call.session(), call.words
    day = parse_past_day(words.date, session.now(), session.zone, field="date") \
        if words.date else reading.today_of(session)  # fmt: skip
    return _answer(writing.begin(session, words.questionnaire, words.subject, day))


def answer(call: Call) -> Answer:
    """Keep answers in a draft."""
    from boconsole.assessments import reading, writing

    session, given = call.session(), {}
    for pair in call.words.answers:
        question, equals, word = pair.partition("=")
        if not equals:
            told = _("expected QUESTION=ANSWER, not {text!r}").format(text=pair[:40])
            raise InvalidChangeError("answer", told)
        given[question.strip()] = word
    seen = reading.get(session, call.words.number)
    return _answer(writing.answer(session, seen.row.id, seen.row.version, given, call.words.note))


def submit(call: Call) -> Answer:
    """Submit a draft."""
    from boconsole.assessments import reading, writing

    session = call.session()
    seen = reading.get(session, call.words.number)
    return _answer(writing.submit(session, seen.row.id, seen.row.version))


def undo(call: Call) -> Answer:
    """Take back the last change of a draft."""
    from boconsole.assessments import undoing

    number = undoing.undo_last(call.session())
    return Answer({"number": number}, _("Undone: {numbers}.").format(numbers=number))


def discard(call: Call) -> Answer:
    """Throw a draft away."""
    from boconsole.assessments import reading, writing

    session = call.session()
    seen = reading.get(session, call.words.number)
    writing.discard(session, seen.row.id, seen.row.version)
    told = _("{number} is gone.").format(number=seen.number)
    return Answer({"number": seen.number, "discarded": True}, told)


def list_assessments(call: Call) -> Answer:
    """List assessments."""
    rows = _chosen(call, call.words.query)
    return Answer([_record(row) for row in rows], lambda: _table(rows))


def show(call: Call) -> Answer:
    """Show one with its score explained."""
    from boconsole.assessments import reading

    return _answer(reading.get(call.session(), call.words.number))


def trend(call: Call) -> Answer:
    """Show what was submitted of its subject, the first first."""
    from boconsole.assessments import reading

    session = call.session()
    rows = reading.trend(session, reading.get(session, call.words.number).row)
    return Answer([_record(row) for row in rows], lambda: _table(rows))


def compare(call: Call) -> Answer:
    """Show two beside each other."""
    from boconsole.assessments import reading, scoring
    from boconsole.assessments.words import percent

    found = reading.compare(call.session(), call.words.number, call.words.other)

    def told(score: Any) -> str:  # Any: a fraction or None
        return "" if score is None else percent(scoring.hundredths(score))

    value = {
        "before": _record(found.before.row), "after": _record(found.after.row),
        "sections": [{"title": title, "before": told(old), "after": told(fresh)}
                     for title, old, fresh in found.sections],
        "answers": [each._asdict() for each in found.answers],
    }  # fmt: skip

    def text() -> str:
        headings = (found.before.row.title, found.before.number, found.after.number)
        sections = [(title, told(old), told(fresh)) for title, old, fresh in found.sections]
        answers = [(each.question, each.before or "-", each.after or "-") for each in found.answers]
        parts = [output.table(headings, sections, right=frozenset((1, 2)))]
        if answers:
            parts.append(output.table((_("Answered in another way"), "", ""), answers))
        return "\n\n".join(parts)

    return Answer(value, text)


def export(call: Call) -> Answer:
    """Write assessments to a file."""
    from boconsole.assessments import exporting

    *query, path = call.words.words
    done = exporting.write(call.session(), path, _chosen(call, query))
    told = ngettext("{n} assessment is in {path}.", "{n} assessments are in {path}.", done)
    return Answer({"written": done, "file": path}, told.format(n=grouped(done), path=path))


def _chosen(call: Call, query: list[str]) -> "list[AssessmentRow]":
    from boconsole.assessments import reading
    from boconsole.filters import whole

    session = call.session()
    return whole.select(session, reading.ASSESSMENTS, " ".join(query), reading.listed(session))


def _record(row: "AssessmentRow") -> Record:
    from boconsole.assessments import words

    return {
        "number": words.number(row.id), "questionnaire": row.name, "version": row.number,
        "subject": row.subject, "state": row.state, "date": row.dated_on,
        "score": words.percent(row.score) or None, "grade": row.grade, "knocked": row.knocked,
        "next": row.next_on, "by": row.assessor,
    }  # fmt: skip


def _table(rows: "list[AssessmentRow]") -> str:
    from boconsole.assessments import words

    if not rows:
        return _("No assessment.")
    cells = [
        (words.number(row.id), row.subject, row.title, _(words.STATES[row.state]),
         str(row.dated_on), words.percent(row.score), row.grade, str(row.next_on or ""))
        for row in rows
    ]  # fmt: skip
    headings = (_("Number"), _("Subject"), _("Questionnaire"), _("State"), _("Date"), _("Score"),
                _("Grade"), _("Next"))  # fmt: skip
    return output.table(headings, cells, right=frozenset((5,)))


def _answer(found: "Assessment") -> Answer:
    from boconsole.assessments import scoring
    from boconsole.assessments.telling import told
    from boconsole.assessments.words import percent

    score = found.score
    value = _record(found.row) | {
        "note": found.row.note,
        "score_so_far": percent(score.stored) or None,
        "sections": [
            {"title": each.title, "share": percent(scoring.hundredths(each.share)),
             "score": None if each.score is None else percent(scoring.hundredths(each.score)),
             "answered": each.answered, "questions": each.questions}
            for each in score.sections
        ],
        "knocked_out_by": [one.id for one in score.knocked],
        "missing": [one.id for one in score.missing],
        "answers": dict(found.answers),
    }  # fmt: skip
    return Answer(value, lambda: "\n".join(told(found)))
