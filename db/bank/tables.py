"""The tables of the bank: amounts in smallest units, days as numbers such as 20261125."""

import peewee

from db.base import Table
from db.fields import DayField, InstantField
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
    """`open` or `matched`."""
    version = peewee.IntegerField(default=1)

    class Meta:
        """Each once; read by day."""

        indexes = ((("bank", "key"), True), (("bank", "dated", "id"), False))


class BankLink(Table):
    """A posted line that a bank line is matched with; each belongs to one bank line at most."""

    id = peewee.AutoField()
    line = peewee.ForeignKeyField(BankLine, on_delete="RESTRICT")
    posting = peewee.ForeignKeyField(Posting, unique=True, on_delete="RESTRICT")


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
