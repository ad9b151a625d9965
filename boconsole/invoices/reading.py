"""Documents as they are read: head, lines and taxes together."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from boconsole.errors import NotFoundError
from boconsole.filters import parse, resolve
from boconsole.invoices import taxes
from boconsole.invoices.area import documents_area, of_side
from boconsole.invoices.words import KINDS, Side, invoice_number, state_of
from boconsole.language import _
from boconsole.ledger.words import parse_entry_number
from boconsole.session import Session
from boconsole.tax.engine import TaxableLine, Taxed, compute
from boconsole.tax.rates import DatedTax
from db import keyset
from db.conditions import Selection, both
from db.invoices import documents as stored
from db.invoices import pages
from db.invoices.pages import DocumentPage, OpenSum
from db.invoices.rows import InvoiceLineRow, InvoiceRow, InvoiceTaxRow
from db.ledger.rows import CommodityRow

MARK_LIMIT = 10_000


class Document(NamedTuple):
    """A document as it is read; the taxes of a draft are computed anew."""

    head: InvoiceRow
    lines: tuple[InvoiceLineRow, ...]
    taxes: tuple[InvoiceTaxRow, ...]

    @property
    def number(self) -> str:
        """`INV-2026-00042`, or `#7`."""
        return invoice_number(self.head)

    @property
    def state(self) -> str:
        """`draft`, `issued`, `partly paid`, `paid` or `cancelled`."""
        return state_of(self.head)


def get(session: Session, number: str, kinds: Sequence[str] = tuple(KINDS)) -> Document:
    """Return the document of a number, or of an id.

    Raises:
        NotFoundError: There is none of these kinds.
    """
    session.require("invoice.read")
    wanted = parse_entry_number(number)
    if wanted.id:
        head = stored.find(wanted.id)
    else:
        head = stored.find_numbered(wanted.series, wanted.year, wanted.number)
    if head is None or head.kind not in kinds:
        raise NotFoundError(_("document {number}").format(number=number.strip()[:40]))
    return read(head)


def again(invoice_id: int) -> Document:
    """Return a document that is there."""
    head = stored.find(invoice_id)
    if head is None:
        raise NotFoundError(_("document {number}").format(number=invoice_id))
    return read(head)


def read(head: InvoiceRow) -> Document:
    """Return a document with its lines and taxes."""
    lines = tuple(stored.select_lines(head.id))
    if head.state == "issued":
        return Document(head, lines, tuple(stored.select_taxes(head.id)))
    currency = CommodityRow(head.commodity_id, head.commodity, head.precision, 1)
    return Document(head, lines, tuple(_tax_rows(taxed(head.taxed_on, lines, currency))))


def _tax_rows(found: Taxed) -> list[InvoiceTaxRow]:
    codes = taxes.by_code()
    return [
        InvoiceTaxRow(
            position, codes[each.tax.code].id, each.tax.code, each.tax.kind, str(each.tax.rate),
            str(each.tax.factor), None, each.net, each.base, each.amount, 0, 0, 0,
        )
        for position, each in enumerate(found.taxes, 1)
    ]  # fmt: skip


class Count(NamedTuple):
    """How many documents match; `capped` when there are more than the number says."""

    number: int
    capped: bool


class OpenSums(NamedTuple):
    """What is open by currency, debit positive; `capped` when more documents are open."""

    sums: tuple[OpenSum, ...]
    capped: bool


def list_page(
    session: Session, side: Side, query: str, after: str = "", limit: int = 50, *,
    backwards: bool = False,
) -> DocumentPage:  # fmt: skip
    """Return a page of documents of a side, the newest first unless the query sorts them.

    Args:
        session: Who reads.
        side: `receivable` or `payable`.
        query: A filter line.
        after: The cursor of a row to go on from; empty for the start (the end, backwards).
        limit: The most rows.
        backwards: Read what stands before the cursor.

    Raises:
        QuerySyntaxError: The line cannot be read.
        CursorError: The cursor belongs to another order.
    """
    cursor = keyset.decode(after) if after else None
    return pages.page(selection(session, side, query), cursor, limit, backwards=backwards)


def page_around(
    session: Session, side: Side, query: str, invoice_id: int, limit: int
) -> DocumentPage | None:
    """Return the documents around one; None when the query does not find it."""
    return pages.page_around(selection(session, side, query), invoice_id, limit)


def count(session: Session, side: Side, query: str, cap: int = MARK_LIMIT) -> Count:
    """Return how many documents match, counting no further than `cap`."""
    found = pages.count(selection(session, side, query), cap)
    return Count(min(found, cap), found > cap)


def open_sums(session: Session, side: Side, query: str, cap: int = MARK_LIMIT) -> OpenSums:
    """Return what is open of the documents that match, looking at no more than `cap`."""
    sums, capped = pages.open_sums(selection(session, side, query), side, cap)
    return OpenSums(tuple(sums), capped)


def selection(session: Session, side: Side, query: str) -> Selection:
    """Return what a filter line asks for.

    Raises:
        QuerySyntaxError: It cannot be read.
    """
    session.require("invoice.read")
    wanted = resolve(parse(query), documents_area(session, side), session)
    return wanted._replace(where=both(of_side(side), wanted.where))


def taxed(
    day: date,
    lines: Sequence[InvoiceLineRow],
    currency: CommodityRow,
    rates: list[DatedTax] | None = None,
) -> Taxed:
    """Return nets and taxes of lines with the rates of a day, read unless they are given."""
    rows = taxes.dated_taxes() if rates is None else rates
    taxable = []
    for line in lines:
        quantity = Fraction(line.quantity)
        price = quantity * Fraction(line.price) * (100 - Fraction(line.discount)) / 100
        taxable.append(TaxableLine(price, quantity, taxes.taxes_on(day, line.taxes, rows)))
    return compute(taxable, currency.precision, currency.code)
