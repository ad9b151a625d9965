"""Lists of records: the table, its filter line above, its preview beside it.

A list of one kind gives columns, a source for a query, what opening does, and its own actions;
the rest is the same everywhere. Rows are found by their record's id, never by their place.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from rich.console import RenderableType
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer

from boconsole.errors import REFUSALS, NotAllowedError
from boconsole.language import _, grouped
from screens.actions import LIST_ACTIONS
from screens.following import RecordsChanged
from screens.keys import Action
from screens.list_actions import ListActions
from screens.places import Place
from screens.queries import sort_of, with_sort
from screens.widgets import table_messages as messages
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.filter_line import Candidates, FilterLine
from screens.widgets.preview import Preview
from screens.widgets.record_table import RecordTable
from screens.widgets.window import Source

RowT = TypeVar("RowT")
REST = 0.06


class View(NamedTuple):
    """A saved view: its name, its query, and the reader's changes to the columns."""

    name: str
    query: str
    columns: Mapping[str, Any] = {}  # Any: what JSON can hold


class ListScreen(ListActions[RowT], Generic[RowT]):
    """A list of one kind of record.

    Attributes:
        query: What the list shows.
        view: The saved view it came from, "" for none.
    """

    ACTIONS: ClassVar[Sequence[Action]] = LIST_ACTIONS
    AUTO_FOCUS = "RecordTable"
    DEFAULT_CLASSES = "-preview"
    QUERY: ClassVar[str] = ""
    """The query to begin with; "" is the area's own default."""
    BULK: ClassVar[bool] = False
    """Whether the filter line takes changes, `… | set field=value`."""
    READS: ClassVar[str] = ""
    """The permission without which nothing is read; "" where each row is asked about."""

    def __init__(self) -> None:
        super().__init__()
        self.query_text = self.QUERY
        self.view = ""
        self.table = self._make_table()
        self._marked: dict[int, RowT] = {}
        self._stale = False
        self._rest_timer: Timer | None = None
        self._previewed: int | None = None

    # What a list of one kind gives

    @abstractmethod
    def columns(self) -> Sequence[Column[RowT]]:
        """Return the columns; called once, before anything is shown."""

    @abstractmethod
    def source(self, query: str) -> Source[RowT]:
        """Return where the rows of a query come from; called in the event loop, must not read."""

    @abstractmethod
    def open_row(self, row: RowT) -> None:
        """Open the record of a row."""

    def open_number(self, number: str) -> None:
        """Open a record by its number, as typed after `:`."""

    def preview(self, row: RowT) -> RenderableType:
        """Return what a record looks like; runs in the worker thread and may read."""
        return Text("\n".join(column.format(row).text for column in self.columns()))

    def empty_text(self) -> str:
        """Return what an empty list says: what would be here, and which key makes the first."""
        return ""

    def check(self, query: str) -> tuple[int, str] | None:
        """Return column and message of what is wrong with a query, None when it is fine."""
        del query
        return None

    def complete(self, query: str, caret: int) -> Candidates | None:
        """Return what could stand at the caret of the filter line."""
        del query, caret
        return None

    def views(self) -> Sequence[View]:
        """Return the saved views, in the order of the menu; called in the event loop."""
        return ()

    # Showing

    def _make_table(self) -> RecordTable[RowT]:
        return RecordTable(self.columns(), run=self._run, empty=self.empty_text(), id="table")

    async def _run(self, work: Callable[[], Any]) -> Any:  # Any: rows, pages and counts alike
        return await self.app.run_operation(work)

    def body(self) -> ComposeResult:
        """Yield filter line, table and preview."""
        yield FilterLine(
            self.query_text, complete=self.complete, check=self.check, id="filter",
            placeholder=_("Words or terms, such as status:open prio>=high"), bulk=self.BULK,
        )  # fmt: skip
        with Horizontal(id="panes"):
            yield self.table
            yield Preview()

    def on_mount(self) -> None:
        """Show the first rows; whoever may not read them is told so in their place alone."""
        if self.may_read:
            self.show_query(self.query_text)
        else:
            self.table.error_text = str(NotAllowedError(self.session.user.login, self.READS))

    @property
    def may_read(self) -> bool:
        """Whether the one who looks may see rows here; rooms that lie over it may be open."""
        return not self.READS or self.session.may(self.READS)

    def show_query(self, query: str) -> None:
        """Show the rows of a query; the ones before stay until the first new ones are there."""
        self.query_text = query
        self._marked.clear()
        self.table.show(self.source(query), sort_of(query))
        self.show_status()

    def heading(self) -> Heading:
        """Return area, view, filter and where the cursor is."""
        count = self.table.position_text
        if self.table.marks:
            total = self.table.listing.total
            number = self.table.marks.number(total.number if total else 0)
            more = "+" if total and total.capped and self.table.marks.everything else ""
            marked = f"{grouped(number)}{more}"
            count = _("{count}, {number} marked").format(count=count, number=marked)
        return super().heading()._replace(view=self.view, filter=self.query_text, number=count)

    @property
    def row(self) -> RowT | None:
        """The row under the cursor."""
        return self.table.row

    @property
    def previewing(self) -> bool:
        """Whether the preview is on the screen."""
        return self.has_class("-preview") and self.has_class("-wide")

    @on(messages.Counted)
    @on(messages.Busy)
    def _counted(self) -> None:
        self.show_status()
        if self.row is None:
            self.show_preview()

    @on(messages.RowHighlighted)
    def _highlighted(self) -> None:
        self.show_status()
        if self._rest_timer is not None:
            self._rest_timer.stop()
        self._rest_timer = self.set_timer(REST, self.show_preview)

    def show_preview(self, *, again: bool = False) -> None:
        """Show the record under the cursor beside the list, if the preview is on the screen."""
        row, record = self.row, self.table.record
        if not self.previewing or (record == self._previewed and not again):
            return
        self._previewed = record
        if row is None:
            self.workers.cancel_group(self, "preview")
            self.query_one(Preview).show(Text())
            return
        self.load(partial(self.preview, row), self.query_one(Preview).show, group="preview")

    def on_resize(self) -> None:
        """Fill the preview when the window became wide enough, or another width."""
        self.call_after_refresh(partial(self.show_preview, again=True))

    @on(messages.PageFailed)
    def _failed(self, event: messages.PageFailed) -> None:
        if not isinstance(event.error, REFUSALS):
            self.table.error_text = _("The rows cannot be read; r tries again.")
            self.table.refresh()
        self.app.report(event.error)

    @on(messages.RecordMissing)
    def _missing(self) -> None:
        self.app.say(_("That record is not in this list; esc clears the filter."), "warning")

    @on(messages.RowOpened)
    def _opened(self) -> None:
        if (row := self.row) is not None:
            self.open_row(row)

    # Following

    def records_changed(self, event: RecordsChanged) -> None:
        """Read the rows again where they stand; a covered list does so when it is shown."""
        if event.feature != (self.FEATURE or self.AREA):
            return
        for record in event.ids or tuple(self._marked):
            self._marked.pop(record, None)
        if self.is_current:
            self.table.refresh_rows(event.ids)
            if not event.ids or self._previewed in event.ids:
                self.show_preview(again=True)
        else:
            self._stale = True

    def on_screen_resume(self) -> None:
        """Catch up with what changed under another screen."""
        if self._stale:
            self._stale = False
            self.table.refresh_rows()
            self.show_preview(again=True)

    # Filter, views, places

    @on(FilterLine.Changed)
    def _typed(self, event: FilterLine.Changed) -> None:
        if type(event) is FilterLine.Changed:
            self.show_query(event.text)

    @on(FilterLine.Submitted)
    def _confirmed(self, event: FilterLine.Submitted) -> None:
        if not self._keeps_view(event.text):
            self.take_view("")
            self.show_status()
        if event.text != self.query_text:
            self.show_query(event.text)
        self.app.places.visit(self.place())
        self.leave_filter()

    @on(FilterLine.Left)
    def _filter_left(self) -> None:
        self.leave_filter()

    def leave_filter(self) -> None:
        """Hide the filter line and go back to the rows."""
        self.remove_class("-filtering")
        self.table.listing.release()
        self.table.focus()

    def view_names(self) -> Sequence[str]:
        """Return the names of the saved views."""
        return [view.name for view in self.views()]

    def show_view(self, name: str) -> None:
        """Show a saved view with its columns."""
        if (view := self._view_named(name)) is None:
            self.app.say(_("There is no view {name}.").format(name=name), "warning")
            return
        self.take_view(view.name)
        self.show_query(view.query)
        self.app.places.visit(self.place())

    def plain_columns(self) -> Mapping[str, Any]:  # Any: what JSON can hold
        """Return the reader's changes to the columns where no view is shown."""
        return {}

    def take_view(self, name: str) -> None:
        """Stand in a view, "" for none: with its columns, or else those of the plain list."""
        self.view = name
        view, columns = self._view_named(name), self.table.columns
        before = columns.state()
        columns.restore((view and view.columns) or self.plain_columns())
        if columns.state() != before:
            self.table.lay_out()

    def _view_named(self, name: str) -> View | None:
        return next((view for view in self.views() if view.name == name), None)

    def _keeps_view(self, query: str) -> bool:
        view = self._view_named(self.view)
        return view is None or with_sort(query, ()).startswith(with_sort(view.query, ()))

    def place(self) -> Place:
        """Return what is shown, for the places visited."""
        return Place(self.AREA, query=self.query_text, view=self.view)

    async def show_place(self, place: Place) -> None:
        """Show a place again: its query, and its record on top."""
        if place.record:
            self.open_number(place.record)
        elif (place.view, place.query) != (self.view, self.query_text):
            self.take_view(place.view)
            self.show_query(place.query or self.QUERY)

    def step_back(self) -> bool:
        """Clear the marks, or else the filter."""
        if self.table.marks:
            self.table.clear_marks()
            return True
        if self.query_text != self.QUERY:
            self.take_view("")
            self.show_query(self.QUERY)
            self.app.places.visit(self.place())
            return True
        return False
