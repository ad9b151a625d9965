"""The tables of software: what it is, what was bought, who has a seat, where it is installed."""

import peewee

from db.assets.tables import Asset
from db.base import Table
from db.contacts import Contact, Organisation
from db.fields import DayField, InstantField
from db.ledger.tables import Commodity


class SoftwareProduct(Table):
    """Software by name, whoever sold it."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    maker = peewee.TextField(default="")
    category = peewee.TextField(default="")
    note = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)


class Licence(Table):
    """The right to use a product on some seats."""

    id = peewee.AutoField()
    product = peewee.ForeignKeyField(SoftwareProduct, on_delete="RESTRICT")
    kind = peewee.TextField()
    """`perpetual`, `subscription`, `trial` or `free`."""
    seats = peewee.IntegerField(constraints=[peewee.Check("seats > 0")])
    used = peewee.IntegerField(default=0, constraints=[peewee.Check("used >= 0")])
    """Seats that somebody has."""
    spent = peewee.IntegerField(default=0, constraints=[peewee.Check("spent >= 0")])
    """Seats that came back and cannot be given again."""
    reassignable = peewee.BooleanField(default=True)
    secret = peewee.TextField(default="")
    """The key; read by one statement alone."""
    licensed_to = peewee.TextField(default="")
    licensed_email = peewee.TextField(default="")
    company = peewee.TextField(default="")
    supplier = peewee.ForeignKeyField(Organisation, null=True, on_delete="SET NULL")
    purchase_order = peewee.TextField(default="")
    order_number = peewee.TextField(default="")
    bought_on = DayField(null=True)
    cost = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    ends_on = DayField(null=True, index=True)
    """The last day on which it may be used."""
    maintained = peewee.BooleanField(default=False)
    maintained_until = DayField(null=True, index=True)
    warn_days = peewee.SmallIntegerField(default=30)
    """How long before an end it is told."""
    note = peewee.TextField(default="")
    retired = peewee.BooleanField(default=False)
    external_key = peewee.TextField(null=True, unique=True)
    created_at = InstantField()
    version = peewee.IntegerField(default=1)

    class Meta:
        """No seat is given that was not bought."""

        constraints = (peewee.Check("used + spent <= seats"),)


class LicenceSeat(Table):
    """One time in which somebody had a seat; open while `back_at` is empty."""

    id = peewee.AutoField()
    licence = peewee.ForeignKeyField(Licence, index=False, on_delete="CASCADE")
    number = peewee.IntegerField(constraints=[peewee.Check("number > 0")])
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="RESTRICT")
    asset = peewee.ForeignKeyField(Asset, null=True, on_delete="RESTRICT")
    given_at = InstantField()
    given_by = peewee.TextField()
    note = peewee.TextField(default="")
    back_at = InstantField(null=True)
    back_by = peewee.TextField(default="")
    spent = peewee.BooleanField(default=False)
    """It came back, and its seat cannot be given again."""

    class Meta:
        """A person or an asset, never both."""

        indexes = ((("licence", "number"), False),)
        constraints = (peewee.Check("(contact_id IS NULL) <> (asset_id IS NULL)"),)


class Installation(Table):
    """A product on an asset; it is there while `removed_on` is empty."""

    id = peewee.AutoField()
    product = peewee.ForeignKeyField(SoftwareProduct, index=False, on_delete="RESTRICT")
    asset = peewee.ForeignKeyField(Asset, on_delete="CASCADE")
    release = peewee.TextField(default="")
    """Which version of the product."""
    installed_on = DayField()
    removed_on = DayField(null=True)

    class Meta:
        """Read by product."""

        indexes = ((("product", "asset"), False),)
