"""Make the tables of the register of fixed assets."""

from typing import Any

import peewee

ONCE = """
    CREATE UNIQUE INDEX fixed_asset_movement_once ON fixed_asset_movement (asset_id, month)
    WHERE kind IN ('depreciation', 'last') AND undone_by_id IS NULL
"""


class Commodity(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class LedgerAccount(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class JournalEntry(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class FixedAssetClass(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    method = peewee.TextField()
    months = peewee.SmallIntegerField()
    rate = peewee.TextField(default="")
    convention = peewee.TextField()
    every = peewee.SmallIntegerField(default=1)
    fiscal_group = peewee.TextField(default="")
    cost = peewee.ForeignKeyField(LedgerAccount, on_delete="RESTRICT")
    accumulated = peewee.ForeignKeyField(LedgerAccount, on_delete="RESTRICT")
    expense = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    result = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class FixedAsset(peewee.Model):
    id = peewee.AutoField()
    asset_class = peewee.ForeignKeyField(FixedAssetClass, on_delete="RESTRICT")
    name = peewee.TextField()
    note = peewee.TextField(default="")
    acquired_on = peewee.IntegerField()
    in_use_on = peewee.IntegerField(index=True)
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    cost = peewee.BigIntegerField(constraints=[peewee.Check("cost > 0")])
    residual = peewee.BigIntegerField(constraints=[peewee.Check("residual BETWEEN 0 AND cost")])
    method = peewee.TextField()
    months = peewee.SmallIntegerField()
    rate = peewee.TextField(default="")
    convention = peewee.TextField()
    every = peewee.SmallIntegerField(default=1)
    opening = peewee.BigIntegerField(default=0)
    through = peewee.IntegerField(null=True)
    anew = peewee.BooleanField(default=False)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class FixedAssetMovement(peewee.Model):
    id = peewee.AutoField()
    asset = peewee.ForeignKeyField(FixedAsset, index=False, on_delete="RESTRICT")
    entry = peewee.ForeignKeyField(JournalEntry, null=True, on_delete="CASCADE")
    kind = peewee.TextField()
    dated = peewee.IntegerField()
    month = peewee.IntegerField(default=0)
    cost = peewee.BigIntegerField(default=0)
    accumulated = peewee.BigIntegerField(default=0)
    undone_by = peewee.ForeignKeyField("self", null=True, on_delete="SET NULL")

    class Meta:
        legacy_table_names = False
        indexes = ((("asset", "id"), False),)


TABLES = (FixedAssetClass, FixedAsset, FixedAssetMovement)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables."""
    models = (Commodity, LedgerAccount, JournalEntry, *TABLES)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    db.execute_sql(ONCE)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; the register is lost, its entries stay in the books."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
