"""Make the tables of recruitment, and of the check lists for people who come and go."""

from typing import Any

import peewee


class Known(peewee.Model):
    """A table that is there already; only its key is needed here."""

    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class User(Known):
    class Meta:
        legacy_table_names = False
        table_name = "user_account"


class Commodity(Known):
    pass


class Employee(Known):
    pass


class Department(Known):
    pass


class Ticket(Known):
    pass


class Asset(Known):
    pass


class LicenceSeat(Known):
    pass


class Opening(peewee.Model):
    id = peewee.AutoField()
    title = peewee.TextField()
    department = peewee.ForeignKeyField(Department, null=True, on_delete="RESTRICT")
    manager = peewee.ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
    place = peewee.TextField(default="")
    seats = peewee.IntegerField(default=1, constraints=[peewee.Check("seats >= 1")])
    state = peewee.TextField(default="draft")
    opened_on = peewee.IntegerField(null=True)
    closed_on = peewee.IntegerField(null=True)
    criteria = peewee.TextField(default="")
    note = peewee.TextField(default="")
    created_at = peewee.BigIntegerField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class Candidate(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField()
    email = peewee.TextField(default="")
    phone = peewee.TextField(default="")
    source = peewee.TextField(default="")
    note = peewee.TextField(default="")
    consent_on = peewee.IntegerField(null=True)
    keep_until = peewee.IntegerField()
    employee = peewee.ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
    forgotten_at = peewee.BigIntegerField(null=True)
    created_at = peewee.BigIntegerField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class CandidateFile(peewee.Model):
    id = peewee.AutoField()
    candidate = peewee.ForeignKeyField(Candidate, on_delete="RESTRICT")
    name = peewee.TextField()
    media_type = peewee.TextField()
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField(index=True)
    added_by = peewee.IntegerField()
    added_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False


class JobApplication(peewee.Model):
    id = peewee.AutoField()
    candidate = peewee.ForeignKeyField(Candidate, index=False, on_delete="RESTRICT")
    opening = peewee.ForeignKeyField(Opening, on_delete="RESTRICT")
    stage = peewee.TextField(default="applied")
    since_at = peewee.BigIntegerField()
    created_at = peewee.BigIntegerField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        indexes = ((("candidate", "opening"), True),)


class ApplicationStage(peewee.Model):
    id = peewee.AutoField()
    application = peewee.ForeignKeyField(JobApplication, on_delete="RESTRICT")
    before = peewee.TextField(default="")
    stage = peewee.TextField()
    at = peewee.BigIntegerField()
    by_id = peewee.IntegerField()
    reason = peewee.TextField(default="")
    undoes = peewee.BooleanField(default=False)

    class Meta:
        legacy_table_names = False


class Interview(peewee.Model):
    id = peewee.AutoField()
    application = peewee.ForeignKeyField(JobApplication, on_delete="RESTRICT")
    at = peewee.BigIntegerField()
    minutes = peewee.IntegerField(default=60)
    place = peewee.TextField(default="")
    state = peewee.TextField(default="planned")
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class InterviewScore(peewee.Model):
    id = peewee.AutoField()
    interview = peewee.ForeignKeyField(Interview, index=False, on_delete="RESTRICT")
    user = peewee.ForeignKeyField(User, on_delete="RESTRICT")
    scores = peewee.TextField(default="{}")
    recommendation = peewee.TextField(default="")
    note = peewee.TextField(default="")
    given_at = peewee.BigIntegerField(null=True)

    class Meta:
        legacy_table_names = False
        indexes = ((("interview", "user"), True),)


OF_TWO = [peewee.Check("approved_by IS NULL OR approved_by <> made_by")]
"""Nobody approves what they offered."""


class JobOffer(peewee.Model):
    id = peewee.AutoField()
    application = peewee.ForeignKeyField(JobApplication, on_delete="RESTRICT")
    amount = peewee.BigIntegerField(constraints=[peewee.Check("amount >= 0")])
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    per = peewee.TextField(default="month")
    contract = peewee.TextField(default="permanent")
    until_on = peewee.IntegerField(null=True)
    starts_on = peewee.IntegerField()
    expires_on = peewee.IntegerField()
    state = peewee.TextField(default="made")
    salt = peewee.TextField(default="")
    made_at = peewee.BigIntegerField()
    made_by = peewee.IntegerField()
    approved_at = peewee.BigIntegerField(null=True)
    approved_by = peewee.IntegerField(null=True)
    decided_at = peewee.BigIntegerField(null=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        constraints = OF_TWO


class CheckTemplate(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    kind = peewee.TextField()
    department = peewee.ForeignKeyField(Department, null=True, on_delete="RESTRICT")
    closed = peewee.BooleanField(default=False)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class CheckTemplateStep(peewee.Model):
    id = peewee.AutoField()
    template = peewee.ForeignKeyField(CheckTemplate, on_delete="CASCADE")
    place = peewee.IntegerField()
    title = peewee.TextField()
    owner = peewee.TextField(default="hr")
    days = peewee.IntegerField(default=0)
    does = peewee.TextField(default="")
    detail = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False


class CheckList(peewee.Model):
    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, on_delete="RESTRICT")
    kind = peewee.TextField()
    day = peewee.IntegerField()
    started_at = peewee.BigIntegerField()
    started_by = peewee.IntegerField()
    ended_at = peewee.BigIntegerField(null=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class CheckStep(peewee.Model):
    id = peewee.AutoField()
    list = peewee.ForeignKeyField(CheckList, on_delete="RESTRICT")
    place = peewee.IntegerField()
    title = peewee.TextField()
    owner = peewee.TextField(default="hr")
    owner_user = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    due_on = peewee.IntegerField()
    does = peewee.TextField(default="")
    detail = peewee.TextField(default="")
    ticket = peewee.ForeignKeyField(Ticket, null=True, on_delete="SET NULL")
    asset = peewee.ForeignKeyField(Asset, null=True, on_delete="SET NULL")
    seat = peewee.ForeignKeyField(LicenceSeat, null=True, on_delete="SET NULL")
    user = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    done_at = peewee.BigIntegerField(null=True)
    done_by = peewee.IntegerField(null=True)
    said = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


THERE = (User, Commodity, Employee, Department, Ticket, Asset, LicenceSeat)
TABLES = (
    Opening, Candidate, CandidateFile, JobApplication, ApplicationStage, Interview,
    InterviewScore, JobOffer, CheckTemplate, CheckTemplateStep, CheckList, CheckStep,
)  # fmt: skip
INDEXES = (
    "CREATE INDEX candidate_keep ON candidate (keep_until) WHERE forgotten_at IS NULL",
    "CREATE UNIQUE INDEX job_offer_one ON job_offer (application_id) "
    "WHERE state IN ('made', 'accepted')",
)
"""An application has one offer that stands at most."""


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Create them."""
    with db.bind_ctx((*THERE, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    for statement in INDEXES:
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop them; candidates, offers and check lists are lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
