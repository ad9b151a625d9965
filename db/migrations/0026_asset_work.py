"""Make the tables of the work on assets: plans of service, counters, repairs and entries."""

from typing import Any

import peewee


class User(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        table_name = "user_account"


class Asset(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class AssetCategory(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class AssetModel(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Organisation(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Commodity(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class FixedAsset(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Invoice(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Ticket(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class ServicePlan(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    name = peewee.TextField()
    asset = peewee.ForeignKeyField(Asset, null=True, on_delete="CASCADE")
    model = peewee.ForeignKeyField(AssetModel, null=True, on_delete="CASCADE")
    category = peewee.ForeignKeyField(AssetCategory, null=True, on_delete="CASCADE")
    every = peewee.TextField(default="")
    starts_on = peewee.IntegerField()
    after_done = peewee.BooleanField()
    lead_days = peewee.SmallIntegerField(default=0)
    counter = peewee.TextField(default="")
    count_every = peewee.BigIntegerField(default=0)
    count_lead = peewee.BigIntegerField(default=0)
    ticket = peewee.TextField(default="{}")
    active = peewee.BooleanField(default=True)
    spread_at = peewee.BigIntegerField(default=0)

    class Meta:
        legacy_table_names = False


class ServiceDue(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    plan = peewee.ForeignKeyField(ServicePlan, index=False, on_delete="CASCADE")
    asset = peewee.ForeignKeyField(Asset, on_delete="CASCADE")
    next_on = peewee.IntegerField(null=True)
    next_count = peewee.BigIntegerField(null=True)
    notice_on = peewee.IntegerField(null=True)
    ticket = peewee.ForeignKeyField(Ticket, null=True, index=False, on_delete="SET NULL")
    done_on = peewee.IntegerField(null=True)
    done_count = peewee.BigIntegerField(null=True)

    class Meta:
        legacy_table_names = False
        indexes = ((("plan", "asset"), True),)


class AssetCounter(peewee.Model):
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    counter = peewee.TextField()
    value = peewee.BigIntegerField()
    read_on = peewee.IntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("asset", "counter")


class AssetReading(peewee.Model):
    id = peewee.AutoField()
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    counter = peewee.TextField()
    value = peewee.BigIntegerField()
    read_on = peewee.IntegerField()
    reason = peewee.TextField(default="")
    user = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("asset", "id"), False),)


class AssetRepair(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    sent_on = peewee.IntegerField()
    supplier = peewee.ForeignKeyField(Organisation, null=True, on_delete="RESTRICT")
    description = peewee.TextField()
    warranty = peewee.BooleanField(default=False)
    cost = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    invoice = peewee.ForeignKeyField(Invoice, null=True, on_delete="SET NULL")
    ticket = peewee.ForeignKeyField(Ticket, null=True, on_delete="SET NULL")
    returned_on = peewee.IntegerField(null=True)
    result = peewee.TextField(default="")
    note = peewee.TextField(default="")
    fixed_asset = peewee.ForeignKeyField(FixedAsset, null=True, unique=True, on_delete="SET NULL")

    class Meta:
        legacy_table_names = False
        indexes = ((("asset", "sent_on", "id"), False), (("sent_on", "id"), False))


class AssetWork(peewee.Model):
    id = peewee.AutoField()
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    done_on = peewee.IntegerField()
    kind = peewee.TextField()
    who = peewee.TextField(default="")
    what = peewee.TextField()
    minutes = peewee.IntegerField(null=True)
    ticket = peewee.ForeignKeyField(Ticket, null=True, on_delete="SET NULL")
    plan = peewee.ForeignKeyField(ServicePlan, null=True, on_delete="SET NULL")
    user = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("asset", "done_on", "id"), False),)


OTHERS = (
    User, Asset, AssetCategory, AssetModel, Organisation, Commodity, FixedAsset, Invoice, Ticket,
)  # fmt: skip
TABLES = (ServicePlan, ServiceDue, AssetCounter, AssetReading, AssetRepair, AssetWork)
INDEXES = (
    "CREATE INDEX service_due_notice ON service_due (notice_on, id) WHERE notice_on IS NOT NULL",
    "CREATE INDEX service_due_ticket ON service_due (ticket_id) WHERE ticket_id IS NOT NULL",
    "CREATE INDEX service_due_next ON service_due (next_on, plan_id)",
    "CREATE INDEX service_due_of_plan ON service_due (plan_id, next_on, id)",
    "CREATE INDEX service_due_open ON service_due (plan_id) WHERE ticket_id IS NOT NULL",
    "CREATE INDEX asset_repair_open ON asset_repair (sent_on, id) WHERE returned_on IS NULL",
    "CREATE UNIQUE INDEX asset_repair_now ON asset_repair (asset_id) WHERE returned_on IS NULL",
)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables and their indexes."""
    with db.bind_ctx((*OTHERS, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    for statement in INDEXES:
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; plans, readings, repairs and entries of work are lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(tuple(reversed(TABLES)))
