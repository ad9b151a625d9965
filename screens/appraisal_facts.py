"""What appraisals look like: phases, steps, a whole form to read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from textual.content import Content

from boconsole.appraisals import goals, permitted, reading, words
from boconsole.appraisals.reading import AppraisalRow, Cycle, Form, Person
from boconsole.language import N_, _
from screens.cells import Cell, Look, fit, safe
from screens.prose import toned, wrapped
from screens.staff_facts import labelled

FEATURE, CYCLE = words.APPRAISAL, words.CYCLE
STATES = {
    words.DRAFT: Look("D", N_("draft"), "muted"),
    words.GOALS: Look("G", N_("goals"), "info"),
    words.SELF: Look("S", N_("self review"), "info"),
    words.REVIEW: Look("R", N_("manager review"), "warn"),
    words.CALIBRATION: Look("C", N_("calibration"), "warn"),
    words.CLOSED: Look("X", N_("closed"), "muted"),
}
STEP_TONES = {"rated": "info", "released": "info", "acknowledged": "muted", "ready": "muted"}
TITLE, SCORE = 20, 16
"""Cells of a question and of a score."""


def state_word(state: str) -> Cell:
    """Return letter and word of a phase: `G goals`."""
    look = STATES[state]
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def step_word(one: Person) -> Cell:
    """Return how far somebody is; what waits for the one who looks stands out."""
    tone = "warn" if one.waits else STEP_TONES.get(one.step, "")
    return Cell(_(words.STEPS[one.step]), tone)


def percent(value: int | None) -> Cell:
    """Return percent, or a dash."""
    return Cell("-", "muted") if value is None else Cell(f"{value} %")


def due(day: date | None, today: date) -> Cell:
    """Return the last day of a phase; one that is over stands out."""
    if day is None:
        return Cell("-", "muted")
    return Cell(str(day), "bad" if day < today else "")


def waits(one: Cycle) -> Cell:
    """Return how many appraisals of a cycle wait for the one who looks."""
    return Cell(str(one.waits), "warn") if one.waits else Cell("-", "muted")


def cycle_picture(one: Cycle, room: int, today: date) -> list[Content]:
    """Return a cycle beside the list: its period, how far it is, and the last day of each phase."""
    row = one.row
    period = _("{first} to {last}").format(first=row.starts_on, last=row.ends_on)
    lines = wrapped(toned((f"{row.number} {safe(row.name)}", "strong")), room)
    lines += labelled([
        (N_("Period"), Cell(period)), (N_("Phase"), state_word(row.state)),
        (N_("People"), Cell(str(one.people))), (N_("Done"), Cell(str(one.done))),
        (N_("For me"), waits(one)),
    ], room)  # fmt: skip
    days = [
        (STATES[state].word, due(getattr(row, field), today if state == row.state else date.min))
        for state, field in words.DUE.items()
    ]
    return [*lines, Content(), toned((_("Last days"), "strong")), *labelled(days, room)]


def picture(form: Form, room: int) -> list[Content]:
    """Return an appraisal to read: where it stands, goals, both sides by question, the result."""
    person, row = form.person, form.person.row
    lines = wrapped(toned((f"{person.number} {safe(row.name)}", "strong"),
                          (f" {safe(form.cycle.name)}", "muted")), room)  # fmt: skip
    lines += labelled(list(_head(form)), room)
    for heading, found in (
        (_("Goals"), list(_goals(form, room))),
        (_("Questions"), list(_answers(form, room))),
        (_("On the whole"), list(_texts(form, room))),
        (_("How the rating was moved"), list(_moves(form, room))),
    ):
        if found:
            lines += [Content(), toned((heading, "strong")), *found]
    return lines


def _head(form: Form) -> Iterator[tuple[str, Cell]]:
    person, row = form.person, form.person.row
    yield N_("Phase"), state_word(form.cycle.state)
    yield N_("Step"), step_word(person)
    yield N_("Department"), Cell(safe(person.department))
    yield N_("Reviewed by"), Cell(safe(row.manager) or "-")
    if person.title:
        yield N_("Rating"), Cell(f"{row.rating} {safe(person.title)}", "strong")
    if row.acknowledged_at:
        yield N_("Read on"), Cell(str(row.acknowledged_at.date()))
    if row.proposal:
        yield N_("Proposal"), Cell(proposal(row), "warn" if row.proposal_state == words.WAITING
                                   else "muted")  # fmt: skip


def proposal(row: AppraisalRow) -> str:
    """Return what is proposed, in one line."""
    what = _("raise of {amount} %") if row.proposal == words.RAISE else _("bonus of {amount}")
    told = what.format(amount=safe(row.proposal_amount))
    state = _(words.PROPOSAL_TITLES[row.proposal_state])
    note = f" · {safe(row.proposal_note)}" if row.proposal_note else ""
    day = _("from {day}").format(day=row.proposal_from)
    return f"{told}, {day}, {state}{note}"


def _goals(form: Form, room: int) -> Iterator[Content]:
    for goal in form.goals:
        told = f"{goal.weight:>3} %  "
        reached = "-" if goal.reached is None else f"{goal.reached} %"
        yield from wrapped(toned((safe(goal.title), ""), (f"  {reached}", "info")), room,
                           toned((told, "muted")), " " * len(told))  # fmt: skip
        for text in (goal.measure, goal.result):
            if text:
                yield from wrapped(toned((safe(text), "muted")), room, " " * len(told),
                                   " " * len(told))  # fmt: skip
    whole = goals.reached(form.goals)
    weight = sum(goal.weight for goal in form.goals)
    if form.goals and (weight != 100 or whole is not None):
        told = _("{weight} % in all").format(weight=weight)
        more = "" if whole is None else ", " + _("{reached} % reached").format(reached=whole)
        yield toned((told + more, "bad" if weight != 100 else "strong"))


def _answers(form: Form, room: int) -> Iterator[Content]:
    titles = {step.value: f"{step.value} {safe(step.title)}" for step in form.scale}
    yield toned((fit("", TITLE) + fit(_("Self"), SCORE) + _("Manager"), "muted"))
    for one in form.questions:
        own, boss = form.own.get(one.title), form.boss.get(one.title)
        scores = [titles.get(kept.score, "-") if kept and kept.score is not None else "-"
                  for kept in (own, boss)]  # fmt: skip
        yield toned((fit(safe(one.title), TITLE), ""), (fit(scores[0], SCORE), "info"),
                    (scores[1], "info"))  # fmt: skip
        for who, kept in ((_("Self"), own), (_("Manager"), boss)):
            if kept and kept.note:
                yield from wrapped(toned((f"{who}: {safe(kept.note)}", "muted")), room, "  ", "  ")
    means = [reading.average(kept) for kept in (form.own, form.boss)]
    if any(means):
        yield toned((fit(_("Mean"), TITLE) + fit(means[0] or "-", SCORE) + (means[1] or "-"),
                     "strong"))  # fmt: skip


def _texts(form: Form, room: int) -> Iterator[Content]:
    row = form.person.row
    for title, text in ((_("Self"), row.self_text), (_("Manager"), row.review_text),
                        (_("Reply"), row.reply)):  # fmt: skip
        if text:
            yield from chain.from_iterable(
                wrapped(toned((line, "")), room) for line in f"{title}: {safe(text)}".splitlines()
            )
    if form.person.role == permitted.SELF and not row.released_at:
        yield toned((_("What your manager writes is here once it is released."), "muted"))


def _moves(form: Form, room: int) -> Iterator[Content]:
    titles = {step.value: safe(step.title) for step in form.scale}
    for move in form.moves:
        before = titles.get(move.before, "-") if move.before is not None else "-"
        told = f"{move.made_at.date()} {safe(move.made_by)}: {before} → {titles[move.after]}"
        yield from wrapped(toned((told, ""), (f"  {safe(move.reason)}", "muted")), room)
