"""The journal: the list of entries, and the first room of the area."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType

from boconsole.filters import Area
from boconsole.language import N_, _, grouped, ngettext
from boconsole.ledger import area, reading
from boconsole.ledger.reading import JournalLine
from boconsole.ledger.together import Ref
from screens import cells
from screens.actions import FIND
from screens.cells import Cell
from screens.dialogs import PromptDialog
from screens.keys import LIST, Action
from screens.ledger import facts, rooms
from screens.ledger.acts import LIST_KEYS, EntryActs
from screens.ledger.sources import JournalSource
from screens.lists import View
from screens.places import Place
from screens.prose import block
from screens.query_lists import QueryListScreen
from screens.widgets.columns import Column
from screens.widgets.preview import Preview


class JournalScreen(rooms.InRooms, QueryListScreen[JournalLine], EntryActs):
    """Entries, the newest first unless the query sorts them."""

    TITLE = "Ledger"
    ROOM = rooms.JOURNAL
    AREA = facts.AREA
    READS = "ledger.read"
    ACTIONS: ClassVar[Sequence[Action]] = (
        *LIST_KEYS,
        Action("ledger.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )
    PARTS = (
        "screens.ledger.entry:EntryScreen",
        "screens.ledger.accounts:AccountsScreen",
        "screens.ledger.register:RegisterScreen",
        "screens.ledger.forms:EntryFormScreen",
        "screens.ledger.statements:StatementsScreen",
        "screens.ledger.invoices:InvoicesScreen",
        "screens.ledger.invoice:DocumentScreen",
        "screens.ledger.invoice_form:DocumentFormScreen",
        "screens.ledger.payments:PaymentsScreen",
        "screens.ledger.payment:PaymentScreen",
        "screens.ledger.payment_form:PaymentFormScreen",
        "screens.ledger.open_items:OpenItemsScreen",
        "screens.ledger.account:AccountScreen",
        "screens.ledger.bank:BankScreen",
        "screens.ledger.reconcile:ReconcileScreen",
        "screens.ledger.approvals:ApprovalsScreen",
        "screens.ledger.closing:ClosingScreen",
        "screens.ledger.checklist:ChecklistScreen",
    )

    # What it shows

    def columns(self) -> Sequence[Column[JournalLine]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 14, lambda row: Cell(reading.number_of(row), "info"),
                   sort="number"),
            Column("date", N_("Date"), 10, lambda row: Cell(str(row.dated)), sort="date"),
            Column("state", N_("State"), 11, lambda row: facts.state_word(row.state), priority=1),
            Column("about", N_("Payee and description"), 18, lambda row: Cell(facts.about(row)),
                   grow=3),
            Column("sum", N_("Sum"), 20, lambda row: Cell(facts.sums(row.sums)), align="right"),
            Column("preparer", N_("Who"), 8, lambda row: Cell(cells.safe(row.preparer), "muted"),
                   priority=2, name=N_("Prepared by")),
            Column("code", N_("Code"), 8, lambda row: Cell(cells.safe(row.code)), priority=3),
            Column("kind", N_("Kind"), 9, lambda row: Cell(_(facts.KINDS.get(row.kind, row.kind))),
                   priority=4),
        )  # fmt: skip

    def source(self, query: str) -> JournalSource:
        """Return where the rows of a query come from."""
        return JournalSource(self.session, query)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No entry matches. n enters one, esc clears the filter, v has the views.")

    def preview(self, row: JournalLine) -> RenderableType:
        """Return an entry beside the list; reads."""
        room = self.query_one(Preview).room
        whole = reading.whole(self.session, str(row.id))
        return block(facts.picture(whole, room, self.session))

    def read_area(self) -> Area:
        """Return what queries may say about entries."""
        return area.remembered_area(self.session)

    # Going

    def first_views(self) -> Sequence[View]:
        """Return the journal as a whole."""
        return rooms.journal_views()

    def show_view(self, name: str) -> None:
        """Go to a room, or show a saved view."""
        room = rooms.named(name)
        if room is not None and room.screen:
            rooms.enter(self.app, room)
        elif not self._views:
            self.call_after_refresh(partial(QueryListScreen.show_view, self, name))
        else:
            QueryListScreen.show_view(self, name)

    async def show_place(self, place: Place) -> None:
        """Show a place again, in the room that it belongs to."""
        if room := rooms.lying_over(place):
            await rooms.show(self.app, room, place)
        else:
            await super().show_place(place)

    def open_row(self, row: JournalLine) -> None:
        """Open an entry."""
        self.open_entry(row.id)

    def open_entry(self, entry_id: int) -> None:
        """Open an entry by its id."""
        from screens.ledger.entry import EntryScreen

        self.app.push_screen(EntryScreen(entry_id, self))

    def open_number(self, number: str) -> None:
        """Open an entry by its number, as typed after `:`."""
        self.load(partial(reading.find, self.session, number), self.open_entry, group="open")

    # Files

    def action_export(self) -> None:
        """Ask for a file and write what is shown, or the marked entries, into it."""
        prompt = PromptDialog(
            _("Export to which file? (.csv, .xlsx, .journal or .beancount)"), "journal.csv"
        )
        self.app.push_screen(prompt, lambda path: self._export(path) if path else None)

    def export_work(
        self, path: str, rows: Sequence[JournalLine] | None
    ) -> Callable[[], str] | None:
        """Return the operation that writes a file of what is shown or marked."""
        query = self.query_text
        chosen = None if rows is None else [row.id for row in rows]

        def work() -> str:
            from boconsole.ledger import exporting

            done = exporting.export_listed(self.session, Path(path), query, chosen)
            return ngettext(
                "{n} entry is in {path}.", "{n} entries are in {path}.", done.entries
            ).format(n=grouped(done.entries), path=path)

        return work

    # Changing

    def with_refs(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Act on the marked entries, else on the one under the cursor."""
        self.with_chosen(
            lambda rows: then(
                [Ref(row.id, row.version, reading.number_of(row)) for row in rows]
            )
        )  # fmt: skip

    def changed(self) -> None:
        """Clear the marks once an operation on them is done."""
        self.table.clear_marks()
