"""Rows of taxes, documents, payments and open items, as plain values."""

from datetime import date
from typing import NamedTuple


class TaxCodeRow(NamedTuple):
    """A tax and the accounts it is booked on."""

    id: int
    code: str
    collected_id: int | None
    deductible_id: int | None
    version: int


class TaxRateRow(NamedTuple):
    """What a tax takes from a day on; numbers are exact, as text."""

    id: int
    tax_id: int
    code: str
    starts: date
    ends: date | None
    kind: str
    rate: str
    included: bool
    compound: bool
    factor: str
    scope: str
    mode: str
    digits: int | None
    currency: str
    source: str


class PartnerRow(NamedTuple):
    """The other side of documents: an organisation."""

    id: int
    name: str


class InvoiceRow(NamedTuple):
    """The head of a document, with what its open item says."""

    id: int
    version: int
    kind: str
    state: str
    partner_id: int
    partner: str
    reference: str
    dated: date
    due: date
    taxed_on: date
    commodity_id: int
    commodity: str
    precision: int
    rate: str
    note: str
    origin_id: int | None
    net: int
    tax: int
    total: int
    entry_id: int | None
    series: str
    year: str
    number: int | None
    prepared_by: int
    approved_by: int | None
    approved_at: int | None
    issued_at: int | None
    item_id: int | None
    open: int
    credited: int
    partner_address: str
    partner_tax_number: str


class InvoiceLineRow(NamedTuple):
    """A line of a document; quantity, price and discount are exact, as text."""

    position: int
    text: str
    quantity: str
    price: str
    discount: str
    account_id: int
    account: str
    taxes: str
    net: int
    value: int | None
    unit: str = ""


class InvoiceTaxRow(NamedTuple):
    """A tax of an issued document."""

    position: int
    tax_id: int
    code: str
    kind: str
    rate: str
    factor: str
    account_id: int | None
    net: int
    base: int
    amount: int
    net_value: int
    value: int
    value_commodity_id: int


class PaymentRow(NamedTuple):
    """Money in or out, or credits set against documents."""

    id: int
    version: int
    state: str
    kind: str
    side: str
    partner_id: int
    partner: str
    dated: date
    account_id: int | None
    commodity_id: int
    commodity: str
    precision: int
    amount: int
    paid_commodity_id: int
    paid_amount: int
    rate: str
    written_off: int
    write_off_account_id: int | None
    reason: str
    reference: str
    chosen: str
    entry_id: int | None
    series: str
    year: str
    number: int | None
    gain: int
    prepared_by: int
    approved_by: int | None
    approved_at: int | None
    undone_on: date | None
    undo_reason: str
    undo_by: int | None
    undo_approved_by: int | None
    undo_approved_at: int | None
    reversal_id: int | None


class ItemRow(NamedTuple):
    """What was left on a control account, and what of it is open; debit positive."""

    id: int
    version: int
    side: str
    invoice_id: int | None
    payment_id: int | None
    partner_id: int
    account_id: int
    commodity_id: int
    value_commodity_id: int
    entry_id: int
    dated: date
    due: date
    amount: int
    value: int
    open: int
    open_value: int
    credited: int


class AllocationRow(NamedTuple):
    """Parts of a debit and a credit that cancel each other."""

    id: int
    debit_id: int
    credit_id: int
    payment_id: int | None
    dated: date
    amount: int
    debit_value: int
    credit_value: int
    undone_on: date | None


class AgedRow(NamedTuple):
    """What was open of an item at the end of a day."""

    partner: str
    commodity: str
    precision: int
    number: str
    dated: date
    due: date
    open: int
    account_id: int
    value_commodity_id: int
    open_value: int
    item_id: int
    partner_id: int
    entry_id: int
