"""Make the tables of assets, their search and the indexes of their lists."""

from typing import Any

import peewee

SEARCH_SQLITE = (
    "CREATE VIRTUAL TABLE asset_search USING fts5(name, ident, model, note, "
    "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
)
SEARCH_POSTGRESQL = (
    "CREATE TABLE asset_search ("
    "asset_id integer PRIMARY KEY REFERENCES asset (id) ON DELETE CASCADE, "
    "document tsvector NOT NULL)",
    "CREATE INDEX asset_search_document ON asset_search USING gin (document) "
    "WITH (fastupdate = off)",
)
INDEXES = (
    "CREATE INDEX asset_active ON asset (id) WHERE active",
    "CREATE INDEX asset_active_tag ON asset (tag, id) WHERE active",
    "CREATE INDEX asset_active_name ON asset (name, id) WHERE active",
    "CREATE INDEX asset_active_updated ON asset (updated_at, id) WHERE active",
    "CREATE INDEX asset_active_state ON asset (state, tag, id) WHERE active",
    "CREATE INDEX asset_active_category ON asset (category_id, tag, id) WHERE active",
    "CREATE INDEX asset_active_place ON asset (place_id, tag, id) WHERE active",
    "CREATE INDEX asset_active_warranty ON asset (warranty_on, id) "
    "WHERE active AND warranty_on IS NOT NULL",
    "CREATE INDEX asset_active_end ON asset (end_of_life_on, id) "
    "WHERE active AND end_of_life_on IS NOT NULL",
    "CREATE INDEX asset_expected ON asset (expected_on, id) WHERE expected_on IS NOT NULL",
    "CREATE INDEX asset_free ON asset (tag, id) WHERE active AND holder_kind = ''",
    "CREATE INDEX asset_state ON asset (state, tag, id)",
    "CREATE INDEX asset_updated ON asset (updated_at, id)",
    "CREATE INDEX asset_by_model ON asset (model_id, tag, id)",
    "CREATE INDEX asset_category_tag ON asset (category_id, tag, id)",
    "CREATE INDEX asset_place ON asset (place_id, tag, id)",
    "CREATE INDEX asset_organisation ON asset (organisation_id) WHERE organisation_id IS NOT NULL",
    "CREATE INDEX asset_supplier ON asset (supplier_id) WHERE supplier_id IS NOT NULL",
    "CREATE INDEX asset_holder_contact ON asset (holder_contact_id, tag) "
    "WHERE holder_contact_id IS NOT NULL",
    "CREATE INDEX asset_holder_place ON asset (holder_place_id, tag) "
    "WHERE holder_place_id IS NOT NULL",
    "CREATE INDEX asset_holder_asset ON asset (holder_asset_id, tag) "
    "WHERE holder_asset_id IS NOT NULL",
    "CREATE INDEX asset_invoice ON asset (invoice_id) WHERE invoice_id IS NOT NULL",
    "CREATE INDEX asset_serial ON asset (lower(serial)) WHERE serial <> ''",
    "CREATE INDEX asset_host ON asset (lower(host)) WHERE host <> ''",
    "CREATE INDEX asset_tag_folded ON asset (lower(tag))",
    "CREATE INDEX asset_tag_number ON asset (tag_number) WHERE tag_number IS NOT NULL",
    "CREATE UNIQUE INDEX asset_external ON asset (external_key) WHERE external_key IS NOT NULL",
    "CREATE UNIQUE INDEX asset_holding_now ON asset_holding (asset_id) WHERE until_at IS NULL",
)


