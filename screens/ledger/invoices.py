"""The documents of each side: invoices to customers, bills of suppliers, their credit notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType
from textual import on

from boconsole.filters import Area
from boconsole.invoices import area, documents, reading
from boconsole.invoices.documents import InvoiceRow
from boconsole.invoices.reading import Count, OpenSums
from boconsole.invoices.words import Side, invoice_number, state_of
from boconsole.language import N_, _, grouped, ngettext
from boconsole.ledger.together import Ref
from boconsole.session import Session
from screens.actions import FIND
from screens.cells import Cell, safe
from screens.file_prompts import ask_file
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.ledger import invoice_facts as facts
from screens.ledger import rooms
from screens.ledger.facts import AREA, money
from screens.ledger.invoice_acts import LIST_KEYS, PAYMENT, DocumentActs
from screens.ledger.sources import Rows
from screens.lists import View
from screens.prose import block
from screens.query_lists import QueryListScreen
from screens.widgets import table_messages as messages
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview
from screens.widgets.window import Around

VIEWS = (
    View(N_("Drafts"), "is:draft"),
    View(N_("Open"), "is:open sort:due"),
    View(N_("Overdue"), "is:overdue sort:due"),
    View(N_("Paid"), "state:paid"),
    View(N_("Credit notes"), "is:credit"),
    View(N_("All"), ""),
)


class DocumentSource:
    """The documents of a side that a query finds."""

    def __init__(self, session: Session, side: Side, query: str) -> None:
        self._session = session
        self._side = side
        self._query = query

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[InvoiceRow]:
        """Return at most `limit` rows next to a place."""
        found = reading.list_page(
            self._session, self._side, self._query, after or "", limit, backwards=backwards
        )
        ends = (found.cursors[0], found.cursors[-1]) if found.cursors else ("", "")
        return Rows(found.rows, *ends, found.more)

    def count(self) -> Count:
        """Return how many rows there are, counted to a limit."""
        return reading.count(self._session, self._side, self._query)

    def around(self, record: int, limit: int) -> Around[InvoiceRow] | None:
        """Return rows with a document amidst them, or None when the query does not find it."""
        found = reading.page_around(self._session, self._side, self._query, record, limit)
        if found is None:
            return None
        first, last = found.cursors[0], found.cursors[-1]
        before = self.page(first, 1, backwards=True).rows
        return Around(found.rows, first, last, bool(before), found.more)

    def key(self, row: InvoiceRow) -> int:
        """Return the document's id."""
        return row.id


