"""Make the tables of parts in assets and of the log of their changes."""

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


class AssetPart(peewee.Model):
    id = peewee.AutoField()
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    kind = peewee.TextField()
    slot = peewee.TextField()
    name = peewee.TextField(default="")
    serial = peewee.TextField(default="")
    size = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("asset", "kind", "slot"), True),)


class AssetChange(peewee.Model):
    id = peewee.AutoField()
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    at = peewee.BigIntegerField()
    user = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    kind = peewee.TextField()
    component = peewee.TextField()
    old = peewee.TextField(default="")
    new = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = (
            (("at", "id"), False),
            (("asset", "at", "id"), False),
            (("kind", "at", "id"), False),
        )


TABLES = (AssetPart, AssetChange)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables and their indexes."""
    with db.bind_ctx((User, Asset, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; known parts and the log of changes are lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
