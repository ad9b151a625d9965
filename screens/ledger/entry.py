"""An open entry: its facts, its lines with the running total, and what happened to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from boconsole.audit import HistoryEntry
from boconsole.language import N_, _
from boconsole.ledger import reading
from boconsole.ledger.reading import Whole
from boconsole.ledger.together import Ref
from screens.actions import GO, SHOW
from screens.following import RecordsChanged
from screens.help import LinesScreen
from screens.keys import DETAIL, Action
from screens.ledger import facts
from screens.ledger.acts import entry_actions
from screens.ledger.hanging import HANGING_ACTIONS, EntryHanging
from screens.ledger.histories import history_lines
from screens.places import Place
from screens.prose import block
from screens.widgets.bars import Heading
from screens.widgets.pane import Pane

EDGES = 3
"""Cells of a line that padding and scrollbar take."""


class Neighbours(Protocol):
    """The list an entry was opened from."""

    def neighbour(self, record_id: int, step: int) -> int | None:
        """Return the entry after (1) or before (-1) another, None at the end."""


def _no_draft(screen: EntryScreen) -> str:
    if screen.whole is None or screen.whole.entry.state == "draft":
        return ""
    return _("This entry is posted and never changes; R reverses it.")


def _sealed(screen: EntryScreen) -> str:
    return facts.sealed() if _no_draft(screen) else ""


def _not_posted(screen: EntryScreen) -> str:
    if screen.whole is None or screen.whole.entry.state == "posted":
        return ""
    return _("Only a posted entry that was not reversed yet can be reversed.")


def _alone(screen: EntryScreen) -> str:
    return "" if screen.neighbours else _("This entry was not opened from a list.")


class EntryScreen(EntryHanging):
    """One entry to read.

    Args:
        entry_id: Which.
        neighbours: The list it was opened from, for the keys to the next one.
    """

    AREA = facts.AREA
    AUTO_FOCUS = "#page"
    CSS_PATH = "../styles/ledger.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = (
        *entry_actions(DETAIL, _no_draft, _not_posted, _sealed),
        Action("entry.history", N_("What happened to it"), ("H",), DETAIL, SHOW, rank=20,
               short=N_("history")),
        *HANGING_ACTIONS,
        Action("entry.copy", N_("Copy the number"), ("y",), DETAIL, SHOW),
        Action("entry.refresh", N_("Read again"), ("r",), DETAIL, SHOW),
        Action("entry.after", N_("Next entry of the list"), ("J",), DETAIL, GO, when=_alone),
        Action("entry.before", N_("Entry before in the list"), ("K",), DETAIL, GO, when=_alone),
    )  # fmt: skip

    def __init__(self, entry_id: int, neighbours: Neighbours | None = None) -> None:
        super().__init__()
        self.entry_id = entry_id
        self.neighbours = neighbours
        self.whole: Whole | None = None
        self.left = False
        self._width = 0

    def body(self) -> ComposeResult:
        """Yield the page."""
        with Pane(id="page"):
            yield Static(id="entry", markup=False)

    def heading(self) -> Heading:
        """Return the number."""
        return super().heading()._replace(view=self.whole.entry.number if self.whole else "")

    # Reading

    def on_mount(self) -> None:
        """Read it."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read it again."""
        work = partial(reading.whole, self.session, str(self.entry_id))
        self.load(work, self._take, group="entry")

    def _take(self, whole: Whole) -> None:
        first = self.whole is None or self.whole.entry.head.id != whole.entry.head.id
        self.whole = whole
        if first:
            self.app.places.visit(self.place())
        self._show()

    def _show(self) -> None:
        if self.whole is None or not self.is_mounted:
            return
        self._width = self.query_one("#page").outer_size.width
        room = max(self._width - EDGES, 30)
        self.query_one("#entry", Static).update(
            block(facts.picture(self.whole, min(room, 110), self.session))
        )
        self.show_status()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Lay it out anew in another width."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self.query_one("#page").outer_size.width != self._width:
            self._show()

    @on(RecordsChanged)
    def follow(self, event: RecordsChanged) -> None:
        """Read again when somebody changed it."""
        mine = not event.ids or self.entry_id in event.ids
        if event.feature == facts.FEATURE and mine and not self.left:
            self.action_refresh()

    def place(self) -> Place:
        """Return this entry."""
        return Place(self.AREA, record=self.whole.entry.number if self.whole else "")

    # Looking

    def action_history(self) -> None:
        """Show the audit trail of the entry."""
        work = partial(reading.trail, self.session, self.entry_id)
        self.load(work, self._show_history, group="ask")

    def _show_history(self, found: Sequence[HistoryEntry]) -> None:
        number = self.whole.entry.number if self.whole else ""
        lines = history_lines(found, self.session.zone)
        self.app.push_screen(LinesScreen(_("History of {number}").format(number=number), lines))

    def open_reversal(self, entry_id: int) -> None:
        """Show the reversal, or what this one reverses."""
        self.app.push_screen(EntryScreen(entry_id))

    def changed(self) -> None:
        """Read it again."""
        self.action_refresh()

    def action_copy(self) -> None:
        """Copy the number."""
        if self.whole is not None:
            self.app.copy_to_clipboard(self.whole.entry.number)
            self.app.say(_("{number} copied.").format(number=self.whole.entry.number))

    def action_after(self) -> None:
        """Show the next entry of the list."""
        self._step(1)

    def action_before(self) -> None:
        """Show the entry before in the list."""
        self._step(-1)

    def _step(self, by: int) -> None:
        found = self.neighbours.neighbour(self.entry_id, by) if self.neighbours else None
        if found is None:
            self.app.say(_("There is no other entry this way."))
        else:
            self.entry_id = found
            self.action_refresh()

    # Acting

    def with_entries(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Act on this entry."""
        if self.whole is None:
            then([])
        else:
            head = self.whole.entry.head
            then([Ref(head.id, head.version, self.whole.entry.number)])

    def gone(self) -> None:
        """Leave, as the draft is deleted."""
        self.left = True
        if self.is_current:
            self.app.call_later(self.app.pop_screen)
