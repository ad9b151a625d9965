"""Make the tables of leave, attendance and overtime."""

from typing import Any

import peewee


class Employee(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class LeaveType(peewee.Model):
    id = peewee.AutoField()
    code = peewee.TextField(unique=True)
    title = peewee.TextField()
    letter = peewee.TextField()
    closed = peewee.BooleanField(default=False)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class LeaveRule(peewee.Model):
    id = peewee.AutoField()
    leave_type = peewee.ForeignKeyField(LeaveType, index=False, on_delete="CASCADE")
    since = peewee.IntegerField()
    rule = peewee.TextField()

    class Meta:
        legacy_table_names = False
        indexes = ((("leave_type", "since"), True),)


class LeaveDayOff(peewee.Model):
    id = peewee.AutoField()
    day = peewee.IntegerField()
    country = peewee.TextField(default="")
    region = peewee.TextField(default="")
    name = peewee.TextField()
    kind = peewee.TextField()

    class Meta:
        legacy_table_names = False
        indexes = ((("day", "country", "region"), True),)


class LeaveRequest(peewee.Model):
    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    leave_type = peewee.ForeignKeyField(LeaveType, on_delete="RESTRICT")
    first = peewee.IntegerField()
    last = peewee.IntegerField()
    from_noon = peewee.BooleanField(default=False)
    to_noon = peewee.BooleanField(default=False)
    minutes = peewee.SmallIntegerField(default=0)
    state = peewee.TextField()
    note = peewee.TextField(default="")
    reason = peewee.TextField(default="")
    replaces = peewee.ForeignKeyField("self", null=True, on_delete="SET NULL")
    asked_at = peewee.BigIntegerField()
    asked_by = peewee.TextField()
    decided_at = peewee.BigIntegerField(null=True)
    decided_by = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        indexes = ((("employee", "first"), False), (("last", "first"), False))
        constraints = (peewee.Check("last >= first"),)


class LeaveCorrection(peewee.Model):
    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    leave_type = peewee.ForeignKeyField(LeaveType, index=False, on_delete="RESTRICT")
    day = peewee.IntegerField()
    amount = peewee.IntegerField()
    lasts_until = peewee.IntegerField(null=True)
    opening = peewee.BooleanField(default=False)
    note = peewee.TextField()
    made_at = peewee.BigIntegerField()
    made_by = peewee.TextField()

    class Meta:
        legacy_table_names = False
        indexes = ((("employee", "leave_type", "day"), False),)


class LeaveStandIn(peewee.Model):
    id = peewee.AutoField()
    manager = peewee.ForeignKeyField(Employee, on_delete="CASCADE")
    stand_in = peewee.ForeignKeyField(Employee, on_delete="CASCADE")
    first = peewee.IntegerField()
    last = peewee.IntegerField()

    class Meta:
        legacy_table_names = False
        constraints = (peewee.Check("last >= first"), peewee.Check("manager_id <> stand_in_id"))


class WorkHours(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    hours = peewee.TextField()
    grace = peewee.SmallIntegerField(default=0)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class Attendance(peewee.Model):
    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    day = peewee.IntegerField(index=True)
    zone = peewee.TextField()
    in_at = peewee.BigIntegerField()
    out_at = peewee.BigIntegerField(null=True)
    breaks = peewee.SmallIntegerField(default=0)
    entered = peewee.BooleanField(default=False)
    note = peewee.TextField(default="")
    void = peewee.BooleanField(default=False)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        indexes = ((("employee", "day"), False),)
        constraints = (peewee.Check("out_at IS NULL OR out_at >= in_at"),)


class Overtime(peewee.Model):
    id = peewee.AutoField()
    employee = peewee.ForeignKeyField(Employee, index=False, on_delete="RESTRICT")
    day = peewee.IntegerField(index=True)
    minutes = peewee.SmallIntegerField(constraints=[peewee.Check("minutes BETWEEN 1 AND 1440")])
    state = peewee.TextField()
    note = peewee.TextField(default="")
    reason = peewee.TextField(default="")
    asked_at = peewee.BigIntegerField()
    asked_by = peewee.TextField()
    decided_at = peewee.BigIntegerField(null=True)
    decided_by = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        indexes = ((("employee", "day"), False),)


TABLES = (
    LeaveType,
    LeaveRule,
    LeaveDayOff,
    LeaveRequest,
    LeaveCorrection,
    LeaveStandIn,
    WorkHours,
    Attendance,
    Overtime,
)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Create them."""
    with db.bind_ctx((Employee, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    db.execute_sql(
        "CREATE UNIQUE INDEX attendance_open ON attendance (employee_id) "
        "WHERE out_at IS NULL AND NOT void"
    )


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop them; everything about leave, attendance and overtime is lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
