"""Make the tables of passwords, keys, codes and own roles; say when somebody signed in last."""

from typing import Any

import peewee

INDEXES = (
    "CREATE INDEX audit_entry_action ON audit_entry (action, id)",
    "CREATE INDEX audit_entry_feature ON audit_entry (feature, id)",
)


class User(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False
        table_name = "user_account"


class Password(peewee.Model):
    user = peewee.ForeignKeyField(User, primary_key=True, index=False, on_delete="CASCADE")
    hash = peewee.TextField()
    changed_at = peewee.BigIntegerField()
    must_change = peewee.BooleanField(default=False)
    valid_until = peewee.BigIntegerField(null=True)

    class Meta:
        legacy_table_names = False
        table_name = "user_password"


class OldPassword(peewee.Model):
    id = peewee.AutoField()
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    hash = peewee.TextField()

    class Meta:
        legacy_table_names = False
        table_name = "user_old_password"


class PublicKey(peewee.Model):
    id = peewee.AutoField()
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    line = peewee.TextField()
    fingerprint = peewee.TextField(unique=True)
    label = peewee.TextField()
    added_at = peewee.BigIntegerField()
    used_at = peewee.BigIntegerField(null=True)
    used_from = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False
        table_name = "user_key"


class CodeSecret(peewee.Model):
    user = peewee.ForeignKeyField(User, primary_key=True, index=False, on_delete="CASCADE")
    secret = peewee.TextField()
    last_step = peewee.BigIntegerField(default=0)
    added_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        table_name = "user_code"


class OwnRole(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    about = peewee.TextField(default="")
    permissions = peewee.TextField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


TABLES = (Password, OldPassword, PublicKey, CodeSecret, OwnRole)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables, the column and the indexes."""
    with db.bind_ctx((User, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    kind = "INTEGER" if isinstance(db, peewee.SqliteDatabase) else "BIGINT"
    db.execute_sql(f"ALTER TABLE user_account ADD COLUMN signed_in_at {kind}")
    for statement in INDEXES:
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop them; passwords, keys, codes and own roles are lost."""
    for name in ("audit_entry_feature", "audit_entry_action"):
        db.execute_sql(f"DROP INDEX {name}")
    db.execute_sql("ALTER TABLE user_account DROP COLUMN signed_in_at")
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
