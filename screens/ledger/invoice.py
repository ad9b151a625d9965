"""An open document: its head, lines, taxes and sums, what was paid, and where it is booked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from boconsole.filing import FileRow
from boconsole.invoices import attaching, documents
from boconsole.invoices.documents import Whole
from boconsole.invoices.payments import PaymentRow
from boconsole.invoices.together import Ref
from boconsole.invoices.words import KINDS, SIDES, Side
from boconsole.language import N_, _
from screens.actions import CHANGE, GO, SHOW
from screens.attached import Holding, HoldsFiles, out_of_reach
from screens.dialogs import Choice, MenuDialog
from screens.following import RecordsChanged
from screens.keys import DETAIL, Action
from screens.ledger import invoice_facts as facts
from screens.ledger.entry import EDGES, EntryScreen, Neighbours
from screens.ledger.facts import AREA
from screens.ledger.invoice_acts import PAYMENT, DocumentActs, document_actions
from screens.places import Place
from screens.prose import block
from screens.widgets.bars import Heading
from screens.widgets.pane import Pane

WAYS = {
    "invoice": "received", "invoice-credit": "paid-back", "bill": "paid",
    "bill-credit": "got-back",
}  # fmt: skip
"""Which way the money goes that settles a document."""


def _no_draft(screen: DocumentScreen) -> str:
    if screen.whole is None or screen.whole.document.state == "draft":
        return ""
    return _("This document is issued and never changes; C credits it.")


def _not_creditable(screen: DocumentScreen) -> str:
    from boconsole.invoices.entering import may_credit

    if screen.whole is None or may_credit(screen.whole.document):
        return ""
    return _("Only an issued invoice or bill that is not credited yet can be credited.")


def _settled(screen: DocumentScreen) -> str:
    if screen.whole is None or screen.whole.document.head.open:
        return ""
    return _("Nothing of this document is open.")


def _unlinked(screen: DocumentScreen) -> str:
    return "" if screen.links() else _("Nothing belongs to this document yet.")


def _alone(screen: DocumentScreen) -> str:
    return "" if screen.neighbours else _("This document was not opened from a list.")


class DocumentScreen(HoldsFiles, DocumentActs):
    """One document to read.

    Args:
        invoice_id: Which.
        side: `receivable` or `payable`.
        neighbours: The list it was opened from, for the keys to the next one.
    """

    AREA = AREA
    AUTO_FOCUS = "#page"
    CSS_PATH = "../styles/invoices.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = (
        *document_actions(DETAIL, _no_draft, _not_creditable),
        Action("document.link", N_("Open what belongs to it"), ("L",), DETAIL, GO, rank=13,
               short=N_("linked"), when=_unlinked,
               help=N_("Its entry, payments, credit notes, or what it credits.")),
        Action("document.pay", N_("Record its payment"), ("M",), DETAIL, CHANGE, rank=12,
               short=N_("pay"), when=_settled),
        Action("document.file", N_("Attach, save or remove files"), ("f",), DETAIL, CHANGE,
               when=out_of_reach),
        Action("document.undo", N_("Undo the last edit of drafts"), ("u",), DETAIL, CHANGE),
        Action("document.copy", N_("Copy the number"), ("y",), DETAIL, SHOW),
        Action("document.refresh", N_("Read again"), ("r",), DETAIL, SHOW),
        Action("document.after", N_("Next document of the list"), ("J",), DETAIL, GO,
               when=_alone),
        Action("document.before", N_("Document before in the list"), ("K",), DETAIL, GO,
               when=_alone),
    )  # fmt: skip

    def __init__(self, invoice_id: int, side: Side, neighbours: Neighbours | None = None) -> None:
        super().__init__()
        self.invoice_id = invoice_id
        self.SIDE = side
        self.neighbours = neighbours
        self.whole: Whole | None = None
        self.left = False
        self._width = 0

    def body(self) -> ComposeResult:
        """Yield the page."""
        with Pane(id="page"):
            yield Static(id="document", markup=False)

    def heading(self) -> Heading:
        """Return the number."""
        return super().heading()._replace(view=self.whole.document.number if self.whole else "")

    # Reading

    def on_mount(self) -> None:
        """Read it."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read it again."""
        work = partial(documents.whole, self.session, self.invoice_id)
        self.load(work, self._take, group="document")

    def _take(self, whole: Whole) -> None:
        first = self.whole is None or self.whole.document.head.id != whole.document.head.id
        self.whole = whole
        if first:
            self.app.places.visit(self.place())
        self._show()

    def _show(self) -> None:
        if self.whole is None or not self.is_mounted:
            return
        self._width = self.query_one("#page").outer_size.width
        room = max(self._width - EDGES, 30)
        self.query_one("#document", Static).update(
            block(facts.picture(self.whole, min(room, 110), self.session))
        )
        self.show_status()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Lay it out anew in another width."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self.query_one("#page").outer_size.width != self._width:
            self._show()

    @on(RecordsChanged)
    def follow(self, event: RecordsChanged) -> None:
        """Read again when somebody changed it, or paid it."""
        mine = not event.ids or self.invoice_id in event.ids or event.feature == PAYMENT
        if event.feature in (facts.FEATURE, PAYMENT) and mine and not self.left:
            self.action_refresh()

    def place(self) -> Place:
        """Return this document; a draft is told by the letters of its room."""
        if self.whole is None:
            return Place(self.AREA)
        number = self.whole.document.number
        series = KINDS[SIDES[self.SIDE][0]].series
        return Place(self.AREA, record=f"{series}-{number}" if "#" in number else number)

    # Looking

    def links(self) -> list[Choice]:
        """Return what belongs to it: its entry, what it credits, credit notes, payments."""
        if self.whole is None:
            return []
        head, told = self.whole.document.head, []
        if head.entry_id:
            told.append((f"entry {head.entry_id}", _("Entry {number}"), self.whole.document.number))
        others = [self.whole.origin] if self.whole.origin else []
        told += [(f"document {one}", _("Credits {number}"), number) for one, number in others]
        told += [
            (f"document {one}", _("Credit note {number}"), number)
            for one, number in self.whole.notes
        ]
        known = {number for _value, _title, number in told}
        payments = {each.number: each for each in self.whole.settled if each.number not in known}
        told += [
            (f"settled {each.entry_id} {number}", _("Payment {number}"), number)
            for number, each in payments.items()
        ]
        return [Choice(value, title.format(number=number)) for value, title, number in told]

    def action_link(self) -> None:
        """Open the one thing that belongs to it, or choose among several."""
        choices = self.links()
        if len(choices) == 1:
            self._open_link(choices[0].value)
        else:
            self.app.push_screen(MenuDialog(_("Open"), choices), self._open_link)

    def _open_link(self, value: str | None) -> None:
        if not value:
            return
        kind, wanted, *number = value.split(" ")
        if kind == "document":
            self.app.push_screen(DocumentScreen(int(wanted), self.SIDE))
        elif kind == "entry":
            self.app.push_screen(EntryScreen(int(wanted)))
        else:
            from screens.ledger.documents import open_document

            open_document(self, number[0], int(wanted))

    # Files

    def held_files(self) -> Sequence[FileRow]:
        """Return the files of the document."""
        return self.whole.files if self.whole else ()

    def holding(self) -> Holding | None:
        """Return what is done with its files."""
        if self.whole is None:
            return None
        document = self.whole.document
        return Holding(
            partial(attaching.attach, self.session, document),
            partial(attaching.content, self.session, document.head.id),
            partial(attaching.remove, self.session, document),
        )

    def files_changed(self) -> None:
        """Read it again."""
        self.action_refresh()

    def action_copy(self) -> None:
        """Copy the number."""
        if self.whole is not None:
            number = self.whole.document.number
            self.app.copy_to_clipboard(number)
            self.app.say(_("{number} copied.").format(number=number))

    def action_after(self) -> None:
        """Show the next document of the list."""
        self._step(1)

    def action_before(self) -> None:
        """Show the document before in the list."""
        self._step(-1)

    def _step(self, by: int) -> None:
        found = self.neighbours.neighbour(self.invoice_id, by) if self.neighbours else None
        if found is None:
            self.app.say(_("There is no other document this way."))
        else:
            self.invoice_id = found
            self.action_refresh()

    # Acting

    def with_documents(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Act on this document."""
        if self.whole is None:
            then([])
        else:
            head = self.whole.document.head
            then([Ref(head.id, head.version, self.whole.document.number)])

    def action_pay(self) -> None:
        """Open the form of a payment that settles it."""
        from screens.ledger.payment import PaymentScreen
        from screens.ledger.payment_form import Wanted, open_form

        def paid(row: PaymentRow) -> None:
            self.app.push_screen(PaymentScreen(row.id))

        if self.whole is not None:
            head = self.whole.document.head
            wanted = Wanted(WAYS[head.kind], head.partner, (self.whole.document.number,))
            open_form(self, wanted, paid)

    def gone(self) -> None:
        """Leave, as the draft is deleted."""
        self.left = True
        if self.is_current:
            self.app.call_later(self.app.pop_screen)
