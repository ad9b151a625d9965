"""The tables of leave: days as numbers such as 20261125, quantities in hundredths.

No balance is stored: it follows from rules, requests and corrections.
"""

import peewee

from db.base import Table
from db.fields import DayField, InstantField
from db.staff.tables import Employee


class LeaveType(Table):
    """A kind of leave, by the letter that calendars show."""

    id = peewee.AutoField()
    code = peewee.TextField(unique=True)
    title = peewee.TextField()
    letter = peewee.TextField()
    closed = peewee.BooleanField(default=False)
    version = peewee.IntegerField(default=1)


class LeaveRule(Table):
    """The rule of a type from some day on, as JSON."""

    id = peewee.AutoField()
    leave_type = peewee.ForeignKeyField(LeaveType, index=False, on_delete="CASCADE")
    since = DayField()
    rule = peewee.TextField()

    class Meta:
        """One for each day."""

        indexes = ((("leave_type", "since"), True),)


class LeaveDayOff(Table):
    """A day that the company adds to the holidays, or takes out of them."""

    id = peewee.AutoField()
    day = DayField()
    country = peewee.TextField(default="")
    """Whose people it is for; empty for all."""
    region = peewee.TextField(default="")
    name = peewee.TextField()
    kind = peewee.TextField()

    class Meta:
        """One for each day and place."""

        indexes = ((("day", "country", "region"), True),)


class LeaveRequest(Table):
    """Days that somebody asks for; what they take is counted anew whenever it is asked."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    leave_type = peewee.ForeignKeyField(LeaveType, on_delete="RESTRICT")
    first = DayField()
    last = DayField()
    from_noon = peewee.BooleanField(default=False)
    to_noon = peewee.BooleanField(default=False)
    minutes = peewee.SmallIntegerField(default=0)
    state = peewee.TextField()
    note = peewee.TextField(default="")
    reason = peewee.TextField(default="")
    """Why it was rejected or withdrawn."""
    replaces = peewee.ForeignKeyField("self", null=True, on_delete="SET NULL")
    """The approved request that it takes the place of, once it is approved."""
    asked_at = InstantField()
    asked_by = peewee.TextField()
    decided_at = InstantField(null=True)
    decided_by = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)

    class Meta:
        """Read by person, and by days for calendars."""

        indexes = ((("employee", "first"), False), (("last", "first"), False))
        constraints = (peewee.Check("last >= first"),)


class LeaveCorrection(Table):
    """What somebody entered by hand; never changed, the opposite takes it back."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    leave_type = peewee.ForeignKeyField(LeaveType, index=False, on_delete="RESTRICT")
    day = DayField()
    amount = peewee.IntegerField()
    lasts_until = DayField(null=True)
    opening = peewee.BooleanField(default=False)
    note = peewee.TextField()
    made_at = InstantField()
    made_by = peewee.TextField()

    class Meta:
        """Read by person."""

        indexes = ((("employee", "leave_type", "day"), False),)


class LeaveStandIn(Table):
    """Who decides in the place of a manager for some days."""

    id = peewee.AutoField()
    manager = peewee.ForeignKeyField(Employee, on_delete="CASCADE")
    stand_in = peewee.ForeignKeyField(Employee, on_delete="CASCADE")
    first = DayField()
    last = DayField()

    class Meta:
        """Its days follow each other."""

        constraints = (peewee.Check("last >= first"), peewee.Check("manager_id <> stand_in_id"))


class WorkHours(Table):
    """The clock of a week: when each day begins and ends, with its breaks."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    hours = peewee.TextField()
    grace = peewee.SmallIntegerField(default=0)
    version = peewee.IntegerField(default=1)


class Attendance(Table):
    """One stay at work, from when to when."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    day = DayField(index=True)
    zone = peewee.TextField()
    """In which its times are read."""
    in_at = InstantField()
    out_at = InstantField(null=True)
    breaks = peewee.SmallIntegerField(default=0)
    entered = peewee.BooleanField(default=False)
    """Typed afterwards, not clocked."""
    note = peewee.TextField(default="")
    void = peewee.BooleanField(default=False)
    version = peewee.IntegerField(default=1)

    class Meta:
        """Read by person."""

        indexes = ((("employee", "day"), False),)
        constraints = (peewee.Check("out_at IS NULL OR out_at >= in_at"),)


class Overtime(Table):
    """Hours beside the schedule, asked for and decided."""

    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    day = DayField(index=True)
    minutes = peewee.SmallIntegerField(constraints=[peewee.Check("minutes BETWEEN 1 AND 1440")])
    state = peewee.TextField()
    note = peewee.TextField(default="")
    reason = peewee.TextField(default="")
    asked_at = InstantField()
    asked_by = peewee.TextField()
    decided_at = InstantField(null=True)
    decided_by = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)

    class Meta:
        """Read by person."""

        indexes = ((("employee", "day"), False),)
