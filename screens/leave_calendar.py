"""The calendar of leave: a month of people by days, walked with the list keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from boconsole.errors import InvalidChangeError
from boconsole.language import DAYS, MONTHS, N_, _
from boconsole.leave import permitted, team, typing, words
from boconsole.leave.granting import add_months
from boconsole.leave.team import Cell, Month
from boconsole.staff import words as staff_words
from screens import leave_facts, leave_rooms, staff_rooms
from screens.actions import CHANGE, GO, SHOW
from screens.cells import safe
from screens.dialogs import PromptDialog
from screens.following import RecordsChanged
from screens.keys import Action
from screens.places import Place
from screens.prose import block, toned, wrapped
from screens.shell import ShellScreen
from screens.widgets.bars import Heading
from screens.widgets.month_grid import MonthGrid, Row, Square

WHERE = "calendar"


def _keys() -> tuple[Action, ...]:
    def quiet(verb: str, title: str, *keys: str) -> Action:
        return Action(f"calendar.{verb}", title, keys, WHERE, GO, quiet=True)

    return (
        Action("calendar.open", N_("Open the request"), ("enter",), WHERE, GO, rank=1,
               short=N_("open")),
        Action("calendar.step-back", N_("Month before"), ("<",), WHERE, GO, rank=2,
               short=N_("month -")),
        Action("calendar.step-on", N_("Next month"), (">",), WHERE, GO, rank=3,
               short=N_("month +")),
        Action("calendar.period", N_("Choose the month"), ("d",), WHERE, GO, rank=5,
               short=N_("month")),
        Action("calendar.new", N_("Ask for leave from this day"), ("n",), WHERE, CHANGE, rank=4,
               short=N_("new")),
        Action("calendar.year-back", N_("Year before"), ("{",), WHERE, GO),
        Action("calendar.year-on", N_("Next year"), ("}",), WHERE, GO),
        Action("calendar.views", N_("Choose a view"), ("v",), WHERE, SHOW, rank=40,
               short=N_("views")),
        Action("calendar.refresh", N_("Read again"), ("r",), WHERE, SHOW),
        quiet("down", N_("Next person"), "j", "down"),
        quiet("up", N_("Person before"), "k", "up"),
        quiet("right", N_("Next day"), "l", "right"),
        quiet("left", N_("Day before"), "h", "left"),
        quiet("top", N_("First person"), "g"),
        quiet("bottom", N_("Last person"), "G"),
        quiet("start", N_("First day of the month"), "home", "0"),
        quiet("end", N_("Last day of the month"), "end", "$"),
        quiet("page-down", N_("Next page"), "pagedown", "ctrl+f"),
        quiet("page-up", N_("Page before"), "pageup", "ctrl+b"),
    )  # fmt: skip


class LeaveCalendarScreen(staff_rooms.InRooms, ShellScreen):
    """Who is away on which day of a month."""

    TITLE = "Leave calendar"
    ROOM = leave_rooms.CALENDAR
    AREA = staff_rooms.AREA
    FEATURE = leave_facts.FEATURE
    AUTO_FOCUS = "MonthGrid"
    CSS = "LeaveCalendarScreen #told { height: 3; width: 100%; padding: 0 1; }"
    ACTIONS: ClassVar[Sequence[Action]] = _keys()

    def __init__(self) -> None:
        super().__init__()
        self._month = date.min
        self._shown: Month | None = None

    # Reading

    def on_mount(self) -> None:
        """Read the month that it is."""
        if self._month == date.min:
            self._month = permitted.today_of(self.session).replace(day=1)
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the month again."""
        self.load(partial(team.month, self.session, self._month), self._take, group="month")

    def _take(self, found: Month) -> None:
        self._shown = found
        rows = [
            Row(member.employee_id, member.name, [_square(cell) for cell in member.cells])
            for member in found.members
        ]
        today = permitted.today_of(self.session)
        self.query_one(MonthGrid).show(found.first, rows, today)
        self.show_status()

    @on(RecordsChanged)
    def follow(self, event: RecordsChanged) -> None:
        """Read again when leave was changed."""
        if event.feature == self.FEATURE:
            self.action_refresh()

    # Showing

    def body(self) -> ComposeResult:
        """Yield the grid, and what is under its cursor."""
        yield MonthGrid()
        yield Static(id="told", markup=False)

    def heading(self) -> Heading:
        """Return the month."""
        if self._shown is None:
            return super().heading()
        first = self._shown.first
        told = f"{_(MONTHS[first.month - 1])} {first.year}"
        return super().heading()._replace(number=told)

    def place(self) -> Place:
        """Return the room."""
        return Place(self.AREA, view=self.ROOM)

    @on(MonthGrid.Moved)
    def _tell(self) -> None:
        grid, found = self.query_one(MonthGrid), self._shown
        if found is None or not found.members:
            return
        room = max(self.size.width - 2, 30)
        told = (self._here(grid, found), *_legend(found))
        lines = [wrapped(line, room)[0] for line in told]
        self.query_one("#told", Static).update(block(lines))

    def _here(self, grid: MonthGrid, found: Month) -> Content:
        member = found.members[grid.at]
        cell = member.cells[grid.day - 1]
        day = f"{_(DAYS[grid.date.weekday()])} {grid.date}"
        return toned((f"{day} {safe(member.name)}: ", "strong"), (_about(cell, found), ""))

    # Moving

    @property
    def _grid(self) -> MonthGrid:
        return self.query_one(MonthGrid)

    def action_down(self) -> None:
        """Go to the next person."""
        self._grid.move(rows=1)

    def action_up(self) -> None:
        """Go to the person before."""
        self._grid.move(rows=-1)

    def action_right(self) -> None:
        """Go to the next day, at the end to the next month."""
        grid, before = self._grid, self._grid.day
        grid.move(days=1)
        if grid.day == before:
            self.action_step_on()

    def action_left(self) -> None:
        """Go to the day before."""
        self._grid.move(days=-1)

    def action_top(self) -> None:
        """Go to the first person."""
        self._grid.move(rows=-len(self._grid.rows))

    def action_bottom(self) -> None:
        """Go to the last person."""
        self._grid.move(rows=len(self._grid.rows))

    def action_start(self) -> None:
        """Go to the first day."""
        self._grid.move(days=-31)

    def action_end(self) -> None:
        """Go to the last day."""
        self._grid.move(days=31)

    def action_page_down(self) -> None:
        """Go down by a screen."""
        self._grid.page(1)

    def action_page_up(self) -> None:
        """Go up by a screen."""
        self._grid.page(-1)

    def _go(self, month: date) -> None:
        self._month = month
        self.action_refresh()

    def action_step_back(self) -> None:
        """Go to the month before."""
        self._go(add_months(self._month, -1))

    def action_step_on(self) -> None:
        """Go to the next month."""
        self._go(add_months(self._month, 1))

    def action_year_back(self) -> None:
        """Go to the same month of the year before."""
        self._go(add_months(self._month, -12))

    def action_year_on(self) -> None:
        """Go to the same month of the next year."""
        self._go(add_months(self._month, 12))

    def action_period(self) -> None:
        """Ask for the month."""

        def wrong(text: str) -> str:
            try:
                typing.month(self.session, text)
            except InvalidChangeError as error:
                return error.reason
            return ""

        prompt = PromptDialog(_("Which month?"), f"{self._month:%Y-%m}", check=wrong)
        self.app.push_screen(
            prompt, lambda text: self._go(typing.month(self.session, text)) if text else None
        )

    def action_views(self) -> None:
        """Choose another room."""
        from screens.dialogs import Choice, MenuDialog

        choices = [Choice(name, name) for name in self.view_names()]

        def take(name: str | None) -> None:
            if name:
                self.show_view(name)

        self.app.push_screen(MenuDialog(_("Choose a view"), choices), take)

    # Acting

    def action_open(self) -> None:
        """Open the request under the cursor."""
        from screens.leave_request import LeaveRequestScreen

        grid, found = self._grid, self._shown
        if found is None or not found.members:
            return
        request_id = found.members[grid.at].cells[grid.day - 1].request_id
        if request_id:
            self.app.push_screen(LeaveRequestScreen(request_id))
        else:
            self.app.say(_("No request that you may open is on this day; n asks for leave."))

    def action_new(self) -> None:
        """Ask for leave from the day under the cursor on."""
        from screens import leave_forms

        grid, person = self._grid, ""
        if self.session.may(permitted.EDIT) and grid.row is not None:
            person = staff_words.number(grid.row.key)
        leave_forms.open_new(self, lambda _row: self.action_refresh(), grid.date, person)


