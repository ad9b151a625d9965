"""What can be done with assessments, in their list and on the page of one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from boconsole.assessments import reading, undoing, writing
from boconsole.assessments.reading import Assessment, AssessmentRow, QuestionnaireRow
from boconsole.assessments.words import CONFIGURE, DRAFT, EDIT, FEATURE, number
from boconsole.language import N_, _
from boconsole.session import Session
from screens import assessment_forms as forms
from screens.actions import CHANGE, of_feature
from screens.dialogs import Choice, ConfirmDialog, MenuDialog
from screens.keys import Action
from screens.shell import ShellScreen

AREA = "assessments"
CHANGES = ("assessment.new", "assessment.edit", "assessment.submit", "assessment.remove")


def actions(where: str) -> tuple[Action, ...]:
    """Return what can be done, in a list or on a page."""
    from dataclasses import replace

    return (
        *(replace(each, where=where) for each in of_feature("assessment", "new", "edit")),
        Action("assessment.submit", N_("Submit; it never changes again"), ("S",), where, CHANGE,
               rank=12, short=N_("submit")),
        Action("assessment.remove", N_("Throw the draft away"), ("D",), where, CHANGE, rank=17,
               short=N_("discard")),
    )  # fmt: skip


def impossible(action: Action, row: AssessmentRow | None, session: Session) -> str:
    """Say why something cannot be done to an assessment, "" where it can."""
    if action.id not in CHANGES:
        return ""
    if not session.may(EDIT):
        return _("You may read assessments, not make them.")
    if action.id != "assessment.new" and row is not None and row.state != DRAFT:
        return _("It is submitted and does not change; n begins a new one.")
    return ""


def begin(screen: ShellScreen) -> None:
    """Ask which questionnaire and about what, then for the answers."""

    def ask(known: list[QuestionnaireRow]) -> None:
        if not known:
            screen.app.say(_("There is no questionnaire yet; an administrator keeps one first."))
            return
        form = forms.new_form(screen.session, known, lambda made: fill(screen, made.row.id))
        screen.app.push_screen(form)

    screen.load(partial(forms.questionnaires, screen.session), ask, group="ask")


def fill(screen: ShellScreen, assessment_id: int) -> None:
    """Open the answers of a draft, then its page."""

    def ask(seen: Assessment) -> None:
        def saved(_kept: Assessment) -> None:
            from screens.assessment import AssessmentScreen

            if not isinstance(screen, AssessmentScreen):
                screen.app.push_screen(AssessmentScreen(assessment_id))

        screen.app.push_screen(forms.answers_form(screen.session, seen, saved))

    work = partial(reading.get, screen.session, str(assessment_id))
    screen.load(work, ask, group="fill")


def undo(session: Session) -> str:
    """Take the last change back; returns what to say."""
    return _("Undone: {numbers}.").format(numbers=undoing.undo_last(session))


def edit_questions(screen: ShellScreen) -> None:
    """Ask which questionnaire, then show it as a text to edit."""
    if not screen.session.may(CONFIGURE):
        screen.app.say(_("Questionnaires are kept by administrators."))
        return

    def ask(known: list[QuestionnaireRow]) -> None:
        choices = [Choice(row.name, row.title, str(place) if place < 10 else "")
                   for place, row in enumerate(known, 1)]  # fmt: skip

        def take(name: str | None) -> None:
            row = next((each for each in known if each.name == name), None)
            if row is not None:
                screen.app.push_screen(forms.questions_form(screen.session, row))

        screen.app.push_screen(MenuDialog(_("Edit which questionnaire?"), choices), take)

    screen.load(partial(forms.questionnaires, screen.session), ask, group="ask")


def submit(screen: ShellScreen, row: AssessmentRow) -> None:
    """Ask once, then submit."""

    def take(sure: bool | None) -> None:
        if sure:
            work = partial(writing.submit, screen.session, row.id, row.version)
            screen.change(work, said=_told, touched=(row.id,), feature=FEATURE)

    title = _("Submit {number} of {subject}? It never changes again.").format(
        number=number(row.id), subject=row.subject
    )
    screen.app.push_screen(ConfirmDialog(title, yes=_("submit")), take)


def _told(done: Assessment) -> str:
    return _("{number} is submitted: {grade}.").format(number=done.number, grade=_(done.row.grade))


def discard(screen: ShellScreen, row: AssessmentRow, gone: Callable[[], None]) -> None:
    """Ask once, then throw a draft away."""

    def take(sure: bool | None) -> None:
        if sure:
            said = _("{number} is gone.").format(number=number(row.id))
            work = partial(writing.discard, screen.session, row.id, row.version)
            screen.change(work, said=said, touched=(row.id,), feature=FEATURE,
                          done=lambda _none: gone())  # fmt: skip

    title = _("Throw {number} and its answers away?").format(number=number(row.id))
    screen.app.push_screen(ConfirmDialog(title, yes=_("throw away")), take)
