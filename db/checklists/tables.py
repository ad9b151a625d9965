"""The tables of check lists: templates with their steps, lists of people and the steps to do."""

import peewee

from db.assets.tables import Asset
from db.base import Table
from db.fields import DayField, InstantField
from db.licences.tables import LicenceSeat
from db.staff.tables import Department, Employee
from db.tickets.tables import Ticket
from db.users import User


class CheckTemplate(Table):
    """What is to be done for everybody, or for a department and what lies in it."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    kind = peewee.TextField()
    department = peewee.ForeignKeyField(Department, null=True, on_delete="RESTRICT")
    closed = peewee.BooleanField(default=False)
    version = peewee.IntegerField(default=1)


class CheckTemplateStep(Table):
    """A step of a template; days are counted from the first or last day of work."""

    id = peewee.AutoField()
    template = peewee.ForeignKeyField(CheckTemplate, on_delete="CASCADE")
    place = peewee.IntegerField()
    title = peewee.TextField()
    owner = peewee.TextField(default="hr")
    days = peewee.IntegerField(default=0)
    does = peewee.TextField(default="")
    detail = peewee.TextField(default="")


class CheckList(Table):
    """What is to be done for somebody who comes or goes."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, on_delete="RESTRICT")
    kind = peewee.TextField()
    day = DayField()
    started_at = InstantField()
    started_by = peewee.IntegerField()
    ended_at = InstantField(null=True)
    """When it was given up."""
    version = peewee.IntegerField(default=1)


class CheckStep(Table):
    """A step, and what it is linked with; that may say by itself that it is done."""

    id = peewee.AutoField()
    list = peewee.ForeignKeyField(CheckList, on_delete="RESTRICT")
    place = peewee.IntegerField()
    title = peewee.TextField()
    owner = peewee.TextField(default="hr")
    owner_user = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    due_on = DayField()
    does = peewee.TextField(default="")
    detail = peewee.TextField(default="")
    ticket = peewee.ForeignKeyField(Ticket, null=True, on_delete="SET NULL")
    asset = peewee.ForeignKeyField(Asset, null=True, on_delete="SET NULL")
    seat = peewee.ForeignKeyField(LicenceSeat, null=True, on_delete="SET NULL")
    user = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    done_at = InstantField(null=True)
    done_by = peewee.IntegerField(null=True)
    said = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)
