"""The payments: a list in the query language, and the room of what waits for an approval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType

from boconsole.filters import Area
from boconsole.invoices import aged_list, paying, payment_area, payments, sheets
from boconsole.invoices.payments import PaymentLine, PaymentRow
from boconsole.invoices.words import Side
from boconsole.language import N_, _
from boconsole.ledger.reading import Count
from boconsole.ledger.together import Ref
from boconsole.session import Session
from screens.actions import FIND
from screens.cells import Cell, safe
from screens.keys import LIST, Action
from screens.ledger import facts, payment_facts, rooms
from screens.ledger.payment_acts import LIST_KEYS, PaymentActs
from screens.ledger.sheet_files import ask_for_file, writing
from screens.ledger.sources import Rows
from screens.lists import View
from screens.prose import block
from screens.query_lists import QueryListScreen
from screens.widgets.columns import Column
from screens.widgets.preview import Preview
from screens.widgets.window import Around

VIEWS = (
    View(N_("To approve"), "is:approvable sort:date"),
    View(N_("Waiting payments"), "is:waiting sort:date"),
    View(N_("Credits left over"), "is:credit"),
)


class PaymentSource:
    """The payments that a query finds."""

    def __init__(self, session: Session, query: str) -> None:
        self._session = session
        self._query = query

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[PaymentLine]:
        """Return at most `limit` rows next to a place."""
        found = payments.list_page(
            self._session, self._query, after or "", limit, backwards=backwards
        )
        ends = (found.cursors[0], found.cursors[-1]) if found.cursors else ("", "")
        return Rows(found.rows, *ends, found.more)

    def count(self) -> Count:
        """Return how many rows there are, counted to a limit."""
        return payments.count(self._session, self._query)

    def around(self, record: int, limit: int) -> Around[PaymentLine] | None:
        """Return rows with a payment amidst them, or None when the query does not find it."""
        found = payments.page_around(self._session, self._query, record, limit)
        if found is None:
            return None
        first, last = found.cursors[0], found.cursors[-1]
        before = self.page(first, 1, backwards=True).rows
        return Around(found.rows, first, last, bool(before), found.more)

    def key(self, row: PaymentLine) -> int:
        """Return the payment's id."""
        return row.id


class PaymentsScreen(rooms.InRooms, QueryListScreen[PaymentLine], PaymentActs):
    """Payments, the newest first unless the query sorts them."""

    TITLE = "Payments"
    ROOM = rooms.PAYMENTS
    AREA = facts.AREA
    FEATURE = payment_facts.FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        *LIST_KEYS,
        Action("payment.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )

    # What it shows

    def columns(self) -> Sequence[Column[PaymentLine]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 14, lambda row: Cell(payment_facts.number(row), "info")),
            Column("date", N_("Date"), 10, lambda row: Cell(str(row.dated)), sort="date"),
            Column("kind", N_("In/out"), 6, lambda row: Cell(_(row.kind))),
            Column("contact", N_("Contact"), 12, lambda row: Cell(safe(row.partner)), grow=3),
            Column("standing", N_("State"), 11,
                   lambda row: payment_facts.standing_word(payments.standing(row)), priority=1),
            Column("amount", N_("Amount"), 18, lambda row: Cell(payment_facts.amount(row)),
                   align="right"),
            Column("left", N_("Left over"), 12, payment_facts.left, align="right", priority=2),
            Column("account", N_("Account"), 14, lambda row: Cell(safe(row.account), "muted"),
                   grow=2, priority=4),
            Column("reference", N_("Reference"), 12, lambda row: Cell(safe(row.reference)),
                   grow=1, priority=5),
            Column("preparer", N_("Who"), 8, lambda row: Cell(safe(row.preparer), "muted"),
                   priority=3, name=N_("Prepared by")),
        )  # fmt: skip

    def source(self, query: str) -> PaymentSource:
        """Return where the rows of a query come from."""
        return PaymentSource(self.session, query)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No payment matches. n enters one, esc clears the filter, v has the views.")

    def preview(self, row: PaymentLine) -> RenderableType:
        """Return a payment beside the list; reads."""
        room = self.query_one(Preview).room
        return block(payment_facts.picture(payments.whole(self.session, row.id), room))

    def read_area(self) -> Area:
        """Return what queries may say about payments."""
        return payment_area.remembered_area(self.session)

    def first_views(self) -> Sequence[View]:
        """Return what waits, and what is left over."""
        return [View(_(view.name), view.query) for view in VIEWS]

    def _columns_of(self, view: str) -> str:
        return f"payments.columns.{view}"

    @property
    def _history(self) -> str:
        return "payments.history"

    # Going

    def open_row(self, row: PaymentLine) -> None:
        """Open a payment."""
        self._open(row.id)

    def open_number(self, number: str) -> None:
        """Open a payment by its number, as typed after `:`."""

        def show(row: PaymentRow) -> None:
            self._open(row.id)

        self.load(partial(paying.get, self.session, number), show, group="open")

    def _open(self, payment_id: int) -> None:
        from screens.ledger.payment import PaymentScreen

        self.app.push_screen(PaymentScreen(payment_id, self))

    # Files

    def action_export(self) -> None:
        """Ask for a file and write what is shown, or the marked payments, into it."""
        ask_for_file(self, "payments.csv", self._export)

    def export_work(
        self, path: str, rows: Sequence[PaymentLine] | None
    ) -> Callable[[], str] | None:
        """Return the operation that writes a file of what is shown or marked."""
        chosen = None if rows is None else {row.id for row in rows}
        make = partial(sheets.of_payments, self.session, self.query_text, chosen)
        return writing(self.session, path, make)

    # Changing

    def with_contact(self, then: Callable[[str, Side], object]) -> None:
        """Call `then` with the contact under the cursor."""
        if (row := self.row) is not None:
            then(row.partner, aged_list.side_of(row.side))

    def with_refs(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Act on the marked payments, else on the one under the cursor."""
        self.with_chosen(
            lambda rows: then(
                [Ref(row.id, row.version, payments.number_of(row)) for row in rows]
            )
        )  # fmt: skip

    def changed(self) -> None:
        """Clear the marks once an operation on them is done."""
        self.table.clear_marks()
