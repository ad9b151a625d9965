"""The tables of fixed assets: amounts in smallest units, days as numbers such as 20261125."""

import peewee

from db.base import Table
from db.fields import DayField
from db.ledger.tables import Commodity, JournalEntry, LedgerAccount


class FixedAssetClass(Table):
    """Assets of one kind: how they wear off, and on which accounts."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    method = peewee.TextField()
    months = peewee.SmallIntegerField()
    """Useful life."""
    rate = peewee.TextField(default="")
    """Percent of the book value a year, `written-down`, or empty for twice the straight line."""
    convention = peewee.TextField()
    every = peewee.SmallIntegerField(default=1)
    """Months in a period of depreciation."""
    fiscal_group = peewee.TextField(default="")
    """The group of the tax law."""
    cost = peewee.ForeignKeyField(LedgerAccount, on_delete="RESTRICT")
    accumulated = peewee.ForeignKeyField(LedgerAccount, on_delete="RESTRICT")
    expense = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    result = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    """Takes gains and losses when an asset goes."""
    surplus = peewee.ForeignKeyField(LedgerAccount, null=True, index=False, on_delete="RESTRICT")
    """Has what revaluations added, in equity."""
    with_use = peewee.BooleanField(default=False)
    """Let the surplus go to retained earnings with use, not only when an asset goes."""
    version = peewee.IntegerField(default=1)


class FixedAsset(Table):
    """One asset of the books, and the terms by which it wears off."""

    id = peewee.AutoField()
    asset_class = peewee.ForeignKeyField(FixedAssetClass, on_delete="RESTRICT")
    name = peewee.TextField()
    note = peewee.TextField(default="")
    acquired_on = DayField()
    in_use_on = DayField(index=True)
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    cost = peewee.BigIntegerField(constraints=[peewee.Check("cost > 0")])
    residual = peewee.BigIntegerField(constraints=[peewee.Check("residual BETWEEN 0 AND cost")])
    method = peewee.TextField()
    months = peewee.SmallIntegerField()
    rate = peewee.TextField(default="")
    convention = peewee.TextField()
    every = peewee.SmallIntegerField(default=1)
    opening = peewee.BigIntegerField(default=0)
    """What had worn off on the day `through`, before the terms above count."""
    through = DayField(null=True)
    anew = peewee.BooleanField(default=False)
    """The terms were changed on that day: what was left is spread over what is left. Changes
    keep their terms in their movements now."""
    version = peewee.IntegerField(default=1)


class FixedAssetMovement(Table):
    """What an entry adds to the register; it counts once its entry is posted."""

    id = peewee.AutoField()
    asset = peewee.ForeignKeyField(FixedAsset, index=False, on_delete="RESTRICT")
    entry = peewee.ForeignKeyField(JournalEntry, null=True, on_delete="CASCADE")
    """Empty for what the books had before the register."""
    kind = peewee.TextField()
    """`acquisition`, `depreciation`, `last` (with a disposal), `change`, `revaluation`,
    `disposal`, `reversal`."""
    dated = DayField()
    month = peewee.IntegerField(default=0)
    """The last month of the period that wears off: 202611."""
    cost = peewee.BigIntegerField(default=0)
    accumulated = peewee.BigIntegerField(default=0)
    surplus = peewee.BigIntegerField(default=0)
    """What it adds to the revaluation surplus in equity."""
    lost = peewee.BigIntegerField(default=0)
    """What it writes down through profit or loss; a later increase gives that back first."""
    gross = peewee.BigIntegerField(null=True)
    """Empty unless new terms begin: the gross amount from then on, and what follows."""
    residual = peewee.BigIntegerField(null=True)
    months = peewee.SmallIntegerField(null=True)
    opening = peewee.BigIntegerField(null=True)
    through = DayField(null=True)
    undone_by = peewee.ForeignKeyField("self", null=True, on_delete="SET NULL")
    """The movement that takes it back."""

    class Meta:
        """Read by asset."""

        indexes = ((("asset", "id"), False),)
