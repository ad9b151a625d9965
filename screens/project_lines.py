"""Lines of a project's tabs: each may stand for something that keys act on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from screens.cells import Cell, fit, safe
from screens.prose import toned


class Item(NamedTuple):
    """What a line stands for: `task`, `risk`, `person`, `objective`, `result`, `report`."""

    kind: str
    id: int


class Line(NamedTuple):
    """One line, and what it stands for."""

    content: Content
    item: Item | None = None


class Column(NamedTuple):
    """One column of a table of lines; width 0 takes what is left."""

    title: str
    width: int
    right: bool = False


def plain(text: str, tone: str = "") -> Line:
    """Return a line that stands for nothing."""
    return Line(toned((text, tone)))


def heading(columns: Sequence[Column], room: int) -> Line:
    """Return the names above a table."""
    cells = tuple(Cell(column.title, "muted") for column in columns)
    return row(columns, cells, room, None)


def row(columns: Sequence[Column], cells: Sequence[Cell], room: int, item: Item | None) -> Line:
    """Return one row of a table."""
    fixed = sum(column.width for column in columns) + len(columns) - 1
    left = max(room - fixed, 8)
    parts: list[tuple[str, str]] = []
    for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
        text = fit(safe(cell.text), column.width or left, right=column.right)
        parts += [(" ", "")] if place else []
        parts.append((text, cell.tone))
    return Line(toned(*parts), item)


def shown(lines: Sequence[Line], chosen: Item | None) -> list[Content]:
    """Return lines for a widget; the chosen one is marked, also without colour."""
    return [
        line.content.stylize("reverse") if chosen is not None and line.item == chosen
        else line.content
        for line in lines
    ]  # fmt: skip
