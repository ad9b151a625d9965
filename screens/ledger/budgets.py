"""The budgets of a fiscal year as a grid, edited in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType
from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from boconsole.errors import BoconsoleError, QuerySyntaxError
from boconsole.language import N_, _, ngettext
from boconsole.ledger import budget_editing, budget_files, budget_grid, planning, tree
from boconsole.ledger.budget_grid import GridRow, Year
from boconsole.ledger.budgets import month_name
from boconsole.money import plain
from screens.actions import CHANGE, SHOW
from screens.cells import safe
from screens.dialogs import PromptDialog
from screens.keys import LIST, Action
from screens.ledger import budget_cells, facts, rooms
from screens.ledger.budget_source import BudgetSource, BudgetTable
from screens.ledger.cell_entry import CellEntry
from screens.lists import ListScreen
from screens.places import Place
from screens.prose import block, toned
from screens.widgets.columns import Column, Columns

BUDGET_KEYS = (
    Action("list.open", N_("Type the amount of this month"), ("enter",), LIST, CHANGE, rank=1,
           short=N_("edit"), quiet=True),
    Action("budget.month-back", N_("The month before"), ("left", "h"), LIST, SHOW, rank=3,
           short=N_("month")),
    Action("budget.month-on", N_("The next month"), ("right", "l"), LIST, SHOW),
    Action("budget.step-back", N_("The year before"), ("<",), LIST, SHOW, rank=4,
           short=N_("year")),
    Action("budget.step-on", N_("The next year"), (">",), LIST, SHOW),
    Action("budget.fill", N_("Fill the months to the right"), ("f",), LIST, CHANGE, rank=10,
           short=N_("fill"), help=N_("All later months of the year get the amount of this one.")),
    Action("budget.spread", N_("Spread a sum over the year"), ("Y",), LIST, CHANGE, rank=11,
           short=N_("spread"), help=N_("In twelve parts that sum to it.")),
    Action("budget.last-year", N_("Copy last year, and a per cent"), ("C",), LIST, CHANGE,
           rank=12, short=N_("copy"), help=N_("What was had: of marked rows, or of this one.")),
    Action("budget.rule", N_("Block what passes it, or warn"), ("B",), LIST, CHANGE),
    Action("budget.take-file", N_("Import a CSV file"), ("I",), LIST, CHANGE),
)  # fmt: skip


class BudgetsScreen(rooms.InRooms, ListScreen[GridRow]):
    """Accounts by month."""

    ROOM = rooms.BUDGETS
    AREA = facts.AREA
    FEATURE = planning.FEATURE
    CSS_PATH = "../styles/budgets.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = BUDGET_KEYS

    def __init__(self) -> None:
        self.year = Year(0)
        self.month = 0
        self.shown = budget_cells.NOTHING
        self._laid_out: tuple[object, ...] = ()
        self._rows: Sequence[GridRow] = ()
        self._told: GridRow | None = None
        super().__init__()

    # What it shows

    def body(self) -> ComposeResult:
        """Yield the month above the table, and the entry that lies on a cell."""
        yield Static(id="days", markup=False)
        yield from super().body()
        yield CellEntry()

    def on_mount(self) -> None:
        """Find out which year it is, then show the first rows."""
        self.load(partial(budget_grid.year_of, self.session), self._begin, group="year")

    def _begin(self, year: Year) -> None:
        today = self.session.now().astimezone(self.session.zone).date()
        self.month = year.months.index(today.year * 100 + today.month)
        self.year = year
        super().show_query(self.query_text)

    def show_query(self, query: str) -> None:
        """Show the rows of a query, once the year is known."""
        self.query_text = query
        if self.year.first:
            super().show_query(query)

    def columns(self) -> Sequence[Column[GridRow]]:
        """Return account, commodity, the months with room, and the year."""
        if not self.year.first:
            return [Column("account", N_("Account"), 18, budget_cells.named)]
        return budget_cells.columns(self.year, self.shown, self._is_cursor)

    def _is_cursor(self, row: GridRow, place: int) -> bool:
        return place == self.month and row.key == self.table.record

    def source(self, query: str) -> BudgetSource:
        """Return where the rows come from."""
        return BudgetSource(self.session, self.year, query)

    def check(self, query: str) -> tuple[int, str] | None:
        """Return column and message of what is wrong with a query."""
        try:
            tree.check(query)
        except QuerySyntaxError as error:
            return error.column, error.reason
        return None

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No account matches; esc clears the filter. A chart is chosen in the setup.")

    def preview(self, row: GridRow) -> RenderableType:
        """Return the months of a row beside the grid."""
        return block(budget_cells.by_month(row, self.year))

    def _make_table(self) -> BudgetTable:
        return BudgetTable(self.columns(), run=self._run, empty=self.empty_text(), id="table")

    @on(BudgetTable.Drawn)
    def _fit(self) -> None:
        """Lay out the columns for the rows there are, and tell what the cursor is on."""
        if not self.year.first:
            return
        rows, widths = self.table.listing.window.rows, self.shown.widths
        if rows is not self._rows:
            self._rows, widths = rows, budget_cells.measured(rows)
        self.shown = budget_cells.fitted(
            widths, self.table.size.width, self.month, self.shown.first
        )
        if (laid_out := (self.year, self.shown)) != self._laid_out:
            self._laid_out = laid_out
            self.table.columns = Columns(self.columns())
            self.table.lay_out()
        before, self._told = self._told, self.row
        if before and self._told and before != self._told and before.key == self._told.key:
            self.show_preview(again=True)
        if not self.query_one(CellEntry).has_class("-open"):
            self._tell()

    def _tell(self, problem: str = "") -> None:
        told = toned((f" ! {problem}", "bad")) if problem else budget_cells.told(
            self.row, self.year, self.month)  # fmt: skip
        self.query_one("#days", Static).update(told)

    def on_resize(self) -> None:
        """Give the months another room."""
        self.call_after_refresh(self._fit)

    # Moving

    def action_month_back(self) -> None:
        """Go a month back."""
        self._go(self.month - 1)

    def action_month_on(self) -> None:
        """Go a month on."""
        self._go(self.month + 1)

    def _go(self, month: int) -> None:
        self.month = max(0, min(month, len(self.year.months) - 1))
        self._fit()
        self.table.redraw()

    def action_step_back(self) -> None:
        """Go a year back."""
        self._show_year(self.year.stepped(-1))

    def action_step_on(self) -> None:
        """Go a year on."""
        self._show_year(self.year.stepped(1))

    def _show_year(self, year: Year) -> None:
        record = self.table.record
        self.year = year
        self._laid_out = ()
        super().show_query(self.query_text)
        if record is not None:
            self.table.jump_to(record)

    # Typing

    def open_row(self, row: GridRow) -> None:
        """Type the amount of the month under the cursor, on its cell."""
        name = month_name(self.year.months[self.month])
        placed = self.table.placed(name)
        if placed is None:
            return
        view, corner = self.table.listing.view, self.table.region.offset
        body = self.query_one("#body").region.offset
        text = budget_cells.typed_text(row.planned[self.month], row)
        self.query_one(CellEntry).open(
            text, corner.x - body.x + placed.left,
            corner.y - body.y + 1 + view.cursor - view.top, placed.width,
        )  # fmt: skip

    @on(Input.Changed, "#cell")
    def _cell_typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input.has_class("-open"):
            self._tell(self._problem(event.value))

    def _problem(self, text: str) -> str:
        """Return what is wrong with a typed amount, "" when it is fine."""
        try:
            if (row := self.row) is not None:
                budget_editing.read_amount(text, row)
        except BoconsoleError as error:
            return str(error)
        return ""

    @on(CellEntry.Kept)
    def _keep(self, event: CellEntry.Kept) -> None:
        row, entry = self.row, self.query_one(CellEntry)
        if row is None or self._problem(event.text):
            return
        minor = budget_editing.read_amount(event.text, row)
        work = partial(budget_editing.set_cell, self.session, row, self.year, self.month, minor)
        self._write(work, [row])
        if event.step and 0 <= self.month + event.step < len(self.year.months):
            self._go(self.month + event.step)
            self.open_row(row)
        else:
            entry.close()
            self.table.focus()

    @on(CellEntry.Left)
    def _leave(self) -> None:
        self.query_one(CellEntry).close()
        self.table.focus()
        self._tell()

    def _write(self, work: Callable[[], int], rows: Sequence[GridRow], said: str = "") -> None:
        touched = [row.account.id for row in rows]
        self.change(work, said=said, touched=touched, done=lambda _done: self._tell())

    # Changing rows

    def action_fill(self) -> None:
        """Give the later months the amount of this one."""
        if (row := self.row) is not None:
            work = partial(budget_editing.fill_right, self.session, row, self.year, self.month)
            self._write(work, [row], _("The months to the right are filled; u undoes it."))

    def action_spread(self) -> None:
        """Ask for the sum of a year and spread it."""
        if (row := self.row) is None:
            return

        def take(text: str | None) -> None:
            if text is not None:
                minor = budget_editing.read_amount(text, row)
                work = partial(budget_editing.spread_year, self.session, row, self.year, minor)
                self._write(work, [row], _("The sum is spread over the year; u undoes it."))

        title = _("Which sum for {year}, in {commodity}?").format(
            year=self.year.name, commodity=row.commodity.code
        )
        shown = budget_cells.typed_text(sum(row.planned), row)
        self.app.push_screen(PromptDialog(title, shown, check=self._problem), take)

    def action_last_year(self) -> None:
        """Ask for a per cent and copy what was had in the year before."""

        def ask(rows: Sequence[GridRow]) -> None:
            def take(text: str | None) -> None:
                if text is not None and rows:
                    percent = budget_editing.read_percent(text)
                    work = partial(
                        budget_editing.copy_last_year, self.session, rows, self.year, percent
                    )
                    told = ngettext("{n} row is copied; u undoes it.",
                                    "{n} rows are copied; u undoes it.", len(rows))  # fmt: skip
                    self._write(work, rows, told.format(n=len(rows)))

            title = ngettext(
                "Copy {year} for {n} row, and how many per cent more?",
                "Copy {year} for {n} rows, and how many per cent more?", len(rows),
            ).format(year=self.year.stepped(-1).name, n=len(rows))  # fmt: skip
            self.app.push_screen(PromptDialog(title, "0", check=_no_percent), take)

        self.with_chosen(ask)

    def action_rule(self) -> None:
        """Block what passes the budget of an account, or warn again."""
        if (row := self.row) is None:
            return
        modes = planning.MODES
        mode = modes[1] if row.mode == modes[0] else modes[0]
        sentences = {
            "warn": _("Entries that pass the budget of {account} are told of it."),
            "block": _("Entries that pass the budget of {account} are refused."),
        }
        self.change(
            partial(planning.set_mode, self.session, row.account.path, mode),
            said=sentences[mode].format(account=row.account.path), touched=[row.account.id],
            done=lambda _done: self._tell(),
        )  # fmt: skip

    def undo_work(self) -> Callable[[], str]:
        """Return the operation that takes back one's own last change of budgets."""

        def work() -> str:
            planning.undo_last(self.session)
            return _("The last change of budgets is undone.")

        return work

    # Files

    def action_export(self) -> None:
        """Ask for a file and write the year into it."""
        name = f"budget-{self.year.name.replace('/', '-')}.csv"
        prompt = PromptDialog(_("Export to which file? (.csv)"), name)
        self.app.push_screen(prompt, lambda path: self._export(path) if path else None)

    def copy_text(self, row: GridRow) -> str:
        """Return a row as text to copy: its account, all twelve months and the year."""
        digits = row.commodity.precision
        amounts = [plain(minor, digits) for minor in (*row.planned, sum(row.planned))]
        return "\t".join((safe(row.account.path), safe(row.commodity.code), *amounts))

    def export_work(self, path: str, rows: Sequence[GridRow] | None) -> Callable[[], str]:
        """Return the operation that writes what the filter shows."""
        del rows
        query, year = self.query_text, self.year

        def work() -> str:
            count = budget_files.export(self.session, Path(path), year, query=query,
                                        spreadsheet=True)  # fmt: skip
            text = ngettext("{n} row is in {path}.", "{n} rows are in {path}.", count)
            return text.format(n=count, path=path)

        return work

    def action_take_file(self) -> None:
        """Ask for a file and take the budgets in it."""

        def take(path: str | None) -> None:
            if path:
                self.change(
                    partial(budget_files.take, self.session, Path(path)),
                    said=lambda made: ngettext("{n} row is taken.", "{n} rows are taken.",
                                               made.rows).format(n=made.rows),
                )  # fmt: skip

        self.app.push_screen(PromptDialog(_("Import which file? (.csv)")), take)

    def why_not(self, action: Action) -> str:
        """Say what the grid cannot do."""
        if action.id in ("list.sort", "list.columns"):
            return _("The grid keeps its order and its columns; left and right move by months.")
        return super().why_not(action)

    def place(self) -> Place:
        """Return the budgets and their filter."""
        return Place(self.AREA, query=self.query_text, view=rooms.BUDGETS)


def _no_percent(text: str) -> str:
    try:
        budget_editing.read_percent(text)
    except BoconsoleError as error:
        return str(error)
    return ""
