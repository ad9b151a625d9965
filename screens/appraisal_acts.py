"""What is done with an appraisal from its page and from the list: each asks, then does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from boconsole.appraisals import (
    gathering,
    goals,
    possible,
    proposing,
    questions,
    rating,
    reviewing,
    undoing,
    words,
)
from boconsole.appraisals.reading import AppraisalRow, CycleRow, Form, GoalRow
from boconsole.appraisals.reviewing import Answer
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.staff import finding
from boconsole.staff.typed import day_of
from screens.appraisal_facts import FEATURE
from screens.cells import safe
from screens.dialogs import Choice, MenuDialog
from screens.entries import Field
from screens.forms import Form as Sheet
from screens.forms import FormScreen
from screens.shell import ShellScreen
from screens.staff_forms import people_of

Done = Callable[[Any], None]  # Any: what the operation answers
Given = Mapping[str, object]
KEPT = N_("{number} {name}: kept.")
ASKED = {
    "submit": possible.WRITE, "read": possible.READ, "self": possible.SEND_BACK,
    "review": possible.SEND_BACK_REVIEW, "release": possible.RELEASE,
    "apply": possible.PROPOSE, "decline": possible.PROPOSE,
}  # fmt: skip
"""What of `possible` a choice of the menu asks."""


def _told(row: AppraisalRow) -> str:
    return _(KEPT).format(number=row.number, name=safe(row.name))


def _sheet(
    screen: ShellScreen, name: str, title: str, row: AppraisalRow, fields: Sequence[Field],
    values: Given, save: Callable[[AppraisalRow, Given], object], done: Done,
) -> None:  # fmt: skip
    """Open a form of an appraisal; what is typed is kept by itself."""

    def work(given: Given, version: int) -> object:
        return save(row._replace(version=version), given)

    screen.app.push_screen(FormScreen(
        Sheet(name, f"{row.number} {safe(row.name)}: {title}", fields, work, values, row.id,
              row.version, said=_told(row), saved=done, feature=FEATURE)
    ))  # fmt: skip


def taken_back(session: Session) -> str:
    """Take one's own last step back; returns what to say."""
    numbers = ", ".join(one.number for one in undoing.undo_last(session)[:3])
    return _("{numbers}: taken back.").format(numbers=numbers)


def _scale(cycle: CycleRow) -> list[tuple[str, str]]:
    return [(str(step.value), f"{step.value} {step.title}")
            for step in questions.scale_of(cycle.scale)]  # fmt: skip


def rate(screen: ShellScreen, cycle: CycleRow, row: AppraisalRow, done: Done) -> None:
    """Ask for another rating and why."""
    fields = [Field("rating", N_("Rating"), "choice", required=True, choices=_scale(cycle)),
              Field("reason", N_("Reason"), required=True)]  # fmt: skip
    values = {"rating": "" if row.rating is None else str(row.rating)}

    def save(now: AppraisalRow, given: Given) -> object:
        wanted = given.get("rating", values["rating"])
        return rating.calibrate(screen.session, now, wanted, str(given.get("reason") or ""))

    _sheet(screen, "appraisal.rate", _("move the rating"), row, fields, values, save, done)


def give(screen: ShellScreen, row: AppraisalRow, done: Done) -> None:
    """Ask who writes the review."""
    field = Field("manager", N_("Reviewed by"), required=True,
                  suggest=partial(people_of, screen.session))  # fmt: skip

    def save(now: AppraisalRow, given: Given) -> object:
        return gathering.give_to(screen.session, now, str(given["manager"]))

    _sheet(screen, "appraisal.give", _("who reviews"), row, [field], {}, save, done)


def goal(screen: ShellScreen, row: AppraisalRow, old: GoalRow | None, done: Done) -> None:
    """Open the form of a goal."""
    fields = [
        Field("title", N_("Goal"), required=True),
        Field("measure", N_("Measured by"), "long"),
        Field("weight", N_("Weight in %"), "number", required=True,
              hint=N_("All goals of a person make 100.")),
        Field("result", N_("Result"), "long"),
        Field("reached", N_("Reached in %"), "number"),
    ]  # fmt: skip
    values = old._asdict() if old else {}

    def save(now: AppraisalRow, given: Given) -> object:
        filled = {name: value for name, value in given.items() if old or value not in (None, "")}
        return goals.put(screen.session, now, filled, old.id if old else 0)

    name = f"appraisal.goal.{old.id}" if old else "appraisal.goal"
    _sheet(screen, name, _("goal"), row, fields, values, save, done)


