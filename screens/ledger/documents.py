"""Opening what a number of the books names: a document, a payment, or the entry that carries it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from boconsole.invoices import documents, paying
from boconsole.invoices.payments import PaymentRow
from boconsole.invoices.words import KINDS, PAYMENT_SERIES

if TYPE_CHECKING:
    from screens.shell import ShellScreen


def open_document(screen: ShellScreen, number: str, entry_id: int) -> None:
    """Lay what a number names over the screen; an entry where nothing else has the number."""
    series = number.partition("-")[0]
    kind = next((kind for kind in KINDS.values() if kind.series == series), None)
    if kind is not None:
        side = kind.side

        def show(invoice_id: int) -> None:
            from screens.ledger.invoice import DocumentScreen

            screen.app.push_screen(DocumentScreen(invoice_id, side))

        screen.load(partial(documents.find, screen.session, side, number), show, group="open")
    elif series in PAYMENT_SERIES.values():
        screen.load(partial(paying.get, screen.session, number), partial(_show_payment, screen),
                    group="open")  # fmt: skip
    else:
        from screens.ledger.entry import EntryScreen

        screen.app.push_screen(EntryScreen(entry_id))


def _show_payment(screen: ShellScreen, row: PaymentRow) -> None:
    from screens.ledger.payment import PaymentScreen

    screen.app.push_screen(PaymentScreen(row.id))
