"""The tables of revaluations: amounts in smallest units, days as numbers such as 20261125."""

import peewee

from db.base import Table
from db.fields import DayField
from db.invoices.tables import OpenItem
from db.ledger.tables import Commodity, JournalEntry, LedgerAccount


class RevaluedAccount(Table):
    """A monetary account, and the account that takes what closing rates add to its worth."""

    account = peewee.ForeignKeyField(
        LedgerAccount, primary_key=True, index=False, on_delete="CASCADE"
    )
    adjustment = peewee.ForeignKeyField(LedgerAccount, null=True, index=False, on_delete="RESTRICT")
    """Empty until it is first needed."""


class RevaluationLine(Table):
    """By how much an entry revalues a balance or an open item; it never changes."""

    id = peewee.AutoField()
    entry = peewee.ForeignKeyField(JournalEntry, on_delete="CASCADE")
    dated = DayField()
    """The entry's."""
    account = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    value_commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    item = peewee.ForeignKeyField(OpenItem, null=True, index=False, on_delete="RESTRICT")
    """Empty for what an account holds without open items."""
    amount = peewee.BigIntegerField()
    """What was held of the commodity."""
    before = peewee.BigIntegerField()
    """The worth before, with earlier revaluations of the same day."""
    difference = peewee.BigIntegerField()

    class Meta:
        """Read by day."""

        indexes = ((("dated", "id"), False),)
