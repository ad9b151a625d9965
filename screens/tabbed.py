"""Open records with tabs: a text of facts, and rows that lead elsewhere, one tab at a time."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from boconsole.language import _
from screens.cells import Cell
from screens.contacts.tabs import Laid, Rows
from screens.ledger.page import RecordPage
from screens.prose import block, toned
from screens.widgets.menu import Menu
from screens.widgets.pane import Pane

WholeT = TypeVar("WholeT")
ENDS = 4
"""Cells of a line that border, padding and scrollbar take."""


def part_of(widths: Sequence[int], shown: int, room: int) -> tuple[int, int]:
    """Return first and behind the last of the titles that have room, the shown one among them.

    Where some are left out, signs of three cells stand for them.
    """
    if sum(widths) <= room:
        return 0, len(widths)
    first, last = 0, shown + 1
    while first < shown and sum(widths[first:last]) > room - 3:
        first += 1
    while last < len(widths) and sum(widths[first : last + 1]) <= room - 3:
        last += 1
    return first, last


class Tabbed(Protocol):
    """A tab; without `read` it is a text of the record itself."""

    @property
    def id(self) -> str: ...  # noqa: D102

    @property
    def title(self) -> str: ...  # noqa: D102

    @property
    def read(self) -> object | None: ...  # noqa: D102


class TabRows(Menu):
    """The rows of a tab; the list keys move in it."""

    BINDINGS = [  # as the library has it
        ("j", "cursor_down", ""), ("k", "cursor_up", ""), ("g", "first", ""), ("G", "last", ""),
        ("ctrl+f", "page_down", ""), ("ctrl+b", "page_up", ""),
    ]  # fmt: skip


class TabbedPage(RecordPage[WholeT], Generic[WholeT]):
    """A record with tabs."""

    @property
    @abstractmethod
    def tabs(self) -> Sequence[Tabbed]:
        """The tabs, in order."""

    @property
    @abstractmethod
    def shown_tab(self) -> Tabbed:
        """The tab that is shown."""

    @abstractmethod
    def turn_to(self, tab: str) -> None:
        """Show another tab, by its id, once the record is read again."""

    @abstractmethod
    def rows_of(self, whole: WholeT) -> Rows | None:
        """Return the rows of the tab, as far as it has rows."""

    @abstractmethod
    def state_of(self, whole: WholeT) -> Cell:
        """Return what stands behind the tabs."""

    # Showing

    def body(self) -> ComposeResult:
        """Yield the line of tabs, and the text or the rows of one."""
        yield Static(id="tabs", markup=False)
        yield Static(id="head", markup=False)
        with Pane(id="page"):
            yield Static(id="record", markup=False)
        yield TabRows(id="rows", markup=False, compact=True)

    def _show(self) -> None:
        if self.whole is None or not self.is_mounted:
            return
        listed = self.shown_tab.read is not None
        self.query_one("#page").display = not listed
        self.query_one("#rows").display = listed
        self.query_one("#tabs", Static).update(self._tab_line(self.whole))
        self._show_rows(self.rows_of(self.whole) if listed else None)
        super()._show()
        self.query_one("#rows" if listed else "#page").focus()

    def _tab_line(self, whole: WholeT) -> Content:
        state = self.state_of(whole)
        titles = [f" {_(each.title)} " for each in self.tabs]
        at = [each.id for each in self.tabs].index(self.shown_tab.id)
        room = self.size.width - ENDS + 2 - cell_len(state.text)
        gap = " " if sum(map(cell_len, titles)) + len(titles) <= room else ""
        first, last = part_of([cell_len(title) for title in titles], at, room) if not gap else (
            0, len(titles)
        )  # fmt: skip
        found = [Content.styled("‹" if first else "", "dim")]
        for place, title in list(enumerate(titles))[first:last]:
            found += [Content.styled(title, "reverse bold" if place == at else ""), Content(gap)]
        found.append(Content.styled("› " if last < len(titles) else "", "dim"))
        return Content.assemble(*found, toned(state))

    def _show_rows(self, rows: Rows | None) -> None:
        menu, head = self.query_one(TabRows), self.query_one("#head", Static)
        place = menu.highlighted or 0
        menu.clear_options()
        head.display = rows is not None
        if rows is None:
            return
        if not rows.lines:
            head.update(toned((_(rows.empty), "muted")))
            return
        laid = Laid(rows, self.size.width - ENDS)
        titles = [Cell(_(title), "muted") for title in rows.headings]
        lines = [toned((rows.head, "strong"))] if rows.head else []
        head.update(block([*lines, laid.laid_out(titles)]))
        menu.add_options([Option(laid.laid_out(row.cells)) for row in rows.lines])
        if rows.more:
            told = toned((_("… F opens the whole list"), "muted"))
            menu.add_option(Option(told, disabled=True))
        menu.highlighted = min(place, len(rows.lines) - 1)

    # Going

    def action_next_tab(self) -> None:
        """Show the next tab."""
        self._turn(1)

    def action_tab_before(self) -> None:
        """Show the tab before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self.whole is None:
            return
        ids = [each.id for each in self.tabs]
        self.turn_to(ids[(ids.index(self.shown_tab.id) + step) % len(ids)])
        self.query_one(TabRows).highlighted = None
        self.action_refresh()

    @on(OptionList.OptionSelected, "#rows")
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        rows = self.rows_of(self.whole) if self.whole else None
        if rows is not None and event.option_index < len(rows.lines):
            place = rows.lines[event.option_index].place
            if place.area:
                self.app.call_later(self.app.go, place)
