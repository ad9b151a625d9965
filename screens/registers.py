"""Lists of registers small enough to be read whole, with the query language and its order.

A list of one kind gives its columns, reads its rows, and says which register they are.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Generic, TypeVar

from rich.console import RenderableType
from textual.content import Content

from boconsole.errors import QuerySyntaxError
from boconsole.filters import whole
from boconsole.filters.whole import Register
from boconsole.language import _
from screens.cells import Cell, fit
from screens.keys import Action
from screens.ledger.facts import LABEL
from screens.ledger.fixed_asset_facts import ReadRows
from screens.lists import ListScreen, View
from screens.prose import block, toned, wrapped
from screens.widgets.bars import Heading
from screens.widgets.preview import Preview

RowT = TypeVar("RowT")


class RegisterScreen(ListScreen[RowT], Generic[RowT]):
    """A list whose rows are read whole and chosen in memory.

    Attributes:
        REGISTER: What its queries may ask; None where it has no filter.
        VIEWS: Those that are always there; their names marked with `N_`.
    """

    REGISTER: ClassVar[Register | None] = None  # type: ignore[type-arg]  # of the rows of each list
    VIEWS: ClassVar[Sequence[View]] = ()

    @abstractmethod
    def read_rows(self) -> Sequence[RowT]:
        """Return all rows in order; blocks."""

    @abstractmethod
    def key_of(self, row: RowT) -> int:
        """Return what tells a row apart."""

    def source(self, query: str) -> ReadRows[RowT]:
        """Return where the rows of a query come from."""
        return ReadRows(partial(self.selected, query), self.key_of)

    def selected(self, query: str) -> Sequence[RowT]:
        """Return the rows that a query names; blocks."""
        rows = self.read_rows()
        if self.REGISTER is None:
            return rows
        return whole.select(self.session, self.REGISTER, query, rows)

    def check(self, query: str) -> tuple[int, str] | None:
        """Return column and message of what is wrong with a query."""
        if self.REGISTER is None:
            return None
        try:
            whole.check(self.session, self.REGISTER, query)
        except QuerySyntaxError as error:
            return error.column, error.reason
        return None

    def views(self) -> Sequence[View]:
        """Return the views that are always there."""
        return [View(_(view.name), view.query) for view in self.VIEWS]

    def why_not(self, action: Action) -> str:
        """Say what a list without a register cannot do."""
        if self.REGISTER is None and action.id in ("list.filter", "list.sort"):
            return _("This list is shown whole, in its own order.")
        return super().why_not(action)

    def preview(self, row: RowT) -> RenderableType:
        """Return what the columns say, each with its name, also those that had no room."""
        room, lines = self.query_one(Preview).room, list[Content]()
        for column in self.columns():
            cell, title = column.format(row), column.name or column.title
            if cell.text.strip() not in ("", "-"):
                first = toned((fit(_(title) if title else "", LABEL), "muted"))
                lines += wrapped(toned(cell), room, first, " " * LABEL)
        return block(lines)

    def heading(self) -> Heading:
        """Return the heading with the query of a view left out, as its name tells it."""
        found = super().heading()
        view = next((view for view in self.VIEWS if _(view.name) == self.view), None)
        return found._replace(filter="") if view and view.query == self.query_text else found

    def export_rows(
        self, path: str, rows: Sequence[RowT] | None, write: Callable[[Sequence[RowT]], str]
    ) -> Callable[[], str]:
        """Return the operation that writes what is shown, or the marked rows."""
        del path
        query = self.query_text
        return lambda: write(self.selected(query) if rows is None else rows)


def number(value: int, tone: str = "") -> Cell:
    """Return a count; nothing is muted."""
    return Cell(str(value), tone or ("" if value else "muted"))
