"""A month of people by days: a cursor on one day of one person, moved by the list keys.

Each day has two cells, three where there is room. What a day is stands in a letter or a mark;
colours and shades only repeat it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from boconsole.language import DAYS, _
from screens.cells import fit, safe
from screens.prose import STYLES

NARROWEST, WIDEST = 10, 28
HEAD = 2
"""Lines above the people."""


class Square(NamedTuple):
    """A day of a person: at most two letters, a tone, and whether it is shaded."""

    text: str
    tone: str = ""
    shaded: bool = False


class Row(NamedTuple):
    """A person with the squares of the month."""

    key: int
    name: str
    squares: Sequence[Square]


class MonthGrid(Widget, can_focus=True):
    """Shows rows of a month.

    Attributes:
        day: Under the cursor, counted from 1.
        at: The row under the cursor, counted from 0.
    """

    DEFAULT_CSS = "MonthGrid { height: 1fr; width: 100%; }"

    class Moved(Message):
        """The cursor is on another day or person."""

    def __init__(self) -> None:
        super().__init__(id="grid")
        self.first = date(2000, 1, 1)
        self.rows: Sequence[Row] = ()
        self.day, self.at, self._top = 1, 0, 0
        self.today: date | None = None

    def show(self, first: date, rows: Sequence[Row], today: date) -> None:
        """Show another month, or the same one read again; the cursor stays on its person."""
        key = self.rows[self.at].key if self.rows else 0
        if first != self.first:
            here = today.replace(day=1) == first
            self.day = today.day if here else 1
        self.first, self.rows, self.today = first, rows, today
        keys = [row.key for row in rows]
        self.at = keys.index(key) if key in keys else min(self.at, max(len(rows) - 1, 0))
        self.day = min(self.day, self._length)
        self._moved()

    @property
    def _length(self) -> int:
        return len(self.rows[0].squares) if self.rows else 28

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.at] if self.rows else None

    @property
    def date(self) -> date:
        """The day under the cursor."""
        return self.first + timedelta(days=self.day - 1)

    def move(self, rows: int = 0, days: int = 0) -> None:
        """Move the cursor; it stops at the edges."""
        self.at = min(max(self.at + rows, 0), max(len(self.rows) - 1, 0))
        self.day = min(max(self.day + days, 1), self._length)
        self._moved()

    def page(self, step: int) -> None:
        """Move by a screen of people."""
        self.move(rows=step * max(self._room - 1, 1))

    def _moved(self) -> None:
        if self.at < self._top:
            self._top = self.at
        elif self.at >= self._top + self._room:
            self._top = self.at - self._room + 1
        self._top = min(self._top, max(len(self.rows) - self._room, 0))
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._moved()

    @property
    def _room(self) -> int:
        return max(self.size.height - HEAD, 1)

    def render(self) -> Content:
        """Return the visible part."""
        width = self.size.width - 2
        cell = 3 if width >= self._length * 3 + NARROWEST else 2
        name = min(max(width - self._length * cell, NARROWEST), WIDEST)
        lines = self._head(name, cell)
        for place in range(self._top, min(self._top + self._room, len(self.rows))):
            lines.append(self._line(place, name, cell))
        return Content("\n").join(lines)

    def _head(self, name: int, cell: int) -> list[Content]:
        """Return the letters of the weekdays and the numbers: all, or those of Mondays."""
        letters, numbers = [Content(" " * (name + 1))], [Content(" " * (name + 1))]
        for number in range(1, self._length + 1):
            day = self.first + timedelta(days=number - 1)
            free = STYLES["muted"] if day.weekday() > 4 else ""
            mark = "underline" if day == self.today else free
            letter = fit(_(DAYS[day.weekday()])[:1], cell)
            letters.append(Content.styled(letter, mark) if mark else Content(letter))
            shown = cell == 3 or not day.weekday() or number == 1 and day.weekday() < 6  # noqa: RUF021
            told = fit(str(number) if shown else "", cell)
            numbers.append(Content.styled(told, "reverse") if number == self.day and shown
                           else Content(told))  # fmt: skip
        return [Content("").join(letters), Content("").join(numbers)]

    def _line(self, place: int, name: int, cell: int) -> Content:
        row, here = self.rows[place], place == self.at
        title = safe(row.name)
        mark = ">" if here else " "
        label = mark + fit(title if cell_len(title) < name else f"{title[: name - 2]}…", name)
        parts = [Content.styled(label, "bold") if here else Content(label)]
        for number, square in enumerate(row.squares, 1):
            style = STYLES[square.tone] or ("dim" if square.shaded else "")
            text = fit(square.text, cell)
            if here and number == self.day:
                parts.append(Content.styled(text[:2], "reverse"))
                parts.append(Content(text[2:]))
            else:
                parts.append(Content.styled(text, style) if style else Content(text))
        return Content("").join(parts)
