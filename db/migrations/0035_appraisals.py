"""Make the tables of appraisals, whose closed cycles nothing changes, and of training."""

from typing import Any

import peewee


class Employee(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Department(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


IN_ORDER = [peewee.Check("ends_on >= starts_on")]


class AppraisalCycle(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    starts_on = peewee.IntegerField()
    ends_on = peewee.IntegerField()
    takes = peewee.TextField()
    takes_from = peewee.TextField(default="")
    state = peewee.TextField()
    goals_on = peewee.IntegerField(null=True)
    self_on = peewee.IntegerField(null=True)
    review_on = peewee.IntegerField(null=True)
    calibration_on = peewee.IntegerField(null=True)
    scale = peewee.TextField()
    questions = peewee.TextField()
    created_at = peewee.BigIntegerField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        constraints = IN_ORDER


class Appraisal(peewee.Model):
    id = peewee.AutoField()
    cycle = peewee.ForeignKeyField(AppraisalCycle, index=False, on_delete="RESTRICT")
    employee = peewee.ForeignKeyField(Employee, on_delete="RESTRICT")
    manager = peewee.ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
    self_state = peewee.TextField(default="")
    self_text = peewee.TextField(default="")
    self_at = peewee.BigIntegerField(null=True)
    review_state = peewee.TextField(default="")
    review_text = peewee.TextField(default="")
    review_at = peewee.BigIntegerField(null=True)
    review_by = peewee.TextField(default="")
    rating = peewee.SmallIntegerField(null=True)
    released_at = peewee.BigIntegerField(null=True)
    acknowledged_at = peewee.BigIntegerField(null=True)
    reply = peewee.TextField(default="")
    proposal = peewee.TextField(default="")
    proposal_state = peewee.TextField(default="")
    proposal_amount = peewee.TextField(default="")
    proposal_from = peewee.IntegerField(null=True)
    proposal_note = peewee.TextField(default="")
    salt = peewee.TextField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        indexes = ((("cycle", "employee"), True),)


class AppraisalGoal(peewee.Model):
    id = peewee.AutoField()
    appraisal = peewee.ForeignKeyField(Appraisal, on_delete="CASCADE")
    title = peewee.TextField()
    measure = peewee.TextField(default="")
    weight = peewee.SmallIntegerField(constraints=[peewee.Check("weight BETWEEN 1 AND 100")])
    result = peewee.TextField(default="")
    reached = peewee.SmallIntegerField(null=True)

    class Meta:
        legacy_table_names = False


class AppraisalAnswer(peewee.Model):
    id = peewee.AutoField()
    appraisal = peewee.ForeignKeyField(Appraisal, index=False, on_delete="CASCADE")
    side = peewee.TextField()
    question = peewee.TextField()
    score = peewee.SmallIntegerField(null=True)
    note = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("appraisal", "side", "question"), True),)


class AppraisalMove(peewee.Model):
    id = peewee.AutoField()
    appraisal = peewee.ForeignKeyField(Appraisal, on_delete="CASCADE")
    before = peewee.SmallIntegerField(null=True)
    after = peewee.SmallIntegerField()
    reason = peewee.TextField()
    made_at = peewee.BigIntegerField()
    made_by = peewee.TextField()

    class Meta:
        legacy_table_names = False


class TrainingCourse(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    provider = peewee.TextField(default="")
    minutes = peewee.IntegerField(default=0)
    certificate = peewee.TextField(default="")
    valid_months = peewee.SmallIntegerField(null=True)
    skill = peewee.TextField(default="")
    level = peewee.SmallIntegerField(null=True)
    note = peewee.TextField(default="")
    closed = peewee.BooleanField(default=False)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class TrainingNeed(peewee.Model):
    id = peewee.AutoField()
    course = peewee.ForeignKeyField(TrainingCourse, on_delete="CASCADE")
    department = peewee.ForeignKeyField(Department, null=True, on_delete="CASCADE")
    title = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False


class TrainingSession(peewee.Model):
    id = peewee.AutoField()
    course = peewee.ForeignKeyField(TrainingCourse, on_delete="RESTRICT")
    starts_on = peewee.IntegerField()
    ends_on = peewee.IntegerField()
    place = peewee.TextField(default="")
    trainer = peewee.TextField(default="")
    seats = peewee.SmallIntegerField(null=True)
    state = peewee.TextField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        constraints = IN_ORDER


class TrainingPlace(peewee.Model):
    id = peewee.AutoField()
    session = peewee.ForeignKeyField(TrainingSession, index=False, on_delete="CASCADE")
    employee = peewee.ForeignKeyField(Employee, on_delete="RESTRICT")
    state = peewee.TextField()
    result = peewee.TextField(default="")
    facts = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        indexes = ((("session", "employee"), True),)


TABLES = (
    AppraisalCycle, Appraisal, AppraisalGoal, AppraisalAnswer, AppraisalMove,
    TrainingCourse, TrainingNeed, TrainingSession, TrainingPlace,
)  # fmt: skip
CLOSED = "(SELECT c.state FROM appraisal_cycle c WHERE c.id = {cycle}) = 'closed'"
OF = "(SELECT a.cycle_id FROM appraisal a WHERE a.id = OLD.appraisal_id)"
KEPT = {
    "appraisal": CLOSED.format(cycle="OLD.cycle_id"),
    "appraisal_goal": CLOSED.format(cycle=OF),
    "appraisal_answer": CLOSED.format(cycle=OF),
    "appraisal_move": CLOSED.format(cycle=OF),
}
"""Table to when its rows may not change."""
SAYS = "a closed appraisal cycle does not change"


def _keep(db: Any, sqlite: bool, table: str) -> None:  # Any: the runner is untyped
    """Refuse statements that change or remove rows of a closed cycle."""
    if sqlite:
        for verb in ("UPDATE", "DELETE"):
            db.execute_sql(
                f"CREATE TRIGGER {table}_kept_{verb.lower()} BEFORE {verb} ON {table} "
                f"WHEN {KEPT[table]} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
            )
        return
    db.execute_sql(
        f"CREATE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {KEPT[table]} THEN RAISE EXCEPTION '{SAYS}'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    db.execute_sql(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION {table}_kept()"
    )


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Create them."""
    sqlite = isinstance(db, peewee.SqliteDatabase)
    with db.bind_ctx((Employee, Department, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    for table in KEPT:
        _keep(db, sqlite, table)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop them; all appraisals, courses and sessions are lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
    if not isinstance(db, peewee.SqliteDatabase):
        for table in KEPT:
            db.execute_sql(f"DROP FUNCTION {table}_kept()")
