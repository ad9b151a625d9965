"""The keys that every list has, and the rows an action works on."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual import on

from boconsole.language import _, grouped, ngettext
from screens.columns import ColumnsDialog
from screens.dialogs import Choice, MenuDialog, PromptDialog
from screens.keys import Action
from screens.queries import sort_of, turned, with_sort
from screens.shell import ShellScreen
from screens.widgets import table_messages as messages
from screens.widgets.filter_line import FilterLine
from screens.widgets.window import PAGE, Source

if TYPE_CHECKING:
    from screens.widgets.record_table import RecordTable

RowT = TypeVar("RowT")
MOST_CHOSEN = 10_000


class ListActions(ShellScreen, Generic[RowT]):
    """Answers the actions of `LIST_ACTIONS`; `ListScreen` shows the list."""

    table: RecordTable[RowT]
    query_text: str
    view: str
    _marked: dict[int, RowT]

    @abstractmethod
    def source(self, query: str) -> Source[RowT]:
        """Return where the rows of a query come from."""

    @abstractmethod
    def show_query(self, query: str) -> None:
        """Show the rows of a query."""

    @abstractmethod
    def show_preview(self, *, again: bool = False) -> None:
        """Show the record under the cursor beside the list."""

    # What a list may give

    def undo_work(self) -> Callable[[], str] | None:
        """Return the operation that undoes the last change and answers a sentence, or None."""
        return None

    def export_work(self, path: str, rows: Sequence[RowT] | None) -> Callable[[], str] | None:
        """Return the operation that writes a file and answers a sentence, or None.

        Args:
            path: Where to; its ending tells the format. "" only asks whether it is possible.
            rows: The marked ones; None for all that the query matches.
        """
        del path, rows
        return None

    def columns_changed(self, state: Mapping[str, Any]) -> None:  # Any: what JSON can hold
        """Keep the reader's changes to the columns."""

    # Rows to work on

    @property
    def marked(self) -> bool:
        """Whether an action works on marked rows instead of the one under the cursor."""
        return bool(self.table.marks)

    def with_chosen(self, then: Callable[[Sequence[RowT]], object]) -> None:
        """Call `then` with the rows an action works on: the marked ones, else the current one.

        Marked rows that are not near the screen are read in the worker thread first.
        """
        marks, source = self.table.marks, self.source(self.query_text)
        if not marks:
            row = self.table.row
            then([] if row is None else [row])
        elif marks.everything:
            self.load(
                partial(all_but, source, marks.ids), self._unless_too_many(then), group="rows"
            )
        else:
            near = {source.key(row): row for row in self.table.marked_rows}
            known = {**self._marked, **near}
            if marks.ids <= known.keys():
                then([known[record] for record in marks.ids])
            else:
                work = partial(rows_of, source, marks.ids, known)
                self.load(work, self._unless_gone(then, len(marks.ids)), group="chosen")

    def _unless_too_many(
        self, then: Callable[[Sequence[RowT]], object]
    ) -> Callable[[Sequence[RowT]], None]:
        def take(rows: Sequence[RowT]) -> None:
            if len(rows) > MOST_CHOSEN:
                problem = _("More than {limit} rows are marked; filter the list further.")
                self.app.say(problem.format(limit=grouped(MOST_CHOSEN)), "warning")
            else:
                then(rows)

        return take

    def _unless_gone(
        self, then: Callable[[Sequence[RowT]], object], wanted: int
    ) -> Callable[[Sequence[RowT]], None]:
        def take(rows: Sequence[RowT]) -> None:
            if len(rows) < wanted:
                problem = _("Some marked rows are not in this list any more; mark them again.")
                self.app.say(problem, "warning")
            else:
                then(rows)

        return take

    @on(messages.MarksChanged)
    def _marks_changed(self) -> None:
        source = self.source(self.query_text)
        marks = self.table.marks
        near = {source.key(row): row for row in self.table.marked_rows}
        kept = {record: row for record, row in self._marked.items() if record in marks.ids}
        self._marked = {} if marks.everything or not marks else kept | near
        self.show_status()

    # Moving

    def action_open(self) -> None:
        """Open the record under the cursor."""
        self.table.action_open()

    def action_down(self) -> None:
        """Go to the next row."""
        self.table.action_down()

    def action_up(self) -> None:
        """Go to the row before."""
        self.table.action_up()

    def action_page_down(self) -> None:
        """Go a screen on."""
        self.table.action_page_down()

    def action_page_up(self) -> None:
        """Go a screen back."""
        self.table.action_page_up()

    def action_top(self) -> None:
        """Go to the first row."""
        self.table.action_top()

    def action_bottom(self) -> None:
        """Go to the last row."""
        self.table.action_bottom()

    def action_mark(self) -> None:
        """Mark the row."""
        self.table.action_mark()

    def action_mark_all(self) -> None:
        """Mark all that match."""
        self.table.action_mark_all()

    # Showing

    def action_filter(self) -> None:
        """Show the filter line and put the cursor into it."""
        line = self.query_one(FilterLine)
        line.last_good = self.query_text
        line.text = f"{self.query_text} ".lstrip()
        self.add_class("-filtering")
        self.table.listing.hold()
        line.focus()

    def action_views(self) -> None:
        """Choose a saved view."""
        choices = [Choice(name, name) for name in self.view_names()]
        if not choices:
            self.app.say(_("There are no saved views here."))
            return
        dialog = MenuDialog(_("Views"), choices, current=self.view)
        self.app.push_screen(dialog, lambda name: self.show_view(name) if name else None)

    def action_sort(self) -> None:
        """Choose the field to sort by; the same one again turns the order round."""
        sortable = [column for column in self.table.columns.all if column.sort]
        choices = [Choice(column.sort, _(column.name or column.title)) for column in sortable]
        order = sort_of(self.query_text)
        current = order[0][0] if order else ""
        dialog = MenuDialog(_("Sort by"), choices, current=current)
        self.app.push_screen(dialog, lambda field: self.sort_by(field) if field else None)

    @on(messages.SortRequested)
    def _sort_requested(self, event: messages.SortRequested) -> None:
        self.sort_by(event.field, add=event.add)

    def sort_by(self, field: str, *, add: bool = False) -> None:
        """Sort by a field: up, then down."""
        order = turned(sort_of(self.query_text), field, add=add)
        self.show_query(with_sort(self.query_text, order))

    def action_columns(self) -> None:
        """Change the columns."""
        columns = self.table.columns
        self.app.push_screen(
            ColumnsDialog(columns, self.table.lay_out),
            lambda _answer: self.columns_changed(columns.state()),
        )

    def action_preview(self) -> None:
        """Turn the preview on or off."""
        self.toggle_class("-preview")
        self.table.focus()
        if not self.has_class("-wide"):
            self.app.say(_("The preview needs a window of 100 columns; enter opens the record."))
        self.call_after_refresh(self.show_preview)

    def action_refresh(self) -> None:
        """Read the rows again."""
        self.table.refresh_rows()
        self.show_preview(again=True)

    def action_copy(self) -> None:
        """Copy the chosen rows to the terminal's clipboard."""
        self.with_chosen(self._copy)

    def _copy(self, rows: Sequence[RowT]) -> None:
        if not rows:
            self.app.say(_("There is nothing to copy."))
            return
        self.app.copy_to_clipboard("\n".join(self.copy_text(row) for row in rows))
        number = len(rows)
        self.app.say(ngettext("{n} row copied.", "{n} rows copied.", number).format(n=number))

    def copy_text(self, row: RowT) -> str:
        """Return a row as text to copy: its cells, with tabs between."""
        return "\t".join(column.format(row).text for column in self.table.columns.all)

    def action_export(self) -> None:
        """Ask for a file and write what is shown, or the marked rows, into it."""
        prompt = PromptDialog(_("Export to which file? (.csv or .json)"), f"{self.AREA}.csv")
        self.app.push_screen(prompt, lambda path: self._export(path) if path else None)

    def _export(self, path: str) -> None:
        def start(rows: Sequence[RowT] | None) -> None:
            if (work := self.export_work(path, rows)) is not None:
                self.change(work, said=str)

        if self.table.marks and not self.table.marks.everything:
            self.with_chosen(start)
        else:
            start(None)

    def action_undo(self) -> None:
        """Undo the last change."""
        if (work := self.undo_work()) is not None:
            self.change(work, said=str)

    def why_not(self, action: Action) -> str:
        """Say what this list cannot do."""
        if action.id == "list.undo" and self.undo_work() is None:
            return _("There is nothing here that could be undone.")
        if action.id == "list.export" and self.export_work("", None) is None:
            return _("This list cannot be exported.")
        return super().why_not(action)


def all_but(source: Source[RowT], without: frozenset[int]) -> list[RowT]:
    """Return all rows of a source but some, at most one more than can be worked on; blocks."""
    rows: list[RowT] = []
    cursor: str | None = None
    while len(rows) <= MOST_CHOSEN:
        page = source.page(cursor, PAGE * 5)
        rows += [row for row in page.rows if source.key(row) not in without]
        if not page.more:
            break
        cursor = page.last
    return rows


def rows_of(source: Source[RowT], records: frozenset[int], known: Mapping[int, RowT]) -> list[RowT]:
    """Return the rows of some records, reading those that are not known; blocks."""
    rows = [known[record] for record in records if record in known]
    for record in sorted(records - known.keys()):
        around = source.around(record, 1)
        if around is not None:
            rows += [row for row in around.rows if source.key(row) == record]
    return rows
