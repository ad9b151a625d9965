"""How a list of records is drawn: the heading, one line for each row, or words where none is.

Drawing asks nothing and changes nothing. The row under the cursor has one style from end to
end, so a move of the cursor writes two short lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from boconsole.language import _
from screens.cells import fit, safe
from screens.widgets.columns import Column, Columns, Placed, header_line, row_parts
from screens.widgets.listing import Ask, Listing
from screens.widgets.marks import Marks

RowT = TypeVar("RowT")
Drawn = tuple[object, bool, bool]
"""A row, whether it is marked, and whether the cursor is on it."""

UP_DOWN, ASCII_UP_DOWN = ("▲", "▼"), ("^", "v")


class TableLines(ScrollView, Generic[RowT], can_focus=True, inherit_bindings=False):
    """The part of a record table that draws.

    Attributes:
        columns: What it shows; call `lay_out` after a change.
        listing: The rows held and the cursor.
        marks: The marked records.
        sorted_by: Fields and whether they go down, for the signs in the heading.
        empty_text: Says what would be here and which key makes the first one.
        loading_text: Says that rows are being read.
        error_text: Says why there are no rows; "" while all is well.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record-table--plain",
        "record-table--header",
        "record-table--cursor",
        "record-table--marked",
        "record-table--notice",
        "record-table--muted",
        "record-table--strong",
        "record-table--good",
        "record-table--info",
        "record-table--warn",
        "record-table--bad",
    }
    DEFAULT_CSS = """
    TableLines {
        height: 1fr;
        overflow: hidden;
        & > .record-table--header { text-style: bold; color: $text-muted; }
        & > .record-table--cursor {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
            text-style: bold;
        }
        & > .record-table--marked { text-style: bold; }
        & > .record-table--notice, & > .record-table--muted { color: $text-muted; }
        & > .record-table--strong { text-style: bold; }
        & > .record-table--good { color: $text-success; }
        & > .record-table--info { color: $text-primary; }
        & > .record-table--warn { color: $text-warning; }
        & > .record-table--bad { color: $text-error; text-style: bold; }
        &:focus > .record-table--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: bold;
        }
        &:ansi {
            & > .record-table--header { color: ansi_default; text-style: bold underline; }
            & > .record-table--cursor {
                background: ansi_default;
                color: ansi_default;
                text-style: underline;
            }
            & > .record-table--notice, & > .record-table--muted { color: ansi_bright_black; }
            & > .record-table--good { color: ansi_green; }
            & > .record-table--info { color: ansi_cyan; }
            & > .record-table--warn { color: ansi_yellow; }
            & > .record-table--bad { color: ansi_red; text-style: bold; }
        }
        &:ansi:focus > .record-table--cursor {
            background: ansi_default;
            color: ansi_default;
            text-style: reverse;
        }
    }
    """

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        ask: Ask,
        *,
        empty: str,
        loading: str,
        ascii_only: bool,
        id: str | None,  # noqa: A002 - the name that Textual gives it
        classes: str | None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.columns = Columns(columns)
        self.listing: Listing[RowT] = Listing(ask, self._changed)
        self.marks = Marks()
        self.sorted_by: tuple[tuple[str, bool], ...] = ()
        self.empty_text, self.loading_text, self.error_text = empty, loading, ""
        self._signs = ASCII_UP_DOWN if ascii_only else UP_DOWN
        self._placed: tuple[Placed, ...] = ()
        self._drawn: list[Drawn] = []
        self._slow = False

    def set_columns(self, columns: Sequence[Column[RowT]]) -> None:
        """Show other columns; the reader's changes to the ones that stay are kept."""
        state = self.columns.state()
        self.columns = Columns(columns)
        self.columns.restore(state)
        self.lay_out()

    def lay_out(self) -> None:
        """Lay the columns out again after one was hidden, shown, resized or moved."""
        self._placed = self.columns.lay_out(self.size.width)
        self.redraw()

    def placed(self, column_id: str) -> Placed | None:
        """Return where a column stands on the line, None where it has no room."""
        return next((each for each in self._placed if each.column.id == column_id), None)

    def redraw(self) -> None:
        """Draw every line again, as when the minute is over; the cell diff writes little."""
        self._drawn = self._lines()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the heading, a row, or a line of the notice when there is no row."""
        width, view = self.size.width, self.listing.view
        rows = self.listing.window.rows
        if y == 0:
            return self._strip([(self._heading(), "header")], width)
        place = view.top + y - 1
        if place < len(rows) and y <= view.height:
            marked = self.listing.window.key(rows[place]) in self.marks
            parts = row_parts(self._placed, rows[place], marked=marked)
            if place == view.cursor:
                return self._strip([("".join(part for part, _tone in parts), "cursor")], width)
            plain = "marked" if marked else ""
            return self._strip([(text, tone or plain) for text, tone in parts], width)
        notice = [] if rows else self._notice().splitlines()
        text = "  " + safe(notice[y - 2]) if 2 <= y < len(notice) + 2 else ""
        return self._strip([(fit(text, width), "notice" if text else "")], width)

    def _heading(self) -> str:
        signs = {field: self._signs[descends] for field, descends in self.sorted_by}
        return fit(header_line(self._placed, signs), self.size.width)

    def _notice(self) -> str:
        if self.error_text:
            return self.error_text
        if self.listing.waiting or self.listing.source is None:
            return (self.loading_text or _("Reading …")) if self._slow else ""
        return self.empty_text or _("Nothing here.")

    def _strip(self, parts: Sequence[tuple[str, str]], width: int) -> Strip:
        segments = [Segment(text, self._style(tone)) for text, tone in parts if text]
        return Strip(segments).adjust_cell_length(width, self._style(""))

    def _style(self, tone: str) -> Style:
        return self.get_component_rich_style(f"record-table--{tone or 'plain'}")

    def _lines(self) -> list[Drawn]:
        listing = self.listing
        view, key = listing.view, listing.window.key
        rows = listing.window.rows[view.top : view.top + view.height]
        return [
            (row, key(row) in self.marks, place == view.cursor)
            for place, row in enumerate(rows, view.top)
        ]

    def _changed(self) -> None:
        """Draw the lines that are other than before."""
        before, self._drawn = self._drawn, self._lines()
        if len(before) != len(self._drawn) or not before:
            self.refresh()
            return
        pairs = enumerate(zip(before, self._drawn, strict=True), 1)
        changed = [line for line, (then, now) in pairs if then != now]
        if len(changed) > len(before) // 2:
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, line, self.size.width, 1) for line in changed))
