"""Leave: what one asked for, and what others did whom one may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType
from textual import on

from boconsole.errors import NotFoundError
from boconsole.filters import whole
from boconsole.language import N_, _, grouped, ngettext
from boconsole.leave import asked_for, reading
from boconsole.leave.reading import Request
from boconsole.staff import finding
from screens import leave_facts, leave_rooms, staff_rooms
from screens.cells import Cell, safe
from screens.keys import LIST, Action
from screens.leave_acts import LeaveActs, impossible, leave_actions
from screens.lists import View
from screens.prose import block
from screens.registers import RegisterScreen
from screens.widgets import table_messages as messages
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

MINE = "is:mine"


class LeaveScreen(staff_rooms.InRooms, RegisterScreen[Request], LeaveActs):
    """Requests, the latest days first; one's own to begin with."""

    TITLE = "Leave"
    ROOM = leave_rooms.LEAVE
    AREA = staff_rooms.AREA
    FEATURE = leave_facts.FEATURE
    QUERY = MINE
    REGISTER = asked_for.REQUESTS
    VIEWS = (
        View(N_("My leave"), MINE),
        View(N_("All of mine"), "is:mine state:any"),
        View(N_("Leave of everybody"), "state:requested,approved,taken"),
        View(N_("Coming leave"), "state:requested,approved sort:first"),
    )
    ACTIONS: ClassVar[Sequence[Action]] = leave_actions(LIST)
    PARTS = ("screens.leave_request:LeaveRequestScreen", "screens.leave_balance:BalanceScreen")

    def __init__(self) -> None:
        super().__init__()
        self._left = ""
        self.view = _(self.VIEWS[0].name)

    # What it shows

    def columns(self) -> Sequence[Column[Request]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda row: Cell(row.number, "info"), sort="number"),
            Column("name", N_("Name"), 14, lambda row: Cell(safe(row.row.employee)), grow=2,
                   sort="name"),
            Column("type", N_("Type"), 12, lambda row: Cell(safe(row.row.title)), grow=1,
                   sort="type"),
            Column("first", N_("First"), 10, lambda row: Cell(str(row.row.first)), sort="first"),
            Column("last", N_("Last"), 10, lambda row: Cell(str(row.row.last)), sort="last"),
            Column("takes", N_("Takes"), 9, leave_facts.takes, align="right", sort="takes"),
            Column("state", N_("State"), 11, lambda row: leave_facts.state_word(row.state)),
            Column("by", N_("Decided by"), 10, lambda row: Cell(safe(row.row.decided_by), "muted"),
                   priority=1),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Request]:
        """Return the requests of everybody who is seen, of the last year and later; blocks."""
        return reading.seen(self.session)

    def selected(self, query: str) -> Sequence[Request]:
        """Return the requests that a query names; one's own, of any time, are read alone."""
        try:
            own = finding.own(self.session).id
        except NotFoundError:
            return super().selected(query)
        self._left = leave_facts.left(reading.balances_of(self.session, own))
        if MINE not in query.split():
            return super().selected(query)
        rows = reading.of_person(self.session, own)
        return whole.select(self.session, asked_for.REQUESTS, query, rows)

    def key_of(self, row: Request) -> int:
        """Return the id."""
        return row.row.id

    def heading(self) -> Heading:
        """Return the heading with what is left."""
        found = super().heading()
        return found._replace(number=" · ".join(filter(None, (found.number, self._left))))

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No leave is here. n asks for some, E explains the balance, v has the views.")

    def preview(self, row: Request) -> RenderableType:
        """Return a request beside the list, with the balance that it takes from."""
        room = self.query_one(Preview).room
        found = reading.balances_of(self.session, row.row.employee_id)
        return block(leave_facts.picture(row, room, found))

    def export_work(self, path: str, rows: Sequence[Request] | None) -> Callable[[], str] | None:
        """Return the operation that writes what is shown or marked."""

        def write(chosen: Sequence[Request]) -> str:
            from boconsole import record_files
            from boconsole.leave import exporting

            done = record_files.write(Path(path), [exporting.request(each) for each in chosen])
            told = ngettext("{n} request is in {path}.", "{n} requests are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return self.export_rows(path, rows, write)

    def why_not(self, action: Action) -> str:
        """Say what cannot be done to the request under the cursor."""
        row = self.row if not self.table.marks else None
        return (impossible(action, row) if row else "") or super().why_not(action)

    @on(messages.RowHighlighted)
    def _other_row(self) -> None:
        self.refresh_bindings()

    # Going

    def open_row(self, row: Request) -> None:
        """Open a request; J and K go on along the list."""
        from screens.leave_request import LeaveRequestScreen

        self.app.push_screen(LeaveRequestScreen(row.row.id, self))

    def neighbour(self, record_id: int, step: int) -> int | None:
        """Return the request after (1) or before (-1) another."""
        window = self.table.listing.window
        ids = [window.key(row) for row in window.rows]
        place = ids.index(record_id) + step if record_id in ids else -1
        if not 0 <= place < len(ids):
            return None
        self.table.jump_to(ids[place])
        return ids[place]

    def open_number(self, number: str) -> None:
        """Open a request by its number, as typed after `:`."""
        self.load(partial(reading.get, self.session, number), self.open_row, group="open")

    # Acting

    def undo_work(self) -> Callable[[], str] | None:
        """Return the operation that takes the last decision about leave back."""
        return partial(leave_facts.taken_back, self.session)

    def with_requests(self, then: Callable[[Sequence[Request]], object]) -> None:
        """Call `then` with the marked requests, else the one under the cursor."""
        self.with_chosen(then)

    def acted(self) -> None:
        """Forget the marks, and read again what is left."""
        self.table.clear_marks()
        self.table.refresh_rows()
