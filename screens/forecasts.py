"""Forecasts: what is expected of tickets and cash, how sure it is, and how wrong the method was.

Numbers come from another process, so that keys work meanwhile; what was shown stays until then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from textual.worker import WorkType

from boconsole.errors import REFUSALS
from boconsole.forecasts import apart, reading
from boconsole.forecasts.flows import Flows
from boconsole.forecasts.series import DAY, WEEK, Forecast, Point, Series
from boconsole.forecasts.telling import told
from boconsole.language import N_, _, grouped
from screens.actions import GO, SHOW
from screens.cells import fit, safe, sparkline
from screens.keys import Action
from screens.places import Place
from screens.prose import block, toned, wrapped
from screens.shell import ShellScreen
from screens.widgets.bars import Heading
from screens.widgets.pane import Pane
from screens.working import Outcome

AREA = "forecast"
BAR = 24
"""Cells of a drawn interval, at least."""
STEP = {DAY: 7, WEEK: 4}


class Kind(NamedTuple):
    """What can be forecast: its word, title, step of time, and what may be read for it."""

    word: str
    title: str
    step: str
    permissions: tuple[str, ...]


KINDS = (
    Kind("tickets", N_("New tickets by week"), WEEK, ("ticket.read",)),
    Kind("tickets-by-day", N_("New tickets by day"), DAY, ("ticket.read",)),
    Kind("cash", N_("Cash by week"), WEEK, ("account.read", "invoice.read")),
)
ACTIONS = (
    Action("forecast.next", N_("The next forecast"), ("tab",), AREA, GO, rank=1, short=N_("next")),
    Action("forecast.before", N_("The forecast before"), ("shift+tab",), AREA, GO),
    Action("forecast.longer", N_("Look further ahead"), ("+",), AREA, SHOW, rank=2,
           short=N_("further")),
    Action("forecast.shorter", N_("Look less far ahead"), ("minus",), AREA, SHOW, rank=3,
           short=N_("less far")),
    Action("forecast.refresh", N_("Read again"), ("r",), AREA, SHOW, rank=30, short=N_("refresh")),
)  # fmt: skip


class Answer(NamedTuple):
    """A forecast as it is shown; `code` is a currency, or "" for a count."""

    forecast: Forecast
    precision: int = 0
    code: str = ""

    def written(self, value: int) -> str:
        """Return a value for people."""
        from screens.ledger.facts import money

        return money(value, self.precision) if self.code else grouped(value)


class ForecastsScreen(ShellScreen):
    """One forecast at a time."""

    TITLE = "Forecasts"
    AREA = AREA
    CSS_PATH = "styles/page.tcss"
    AUTO_FOCUS = "#page"
    ACTIONS: ClassVar[Sequence[Action]] = ACTIONS

    def __init__(self) -> None:
        super().__init__()
        self.kind = KINDS[0]
        self.ahead: dict[str, int] = dict(reading.AHEAD)
        self._answers: dict[str, Answer | str] = {}

    # Reading

    @property
    def kinds(self) -> list[Kind]:
        """What the one who acts may see."""
        return [kind for kind in KINDS if all(self.session.may(one) for one in kind.permissions)]

    def on_mount(self) -> None:
        """Read the first one."""
        if self.kinds and self.kind not in self.kinds:
            self.kind = self.kinds[0]
        self.read_again()

    def read_again(self) -> None:
        """Read the history, then compute in another process."""
        kind, ahead = self.kind, self.ahead[self.kind.step]

        async def run() -> None:
            asked = await self.app.attempt(lambda: self._asked(kind, ahead))
            found = await _computed(asked.value) if asked.value else Outcome(None, asked.error)
            if not self.is_running:
                return
            if found.value is not None:
                self._answers[kind.word] = found.value
            elif isinstance(found.error, REFUSALS):
                self._answers[kind.word] = str(found.error)
            elif found.error is not None:
                self.app.report(found.error)
            self._show()

        started: WorkType[None] = run
        self.run_worker(started, group="forecast", exclusive=True)
        self._show()

    def _asked(self, kind: Kind, ahead: int) -> Callable[[], Answer]:
        """Read the history, in the thread of operations; returns what computes."""
        if kind.word == "cash":
            flows, currency = reading.cash_flows(self.session, ahead)
            return lambda: _cash(flows, ahead, currency.precision, currency.code)
        series = reading.ticket_series(self.session, kind.step)
        return lambda: _tickets(series, ahead)

    # Showing

    def body(self) -> ComposeResult:
        """Yield the page."""
        with Pane(id="page"):
            yield Static(id="record", markup=False)

    def heading(self) -> Heading:
        """Return which forecast it is."""
        return super().heading()._replace(view=_(self.kind.title))

    def on_resize(self) -> None:
        """Lay it out for another width."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        if not self.is_mounted:
            return
        room = max(self.size.width - 4, 40)
        found = self._answers.get(self.kind.word)
        if found is None:
            lines = [toned((_("computing…"), "muted"))]
        elif isinstance(found, str):
            lines = wrapped(toned((found, "warn")), room)
        else:
            lines = lay_out(found, room)
        self.query_one("#record", Static).update(block(lines))
        self.show_status()

    # Acting

    def action_next(self) -> None:
        """Show the next forecast."""
        self._turn(1)

    def action_before(self) -> None:
        """Show the one before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        kinds = self.kinds
        if kinds:
            self._take(kinds[(kinds.index(self.kind) + by) % len(kinds)])

    def _take(self, kind: Kind) -> None:
        self.kind = kind
        self.read_again()
        self.app.places.visit(self.place())

    def action_longer(self) -> None:
        """Look further ahead."""
        self._reach(1)

    def action_shorter(self) -> None:
        """Look less far ahead."""
        self._reach(-1)

    def _reach(self, sign: int) -> None:
        unit = self.kind.step
        wanted = self.ahead[unit] + sign * STEP[unit]
        self.ahead[unit] = min(max(wanted, 1), reading.FARTHEST[unit])
        self.read_again()

    def action_refresh(self) -> None:
        """Compute again."""
        self.read_again()

    # Places

    def place(self) -> Place:
        """Return which forecast is shown."""
        return Place(AREA, query=self.kind.word)

    async def show_place(self, place: Place) -> None:
        """Show the forecast that a word names."""
        for kind in self.kinds:
            if kind.word == place.query.strip() and kind != self.kind:
                self._take(kind)


async def _computed(work: Callable[[], Answer]) -> Outcome[Answer]:
    try:
        return Outcome(await asyncio.to_thread(work), None)
    except REFUSALS as error:
        return Outcome(None, error)


def _tickets(series: Series, ahead: int) -> Answer:
    return Answer(apart.forecast(series, ahead, floor=0))


def _cash(flows: Flows, ahead: int, precision: int, code: str) -> Answer:
    return Answer(apart.cash(flows, ahead)[0], precision, code)


def lay_out(found: Answer, room: int) -> list[Content]:
    """Return the page of a forecast: what was, what is expected, and how wrong the method was."""
    forecast = found.forecast
    history = forecast.history
    bars = sparkline(history.values[-max(room - 12, 10) :])
    name = f", {safe(found.code)}" if found.code else ""
    lines = [
        toned((_("Before"), "strong"), "  ", (bars, "muted")),
        Content(""),
        toned((_("Expected{currency}, an estimate").format(currency=name), "strong")),
        *(_line(each, found, room) for each in forecast.points),
        Content(""),
    ]
    for sentence in told(forecast, found.written):
        text = safe(sentence)
        lead = text[: len(text) - len(text.lstrip())]
        lines += wrapped(toned((text.lstrip(), "muted")), room, lead, lead)
    return lines


def _line(point: Point, found: Answer, room: int) -> Content:
    points = found.forecast.points
    low, high = min(each.low95 for each in points), max(each.high95 for each in points)
    wide = max(len(found.written(value)) for each in points for value in (each.mean, each.high95))
    mean = fit(f"~{found.written(point.mean)}", wide + 2, right=True)
    between = f"{found.written(point.low80)}…{found.written(point.high80)}"
    between = fit(between, 2 * wide + 2, right=True)
    cells = max(min(room - 14 - len(mean) - len(between) - 2, 80), 0)
    bar = _interval(point, low, high, cells) if cells >= BAR // 2 else ""
    return toned(f"  {point.day}", (mean, "strong"), " ", (between, "muted"), "  ", bar)


def _interval(point: Point, low: int, high: int, cells: int) -> str:
    """Return the interval of 95 % as dashes, that of 80 % as a bar, the mean as a diamond."""
    span = max(high - low, 1)

    def at(value: int) -> int:
        return min((value - low) * (cells - 1) // span, cells - 1)

    drawn = [" "] * cells
    for first, last, sign in ((point.low95, point.high95, "-"), (point.low80, point.high80, "=")):
        for place in range(at(first), at(last) + 1):
            drawn[place] = sign
    drawn[at(point.mean)] = "◆"
    return "".join(drawn)
