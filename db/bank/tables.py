"""The tables of the bank: amounts in smallest units, days as numbers such as 20261125."""

import peewee

from db.base import Table
from db.fields import DayField, InstantField
from db.invoices.tables import Payment
from db.ledger.tables import Commodity, LedgerAccount, Posting


class BankAccount(Table):
    """An account of the books whose statements are imported, in one commodity."""

    id = peewee.AutoField()
    account = peewee.ForeignKeyField(LedgerAccount, unique=True, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    number = peewee.TextField(default="")
    """The bank's own; empty where no statement told it."""
    table_map = peewee.TextField(default="")
    """JSON: how its tables are read; empty before one was."""
    version = peewee.IntegerField(default=1)


class BankStatement(Table):
    """One statement that brought something new."""

    id = peewee.AutoField()
    bank = peewee.ForeignKeyField(BankAccount, index=False, on_delete="RESTRICT")
    name = peewee.TextField()
    sha256 = peewee.TextField()
    at = InstantField()
    imported_by = peewee.IntegerField()
    starts = DayField(null=True)
    opening = peewee.BigIntegerField(null=True)
    closing = peewee.BigIntegerField(null=True)
    closing_on = DayField(null=True)
    added = peewee.IntegerField()
    seen = peewee.IntegerField()
    """Lines of it that were there already."""
    kind = peewee.TextField(default="")
    """`ofx` or `table`: ids of the bank are compared within one kind alone."""

    class Meta:
        """The last one of an account."""

        indexes = ((("bank", "closing_on"), False),)


class BankLine(Table):
    """A movement that the bank tells of, or what the account held before the first."""

    id = peewee.AutoField()
    bank = peewee.ForeignKeyField(BankAccount, index=False, on_delete="RESTRICT")
    statement = peewee.ForeignKeyField(BankStatement, on_delete="RESTRICT")
    dated = DayField()
    amount = peewee.BigIntegerField()
    name = peewee.TextField()
    memo = peewee.TextField()
    reference = peewee.TextField()
    key = peewee.TextField()
    """What makes it one: the bank's id, or a hash."""
    state = peewee.TextField()
    """`open`, `matched`, `aside` or `doubtful`; the last two count in no balance."""
    version = peewee.IntegerField(default=1)
    reason = peewee.TextField(default="")
    """Why it was set aside."""
    twin_id = peewee.IntegerField(null=True)
    """The line that seems to tell of the same movement, where it came doubtful."""
    payment = peewee.ForeignKeyField(Payment, null=True, index=False, on_delete="SET NULL")
    """Recorded for it; while that is a draft, the line waits."""

    class Meta:
        """Each once; read by day."""

        indexes = ((("bank", "key"), True), (("bank", "dated", "id"), False))


class BankLink(Table):
    """A posted line that a bank line is matched with, or a part of it."""

    id = peewee.AutoField()
    line = peewee.ForeignKeyField(BankLine, index=False, on_delete="RESTRICT")
    posting = peewee.ForeignKeyField(Posting, on_delete="RESTRICT")
    amount = peewee.BigIntegerField(default=0)
    """The part: all of the posted line, or of the bank line where several share one."""

    class Meta:
        """Each pair once."""

        indexes = ((("line", "posting"), True),)


class BankRule(Table):
    """What was learned: lines of a text were matched with entries against an account."""

    id = peewee.AutoField()
    bank = peewee.ForeignKeyField(BankAccount, index=False, on_delete="RESTRICT")
    pattern = peewee.TextField()
    account = peewee.ForeignKeyField(LedgerAccount, on_delete="RESTRICT")
    uses = peewee.IntegerField()

    class Meta:
        """One for each text and account."""

        indexes = ((("bank", "pattern", "account"), True),)


class BankMonth(Table):
    """What lines of a state add to a month, kept with every change of a line."""

    bank = peewee.ForeignKeyField(BankAccount, index=False, on_delete="RESTRICT")
    month = peewee.IntegerField()
    """Year and month: 202611."""
    state = peewee.TextField()
    """That of bank lines; `linked` for the matched lines of the books, in their own month."""
    number = peewee.IntegerField()
    amount = peewee.BigIntegerField()

    class Meta:
        """One sum each."""

        primary_key = peewee.CompositeKey("bank", "month", "state")


class BankClosing(Table):
    """A day up to which bank and books were found equal; nothing before it changes then."""

    id = peewee.AutoField()
    bank = peewee.ForeignKeyField(BankAccount, index=False, on_delete="RESTRICT")
    through = DayField()
    balance = peewee.BigIntegerField()
    closed_by = peewee.IntegerField()
    at = InstantField()

    class Meta:
        """One for each day."""

        indexes = ((("bank", "through"), True),)
