"""The columns of a list: what they show, how wide they are here, and what the reader changed.

A line is laid out for the width at hand: columns with the highest `priority` go first where it
is narrow, growing ones share what is left over. Changes of the reader (hidden, widths, order)
are a plain dict, so that a saved view can hold them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from boconsole.language import _
from screens.cells import Cell, fit, safe

RowT = TypeVar("RowT")
GUTTER = 2
MARK = "*"
NARROWEST, WIDEST = 1, 200

Part = tuple[str, str]
"""Some text of a line and its tone."""


@dataclass(frozen=True)
class Column(Generic[RowT]):
    """One column.

    Attributes:
        id: Its name in saved views.
        title: Its heading, marked with `N_`.
        width: Cells it needs at least.
        format: Returns the cell of a row.
        grow: Its share of the width left over; 0 keeps it as it is.
        align: Numbers stand right.
        priority: On a narrow screen the highest number goes first; 0 always stays.
        sort: The field to sort by; "" when it cannot be sorted by.
        name: What it is called where there is room, marked with `N_`; the title when empty.
    """

    id: str
    title: str
    width: int
    format: Callable[[RowT], Cell]
    grow: int = 0
    align: Literal["left", "right"] = "left"
    priority: int = 0
    sort: str = ""
    name: str = ""


class Placed(NamedTuple):
    """A column on the line: where it starts, behind the gutter, and how wide it is."""

    column: Column[Any]  # Any: of whatever rows its table shows
    left: int
    width: int


class Columns(Generic[RowT]):
    """The columns of one table and what the reader changed about them."""

    def __init__(self, columns: Sequence[Column[RowT]]) -> None:
        self.all = tuple(columns)
        self.hidden: set[str] = set()
        self.widths: dict[str, int] = {}
        self.order: list[str] = [column.id for column in columns]

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        """Return the reader's changes for a saved view."""
        return {"hidden": sorted(self.hidden), "widths": dict(self.widths), "order": self.order[:]}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: read from JSON
        """Take the changes of a saved view; names that are no columns any more are left out."""
        known = {column.id: column for column in self.all}
        self.hidden = {name for name in state.get("hidden", ()) if name in known}
        self.widths = {}
        for name, width in dict(state.get("widths", {})).items():
            if name in known and isinstance(width, int):
                self.resize(name, width)
        order = [name for name in state.get("order", ()) if name in known]
        self.order = order + [name for name in known if name not in order]

    def resize(self, name: str, width: int) -> None:
        """Give a column a width of its own; it no longer grows."""
        self.widths[name] = max(NARROWEST, min(width, WIDEST))

    def move(self, name: str, by: int) -> None:
        """Put a column further left (less than 0) or right."""
        place = self.order.index(name)
        self.order.insert(max(0, place + by), self.order.pop(place))

    def lay_out(self, width: int) -> tuple[Placed, ...]:
        """Return the columns that fit into `width` cells, gutter included."""
        known = {column.id: column for column in self.all}
        shown = [known[name] for name in self.order if name not in self.hidden]
        room = width - GUTTER
        while len(shown) > 1 and self._needed(shown) > room:
            dropped = max(shown, key=lambda column: column.priority)
            if not dropped.priority:
                break
            shown.remove(dropped)
        widths = self._grown(shown, room)
        placed, left = [], GUTTER
        for column, own in zip(shown, widths, strict=True):
            placed.append(Placed(column, left, own))
            left += own + 1
        return tuple(placed)

    def _needed(self, shown: Sequence[Column[RowT]]) -> int:
        return sum(self._least(column) for column in shown) + len(shown) - 1

    def _least(self, column: Column[RowT]) -> int:
        return self.widths.get(column.id, column.width)

    def _grown(self, shown: Sequence[Column[RowT]], room: int) -> list[int]:
        over = room - self._needed(shown) if shown else 0
        shares = [0 if column.id in self.widths else column.grow for column in shown]
        widths, left = [], sum(shares)
        for column, share in zip(shown, shares, strict=True):
            more = over * share // left if share else 0
            widths.append(max(NARROWEST, self._least(column) + more))
            over, left = over - more, left - share
        return widths


def header_line(placed: Sequence[Placed], sort: Mapping[str, str]) -> str:
    """Return the headings; `sort` gives the mark of each field that is sorted by."""
    titles = [" " * (GUTTER - 1)]
    for column, _left, width in placed:
        mark = sort.get(column.sort, "") if column.sort else ""
        room = width - len(mark)
        title = _(column.title)
        if mark and len(title) > room:
            titles.append(fit(title, room) + mark)
        else:
            titles.append(fit(title + mark, width, right=column.align == "right"))
    return " ".join(titles)


def row_parts(placed: Sequence[Placed], row: object, *, marked: bool) -> list[Part]:
    """Return the texts of a row with their tones; neighbours of one tone are joined."""
    parts: list[Part] = []
    plain = MARK if marked else " "
    for column, _left, width in placed:
        text, tone = column.format(row)
        cell = fit(text if text.isprintable() else safe(text), width, right=column.align == "right")
        if not tone:
            plain += " " + cell
            continue
        word = cell.strip(" ")
        start = cell.index(word)
        parts.append((plain + " " + cell[:start], ""))
        parts.append((word, tone))
        plain = cell[start + len(word) :]
    parts.append((plain, ""))
    return parts
