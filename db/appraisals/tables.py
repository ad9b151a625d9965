"""The tables of appraisals: days as numbers such as 20261125, scores and ratings whole numbers.

The database itself refuses to change rows of a closed cycle.
"""

import peewee

from db.base import Table
from db.fields import DayField, InstantField
from db.staff.tables import Employee


class AppraisalCycle(Table):
    """A round of appraisals of one period, with its scale and its questions."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    starts_on = DayField()
    ends_on = DayField()
    takes = peewee.TextField()
    takes_from = peewee.TextField(default="")
    state = peewee.TextField()
    goals_on = DayField(null=True)
    self_on = DayField(null=True)
    review_on = DayField(null=True)
    calibration_on = DayField(null=True)
    scale = peewee.TextField()
    """A JSON list of [value, title]."""
    questions = peewee.TextField()
    """A JSON list of [title, what is meant]."""
    created_at = InstantField()
    version = peewee.IntegerField(default=1)


class Appraisal(Table):
    """One person in a cycle; `rating` is a value of its scale."""

    id = peewee.AutoField()
    cycle = peewee.ForeignKeyField(AppraisalCycle, index=False, on_delete="RESTRICT")
    employee = peewee.ForeignKeyField(Employee, on_delete="RESTRICT")
    manager = peewee.ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
    self_state = peewee.TextField(default="")
    self_text = peewee.TextField(default="")
    self_at = InstantField(null=True)
    review_state = peewee.TextField(default="")
    review_text = peewee.TextField(default="")
    review_at = InstantField(null=True)
    review_by = peewee.TextField(default="")
    rating = peewee.SmallIntegerField(null=True)
    released_at = InstantField(null=True)
    acknowledged_at = InstantField(null=True)
    reply = peewee.TextField(default="")
    proposal = peewee.TextField(default="")
    proposal_state = peewee.TextField(default="")
    proposal_amount = peewee.TextField(default="")
    proposal_from = DayField(null=True)
    proposal_note = peewee.TextField(default="")
    salt = peewee.TextField()
    """Makes what the audit trail says of contents unguessable."""
    version = peewee.IntegerField(default=1)

    class Meta:
        """A person is in a cycle once."""

        indexes = ((("cycle", "employee"), True),)


class AppraisalGoal(Table):
    """What somebody is to reach, for how many of a hundred, and how far it came."""

    id = peewee.AutoField()
    appraisal = peewee.ForeignKeyField(Appraisal, on_delete="CASCADE")
    title = peewee.TextField()
    measure = peewee.TextField(default="")
    weight = peewee.SmallIntegerField()
    result = peewee.TextField(default="")
    reached = peewee.SmallIntegerField(null=True)


class AppraisalAnswer(Table):
    """The score and the words of one side on one question."""

    id = peewee.AutoField()
    appraisal = peewee.ForeignKeyField(Appraisal, index=False, on_delete="CASCADE")
    side = peewee.TextField()
    question = peewee.TextField()
    score = peewee.SmallIntegerField(null=True)
    note = peewee.TextField(default="")

    class Meta:
        """One answer to each question."""

        indexes = ((("appraisal", "side", "question"), True),)


class AppraisalMove(Table):
    """A rating that was moved: from what to what, why and by whom."""

    id = peewee.AutoField()
    appraisal = peewee.ForeignKeyField(Appraisal, on_delete="CASCADE")
    before = peewee.SmallIntegerField(null=True)
    after = peewee.SmallIntegerField()
    reason = peewee.TextField()
    made_at = InstantField()
    made_by = peewee.TextField()
