"""Tables on paper: texts wrap in their columns, numbers stand right, heads come on each page."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from boconsole.paper import fonts
from boconsole.paper.pages import LINE, MARGIN, Pages

GAP = 8.0
LEAST = 4.0
"""The smallest size that is still read."""
DIGIT = 0.572
"""How wide each digit is, in sizes of its font."""
POINT = 0.47
"""How wide a point or comma is, in digits."""


class Column(NamedTuple):
    """A column; `share` of the width that is left over, or as wide as its cells with 0."""

    title: str
    share: float = 0
    to_right: bool = False


class Line(NamedTuple):
    """A line of a table.

    Attributes:
        cells: One text for each column.
        indent: Steps that the first cell is moved to the right.
        bold: Whether it is strong.
        above: Whether a rule stands over it.
        wide: The first cell takes the whole width.
        missing: Digits behind the point that numbers lack against others, with `POINT` for one.
    """

    cells: Sequence[str]
    indent: int = 0
    bold: bool = False
    above: bool = False
    wide: bool = False
    missing: float = 0


def put(pages: Pages, columns: Sequence[Column], lines: Iterable[Line], size: float = 9) -> None:
    """Draw a table; its letters shrink until columns of numbers fit beside those that wrap."""
    lines = list(lines)
    widths = _widths(pages, columns, lines, size)
    while widths is None and size > LEAST:
        size -= 0.5
        widths = _widths(pages, columns, lines, size)
    if widths is None:
        widths = [(pages.right - pages.left) / len(columns) - GAP] * len(columns)
    heads = Line([column.title for column in columns], bold=True)

    def draw_heads() -> None:
        _draw(pages, columns, widths, heads, size)
        pages.rule(pages.left, pages.right, down=1)
        pages.top += 5

    pages.need(size * LINE * 4)
    draw_heads()
    before, pages.on_new_page = pages.on_new_page, draw_heads
    for line in lines:
        _draw(pages, columns, widths, line, size)
    pages.on_new_page = before


def _widths(
    pages: Pages, columns: Sequence[Column], lines: Sequence[Line], size: float
) -> list[float] | None:
    """Return the width of each column, or None where those that wrap would be too narrow."""
    widest = [
        max(_width(text, size) + size * gap for text, gap in
            ((column.title, 0), *((line.cells[at], DIGIT * line.missing)
                                  for line in lines if not line.wide)))
        if not column.share else 0.0
        for at, column in enumerate(columns)
    ]  # fmt: skip
    rest = pages.right - pages.left - sum(widest) - GAP * (len(columns) - 1)
    shares = sum(column.share for column in columns)
    if rest < (120 if shares else 0):
        return None
    return [rest * column.share / shares if column.share else widest[at]
            for at, column in enumerate(columns)]  # fmt: skip


def _width(text: str, size: float) -> float:
    """Return how wide a cell is; a hyphen is narrower in bold, so that dates are not."""
    drawn = fonts.drawable(text)
    return max(fonts.width(drawn, size), fonts.width(drawn, size, bold=True))


def _draw(
    pages: Pages, columns: Sequence[Column], widths: Sequence[float], line: Line, size: float
) -> None:
    step = size
    texts = []
    for at, text in enumerate(line.cells[:1] if line.wide else line.cells):
        room = pages.right - pages.left if line.wide else widths[at]
        room -= step * line.indent if at == 0 else 0
        texts.append(fonts.wrapped(text, size, max(room, size * 4), bold=line.bold))
    tall = max(len(parts) for parts in texts)
    if line.wide and line.bold and pages.top > MARGIN:
        pages.top += size / 2
    pages.need(min(tall, 3) * size * LINE + (3 if line.above else 0))
    if line.above:
        pages.rule(pages.left, pages.right, down=1)
        pages.top += 3
    for turn in range(tall):
        pages.need(size * LINE)
        left = pages.left
        for at, parts in enumerate(texts):
            if turn < len(parts):
                right = columns[at].to_right and not line.wide
                indent = step * line.indent if at == 0 else 0
                end = left + widths[at] - DIGIT * size * line.missing
                place = end if right else left + indent
                pages.text(parts[turn], place, size=size, bold=line.bold, to_right=right)
            left += widths[at] + GAP
        pages.top += size * LINE
