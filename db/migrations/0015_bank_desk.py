"""Let bank lines be set aside, share a book line, be summed by month, and months of them closed."""

from typing import Any

import peewee


class BankAccount(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class BankMonth(peewee.Model):
    bank = peewee.ForeignKeyField(BankAccount, index=False, on_delete="RESTRICT")
    month = peewee.IntegerField()
    state = peewee.TextField()
    number = peewee.IntegerField()
    amount = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("bank", "month", "state")


class BankClosing(peewee.Model):
    id = peewee.AutoField()
    bank = peewee.ForeignKeyField(BankAccount, index=False, on_delete="RESTRICT")
    through = peewee.IntegerField()
    balance = peewee.BigIntegerField()
    closed_by = peewee.IntegerField()
    at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("bank", "through"), True),)


TABLES = (BankMonth, BankClosing)
COLUMNS = (
    "ALTER TABLE bank_statement ADD COLUMN kind TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE bank_line ADD COLUMN reason TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE bank_line ADD COLUMN twin_id INTEGER",
    "ALTER TABLE bank_link ADD COLUMN amount {whole} NOT NULL DEFAULT 0",
)
FILL = (
    "UPDATE bank_statement SET kind = CASE "
    "WHEN lower(substr(name, length(name) - 3)) IN ('.ofx', '.qfx') THEN 'ofx' ELSE 'table' END",
    "UPDATE bank_link SET amount = "
    "(SELECT p.amount FROM posting p WHERE p.id = bank_link.posting_id)",
    "INSERT INTO bank_month (bank_id, month, state, number, amount) "
    "SELECT bank_id, dated / 100, state, count(*), sum(amount) FROM bank_line "
    "GROUP BY bank_id, dated / 100, state",
    "INSERT INTO bank_month (bank_id, month, state, number, amount) "
    "SELECT l.bank_id, p.dated / 100, 'linked', count(*), sum(k.amount) FROM bank_link k "
    "JOIN bank_line l ON l.id = k.line_id JOIN posting p ON p.id = k.posting_id "
    "GROUP BY l.bank_id, p.dated / 100",
)
INDEXES = (
    "DROP INDEX bank_link_posting_id",
    "DROP INDEX bank_link_line_id",
    "CREATE UNIQUE INDEX bank_link_line_id_posting_id ON bank_link (line_id, posting_id)",
    "CREATE INDEX bank_link_posting_id ON bank_link (posting_id)",
    "CREATE INDEX bank_line_todo ON bank_line (bank_id, dated, id) "
    "WHERE state IN ('open', 'doubtful')",
    "CREATE INDEX bank_line_amount ON bank_line (bank_id, amount, dated, id)",
    "DROP INDEX posting_amount",
    "CREATE INDEX posting_amount ON posting (amount, account_id, dated)",
)
BACK = (
    "DELETE FROM bank_link WHERE id NOT IN (SELECT min(id) FROM bank_link GROUP BY posting_id)",
    "UPDATE bank_line SET state = 'open' WHERE state <> 'matched' "
    "OR (amount <> 0 AND id NOT IN (SELECT line_id FROM bank_link))",
    "DROP INDEX posting_amount",
    "CREATE INDEX posting_amount ON posting (amount)",
    "DROP INDEX bank_line_amount",
    "DROP INDEX bank_line_todo",
    "DROP INDEX bank_link_posting_id",
    "DROP INDEX bank_link_line_id_posting_id",
    "CREATE UNIQUE INDEX bank_link_posting_id ON bank_link (posting_id)",
    "CREATE INDEX bank_link_line_id ON bank_link (line_id)",
    "ALTER TABLE bank_link DROP COLUMN amount",
    "ALTER TABLE bank_line DROP COLUMN twin_id",
    "ALTER TABLE bank_line DROP COLUMN reason",
    "ALTER TABLE bank_statement DROP COLUMN kind",
)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Add columns, tables and indexes, and fill them with what is there."""
    with db.bind_ctx((BankAccount, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    whole = "INTEGER" if isinstance(db, peewee.SqliteDatabase) else "BIGINT"
    for statement in (*COLUMNS, *FILL, *INDEXES):
        db.execute_sql(statement.format(whole=whole))


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Open what was set aside; closings, reasons, and all but one line of a shared entry go."""
    for statement in BACK:
        db.execute_sql(statement)
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
