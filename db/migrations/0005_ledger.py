"""Make the tables of the ledger; posted entries refuse to be changed or removed."""

from typing import Any

import peewee

BOUND_AMOUNT = peewee.Check("amount BETWEEN -9000000000000000000 AND 9000000000000000000")
BOUND_VALUE = peewee.Check("value BETWEEN -9000000000000000000 AND 9000000000000000000")


class Commodity(peewee.Model):
    id = peewee.AutoField()
    code = peewee.TextField(unique=True)
    precision = peewee.SmallIntegerField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class CommodityRate(peewee.Model):
    id = peewee.AutoField()
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    quote = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    dated = peewee.IntegerField()
    worth = peewee.TextField()

    class Meta:
        legacy_table_names = False
        indexes = ((("commodity", "quote", "dated"), True),)


class LedgerAccount(peewee.Model):
    id = peewee.AutoField()
    parent = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    code = peewee.TextField(default="", index=True)
    name = peewee.TextField()
    path = peewee.TextField(unique=True)
    kind = peewee.TextField(default="")
    role = peewee.TextField(default="", index=True)
    cash_flow = peewee.TextField(default="")
    opened_on = peewee.IntegerField(null=True)
    closed_on = peewee.IntegerField(null=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class FiscalYear(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    starts = peewee.IntegerField(unique=True)
    ends = peewee.IntegerField()
    state = peewee.TextField(default="open")
    closing_id = peewee.IntegerField(null=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class Period(peewee.Model):
    id = peewee.AutoField()
    year = peewee.ForeignKeyField(FiscalYear, on_delete="RESTRICT")
    starts = peewee.IntegerField(unique=True)
    ends = peewee.IntegerField()
    state = peewee.TextField(default="open")
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class LedgerSeries(peewee.Model):
    id = peewee.AutoField()
    code = peewee.TextField()
    year = peewee.ForeignKeyField(FiscalYear, index=False, on_delete="RESTRICT")
    last_number = peewee.IntegerField(default=0)
    last_hash = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("code", "year"), True),)


class JournalEntry(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    state = peewee.TextField()
    kind = peewee.TextField(default="normal")
    series = peewee.TextField()
    year = peewee.ForeignKeyField(FiscalYear, null=True, index=False, on_delete="RESTRICT")
    number = peewee.IntegerField(null=True)
    dated = peewee.IntegerField()
    effective = peewee.IntegerField(null=True)
    status = peewee.TextField(default="")
    code = peewee.TextField(default="")
    payee = peewee.TextField(default="")
    description = peewee.TextField(default="")
    comment = peewee.TextField(default="")
    tags = peewee.TextField(default="[]")
    links = peewee.TextField(default="[]")
    reverses = peewee.ForeignKeyField("self", null=True, unique=True, on_delete="RESTRICT")
    reason = peewee.TextField(default="")
    prepared_by = peewee.IntegerField()
    approved_by = peewee.IntegerField(null=True)
    approved_at = peewee.BigIntegerField(null=True)
    posted_by = peewee.IntegerField(null=True)
    posted_at = peewee.BigIntegerField(null=True)
    hash = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = (
            (("year", "series", "number"), True),
            (("dated", "id"), False),
        )


class Posting(peewee.Model):
    id = peewee.AutoField()
    entry = peewee.ForeignKeyField(JournalEntry, index=False, on_delete="CASCADE")
    position = peewee.IntegerField()
    account = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    amount = peewee.BigIntegerField()
    value = peewee.BigIntegerField()
    value_commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    kind = peewee.SmallIntegerField(default=0)
    dated = peewee.IntegerField()
    posted = peewee.BooleanField()
    label = peewee.TextField(default="")
    details = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("entry", "position"), True),)


class BalanceMonth(peewee.Model):
    account = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    value_commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    kind = peewee.SmallIntegerField()
    month = peewee.IntegerField()
    amount = peewee.BigIntegerField(constraints=[BOUND_AMOUNT])
    value = peewee.BigIntegerField(constraints=[BOUND_VALUE])

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey(
            "account", "commodity", "value_commodity", "kind", "month"
        )


class BalanceDay(peewee.Model):
    account = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    value_commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    kind = peewee.SmallIntegerField()
    dated = peewee.IntegerField(index=True)
    amount = peewee.BigIntegerField(constraints=[BOUND_AMOUNT])
    value = peewee.BigIntegerField(constraints=[BOUND_VALUE])

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey(
            "account", "commodity", "value_commodity", "kind", "dated"
        )


