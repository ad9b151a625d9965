"""Make the tables of staff: people, departments, and dated facts that never overlap."""

from typing import Any

import peewee


class User(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False
        table_name = "user_account"


class Contact(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Commodity(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Employee(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField()
    sort_name = peewee.TextField()
    email = peewee.TextField(default="")
    phone = peewee.TextField(default="")
    language = peewee.TextField(default="")
    user = peewee.ForeignKeyField(User, null=True, unique=True, on_delete="SET NULL")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="SET NULL")
    external_key = peewee.TextField(null=True, unique=True)
    created_at = peewee.BigIntegerField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class Department(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    parent = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    head = peewee.ForeignKeyField(Employee, null=True, on_delete="SET NULL")
    cost_centre = peewee.TextField(default="")
    closed_on = peewee.IntegerField(null=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


IN_ORDER = [peewee.Check("ends_on IS NULL OR ends_on >= starts_on")]
NOT_ONESELF = [peewee.Check("manager_id <> employee_id")]


class Fact(peewee.Model):
    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    starts_on = peewee.IntegerField()
    reason = peewee.TextField(default="")
    salt = peewee.TextField(default="")
    made_at = peewee.BigIntegerField()
    made_by = peewee.IntegerField()
    replaced_at = peewee.BigIntegerField(null=True)
    replaced_by = peewee.IntegerField(null=True)

    class Meta:
        legacy_table_names = False


class Employment(Fact):
    ends_on = peewee.IntegerField(null=True)
    end_reason = peewee.TextField(default="")
    counted_from = peewee.IntegerField(null=True)

    class Meta:
        legacy_table_names = False
        constraints = IN_ORDER


class EmploymentContract(Fact):
    ends_on = peewee.IntegerField(null=True)
    kind = peewee.TextField()
    renews = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    warn_days = peewee.SmallIntegerField(default=45)
    note = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False
        constraints = IN_ORDER


class EmployeePosition(Fact):
    title = peewee.TextField()
    department = peewee.ForeignKeyField(Department, null=True, on_delete="RESTRICT")
    manager = peewee.ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
    place = peewee.TextField(default="")
    grade = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False
        constraints = NOT_ONESELF


class EmployeeSchedule(Fact):
    country = peewee.TextField(default="")
    region = peewee.TextField(default="")
    week = peewee.TextField(default="480 480 480 480 480 0 0")

    class Meta:
        legacy_table_names = False


class EmployeeSalary(Fact):
    amount = peewee.BigIntegerField(constraints=[peewee.Check("amount >= 0")])
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    per = peewee.TextField(default="month")

    class Meta:
        legacy_table_names = False


class EmployeeTerms(Fact):
    pay_group = peewee.TextField(default="")
    rule_set = peewee.TextField(default="")
    tax_status = peewee.TextField(default="")
    tax_method = peewee.TextField(default="")
    details = peewee.TextField(default="{}")

    class Meta:
        legacy_table_names = False


class EmployeeBank(Fact):
    holder = peewee.TextField(default="")
    account = peewee.TextField()
    bank = peewee.TextField(default="")
    bic = peewee.TextField(default="")
    country = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False


class EmployeePart(Fact):
    starts_on = peewee.IntegerField(null=True)  # type: ignore[assignment]  # some have no day
    ends_on = peewee.IntegerField(null=True)
    kind = peewee.TextField()
    name = peewee.TextField(default="")
    detail = peewee.TextField(default="")
    value = peewee.TextField(default="")
    country = peewee.TextField(default="")
    note = peewee.TextField(default="")
    amount = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")

    class Meta:
        legacy_table_names = False


class EmployeeFile(peewee.Model):
    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, on_delete="RESTRICT")
    name = peewee.TextField()
    media_type = peewee.TextField()
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField(index=True)
    added_by = peewee.IntegerField()
    added_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False


SPANS = ("employment", "employment_contract")
STATES = (
    "employee_position", "employee_schedule", "employee_salary", "employee_terms", "employee_bank",
)  # fmt: skip
TABLES = (
    Employee, Department, Employment, EmploymentContract, EmployeePosition, EmployeeSchedule,
    EmployeeSalary, EmployeeTerms, EmployeeBank, EmployeePart, EmployeeFile,
)  # fmt: skip
INDEXES = (
    "CREATE INDEX employee_sort_name ON employee (sort_name, id)",
    "CREATE INDEX employee_part_of ON employee_part (employee_id, kind, id) "
    "WHERE replaced_at IS NULL",
    "CREATE INDEX employee_part_ends ON employee_part (ends_on) "
    "WHERE replaced_at IS NULL AND ends_on IS NOT NULL",
    "CREATE INDEX employment_contract_ends ON employment_contract (ends_on) "
    "WHERE replaced_at IS NULL AND ends_on IS NOT NULL",
    *(f"CREATE UNIQUE INDEX {table}_from ON {table} (employee_id, starts_on) "
      "WHERE replaced_at IS NULL" for table in (*SPANS, *STATES)),
    *(f"CREATE INDEX {table}_past ON {table} (employee_id, id)" for table in
      (*SPANS, *STATES, "employee_part")),
)  # fmt: skip
"""A state lasts until the next one starts, so one start a day keeps them apart."""
OTHER = (
    "EXISTS (SELECT 1 FROM {table} o WHERE o.employee_id = NEW.employee_id "
    "AND o.replaced_at IS NULL AND o.id <> NEW.id "
    "AND o.starts_on <= coalesce(NEW.ends_on, 99991231) "
    "AND coalesce(o.ends_on, 99991231) >= NEW.starts_on)"
)


def _keep_apart(db: Any, sqlite: bool, table: str) -> None:  # Any: the runner is untyped
    """Refuse a span that overlaps another one of the same person."""
    other, says = OTHER.format(table=table), f"{table} overlaps another one"
    if sqlite:
        for verb in ("INSERT", "UPDATE"):
            db.execute_sql(
                f"CREATE TRIGGER {table}_apart_{verb.lower()} AFTER {verb} ON {table} "
                f"WHEN NEW.replaced_at IS NULL AND {other} "
                f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
            )
        return
    db.execute_sql(
        f"CREATE FUNCTION {table}_apart() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NEW.replaced_at IS NULL AND {other} THEN RAISE EXCEPTION '{says}'; END IF; "
        "RETURN NULL; END $$"
    )
    db.execute_sql(
        f"CREATE TRIGGER {table}_apart AFTER INSERT OR UPDATE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION {table}_apart()"
    )


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Create them."""
    sqlite = isinstance(db, peewee.SqliteDatabase)
    with db.bind_ctx((User, Contact, Commodity, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    for statement in INDEXES:
        db.execute_sql(statement)
    for table in SPANS:
        _keep_apart(db, sqlite, table)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop them; everything about staff is lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
    if not isinstance(db, peewee.SqliteDatabase):
        for table in SPANS:
            db.execute_sql(f"DROP FUNCTION {table}_apart()")
