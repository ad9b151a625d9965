"""Words of documents: their kinds, series, states and numbers."""

from decimal import Decimal
from typing import Literal, NamedTuple

from boconsole.language import N_, _
from boconsole.ledger.words import entry_number
from db.invoices.rows import InvoiceLineRow, InvoiceRow, PaymentRow

Side = Literal["receivable", "payable"]


class Kind(NamedTuple):
    """What a kind of document does.

    Attributes:
        title: For people.
        series: Of its numbers.
        side: The role of its control account.
        sign: Of its total on the control account; debit positive.
        part: The part of the books whose lock date counts.
    """

    title: str
    series: str
    side: Side
    sign: int
    part: str


KINDS: dict[str, Kind] = {
    "invoice": Kind(N_("Invoice"), "INV", "receivable", 1, "sales"),
    "bill": Kind(N_("Bill"), "BIL", "payable", -1, "purchases"),
    "invoice-credit": Kind(N_("Credit note"), "CRN", "receivable", -1, "sales"),
    "bill-credit": Kind(N_("Supplier's credit note"), "SCN", "payable", 1, "purchases"),
}
CREDITS = {"invoice": "invoice-credit", "bill": "bill-credit"}
SIDES: dict[Side, tuple[str, ...]] = {
    "receivable": ("invoice", "invoice-credit"),
    "payable": ("bill", "bill-credit"),
}
PARTS: dict[str, str] = {"receivable": "sales", "payable": "purchases"}
NUMBERED = {
    "invoice": N_("Invoice {number}"),
    "invoice-credit": N_("Credit {number}"),
    "bill": N_("Bill {number}"),
    "bill-credit": N_("Credit {number}"),
    "payment": N_("Payment {number}"),
}
"""Drafts of different kinds have the same `#7`."""
PAYMENT_SERIES = {"in": "RCP", "out": "PAY", "offset": "OFS"}
PAYMENT_KINDS = (N_("in"), N_("out"), N_("offset"))
STATES = (N_("draft"), N_("issued"), N_("partly paid"), N_("paid"), N_("cancelled"))
PAYMENT_STATES = (N_("draft"), N_("posted"), N_("undone"))


def state_of(row: InvoiceRow) -> str:
    """Return `draft`, `issued`, `partly paid`, `paid` or `cancelled`."""
    if row.state == "draft":
        return "draft"
    if row.total and row.credited == row.total:
        return "cancelled"
    if not row.open:
        return "paid"
    return "issued" if abs(row.open) == row.total else "partly paid"


def invoice_number(row: InvoiceRow) -> str:
    """Return `INV-2026-00042`, or `#7` before it is issued."""
    if row.number is None:
        return f"#{row.id}"
    return entry_number(row.id, row.series, row.year, row.number)


def payment_number(row: PaymentRow) -> str:
    """Return `RCP-2026-00042`, or `#7` where no entry gives it a number."""
    if row.number is None:
        return f"#{row.id}"
    return entry_number(row.id, row.series, row.year, row.number)


def numbered(kind: str, number: str) -> str:
    """Return a number with the kind of its record where it alone would not tell: `Bill #7`."""
    return _(NUMBERED[kind]).format(number=number) if number.startswith("#") else number


def line_text(line: InvoiceLineRow) -> str:
    """Return a line as one text: `Consulting  10 h x 150.00 -5%  Income:Sales  VAT`."""
    unit = f" {line.unit}" if line.unit else ""
    discount = f" -{line.discount}%" if Decimal(line.discount) else ""
    total = f"{line.quantity}{unit} x {line.price}{discount}"
    return "  ".join(part for part in (line.text, total, line.account, line.taxes) if part)
