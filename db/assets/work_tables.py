"""The tables of the work on assets: plans of service, counters, repairs and entries.

Days are numbers such as 20261125, costs are in smallest units.
"""

import peewee

from db.assets.tables import Asset, AssetCategory, AssetModel
from db.base import Table
from db.contacts import Organisation
from db.fields import DayField, InstantField
from db.fixed_assets.tables import FixedAsset
from db.invoices.tables import Invoice
from db.ledger.tables import Commodity
from db.tickets.tables import Ticket
from db.users import User


class ServicePlan(Table):
    """What is done again and again with one asset, or with all deployed ones of a kind."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    name = peewee.TextField()
    asset = peewee.ForeignKeyField(Asset, null=True, on_delete="CASCADE")
    """One of the next three is filled."""
    model = peewee.ForeignKeyField(AssetModel, null=True, on_delete="CASCADE")
    category = peewee.ForeignKeyField(AssetCategory, null=True, on_delete="CASCADE")
    every = peewee.TextField(default="")
    """`1d`, `2w`, `3mo`, `1y`; empty where only a counter says when."""
    starts_on = DayField()
    after_done = peewee.BooleanField()
    """Whether the next day follows the work done, else the calendar from the first day on."""
    lead_days = peewee.SmallIntegerField(default=0)
    """How long before the day a ticket is opened."""
    counter = peewee.TextField(default="")
    """What is counted, such as km; empty where only days say when."""
    count_every = peewee.BigIntegerField(default=0)
    count_lead = peewee.BigIntegerField(default=0)
    """How far before the count a ticket is opened."""
    ticket = peewee.TextField(default="{}")
    """Fields of the ticket, a JSON object; `subject` and `body` among them."""
    active = peewee.BooleanField(default=True)
    spread_at = InstantField(default=0)
    """When assets of its kind were last looked for."""


class ServiceDue(Table):
    """When a plan is next due for an asset."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    plan = peewee.ForeignKeyField(ServicePlan, index=False, on_delete="CASCADE")
    asset = peewee.ForeignKeyField(Asset, on_delete="CASCADE")
    next_on = DayField(null=True)
    next_count = peewee.BigIntegerField(null=True)
    notice_on = DayField(null=True)
    """From when on a ticket is to be opened; empty while one is open, or nothing is known."""
    ticket = peewee.ForeignKeyField(Ticket, null=True, index=False, on_delete="SET NULL")
    """The one that is open for it."""
    done_on = DayField(null=True)
    done_count = peewee.BigIntegerField(null=True)

    class Meta:
        """A plan is due once for an asset."""

        indexes = ((("plan", "asset"), True),)


class AssetCounter(Table):
    """What a counter of an asset last showed."""

    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    counter = peewee.TextField()
    value = peewee.BigIntegerField()
    read_on = DayField()

    class Meta:
        """An asset has a counter once."""

        primary_key = peewee.CompositeKey("asset", "counter")


class AssetReading(Table):
    """A counter as it was read."""

    id = peewee.AutoField()
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    counter = peewee.TextField()
    value = peewee.BigIntegerField()
    read_on = DayField()
    reason = peewee.TextField(default="")
    """Why it shows less than before; empty for a usual reading."""
    user = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = InstantField()

    class Meta:
        """Read by asset, in order."""

        indexes = ((("asset", "id"), False),)


class AssetRepair(Table):
    """One time that an asset was sent to be repaired."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    sent_on = DayField()
    supplier = peewee.ForeignKeyField(Organisation, null=True, on_delete="RESTRICT")
    description = peewee.TextField()
    warranty = peewee.BooleanField(default=False)
    """Whether the warranty pays."""
    cost = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    invoice = peewee.ForeignKeyField(Invoice, null=True, on_delete="SET NULL")
    """The bill."""
    ticket = peewee.ForeignKeyField(Ticket, null=True, on_delete="SET NULL")
    returned_on = DayField(null=True)
    result = peewee.TextField(default="")
    """`repaired`, `replaced` or `not_repaired`; empty while it is away."""
    note = peewee.TextField(default="")
    fixed_asset = peewee.ForeignKeyField(FixedAsset, null=True, unique=True, on_delete="SET NULL")
    """What the register has of its cost, where it was capitalised."""

    class Meta:
        """Read by asset, in order."""

        indexes = ((("asset", "sent_on", "id"), False), (("sent_on", "id"), False))


class AssetWork(Table):
    """Work done on an asset."""

    id = peewee.AutoField()
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    done_on = DayField()
    kind = peewee.TextField()
    """`installation`, `upgrade`, `service`, `inspection` or `other`."""
    who = peewee.TextField(default="")
    what = peewee.TextField()
    minutes = peewee.IntegerField(null=True)
    ticket = peewee.ForeignKeyField(Ticket, null=True, on_delete="SET NULL")
    plan = peewee.ForeignKeyField(ServicePlan, null=True, on_delete="SET NULL")
    """The plan that it was done for."""
    user = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = InstantField()

    class Meta:
        """Read by asset, in order."""

        indexes = ((("asset", "done_on", "id"), False),)


INDEXES = (
    "CREATE INDEX service_due_notice ON service_due (notice_on, id) WHERE notice_on IS NOT NULL",
    "CREATE INDEX service_due_ticket ON service_due (ticket_id) WHERE ticket_id IS NOT NULL",
    "CREATE INDEX service_due_next ON service_due (next_on, plan_id)",
    "CREATE INDEX service_due_of_plan ON service_due (plan_id, next_on, id)",
    "CREATE INDEX service_due_open ON service_due (plan_id) WHERE ticket_id IS NOT NULL",
    "CREATE INDEX asset_repair_open ON asset_repair (sent_on, id) WHERE returned_on IS NULL",
    "CREATE UNIQUE INDEX asset_repair_now ON asset_repair (asset_id) WHERE returned_on IS NULL",
)
