"""The tables of taxes, documents and payments.

Amounts are whole numbers of a commodity's smallest unit; quantities, prices and rates are exact
decimals or fractions as text. Signs of open items are those of the ledger: debit positive.
"""

import peewee

from db.base import Table
from db.contacts import Organisation
from db.fields import DayField, InstantField
from db.ledger.tables import Commodity, JournalEntry, LedgerAccount

WITHIN = peewee.Check(
    "(amount >= 0 AND open BETWEEN 0 AND amount) OR (amount < 0 AND open BETWEEN amount AND 0)"
)
"""What is open of an item lies between nothing and all of it."""


class TaxCode(Table):
    """A tax that lines of documents name, with the accounts it is booked on."""

    id = peewee.AutoField()
    code = peewee.TextField(unique=True)
    collected = peewee.ForeignKeyField(LedgerAccount, null=True, index=False, on_delete="RESTRICT")
    """Where the tax of sales goes."""
    deductible = peewee.ForeignKeyField(LedgerAccount, null=True, index=False, on_delete="RESTRICT")
    """Where the tax of purchases goes."""
    version = peewee.IntegerField(default=1)


class TaxRate(Table):
    """What a tax takes from one day to another, and how it is rounded."""

    id = peewee.AutoField()
    tax = peewee.ForeignKeyField(TaxCode, index=False, on_delete="RESTRICT")
    starts = DayField()
    ends = DayField(null=True)
    kind = peewee.TextField()
    """`percentage` or `fixed`."""
    rate = peewee.TextField()
    included = peewee.BooleanField()
    compound = peewee.BooleanField()
    factor = peewee.TextField()
    scope = peewee.TextField()
    """Rounded by `line` or by `document`."""
    mode = peewee.TextField()
    """`half-up` or `down`."""
    digits = peewee.SmallIntegerField(null=True)
    """Rounded to; empty takes those of the currency."""
    currency = peewee.TextField(default="")
    """Whose digits those are; empty means any."""
    source = peewee.TextField(default="")

    class Meta:
        """One beginning on a day."""

        indexes = ((("tax", "starts"), True),)


