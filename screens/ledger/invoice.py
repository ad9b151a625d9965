"""An open document: its head, lines, taxes and sums, what was paid, and where it is booked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.content import Content

from boconsole.filing import FileRow
from boconsole.invoices import attaching, documents
from boconsole.invoices.documents import Whole
from boconsole.invoices.payments import PaymentRow
from boconsole.invoices.words import KINDS, SIDES, Side
from boconsole.language import N_, _
from boconsole.ledger.together import Ref
from screens import papers_at
from screens.actions import CHANGE, GO
from screens.attached import Holding, HoldsFiles, out_of_reach
from screens.dialogs import Choice, MenuDialog
from screens.following import RecordsChanged
from screens.keys import DETAIL, Action
from screens.ledger import invoice_facts as facts
from screens.ledger.entry import EntryScreen
from screens.ledger.invoice_acts import PAYMENT, DocumentActs, document_actions
from screens.ledger.page import Neighbours, RecordPage, page_actions
from screens.papers_at import HoldsPapers
from screens.places import Place

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


class DocumentScreen(RecordPage[Whole], HoldsFiles, DocumentActs, HoldsPapers):
    """One document to read.

    Args:
        invoice_id: Which.
        side: `receivable` or `payable`.
        neighbours: The list it was opened from, for the keys to the next one.
    """

    PAPERS = facts.FEATURE
    ALONE = N_("This document was not opened from a list.")
    LAST = N_("There is no other document this way.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        *document_actions(DETAIL, _no_draft, _not_creditable),
        Action("document.link", N_("Open what belongs to it"), ("L",), DETAIL, GO, rank=13,
               short=N_("linked"), when=_unlinked,
               help=N_("Its entry, payments, credit notes, or what it credits.")),
        Action("document.pay", N_("Record its payment"), ("M",), DETAIL, CHANGE, rank=12,
               short=N_("pay"), when=_settled),
        Action("document.file", N_("Attach, save or remove files"), ("f",), DETAIL, CHANGE,
               when=out_of_reach),
        papers_at.action("document"),
        Action("document.undo", N_("Undo the last edit of drafts"), ("u",), DETAIL, CHANGE),
        *page_actions("document", N_("Next document of the list"),
                      N_("Document before in the list")),
    )  # fmt: skip

    def __init__(self, invoice_id: int, side: Side, neighbours: Neighbours | None = None) -> None:
        super().__init__(invoice_id, neighbours)
        self.SIDE = side

    # Reading

    def read(self, record_id: int) -> Whole:
        """Return the document with what it refers to; blocks."""
        return documents.whole(self.session, record_id)

    def ref_of(self, whole: Whole) -> Ref:
        """Return the document as it is acted on."""
        return Ref(whole.document.head.id, whole.document.head.version, whole.document.number)

    def picture(self, whole: Whole, room: int) -> list[Content]:
        """Return its head, lines and sums."""
        return facts.picture(whole, room, self.session, self.papers)

    def concerns(self, event: RecordsChanged) -> bool:
        """Return whether it may be another now, or paid."""
        return event.feature == PAYMENT or super().concerns(event)

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

    # Acting

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
