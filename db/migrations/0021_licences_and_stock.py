"""Make the tables of software licences, of counted things and of stocktakes."""

from typing import Any

import peewee

ONCE = (
    "CREATE UNIQUE INDEX licence_seat_once ON licence_seat (licence_id, number) "
    "WHERE back_at IS NULL",
    "CREATE UNIQUE INDEX licence_seat_asset ON licence_seat (licence_id, asset_id) "
    "WHERE back_at IS NULL AND asset_id IS NOT NULL",
    "CREATE UNIQUE INDEX installation_once ON installation (product_id, asset_id) "
    "WHERE removed_on IS NULL",
)
"""A seat is with one at a time; a person may come to two where two people are made one."""
SAYS = "a movement of stock is never changed"
COLUMNS = (
    "id, item_id, kind, quantity, away, at, by, asset_id, order_number, received_on, cost, "
    "commodity_id, note"
)
"""All but who is named: people and suppliers may be made one."""
SQLITE = (
    f"CREATE TRIGGER stock_movement_no_change BEFORE UPDATE OF {COLUMNS} ON stock_movement "
    f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    "CREATE TRIGGER stock_movement_no_delete BEFORE DELETE ON stock_movement "
    f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
)
POSTGRESQL = (
    f"CREATE FUNCTION stock_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$",
    f"CREATE TRIGGER stock_movement_no_change BEFORE UPDATE OF {COLUMNS} OR DELETE "
    "ON stock_movement FOR EACH ROW EXECUTE FUNCTION stock_refuse()",
)


