"""Make the tables of projects, their tasks and the time spent on them."""

from typing import Any

import peewee

INDEXES = (
    "CREATE UNIQUE INDEX time_entry_running ON time_entry (user_id) WHERE running",
    "CREATE INDEX project_next ON project (next_on, id) WHERE next_on IS NOT NULL",
)


class User(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        table_name = "user_account"


class Contact(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Organisation(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Commodity(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Ticket(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Project(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    name = peewee.TextField()
    goal = peewee.TextField(default="")
    state = peewee.TextField()
    owner = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    sponsor = peewee.TextField(default="")
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="SET NULL")
    start_on = peewee.IntegerField()
    due_on = peewee.IntegerField(null=True)
    done_on = peewee.IntegerField(null=True)
    budget = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    tag = peewee.TextField(default="")
    holidays = peewee.TextField(default="")
    rag = peewee.TextField(default="")
    rag_reason = peewee.TextField(default="")
    rag_at = peewee.BigIntegerField(null=True)
    tasks = peewee.IntegerField(default=0)
    tasks_done = peewee.IntegerField(default=0)
    work = peewee.BigIntegerField(default=0)
    earned = peewee.BigIntegerField(default=0)
    progress = peewee.IntegerField(default=0)
    next_milestone = peewee.TextField(default="")
    next_on = peewee.IntegerField(null=True)
    created_at = peewee.BigIntegerField()
    updated_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("updated_at", "id"), False),)


class Task(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    project = peewee.ForeignKeyField(Project, index=False, on_delete="CASCADE")
    parent = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    place = peewee.IntegerField()
    kind = peewee.TextField()
    title = peewee.TextField()
    note = peewee.TextField(default="")
    state = peewee.TextField()
    owner = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    estimate = peewee.IntegerField(default=0)
    remaining = peewee.IntegerField(null=True)
    percent = peewee.SmallIntegerField(default=0)
    days = peewee.IntegerField()
    start_on = peewee.IntegerField(null=True)
    due_on = peewee.IntegerField(null=True)
    begun_on = peewee.IntegerField(null=True)
    done_on = peewee.IntegerField(null=True)
    cost = peewee.BigIntegerField(default=0)
    children = peewee.IntegerField(default=0)
    created_at = peewee.BigIntegerField()
    updated_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        indexes = (
            (("project", "parent", "place"), False),
            (("owner", "state", "due_on"), False),
            (("updated_at", "id"), False),
        )


class TaskLink(peewee.Model):
    before = peewee.ForeignKeyField(Task, index=False, on_delete="CASCADE")
    after = peewee.ForeignKeyField(Task, index=False, on_delete="CASCADE")
    kind = peewee.TextField()
    lag = peewee.IntegerField(default=0)

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("before", "after")
        indexes = ((("after", "before"), False),)


class ProjectPerson(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    name = peewee.TextField()
    user = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="SET NULL")
    role = peewee.TextField(default="")
    hours = peewee.IntegerField(null=True)
    influence = peewee.SmallIntegerField(null=True)
    interest = peewee.SmallIntegerField(null=True)
    note = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False


class ProjectRisk(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    kind = peewee.TextField()
    title = peewee.TextField()
    probability = peewee.SmallIntegerField()
    impact = peewee.SmallIntegerField()
    response = peewee.TextField(default="")
    plan = peewee.TextField(default="")
    owner = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    due_on = peewee.IntegerField(null=True)
    state = peewee.TextField()
    created_at = peewee.BigIntegerField()
    updated_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False


class ProjectDecision(peewee.Model):
    id = peewee.AutoField()
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    title = peewee.TextField()
    reason = peewee.TextField(default="")
    decided_by = peewee.TextField(default="")
    decided_on = peewee.IntegerField()
    at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False


class StatusReport(peewee.Model):
    id = peewee.AutoField()
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    rag = peewee.TextField()
    reason = peewee.TextField()
    achieved = peewee.TextField(default="")
    planned = peewee.TextField(default="")
    progress = peewee.IntegerField()
    author = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False


class Objective(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    title = peewee.TextField()
    due_on = peewee.IntegerField(null=True)

    class Meta:
        legacy_table_names = False


class KeyResult(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    objective = peewee.ForeignKeyField(Objective, on_delete="CASCADE")
    title = peewee.TextField()
    unit = peewee.TextField(default="")
    start = peewee.TextField()
    target = peewee.TextField()
    current = peewee.TextField()
    measured_on = peewee.IntegerField(null=True)

    class Meta:
        legacy_table_names = False


class Baseline(peewee.Model):
    id = peewee.AutoField()
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    name = peewee.TextField()
    start_on = peewee.IntegerField(null=True)
    due_on = peewee.IntegerField(null=True)
    budget = peewee.BigIntegerField(null=True)
    author = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False


class BaselineTask(peewee.Model):
    baseline = peewee.ForeignKeyField(Baseline, index=False, on_delete="CASCADE")
    task_id = peewee.IntegerField()
    title = peewee.TextField()
    start_on = peewee.IntegerField(null=True)
    due_on = peewee.IntegerField(null=True)
    days = peewee.IntegerField()
    estimate = peewee.IntegerField()
    cost = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("baseline", "task_id")


class HourlyRate(peewee.Model):
    id = peewee.AutoField()
    role = peewee.TextField()
    from_on = peewee.IntegerField()
    amount = peewee.BigIntegerField()
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")

    class Meta:
        legacy_table_names = False
        indexes = ((("role", "from_on"), True),)


class TimeRule(peewee.Model):
    id = peewee.AutoField()
    step = peewee.SmallIntegerField()
    way = peewee.TextField()

    class Meta:
        legacy_table_names = False


class TimeEntry(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    user = peewee.ForeignKeyField(User, index=False, on_delete="RESTRICT")
    project = peewee.ForeignKeyField(Project, null=True, index=False, on_delete="RESTRICT")
    task = peewee.ForeignKeyField(Task, null=True, on_delete="RESTRICT")
    ticket = peewee.ForeignKeyField(Ticket, null=True, on_delete="RESTRICT")
    day = peewee.IntegerField()
    minutes = peewee.IntegerField(default=0)
    seconds = peewee.IntegerField(default=0)
    started_at = peewee.BigIntegerField(null=True)
    ended_at = peewee.BigIntegerField(null=True)
    running = peewee.BooleanField(default=False)
    note = peewee.TextField(default="")
    rate = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    created_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        indexes = (
            (("user", "day", "id"), False),
            (("project", "day", "id"), False),
            (("day", "id"), False),
        )


TABLES = (
    Project, Task, TaskLink, ProjectPerson, ProjectRisk, ProjectDecision, StatusReport,
    Objective, KeyResult, Baseline, BaselineTask, HourlyRate, TimeRule, TimeEntry,
)  # fmt: skip


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables."""
    models = (User, Contact, Organisation, Commodity, Ticket, *TABLES)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    for statement in INDEXES:
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; every project and all time that was noted is lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
