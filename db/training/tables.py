"""The tables of training; what somebody learned is a fact of the person, as staff keeps it."""

import peewee

from db.base import Table
from db.fields import DayField
from db.staff.tables import Department, Employee


class TrainingCourse(Table):
    """A course, the certificate that it gives for how many months, and the skill."""

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


class TrainingNeed(Table):
    """Who needs a course: a department with those below it, a title, both, or everybody."""

    id = peewee.AutoField()
    course = peewee.ForeignKeyField(TrainingCourse, on_delete="CASCADE")
    department = peewee.ForeignKeyField(Department, null=True, on_delete="CASCADE")
    title = peewee.TextField(default="")


class TrainingSession(Table):
    """A course on some days."""

    id = peewee.AutoField()
    course = peewee.ForeignKeyField(TrainingCourse, on_delete="RESTRICT")
    starts_on = DayField()
    ends_on = DayField()
    place = peewee.TextField(default="")
    trainer = peewee.TextField(default="")
    seats = peewee.SmallIntegerField(null=True)
    state = peewee.TextField()
    version = peewee.IntegerField(default=1)


class TrainingPlace(Table):
    """Somebody in a session, and how it ended for them."""

    id = peewee.AutoField()
    session = peewee.ForeignKeyField(TrainingSession, index=False, on_delete="CASCADE")
    employee = peewee.ForeignKeyField(Employee, on_delete="RESTRICT")
    state = peewee.TextField()
    result = peewee.TextField(default="")
    facts = peewee.TextField(default="")
    """A JSON list of the ids of parts that it gave the person."""
    version = peewee.IntegerField(default=1)

    class Meta:
        """A person is in a session once."""

        indexes = ((("session", "employee"), True),)
