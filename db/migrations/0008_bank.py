"""Make the tables of the bank."""

from typing import Any

import peewee


class LedgerAccount(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Commodity(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Posting(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class BankAccount(peewee.Model):
    id = peewee.AutoField()
    account = peewee.ForeignKeyField(LedgerAccount, unique=True, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    number = peewee.TextField(default="")
    table_map = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class BankStatement(peewee.Model):
    id = peewee.AutoField()
    bank = peewee.ForeignKeyField(BankAccount, index=False, on_delete="RESTRICT")
    name = peewee.TextField()
    sha256 = peewee.TextField()
    at = peewee.BigIntegerField()
    imported_by = peewee.IntegerField()
    starts = peewee.IntegerField(null=True)
    opening = peewee.BigIntegerField(null=True)
    closing = peewee.BigIntegerField(null=True)
    closing_on = peewee.IntegerField(null=True)
    added = peewee.IntegerField()
    seen = peewee.IntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("bank", "closing_on"), False),)


class BankLine(peewee.Model):
    id = peewee.AutoField()
    bank = peewee.ForeignKeyField(BankAccount, index=False, on_delete="RESTRICT")
    statement = peewee.ForeignKeyField(BankStatement, on_delete="RESTRICT")
    dated = peewee.IntegerField()
    amount = peewee.BigIntegerField()
    name = peewee.TextField()
    memo = peewee.TextField()
    reference = peewee.TextField()
    key = peewee.TextField()
    state = peewee.TextField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        indexes = ((("bank", "key"), True), (("bank", "dated", "id"), False))


class BankLink(peewee.Model):
    id = peewee.AutoField()
    line = peewee.ForeignKeyField(BankLine, on_delete="RESTRICT")
    posting = peewee.ForeignKeyField(Posting, unique=True, on_delete="RESTRICT")

    class Meta:
        legacy_table_names = False


class BankRule(peewee.Model):
    id = peewee.AutoField()
    bank = peewee.ForeignKeyField(BankAccount, index=False, on_delete="RESTRICT")
    pattern = peewee.TextField()
    account = peewee.ForeignKeyField(LedgerAccount, on_delete="RESTRICT")
    uses = peewee.IntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("bank", "pattern", "account"), True),)


TABLES = (BankAccount, BankStatement, BankLine, BankLink, BankRule)
OPEN = "CREATE INDEX bank_line_open ON bank_line (bank_id, dated, id) WHERE state = 'open'"


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables."""
    models = (LedgerAccount, Commodity, Posting, *TABLES)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    db.execute_sql(OPEN)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; the books stay, what was matched is lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
