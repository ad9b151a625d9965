"""Make the tables of accounts and contacts."""

from typing import Any

import peewee


class User(peewee.Model):
    id = peewee.AutoField()
    login = peewee.TextField(unique=True)
    name = peewee.TextField()
    email = peewee.TextField(default="", index=True)
    zone = peewee.TextField(default="")
    language = peewee.TextField(default="")
    active = peewee.BooleanField(default=True)
    created_at = peewee.BigIntegerField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        table_name = "user_account"


class UserRole(peewee.Model):
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    role = peewee.TextField()

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("user", "role")


class Setting(peewee.Model):
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    name = peewee.TextField()
    value = peewee.TextField()

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("user", "name")
        table_name = "user_setting"


class Draft(peewee.Model):
    id = peewee.AutoField()
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    form = peewee.TextField()
    record_id = peewee.IntegerField(default=0)
    fields = peewee.TextField()
    saved_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("user", "form", "record_id"), True),)


class Notification(peewee.Model):
    id = peewee.AutoField()
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    at = peewee.BigIntegerField()
    text = peewee.TextField()
    feature = peewee.TextField(default="")
    record_id = peewee.IntegerField(default=0)
    read_at = peewee.BigIntegerField(null=True)

    class Meta:
        legacy_table_names = False
        indexes = ((("user", "read_at", "id"), False),)


class Presence(peewee.Model):
    session = peewee.TextField()
    user = peewee.ForeignKeyField(User, on_delete="CASCADE", index=False)
    feature = peewee.TextField()
    record_id = peewee.IntegerField()
    mode = peewee.TextField()
    seen_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("session", "feature", "record_id")
        indexes = ((("feature", "record_id", "seen_at"), False),)


class View(peewee.Model):
    id = peewee.AutoField()
    feature = peewee.TextField()
    owner = peewee.ForeignKeyField(User, null=True, on_delete="CASCADE")
    name = peewee.TextField()
    query = peewee.TextField()
    position = peewee.IntegerField(default=0)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        table_name = "saved_view"
        indexes = ((("feature", "owner", "name"), True),)


class Organisation(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    kind = peewee.TextField(default="customer")
    domain = peewee.TextField(default="", index=True)
    created_at = peewee.BigIntegerField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class Contact(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(index=True)
    email = peewee.TextField(unique=True)
    phone = peewee.TextField(default="")
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="SET NULL")
    vip = peewee.BooleanField(default=False)
    created_at = peewee.BigIntegerField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


TABLES = (
    User,
    UserRole,
    Setting,
    Draft,
    Notification,
    Presence,
    View,
    Organisation,
    Contact,
)


def up(migrator: Any, db: peewee.Database) -> None:  # parameter names are the runner's
    """Make the tables."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)


def down(migrator: Any, db: peewee.Database) -> None:  # parameter names are the runner's
    """Drop the tables; all that is in them is lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