class LedgerLock(peewee.Model):
    part = peewee.TextField(primary_key=True)
    through = peewee.IntegerField()

    class Meta:
        legacy_table_names = False


class LockException(peewee.Model):
    id = peewee.AutoField()
    part = peewee.TextField()
    user_id = peewee.IntegerField(null=True)
    until = peewee.BigIntegerField()
    reason = peewee.TextField()
    granted_by = peewee.IntegerField()
    revoked_at = peewee.BigIntegerField(null=True)

    class Meta:
        legacy_table_names = False


class EntryTemplate(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    payee = peewee.TextField(default="")
    description = peewee.TextField(default="")
    lines = peewee.TextField()
    kept_by = peewee.IntegerField()
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class EntryRecurrence(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    template = peewee.ForeignKeyField(EntryTemplate, on_delete="RESTRICT")
    every = peewee.TextField()
    starts = peewee.IntegerField()
    ends = peewee.IntegerField(null=True)
    done = peewee.IntegerField(default=0)
    posts = peewee.BooleanField(default=False)
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class BudgetLine(peewee.Model):
    account = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    month = peewee.IntegerField()
    amount = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("account", "commodity", "month")


class LedgerImport(peewee.Model):
    id = peewee.AutoField()
    sha256 = peewee.TextField(unique=True)
    name = peewee.TextField()
    at = peewee.BigIntegerField()
    entries = peewee.IntegerField()

    class Meta:
        legacy_table_names = False


class LedgerSetting(peewee.Model):
    name = peewee.TextField(primary_key=True)
    value = peewee.TextField()

    class Meta:
        legacy_table_names = False


TABLES = (
    Commodity,
    CommodityRate,
    LedgerAccount,
    FiscalYear,
    Period,
    LedgerSeries,
    JournalEntry,
    Posting,
    BalanceMonth,
    BalanceDay,
    LedgerLock,
    LockException,
    EntryTemplate,
    EntryRecurrence,
    BudgetLine,
    LedgerImport,
    LedgerSetting,
)
INDEXES = (
    "CREATE INDEX posting_register ON posting (account_id, dated, id) WHERE posted",
    "CREATE INDEX journal_entry_draft ON journal_entry (dated, id) WHERE state = 'draft'",
)
PROTECTED = (
    "state", "kind", "series", "year_id", "number", "dated", "effective", "status", "code",
    "payee", "description", "comment", "tags", "links", "reverses_id", "reason", "prepared_by",
    "approved_by", "approved_at", "posted_by", "posted_at", "hash",
)  # fmt: skip
CHANGED = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in PROTECTED)
SAYS = "a posted entry never changes; reverse it"
SQLITE = (
    f"""
    CREATE TRIGGER journal_entry_no_change BEFORE UPDATE ON journal_entry
    WHEN OLD.state = 'posted' AND ({CHANGED.replace("IS DISTINCT FROM", "IS NOT")})
    BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
    """,
    f"""
    CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry
    WHEN OLD.state = 'posted' BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
    """,
    f"""
    CREATE TRIGGER posting_no_change BEFORE UPDATE ON posting
    WHEN OLD.posted BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
    """,
    f"""
    CREATE TRIGGER posting_no_delete BEFORE DELETE ON posting
    WHEN OLD.posted BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
    """,
)
POSTGRESQL = (
    f"""
    CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$
    """,
    f"""
    CREATE TRIGGER journal_entry_no_change BEFORE UPDATE ON journal_entry FOR EACH ROW
    WHEN (OLD.state = 'posted' AND ({CHANGED})) EXECUTE FUNCTION ledger_refuse()
    """,
    """
    CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry FOR EACH ROW
    WHEN (OLD.state = 'posted') EXECUTE FUNCTION ledger_refuse()
    """,
    """
    CREATE TRIGGER posting_no_change BEFORE UPDATE OR DELETE ON posting FOR EACH ROW
    WHEN (OLD.posted) EXECUTE FUNCTION ledger_refuse()
    """,
)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables, their indexes and the refusals."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    sqlite = isinstance(db, peewee.SqliteDatabase)
    for statement in (*INDEXES, *(SQLITE if sqlite else POSTGRESQL)):
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; the books are lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
    if not isinstance(db, peewee.SqliteDatabase):
        db.execute_sql("DROP FUNCTION ledger_refuse()")
