"""The first screen: how much there is to do, what is due next, what is new for me.

Every line leads somewhere: a figure to the list it counts, a ticket to itself. It reads again
when records change, at most every few seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from boconsole import home
from boconsole.home import Dashboard
from boconsole.language import N_, _
from screens.actions import GO, SHOW
from screens.cells import clock
from screens.following import RecordsChanged
from screens.home_lines import WIDE, Line, lay_out, leads, same
from screens.keys import Action
from screens.places import Place
from screens.prose import block, toned
from screens.shell import ShellScreen
from screens.widgets.bars import Heading

HOME, TICKETS = "home", "tickets"
PAUSE = 3.0
"""Seconds between two readings, however much changes."""
EVERY = 60.0
ACTIONS = (
    Action("home.open", N_("Open"), ("enter", "right"), HOME, GO, rank=1, short=N_("open")),
    Action("home.down", N_("Next line"), ("j", "down", "tab"), HOME, GO),
    Action("home.up", N_("Line before"), ("k", "up", "shift+tab"), HOME, GO),
    Action("home.top", N_("First line"), ("g", "home"), HOME, GO),
    Action("home.bottom", N_("Last line"), ("G", "end"), HOME, GO),
    Action("home.refresh", N_("Read again"), ("r",), HOME, SHOW, rank=30, short=N_("refresh")),
)


class HomeScreen(ShellScreen):
    """The dashboard of the one who acts."""

    TITLE = "Home"
    AREA = HOME
    AUTO_FOCUS = ""
    CSS_PATH = "styles/tickets.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = ACTIONS

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.at = 0
        self._seen: Dashboard | None = None
        self._timer: Timer | None = None

    # Reading

    def on_mount(self) -> None:
        """Read, and again each minute, since what is due moves by itself."""
        self.read_again()
        self.set_interval(EVERY, self.read_soon)

    def read_again(self) -> None:
        """Read the dashboard."""
        self.load(partial(home.look, self.session), self._take, group="home")

    def read_soon(self) -> None:
        """Read again in a moment; many changes make one reading."""
        if self.is_current and self._timer is None:
            self._timer = self.set_timer(PAUSE, self._read_now)

    def _read_now(self) -> None:
        self._timer = None
        self.read_again()

    @on(RecordsChanged)
    def follow(self, event: RecordsChanged) -> None:
        """Read again when tickets change."""
        if event.feature in ("ticket", "queue", "leave", "overtime"):
            self.read_soon()

    def on_screen_resume(self) -> None:
        """Catch up with what was done and read on another screen."""
        if self._seen is not None:
            self.read_again()

    def _take(self, seen: Dashboard) -> None:
        kept = self._here
        self._seen = seen
        self.lines = lay_out(seen, self.size.width, self.session)
        places = [place for place, line in enumerate(self.lines) if kept and same(line, kept)]
        self.at = places[0] if places else self._next(-1, 1)
        self._show()

    # Showing

    def body(self) -> ComposeResult:
        """Yield the lines."""
        with VerticalScroll(id="home", can_focus=False):
            yield Static(toned((_("reading…"), "muted")), id="left", markup=False)
        with VerticalScroll(id="beside", can_focus=False):
            yield Static(id="right", markup=False)

    def heading(self) -> Heading:
        """Return what time it was read."""
        at = self._seen.at.astimezone(self.session.zone) if self._seen else None
        return super().heading()._replace(view=clock(at) if at else "")

    def on_resize(self) -> None:
        """Lay the lines out for another width."""
        if self._seen is not None:
            self.call_after_refresh(self._take, self._seen)

    @property
    def _wide(self) -> bool:
        return self.size.width >= WIDE

    def _show(self) -> None:
        shown = [
            Content.styled(line.text.plain, "reverse") if place == self.at else line.text
            for place, line in enumerate(self.lines)
        ]
        pairs = list(zip(self.lines, shown, strict=True))
        left = [text for line, text in pairs if not (self._wide and line.side)]
        right = [text for line, text in pairs if self._wide and line.side]
        self.query_one("#left", Static).update(block(left))
        self.query_one("#right", Static).update(block(right))
        self._keep_in_sight(len(left))
        self.show_status()

    def _keep_in_sight(self, left: int) -> None:
        """Scroll so far that the line under the cursor and the heading above it are seen."""
        beside = self.at >= left
        pane = self.query_one("#beside" if beside else "#home", VerticalScroll)
        at = self.at - left if beside else self.at
        top, height = int(pane.scroll_y), pane.size.height
        if at <= top + 1:
            pane.scroll_to(y=max(at - 2, 0), animate=False)
        elif at >= top + height:
            pane.scroll_to(y=at - height + 1, animate=False)

    # Moving

    @property
    def _here(self) -> Line | None:
        return self.lines[self.at] if self.at < len(self.lines) else None

    def _next(self, at: int, step: int) -> int:
        """Return the next line that leads somewhere, or the same one at the end."""
        place = at + step
        while 0 <= place < len(self.lines):
            if leads(self.lines[place]):
                return place
            place += step
        return max(at, 0)

    def action_down(self) -> None:
        """Go to the next line that leads somewhere."""
        self.at = self._next(self.at, 1)
        self._show()

    def action_up(self) -> None:
        """Go to the line before."""
        self.at = self._next(self.at, -1)
        self._show()

    def action_top(self) -> None:
        """Go to the first line."""
        self.at = self._next(-1, 1)
        self._show()

    def action_bottom(self) -> None:
        """Go to the last line."""
        self.at = self._next(len(self.lines), -1)
        self._show()

    def action_refresh(self) -> None:
        """Read again now."""
        self.read_again()

    def action_open(self) -> None:
        """Open the list or the ticket of the line."""
        line = self._here
        if line is None:
            return
        if line.ticket:
            from screens.ticket import TicketScreen

            self.app.push_screen(TicketScreen(line.ticket))
        elif line.place is not None:
            self.app.call_later(self.app.go, line.place)
        elif line.query is not None:
            go: Callable[[Place], object] = self.app.go
            self.app.call_later(go, Place(TICKETS, query=line.query))
