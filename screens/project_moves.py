"""How the cursor moves over an open project: by line, by column, along the timeline, by tab."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date

from textual.widgets import Static

from boconsole.projects.card import Card
from screens import project_board as board
from screens import project_tabs as tabs
from screens import project_timeline as timeline
from screens.project_lines import Item, Line
from screens.shell import ShellScreen

HEAD = 4
"""Lines above the body: name, state, tabs, a blank one."""


class Sheet(Static, can_focus=True):
    """The page; it has the keys while nothing else has."""


class ProjectMoves(ShellScreen):
    """Answers the keys that move over a project.

    Attributes:
        sight: What the timeline shows; None for all of it.
    """

    whole: Card | None
    tab: str
    chosen: Item | None
    sight: timeline.Sight | None = None
    _first = 0

    @abstractmethod
    def _lines(self, card: Card, room: int) -> list[Line]:
        """Return the lines of the open tab."""

    @abstractmethod
    def _whole_sight(self, card: Card, room: int) -> timeline.Sight:
        """Return what shows all of the timeline."""

    @abstractmethod
    def _show(self) -> None:
        """Draw it again."""

    @property
    @abstractmethod
    def _today(self) -> date:
        """The day where the reader is."""

    def _items(self) -> list[Item]:
        if self.whole is None:
            return []
        page = self.query_one("#page", Sheet)
        if self.tab == tabs.BOARD:
            return self._column()
        lines = self._lines(self.whole, max(page.size.width, 30))
        return [line.item for line in lines if line.item is not None]

    def _column(self) -> list[Item]:
        """Return the cards of the column with the cursor."""
        held = board.columns(self.whole.plan.tasks) if self.whole else []
        found = next((own for own in held if any(self.chosen == Item("task", task.id)
                                                 for task in own)), [])  # fmt: skip
        return [Item("task", task.id) for task in found]

    def _walk(self, by: int) -> None:
        """Move the cursor by lines; without one, move the page."""
        items = self._items()
        if not items or self.chosen not in items:
            self._first = max(0, self._first + by)
        else:
            place = items.index(self.chosen) + by
            self.chosen = items[max(0, min(place, len(items) - 1))]
        self._show()

    def action_down(self) -> None:
        """Go to the next line."""
        self._walk(1)

    def action_up(self) -> None:
        """Go to the line before."""
        self._walk(-1)

    def action_page_down(self) -> None:
        """Go a page on."""
        self._walk(max(self.query_one("#page").size.height - HEAD - 4, 1))

    def action_page_up(self) -> None:
        """Go a page back."""
        self._walk(-max(self.query_one("#page").size.height - HEAD - 4, 1))

    def action_top(self) -> None:
        """Go to the first line."""
        self._first = 0
        self._walk(-100_000)

    def action_bottom(self) -> None:
        """Go to the last line."""
        self._walk(100_000)

    def action_left(self) -> None:
        """Go a column left; on the timeline, earlier."""
        self._aside(-1)

    def action_right(self) -> None:
        """Go a column right; on the timeline, later."""
        self._aside(1)

    def _aside(self, step: int) -> None:
        if self.whole is None:
            return
        if self.tab == tabs.TIMELINE:
            width = timeline.chart_width(self.query_one("#page").size.width)
            self.sight = timeline.scrolled(self._sight(), step * max(width // 4, 1))
        else:
            held = board.columns(self.whole.plan.tasks)
            here = self._column()
            at = next((place for place, own in enumerate(held) if own and here
                       and Item("task", own[0].id) == here[0]), 0)  # fmt: skip
            row = here.index(self.chosen) if self.chosen in here else 0
            for place in range(at + step, len(held) if step > 0 else -1, step):
                if held[place]:
                    task = held[place][min(row, len(held[place]) - 1)]
                    self.chosen = Item("task", task.id)
                    break
        self._show()

    def _sight(self) -> timeline.Sight:
        room = max(self.query_one("#page").size.width, 30)
        if self.sight is None and self.whole is not None:
            return self._whole_sight(self.whole, room)
        return self.sight or timeline.Sight(self._today, 1)

    def action_closer(self) -> None:
        """Show fewer days."""
        self._zoom(-1)

    def action_wider(self) -> None:
        """Show more days."""
        self._zoom(1)

    def _zoom(self, step: int) -> None:
        width = timeline.chart_width(self.query_one("#page").size.width)
        self.sight = timeline.zoomed(self._sight(), step, width)
        self._show()

    def action_all(self) -> None:
        """Show all of the timeline."""
        self.sight = None
        self._show()

    def action_next_tab(self) -> None:
        """Show the next tab."""
        self._turn(1)

    def action_tab_before(self) -> None:
        """Show the tab before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        names = list(tabs.TABS)
        self.show_tab(names[(names.index(self.tab) + step) % len(names)])

    def show_tab(self, tab: str) -> None:
        """Show a tab; the cursor stays on a task."""
        self.tab, self._first = tab, 0
        self._show()
