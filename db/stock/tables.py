"""The tables of counted things and of stocktakes."""

import peewee

from db.assets.tables import Asset, Place
from db.base import Table
from db.contacts import Contact, Organisation
from db.fields import DayField, InstantField
from db.ledger.tables import Commodity


class StockItem(Table):
    """Things of one kind that are counted, not tagged one by one."""

    id = peewee.AutoField()
    kind = peewee.TextField()
    """`consumable` (stays away), `accessory` (comes back) or `component` (goes into an asset)."""
    name = peewee.TextField(index=True)
    category = peewee.TextField(default="")
    maker = peewee.TextField(default="")
    model_number = peewee.TextField(default="")
    item_number = peewee.TextField(default="")
    serial = peewee.TextField(default="")
    place = peewee.ForeignKeyField(Place, null=True, on_delete="RESTRICT")
    """Where it lies."""
    company = peewee.TextField(default="")
    minimum = peewee.IntegerField(default=0, constraints=[peewee.Check("minimum >= 0")])
    on_hand = peewee.IntegerField(default=0, constraints=[peewee.Check("on_hand >= 0")])
    away = peewee.IntegerField(default=0, constraints=[peewee.Check("away >= 0")])
    """Accessories with people and components in assets."""
    note = peewee.TextField(default="")
    retired = peewee.BooleanField(default=False)
    external_key = peewee.TextField(null=True, unique=True)
    created_at = InstantField()
    version = peewee.IntegerField(default=1)


class StockMovement(Table):
    """What came, went, came back or was counted; never changed, never deleted."""

    id = peewee.AutoField()
    item = peewee.ForeignKeyField(StockItem, index=False, on_delete="RESTRICT")
    kind = peewee.TextField()
    """`received`, `handed-out`, `used`, `returned`, `installed`, `removed`, `corrected`."""
    quantity = peewee.IntegerField(constraints=[peewee.Check("quantity <> 0")])
    """What it adds to the stock on hand."""
    away = peewee.IntegerField(default=0)
    """What it adds to what is away."""
    at = InstantField()
    by = peewee.TextField()
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="RESTRICT")
    asset = peewee.ForeignKeyField(Asset, null=True, on_delete="RESTRICT")
    supplier = peewee.ForeignKeyField(Organisation, null=True, index=False, on_delete="RESTRICT")
    order_number = peewee.TextField(default="")
    received_on = DayField(null=True)
    cost = peewee.BigIntegerField(null=True)
    """Of one piece."""
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    note = peewee.TextField(default="")

    class Meta:
        """Read by item."""

        indexes = ((("item", "id"), False),)


class Stocktake(Table):
    """One count of assets at places or of categories."""

    id = peewee.AutoField()
    name = peewee.TextField()
    scope = peewee.TextField(default="{}")
    """What was chosen, a JSON object of lists of words."""
    opened_at = InstantField()
    opened_by = peewee.TextField()
    closed_at = InstantField(null=True)
    closed_by = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)


class StocktakeAsset(Table):
    """An asset that was expected when the stocktake was opened, or seen in it."""

    id = peewee.AutoField()
    stocktake = peewee.ForeignKeyField(Stocktake, index=False, on_delete="CASCADE")
    asset = peewee.ForeignKeyField(Asset, on_delete="CASCADE")
    expected = peewee.BooleanField()
    place = peewee.ForeignKeyField(Place, null=True, index=False, on_delete="RESTRICT")
    """Where it should be."""
    state = peewee.TextField()
    """`missing`, `found`, `misplaced` or `unexpected`."""
    found_place = peewee.ForeignKeyField(Place, null=True, index=False, on_delete="RESTRICT")
    found_at = InstantField(null=True)
    found_by = peewee.TextField(default="")

    class Meta:
        """An asset is there once, however many scan it."""

        indexes = ((("stocktake", "asset"), True), (("stocktake", "state"), False))


class StocktakeUnknown(Table):
    """A text that was scanned and names no asset."""

    id = peewee.AutoField()
    stocktake = peewee.ForeignKeyField(Stocktake, index=False, on_delete="CASCADE")
    text = peewee.TextField()
    place = peewee.ForeignKeyField(Place, null=True, index=False, on_delete="RESTRICT")
    at = InstantField()
    by = peewee.TextField()

    class Meta:
        """Each text once."""

        indexes = ((("stocktake", "text"), True),)
