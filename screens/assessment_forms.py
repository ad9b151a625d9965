"""The forms of assessments: beginning one, and its answers, one field for each question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from boconsole.assessments import keeping, writing
from boconsole.assessments.questionnaires import Question, of_json, to_toml
from boconsole.assessments.reading import Assessment, QuestionnaireRow
from boconsole.assessments.words import FEATURE, NOT_APPLICABLE
from boconsole.language import N_, _
from boconsole.session import Session
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of

Saved = Callable[[Assessment], None]
UNANSWERED, APART = N_("not answered yet"), N_("does not apply")


def questionnaires(session: Session) -> list[QuestionnaireRow]:
    """Return those in use; the ones that are ready come first to whoever may keep them."""
    found = keeping.listed(session)
    if not found and session.may("assessment.configure"):
        keeping.load_ready(session)
        found = keeping.listed(session)
    return found


def new_form(session: Session, known: Sequence[QuestionnaireRow], saved: Saved) -> FormScreen:
    """Return the form that begins an assessment."""

    def suggest(start: str) -> list[Suggestion]:
        from boconsole.contacts import reading

        if not session.may("contact.read"):
            return []
        names = reading.names_from(session, "organisation", start)
        ids = [reading.organisation_named(session, name) for name in names]
        return [Suggestion(f"ORG-{id_}", name)
                for id_, name in zip(ids, names, strict=True) if id_]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> Assessment:
        day = given.get("dated_on")
        return writing.begin(session, str(given["questionnaire"]), str(given["subject"] or ""),
                             day if isinstance(day, date) else None)  # fmt: skip

    fields = (
        Field("questionnaire", N_("Questionnaire"), "choice", required=True,
              choices=tuple((row.name, row.title) for row in known)),
        Field("subject", N_("Subject"), required=True, suggest=suggest,
              hint=N_("ORG-3, CON-4, AST-0001, PRJ-2, department:Finance, or a text")),
        Field("dated_on", N_("Date"), "date", hint=N_("By default today.")),
    )  # fmt: skip
    values = {"questionnaire": known[0].name} if known else {}
    return FormScreen(Form(
        "assessment.new", _("New assessment"), fields, save, values,
        said=lambda made: _("{number} is begun.").format(number=made.number),
        saved=saved, feature=FEATURE,
    ))  # fmt: skip


def questions_form(session: Session, row: QuestionnaireRow) -> FormScreen:
    """Return the form of a questionnaire as text; what is saved is a new version."""

    def save(given: Mapping[str, object], _version: int) -> QuestionnaireRow:
        return keeping.load(session, str(given.get("file") or text))

    text = to_toml(of_json(row.body))
    hint = N_("A new name makes a new one; drafts and results keep their version. ctrl+e edits.")
    title = _("Questionnaire {name}, version {number}").format(name=row.name, number=row.number)
    return FormScreen(Form(
        draft_of(f"{FEATURE}.questions", row.name), title,
        (Field("file", N_("Questions"), "long", hint=hint),), save, {"file": text}, feature=FEATURE,
        said=lambda kept: _("{name} {number} is kept.").format(name=kept.name, number=kept.number),
    ))  # fmt: skip


def answers_form(session: Session, seen: Assessment, saved: Saved) -> FormScreen:
    """Return the form of the answers of a draft; what is left empty stays unanswered."""

    def save(given: Mapping[str, object], version: int) -> Assessment:
        note = given.get("note")
        answers = {id_: str(word or "") for id_, word in given.items() if id_ != "note"}
        return writing.answer(session, seen.row.id, version, answers,
                              str(note or "") if "note" in given else None)  # fmt: skip

    fields = [_field(one) for one in seen.asks.questions]
    fields.append(Field("note", N_("Note"), "long"))
    title = f"{seen.number} {seen.row.subject}"
    return FormScreen(Form(
        f"{FEATURE}.answer", title, fields, save, {**seen.answers, "note": seen.row.note},
        seen.row.id, seen.row.version, said=_("The answers are kept."), saved=saved,
        feature=FEATURE,
    ))  # fmt: skip


def _field(question: Question) -> Field:
    choices = [(option.word, option.text) for option in question.options]
    return Field(question.id, question.id, "choice", hint=question.text,
                 choices=(("", UNANSWERED), *choices, (NOT_APPLICABLE, APART)))  # fmt: skip
