"""Make the tables of pay: groups, items, runs and slips; posted ones are never changed."""

from typing import Any

import peewee

SAYS = "a posted pay run never changes; correct it by another one"
DONE = "('posted', 'paid')"
FREE = ("state", "payment_entry_id", "paid_on", "version")
"""Columns of a posted run that paying it writes."""


class LedgerAccount(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class JournalEntry(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Employee(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class PayGroup(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    rules = peewee.TextField(default="id")
    prorate = peewee.TextField(default="calendar")
    details = peewee.TextField(default="{}")
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class PayAccount(peewee.Model):
    id = peewee.AutoField()
    key = peewee.TextField(unique=True)
    account = peewee.ForeignKeyField(LedgerAccount, on_delete="RESTRICT")

    class Meta:
        legacy_table_names = False


class PayRules(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    text = peewee.TextField()
    loaded_at = peewee.BigIntegerField()
    loaded_by = peewee.IntegerField()

    class Meta:
        legacy_table_names = False


class PayItem(peewee.Model):
    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
    pay_group = peewee.TextField(default="")
    code = peewee.TextField()
    name = peewee.TextField()
    kind = peewee.TextField()
    amount = peewee.BigIntegerField(default=0)
    digits = peewee.SmallIntegerField(default=0)
    percent = peewee.TextField(default="")
    hours = peewee.SmallIntegerField(default=0)
    day_kind = peewee.TextField(default="")
    taxable = peewee.BooleanField(default=True)
    irregular = peewee.BooleanField(default=False)
    fixed = peewee.BooleanField(default=False)
    prorated = peewee.BooleanField(default=False)
    note = peewee.TextField(default="")
    starts_on = peewee.IntegerField()
    ends_on = peewee.IntegerField(null=True)
    made_at = peewee.BigIntegerField()
    made_by = peewee.IntegerField()
    withdrawn_at = peewee.BigIntegerField(null=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class PayRun(peewee.Model):
    id = peewee.AutoField()
    month = peewee.IntegerField(index=True)
    pay_group = peewee.TextField(default="")
    kind = peewee.TextField()
    corrects = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    reason = peewee.TextField(default="")
    state = peewee.TextField()
    currency = peewee.TextField()
    digits = peewee.SmallIntegerField()
    pay_on = peewee.IntegerField()
    people = peewee.IntegerField()
    earned = peewee.BigIntegerField()
    tax = peewee.BigIntegerField()
    net = peewee.BigIntegerField()
    cost = peewee.BigIntegerField()
    seal = peewee.TextField()
    prepared_by = peewee.IntegerField()
    prepared_at = peewee.BigIntegerField()
    approved_by = peewee.IntegerField(null=True)
    approved_at = peewee.BigIntegerField(null=True)
    entry = peewee.ForeignKeyField(JournalEntry, null=True, on_delete="RESTRICT")
    payment_entry = peewee.ForeignKeyField(JournalEntry, null=True, on_delete="RESTRICT")
    paid_on = peewee.IntegerField(null=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class PaySlip(peewee.Model):
    id = peewee.AutoField()
    run = peewee.ForeignKeyField(PayRun, index=False, on_delete="CASCADE")
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    name = peewee.TextField()
    title = peewee.TextField(default="")
    department = peewee.TextField(default="")
    cost_centre = peewee.TextField(default="")
    rules = peewee.TextField()
    status = peewee.TextField(default="")
    category = peewee.TextField(default="")
    rate = peewee.TextField(default="")
    earned = peewee.BigIntegerField()
    gross = peewee.BigIntegerField()
    regular = peewee.BigIntegerField()
    tax = peewee.BigIntegerField()
    borne = peewee.BigIntegerField()
    pension = peewee.BigIntegerField()
    zakat = peewee.BigIntegerField()
    net = peewee.BigIntegerField()
    cost = peewee.BigIntegerField()
    facts = peewee.TextField()
    lines = peewee.TextField()

    class Meta:
        legacy_table_names = False
        indexes = ((("run", "employee"), True), (("employee", "run"), False))


TABLES = (PayGroup, PayAccount, PayRules, PayItem, PayRun, PaySlip)
ONCE = """
    CREATE UNIQUE INDEX pay_run_once ON pay_run (month, pay_group)
    WHERE kind = 'regular' AND state <> 'dropped'
"""


def _kept(distinct: str) -> str:
    """Return that a column of a run changed which posting fixes."""
    names = [field.column_name for field in PayRun._meta.sorted_fields]  # noqa: SLF001
    return " OR ".join(f"OLD.{name} {distinct} NEW.{name}" for name in names if name not in FREE)


def _sqlite() -> list[str]:
    says = f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    run = f"(SELECT state FROM pay_run WHERE id = OLD.run_id) IN {DONE}"
    return [
        f"CREATE TRIGGER pay_run_no_change BEFORE UPDATE ON pay_run "
        f"WHEN OLD.state IN {DONE} AND ({_kept('IS NOT')} OR NEW.state NOT IN {DONE}) {says}",
        f"CREATE TRIGGER pay_run_no_delete BEFORE DELETE ON pay_run "
        f"WHEN OLD.state IN {DONE} {says}",
        f"CREATE TRIGGER pay_slip_no_change BEFORE UPDATE ON pay_slip WHEN {run} {says}",
        f"CREATE TRIGGER pay_slip_no_delete BEFORE DELETE ON pay_slip WHEN {run} {says}",
    ]


def _postgresql() -> list[str]:
    function = "LANGUAGE plpgsql AS $$ BEGIN"
    return [
        f"CREATE FUNCTION pay_refuse() RETURNS trigger {function} RAISE EXCEPTION '{SAYS}'; END $$",
        f"CREATE FUNCTION pay_slip_refuse() RETURNS trigger {function} "
        f"IF (SELECT state FROM pay_run WHERE id = OLD.run_id) IN {DONE} "
        f"THEN RAISE EXCEPTION '{SAYS}'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER pay_run_no_change BEFORE UPDATE ON pay_run FOR EACH ROW "
        f"WHEN (OLD.state IN {DONE} AND ({_kept('IS DISTINCT FROM')} "
        f"OR NEW.state NOT IN {DONE})) EXECUTE FUNCTION pay_refuse()",
        "CREATE TRIGGER pay_run_no_delete BEFORE DELETE ON pay_run FOR EACH ROW "
        f"WHEN (OLD.state IN {DONE}) EXECUTE FUNCTION pay_refuse()",
        "CREATE TRIGGER pay_slip_no_change BEFORE UPDATE OR DELETE ON pay_slip FOR EACH ROW "
        "EXECUTE FUNCTION pay_slip_refuse()",
    ]


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables and the refusals."""
    models = (LedgerAccount, JournalEntry, Employee, *TABLES)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    sqlite = isinstance(db, peewee.SqliteDatabase)
    for statement in (ONCE, *(_sqlite() if sqlite else _postgresql())):
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; all pay is lost, its entries stay in the books."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
    if not isinstance(db, peewee.SqliteDatabase):
        for name in ("pay_refuse", "pay_slip_refuse"):
            db.execute_sql(f"DROP FUNCTION {name}()")
