"""Moving candidates from stage to stage: a menu of where they may go, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from boconsole.language import _, ngettext
from boconsole.recruitment import hiring, stages, words
from boconsole.recruitment.stages import ApplicationRow
from boconsole.staff.finding import EmployeeRow
from screens import recruitment_facts as facts
from screens.cells import safe
from screens.dialogs import Choice, ConfirmDialog, MenuDialog, PromptDialog
from screens.shell import ShellScreen

Done = Callable[[object], None]


def ask_stage(screen: ShellScreen, rows: Sequence[ApplicationRow], done: Done) -> None:
    """Choose the next stage of applications, and ask for a reason where one is needed."""
    if not rows:
        return
    shared = [stage for stage in words.STAGES
              if all(stage in words.NEXT_STAGES[row.stage] for row in rows)]  # fmt: skip
    choices = [Choice(stage, _(words.STAGE_TITLES[stage])) for stage in shared]
    if len(rows) == 1 and rows[0].stage == words.OFFER:
        choices.append(Choice(words.HIRED, _("Hire with the accepted offer")))
    if not choices:
        screen.app.say(_("There is no stage to which all of them may go."))
        return
    title = rows[0].number if len(rows) == 1 else _("{n} candidates").format(n=len(rows))

    def take(stage: str | None) -> None:
        if stage == words.HIRED:
            ask_hire(screen, rows[0], done)
        elif stage in words.NEEDS_REASON:
            ask_reason(screen, rows, stage, done)
        elif stage is not None:
            move(screen, rows, stage, "", done)

    screen.app.push_screen(MenuDialog(title, choices), take)


def ask_reason(screen: ShellScreen, rows: Sequence[ApplicationRow], stage: str, done: Done) -> None:
    """Ask why, then move."""

    def take(reason: str | None) -> None:
        if reason is not None:
            move(screen, rows, stage, reason, done)

    title = _("Why {stage}?").format(stage=_(words.STAGE_TITLES[stage]).lower())
    screen.app.push_screen(PromptDialog(title, ""), take)


def move(
    screen: ShellScreen, rows: Sequence[ApplicationRow], stage: str, reason: str, done: Done
) -> None:
    """Move applications and say so."""
    told = ngettext("{n} candidate: {stage}; u undoes it.", "{n} candidates: {stage}; u undoes it.",
                    len(rows))  # fmt: skip
    screen.change(
        partial(stages.move, screen.session, rows, stage, reason),
        said=told.format(n=len(rows), stage=_(words.STAGE_TITLES[stage]).lower()),
        touched=[row.id for row in rows], feature=facts.APPLICATION, done=done,
    )  # fmt: skip


def ask_hire(screen: ShellScreen, row: ApplicationRow, done: Done) -> None:
    """Ask whose record it is where somebody may be known, then once more, and hire."""

    def named(found: Sequence[EmployeeRow]) -> None:
        if not found:
            _confirm_hire(screen, row, hiring.NOBODY, done)
            return
        choices = [Choice(str(one.id), f"{one.number} {safe(one.name)}") for one in found]
        choices.append(Choice(str(hiring.NOBODY), _("Somebody new")))

        def take(key: str | None) -> None:
            if key is not None:
                _confirm_hire(screen, row, int(key), done)

        title = _("Whose record is {number}?").format(number=row.number)
        screen.app.push_screen(MenuDialog(title, choices), take)

    screen.load(partial(hiring.who_is, screen.session, row), named, group="known")


def _confirm_hire(screen: ShellScreen, row: ApplicationRow, known: int, done: Done) -> None:
    def take(answer: bool | None) -> None:
        if answer:
            screen.change(
                partial(hiring.hire, screen.session, row, known=known),
                said=lambda person: _("{number} is hired; the onboarding begins.").format(
                    number=person.number),
                touched=(row.id,), feature=facts.APPLICATION, done=done,
            )  # fmt: skip

    question = _("Hire {number} with the offer that was accepted? Nothing takes it back.")
    screen.app.push_screen(ConfirmDialog(question.format(number=row.number)), take)