class Invoice(Table):
    """An invoice, a bill, or a credit note of either. An issued one never changes."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    kind = peewee.TextField()
    """`invoice`, `bill`, `invoice-credit` or `bill-credit`."""
    state = peewee.TextField(default="draft")
    """`draft` or `issued`; what is paid of it stands at its open item."""
    partner = peewee.ForeignKeyField(Organisation, on_delete="RESTRICT")
    partner_name = peewee.TextField()
    """As it was when the document was prepared."""
    reference = peewee.TextField(default="")
    """The number that the other side gave it."""
    dated = DayField()
    due = DayField()
    taxed_on = DayField()
    """The day whose tax rates count: that of the credited document for a credit note."""
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    rate = peewee.TextField(default="")
    """What one unit of it is worth in the reporting currency; empty looks it up when issued."""
    note = peewee.TextField(default="")
    origin = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    """The document that a credit note takes back."""
    net = peewee.BigIntegerField()
    tax = peewee.BigIntegerField()
    total = peewee.BigIntegerField()
    entry = peewee.ForeignKeyField(JournalEntry, null=True, unique=True, on_delete="RESTRICT")
    """Carries its number."""
    prepared_by = peewee.IntegerField()
    approved_by = peewee.IntegerField(null=True)
    approved_at = InstantField(null=True)
    issued_by = peewee.IntegerField(null=True)
    issued_at = InstantField(null=True)
    side = peewee.TextField(default="")
    """`receivable` or `payable`."""
    standing = peewee.TextField(default="draft")
    """`draft`, `issued`, `partly paid`, `paid` or `cancelled`; follows the open item."""
    open = peewee.BigIntegerField(default=0)
    """As that of the open item, which it follows."""
    sort_number = peewee.TextField(null=True)
    """Year, series and place of an issued one, so that texts sort as numbers."""
    partner_address = peewee.TextField(default="")
    """As it was when the document was issued; a draft has none of its own."""
    partner_tax_number = peewee.TextField(default="")
    """The same."""

    class Meta:
        """Lists by date."""

        indexes = ((("side", "dated", "id"), False),)


class InvoiceLine(Table):
    """A line of a document; `net` and `value` (in the reporting currency) once it is issued."""

    id = peewee.AutoField()
    invoice = peewee.ForeignKeyField(Invoice, index=False, on_delete="CASCADE")
    position = peewee.IntegerField()
    text = peewee.TextField()
    quantity = peewee.TextField()
    price = peewee.TextField()
    discount = peewee.TextField(default="0")
    """Percent."""
    account = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    taxes = peewee.TextField(default="")
    """Codes with blanks between, in the order in which they are taken."""
    net = peewee.BigIntegerField()
    value = peewee.BigIntegerField(null=True)
    issued = peewee.BooleanField(default=False)
    unit = peewee.TextField(default="")
    """What is counted: `h`, `pcs`."""

    class Meta:
        """Read by document."""

        indexes = ((("invoice", "position"), True),)


class InvoiceTax(Table):
    """A tax of an issued document, in its currency and (`…value`) in the reporting one."""

    id = peewee.AutoField()
    invoice = peewee.ForeignKeyField(Invoice, index=False, on_delete="RESTRICT")
    position = peewee.IntegerField()
    tax = peewee.ForeignKeyField(TaxCode, on_delete="RESTRICT")
    kind = peewee.TextField()
    """As that of its rate."""
    rate = peewee.TextField()
    factor = peewee.TextField()
    account = peewee.ForeignKeyField(LedgerAccount, null=True, index=False, on_delete="RESTRICT")
    net = peewee.BigIntegerField()
    base = peewee.BigIntegerField()
    amount = peewee.BigIntegerField()
    net_value = peewee.BigIntegerField()
    value = peewee.BigIntegerField()
    value_commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")

    class Meta:
        """Read by document."""

        indexes = ((("invoice", "position"), True),)


class Payment(Table):
    """Money in or out, or credits set against documents. A posted one never changes."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    state = peewee.TextField(default="draft")
    """`draft`, `posted` or `undone`."""
    kind = peewee.TextField()
    """`in`, `out`, or `offset` where no money moves."""
    side = peewee.TextField()
    """`receivable` or `payable`."""
    partner = peewee.ForeignKeyField(Organisation, on_delete="RESTRICT")
    dated = DayField()
    account = peewee.ForeignKeyField(LedgerAccount, null=True, index=False, on_delete="RESTRICT")
    """Bank or cash."""
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    amount = peewee.BigIntegerField()
    """What it settles, without the write-off, in the currency of the documents."""
    paid_commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    paid_amount = peewee.BigIntegerField()
    """What went through the bank."""
    rate = peewee.TextField(default="")
    written_off = peewee.BigIntegerField(default=0)
    write_off_account = peewee.ForeignKeyField(
        LedgerAccount, null=True, index=False, on_delete="RESTRICT"
    )
    reason = peewee.TextField(default="")
    """Why something is written off."""
    reference = peewee.TextField(default="")
    chosen = peewee.TextField(default="[]")
    """JSON: pairs of open item and amount (0 for all of it) that are settled first."""
    entry = peewee.ForeignKeyField(JournalEntry, null=True, unique=True, on_delete="RESTRICT")
    gain = peewee.BigIntegerField(default=0)
    """Realised by rates, in the reporting currency; negative for a loss."""
    prepared_by = peewee.IntegerField()
    approved_by = peewee.IntegerField(null=True)
    approved_at = InstantField(null=True)
    posted_by = peewee.IntegerField(null=True)
    posted_at = InstantField(null=True)
    undone_on = DayField(null=True)
    undo_reason = peewee.TextField(default="")
    undo_by = peewee.IntegerField(null=True)
    undo_approved_by = peewee.IntegerField(null=True)
    undo_approved_at = InstantField(null=True)
    reversal = peewee.ForeignKeyField(JournalEntry, null=True, unique=True, on_delete="RESTRICT")

    class Meta:
        """Lists by date."""

        indexes = ((("dated", "id"), False),)


class OpenItem(Table):
    """What a document or payment left on a control account, and what of it is still open."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    side = peewee.TextField()
    invoice = peewee.ForeignKeyField(Invoice, null=True, unique=True, on_delete="RESTRICT")
    payment = peewee.ForeignKeyField(Payment, null=True, on_delete="RESTRICT")
    partner = peewee.ForeignKeyField(Organisation, index=False, on_delete="RESTRICT")
    account = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    value_commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    entry = peewee.ForeignKeyField(JournalEntry, on_delete="RESTRICT")
    dated = DayField()
    due = DayField()
    amount = peewee.BigIntegerField()
    value = peewee.BigIntegerField()
    open = peewee.BigIntegerField(constraints=[WITHIN])
    open_value = peewee.BigIntegerField()
    credited = peewee.BigIntegerField(default=0)
    """What credit notes took of it, without its sign."""

    class Meta:
        """By partner, the oldest due first."""

        indexes = ((("partner", "side", "due", "id"), False),)


class Allocation(Table):
    """A part of a debit and of a credit that cancel each other, from a day on."""

    id = peewee.AutoField()
    debit = peewee.ForeignKeyField(OpenItem, on_delete="RESTRICT")
    credit = peewee.ForeignKeyField(OpenItem, on_delete="RESTRICT")
    payment = peewee.ForeignKeyField(Payment, null=True, on_delete="RESTRICT")
    """Which one brought it about; empty where a credit note did."""
    dated = DayField()
    amount = peewee.BigIntegerField()
    debit_value = peewee.BigIntegerField()
    credit_value = peewee.BigIntegerField()
    undone_on = DayField(null=True)


class InvoiceAttachment(Table):
    """A file at a document, such as the bill as it came."""

    id = peewee.AutoField()
    invoice = peewee.ForeignKeyField(Invoice, on_delete="CASCADE")
    name = peewee.TextField()
    media_type = peewee.TextField()
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField(index=True)
    added_by = peewee.IntegerField()
    added_at = InstantField()
