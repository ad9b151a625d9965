"""A report: its chart above, its lines below, each leading to the list of what it counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from boconsole.errors import BoconsoleError, QuerySyntaxError
from boconsole.filters import Area
from boconsole.home.lists import LISTS
from boconsole.language import N_, _, grouped, ngettext
from boconsole.moments import add_months
from boconsole.reports import narrowing, running, telling, typing
from boconsole.reports.running import Parameters, Result
from boconsole.reports.shapes import Report, Row
from screens.actions import FIND, GO, SHOW
from screens.cells import Cell, safe
from screens.contacts.tabs import Laid, Rows, TabRow
from screens.dialogs import Choice, MenuDialog
from screens.file_prompts import ask_file
from screens.keys import Action
from screens.operations import StoppedError
from screens.places import Place
from screens.prose import block, toned, wrapped
from screens.shell import ShellScreen
from screens.tabbed import ENDS, TabRows
from screens.widgets.bars import Heading
from screens.widgets.filter_line import Candidates, FilterLine

REPORT = "report"
FEW_MONTHS = 2
"""Counted at once, without a word."""
ROOM_TO_TELL = 30
"""Lines of a window that has room for how the figures are made."""
ACTIONS = (
    Action("report.filter", N_("Change what is asked"), ("/",), REPORT, FIND, rank=2,
           short=N_("ask"), help=N_("by:, since:, until: and terms such as prio:high.")),
    Action("report.views", N_("By what its lines are"), ("v",), REPORT, FIND, rank=3,
           short=N_("by"), when=lambda screen: screen.why_not_by()),
    Action("report.step-back", N_("The days before"), ("<",), REPORT, GO, rank=4,
           short=N_("before"), when=lambda screen: screen.why_not_days()),
    Action("report.step-on", N_("The days after"), (">",), REPORT, GO, rank=5,
           short=N_("after"), when=lambda screen: screen.why_not_days()),
    Action("report.preview", N_("Chart on or off"), ("p",), REPORT, SHOW, rank=6,
           short=N_("chart")),
    Action("report.export", N_("Export the report"), ("x",), REPORT, SHOW, rank=7,
           short=N_("export")),
    Action("report.schedules", N_("Let it run by itself"), ("S",), REPORT, SHOW, rank=8,
           short=N_("schedule")),
    Action("report.refresh", N_("Read again"), ("r",), REPORT, SHOW),
)  # fmt: skip


class ReportScreen(ShellScreen):
    """One report.

    Args:
        report: Which one.
        line: Its parameters, as `boconsole.reports.typing` writes them.
    """

    TITLE = "Report"
    AREA = "reports"
    AUTO_FOCUS = "#rows"
    CSS_PATH = "styles/reports.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = ACTIONS

    class Counted(Message):
        """So many of so many months are counted."""

        def __init__(self, done: int, of: int) -> None:
            super().__init__()
            self.done, self.of = done, of

    def __init__(self, report: Report, line: str = "") -> None:
        super().__init__()
        self.report, self.line = report, line
        self.result: Result | None = None
        self._area: Area | None = None
        self._listed = ""

    # Reading

    def on_mount(self) -> None:
        """Run the report."""
        self.read_again()
        self._read_names()

    def _read_names(self) -> None:
        by = typing.read(self.line).by.lower()
        self._listed = narrowing.list_of(self.report, by)
        read = partial(narrowing.area_of, self.session, self._listed, remembered=True)
        self.load(read, self._take_area, group="names")

    def _take_area(self, area: Area | None) -> None:
        self._area = area

    def read_again(self) -> None:
        """Run the report with what is asked now."""
        work = partial(running.run, self.session, self.report.name, typing.read(self.line),
                       self._counted)  # fmt: skip
        self.load(work, self._take, group="report")

    def _counted(self, done: int, of: int) -> None:
        """Tell how far sums are counted anew; called in the thread that counts."""
        if self.app.operations.stopping:
            raise StoppedError
        if of > FEW_MONTHS:
            self.post_message(self.Counted(done, of))

    def on_report_screen_counted(self, event: Counted) -> None:
        """Show how far sums are counted."""
        told = _("Sums of tickets are counted anew: {done} of {of} months; esc stops, r goes on.")
        text = told.format(done=event.done, of=event.of)
        self.query_one("#head", Static).update(toned((text, "muted")))

    def _take(self, result: Result) -> None:
        self.result = result
        self._show()

    # Showing

    def body(self) -> ComposeResult:
        """Yield the line of parameters, the chart and the lines."""
        yield FilterLine(self.line, complete=self.complete, check=self.check, id="filter",
                         placeholder=_("by:queue since:2026-01-01 until:today"))  # fmt: skip
        yield Container(id="chart")
        yield Static(toned((_("reading…"), "muted")), id="head", markup=False)
        yield TabRows(id="rows", markup=False, compact=True)
        yield Static(id="told", markup=False)

    def heading(self) -> Heading:
        """Return title, days and how many lines there are."""
        found = super().heading()._replace(view=_(self.report.title), filter=self.line)
        if self.result is None:
            return found
        count = len(self.result.answer.rows)
        lines = ngettext("{n} line", "{n} lines", count).format(n=grouped(count))
        return found._replace(filter=safe(self._asked(self.result)), number=lines)

    def _asked(self, result: Result) -> str:
        by = (f"by:{result.asked.by}",) if result.asked.by else ()
        return "  ".join((*by, telling.days(result)))

    def on_resize(self) -> None:
        """Lay the lines out for another width."""
        if self.result is not None:
            self.call_after_refresh(self._show)

    def _show(self) -> None:
        if self.result is None:
            return
        self._show_chart(self.result)
        self._show_rows(self.result)
        told = self.query_one("#told", Static)
        told.display = self.size.height >= ROOM_TO_TELL and bool(self.result.answer.told)
        room = self.size.width - 2
        lines = [line for text in self.result.answer.told
                 for line in wrapped(toned((safe(text), "muted")), room)]  # fmt: skip
        told.update(block(lines))
        self.show_status()

    def _show_chart(self, result: Result) -> None:
        from screens.report_chart import ReportChart

        place = self.query_one("#chart", Container)
        place.display = result.answer.chart is not None and not self.has_class("-plain")
        charts = place.query(ReportChart)
        if not charts:
            place.mount(chart := ReportChart())
            chart.call_after_refresh(chart.show, result)
        else:
            charts.first().show(result)

    def _show_rows(self, result: Result) -> None:
        columns, lines = result.answer.columns, telling.lines(result)
        menu, head = self.query_one(TabRows), self.query_one("#head", Static)
        place = menu.highlighted or 0
        menu.clear_options()
        if not lines:
            head.update(toned((_("Nothing was found for these days and this query."), "muted")))
            return
        right = frozenset(at for at, column in enumerate(columns) if column.kind != "text")
        drops = tuple(range(len(columns) - 1, 1, -1))
        nowhere = Place("")
        rows = Rows(tuple(column.title for column in columns),
                    [TabRow(tuple(Cell(safe(cell)) for cell in line), nowhere) for line in lines],
                    "", nowhere, right, drops=drops)  # fmt: skip
        laid = Laid(rows, self.size.width - ENDS)
        head.update(laid.laid_out([Cell(title, "muted") for title in rows.headings]))
        summed = len(lines) > len(result.answer.rows)
        for at, row in enumerate(rows.lines):
            last = summed and at == len(lines) - 1
            text = laid.laid_out(row.cells)
            menu.add_option(Option(Content.styled(text.plain, "bold") if last else text,
                                   disabled=last))  # fmt: skip
        menu.highlighted = min(place, len(result.answer.rows) - 1)

    # Asking

    def check(self, line: str) -> tuple[int, str] | None:
        """Return column and message of what is wrong with a line of parameters."""
        asked = typing.read(line)
        try:
            running.check(self.session, self.report, replace(asked, query=""))
            if asked.query.strip():
                narrowing.check_typed(self.session, self.report, asked.by, asked.query, self._area)
        except QuerySyntaxError as error:
            return line.find(asked.query) + error.column if asked.query else 0, error.reason
        except BoconsoleError as error:
            return 0, str(error)
        return None

    def complete(self, line: str, caret: int) -> Candidates | None:
        """Return what could stand at the caret of the line."""
        own = typing.complete(line, caret, self.report)
        if own is not None:
            return own
        by = typing.read(line).by.lower()
        return narrowing.complete_typed(self.session, self.report, by, line, caret, self._area)

    def ask(self, line: str) -> None:
        """Run the report with other parameters."""
        self.line = line
        self.read_again()
        if narrowing.list_of(self.report, typing.read(line).by.lower()) != self._listed:
            self._read_names()
        self.app.places.visit(self.place())

    @on(FilterLine.Submitted)
    def _submitted(self, event: FilterLine.Submitted) -> None:
        self.leave_filter()
        self.ask(event.text)

    @on(FilterLine.Left)
    def _left(self) -> None:
        self.leave_filter()

    def leave_filter(self) -> None:
        """Hide the line and go back to the rows."""
        self.remove_class("-filtering")
        self.query_one(TabRows).focus()

    def action_filter(self) -> None:
        """Show the line of parameters and put the cursor into it."""
        line = self.query_one(FilterLine)
        line.last_good = self.line
        line.text = f"{self.line} ".lstrip()
        self.add_class("-filtering")
        line.focus()

    def why_not_by(self) -> str:
        """Say why its lines cannot be others."""
        return "" if len(self.report.by) > 1 else _("The lines of this report are always the same.")

    def why_not_days(self) -> str:
        """Say why other days cannot be asked."""
        return "" if self.report.spans else _("This report tells of today.")

    def action_views(self) -> None:
        """Choose what the lines are."""
        current = self.result.asked.by if self.result else ""
        menu = MenuDialog(_("Lines by"), [Choice(by, by) for by in self.report.by],
                          current=current)  # fmt: skip
        self.app.push_screen(menu, self._by)

    def _by(self, by: str | None) -> None:
        if by:
            self.ask(typing.write(replace(typing.read(self.line), by=by, of="")))

    def action_step_back(self) -> None:
        """Show as many days before."""
        self._step(-1)

    def action_step_on(self) -> None:
        """Show as many days after."""
        self._step(1)

    def _step(self, step: int) -> None:
        if self.result is None:
            return
        asked = self.result.asked
        first, last = moved(asked.first, asked.last, step)
        typed = typing.read(self.line)
        days = Parameters(str(first), str(last), asked.by, typed.query,
                          "" if asked.is_by_time else typed.of)  # fmt: skip
        self.ask(typing.write(days))

    # Acting

    @on(OptionList.OptionSelected, "#rows")
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.result is None:
            return
        answer = self.result.answer
        row = answer.rows[event.option_index]
        more = [(place, query) for place, query in row.more if row.cells[place]]
        if row.record:
            self.app.open_record(row.record)
        elif row.of is not None:
            self._open_line(row.of)
        elif row.query is None:
            self.app.say(_("This line has nothing behind it: its records cannot be told apart."))
        elif not more:
            self._go(row, row.query)
        else:
            self._choose(row, [(1, row.query), *more])

    def _go(self, row: Row, query: str) -> None:
        assert self.result is not None
        listed = LISTS[row.listed or self.result.answer.listed]
        self.app.call_later(self.app.go, Place(listed.area, query=query, view=listed.room))

    def _open_line(self, of: str) -> None:
        """Show the records of a line, one by one, over this screen."""
        asked = replace(typing.read(self.line), of=of or running.NOTHING)
        screen = ReportScreen(self.report, typing.write(asked))
        self.app.push_screen(screen)
        self.app.places.visit(screen.place())

    def _choose(self, row: Row, ways: Sequence[tuple[int, str]]) -> None:
        """Ask which number of a line is meant."""
        assert self.result is not None
        columns = self.result.answer.columns
        choices = []
        for place, query in ways:
            number = telling.shown(row.cells[place], columns[place])
            choices.append(Choice(query, f"{columns[place].title}: {number}"))

        def chosen(query: str | None) -> None:
            if query is not None:
                self._go(row, query)

        title = safe(telling.name(row.cells[0], columns[0]))
        self.app.push_screen(MenuDialog(title, choices), chosen)

    def action_preview(self) -> None:
        """Turn the chart on or off."""
        self.toggle_class("-plain")
        self._show()

    def action_refresh(self) -> None:
        """Run the report again."""
        self.read_again()

    def action_export(self) -> None:
        """Ask for a file and write the report into it."""
        title = _("Export to which file? (.csv, .xlsx, .json, .pdf, .svg or .png)")
        ask_file(self, title, f"{self.report.name}.pdf", self._export)

    def action_schedules(self) -> None:
        """Open the form of a schedule for what is asked now."""
        from screens.report_schedules import schedule_form

        self.app.push_screen(schedule_form(self.session, None, self.report.name, self.line))

    def _export(self, path: str) -> Callable[[], str]:
        result = self.result

        def write() -> str:
            from boconsole.reports import exporting

            assert result is not None
            exporting.write(result, Path(path).expanduser())
            return _("Written to {path}.").format(path=safe(path))

        return write

    def place(self) -> Place:
        """Return what is shown, for the places visited."""
        return Place(self.AREA, query=self.line, view=self.report.name)


def moved(first: date, last: date, step: int) -> tuple[date, date]:
    """Return as many days before or after; whole months stay whole ones."""
    after = last + timedelta(days=1)
    if first.day == after.day == 1:
        months = (after.year - first.year) * 12 + after.month - first.month
        return add_months(first, step * months), add_months(after, step * months) - timedelta(1)
    span = (after - first) * step
    return first + span, last + span