def review(screen: ShellScreen, form: Form, done: Done) -> None:
    """Open the self review for the person, the manager's for those above."""
    own = form.person.role == "self"
    side = form.own if own else form.boss
    row = form.person.row
    fields: list[Field] = []
    values: dict[str, object] = {}
    for place, one in enumerate(form.questions):
        kept = side.get(one.title)
        fields += [
            Field(f"score{place}", one.title, "choice", hint=one.about, choices=_scale(form.cycle)),
            Field(f"note{place}", N_("Why"), "long"),
        ]  # fmt: skip
        values[f"score{place}"] = str(kept.score) if kept and kept.score is not None else ""
        values[f"note{place}"] = kept.note if kept else ""
    fields.append(Field("text", N_("On the whole"), "long"))
    values["text"] = row.self_text if own else row.review_text
    if not own:
        fields.append(Field("rating", N_("Rating"), "choice", choices=_scale(form.cycle)))
        values["rating"] = "" if row.rating is None else str(row.rating)

    def save(now: AppraisalRow, given: Given) -> object:
        said = {}
        for place, one in enumerate(form.questions):
            names = (f"score{place}", f"note{place}")
            if any(name in given for name in names):
                score, note = (given.get(name, values[name]) or "" for name in names)
                said[one.title] = Answer(score, note)
        text = str(given["text"] or "") if "text" in given else None
        if own:
            return reviewing.write_self(screen.session, now, said, text)
        given_rating = given.get("rating") or None
        return reviewing.write_review(screen.session, now, said, text, given_rating)

    title = _("self review") if own else _("manager review")
    _sheet(screen, f"appraisal.review.{form.person.role}", title, row, fields, values, save, done)


def propose(screen: ShellScreen, row: AppraisalRow, done: Done) -> None:
    """Open the form that proposes a raise or a bonus."""
    kinds = ((words.RAISE, N_("raise")), (words.BONUS, N_("bonus")))
    fields = [
        Field("kind", N_("Proposal"), "choice", required=True, choices=kinds),
        Field("amount", N_("How much"), required=True,
              hint=N_("A raise in percent, such as 5; a bonus as 2000000 IDR.")),
        Field("day", N_("From"), "date", required=True),
        Field("note", N_("Why")),
    ]  # fmt: skip
    values = {"kind": row.proposal or words.RAISE, "amount": row.proposal_amount,
              "day": row.proposal_from, "note": row.proposal_note}  # fmt: skip

    def save(now: AppraisalRow, given: Given) -> object:
        told = {**values, **given}
        day = day_of(told["day"], "day") or finding.today_of(screen.session)
        return proposing.propose(screen.session, now, str(told["kind"]), str(told["amount"] or ""),
                                 day, str(told["note"] or ""))  # fmt: skip

    _sheet(screen, "appraisal.propose", _("proposal"), row, fields, values, save, done)


def ask_state(screen: ShellScreen, form: Form, done: Done) -> None:
    """Choose what happens to an appraisal next: submitted, sent back, released, read, decided."""
    from screens.dialogs import PromptDialog

    session, row, role = screen.session, form.person.row, form.person.role
    own = role == "self"
    submit = partial(_submit, screen, form)
    works: dict[str, tuple[str, str, bool, Callable[[str], object], str]] = {
        "submit": (_("Submit the review"), "s", True, lambda _why: submit(), ""),
        "read": (_("I have read it"), "r", own,
                 lambda reply: rating.acknowledge(session, row, reply), _("What you reply")),
        "self": (_("Send the self review back"), "b", not own,
                 lambda why: reviewing.send_back(session, row, "self", why), _("Why?")),
        "review": (_("Send the manager review back"), "m", role == "hr",
                   lambda why: reviewing.send_back(session, row, "review", why), _("Why?")),
        "release": (_("Release it"), "l", role == "hr",
                    lambda _why: rating.release(session, [row])[0], ""),
        "apply": (_("Apply the proposal"), "a", not own,
                  lambda _why: proposing.apply(session, row), ""),
        "decline": (_("Decline the proposal"), "d", not own,
                    lambda why: proposing.decline(session, row, why), _("Why?")),
    }  # fmt: skip
    waits = row.proposal_state == words.WAITING
    choices = [
        Choice(value, text, key, possible.why_not(form, ASKED[value], briefly=True))
        for value, (text, key, may, _work, _ask) in works.items()
        if may and (waits or value not in ("apply", "decline"))
    ]

    def run(value: str, text: str) -> None:
        screen.change(partial(works[value][3], text), said=_told(row), touched=(row.id,),
                      feature=FEATURE, done=done)  # fmt: skip

    def take(value: str | None) -> None:
        if value is None:
            return
        if not works[value][4]:
            run(value, "")
            return
        prompt = PromptDialog(works[value][4])
        screen.app.push_screen(prompt, lambda text: run(value, text) if text is not None else None)

    screen.app.push_screen(MenuDialog(f"{row.number} {safe(row.name)}", choices), take)


def _submit(screen: ShellScreen, form: Form) -> object:
    session, row = screen.session, form.person.row
    if form.person.role == "self":
        return reviewing.write_self(session, row, {}, submit=True)
    return reviewing.write_review(session, row, {}, submit=True)
