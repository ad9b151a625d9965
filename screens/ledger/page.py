"""An open record of the books: read in the worker thread, laid out in the window's width.

It follows other people's changes, and steps along the list that it was opened from.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Generic, Protocol, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from boconsole.language import N_, _
from boconsole.ledger.together import Ref
from boconsole.registry import beside
from boconsole.registry.beside import Linked
from screens.actions import GO, SHOW
from screens.following import RecordsChanged
from screens.keys import DETAIL, Action
from screens.ledger import facts
from screens.places import Place
from screens.prose import block
from screens.shell import ShellScreen
from screens.widgets.bars import Heading
from screens.widgets.pane import Pane

WholeT = TypeVar("WholeT")
EDGES = 3
"""Cells of a line that padding and scrollbar take."""
NARROWEST, WIDEST = 30, 110


class Neighbours(Protocol):
    """The list a record was opened from."""

    def neighbour(self, record_id: int, step: int) -> int | None:
        """Return the record after (1) or before (-1) another, None at the end."""


def _alone(screen: RecordPage[WholeT]) -> str:
    return "" if screen.neighbours else _(screen.ALONE)


def page_actions(feature: str, after: str, before: str) -> tuple[Action, ...]:
    """Return what every open record answers; `after` and `before` are titles of a kind."""
    return (
        Action(f"{feature}.copy", N_("Copy the number"), ("y",), DETAIL, SHOW),
        Action(f"{feature}.refresh", N_("Read again"), ("r",), DETAIL, SHOW),
        Action(f"{feature}.after", after, ("J",), DETAIL, GO, when=_alone),
        Action(f"{feature}.before", before, ("K",), DETAIL, GO, when=_alone),
    )


class RecordPage(ShellScreen, Generic[WholeT]):
    """One record to read.

    Args:
        record_id: Which.
        neighbours: The list it was opened from, for the keys to the next one.

    Attributes:
        ALONE: Says that it was not opened from a list.
        LAST: Says that the list ends here.
        PAPERS: By which feature documents are linked to it; empty where none are.
        whole: What is shown, None before it is read.
        papers: The documents and contracts at it that may be read.
    """

    AREA = facts.AREA
    AUTO_FOCUS = "#page"
    CSS_PATH = "../styles/page.tcss"
    ALONE: ClassVar[str]
    LAST: ClassVar[str]
    PAPERS: ClassVar[str] = ""
    papers: Sequence[Linked] = ()

    def __init__(self, record_id: int, neighbours: Neighbours | None = None) -> None:
        super().__init__()
        self.record_id = record_id
        self.neighbours = neighbours
        self.whole: WholeT | None = None
        self._left = False
        self._width = 0

    # What one kind gives

    @abstractmethod
    def read(self, record_id: int) -> WholeT:
        """Return a record with all that is shown of it; blocks."""

    @abstractmethod
    def ref_of(self, whole: WholeT) -> Ref:
        """Return a record as it is acted on, and its number."""

    @abstractmethod
    def picture(self, whole: WholeT, room: int) -> list[Content]:
        """Return the lines of a record."""

    def concerns(self, event: RecordsChanged) -> bool:
        """Return whether a change may show here."""
        mine = not event.ids or self.record_id in event.ids
        return event.feature == self.FEATURE and mine

    # Reading

    def on_mount(self) -> None:
        """Read it."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read it again."""
        self.load(partial(self._read_whole, self.record_id), self._took, group="record")

    def _read_whole(self, record_id: int) -> tuple[WholeT, Sequence[Linked]]:
        whole = self.read(record_id)
        return whole, beside.at(self.session, self.PAPERS, record_id) if self.PAPERS else ()

    def _took(self, found: tuple[WholeT, Sequence[Linked]]) -> None:
        whole, self.papers = found
        self._take(whole)

    def _take(self, whole: WholeT) -> None:
        first = self.whole is None or self.ref_of(self.whole).id != self.ref_of(whole).id
        self.whole = whole
        if first and (here := self.place()).record:
            self.app.places.visit(here)
        self._show()

    @on(RecordsChanged)
    def follow(self, event: RecordsChanged) -> None:
        """Read again when somebody changed it."""
        if self.concerns(event) and not self._left:
            self.action_refresh()

    def with_refs(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Act on this record; on nothing before it is read."""
        then([] if self.whole is None else [self.ref_of(self.whole)])

    @property
    def number(self) -> str:
        """Its number, "" before it is read."""
        return self.ref_of(self.whole).number if self.whole is not None else ""

    def paper_place(self) -> tuple[str, int, str] | None:
        """Return feature, id and number of the record, None while nothing is shown."""
        return (self.PAPERS, self.record_id, self.number) if self.whole is not None else None

    def place(self) -> Place:
        """Return this record."""
        return Place(self.AREA, record=self.number)

    # Showing

    def body(self) -> ComposeResult:
        """Yield the page."""
        with Pane(id="page"):
            yield Static(id="record", markup=False)

    def heading(self) -> Heading:
        """Return the number."""
        return super().heading()._replace(view=self.number)

    def _show(self) -> None:
        if self.whole is None or not self.is_mounted:
            return
        self._width = self.query_one("#page").outer_size.width
        room = min(max(self._width - EDGES, NARROWEST), WIDEST)
        self.query_one("#record", Static).update(block(self.picture(self.whole, room)))
        self.show_status()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Lay it out anew in another width."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self.query_one("#page").outer_size.width != self._width:
            self._show()

    # Answering keys

    def action_copy(self) -> None:
        """Copy the number."""
        if self.whole is not None:
            self.app.copy_to_clipboard(self.number)
            self.app.say(_("{number} copied.").format(number=self.number))

    def action_after(self) -> None:
        """Show the next one of the list."""
        self._step(1)

    def action_before(self) -> None:
        """Show the one before in the list."""
        self._step(-1)

    def _step(self, by: int) -> None:
        found = self.neighbours.neighbour(self.record_id, by) if self.neighbours else None
        if found is None:
            self.app.say(_(self.LAST))
        else:
            self.record_id = found
            self.action_refresh()

    # After an operation

    def changed(self) -> None:
        """Read it again."""
        self.action_refresh()

    def files_changed(self) -> None:
        """Read it again."""
        self.action_refresh()

    def papers_changed(self) -> None:
        """Read it again."""
        self.action_refresh()

    def gone(self) -> None:
        """Leave, as the draft is deleted."""
        self._left = True
        if self.is_current:
            self.app.call_later(self.app.pop_screen)