class DocumentsScreen(rooms.InRooms, QueryListScreen[InvoiceRow], DocumentActs):
    """Documents of one side, the newest first unless the query sorts them."""

    AREA = AREA
    FEATURE = facts.FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        *LIST_KEYS,
        Action("document.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )

    def __init__(self) -> None:
        super().__init__()
        self._sums: OpenSums | None = None

    # What it shows

    def columns(self) -> Sequence[Column[InvoiceRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 14, lambda row: Cell(invoice_number(row), "info"),
                   sort="number"),
            Column("letter", N_("S"), 1, facts.state_letter, name=N_("Letter of the state")),
            Column("date", N_("Date"), 10, lambda row: Cell(str(row.dated)), sort="date",
                   priority=2),
            Column("due", N_("Due"), 12, self._due, sort="due"),
            Column("contact", N_("Contact"), 12, lambda row: Cell(safe(row.partner)), grow=3,
                   sort="contact"),
            Column("state", N_("State"), 11, lambda row: Cell(_(state_of(row))), priority=3),
            Column("total", N_("Amount"), 17, facts.total, align="right"),
            Column("open", N_("Left open"), 13, facts.open_part, align="right"),
            Column("reference", N_("Reference"), 12, lambda row: Cell(safe(row.reference)),
                   grow=1, priority=4),
        )  # fmt: skip

    def _due(self, row: InvoiceRow) -> Cell:
        return facts.due(row, facts.today(self.session))

    def source(self, query: str) -> DocumentSource:
        """Return where the rows of a query come from."""
        return DocumentSource(self.session, self.SIDE, query)

    def heading(self) -> Heading:
        """Return room and view, and what is open of all that is shown."""
        found = super().heading()
        return found._replace(number=f"{found.number}{self._open_text()}")

    def _open_text(self) -> str:
        if self._sums is None or not self._sums.sums:
            return ""
        first, more = self._sums.sums[0], len(self._sums.sums) - 1
        amount = first.amount if self.SIDE == "receivable" else -first.amount
        told = f"{money(amount, first.precision)} {safe(first.commodity)}"
        least = "+" if self._sums.capped else ""
        others = f" +{more}" if more else ""
        return " · " + _("open {amount}").format(amount=f"{told}{least}{others}")

    @on(messages.Counted)
    def _add_up(self) -> None:
        work = partial(reading.open_sums, self.session, self.SIDE, self.query_text)
        self.load(work, self._take_sums, group="sums")

    @on(RecordsChanged)
    def _follow(self, event: RecordsChanged) -> None:
        """Add up again; a payment changes what is open of any document."""
        if event.feature == PAYMENT and not self.is_current:
            self._stale = True
        elif event.feature == PAYMENT:
            self.table.refresh_rows()
            self.show_preview(again=True)
        if event.feature in (self.FEATURE, PAYMENT):
            self._add_up()

    def _take_sums(self, sums: OpenSums) -> None:
        self._sums = sums
        self.show_status()

    def preview(self, row: InvoiceRow) -> RenderableType:
        """Return a document beside the list; reads."""
        room = self.query_one(Preview).room
        return block(facts.picture(documents.whole(self.session, row.id), room, self.session))

    def read_area(self) -> Area:
        """Return what queries may say about documents."""
        return area.remembered_area(self.session, self.SIDE)

    def first_views(self) -> Sequence[View]:
        """Return the views that are always there."""
        return [View(_(view.name), view.query) for view in VIEWS]

    def view_names(self) -> Sequence[str]:
        """Return the views of documents, then the rooms."""
        own = [view.name for view in self.views()]
        return [*own, *(name for name in super().view_names() if name not in own)]

    def _columns_of(self, view: str) -> str:
        return f"{self.ROOM}.columns.{view}"

    @property
    def _history(self) -> str:
        return f"{self.ROOM}.history"

    # Going

    def open_row(self, row: InvoiceRow) -> None:
        """Open a document."""
        self._open(row.id)

    def _open(self, invoice_id: int) -> None:
        from screens.ledger.invoice import DocumentScreen

        self.app.push_screen(DocumentScreen(invoice_id, self.SIDE, self))

    def open_number(self, number: str) -> None:
        """Open a document by its number, as typed after `:`."""
        self.load(partial(documents.find, self.session, self.SIDE, number), self._open,
                  group="open")  # fmt: skip

    # Files

    def copy_text(self, row: InvoiceRow) -> str:
        """Return the number to copy."""
        return invoice_number(row)

    def action_export(self) -> None:
        """Ask for a file and write what is shown, or the marked documents, into it."""

        def ask(rows: Sequence[InvoiceRow] | None) -> None:
            title = _("Export to which file? (.csv, .xlsx or .json)")
            ask_file(self, title, f"{self.ROOM}.csv", partial(self._export_work, rows))

        if self.table.marks and not self.table.marks.everything:
            self.with_chosen(ask)
        else:
            ask(None)

    def export_work(self, path: str, rows: Sequence[InvoiceRow] | None) -> Callable[[], str] | None:
        """Return the operation that writes a file of what is shown or marked."""
        return self._export_work(rows, path)

    def _export_work(self, rows: Sequence[InvoiceRow] | None, path: str) -> Callable[[], str]:
        query = self.query_text
        chosen = None if rows is None else [row.id for row in rows]

        def work() -> str:
            from boconsole.invoices import exporting

            number = exporting.export(self.session, Path(path), self.SIDE, query, chosen)
            return ngettext(
                "{n} document is in {path}.", "{n} documents are in {path}.", number
            ).format(n=grouped(number), path=path)

        return work

    # Changing

    def undo_work(self) -> Callable[[], str]:
        """Return what takes back the last edit or deletion of drafts."""
        return self.taken_back

    def with_refs(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Act on the marked documents, else on the one under the cursor."""
        self.with_chosen(
            lambda rows: then([Ref(row.id, row.version, invoice_number(row)) for row in rows])
        )

    def changed(self) -> None:
        """Clear the marks once an operation on them is done."""
        self.table.clear_marks()


class InvoicesScreen(DocumentsScreen):
    """What customers owe."""

    TITLE = "Invoices"
    ROOM = rooms.INVOICES
    SIDE = "receivable"

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No invoice matches. n writes one, esc clears the filter, v has the views.")


class BillsScreen(DocumentsScreen):
    """What suppliers are owed."""

    TITLE = "Bills"
    ROOM = rooms.BILLS
    SIDE = "payable"

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No bill matches. n enters one, esc clears the filter, v has the views.")
