"""The tabs of an organisation with its documents: what it owes, and what it is owed."""

from __future__ import annotations

from functools import partial

from boconsole.contacts.reading import Card
from boconsole.filters.complete import word_for
from boconsole.invoices import reading
from boconsole.invoices.words import Side, invoice_number, state_of
from boconsole.language import N_, _
from boconsole.session import Session
from screens.cells import Cell, safe
from screens.contacts.tabs import MOST, CardTab, Rows, TabRow
from screens.ledger import invoice_facts
from screens.ledger.facts import AREA, money
from screens.places import Place

ROOMS = {"receivable": "invoices", "payable": "bills"}


def tabs() -> list[CardTab]:
    """Return a tab for each side."""
    sides: tuple[tuple[Side, str], ...] = (
        ("receivable", N_("Invoices")), ("payable", N_("Bills"))
    )  # fmt: skip
    return [
        CardTab(ROOMS[side], title, partial(read, side), ("organisation",), "invoice.read")
        for side, title in sides
    ]


def read(side: Side, session: Session, card: Card) -> Rows:
    """Return the documents of a side, the newest first, and what is open of them."""
    query = f"contact:{word_for(card.row.name)}"
    page = reading.list_page(session, side, query, limit=MOST)
    lines = [
        TabRow(
            (Cell(invoice_number(row), "info"), Cell(str(row.dated)),
             invoice_facts.due(row, invoice_facts.today(session)), Cell(_(state_of(row))),
             invoice_facts.total(row), invoice_facts.open_part(row),
             Cell(safe(row.reference), "muted")),
            Place(AREA, record=_named(side, invoice_number(row))),
        )
        for row in page.rows
    ]  # fmt: skip
    found = reading.open_sums(session, side, query)
    sums = [
        f"{money(each.amount if side == 'receivable' else -each.amount, each.precision)} "
        f"{safe(each.commodity)}"
        for each in found.sums
    ]
    head = _("Open: {amounts}").format(amounts=", ".join(sums)) if sums else ""
    return Rows(
        (N_("Number"), N_("Date"), N_("Due"), N_("State"), N_("Amount"), N_("Left open"),
         N_("Reference")), lines, N_("There is no document of this side."),
        Place(AREA, query=query, view=ROOMS[side]), frozenset((4, 5)), head, page.more, (6, 1, 3),
    )  # fmt: skip


def _named(side: Side, number: str) -> str:
    """Return a number by which the room of the side is found; drafts have none of their own."""
    return f"{'INV' if side == 'receivable' else 'BIL'}-{number}" if number[0] == "#" else number
