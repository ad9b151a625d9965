"""Which columns a list shows, how wide and in which order; seen at once while it is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.widget import Widget

from boconsole.language import _
from screens.cells import fit, safe
from screens.dialogs import Dialog
from screens.widgets.columns import Columns

NAME_WIDTH = 28


class ColumnRows(Widget, can_focus=True):
    """One line for each column."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("space", "turn", show=False),
        Binding("J,shift+down", "carry(1)", show=False),
        Binding("K,shift+up", "carry(-1)", show=False),
        Binding("l,right,plus", "resize(1)", show=False),
        Binding("h,left,minus", "resize(-1)", show=False),
    ]
    row: reactive[int] = reactive(0)
    """The column under the cursor."""

    def __init__(self, columns: Columns[Any], changed: Callable[[], object]) -> None:  # Any: rows
        super().__init__()
        self._columns = columns
        self._changed = changed
        self.styles.height = len(columns.order)

    @property
    def _chosen(self) -> str:
        return self._columns.order[self.row]

    def render(self) -> Text:
        """Return the columns in order."""
        titles = {column.id: column for column in self._columns.all}
        lines = []
        for place, name in enumerate(self._columns.order):
            shown = " " if name in self._columns.hidden else "x"
            width = self._columns.widths.get(name, titles[name].width)
            title = fit(safe(_(titles[name].name or titles[name].title)) or name, NAME_WIDTH)
            style = "reverse" if place == self.row else ""
            lines.append(Text(f"[{shown}] {title} {width:>4}", style))
        return Text("\n").join(lines)

    def action_move(self, step: int) -> None:
        """Go to another column."""
        self.row = min(max(self.row + step, 0), len(self._columns.order) - 1)

    def action_turn(self) -> None:
        """Show or hide the column; one always stays."""
        hidden = self._columns.hidden ^ {self._chosen}
        if len(hidden) < len(self._columns.order):
            self._columns.hidden = hidden
            self._tell()

    def action_carry(self, step: int) -> None:
        """Put the column further left or right."""
        if 0 <= self.row + step < len(self._columns.order):
            self._columns.move(self._chosen, step)
            self.row += step
            self._tell()

    def action_resize(self, step: int) -> None:
        """Make the column narrower or wider."""
        titles = {column.id: column.width for column in self._columns.all}
        name = self._chosen
        self._columns.resize(name, self._columns.widths.get(name, titles[name]) + step)
        self._tell()

    def _tell(self) -> None:
        self.refresh()
        self._changed()


class ColumnsDialog(Dialog[None]):
    """Changes the columns of a table in place.

    Args:
        columns: Of the table.
        changed: Called after each change, to lay the table out again.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q,vertical_line", "leave", "Close")]

    def __init__(self, columns: Columns[Any], changed: Callable[[], object]) -> None:  # Any: rows
        hints = _("space shows or hides   J K move   h l width   enter closes")
        super().__init__(_("Columns"), hints)
        self._rows = ColumnRows(columns, changed)

    def body(self) -> ComposeResult:
        """Yield the columns."""
        yield self._rows
