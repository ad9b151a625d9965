"""The tables of reports: sums of tickets, what marks them, and schedules."""

import peewee

from db.base import Table
from db.fields import InstantField
from db.users import User


class ReportCell(Table):
    """What was counted of one hour, or of one value of a dimension in one month."""

    span = peewee.TextField()
    """`hour` or `month`, in UTC."""
    dimension = peewee.TextField()
    """Of months; empty for hours."""
    starts = InstantField()
    value = peewee.TextField()
    """A key or word of the dimension; empty for none."""
    tickets = peewee.IntegerField()
    solved = peewee.IntegerField()
    reopened = peewee.IntegerField()
    first_kept = peewee.IntegerField()
    first_missed = peewee.IntegerField()
    resolution_kept = peewee.IntegerField()
    resolution_missed = peewee.IntegerField()
    rated = peewee.IntegerField()
    rating_sum = peewee.IntegerField()
    content = peewee.IntegerField()
    response = peewee.BlobField()
    """Seconds up to the first response, 64 bits each, in order."""
    resolution = peewee.BlobField()
    """Seconds up to the solution, likewise."""

    class Meta:
        """Read by span and dimension, in order."""

        primary_key = peewee.CompositeKey("span", "dimension", "starts", "value")


class ReportMark(Table):
    """An hour whose tickets changed, to be counted anew."""

    id = peewee.BigAutoField()
    hour = peewee.BigIntegerField(index=True)
    """Since 1970, of when the tickets came in."""


class ReportSchedule(Table):
    """A report that is written or sent by itself."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    name = peewee.TextField(unique=True)
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    """Under whose rights it runs."""
    report = peewee.TextField()
    parameters = peewee.TextField(default="{}")
    """A JSON object, as on the command line."""
    form = peewee.TextField()
    every = peewee.TextField()
    """`day`, a weekday such as `mon`, or the day of a month."""
    at_minute = peewee.SmallIntegerField()
    """Of the day, in `zone`."""
    zone = peewee.TextField()
    folder = peewee.TextField(default="")
    """Where it is written; else it is mailed."""
    address = peewee.TextField(default="")
    next_at = InstantField()
    last_at = InstantField(null=True)
    last_word = peewee.TextField(default="")
    """What became of it the last time."""
    failed = peewee.BooleanField(default=False)
    active = peewee.BooleanField(default=True)
    mail_id = peewee.IntegerField(null=True)
    """The message of the outbox that it made last."""
