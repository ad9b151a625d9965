"""Make the tables of revaluations: what is revalued, and by how much each balance and item was."""

from typing import Any

import peewee

SAYS = "a revaluation never changes; revalue again"
SQLITE = f"""
    CREATE TRIGGER revaluation_line_no_update BEFORE UPDATE ON revaluation_line
    BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
"""
POSTGRESQL = f"""
    CREATE TRIGGER revaluation_line_no_update BEFORE UPDATE ON revaluation_line
    FOR EACH ROW EXECUTE FUNCTION document_refuse('{SAYS}')
"""


class Commodity(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class LedgerAccount(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class JournalEntry(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class OpenItem(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class RevaluedAccount(peewee.Model):
    account = peewee.ForeignKeyField(
        LedgerAccount, primary_key=True, index=False, on_delete="CASCADE"
    )
    adjustment = peewee.ForeignKeyField(LedgerAccount, null=True, index=False, on_delete="RESTRICT")

    class Meta:
        legacy_table_names = False


class RevaluationLine(peewee.Model):
    id = peewee.AutoField()
    entry = peewee.ForeignKeyField(JournalEntry, on_delete="CASCADE")
    dated = peewee.IntegerField()
    account = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    value_commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    item = peewee.ForeignKeyField(OpenItem, null=True, index=False, on_delete="RESTRICT")
    amount = peewee.BigIntegerField()
    before = peewee.BigIntegerField()
    difference = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("dated", "id"), False),)


TABLES = (RevaluedAccount, RevaluationLine)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables, and refuse changes of what was revalued."""
    models = (Commodity, LedgerAccount, JournalEntry, OpenItem, *TABLES)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    db.execute_sql(SQLITE if isinstance(db, peewee.SqliteDatabase) else POSTGRESQL)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; the entries stay, of which balance and item they spoke is lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
