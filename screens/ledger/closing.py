"""The closing room: years and months, lock dates, and exceptions from them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from textual import on

from boconsole.closing import overview
from boconsole.closing.overview import Row
from boconsole.language import N_, _
from boconsole.ledger import exceptions
from boconsole.ledger.reading import Count
from boconsole.session import Session
from screens.actions import CHANGE, SHOW
from screens.cells import Cell
from screens.dialogs import ConfirmDialog
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.ledger import closing_facts, closing_forms, facts, rooms
from screens.ledger.closing_acts import PERIOD_KEYS, PeriodActs
from screens.ledger.sources import Rows
from screens.lists import ListScreen
from screens.places import Place
from screens.prose import block
from screens.widgets import table_messages as messages
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview
from screens.widgets.window import Around

BOOKS = ("ledger", "invoice", "payment")
"""Features whose changes are seen in the numbers of months."""


class ClosingSource:
    """The lines of the room; entries are counted for those that are shown."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.last: Sequence[Row] = ()

    def _rows(self) -> Sequence[Row]:
        self.last = overview.rows(self._session)
        return self.last

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[Row]:
        """Return at most `limit` rows next to a place."""
        found = self._rows()
        keys = [str(row.key) for row in found]
        at = keys.index(after) if after in keys else -1
        if backwards:
            stop = at if at >= 0 else len(found)
            start = max(0, stop - limit)
            return self._some(found[start:stop], more=start > 0)
        return self._some(found[at + 1 : at + 1 + limit], more=at + 1 + limit < len(found))

    def _some(self, found: Sequence[Row], *, more: bool) -> Rows[Row]:
        rows = overview.counted(found)
        ends = (str(rows[0].key), str(rows[-1].key)) if rows else ("", "")
        return Rows(rows, *ends, more)

    def count(self) -> Count:
        """Return how many rows there are."""
        return Count(len(self._rows()), capped=False)

    def around(self, record: int, limit: int) -> Around[Row] | None:
        """Return rows with one amidst them, or None where it is gone."""
        found = self._rows()
        places = [place for place, row in enumerate(found) if row.key == record]
        if not places:
            return None
        start = max(0, places[0] - limit // 2)
        some = self._some(found[start : start + limit], more=start + limit < len(found))
        return Around(some.rows, some.first, some.last, start > 0, some.more)

    def key(self, row: Row) -> int:
        """Return the row's own number."""
        return row.key


def _no_exception(screen: ClosingScreen) -> str:
    if screen.row is not None and screen.row.kind == "exception":
        return ""
    return _("Only an exception can be withdrawn; go to its line.")


def _no_part(screen: ClosingScreen) -> str:
    if screen.row is not None and screen.row.kind == "lock":
        return ""
    return _("Go to the line of a lock date first.")


class ClosingScreen(rooms.InRooms, ListScreen[Row], PeriodActs):
    """Years and months, the latest year first, below the lock dates."""

    TITLE = "Closing"
    ROOM = rooms.CLOSING
    AREA = facts.AREA
    ACTIONS: ClassVar[Sequence[Action]] = (
        *PERIOD_KEYS,
        Action("period.lock-date", N_("Move the lock date"), ("d",), LIST, CHANGE, rank=12,
               short=N_("lock date"), when=_no_part),
        Action("period.new", N_("Allow an exception"), ("n",), LIST, CHANGE, rank=13,
               short=N_("exception"),
               help=N_("Somebody books before a lock date for some time.")),
        Action("period.remove", N_("Withdraw the exception"), ("D",), LIST, CHANGE, rank=14,
               short=N_("withdraw"), when=_no_exception),
        Action("period.thresholds", N_("Sums above which approvals are needed"), ("T",), LIST,
               SHOW, rank=16, short=N_("thresholds")),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._next: Row | None = None
        self._source: ClosingSource | None = None

    # What it shows

    def columns(self) -> Sequence[Column[Row]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("name", N_("Month or lock"), 18, closing_facts.name, grow=1),
            Column("state", N_("State"), 22, self._state),
            Column("entries", N_("Entries"), 7, closing_facts.entries, align="right"),
            Column("drafts", N_("Drafts"), 6, closing_facts.drafts, align="right"),
            Column("result", N_("Result"), 20, closing_facts.earned, align="right"),
        )  # fmt: skip

    def _state(self, row: Row) -> Cell:
        return closing_facts.state(row, self.session.zone)

    def source(self, query: str) -> ClosingSource:
        """Return where the rows come from."""
        del query
        self._source = ClosingSource(self.session)
        return self._source

    def heading(self) -> Heading:
        """Return the room, with the locks and exceptions that the rows may have scrolled away."""
        locks = closing_facts.locks(self._source.last if self._source else ())
        return super().heading()._replace(filter=locks)

    def preview(self, row: Row) -> RenderableType:
        """Return a line beside the list."""
        room = self.query_one(Preview).room
        return block(closing_facts.picture(row, room, self.session.zone))

    def on_mount(self) -> None:
        """Begin at the month that is to be closed next."""

        def find() -> Row | None:
            return overview.next_to_close(overview.rows(self.session))

        def take(row: Row | None) -> None:
            self._next = row
            self._begin()

        self.load(find, take, group="next")

    @on(messages.Counted)
    def _begin(self) -> None:
        """Go to the month to close, once both it and the first rows are known."""
        self.refresh_bindings()
        if self._next is not None and self.row is not None:
            self.table.jump_to(self._next.key)
            self._next = None

    @on(RecordsChanged)
    def books_changed(self, event: RecordsChanged) -> None:
        """Read the rows again when something was booked or prepared elsewhere."""
        if event.feature not in BOOKS:
            return
        if self.is_current:
            self.changed()
        else:
            self._stale = True

    @property
    def span(self) -> Row | None:
        """The row under the cursor."""
        return self.row

    def changed(self, _answer: object = None) -> None:
        """Read the rows again."""
        self.table.refresh_rows()
        self.show_preview(again=True)

    def why_not(self, action: Action) -> str:
        """Say what this room cannot do."""
        if action.id in ("list.filter", "list.sort", "list.mark", "list.mark-all"):
            return _("The closing room shows everything, in its order.")
        return super().why_not(action)

    # Going

    def open_row(self, row: Row) -> None:
        """Open the check list of a month or year, or ask for what can be changed of a lock."""
        if row.kind == "lock":
            self.action_lock_date()
        elif row.kind == "exception":
            self.action_remove()
        else:
            self.open_list(row)

    def open_list(self, row: Row) -> None:
        """Open the check list of a month or year."""
        from screens.ledger.checklist import ChecklistScreen

        self._next = None
        self.app.push_screen(ChecklistScreen(row))

    def place(self) -> Place:
        """Return the room."""
        return Place(self.AREA, view=rooms.CLOSING)

    async def show_place(self, place: Place) -> None:
        """Show the check list of the month or year that a place names."""
        if not place.view:
            return
        work = partial(overview.find, self.session, place.view)
        self.load(work, lambda row: self.open_list(row) if row else None, group="open")

    # Changing

    def action_lock_date(self) -> None:
        """Ask for the lock date of the part under the cursor."""
        if (row := self.row) is not None and row.kind == "lock":
            self.app.push_screen(closing_forms.lock_form(self.session, row, self.changed))

    def action_new(self) -> None:
        """Ask for an exception, from the lock under the cursor."""
        row = self.row
        part = row.name if row is not None and row.name in exceptions.EXCEPTED else "ledger"
        self.app.push_screen(closing_forms.exception_form(self.session, part, self.changed))

    def action_remove(self) -> None:
        """Ask, then withdraw the exception under the cursor."""
        if (row := self.row) is None or row.exception is None:
            return
        number = row.exception.id

        def take(sure: bool | None) -> None:
            if sure:
                self.change(partial(exceptions.withdraw, self.session, number),
                            said=_("Exception {number} has ended.").format(number=number),
                            done=self.changed)  # fmt: skip

        question = _("Withdraw the exception of {who} ({reason})? The lock date holds again.")
        self.app.push_screen(
            ConfirmDialog(
                question.format(who=closing_facts.who(row), reason=row.exception.reason),
                yes=_("withdraw"),
            ),
            take,
        )

    def action_thresholds(self) -> None:
        """Open the sums above which an approval is needed."""
        from screens.admin.books import LIMITS
        from screens.admin.screen import PartScreen

        self.app.push_screen(PartScreen(LIMITS))
