"""The tables of assets: what there is, who has it, what hangs together, and its addresses.

States, kinds and conditions are stored as the words of `boconsole.assets`.
"""

import peewee

from db.base import Table
from db.contacts import Contact, Organisation
from db.fields import DayField, InstantField
from db.fixed_assets.tables import FixedAsset
from db.invoices.tables import Invoice
from db.ledger.tables import Commodity
from db.tickets.tables import Ticket
from db.users import User


class Place(Table):
    """Where things are: a site, a building, a room; `path` is the names from the root."""

    id = peewee.AutoField()
    parent = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    name = peewee.TextField()
    path = peewee.TextField(unique=True)
    """Joined by ` / `."""
    address = peewee.TextField(default="")
    note = peewee.TextField(default="")
    external_key = peewee.TextField(null=True, unique=True)
    version = peewee.IntegerField(default=1)


class AssetCategory(Table):
    """A sort of asset, such as laptops; `kind` says what it can do."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    kind = peewee.TextField(default="other")
    """`computer`, `phone`, `peripheral`, `network`, `server` or `other`."""
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)


class AssetModel(Table):
    """What a maker sells under one name and number."""

    id = peewee.AutoField()
    name = peewee.TextField()
    manufacturer = peewee.TextField(default="")
    number = peewee.TextField(default="")
    category = peewee.ForeignKeyField(AssetCategory, null=True, on_delete="RESTRICT")
    life_months = peewee.SmallIntegerField(null=True)
    """How long one is used."""
    note = peewee.TextField(default="")
    external_key = peewee.TextField(null=True, unique=True)
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        """A maker uses a name and a number once."""

        indexes = ((("name", "manufacturer", "number"), True),)


class AssetField(Table):
    """A field that an organisation added to the assets of one category, or to all."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    """Lower case letters, digits and _; queries call it cf.name."""
    label = peewee.TextField()
    category = peewee.ForeignKeyField(AssetCategory, null=True, on_delete="CASCADE")
    """Empty for every category."""
    type = peewee.TextField()
    """`text`, `number`, `date`, `choice` or `reference`."""
    choices = peewee.TextField(default="[]")
    required = peewee.BooleanField(default=False)
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)


class Asset(Table):
    """One thing; people see its tag."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    tag = peewee.TextField(unique=True)
    tag_number = peewee.IntegerField(null=True)
    """The number of a tag of our own form, AST-0007; empty for other tags."""
    name = peewee.TextField()
    serial = peewee.TextField(default="")
    model = peewee.ForeignKeyField(AssetModel, null=True, index=False, on_delete="RESTRICT")
    category = peewee.ForeignKeyField(AssetCategory, null=True, index=False, on_delete="RESTRICT")
    state = peewee.TextField()
    active = peewee.BooleanField()
    """False when lost, retired or disposed: what lists leave out by default."""
    condition = peewee.TextField(default="")
    """`new`, `good`, `worn` or `broken`; empty when nobody said."""
    place = peewee.ForeignKeyField(Place, null=True, index=False, on_delete="RESTRICT")
    """Where it belongs when nobody has it."""
    organisation = peewee.ForeignKeyField(
        Organisation, null=True, index=False, on_delete="RESTRICT"
    )
    """Whose it is, where it is not ours."""
    holder_kind = peewee.TextField(default="")
    """`person`, `place` or `asset`; empty when nobody has it. One of the next three is filled."""
    holder_contact = peewee.ForeignKeyField(Contact, null=True, index=False, on_delete="RESTRICT")
    holder_place = peewee.ForeignKeyField(Place, null=True, index=False, on_delete="RESTRICT")
    holder_asset = peewee.ForeignKeyField("self", null=True, index=False, on_delete="RESTRICT")
    held_since = InstantField(null=True)
    expected_on = DayField(null=True)
    """When the holder is to bring it back."""
    host = peewee.TextField(default="")
    """The name that it has on the network."""
    supplier = peewee.ForeignKeyField(Organisation, null=True, index=False, on_delete="RESTRICT")
    order_number = peewee.TextField(default="")
    bought_on = DayField(null=True)
    cost = peewee.BigIntegerField(null=True)
    """As paid; what the books say stands with the fixed asset."""
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    invoice = peewee.ForeignKeyField(Invoice, null=True, index=False, on_delete="SET NULL")
    fixed_asset = peewee.ForeignKeyField(FixedAsset, null=True, unique=True, on_delete="SET NULL")
    warranty_on = DayField(null=True)
    """The last day of the warranty."""
    end_of_life_on = DayField(null=True)
    note = peewee.TextField(default="")
    external_key = peewee.TextField(null=True)
    """`source:key` of an import, so that importing again finds it."""
    created_at = InstantField()
    updated_at = InstantField()


