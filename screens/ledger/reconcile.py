"""The reconciliation of one account: the bank's lines, what is proposed for each, and the proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from boconsole.bank import desk, matching
from boconsole.bank.desk import EVERYTHING, BankLineRow, BankRow, Standing
from boconsole.errors import QuerySyntaxError
from boconsole.language import N_, _
from boconsole.ledger import reading
from screens.cells import Cell, safe
from screens.following import RecordsChanged
from screens.keys import Action
from screens.ledger import bank_facts, facts, rooms
from screens.ledger.bank_acts import ReconcileActs
from screens.ledger.bank_facts import Told
from screens.ledger.bank_keys import RECONCILE_KEYS
from screens.ledger.bank_sources import LinesSource
from screens.lists import REST, ListScreen, View
from screens.places import Place
from screens.prose import block
from screens.widgets import table_messages as messages
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.pane import Pane
from screens.widgets.preview import Preview

EDGES = 3
"""Cells of a line that padding and scrollbar take."""


class ReconcileScreen(rooms.InRooms, ListScreen[BankLineRow], ReconcileActs):
    """Lines of the bank, those that are to be decided first.

    Args:
        bank: Whose.
        query: To begin with.
    """

    TITLE = "Reconciliation"
    ROOM = rooms.BANK
    AREA = facts.AREA
    FEATURE = bank_facts.FEATURE
    CSS_PATH = "../styles/bank.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = RECONCILE_KEYS

    def __init__(self, bank: BankRow, query: str = "") -> None:
        self.bank = bank
        self.told: Told | None = None
        self.chosen = 0
        self.standing: Standing | None = None
        self._told_timer: Timer | None = None
        super().__init__()
        self.query_text = query

    # What it shows

    def columns(self) -> Sequence[Column[BankLineRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        digits = self.bank.precision
        return (
            Column("date", N_("Date"), 10, lambda row: Cell(str(row.dated))),
            Column("state", N_("State"), 9, bank_facts.state_word),
            Column("amount", N_("Amount"), 18, lambda row: Cell(facts.money(row.amount, digits)),
                   align="right"),
            Column("text", N_("Text"), 24, lambda row: Cell(safe(matching.text_of(row))), grow=3),
            Column("reference", N_("Reference"), 12, lambda row: Cell(safe(row.reference)),
                   grow=1, priority=2),
            Column("line", N_("Line"), 7, lambda row: Cell(str(row.id), "muted"), align="right",
                   priority=1),
        )  # fmt: skip

    def body(self) -> ComposeResult:
        """Yield the proof above the list, and what is proposed below it."""
        yield Static(id="proof", markup=False)
        yield from super().body()
        with Pane(id="ways"):
            yield Static(id="told", markup=False)

    def heading(self) -> Heading:
        """Return the account."""
        return super().heading()._replace(view=safe(self.bank.account))

    def source(self, query: str) -> LinesSource:
        """Return where the rows of a query come from."""
        return LinesSource(self.session, self.bank, query)

    def views(self) -> Sequence[View]:
        """Return what is to be done, and everything."""
        return [View(_("Lines to reconcile"), ""), View(_("All lines"), EVERYTHING)]

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No line is left here. h shows all, I imports a statement, C closes.")

    def check(self, query: str) -> tuple[int, str] | None:
        """Return column and message of what is wrong with a query."""
        try:
            desk.read_query(query, self.bank)
        except QuerySyntaxError as error:
            return error.column, error.reason
        return None

    def preview(self, row: BankLineRow) -> RenderableType:
        """Return what the bank says, and the entry that is proposed or matched; reads."""
        room = self.query_one(Preview).room
        told = bank_facts.read(self.session, row.id)
        lines = bank_facts.facts(self.bank, told.line, room)
        books = [*told.books, *(book for way in told.ways[:1] for book in way.lines)]
        for entry_id in dict.fromkeys(book.entry_id for book in books):
            whole = reading.whole(self.session, str(entry_id))
            lines += [Content(""), *facts.picture(whole, room, self.session)]
        return block(lines)

    def on_mount(self) -> None:
        """Read how the account stands."""
        self._read_proof()

    def _read_proof(self) -> None:
        self.load(partial(desk.standing, self.session, self.bank), self._take_proof, group="proof")

    def _take_proof(self, found: Standing) -> None:
        self.standing = found
        self._show_proof()

    def _show_proof(self) -> None:
        if self.standing is not None:
            lines = bank_facts.proof(self.bank, self.standing, self.size.width - 2)
            self.query_one("#proof", Static).update(block(lines))

    def on_resize(self) -> None:
        """Lay proof and proposals out in the new width."""
        super().on_resize()
        self._show_proof()
        self.show_told()

    @on(messages.Counted)
    @on(messages.RowHighlighted)
    def _line_changed(self) -> None:
        """Read the proposals of the line once the cursor rests on it."""
        if self._told_timer is not None:
            self._told_timer.stop()
        self._told_timer = self.set_timer(REST, self._read_told)

    def _read_told(self) -> None:
        row = self.row
        if row is None:
            self.told = None
            self.show_told()
        elif self.told is None or self.told.line != row:
            self.load(partial(bank_facts.read, self.session, row.id), self._take_told, group="told")

    def _take_told(self, told: Told) -> None:
        if self.row is not None and told.line.id == self.row.id:
            self.told, self.chosen = told, 0
            self.show_told()

    def show_told(self) -> None:
        """Show the proposals again."""
        pane = self.query_one("#ways", Pane)
        lines = bank_facts.picture(self.bank, self.told, self.chosen, self.size.width - EDGES)
        self.query_one("#told", Static).update(block(lines))
        pane.scroll_home(animate=False)
        self.refresh_bindings()

    # Following

    @on(RecordsChanged)
    def balances_changed(self, event: RecordsChanged) -> None:
        """Read proof and proposals again, and the lines where others than theirs changed."""
        if event.feature not in bank_facts.FEATURES:
            return
        if event.feature != self.FEATURE:
            self.records_changed(RecordsChanged(self.FEATURE, ()))
        if self.is_current:
            self._begin_again()

    def on_screen_resume(self) -> None:
        """Catch up with what changed under another screen."""
        if self.standing is not None:
            self._begin_again()

    def _begin_again(self) -> None:
        self.told = None
        self._read_proof()
        self._line_changed()

    def acted(self) -> None:
        """Clear the marks once an operation on them is done."""
        self.table.clear_marks()

    def with_lines(self, then: Callable[[Sequence[BankLineRow]], object]) -> None:
        """Act on the marked lines, else on the one under the cursor."""
        self.with_chosen(then)

    def undo_work(self) -> Callable[[], str] | None:
        """Return the operation that takes back the last act of this person."""
        return ReconcileActs.undo_work(self)

    # Going

    def action_all(self) -> None:
        """Show everything, or what is to be done alone."""
        words = [word for word in self.query_text.split() if not word.startswith("state:")]
        shown = EVERYTHING in self.query_text.split()
        self.show_query(" ".join(words if shown else [EVERYTHING, *words]))
        self.app.places.visit(self.place())

    def open_row(self, row: BankLineRow) -> None:
        """Open the entry that a line is matched with, or the proposed one."""

        def show(told: Told) -> None:
            from screens.ledger.entry import EntryScreen

            way = told.ways[min(self.chosen, len(told.ways) - 1)] if told.ways else None
            books = told.books or (way.lines if way else ())
            if books:
                self.app.push_screen(EntryScreen(books[0].entry_id))
            else:
                self.app.say(_("There is no entry yet; n makes one."))

        if self.told is not None and self.told.line.id == row.id:
            show(self.told)
        else:
            self.load(partial(bank_facts.read, self.session, row.id), show, group="open")

    def action_entries(self) -> None:
        """Show the entries of the account in the journal."""
        query = rooms.of_account(self.bank.account)
        self.app.call_later(self.app.go, Place(self.AREA, query=query))

    def why_not(self, action: Action) -> str:
        """Say what these lines cannot do."""
        if action.id == "list.sort":
            return _("Lines of the bank stand in order of day.")
        return super().why_not(action)

    def show_view(self, name: str) -> None:
        """Show a view, or go to another room; that of all banks lies below."""
        room = rooms.named(name)
        if room is not None and room.id == self.ROOM:
            self.app.call_later(self.app.pop_screen)
        else:
            super().show_view(name)

    def place(self) -> Place:
        """Return this account in the room of the bank."""
        return Place(self.AREA, query=self.query_text, view=f"{self.ROOM}/{self.bank.account}")

    async def show_place(self, place: Place) -> None:
        """Show the query of a place."""
        if place.query != self.query_text:
            self.show_query(place.query)
