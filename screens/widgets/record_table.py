"""The list of records: drawn by line, over a window of rows, at any size of the table behind.

Nothing here blocks and nothing here knows what a row is. The last good rows stay until new ones
arrive; the row under the cursor does not move when others change.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import ClassVar, Protocol, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.worker import Worker, WorkerState

from boconsole.errors import BoconsoleError
from boconsole.language import N_, _, grouped
from screens.widgets import table_messages as messages
from screens.widgets.columns import Column
from screens.widgets.marks import Marks
from screens.widgets.table_lines import TableLines
from screens.widgets.window import Source

RowT = TypeVar("RowT")
AnswerT = TypeVar("AnswerT")

SLOW = 0.2
WHEEL = 3


class Run(Protocol):
    """Runs a blocking function in the worker thread and awaits its answer."""

    def __call__(self, work: Callable[[], AnswerT], /) -> Awaitable[AnswerT]:
        """Return what `work` returned."""


class RecordTable(TableLines[RowT]):
    """Records of one kind, one on a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), show=False, id="list.open"),
        Binding("j,down", "down", N_("Next row"), show=False, id="list.down"),
        Binding("k,up", "up", N_("Row before"), show=False, id="list.up"),
        Binding("pagedown,ctrl+f", "page_down", N_("Next page"), show=False, id="list.page-down"),
        Binding("pageup,ctrl+b", "page_up", N_("Page before"), show=False, id="list.page-up"),
        Binding("g,home", "top", N_("First row"), show=False, id="list.top"),
        Binding("G,end", "bottom", N_("Last row"), show=False, id="list.bottom"),
        Binding("space", "mark", N_("Mark the row"), show=False, id="list.mark"),
        Binding("asterisk", "mark_all", N_("Mark all that match"), show=False, id="list.mark-all"),
    ]

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        *,
        run: Run | None = None,
        empty: str = "",
        loading: str = "",
        ascii_only: bool = False,
        id: str | None = None,  # noqa: A002 - the name that Textual gives it
        classes: str | None = None,
    ) -> None:
        super().__init__(
            columns,
            self._ask,
            empty=empty,
            loading=loading,
            ascii_only=ascii_only,
            id=id,
            classes=classes,
        )
        self.listing.missed = lambda record: self._post(messages.RecordMissing(self, record))
        self._run: Run = run or asyncio.to_thread
        self._told: tuple[int | None, object] = (None, None)

    # Reading

    def show(self, source: Source[RowT], sort: Sequence[tuple[str, bool]] = ()) -> None:
        """Show the rows of a source; `sort` names fields and whether they go down.

        The rows shown stay until the first new ones are there. Marks are cleared, since they
        might lie outside what is shown now.
        """
        self.sorted_by = tuple(sort)
        self.error_text = ""
        self.clear_marks()
        self.listing.show(source)
        self.set_timer(SLOW, self._tell_slow)

    def refresh_rows(self, ids: Collection[int] = ()) -> None:
        """Read again after records changed, `ids` if known: new ones may belong here too."""
        del ids
        self.listing.reread()

    def jump_to(self, record: int) -> None:
        """Put the cursor on a record; posts `RecordMissing` when it is not in the list."""
        self.listing.jump(record)

    @property
    def row(self) -> RowT | None:
        """The row under the cursor."""
        return self.listing.row

    @property
    def record(self) -> int | None:
        """The id of the record under the cursor."""
        return self.listing.record

    @property
    def marked_rows(self) -> list[RowT]:
        """The marked rows among those held near the screen."""
        window = self.listing.window
        return [row for row in window.rows if window.key(row) in self.marks]

    @property
    def position_text(self) -> str:
        """Where the cursor is and how many rows there are: `17 of 12,300`, `10,000+`."""
        total, position = self.listing.total, self.listing.position
        if total is None:
            return "" if position is None else grouped(position)
        number = grouped(total.number) + ("+" if total.capped else "")
        if position is None or not self.listing.window.rows:
            return number
        return _("{position} of {total}").format(position=grouped(position), total=number)

    def _ask(self, work: Callable[[], AnswerT], answer: Callable[[AnswerT], None]) -> None:
        generation = self.listing.window.generation

        async def asked() -> None:
            try:
                result = await self._run(work)
            except BoconsoleError as refusal:
                self._failed(refusal, generation)
            else:
                self.error_text = ""
                answer(result)

        self.run_worker(asked(), name=str(generation), group="rows", exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say that rows could not be read for a reason nobody foresaw."""
        event.stop()
        if event.state == WorkerState.ERROR and event.worker.error is not None:
            self._failed(event.worker.error, int(event.worker.name))

    def _failed(self, error: BaseException, generation: int) -> None:
        if generation != self.listing.window.generation:
            return
        self.listing.failed()
        self.error_text = str(error)
        self._changed()
        self.post_message(messages.PageFailed(self, error))

    def _tell_slow(self) -> None:
        if self.listing.waiting:
            self._slow = True
            self.refresh()
            self.post_message(messages.Busy(self, busy=True))

    # Showing

    def _changed(self) -> None:
        """Draw what changed, and tell the screen."""
        super()._changed()
        self._point()
        self._tell()

    def _point(self) -> None:
        """Keep the terminal's own cursor on the row: screen readers and magnifiers follow it."""
        if self.has_focus:
            view, corner = self.listing.view, self.content_region.offset
            self.app.cursor_position = corner + Offset(0, 1 + view.cursor - view.top)

    def _tell(self) -> None:
        if self._slow and not self.listing.waiting:
            self._slow = False
            self.refresh()
            self.post_message(messages.Busy(self, busy=False))
        record, total = self._told
        self._told = (self.listing.record, self.listing.total)
        if record != self._told[0]:
            self.post_message(messages.RowHighlighted(self, self._told[0]))
        if total != self._told[1]:
            self.post_message(messages.Counted(self))

    def _post(self, message: messages.TableMessage) -> None:
        self.post_message(message)

    def on_resize(self) -> None:
        """Fit columns and rows to the size there is now; the cursor stays on its record.

        The event may tell of an earlier size, when a second layout came before it was read.
        """
        self._placed = self.columns.lay_out(self.size.width)
        self.listing.fit(self.size.height - 1)
        self.redraw()

    def on_focus(self) -> None:
        """Bring the terminal's cursor to the row."""
        self._point()

    # Acting

    def action_down(self) -> None:
        """Go to the next row."""
        self.listing.go(1)

    def action_up(self) -> None:
        """Go to the row before."""
        self.listing.go(-1)

    def action_page_down(self) -> None:
        """Go a screen on."""
        self.listing.turn(1)

    def action_page_up(self) -> None:
        """Go a screen back."""
        self.listing.turn(-1)

    def action_top(self) -> None:
        """Go to the first row of the whole list."""
        self.listing.top()

    def action_bottom(self) -> None:
        """Go to the last row of the whole list."""
        self.listing.bottom()

    def action_open(self) -> None:
        """Open the record under the cursor."""
        if (record := self.record) is not None:
            self.post_message(messages.RowOpened(self, record))

    def action_mark(self) -> None:
        """Mark the row, or no longer, and go on."""
        if (record := self.record) is not None:
            self._mark(self.marks.turned(record))
            self.listing.go(1)

    def action_mark_all(self) -> None:
        """Mark all that the query matches; once more: none."""
        self._mark(Marks() if self.marks.everything else Marks(everything=True))

    def clear_marks(self) -> None:
        """Mark nothing."""
        if self.marks:
            self._mark(Marks())

    def _mark(self, marks: Marks) -> None:
        self.marks = marks
        self._changed()
        self.post_message(messages.MarksChanged(self, marks))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor, open on a double click, sort on the heading."""
        event.stop()
        if event.y == 0:
            self._sort_at(event.x, add=event.shift)
            return
        place = self.listing.view.top + event.y - 1
        if place < len(self.listing.window.rows):
            self.listing.go_to(place)
            if event.chain > 1:
                self.action_open()

    def _sort_at(self, x: int, *, add: bool) -> None:
        for column, left, width in self._placed:
            if left <= x < left + width and column.sort:
                self.post_message(messages.SortRequested(self, column.sort, add=add))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move with the wheel."""
        event.stop()
        self.listing.go(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move with the wheel."""
        event.stop()
        self.listing.go(-WHEEL)
