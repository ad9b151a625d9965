"""The first screen: what needs somebody now, and the figures of their role.

Every line leads somewhere: a figure to the list it counts, a row to its record. It is read block
by block and again when records change, at most every few seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from functools import partial
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import WorkType

from boconsole.home import apart, arranging
from boconsole.home.blocks import BLOCKS
from boconsole.home.looking import Block
from boconsole.language import N_, _
from screens.actions import CHANGE, GO, SHOW
from screens.cells import clock
from screens.dialogs import Choice, MenuDialog
from screens.following import RecordsChanged
from screens.home_lines import WIDE, Line, lay_out, leads, same
from screens.keys import Action
from screens.places import Place
from screens.prose import block, toned
from screens.shell import ShellScreen
from screens.widgets.bars import Heading

HOME = "home"
PAUSE, SHARE = 3.0, 20
"""Seconds between two readings, however much changes; and as many times as the last one took."""
EVERY = 120.0
CALM = 0.15
"""Seconds that blocks wait for others, so that what is read at once is painted once."""
ACTIONS = (
    Action("home.open", N_("Open"), ("enter", "right"), HOME, GO, rank=1, short=N_("open")),
    Action("home.down", N_("Next line"), ("j", "down", "tab"), HOME, GO),
    Action("home.up", N_("Line before"), ("k", "up", "shift+tab"), HOME, GO),
    Action("home.top", N_("First line"), ("g", "home"), HOME, GO),
    Action("home.bottom", N_("Last line"), ("G", "end"), HOME, GO),
    Action("home.new", N_("Add a block"), ("n",), HOME, CHANGE, rank=10, short=N_("add block")),
    Action("home.remove", N_("Take the block away"), ("D",), HOME, CHANGE, rank=11,
           short=N_("remove")),
    Action("home.move-up", N_("Move the block up"), ("<",), HOME, CHANGE, rank=12,
           short=N_("up")),
    Action("home.move-down", N_("Move the block down"), (">",), HOME, CHANGE, rank=13,
           short=N_("down")),
    Action("home.forecast", N_("Show the forecasts"), ("f",), HOME, GO, rank=20,
           short=N_("forecasts")),
    Action("home.restore", N_("Blocks as the role has them"), ("R",), HOME, CHANGE),
    Action("home.refresh", N_("Read again"), ("r",), HOME, SHOW, rank=30, short=N_("refresh")),
)  # fmt: skip


class HomeScreen(ShellScreen):
    """Home of the one who acts."""

    TITLE = "Home"
    AREA = HOME
    AUTO_FOCUS = ""
    CSS_PATH = "styles/tickets.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = ACTIONS

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.at = 0
        self._order: tuple[str, ...] | None = None
        self._seen: dict[str, Block] = {}
        self._read_at: datetime | None = None
        self._timer: Timer | None = None
        self._took = 0.0

    # Reading

    def on_mount(self) -> None:
        """Read, and again after a while, since what is due moves by itself."""
        self.read_again()
        self.set_interval(EVERY, self.read_soon)

    def read_again(self) -> None:
        """Read which blocks there are, then one after the other."""

        async def run() -> None:
            began = monotonic()
            outcome = await self.app.attempt(partial(apart.arrangement, self.session))
            if outcome.error is not None:
                self.app.report(outcome.error)
            elif self.is_running:
                self._order, self._read_at = outcome.value or (), self.session.now()
                await self._read_blocks(self._order)
                self._took = monotonic() - began

        self._start(run)

    def _start(self, run: Callable[[], Coroutine[None, None, None]]) -> None:
        started: WorkType[None] = run
        self.run_worker(started, group="home", exclusive=True)

    async def _read_blocks(self, names: Sequence[str]) -> None:
        """Read one after the other; what else is asked for comes in between."""
        shown = monotonic()
        for name in names:
            outcome = await self.app.attempt(partial(apart.read, self.session, name))
            if not self.is_running:
                return
            if outcome.error is not None:
                self.app.report(outcome.error)
            elif outcome.value is not None:
                self._seen[name] = outcome.value
            if monotonic() - shown > CALM:
                self._lay_out()
                shown = monotonic()
        self._lay_out()

    def read_soon(self) -> None:
        """Read again in a moment; many changes make one reading."""
        if self.is_current and self._timer is None:
            self._timer = self.set_timer(max(PAUSE, SHARE * self._took), self._read_now)

    def _read_now(self) -> None:
        self._timer = None
        self.read_again()

    def records_changed(self, event: RecordsChanged) -> None:
        """Read again: whatever changed may be counted here."""
        del event
        self.read_soon()

    def on_screen_resume(self) -> None:
        """Catch up with what was done and read on another screen."""
        if self._order is not None:
            self.read_again()

    # Showing

    def body(self) -> ComposeResult:
        """Yield the lines."""
        with VerticalScroll(id="home", can_focus=False):
            yield Static(toned((_("reading…"), "muted")), id="left", markup=False)
        with VerticalScroll(id="beside", can_focus=False):
            yield Static(id="right", markup=False)

    def heading(self) -> Heading:
        """Return what time it was read."""
        at = self._read_at.astimezone(self.session.zone) if self._read_at else None
        return super().heading()._replace(view=clock(at) if at else "")

    def on_resize(self) -> None:
        """Lay the lines out for another width."""
        self.call_after_refresh(self._lay_out)

    @property
    def _wide(self) -> bool:
        return self.size.width >= WIDE

    def _lay_out(self, block: str = "") -> None:
        """Lay the lines out; the cursor stays where it was, or goes to a block."""
        if self._order is None:
            return
        kept = self._here
        self.lines = lay_out(self._order, self._seen, self.size.width, self.session)
        found = [at for at, line in enumerate(self.lines) if kept and same(line, kept)]
        wanted = block or (kept.block if kept else "")
        if block or not found:
            found = [at for at, line in enumerate(self.lines)
                     if line.block == wanted and leads(line)]  # fmt: skip
        self.at = found[0] if found else self._next(-1, 1)
        self._show()

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
        """Open the list or the record of the line."""
        line = self._here
        if line is None:
            return
        if line.ticket:
            from screens.ticket import TicketScreen

            self.app.push_screen(TicketScreen(line.ticket))
        elif line.place is not None:
            self.app.call_later(self.app.go, line.place)

    def action_forecast(self) -> None:
        """Go to the forecasts."""
        self.app.call_later(self.app.go, Place("forecast"))

    # Arranging

    def action_new(self) -> None:
        """Ask which block is put last."""
        self.load(partial(arranging.others, self.session), self._ask, group="blocks")

    def _ask(self, names: tuple[str, ...]) -> None:
        if not names:
            self.app.say(_("Every block that you may see is here."))
            return
        choices = [Choice(name, _(BLOCKS[name].title)) for name in names]

        def take(name: str | None) -> None:
            if name:
                self._change(partial(arranging.add, self.session, name), name)

        self.app.push_screen(MenuDialog(_("Add a block"), choices), take)

    def action_remove(self) -> None:
        """Take the block of the cursor away."""
        if (line := self._here) is not None and line.block:
            said = _("{block} is gone from here; n adds it again.").format(
                block=_(BLOCKS[line.block].title)
            )
            self._change(partial(arranging.remove, self.session, line.block), "", said)

    def action_move_up(self) -> None:
        """Move the block of the cursor up."""
        self._move(-1)

    def action_move_down(self) -> None:
        """Move the block of the cursor down."""
        self._move(1)

    def _move(self, step: int) -> None:
        """Move a block past its neighbour of the same column."""
        if self._order is None or (line := self._here) is None or not line.block:
            return
        order, name = list(self._order), line.block
        at = order.index(name) + step
        while self._wide and 0 <= at < len(order) - 1 and at > 0 and \
                BLOCKS[order[at]].side != BLOCKS[name].side:  # fmt: skip
            at += step
        work = partial(arranging.move, self.session, name, at - order.index(name))
        self._change(work, name)

    def action_restore(self) -> None:
        """Go back to the blocks of the role."""
        said = _("The blocks are those of your role again.")
        self._change(partial(arranging.reset, self.session), "", said)

    def _change(self, work: Callable[[], tuple[str, ...]], name: str, said: str = "") -> None:
        def done(order: tuple[str, ...]) -> None:
            self._order = order
            self._lay_out(name)
            missing = [each for each in order if each not in self._seen]
            if missing:
                self._start(partial(self._read_blocks, missing))

        self.change(work, said=said, done=done)
