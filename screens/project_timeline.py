"""The timeline of a project: bars over days, as pure functions.

What may not be late is drawn full, all else half; a row has its bar, the days it may slip, and
where the baseline had it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from boconsole.language import MONTHS, _
from boconsole.projects.baselines import PlannedRow
from boconsole.projects.scheduling import Scheduled
from boconsole.projects.tree import Node
from boconsole.projects.words import DONE, MILESTONE
from screens.cells import fit, safe
from screens.project_lines import Item, Line
from screens.prose import toned

SCALES = (1, 2, 7, 14, 30)
"""Days of one column."""
CRITICAL, USUAL, FINISHED, SLACK, BASE, HOLDS = "█", "▒", "=", "-", "·", "━"
MARK, NOW = "◆", "│"
TITLE = 26


class Sight(NamedTuple):
    """What is looked at: the first day, and how many days a column has."""

    first: date
    scale: int


def fitting(starts: date, ends: date, columns: int) -> Sight:
    """Return the closest sight that shows all of a time."""
    days = max((ends - starts).days + 3, 1)
    scale = next((scale for scale in SCALES if days <= scale * columns), SCALES[-1])
    return Sight(_aligned(starts - timedelta(1), scale), scale)


def scrolled(sight: Sight, columns: int) -> Sight:
    """Return a sight some columns later, or earlier when below 0."""
    return sight._replace(first=sight.first + timedelta(columns * sight.scale))


def zoomed(sight: Sight, step: int, columns: int) -> Sight:
    """Return a closer sight (below 0) or a wider one around the same middle."""
    place = min(max(SCALES.index(sight.scale) + step, 0), len(SCALES) - 1)
    middle = sight.first + timedelta(columns * sight.scale // 2)
    scale = SCALES[place]
    return Sight(_aligned(middle - timedelta(columns * scale // 2), scale), scale)


def _aligned(day: date, scale: int) -> date:
    return day - timedelta(day.weekday()) if scale in (7, 14) else day


def draw(
    nodes: Sequence[Node], times: Mapping[int, Scheduled], base: Mapping[int, PlannedRow],
    sight: Sight, today: date, room: int,
) -> list[Line]:  # fmt: skip
    """Return the lines of a timeline, two of them above it for months and days."""
    columns = chart_width(room)
    now = (today - sight.first).days // sight.scale
    lines = [*_scale(sight, columns)]
    for node in nodes:
        task, own = node.task, times.get(node.task.id)
        critical = own is not None and own.critical and task.state != DONE
        mark = "*" if critical else " "
        title = "  " * node.depth + safe(task.title)
        name = fit(title, TITLE - 7)
        cells = [" "] * columns
        if 0 <= now < columns:
            cells[now] = NOW
        _bar(cells, node, own, base.get(task.id), sight, critical)
        tone = "bad" if critical else "good" if task.state == DONE else ""
        lines.append(
            Line(
                toned((f"{mark}{name} {task.percent:>3}% ", "" if not task.children else "strong"),
                      ("".join(cells), tone)),
                Item("task", task.id),
            )
        )  # fmt: skip
    return lines


def chart_width(room: int) -> int:
    """Return how many columns the bars have."""
    return max(room - TITLE, 10)


def _bar(
    cells: list[str], node: Node, own: Scheduled | None, base: PlannedRow | None, sight: Sight,
    critical: bool,
) -> None:  # fmt: skip
    task = node.task
    start, due = task.start_on, task.due_on
    if own is not None and (start is None or due is None):
        start, due = own.early_start, own.early_finish
    if base is not None:
        _fill(cells, base.start_on, base.due_on, BASE, sight)
    if task.children:
        _fill(cells, start, due, HOLDS, sight)
        return
    if own is not None and not critical and task.state != DONE and due and own.late_finish > due:
        _fill(cells, due + timedelta(1), own.late_finish, SLACK, sight)
    if task.kind == MILESTONE:
        _fill(cells, due, due, MARK, sight)
        return
    _fill(cells, start, due, CRITICAL if critical else USUAL, sight)
    if start and due and task.percent:
        days = (due - start).days + 1
        until = start + timedelta(days * task.percent // 100 - 1)
        if until >= start:
            _fill(cells, start, until, FINISHED, sight)


def _fill(
    cells: list[str], start: date | None, due: date | None, letter: str, sight: Sight
) -> None:
    if start is None or due is None:
        return
    first = (start - sight.first).days // sight.scale
    last = (due - sight.first).days // sight.scale
    for place in range(max(first, 0), min(last, len(cells) - 1) + 1):
        cells[place] = letter


def _scale(sight: Sight, columns: int) -> list[Line]:
    """Return the lines of months, and of the day that begins a week or a column."""
    months, days, told = [" "] * columns, [" "] * columns, 0
    for place in range(columns):
        day = sight.first + timedelta(place * sight.scale)
        before = day - timedelta(sight.scale)
        if place == 0 or day.month != before.month:
            year = f" {day:%y}" if day.year != told else ""
            if _write(months, place, f"{_(MONTHS[day.month - 1])}{year}"):
                told = day.year
        begins = day.weekday() == 0 if sight.scale == 1 else place % 4 == 0
        if begins:
            _write(days, place, f"{day.day}")
    lead = " " * TITLE
    return [Line(toned((lead + "".join(each), "muted"))) for each in (months, days)]


def _write(cells: list[str], place: int, text: str) -> bool:
    """Write a text where all of it has room, with a blank before it; answers whether it had."""
    end = place + len(text)
    if end > len(cells) or "".join(cells[max(place - 1, 0) : end]).strip():
        return False
    cells[place:end] = text
    return True


def legend() -> Line:
    """Return what the letters mean."""
    told = _("{critical} critical  {usual} not  {finished} done  {slack} slack  "
             "{mark} milestone  {base} baseline  {now} today").format(
        critical=CRITICAL, usual=USUAL, finished=FINISHED, slack=SLACK, mark=MARK, base=BASE,
        now=NOW,
    )  # fmt: skip
    return Line(toned((told, "muted")))
