"""Documents as they are read: head, lines and taxes together."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from boconsole.errors import NotFoundError
from boconsole.invoices import taxes
from boconsole.invoices.words import KINDS, invoice_number, state_of
from boconsole.language import _
from boconsole.ledger.words import parse_entry_number
from boconsole.session import Session
from boconsole.tax.engine import TaxableLine, Taxed, compute
from db.invoices import documents as stored
from db.invoices.rows import InvoiceLineRow, InvoiceRow, InvoiceTaxRow
from db.ledger.rows import CommodityRow


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


def listed(
    session: Session, kinds: Sequence[str], limit: int, before: tuple[int, int] | None = None
) -> list[InvoiceRow]:
    """Return documents, the newest first.

    Args:
        session: Who asks.
        kinds: Which.
        limit: At most so many.
        before: Day (as a number) and id of the last one of the page before.
    """
    session.require("invoice.read")
    return stored.select(kinds, before or (99_991_231, 2**62), limit)


def taxed(day: date, lines: Sequence[InvoiceLineRow], currency: CommodityRow) -> Taxed:
    """Return nets and taxes of lines with the rates of a day."""
    rows = taxes.dated_taxes()
    taxable = []
    for line in lines:
        quantity = Fraction(line.quantity)
        price = quantity * Fraction(line.price) * (100 - Fraction(line.discount)) / 100
        taxable.append(TaxableLine(price, quantity, taxes.taxes_on(day, line.taxes, rows)))
    return compute(taxable, currency.precision, currency.code)
