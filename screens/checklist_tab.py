"""The check lists of a person as rows of a tab, each with the step that it stands for."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from boconsole.checklists import reading, words
from boconsole.checklists.reading import CheckList, is_done
from boconsole.checklists.ticking import StepRow
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.staff.finding import today_of
from screens.cells import Cell, safe
from screens.contacts.tabs import Rows, TabRow
from screens.places import Place

NOWHERE = Place("")


class Steps(NamedTuple):
    """What the tab shows, and the step of each row; None for the line of a list itself."""

    rows: Rows
    steps: tuple[StepRow | None, ...]


def read(session: Session, employee_id: int) -> Steps:
    """Return the check lists of a person, the newest first; blocks."""
    today = today_of(session)
    lines: list[TabRow] = []
    steps: list[StepRow | None] = []
    for one in reading.of_person(session, employee_id):
        lines.append(TabRow(head(one), NOWHERE))
        steps.append(None)
        for step in one.steps:
            lines.append(TabRow(_cells(step, today, ended=one.row.ended_at is not None),
                                place_of(step)))  # fmt: skip
            steps.append(step)
    return Steps(
        Rows((N_("Done"), N_("Due"), N_("Step"), N_("Owner"), N_("Link")), lines,
             N_("No check list was begun; hiring and leaving begin one."), NOWHERE),
        tuple(steps),
    )  # fmt: skip


def head(one: CheckList) -> tuple[Cell, ...]:
    """Return the line of a list: how far it is."""
    count = f"{one.done}/{len(one.steps)}"
    title = _(words.KINDS[one.row.kind])
    ended = _("given up") if one.row.ended_at is not None else ""
    return (Cell(count, "info" if one.open else "good"), Cell(str(one.row.day)),
            Cell(title, "strong"), Cell(ended, "muted"), Cell(""))  # fmt: skip


def mark_of(step: StepRow, today: date, *, ended: bool) -> tuple[str, str]:
    """Return what stands before a step, and its tone: done, late, or to do."""
    if is_done(step):
        return "[x]", "muted"
    late = not ended and step.due_on < today
    return ("[!]" if late else "[ ]"), "muted" if ended else "bad" if late else ""


def _cells(step: StepRow, today: date, *, ended: bool) -> tuple[Cell, ...]:
    done = is_done(step)
    mark, tone = mark_of(step, today, ended=ended)
    said = f" ({safe(step.said)})" if step.said else ""
    return (Cell(mark, "good" if done else tone), Cell(str(step.due_on), tone),
            Cell(safe(step.title) + said, "muted" if done else ""),
            Cell(safe(reading.owner_word(step)), "muted"),
            Cell(safe(reading.link_word(step)), "info"))  # fmt: skip


def place_of(step: StepRow) -> Place:
    """Return where Enter on a step goes: its ticket or asset."""
    if step.ticket_id:
        return Place("tickets", record=reading.link_word(step))
    return Place("assets", record=step.tag) if step.tag else NOWHERE
