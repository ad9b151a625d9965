"""The check list of a month or year: what is done, what is open, and the way to its cause."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual.content import Content

from boconsole.closing import months, overview, points
from boconsole.closing.overview import Row
from boconsole.language import N_, _, grouped
from boconsole.ledger.checklist import Point
from boconsole.ledger.reading import Count
from boconsole.session import Session
from screens.cells import Cell, Look, safe
from screens.help import LinesScreen
from screens.keys import Action
from screens.ledger import closing_facts, facts, rooms
from screens.ledger.closing_acts import PERIOD_KEYS, PeriodActs
from screens.ledger.sources import Rows
from screens.lists import ListScreen
from screens.places import Place
from screens.prose import block, toned, wrapped
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview
from screens.widgets.window import Around

ROOM_OF = {
    "classified": "accounts", "invoices": "invoices", "bills": "bills", "payments": "payments",
    "bank": "bank", "depreciation": "fixed-assets",
}  # fmt: skip
"""The rooms where the causes of points are found; that of others with a query is the journal."""


DONE, OPEN = Look("x", N_("done"), "good"), Look("-", N_("open"), "warn")


class PointSource:
    """The points of a month or year, read again with every page from the start."""

    def __init__(self, session: Session, name: str) -> None:
        self._session = session
        self._name = name
        self._points: list[Point] | None = None

    def _read(self) -> list[Point]:
        self._points = points.of(self._session, months.span(self._session, self._name))
        return self._points

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[Point]:
        """Return all points: they are few."""
        del limit, backwards
        found = [] if after else self._read()
        return Rows(found, found[0].name if found else "", found[-1].name if found else "", False)

    def count(self) -> Count:
        """Return how many points there are."""
        return Count(len(self._points or self._read()), capped=False)

    def around(self, record: int, limit: int) -> Around[Point] | None:
        """Return all points, or None where one is gone."""
        found = self.page(None, limit)
        if record not in [self.key(point) for point in found.rows]:
            return None
        return Around(found.rows, found.first, found.last, False, False)

    def key(self, row: Point) -> int:
        """Return a number for a point."""
        return int.from_bytes(row.name.encode()[:7], "big")


class ChecklistScreen(rooms.InRooms, ListScreen[Point], PeriodActs):
    """What is still to do.

    Args:
        row: The month or year.
    """

    AREA = facts.AREA
    ACTIONS: ClassVar[Sequence[Action]] = PERIOD_KEYS

    def __init__(self, row: Row) -> None:
        self._span = row
        super().__init__()

    # What it shows

    @property
    def span(self) -> Row | None:
        """The month or year."""
        return self._span

    def columns(self) -> Sequence[Column[Point]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("done", N_("Done"), 9, _mark),
            Column("point", N_("Point"), 37, lambda row: Cell(row.title)),
            Column("count", N_("Count"), 6, _count, align="right"),
            Column("causes", N_("To do"), 20, lambda row: Cell(safe(", ".join(row.causes))),
                   grow=1),
        )  # fmt: skip

    def source(self, query: str) -> PointSource:
        """Return where the points come from."""
        del query
        return PointSource(self.session, self._span.name)

    def heading(self) -> Heading:
        """Return the month or year and its state."""
        state = closing_facts.state(self._span, self.session.zone).text
        name = _("Check list of {name}").format(name=self._span.name)
        return super().heading()._replace(view=name, filter=state)

    def preview(self, row: Point) -> RenderableType:
        """Return a point with all that it names."""
        room = self.query_one(Preview).room
        lines = [*wrapped(toned((row.title, "strong")), room), toned(_mark(row))]
        lines += [Content(""), *(toned(safe(cause)) for cause in row.causes)]
        if row.number > len(row.causes):
            more = _("and {n} more").format(n=grouped(row.number - len(row.causes)))
            lines.append(toned((more, "muted")))
        return block(lines)

    def on_mount(self) -> None:
        """Remember the place."""
        self.app.places.visit(self.place())

    def place(self) -> Place:
        """Return the month or year in the room."""
        return Place(self.AREA, view=f"{rooms.CLOSING}/{self._span.name}")

    def changed(self, _answer: object = None) -> None:
        """Read state and points again."""

        def take(row: Row | None) -> None:
            if row is not None:
                self._span = row
            self.show_status()
            self.refresh_bindings()

        self.load(partial(overview.find, self.session, self._span.name), take, group="span")
        self.table.refresh_rows()

    def why_not(self, action: Action) -> str:
        """Say what a check list cannot do."""
        if action.id in ("list.filter", "list.sort", "list.mark", "list.mark-all"):
            return _("A check list shows every point, in its order.")
        return super().why_not(action)

    # Going

    def open_row(self, row: Point) -> None:
        """Go to what holds a point up; where no room has it, its causes are listed."""
        room = rooms.ROOMS_BY_ID.get(ROOM_OF.get(row.name, rooms.JOURNAL if row.query else ""))
        if row.holds:
            self.app.say(_("This point is done: {point}.").format(point=row.title))
        elif row.name == "revalued":
            self._go(Place(self.AREA, view=f"{rooms.REVALUATION}/{self._span.ends}"))
        elif row.name in ("earlier", "earlier-years"):
            self._go(Place(self.AREA, view=f"{rooms.CLOSING}/{row.causes[0]}"))
        elif room is not None:
            view = room.id if room.screen else ""
            self._go(Place(self.AREA, query=row.query, view=view))
        else:
            lines = [Text(safe(cause)) for cause in row.causes]
            self.app.push_screen(LinesScreen(row.title, lines))

    def _go(self, place: Place) -> None:
        self.app.call_later(self.app.go, place)


def _mark(row: Point) -> Cell:
    look = DONE if row.holds else OPEN
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def _count(row: Point) -> Cell:
    return Cell("" if row.holds else grouped(row.number), "warn")
