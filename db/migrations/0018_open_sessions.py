"""Keep which sessions are open at the doors, so that they can be listed and ended."""

from typing import Any

import peewee


class UserAccount(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class OpenSession(peewee.Model):
    id = peewee.AutoField()
    user = peewee.ForeignKeyField(UserAccount, on_delete="CASCADE")
    server = peewee.TextField()
    door = peewee.TextField()
    doing = peewee.TextField()
    address = peewee.TextField()
    terminal = peewee.TextField(default="")
    began_at = peewee.BigIntegerField()
    seen_at = peewee.BigIntegerField()
    heard_at = peewee.BigIntegerField()
    ending = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("server", "ending"), False),)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the table."""
    models = (UserAccount, OpenSession)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables((OpenSession,))


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop it; who came and went stays in the audit trail."""
    with db.bind_ctx((OpenSession,), bind_refs=False, bind_backrefs=False):
        db.drop_tables((OpenSession,))
