"""The tables of assessments."""

import peewee

from db.assets.tables import Asset
from db.base import Table
from db.contacts.tables import Contact, Organisation
from db.fields import DayField, InstantField
from db.projects.tables import Project
from db.staff.tables import Department
from db.users import User


class Questionnaire(Table):
    """A version of a questionnaire; it never changes."""

    id = peewee.AutoField()
    name = peewee.TextField()
    number = peewee.IntegerField()
    title = peewee.TextField()
    body = peewee.TextField()
    """JSON, see `boconsole.assessments.questionnaires`."""
    current = peewee.BooleanField()
    """Whether new assessments ask it."""
    made_by = peewee.IntegerField()
    made_at = InstantField()

    class Meta:
        """Each version once."""

        indexes = ((("name", "number"), True),)


class Assessment(Table):
    """What was answered about a subject; a submitted one never changes."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    questionnaire = peewee.ForeignKeyField(Questionnaire, on_delete="RESTRICT")
    subject = peewee.TextField()
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="SET NULL")
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="SET NULL")
    asset = peewee.ForeignKeyField(Asset, null=True, on_delete="SET NULL")
    project = peewee.ForeignKeyField(Project, null=True, on_delete="SET NULL")
    department = peewee.ForeignKeyField(Department, null=True, on_delete="SET NULL")
    state = peewee.TextField()
    answers = peewee.TextField(default="{}")
    note = peewee.TextField(default="")
    dated_on = DayField()
    next_on = DayField(null=True, index=True)
    score = peewee.IntegerField(null=True)
    """In hundredths of a per cent."""
    grade = peewee.TextField(default="")
    knocked = peewee.BooleanField(default=False)
    assessor = peewee.ForeignKeyField(User, on_delete="RESTRICT")
    created_at = InstantField()
    submitted_at = InstantField(null=True)

    class Meta:
        """Lists by day."""

        indexes = ((("state", "dated_on", "id"), False),)
