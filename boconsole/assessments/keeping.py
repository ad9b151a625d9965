"""Questionnaires as they are kept: a change makes a new version, and none is ever lost."""

from boconsole import audit
from boconsole.assessments import questionnaires
from boconsole.assessments.questionnaires import READY, Questionnaire
from boconsole.assessments.words import CONFIGURE, FEATURE, READ
from boconsole.errors import NotFoundError
from boconsole.language import _
from boconsole.session import Session
from db.assessments import records as stored
from db.assessments.records import QuestionnaireRow


def listed(session: Session) -> list[QuestionnaireRow]:
    """Return the questionnaires in use, by name."""
    session.require(READ)
    return stored.select_questionnaires()


def find(session: Session, name: str) -> QuestionnaireRow:
    """Return the questionnaire in use of a name, or whose title begins so; raises NotFoundError."""
    session.require(READ)
    word, known = name.strip().casefold(), stored.select_questionnaires()
    found = [row for row in known if row.name.casefold() == word]
    found = found or [row for row in known if word and row.title.casefold().startswith(word)]
    if len(found) != 1:
        names = ", ".join(row.name for row in known) or _("none; load one first")
        raise NotFoundError(
            _("questionnaire {name}; there are {names}").format(name=name[:40], names=names)
        )
    return found[0]


def body_of(questionnaire_id: int) -> Questionnaire:
    """Return what a version asks."""
    row = stored.find_questionnaire(questionnaire_id)
    if row is None:
        raise NotFoundError(_("questionnaire {name}").format(name=questionnaire_id))
    return questionnaires.of_json(row.body)


def shown_of(session: Session, questionnaire_id: int) -> Questionnaire:
    """Return what a version asks, in the reader's language where it or the one in use says it."""
    whole = body_of(questionnaire_id)
    newest = next((row for row in stored.select_questionnaires() if row.name == whole.name), None)
    return questionnaires.in_language(
        whole, session.language, questionnaires.of_json(newest.body) if newest else None
    )


def titles(session: Session) -> dict[str, str]:
    """Return what questionnaires are called in the reader's language, by name."""
    return {
        row.name: questionnaires.in_language(
            questionnaires.of_json(row.body), session.language
        ).title
        for row in stored.select_questionnaires()
    }


def load(session: Session, text: str) -> QuestionnaireRow:
    """Keep a questionnaire from TOML; the same once more changes nothing.

    Raises:
        InvalidChangeError: The text cannot be read.
    """
    session.require(CONFIGURE)
    whole = questionnaires.parse(text)
    body = questionnaires.to_json(whole)
    with audit.writing():
        known = [row for row in stored.select_questionnaires() if row.name == whole.name]
        if not known or known[0].body != body:
            number = stored.insert_questionnaire(
                whole.name, whole.title, body, session.user.id, session.now()
            )
            told: dict[str, tuple[object, object]] = {"name": (None, whole.name),
                                                      "number": (None, number)}  # fmt: skip
            audit.record(session, "assessment.load", FEATURE, [audit.Line(0, told)])
    return find(session, whole.name)


def load_ready(session: Session) -> list[QuestionnaireRow]:
    """Keep the questionnaires that come with the console, where there are none of their names.

    One that is there as it came, and only lacks a language, gets it as a new version.
    """
    session.require(CONFIGURE)
    known = {row.name: questionnaires.of_json(row.body) for row in stored.select_questionnaires()}
    return [load(session, questionnaires.ready(name)) for name in READY
            if name not in known or _lacks_language(known[name], name)]  # fmt: skip


def _lacks_language(there: Questionnaire, name: str) -> bool:
    fresh = questionnaires.parse(questionnaires.ready(name))
    return there._replace(said={}) == fresh._replace(said={}) and there.said != fresh.said
