"""The first screen: how much there is to do, what is due next, what is new for me.

Every line leads somewhere: a figure to the list it counts, a ticket to itself. It reads again
when records change, at most every few seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from boconsole import home
from boconsole.home import Dashboard, Figure
from boconsole.language import N_, _
from boconsole.tickets.reading import Count
from boconsole.tickets.rows import TicketLine
from screens import cells
from screens.actions import GO, SHOW
from screens.cells import Cell, fit, grouped
from screens.following import RecordsChanged
from screens.keys import Action
from screens.places import Place
from screens.prose import block, toned
from screens.shell import ShellScreen
from screens.ticket import TicketScreen
from screens.ticket_facts import number
from screens.widgets.bars import Heading

HOME, TICKETS = "home", "tickets"
PAUSE = 3.0
"""Seconds between two readings, however much changes."""
EVERY = 60.0
FIGURES = {
    "mine": N_("Mine"),
    "unassigned": N_("Unassigned"),
    "warned": N_("Breaching soon"),
    "breached": N_("Breached"),
    "waiting": N_("Waiting for an answer"),
    "unread": N_("Unread"),
}
TONES = {"warned": "warn", "breached": "bad", "unread": "info"}
NAME, NUMBER = 24, 8
WIDE, LEFT = 100, 40

ACTIONS = (
    Action("home.open", N_("Open"), ("enter", "right"), HOME, GO, rank=1, short=N_("open")),
    Action("home.down", N_("Next line"), ("j", "down", "tab"), HOME, GO),
    Action("home.up", N_("Line before"), ("k", "up", "shift+tab"), HOME, GO),
    Action("home.top", N_("First line"), ("g", "home"), HOME, GO),
    Action("home.bottom", N_("Last line"), ("G", "end"), HOME, GO),
    Action("home.refresh", N_("Read again"), ("r",), HOME, SHOW, rank=30, short=N_("refresh")),
)


class Line(NamedTuple):
    """A line of the dashboard.

    Attributes:
        query: The list that Enter opens.
        ticket: The ticket that Enter opens.
        side: Whether it stands at the right where there is room.
    """

    text: Content
    query: str | None = None
    ticket: int = 0
    side: bool = False


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
        if event.feature in ("ticket", "queue"):
            self.read_soon()

    def on_screen_resume(self) -> None:
        """Catch up with what was done and read on another screen."""
        if self._seen is not None:
            self.read_again()

    def _take(self, seen: Dashboard) -> None:
        kept = self._here
        self._seen = seen
        self.lines = self._lay_out(seen)
        same = [place for place, line in enumerate(self.lines) if kept and _same(line, kept)]
        self.at = same[0] if same else self._next(-1, 1)
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
        return super().heading()._replace(view=f"{at:%H:%M}" if at else "")

    def on_resize(self) -> None:
        """Lay the lines out for another width."""
        if self._seen is not None:
            self.call_after_refresh(self._take, self._seen)

    @property
    def _wide(self) -> bool:
        return self.size.width >= WIDE

    def _lay_out(self, seen: Dashboard) -> list[Line]:
        """Return the lines in the order the cursor walks them: the left column, then the right."""
        words = {name: look.word for name, look in cells.STATES.items()}
        to_do = _section(_("To do"), [self._figure(one, FIGURES) for one in seen.figures])
        due = _section(
            _("Next due, mine or nobody's"),
            map(self._due, seen.due),
            side=True,
            empty=_("Nothing is due."),
        )
        news = _section(
            _("News for me"), map(self._news, seen.news), side=True, empty=_("No news.")
        )
        states = _section(_("Active tickets"), [self._figure(one, words) for one in seen.states])
        queues = _section(
            _("By queue"),
            [self._figure(one, {}) for one in seen.queues],
            empty=_("There are no queues yet; Admin (0) makes them."),
        )
        if self._wide:
            return [*to_do, *states, *queues, *due, *news]
        return [*to_do, *due, *news, *states, *queues]

    def _figure(self, figure: Figure, words: dict[str, str]) -> Line:
        name = _(words.get(figure.name, figure.name))
        count = counted(figure.tally)
        tone = TONES.get(figure.name, "strong") if figure.tally.number else "muted"
        text = toned("  ", fit(cells.safe(name), NAME), (fit(count, NUMBER, right=True), tone))
        return Line(text, figure.query)

    def _due(self, row: TicketLine) -> Line:
        left = cells.countdown(row.sla_due_at, self.session.now(), warn_at=row.sla_warn_at)
        room = self._room - 10 - 2 - 12 - 11
        text = toned(
            "  ", (fit(number(row.id), 10), "info"), cells.priority(row.priority), " ",
            fit(cells.safe(row.subject), room), " ",
            fit(cells.safe(row.assignee or "-"), 11),
            Cell(fit(left.text, 11, right=True), left.tone),
        )  # fmt: skip
        return Line(text, ticket=row.id)

    def _news(self, item: home.News) -> Line:
        at = fit(cells.instant(item.at, self.session.now(), self.session.zone), 10)
        text = fit(cells.safe(item.text), self._room - 10)
        return Line(toned("  ", (at, "muted"), text), ticket=item.ticket_id)

    @property
    def _room(self) -> int:
        return max(self.size.width - 5 - (LEFT if self._wide else 0), 40)

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
            if _leads(self.lines[place]):
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
            self.app.push_screen(TicketScreen(line.ticket))
        elif line.query is not None:
            go: Callable[[Place], object] = self.app.go
            self.app.call_later(go, Place(TICKETS, query=line.query))


def counted(count: Count) -> str:
    """Return a count, with a plus when there are more."""
    return f"{grouped(count.number)}{'+' if count.capped else ''}"


def _section(
    title: str, found: Iterable[Line], *, side: bool = False, empty: str = ""
) -> list[Line]:
    lines = [line._replace(side=side) for line in found]
    if not lines and empty:
        lines = [Line(toned((f"  {empty}", "muted")), side=side)]
    return [Line(toned((title, "strong")), side=side), *lines, Line(Content(""), side=side)]


def _leads(line: Line) -> bool:
    return line.query is not None or bool(line.ticket)


def _same(line: Line, other: Line) -> bool:
    return _leads(line) and (line.query, line.ticket) == (other.query, other.ticket)
