"""The tables of pay: days as numbers such as 20261125, amounts in smallest units.

A run that is posted is never changed, nor are its slips: triggers refuse it.
"""

import peewee

from db.base import Table
from db.fields import DayField, InstantField
from db.ledger.tables import JournalEntry, LedgerAccount
from db.staff.tables import Employee


class PayGroup(Table):
    """People who are paid together, by the same rules."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    """Empty for those of no group."""
    rules = peewee.TextField(default="id")
    prorate = peewee.TextField(default="calendar")
    details = peewee.TextField(default="{}")
    """A JSON object of texts, for the rules."""
    version = peewee.IntegerField(default=1)


class PayAccount(Table):
    """Where a kind of line, or the lines of one code, are booked."""

    id = peewee.AutoField()
    key = peewee.TextField(unique=True)
    account = peewee.ForeignKeyField(LedgerAccount, on_delete="RESTRICT")


class PayRules(Table):
    """A set of rules that a user loaded, as its file stood."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    text = peewee.TextField()
    loaded_at = InstantField()
    loaded_by = peewee.IntegerField()


class PayItem(Table):
    """What is paid, given or kept besides the salary, from one day to another."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
    """Empty for all of a group."""
    pay_group = peewee.TextField(default="")
    code = peewee.TextField()
    name = peewee.TextField()
    kind = peewee.TextField()
    """`earning`, `benefit`, `deduction`, `thr` or `overtime`."""
    amount = peewee.BigIntegerField(default=0)
    digits = peewee.SmallIntegerField(default=0)
    percent = peewee.TextField(default="")
    """Of the salary, instead of an amount."""
    hours = peewee.SmallIntegerField(default=0)
    day_kind = peewee.TextField(default="")
    taxable = peewee.BooleanField(default=True)
    irregular = peewee.BooleanField(default=False)
    fixed = peewee.BooleanField(default=False)
    """Part of the wage that contributions, THR and overtime are taken of."""
    prorated = peewee.BooleanField(default=False)
    note = peewee.TextField(default="")
    starts_on = DayField()
    ends_on = DayField(null=True)
    made_at = InstantField()
    made_by = peewee.IntegerField()
    withdrawn_at = InstantField(null=True)
    version = peewee.IntegerField(default=1)


class PayRun(Table):
    """A month of pay for a group; amounts are with `digits` behind the point."""

    id = peewee.AutoField()
    month = peewee.IntegerField(index=True)
    """Such as 202601."""
    pay_group = peewee.TextField(default="")
    kind = peewee.TextField()
    """`regular`, `correction` or `opening`: sums of another program."""
    corrects = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    reason = peewee.TextField(default="")
    state = peewee.TextField()
    """`draft`, `approved`, `posted`, `paid` or `dropped`."""
    currency = peewee.TextField()
    digits = peewee.SmallIntegerField()
    pay_on = DayField()
    people = peewee.IntegerField()
    earned = peewee.BigIntegerField()
    tax = peewee.BigIntegerField()
    net = peewee.BigIntegerField()
    cost = peewee.BigIntegerField()
    seal = peewee.TextField()
    """A hash over all slips: the same inputs give the same one."""
    prepared_by = peewee.IntegerField()
    prepared_at = InstantField()
    approved_by = peewee.IntegerField(null=True)
    approved_at = InstantField(null=True)
    entry = peewee.ForeignKeyField(JournalEntry, null=True, on_delete="RESTRICT")
    payment_entry = peewee.ForeignKeyField(JournalEntry, null=True, on_delete="RESTRICT")
    paid_on = DayField(null=True)
    version = peewee.IntegerField(default=1)


class PaySlip(Table):
    """One person in a run; `lines` is a JSON list of the lines from gross to net."""

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
    """A JSON object: what the month rests on, to explain differences."""
    lines = peewee.TextField()

    class Meta:
        """Read by run, and by person."""

        indexes = ((("run", "employee"), True), (("employee", "run"), False))
