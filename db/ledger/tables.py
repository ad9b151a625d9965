"""The tables of the ledger.

Amounts are whole numbers of a commodity's smallest unit; days are numbers such as 20261125.
"""

import peewee

from db.base import Table
from db.fields import DayField, InstantField

BOUND_AMOUNT = peewee.Check("amount BETWEEN -9000000000000000000 AND 9000000000000000000")
BOUND_VALUE = peewee.Check("value BETWEEN -9000000000000000000 AND 9000000000000000000")
"""SQLite would go on with a float where a sum leaves 64 bits; this refuses it."""


class Commodity(Table):
    """A currency, or anything else that is counted."""

    id = peewee.AutoField()
    code = peewee.TextField(unique=True)
    precision = peewee.SmallIntegerField()
    """Digits behind the point of its smallest unit; fixed once a posted line has it."""
    version = peewee.IntegerField(default=1)


class CommodityRate(Table):
    """What one unit of a commodity was worth on a day: an exact decimal, as text."""

    id = peewee.AutoField()
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    quote = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    dated = DayField()
    worth = peewee.TextField()

    class Meta:
        """One rate a day."""

        indexes = ((("commodity", "quote", "dated"), True),)


class LedgerAccount(Table):
    """A node of the chart; `path` is the names from the root, joined by colons."""

    id = peewee.AutoField()
    parent = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    code = peewee.TextField(default="", index=True)
    name = peewee.TextField()
    path = peewee.TextField(unique=True)
    kind = peewee.TextField(default="")
    """`asset`, `liability`, `equity`, `income`, `expense`; empty where nobody has said."""
    role = peewee.TextField(default="", index=True)
    """What the program itself uses it for: `cash`, `receivable`, `payable`, `retained` …"""
    cash_flow = peewee.TextField(default="")
    """Where it belongs in the cash-flow statement; empty where nobody has said."""
    opened_on = DayField(null=True)
    closed_on = DayField(null=True)
    version = peewee.IntegerField(default=1)


class FiscalYear(Table):
    """A year of the books, which its periods fill without gaps."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    starts = DayField(unique=True)
    ends = DayField()
    state = peewee.TextField(default="open")
    """`open`, `closed` or `locked`."""
    closing_id = peewee.IntegerField(null=True)
    """The entry that closed it, if any."""
    version = peewee.IntegerField(default=1)


class Period(Table):
    """A month of a fiscal year."""

    id = peewee.AutoField()
    year = peewee.ForeignKeyField(FiscalYear, on_delete="RESTRICT")
    starts = DayField(unique=True)
    ends = DayField()
    state = peewee.TextField(default="open")
    version = peewee.IntegerField(default=1)


class LedgerSeries(Table):
    """The end of one series of entries in one fiscal year: its last number and hash."""

    id = peewee.AutoField()
    code = peewee.TextField()
    year = peewee.ForeignKeyField(FiscalYear, index=False, on_delete="RESTRICT")
    last_number = peewee.IntegerField(default=0)
    last_hash = peewee.TextField(default="")

    class Meta:
        """One chain for each series and year."""

        indexes = ((("code", "year"), True),)


class JournalEntry(Table):
    """One entry; its lines are postings. A posted one never changes."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    state = peewee.TextField()
    """`draft` or `posted`; reversed is one that another entry names in `reverses`."""
    kind = peewee.TextField(default="normal")
    """`normal`, `reversal`, `closing` or `import`."""
    series = peewee.TextField()
    year = peewee.ForeignKeyField(FiscalYear, null=True, index=False, on_delete="RESTRICT")
    number = peewee.IntegerField(null=True)
    """Given when it is posted: without gaps in its series and year."""
    dated = DayField()
    effective = DayField(null=True)
    """The secondary date."""
    status = peewee.TextField(default="")
    """`!` pending or `*` cleared, as plain-text journals have it."""
    code = peewee.TextField(default="")
    payee = peewee.TextField(default="")
    description = peewee.TextField(default="")
    comment = peewee.TextField(default="")
    tags = peewee.TextField(default="[]")
    """JSON: pairs of name and value."""
    links = peewee.TextField(default="[]")
    reverses = peewee.ForeignKeyField("self", null=True, unique=True, on_delete="RESTRICT")
    reason = peewee.TextField(default="")
    """Why it was reversed, at the reversal."""
    prepared_by = peewee.IntegerField()
    approved_by = peewee.IntegerField(null=True)
    approved_at = InstantField(null=True)
    posted_by = peewee.IntegerField(null=True)
    posted_at = InstantField(null=True)
    hash = peewee.TextField(default="")
    """Seals the entry with the one before it in its series and year."""

    class Meta:
        """A number once; lists by date."""

        indexes = (
            (("year", "series", "number"), True),
            (("dated", "id"), False),
        )