class AssetValue(Table):
    """The value of a custom field; text is canonical, so that it compares and sorts."""

    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    field = peewee.ForeignKeyField(AssetField, index=False, on_delete="CASCADE")
    text = peewee.TextField()
    number = peewee.DecimalField(max_digits=24, decimal_places=6, null=True)

    class Meta:
        """Read by asset, and by field and value."""

        primary_key = peewee.CompositeKey("asset", "field")
        indexes = ((("field", "text"), False), (("field", "number"), False))


class AssetHolding(Table):
    """Who had an asset, from when to when; the present holder's has no end."""

    id = peewee.AutoField()
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    kind = peewee.TextField()
    """`person`, `place` or `asset`."""
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="RESTRICT")
    place = peewee.ForeignKeyField(Place, null=True, on_delete="RESTRICT")
    other = peewee.ForeignKeyField(Asset, null=True, on_delete="RESTRICT")
    from_at = InstantField()
    until_at = InstantField(null=True)
    expected_on = DayField(null=True)
    condition_out = peewee.TextField(default="")
    condition_in = peewee.TextField(default="")
    acceptance = peewee.TextField(default="")
    """`asked`, `accepted` or `refused`; empty where nobody asked for it."""
    accepted_at = InstantField(null=True)
    given_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    taken_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    note = peewee.TextField(default="")

    class Meta:
        """Read by asset, in order."""

        indexes = ((("asset", "from_at", "id"), False),)


class AssetRelation(Table):
    """A directed relation between two assets; the other direction is read, not stored."""

    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    other = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    kind = peewee.TextField()
    """`part_of`, `runs_on`, `depends_on` or `connects_to`."""

    class Meta:
        """Read from both sides."""

        primary_key = peewee.CompositeKey("asset", "other", "kind")
        indexes = ((("other", "asset"), False),)


class Subnet(Table):
    """A range of addresses."""

    id = peewee.AutoField()
    name = peewee.TextField(default="")
    network = peewee.TextField(unique=True)
    """In its shortest form: 10.1.0.0/24."""
    first_key = peewee.TextField()
    """The keys of its first and last address, between which those within it lie."""
    last_key = peewee.TextField()
    place = peewee.ForeignKeyField(Place, null=True, index=False, on_delete="SET NULL")
    vlan = peewee.IntegerField(null=True)
    note = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)


class AssetInterface(Table):
    """Where an asset meets the network."""

    id = peewee.AutoField()
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    name = peewee.TextField()
    mac = peewee.TextField(null=True, unique=True)
    """In small letters with colons."""

    class Meta:
        """A name is used once by one asset."""

        indexes = ((("asset", "name"), True),)


class AssetAddress(Table):
    """An IP address of an interface."""

    id = peewee.AutoField()
    interface = peewee.ForeignKeyField(AssetInterface, on_delete="CASCADE")
    asset = peewee.ForeignKeyField(Asset, on_delete="CASCADE")
    """That of the interface, so that lists find it at once."""
    address = peewee.TextField()
    """In its shortest form."""
    key = peewee.TextField(unique=True)
    """4 or 6 and the number in hexadecimal digits: sorts as the addresses do."""
    host = peewee.TextField(default="")


class TicketAsset(Table):
    """An asset that a ticket is about."""

    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")

    class Meta:
        """Read from both sides."""

        primary_key = peewee.CompositeKey("ticket", "asset")
        indexes = ((("asset", "ticket"), False),)
