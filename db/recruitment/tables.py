"""The tables of recruitment: openings, candidates, applications, interviews and offers."""

import peewee

from db.base import Table
from db.fields import DayField, InstantField
from db.ledger.tables import Commodity
from db.staff.tables import Department, Employee
from db.users import User


class Opening(Table):
    """A position to fill."""

    id = peewee.AutoField()
    title = peewee.TextField()
    department = peewee.ForeignKeyField(Department, null=True, on_delete="RESTRICT")
    manager = peewee.ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
    place = peewee.TextField(default="")
    seats = peewee.IntegerField(default=1)
    state = peewee.TextField(default="draft")
    opened_on = DayField(null=True)
    closed_on = DayField(null=True)
    criteria = peewee.TextField(default="")
    """What interviews score, one on a line."""
    note = peewee.TextField(default="")
    created_at = InstantField()
    version = peewee.IntegerField(default=1)


class Candidate(Table):
    """Somebody who might work here; what tells who it is goes when it is forgotten."""

    id = peewee.AutoField()
    name = peewee.TextField()
    email = peewee.TextField(default="")
    phone = peewee.TextField(default="")
    source = peewee.TextField(default="")
    note = peewee.TextField(default="")
    consent_on = DayField(null=True)
    keep_until = DayField()
    employee = peewee.ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
    forgotten_at = InstantField(null=True)
    created_at = InstantField()
    external_key = peewee.TextField(null=True, unique=True)
    """Of the row of a file that it came from, as a hash."""
    version = peewee.IntegerField(default=1)


class CandidateFile(Table):
    """A résumé, or another document of a candidate."""

    id = peewee.AutoField()
    candidate = peewee.ForeignKeyField(Candidate, on_delete="RESTRICT")
    name = peewee.TextField()
    media_type = peewee.TextField()
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField(index=True)
    added_by = peewee.IntegerField()
    added_at = InstantField()


class JobApplication(Table):
    """A candidate for an opening, and how far it is."""

    id = peewee.AutoField()
    candidate = peewee.ForeignKeyField(Candidate, index=False, on_delete="RESTRICT")
    opening = peewee.ForeignKeyField(Opening, on_delete="RESTRICT")
    stage = peewee.TextField(default="applied")
    since_at = InstantField()
    created_at = InstantField()
    version = peewee.IntegerField(default=1)

    class Meta:
        """Somebody applies for an opening once."""

        indexes = ((("candidate", "opening"), True),)


class ApplicationStage(Table):
    """A step of an application; none is ever removed."""

    id = peewee.AutoField()
    application = peewee.ForeignKeyField(JobApplication, on_delete="RESTRICT")
    before = peewee.TextField(default="")
    stage = peewee.TextField()
    at = InstantField()
    by_id = peewee.IntegerField()
    reason = peewee.TextField(default="")
    undoes = peewee.BooleanField(default=False)


class Interview(Table):
    """An interview of an application."""

    id = peewee.AutoField()
    application = peewee.ForeignKeyField(JobApplication, on_delete="RESTRICT")
    at = InstantField()
    minutes = peewee.IntegerField(default=60)
    place = peewee.TextField(default="")
    state = peewee.TextField(default="planned")
    version = peewee.IntegerField(default=1)


class InterviewScore(Table):
    """Who holds an interview, and what they think once they gave it."""

    id = peewee.AutoField()
    interview = peewee.ForeignKeyField(Interview, index=False, on_delete="RESTRICT")
    user = peewee.ForeignKeyField(User, on_delete="RESTRICT")
    scores = peewee.TextField(default="{}")
    """A JSON object of criterion to 1 … 5."""
    recommendation = peewee.TextField(default="")
    note = peewee.TextField(default="")
    given_at = InstantField(null=True)

    class Meta:
        """Somebody holds an interview once."""

        indexes = ((("interview", "user"), True),)


class JobOffer(Table):
    """What somebody is offered; whoever approves it did not make it."""

    id = peewee.AutoField()
    application = peewee.ForeignKeyField(JobApplication, on_delete="RESTRICT")
    amount = peewee.BigIntegerField()
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    per = peewee.TextField(default="month")
    contract = peewee.TextField(default="permanent")
    until_on = DayField(null=True)
    starts_on = DayField()
    expires_on = DayField()
    state = peewee.TextField(default="made")
    salt = peewee.TextField(default="")
    made_at = InstantField()
    made_by = peewee.IntegerField()
    approved_at = InstantField(null=True)
    approved_by = peewee.IntegerField(null=True)
    decided_at = InstantField(null=True)
    version = peewee.IntegerField(default=1)
    title = peewee.TextField(default="")
    """For which position it was approved; empty until it is."""
    department = peewee.ForeignKeyField(Department, null=True, index=False, on_delete="RESTRICT")
    manager = peewee.ForeignKeyField(Employee, null=True, index=False, on_delete="RESTRICT")
    place = peewee.TextField(default="")