class Posting(Table):
    """One line of an entry, in whole smallest units.

    `value` is what the line weighs in its entry: in each entry the values of real lines sum to
    zero, commodity by commodity.
    """

    id = peewee.AutoField()
    entry = peewee.ForeignKeyField(JournalEntry, index=False, on_delete="CASCADE")
    position = peewee.IntegerField()
    account = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    amount = peewee.BigIntegerField()
    value = peewee.BigIntegerField()
    value_commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    kind = peewee.SmallIntegerField(default=0)
    """0 real, 1 virtual and balanced, 2 virtual and not balanced."""
    dated = DayField()
    """The entry's."""
    posted = peewee.BooleanField()
    label = peewee.TextField(default="")
    details = peewee.TextField(default="")
    """JSON: status, price, lot, tags and own date of a line that has any; else empty."""

    class Meta:
        """Read by entry."""

        indexes = ((("entry", "position"), True),)


class BalanceMonth(Table):
    """What posted lines of a month add to an account, kept with every posting."""

    account = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    value_commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    kind = peewee.SmallIntegerField()
    month = peewee.IntegerField()
    """Year and month: 202611."""
    amount = peewee.BigIntegerField(constraints=[BOUND_AMOUNT])
    value = peewee.BigIntegerField(constraints=[BOUND_VALUE])

    class Meta:
        """One sum each."""

        primary_key = peewee.CompositeKey(
            "account", "commodity", "value_commodity", "kind", "month"
        )


class BalanceDay(Table):
    """The same for a day."""

    account = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    value_commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    kind = peewee.SmallIntegerField()
    dated = DayField(index=True)
    amount = peewee.BigIntegerField(constraints=[BOUND_AMOUNT])
    value = peewee.BigIntegerField(constraints=[BOUND_VALUE])

    class Meta:
        """One sum each."""

        primary_key = peewee.CompositeKey(
            "account", "commodity", "value_commodity", "kind", "dated"
        )


class LedgerLock(Table):
    """Up to which day nothing more is booked, for one part of the books."""

    part = peewee.TextField(primary_key=True)
    """`ledger`, `tax`, `sales`, `purchases`, `payroll` or `hard`."""
    through = DayField()


class LockException(Table):
    """Who may book before a lock for some time, and why."""

    id = peewee.AutoField()
    part = peewee.TextField()
    user_id = peewee.IntegerField(null=True)
    """Empty for everybody."""
    until = InstantField()
    reason = peewee.TextField()
    granted_by = peewee.IntegerField()
    revoked_at = InstantField(null=True)


class EntryTemplate(Table):
    """The lines that an entry of some kind usually has."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    payee = peewee.TextField(default="")
    description = peewee.TextField(default="")
    lines = peewee.TextField()
    """JSON: lines as they are typed."""
    kept_by = peewee.IntegerField()
    """Who wrote them last: the preparer of what comes of them by itself."""
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)


class EntryRecurrence(Table):
    """An entry that comes back by the calendar; its days are counted from the first one."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    template = peewee.ForeignKeyField(EntryTemplate, on_delete="RESTRICT")
    every = peewee.TextField()
    """`1d`, `2w`, `1mo` or `1y`."""
    starts = DayField()
    ends = DayField(null=True)
    done = peewee.IntegerField(default=0)
    """How many of its days have their entry."""
    posts = peewee.BooleanField(default=False)
    """Post at once, instead of leaving a draft."""
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)


class BudgetLine(Table):
    """What an account is planned to have in a month, with the sign of its lines."""

    account = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    month = peewee.IntegerField()
    """Year and month: 202611."""
    amount = peewee.BigIntegerField()

    class Meta:
        """One plan each."""

        primary_key = peewee.CompositeKey("account", "commodity", "month")


class BudgetRule(Table):
    """What happens where an entry passes the budget of an account."""

    account = peewee.ForeignKeyField(
        LedgerAccount, primary_key=True, index=False, on_delete="CASCADE"
    )
    mode = peewee.TextField()
    """`block`; accounts without a row warn."""


class LedgerImport(Table):
    """A journal that was imported: the same file is taken once."""

    id = peewee.AutoField()
    sha256 = peewee.TextField(unique=True)
    name = peewee.TextField()
    at = InstantField()
    entries = peewee.IntegerField()


class LedgerSetting(Table):
    """A choice for the books as a whole, such as the reporting currency."""

    name = peewee.TextField(primary_key=True)
    value = peewee.TextField()


class EntryAttachment(Table):
    """A file at an entry, such as the scan of a receipt."""

    id = peewee.AutoField()
    entry = peewee.ForeignKeyField(JournalEntry, on_delete="CASCADE")
    name = peewee.TextField()
    media_type = peewee.TextField()
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField(index=True)
    added_by = peewee.IntegerField()
    added_at = InstantField()