class Organisation(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Contact(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Commodity(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Asset(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Place(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class SoftwareProduct(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    maker = peewee.TextField(default="")
    category = peewee.TextField(default="")
    note = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class Licence(peewee.Model):
    id = peewee.AutoField()
    product = peewee.ForeignKeyField(SoftwareProduct, on_delete="RESTRICT")
    kind = peewee.TextField()
    seats = peewee.IntegerField(constraints=[peewee.Check("seats > 0")])
    used = peewee.IntegerField(default=0, constraints=[peewee.Check("used >= 0")])
    spent = peewee.IntegerField(default=0, constraints=[peewee.Check("spent >= 0")])
    reassignable = peewee.BooleanField(default=True)
    secret = peewee.TextField(default="")
    licensed_to = peewee.TextField(default="")
    licensed_email = peewee.TextField(default="")
    company = peewee.TextField(default="")
    supplier = peewee.ForeignKeyField(Organisation, null=True, on_delete="SET NULL")
    purchase_order = peewee.TextField(default="")
    order_number = peewee.TextField(default="")
    bought_on = peewee.IntegerField(null=True)
    cost = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    ends_on = peewee.IntegerField(null=True, index=True)
    maintained = peewee.BooleanField(default=False)
    maintained_until = peewee.IntegerField(null=True, index=True)
    warn_days = peewee.SmallIntegerField(default=30)
    note = peewee.TextField(default="")
    retired = peewee.BooleanField(default=False)
    external_key = peewee.TextField(null=True, unique=True)
    created_at = peewee.BigIntegerField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        constraints = (peewee.Check("used + spent <= seats"),)


class LicenceSeat(peewee.Model):
    id = peewee.AutoField()
    licence = peewee.ForeignKeyField(Licence, index=False, on_delete="CASCADE")
    number = peewee.IntegerField(constraints=[peewee.Check("number > 0")])
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="RESTRICT")
    asset = peewee.ForeignKeyField(Asset, null=True, on_delete="RESTRICT")
    given_at = peewee.BigIntegerField()
    given_by = peewee.TextField()
    note = peewee.TextField(default="")
    back_at = peewee.BigIntegerField(null=True)
    back_by = peewee.TextField(default="")
    spent = peewee.BooleanField(default=False)

    class Meta:
        legacy_table_names = False
        indexes = ((("licence", "number"), False),)
        constraints = (peewee.Check("(contact_id IS NULL) <> (asset_id IS NULL)"),)


class Installation(peewee.Model):
    id = peewee.AutoField()
    product = peewee.ForeignKeyField(SoftwareProduct, index=False, on_delete="RESTRICT")
    asset = peewee.ForeignKeyField(Asset, on_delete="CASCADE")
    release = peewee.TextField(default="")
    installed_on = peewee.IntegerField()
    removed_on = peewee.IntegerField(null=True)

    class Meta:
        legacy_table_names = False
        indexes = ((("product", "asset"), False),)


class StockItem(peewee.Model):
    id = peewee.AutoField()
    kind = peewee.TextField()
    name = peewee.TextField(index=True)
    category = peewee.TextField(default="")
    maker = peewee.TextField(default="")
    model_number = peewee.TextField(default="")
    item_number = peewee.TextField(default="")
    serial = peewee.TextField(default="")
    place = peewee.ForeignKeyField(Place, null=True, on_delete="RESTRICT")
    company = peewee.TextField(default="")
    minimum = peewee.IntegerField(default=0, constraints=[peewee.Check("minimum >= 0")])
    on_hand = peewee.IntegerField(default=0, constraints=[peewee.Check("on_hand >= 0")])
    away = peewee.IntegerField(default=0, constraints=[peewee.Check("away >= 0")])
    note = peewee.TextField(default="")
    retired = peewee.BooleanField(default=False)
    external_key = peewee.TextField(null=True, unique=True)
    created_at = peewee.BigIntegerField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class StockMovement(peewee.Model):
    id = peewee.AutoField()
    item = peewee.ForeignKeyField(StockItem, index=False, on_delete="RESTRICT")
    kind = peewee.TextField()
    quantity = peewee.IntegerField(constraints=[peewee.Check("quantity <> 0")])
    away = peewee.IntegerField(default=0)
    at = peewee.BigIntegerField()
    by = peewee.TextField()
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="RESTRICT")
    asset = peewee.ForeignKeyField(Asset, null=True, on_delete="RESTRICT")
    supplier = peewee.ForeignKeyField(Organisation, null=True, index=False, on_delete="RESTRICT")
    order_number = peewee.TextField(default="")
    received_on = peewee.IntegerField(null=True)
    cost = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    note = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("item", "id"), False),)


class Stocktake(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField()
    scope = peewee.TextField(default="{}")
    opened_at = peewee.BigIntegerField()
    opened_by = peewee.TextField()
    closed_at = peewee.BigIntegerField(null=True)
    closed_by = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class StocktakeAsset(peewee.Model):
    id = peewee.AutoField()
    stocktake = peewee.ForeignKeyField(Stocktake, index=False, on_delete="CASCADE")
    asset = peewee.ForeignKeyField(Asset, on_delete="CASCADE")
    expected = peewee.BooleanField()
    place = peewee.ForeignKeyField(Place, null=True, index=False, on_delete="RESTRICT")
    state = peewee.TextField()
    found_place = peewee.ForeignKeyField(Place, null=True, index=False, on_delete="RESTRICT")
    found_at = peewee.BigIntegerField(null=True)
    found_by = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("stocktake", "asset"), True), (("stocktake", "state"), False))


class StocktakeUnknown(peewee.Model):
    id = peewee.AutoField()
    stocktake = peewee.ForeignKeyField(Stocktake, index=False, on_delete="CASCADE")
    text = peewee.TextField()
    place = peewee.ForeignKeyField(Place, null=True, index=False, on_delete="RESTRICT")
    at = peewee.BigIntegerField()
    by = peewee.TextField()

    class Meta:
        legacy_table_names = False
        indexes = ((("stocktake", "text"), True),)


TABLES = (
    SoftwareProduct,
    Licence,
    LicenceSeat,
    Installation,
    StockItem,
    StockMovement,
    Stocktake,
    StocktakeAsset,
    StocktakeUnknown,
)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables, their indexes and the refusals."""
    models = (Organisation, Contact, Commodity, Asset, Place, *TABLES)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    sqlite = isinstance(db, peewee.SqliteDatabase)
    for statement in (*ONCE, *(SQLITE if sqlite else POSTGRESQL)):
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; licences, seats, stock and stocktakes are lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
    if not isinstance(db, peewee.SqliteDatabase):
        db.execute_sql("DROP FUNCTION stock_refuse()")
