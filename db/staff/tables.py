"""The tables of staff: days as numbers such as 20261125, amounts in smallest units.

A fact is never changed: a correction replaces it by another one and keeps what was believed. A
state (position, schedule, salary, terms, bank) lasts until the next one of its kind starts; spans
(employment, contract) have an end of their own, and triggers keep those of a person apart.
"""

import peewee

from db.base import Table
from db.contacts.tables import Contact
from db.fields import DayField, InstantField
from db.ledger.tables import Commodity
from db.users import User


class Employee(Table):
    """Somebody who works here, worked here or will; what is private stands in other tables."""

    id = peewee.AutoField()
    name = peewee.TextField()
    sort_name = peewee.TextField()
    """In small letters, the family name first where it is known."""
    email = peewee.TextField(default="")
    phone = peewee.TextField(default="")
    language = peewee.TextField(default="")
    """Of pay slips and letters."""
    user = peewee.ForeignKeyField(User, null=True, unique=True, on_delete="SET NULL")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="SET NULL")
    external_key = peewee.TextField(null=True, unique=True)
    created_at = InstantField()
    version = peewee.IntegerField(default=1)


class Department(Table):
    """A part of the organisation; its cost centre is a tag of the ledger."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    parent = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    head = peewee.ForeignKeyField(Employee, null=True, on_delete="SET NULL")
    cost_centre = peewee.TextField(default="")
    closed_on = DayField(null=True)
    version = peewee.IntegerField(default=1)


class Employment(Table):
    """From the first day to the last one, and why it ended."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    starts_on = DayField()
    reason = peewee.TextField(default="")
    salt = peewee.TextField(default="")
    made_at = InstantField()
    made_by = peewee.IntegerField()
    replaced_at = InstantField(null=True)
    replaced_by = peewee.IntegerField(null=True)
    ends_on = DayField(null=True)
    end_reason = peewee.TextField(default="")
    counted_from = DayField(null=True)
    """Years of service count from here, where it is not the first day."""


class EmploymentContract(Table):
    """A contract, and the one that it renews."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    starts_on = DayField()
    reason = peewee.TextField(default="")
    salt = peewee.TextField(default="")
    made_at = InstantField()
    made_by = peewee.IntegerField()
    replaced_at = InstantField(null=True)
    replaced_by = peewee.IntegerField(null=True)
    ends_on = DayField(null=True)
    kind = peewee.TextField()
    renews = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    warn_days = peewee.SmallIntegerField(default=45)
    note = peewee.TextField(default="")


class EmployeePosition(Table):
    """What somebody does, where, and for whom."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    starts_on = DayField()
    reason = peewee.TextField(default="")
    salt = peewee.TextField(default="")
    made_at = InstantField()
    made_by = peewee.IntegerField()
    replaced_at = InstantField(null=True)
    replaced_by = peewee.IntegerField(null=True)
    title = peewee.TextField()
    department = peewee.ForeignKeyField(Department, null=True, on_delete="RESTRICT")
    manager = peewee.ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
    place = peewee.TextField(default="")
    grade = peewee.TextField(default="")


class EmployeeSchedule(Table):
    """When somebody works, and whose holidays are free."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    starts_on = DayField()
    reason = peewee.TextField(default="")
    salt = peewee.TextField(default="")
    made_at = InstantField()
    made_by = peewee.IntegerField()
    replaced_at = InstantField(null=True)
    replaced_by = peewee.IntegerField(null=True)
    country = peewee.TextField(default="")
    region = peewee.TextField(default="")
    week = peewee.TextField(default="480 480 480 480 480 0 0")
    """Minutes of each day, Monday first."""


class EmployeeSalary(Table):
    """What somebody earns."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    starts_on = DayField()
    reason = peewee.TextField(default="")
    salt = peewee.TextField(default="")
    made_at = InstantField()
    made_by = peewee.IntegerField()
    replaced_at = InstantField(null=True)
    replaced_by = peewee.IntegerField(null=True)
    amount = peewee.BigIntegerField(constraints=[peewee.Check("amount >= 0")])
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")
    per = peewee.TextField(default="month")


class EmployeeTerms(Table):
    """By which rules somebody is paid and taxed."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    starts_on = DayField()
    reason = peewee.TextField(default="")
    salt = peewee.TextField(default="")
    made_at = InstantField()
    made_by = peewee.IntegerField()
    replaced_at = InstantField(null=True)
    replaced_by = peewee.IntegerField(null=True)
    pay_group = peewee.TextField(default="")
    rule_set = peewee.TextField(default="")
    tax_status = peewee.TextField(default="")
    tax_method = peewee.TextField(default="")
    details = peewee.TextField(default="{}")
    """A JSON object of texts, for the rule set."""


class EmployeeBank(Table):
    """Where the pay goes."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    starts_on = DayField()
    reason = peewee.TextField(default="")
    salt = peewee.TextField(default="")
    made_at = InstantField()
    made_by = peewee.IntegerField()
    replaced_at = InstantField(null=True)
    replaced_by = peewee.IntegerField(null=True)
    holder = peewee.TextField(default="")
    account = peewee.TextField()
    bank = peewee.TextField(default="")
    bic = peewee.TextField(default="")
    country = peewee.TextField(default="")


class EmployeePart(Table):
    """One of what a person has several of; the kind says what the columns mean."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    starts_on = DayField(null=True)
    reason = peewee.TextField(default="")
    salt = peewee.TextField(default="")
    made_at = InstantField()
    made_by = peewee.IntegerField()
    replaced_at = InstantField(null=True)
    replaced_by = peewee.IntegerField(null=True)
    ends_on = DayField(null=True)
    kind = peewee.TextField()
    name = peewee.TextField(default="")
    detail = peewee.TextField(default="")
    value = peewee.TextField(default="")
    country = peewee.TextField(default="")
    note = peewee.TextField(default="")
    amount = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")


class EmployeeFile(Table):
    """A document of a person."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, on_delete="RESTRICT")
    name = peewee.TextField()
    media_type = peewee.TextField()
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField(index=True)
    added_by = peewee.IntegerField()
    added_at = InstantField()
