"""Lists of lines that are made whole in the worker thread and laid out in the window's width.

The last good lines stay until the next are there. Folding and moving use what is in memory.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from boconsole.language import N_, _
from screens.cells import Cell
from screens.keys import Action
from screens.ledger import facts, rooms, statement_layout
from screens.ledger.statement_lines import Line
from screens.ledger.statement_table import LinesSource, StatementTable
from screens.lists import ListScreen
from screens.places import Place
from screens.widgets.columns import Column

if TYPE_CHECKING:
    from boconsole.ledger.statements.shapes import Statement


class LaidOutScreen(rooms.InRooms, ListScreen[Line]):
    """Lines under columns of amounts, with a line above that tells what was chosen.

    Attributes:
        statement: For its columns; None before the first is made.
        lines: As they are drawn.
    """

    AREA = facts.AREA
    FEATURE = facts.FEATURE
    CSS_PATH = "../styles/statements.tcss"
    DEFAULT_CLASSES = ""
    table: StatementTable

    def __init__(self) -> None:
        self.statement: Statement | None = None
        self.lines: Sequence[Line] = ()
        self._unwrapped: Sequence[Line] = ()
        self._ids: dict[tuple[str, ...], int] = {}
        super().__init__()

    # What one kind gives

    @abstractmethod
    def read_again(self) -> None:
        """Make the lines again."""

    @abstractmethod
    def told(self, statement: Statement, missing: Sequence[str]) -> Content:
        """Return the line above: what was chosen, and which columns have no room."""

    # Showing

    def columns(self) -> Sequence[Column[Line]]:
        """Return no more than the names; the rest comes with the lines."""
        return [Column("account", N_("Account"), 18, lambda _line: Cell(""))]

    def _make_table(self) -> StatementTable:
        return StatementTable(self.columns(), self.read_again, empty=self.empty_text())

    def body(self) -> ComposeResult:
        """Yield what was chosen above the table."""
        yield Static(id="days", markup=False)
        yield from super().body()

    def source(self, query: str) -> LinesSource:
        """Return the lines in memory."""
        del query
        return LinesSource(self.lines, self._ids)

    def show_query(self, query: str) -> None:
        """Make the lines."""
        del query
        self.read_again()

    def empty_text(self) -> str:
        """Return what is said while there is nothing."""
        return ""

    def lay_out(self) -> Sequence[str]:
        """Draw the lines in the width there is; returns what has no room."""
        if self.statement is None or not self.table.size.width:
            return ()
        state = self.table.columns.state()
        layout = statement_layout.lay_out(
            self.statement, self._unwrapped, self.table.size.width, state
        )
        self.lines = layout.lines
        self.table.show_lines(layout.columns, self.source(""))
        self.query_one("#days", Static).update(self.told(self.statement, layout.missing))
        self.show_status()
        return layout.missing

    def on_resize(self) -> None:
        """Lay it out in the new width."""
        self.call_after_refresh(self.lay_out)

    def columns_changed(self, state: Any) -> None:  # Any: what JSON can hold
        """Give the room of hidden columns to the others."""
        del state
        self.lay_out()

    def action_preview(self) -> None:
        """Turn the preview on or off; it takes from the width."""
        super().action_preview()
        self.call_after_refresh(self.lay_out)

    async def show_place(self, place: Place) -> None:
        """Show nothing else: what is shown was chosen when it was made."""

    def why_not(self, action: Action) -> str:
        """Say what cannot be done with lines that belong together."""
        if action.id in ("list.filter", "list.sort"):
            return _("A statement keeps its order and shows every account; z folds it.")
        return super().why_not(action)