def _square(cell: Cell) -> Square:
    """Return a day in two letters: small for half a day, `?` behind what is only asked for."""
    if cell.gone:
        return Square("", "", True)
    if cell.letter:
        letter = safe(cell.letter.lower() if cell.half else cell.letter)
        tone = "warn" if cell.asked else "info" if cell.request_id else "muted"
        return Square(f"{letter}?" if cell.asked else letter, tone)
    if cell.holiday:
        return Square("*", "muted", True)
    return Square("." if cell.rest else "-", "muted" if cell.rest else "", cell.rest)


def _about(cell: Cell, found: Month) -> str:
    """Return a day in words."""
    if cell.gone:
        return _("not employed")
    parts = []
    if cell.letter and (cell.request_id or cell.letter == team.AWAY):
        title = safe(found.letters.get(cell.letter, _("away")))
        number = f" {words.number(cell.request_id)}" if cell.request_id else ""
        parts.append(f"{title}{number}")
        if cell.half:
            parts.append(_("part of the day"))
        parts.append(_(words.STATES[words.REQUESTED]) if cell.asked
                     else _(words.STATES[words.APPROVED]))  # fmt: skip
    if cell.holiday:
        parts.append(safe(cell.holiday))
    if cell.rest:
        parts.append(_(words.DAY_KINDS["rest"]))
    return ", ".join(parts) or _(words.DAY_KINDS["workday"])


def _legend(found: Month) -> tuple[Content, Content]:
    """Return the letters of the month, and the marks."""
    letters = [f"{safe(letter)} {safe(title)}" for letter, title in found.letters.items()]
    marks = (_("A? asked for"), _("small: part of a day"), _("J joint leave"), _("* holiday"),
             _(". day of rest"))  # fmt: skip
    return toned(("  ".join(letters), "muted")), toned(("  ".join(marks), "muted"))
