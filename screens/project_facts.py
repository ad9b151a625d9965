"""What projects and tasks look like: letters, tones, short dates, the head of a project."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from textual.content import Content

from boconsole.language import MONTHS, N_, _, decimal
from boconsole.money import from_minor
from boconsole.projects import words
from boconsole.projects.reading import ProjectRow, TaskRow
from boconsole.projects.words import length
from screens.cells import Cell, Look, fit, safe
from screens.prose import toned

PROJECT, TASK = words.PROJECT, words.TASK
RAGS = {
    "": Look("-", N_("not reported"), "muted"),
    words.GREEN: Look("G", words.RAGS[words.GREEN], "good"),
    words.AMBER: Look("A", words.RAGS[words.AMBER], "warn"),
    words.RED: Look("R", words.RAGS[words.RED], "bad"),
}
STATES = {
    words.PLANNED: Look("P", words.STATES[words.PLANNED], "info"),
    words.ACTIVE: Look("A", words.STATES[words.ACTIVE], "strong"),
    words.ON_HOLD: Look("H", words.STATES[words.ON_HOLD], "warn"),
    words.DONE: Look("D", words.STATES[words.DONE], "good"),
    words.CANCELLED: Look("C", words.STATES[words.CANCELLED], "muted"),
}
TASK_STATES = {
    words.TODO: Look("T", words.TASK_STATES[words.TODO], "info"),
    words.DOING: Look("D", words.TASK_STATES[words.DOING], "strong"),
    words.WAITING: Look("W", words.TASK_STATES[words.WAITING], "warn"),
    words.DONE: Look("X", words.TASK_STATES[words.DONE], "good"),
    words.DROPPED: Look("-", words.TASK_STATES[words.DROPPED], "muted"),
}

HUNDRED = 100
ROUGH = (
    (10**12, N_("{number}T")), (10**9, N_("{number}B")), (10**6, N_("{number}M")),
    (10**3, N_("{number}K")),
)  # fmt: skip
"""From how much on money is told in trillions, billions, millions and thousands."""


def _cell(look: Look) -> Cell:
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def rag_cell(rag: str) -> Cell:
    """Return letter and word of how a project stands."""
    return _cell(RAGS[rag])


def state_cell(state: str) -> Cell:
    """Return letter and word of the state of a project."""
    return _cell(STATES[state])


def task_state_cell(state: str) -> Cell:
    """Return letter and word of the state of a task."""
    return _cell(TASK_STATES[state])


def short_day(day: date | None, today: date) -> str:
    """Return a day as short as it stays clear: `12 May`, with the year where it is another."""
    if day is None:
        return "-"
    told = _("{day} {month}").format(day=day.day, month=_(MONTHS[day.month - 1]))
    return told if day.year == today.year else f"{told} {day:%y}"


def due_cell(day: date | None, today: date, *, over: bool) -> Cell:
    """Return the day by which something is to be done; a mark where it is past."""
    late = day is not None and day < today and not over
    return Cell(f"{'! ' if late else ''}{short_day(day, today)}", "bad" if late else "")


def progress_bar(percent: int, width: int = 6) -> str:
    """Return progress as a bar and its number: `###--- 52%`."""
    full = min(width, percent * width // 100)
    return f"{'#' * full}{'-' * (width - full)} {percent:>3}%"


def amount(minor: int | None, precision: int) -> str:
    """Return money without its currency, as people read it: `48,000`."""
    if minor is None:
        return "-"
    digits = precision if minor % 10**precision else 0
    return decimal(from_minor(minor, precision), digits)


def rough(number: Decimal) -> str:
    """Return money in a few signs, to three digits at least where there are some: `68.5M`."""
    for least, told in ROUGH:
        if abs(number) >= least:
            part = number / least
            digits = 0 if abs(part) >= HUNDRED or part == int(part) else 1
            return _(told).format(number=decimal(part, digits))
    return decimal(number, 0)


def budget_cell(row: ProjectRow) -> Cell:
    """Return the budget of a project, roughly; the project itself tells all of it."""
    if row.budget is None:
        return Cell("-", "muted")
    return Cell(f"{rough(from_minor(row.budget, row.precision))} {row.commodity}".strip())


def work_told(row: TaskRow) -> str:
    """Return how much work a task is, and how much of it was spent."""
    if not row.estimate and not row.spent:
        return "-"
    planned = length(row.estimate) if row.estimate else "?"
    return f"{length(row.spent)}/{planned}" if row.spent else planned


def head(row: ProjectRow, told: tuple[tuple[str, str], ...], room: int) -> list[Content]:
    """Return the two lines above every tab: what it is, and how it stands."""
    number = words.number(row.id)
    name = fit(safe(row.name), max(room - len(number) - 1, 8)).rstrip()
    first = toned((f"{number} {name}", "strong"))
    rag = rag_cell(row.rag)
    state = state_cell(row.state)
    parts: list[tuple[str, str]] = [(rag.text, rag.tone), ("  ", ""), (state.text, state.tone)]
    used = len(rag.text) + len(state.text) + 2
    for text, tone in told:
        if used + len(text) + 2 > room:
            break
        parts += [("  ", ""), (text, tone)]
        used += len(text) + 2
    return [first, toned(*parts)]
