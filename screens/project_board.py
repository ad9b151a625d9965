"""The board of a project: a column for each state, a card for each task, as pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from boconsole.language import _
from boconsole.projects.reading import TaskRow
from boconsole.projects.words import DOING, DONE, TODO, WAITING
from screens.cells import fit, safe
from screens.project_facts import TASK_STATES, short_day
from screens.project_lines import Item, Line
from screens.prose import STYLES, toned

COLUMNS = (TODO, DOING, WAITING, DONE)
CARD = 2
"""Lines of a card."""


def columns(tasks: Sequence[TaskRow]) -> list[list[TaskRow]]:
    """Return the cards of each column: open ones by their day, done ones the last first."""
    far = date.max
    work = [task for task in tasks if not task.children]
    found = []
    for state in COLUMNS:
        own = [task for task in work if task.state == state]
        if state == DONE:
            own.sort(key=lambda task: (task.done_on or date.min, task.id), reverse=True)
        else:
            own.sort(key=lambda task: (task.due_on or far, task.place, task.id))
        found.append(own)
    return found


def draw(
    tasks: Sequence[TaskRow], critical: frozenset[int], chosen: Item | None, today: date,
    room: int, height: int,
) -> list[Line]:  # fmt: skip
    """Return the lines of a board that fill a height; each column shows the chosen card."""
    held = columns(tasks)
    width = max((room - (len(COLUMNS) - 1)) // len(COLUMNS), 12)
    parts: list[tuple[str, str]] = []
    for state, own in zip(COLUMNS, held, strict=True):
        look = TASK_STATES[state]
        parts.append((fit(f"{look.letter} {_(look.word)} {len(own)}", width) + " ", look.tone))
    lines = [
        Line(toned(*parts)),
        Line(toned(("─" * min(room, (width + 1) * len(COLUMNS)), "muted"))),
    ]
    rows = max((height - len(lines)) // CARD, 1)
    tops = [_top(own, chosen, rows) for own in held]
    for row in range(rows):
        for part in range(CARD):
            pieces: list[Content] = []
            for own, top in zip(held, tops, strict=True):
                place = top + row
                more = len(own) - place if row == rows - 1 else 0
                task = own[place] if place < len(own) else None
                pieces.append(_piece(task, part, more, critical, chosen, today, width))
            lines.append(Line(Content(" ").join(pieces)))
    return lines


def _top(own: Sequence[TaskRow], chosen: Item | None, rows: int) -> int:
    """Return the first card of a column that is shown."""
    place = next((at for at, task in enumerate(own) if chosen == Item("task", task.id)), 0)
    return max(0, place - rows + 1)


def _piece(
    task: TaskRow | None, part: int, more: int, critical: frozenset[int], chosen: Item | None,
    today: date, width: int,
) -> Content:  # fmt: skip
    """Return one line of a card, in the width of its column."""
    if task is None:
        return Content(" " * width)
    here = chosen == Item("task", task.id)
    if part == 0:
        mark = ">" if here else "*" if task.id in critical and task.state != DONE else " "
        text, tone = fit(f"{mark}{safe(task.title)}", width), "strong"
    else:
        late = task.due_on is not None and task.due_on < today and task.state != DONE
        told = f" {'! ' if late else ''}{short_day(task.due_on, today)} {safe(task.owner)}"
        further = f" +{more - 1}" if more > 1 else ""
        text = fit(told, width - len(further)) + further
        tone = "bad" if late else "muted"
    piece = Content.styled(text, STYLES[tone])
    return piece.stylize("reverse") if here else piece
