"""Make the tables of taxes, documents and payments; what is issued refuses to be changed."""

from typing import Any

import peewee

WITHIN = peewee.Check(
    "(amount >= 0 AND open BETWEEN 0 AND amount) OR (amount < 0 AND open BETWEEN amount AND 0)"
)


class Organisation(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Commodity(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class JournalEntry(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class LedgerAccount(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class TaxCode(peewee.Model):
    id = peewee.AutoField()
    code = peewee.TextField(unique=True)
    collected = peewee.ForeignKeyField(LedgerAccount, null=True, index=False, on_delete="RESTRICT")
    deductible = peewee.ForeignKeyField(LedgerAccount, null=True, index=False, on_delete="RESTRICT")
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class TaxRate(peewee.Model):
    id = peewee.AutoField()
    tax = peewee.ForeignKeyField(TaxCode, index=False, on_delete="RESTRICT")
    starts = peewee.IntegerField()
    ends = peewee.IntegerField(null=True)
    kind = peewee.TextField()
    rate = peewee.TextField()
    included = peewee.BooleanField()
    compound = peewee.BooleanField()
    factor = peewee.TextField()
    scope = peewee.TextField()
    mode = peewee.TextField()
    digits = peewee.SmallIntegerField(null=True)
    currency = peewee.TextField(default="")
    source = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("tax", "starts"), True),)


class Invoice(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    kind = peewee.TextField()
    state = peewee.TextField(default="draft")
    partner = peewee.ForeignKeyField(Organisation, on_delete="RESTRICT")
    partner_name = peewee.TextField()
    reference = peewee.TextField(default="")
    dated = peewee.IntegerField()
    due = peewee.IntegerField()
    taxed_on = peewee.IntegerField()
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    rate = peewee.TextField(default="")
    note = peewee.TextField(default="")
    origin = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    net = peewee.BigIntegerField()
    tax = peewee.BigIntegerField()
    total = peewee.BigIntegerField()
    entry = peewee.ForeignKeyField(JournalEntry, null=True, unique=True, on_delete="RESTRICT")
    prepared_by = peewee.IntegerField()
    approved_by = peewee.IntegerField(null=True)
    approved_at = peewee.BigIntegerField(null=True)
    issued_by = peewee.IntegerField(null=True)
    issued_at = peewee.BigIntegerField(null=True)

    class Meta:
        legacy_table_names = False
        indexes = ((("kind", "dated", "id"), False),)


class InvoiceLine(peewee.Model):
    id = peewee.AutoField()
    invoice = peewee.ForeignKeyField(Invoice, index=False, on_delete="CASCADE")
    position = peewee.IntegerField()
    text = peewee.TextField()
    quantity = peewee.TextField()
    price = peewee.TextField()
    discount = peewee.TextField(default="0")
    account = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    taxes = peewee.TextField(default="")
    net = peewee.BigIntegerField()
    value = peewee.BigIntegerField(null=True)
    issued = peewee.BooleanField(default=False)

    class Meta:
        legacy_table_names = False
        indexes = ((("invoice", "position"), True),)


class InvoiceTax(peewee.Model):
    id = peewee.AutoField()
    invoice = peewee.ForeignKeyField(Invoice, index=False, on_delete="RESTRICT")
    position = peewee.IntegerField()
    tax = peewee.ForeignKeyField(TaxCode, on_delete="RESTRICT")
    kind = peewee.TextField()
    rate = peewee.TextField()
    factor = peewee.TextField()
    account = peewee.ForeignKeyField(LedgerAccount, null=True, index=False, on_delete="RESTRICT")
    net = peewee.BigIntegerField()
    base = peewee.BigIntegerField()
    amount = peewee.BigIntegerField()
    net_value = peewee.BigIntegerField()
    value = peewee.BigIntegerField()
    value_commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")

    class Meta:
        legacy_table_names = False
        indexes = ((("invoice", "position"), True),)


class Payment(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    state = peewee.TextField(default="draft")
    kind = peewee.TextField()
    side = peewee.TextField()
    partner = peewee.ForeignKeyField(Organisation, on_delete="RESTRICT")
    dated = peewee.IntegerField()
    account = peewee.ForeignKeyField(LedgerAccount, null=True, index=False, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    amount = peewee.BigIntegerField()
    paid_commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    paid_amount = peewee.BigIntegerField()
    rate = peewee.TextField(default="")
    written_off = peewee.BigIntegerField(default=0)
    write_off_account = peewee.ForeignKeyField(
        LedgerAccount, null=True, index=False, on_delete="RESTRICT"
    )
    reason = peewee.TextField(default="")
    reference = peewee.TextField(default="")
    chosen = peewee.TextField(default="[]")
    entry = peewee.ForeignKeyField(JournalEntry, null=True, unique=True, on_delete="RESTRICT")
    gain = peewee.BigIntegerField(default=0)
    prepared_by = peewee.IntegerField()
    approved_by = peewee.IntegerField(null=True)
    approved_at = peewee.BigIntegerField(null=True)
    posted_by = peewee.IntegerField(null=True)
    posted_at = peewee.BigIntegerField(null=True)
    undone_on = peewee.IntegerField(null=True)
    undo_reason = peewee.TextField(default="")
    undo_by = peewee.IntegerField(null=True)
    undo_approved_by = peewee.IntegerField(null=True)
    undo_approved_at = peewee.BigIntegerField(null=True)
    reversal = peewee.ForeignKeyField(JournalEntry, null=True, unique=True, on_delete="RESTRICT")

    class Meta:
        legacy_table_names = False
        indexes = ((("dated", "id"), False),)


class OpenItem(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    side = peewee.TextField()
    invoice = peewee.ForeignKeyField(Invoice, null=True, unique=True, on_delete="RESTRICT")
    payment = peewee.ForeignKeyField(Payment, null=True, on_delete="RESTRICT")
    partner = peewee.ForeignKeyField(Organisation, index=False, on_delete="RESTRICT")
    account = peewee.ForeignKeyField(LedgerAccount, index=False, on_delete="RESTRICT")
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    value_commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    entry = peewee.ForeignKeyField(JournalEntry, on_delete="RESTRICT")
    dated = peewee.IntegerField()
    due = peewee.IntegerField()
    amount = peewee.BigIntegerField()
    value = peewee.BigIntegerField()
    open = peewee.BigIntegerField(constraints=[WITHIN])
    open_value = peewee.BigIntegerField()
    credited = peewee.BigIntegerField(default=0)

    class Meta:
        legacy_table_names = False
        indexes = ((("partner", "side", "due", "id"), False),)


class Allocation(peewee.Model):
    id = peewee.AutoField()
    debit = peewee.ForeignKeyField(OpenItem, on_delete="RESTRICT")
    credit = peewee.ForeignKeyField(OpenItem, on_delete="RESTRICT")
    payment = peewee.ForeignKeyField(Payment, null=True, on_delete="RESTRICT")
    dated = peewee.IntegerField()
    amount = peewee.BigIntegerField()
    debit_value = peewee.BigIntegerField()
    credit_value = peewee.BigIntegerField()
    undone_on = peewee.IntegerField(null=True)

    class Meta:
        legacy_table_names = False


TABLES = (
    TaxCode,
    TaxRate,
    Invoice,
    InvoiceLine,
    InvoiceTax,
    Payment,
    OpenItem,
    Allocation,
)
INDEXES = (
    "CREATE INDEX open_item_open ON open_item (side, partner_id, due, id) WHERE open <> 0",
    "CREATE INDEX invoice_draft ON invoice (dated, id) WHERE state = 'draft'",
)
SAYS = {
    "invoice": "an issued document never changes; credit it",
    "invoice_line": "an issued document never changes; credit it",
    "invoice_tax": "an issued document never changes; credit it",
    "payment": "a posted payment never changes; undo it",
    "open_item": "an open item is never taken away",
    "allocation": "an allocation is undone, never taken away",
}
FINAL = {
    "invoice": "OLD.state = 'issued'",
    "invoice_line": "OLD.issued",
    "invoice_tax": "1 = 1",
    "payment": "OLD.state <> 'draft'",
    "open_item": "1 = 1",
    "allocation": "1 = 1",
}
"""When a row of a table never changes any more."""
FREE = {
    "payment": (
        "state", "version", "undone_on", "undo_reason", "undo_by", "undo_approved_by",
        "undo_approved_at", "reversal_id",
    ),
    "open_item": ("version", "open", "open_value", "credited"),
    "allocation": ("undone_on",),
}  # fmt: skip
"""Columns that may change all the same."""


def _changed(db: Any, name: str, differs: str) -> str:  # Any: the runner is untyped
    columns = [column.name for column in db.get_columns(name)]
    fixed = [column for column in columns if column not in FREE.get(name, ())]
    return " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in fixed)


def _guards(db: Any, sqlite: bool) -> list[str]:  # Any: the runner is untyped
    """Return the triggers that refuse."""
    found = []
    for name, says in SAYS.items():
        changed = _changed(db, name, "IS NOT" if sqlite else "IS DISTINCT FROM")
        for verb, when in (("update", f"{FINAL[name]} AND ({changed})"), ("delete", FINAL[name])):
            head = f"CREATE TRIGGER {name}_no_{verb} BEFORE {verb.upper()} ON {name}"
            if sqlite:
                found.append(f"{head} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END")
            else:
                call = f"EXECUTE FUNCTION document_refuse('{says}')"
                found.append(f"{head} FOR EACH ROW WHEN ({when}) {call}")
    return found


REFUSE = """
    CREATE FUNCTION document_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]; END $$
"""


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables, their indexes and the refusals."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    sqlite = isinstance(db, peewee.SqliteDatabase)
    statements = [*INDEXES, *([] if sqlite else [REFUSE]), *_guards(db, sqlite)]
    for statement in statements:
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; documents and payments are lost, their entries stay."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
    if not isinstance(db, peewee.SqliteDatabase):
        db.execute_sql("DROP FUNCTION document_refuse()")