class Contact(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Organisation(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class User(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        table_name = "user_account"


class Ticket(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Commodity(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Invoice(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class FixedAsset(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Place(peewee.Model):
    id = peewee.AutoField()
    parent = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    name = peewee.TextField()
    path = peewee.TextField(unique=True)
    address = peewee.TextField(default="")
    note = peewee.TextField(default="")
    external_key = peewee.TextField(null=True, unique=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class AssetCategory(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    kind = peewee.TextField(default="other")
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class AssetModel(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField()
    manufacturer = peewee.TextField(default="")
    number = peewee.TextField(default="")
    category = peewee.ForeignKeyField(AssetCategory, null=True, on_delete="RESTRICT")
    life_months = peewee.SmallIntegerField(null=True)
    note = peewee.TextField(default="")
    external_key = peewee.TextField(null=True, unique=True)
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False

        indexes = ((("name", "manufacturer", "number"), True),)


class AssetField(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    label = peewee.TextField()
    category = peewee.ForeignKeyField(AssetCategory, null=True, on_delete="CASCADE")
    type = peewee.TextField()
    choices = peewee.TextField(default="[]")
    required = peewee.BooleanField(default=False)
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class Asset(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    tag = peewee.TextField(unique=True)
    tag_number = peewee.IntegerField(null=True)
    name = peewee.TextField()
    serial = peewee.TextField(default="")
    model = peewee.ForeignKeyField(AssetModel, null=True, index=False, on_delete="RESTRICT")
    category = peewee.ForeignKeyField(AssetCategory, null=True, index=False, on_delete="RESTRICT")
    state = peewee.TextField()
    active = peewee.BooleanField()
    condition = peewee.TextField(default="")
    place = peewee.ForeignKeyField(Place, null=True, index=False, on_delete="RESTRICT")
    organisation = peewee.ForeignKeyField(
        Organisation, null=True, index=False, on_delete="RESTRICT"
    )
    holder_kind = peewee.TextField(default="")
    holder_contact = peewee.ForeignKeyField(Contact, null=True, index=False, on_delete="RESTRICT")
    holder_place = peewee.ForeignKeyField(Place, null=True, index=False, on_delete="RESTRICT")
    holder_asset = peewee.ForeignKeyField("self", null=True, index=False, on_delete="RESTRICT")
    held_since = peewee.BigIntegerField(null=True)
    expected_on = peewee.IntegerField(null=True)
    host = peewee.TextField(default="")
    supplier = peewee.ForeignKeyField(Organisation, null=True, index=False, on_delete="RESTRICT")
    order_number = peewee.TextField(default="")
    bought_on = peewee.IntegerField(null=True)
    cost = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    invoice = peewee.ForeignKeyField(Invoice, null=True, index=False, on_delete="SET NULL")
    fixed_asset = peewee.ForeignKeyField(FixedAsset, null=True, unique=True, on_delete="SET NULL")
    warranty_on = peewee.IntegerField(null=True)
    end_of_life_on = peewee.IntegerField(null=True)
    note = peewee.TextField(default="")
    external_key = peewee.TextField(null=True)
    created_at = peewee.BigIntegerField()
    updated_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False


class AssetValue(peewee.Model):
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    field = peewee.ForeignKeyField(AssetField, index=False, on_delete="CASCADE")
    text = peewee.TextField()
    number = peewee.DecimalField(max_digits=24, decimal_places=6, null=True)

    class Meta:
        legacy_table_names = False

        primary_key = peewee.CompositeKey("asset", "field")
        indexes = ((("field", "text"), False), (("field", "number"), False))


class AssetHolding(peewee.Model):
    id = peewee.AutoField()
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    kind = peewee.TextField()
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="RESTRICT")
    place = peewee.ForeignKeyField(Place, null=True, on_delete="RESTRICT")
    other = peewee.ForeignKeyField(Asset, null=True, on_delete="RESTRICT")
    from_at = peewee.BigIntegerField()
    until_at = peewee.BigIntegerField(null=True)
    expected_on = peewee.IntegerField(null=True)
    condition_out = peewee.TextField(default="")
    condition_in = peewee.TextField(default="")
    acceptance = peewee.TextField(default="")
    accepted_at = peewee.BigIntegerField(null=True)
    given_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    taken_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    note = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False

        indexes = ((("asset", "from_at", "id"), False),)


class AssetRelation(peewee.Model):
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    other = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    kind = peewee.TextField()

    class Meta:
        legacy_table_names = False

        primary_key = peewee.CompositeKey("asset", "other", "kind")
        indexes = ((("other", "asset"), False),)


class Subnet(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(default="")
    network = peewee.TextField(unique=True)
    first_key = peewee.TextField()
    last_key = peewee.TextField()
    place = peewee.ForeignKeyField(Place, null=True, index=False, on_delete="SET NULL")
    vlan = peewee.IntegerField(null=True)
    note = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class AssetInterface(peewee.Model):
    id = peewee.AutoField()
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    name = peewee.TextField()
    mac = peewee.TextField(null=True, unique=True)

    class Meta:
        legacy_table_names = False

        indexes = ((("asset", "name"), True),)


class AssetAddress(peewee.Model):
    id = peewee.AutoField()
    interface = peewee.ForeignKeyField(AssetInterface, on_delete="CASCADE")
    asset = peewee.ForeignKeyField(Asset, on_delete="CASCADE")
    address = peewee.TextField()
    key = peewee.TextField(unique=True)
    host = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False


class TicketAsset(peewee.Model):
    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")

    class Meta:
        legacy_table_names = False

        primary_key = peewee.CompositeKey("ticket", "asset")
        indexes = ((("asset", "ticket"), False),)


TABLES = (
    Place,
    AssetCategory,
    AssetModel,
    AssetField,
    Asset,
    AssetValue,
    AssetHolding,
    AssetRelation,
    Subnet,
    AssetInterface,
    AssetAddress,
    TicketAsset,
)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make tables, search and indexes."""
    models = (Contact, Organisation, User, Ticket, Commodity, Invoice, FixedAsset, *TABLES)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    sqlite = isinstance(db, peewee.SqliteDatabase)
    for statement in (*(SEARCH_SQLITE if sqlite else SEARCH_POSTGRESQL), *INDEXES):
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop them; all assets are lost, the books and tickets stay."""
    db.execute_sql("DROP TABLE asset_search")
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
