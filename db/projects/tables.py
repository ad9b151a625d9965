"""The tables of projects: plan, people, risks, reports, goals, baselines; and of time spent."""

import peewee

from db.base import Table
from db.contacts.tables import Contact, Organisation
from db.fields import DayField, InstantField
from db.ledger.tables import Commodity
from db.tickets.tables import Ticket
from db.users import User


class Project(Table):
    """One project; people see its id as PRJ-id. Sums over its tasks are kept with each change."""

    id = peewee.AutoField()
    external_key = peewee.TextField(null=True, unique=True)
    """Where it came from, and its key there."""
    version = peewee.IntegerField(default=1)
    name = peewee.TextField()
    goal = peewee.TextField(default="")
    state = peewee.TextField()
    """`planned`, `active`, `on-hold`, `done` or `cancelled`."""
    owner = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    sponsor = peewee.TextField(default="")
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="SET NULL")
    start_on = DayField()
    """From where working days are counted."""
    due_on = DayField(null=True)
    done_on = DayField(null=True)
    budget = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    tag = peewee.TextField(default="")
    """Of the ledger's entries that count as its cost; empty for those that link to it."""
    holidays = peewee.TextField(default="")
    """Days on which nobody works on it, as 2026-12-25 with blanks between them."""
    rag = peewee.TextField(default="")
    """Of its last status report: `green`, `amber` or `red`."""
    rag_reason = peewee.TextField(default="")
    rag_at = InstantField(null=True)
    tasks = peewee.IntegerField(default=0)
    """Those that hold no others and were not dropped."""
    tasks_done = peewee.IntegerField(default=0)
    work = peewee.BigIntegerField(default=0)
    """Minutes that they are estimated at."""
    earned = peewee.BigIntegerField(default=0)
    """Minutes of it that are done, in hundredths."""
    progress = peewee.IntegerField(default=0)
    """In per cent."""
    next_milestone = peewee.TextField(default="")
    next_on = DayField(null=True)
    created_at = InstantField()
    updated_at = InstantField()

    class Meta:
        """The list, newest first."""

        indexes = ((("updated_at", "id"), False),)


class Task(Table):
    """A piece of work, or a milestone; people see its id as TSK-id."""

    id = peewee.AutoField()
    external_key = peewee.TextField(null=True, unique=True)
    """Where it came from, and its key there."""
    version = peewee.IntegerField(default=1)
    project = peewee.ForeignKeyField(Project, index=False, on_delete="CASCADE")
    parent = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    place = peewee.IntegerField()
    """Among those of the same parent."""
    kind = peewee.TextField()
    """`task` or `milestone`."""
    title = peewee.TextField()
    note = peewee.TextField(default="")
    state = peewee.TextField()
    """`todo`, `doing`, `waiting`, `done` or `dropped`."""
    owner = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    estimate = peewee.IntegerField(default=0)
    """Minutes of work."""
    remaining = peewee.IntegerField(null=True)
    """Minutes of work that are left, where somebody said so."""
    percent = peewee.SmallIntegerField(default=0)
    days = peewee.IntegerField()
    """Working days from its start to its end; 0 for a milestone."""
    start_on = DayField(null=True)
    due_on = DayField(null=True)
    begun_on = DayField(null=True)
    done_on = DayField(null=True)
    cost = peewee.BigIntegerField(default=0)
    """Planned beside the hours, in the project's currency."""
    children = peewee.IntegerField(default=0)
    created_at = InstantField()
    updated_at = InstantField()

    class Meta:
        """Read by project, and by who has it."""

        indexes = (
            (("project", "parent", "place"), False),
            (("owner", "state", "due_on"), False),
            (("updated_at", "id"), False),
        )


class TaskLink(Table):
    """A task that waits for another one."""

    before = peewee.ForeignKeyField(Task, index=False, on_delete="CASCADE")
    after = peewee.ForeignKeyField(Task, index=False, on_delete="CASCADE")
    kind = peewee.TextField()
    """`FS`, `SS`, `FF` or `SF`."""
    lag = peewee.IntegerField(default=0)
    """Working days."""

    class Meta:
        """Once for each pair; read from both sides."""

        primary_key = peewee.CompositeKey("before", "after")
        indexes = ((("after", "before"), False),)


class ProjectPerson(Table):
    """Somebody with a part in a project: who works on it, and who has a stake in it."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    name = peewee.TextField()
    user = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="SET NULL")
    role = peewee.TextField(default="")
    hours = peewee.IntegerField(null=True)
    """That somebody who works on it has for it in a week."""
    influence = peewee.SmallIntegerField(null=True)
    interest = peewee.SmallIntegerField(null=True)
    note = peewee.TextField(default="")


class ProjectRisk(Table):
    """What may happen (a risk), or has happened (an issue)."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    kind = peewee.TextField()
    title = peewee.TextField()
    probability = peewee.SmallIntegerField()
    """1 to 5; 5 for what has happened."""
    impact = peewee.SmallIntegerField()
    response = peewee.TextField(default="")
    plan = peewee.TextField(default="")
    owner = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    due_on = DayField(null=True)
    state = peewee.TextField()
    """`open` or `closed`."""
    created_at = InstantField()
    updated_at = InstantField()


class ProjectDecision(Table):
    """What was decided, why, and by whom; never changed."""

    id = peewee.AutoField()
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    title = peewee.TextField()
    reason = peewee.TextField(default="")
    decided_by = peewee.TextField(default="")
    decided_on = DayField()
    at = InstantField()


class StatusReport(Table):
    """How a project stands, as somebody says; never changed."""

    id = peewee.AutoField()
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    rag = peewee.TextField()
    reason = peewee.TextField()
    achieved = peewee.TextField(default="")
    planned = peewee.TextField(default="")
    progress = peewee.IntegerField()
    author = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = InstantField()


class Objective(Table):
    """What a project is to reach; measured by its key results."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    title = peewee.TextField()
    due_on = DayField(null=True)


class KeyResult(Table):
    """A figure that goes from a start to a target."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    objective = peewee.ForeignKeyField(Objective, on_delete="CASCADE")
    title = peewee.TextField()
    unit = peewee.TextField(default="")
    start = peewee.TextField()
    """Exact decimals as text."""
    target = peewee.TextField()
    current = peewee.TextField()
    measured_on = DayField(null=True)


class Baseline(Table):
    """The plan of a project as it was at one time; never changed."""

    id = peewee.AutoField()
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    name = peewee.TextField()
    start_on = DayField(null=True)
    due_on = DayField(null=True)
    budget = peewee.BigIntegerField(null=True)
    author = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = InstantField()


class BaselineTask(Table):
    """A task as it was planned in a baseline; it stays when the task goes."""

    baseline = peewee.ForeignKeyField(Baseline, index=False, on_delete="CASCADE")
    task_id = peewee.IntegerField()
    title = peewee.TextField()
    start_on = DayField(null=True)
    due_on = DayField(null=True)
    days = peewee.IntegerField()
    estimate = peewee.IntegerField()
    cost = peewee.BigIntegerField()

    class Meta:
        """Once in each baseline."""

        primary_key = peewee.CompositeKey("baseline", "task_id")


class HourlyRate(Table):
    """What an hour of a role costs from a day on."""

    id = peewee.AutoField()
    role = peewee.TextField()
    from_on = DayField()
    amount = peewee.BigIntegerField()
    commodity = peewee.ForeignKeyField(Commodity, index=False, on_delete="RESTRICT")

    class Meta:
        """One for each role and day."""

        indexes = ((("role", "from_on"), True),)


class TimeRule(Table):
    """How time is rounded; one row."""

    id = peewee.AutoField()
    step = peewee.SmallIntegerField()
    """Minutes."""
    way = peewee.TextField()
    """`up` or `nearest`."""


class TimeEntry(Table):
    """Time that somebody spent on a task or a ticket, or is spending."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    user = peewee.ForeignKeyField(User, index=False, on_delete="RESTRICT")
    project = peewee.ForeignKeyField(Project, null=True, index=False, on_delete="RESTRICT")
    """Of the task."""
    task = peewee.ForeignKeyField(Task, null=True, on_delete="RESTRICT")
    ticket = peewee.ForeignKeyField(Ticket, null=True, on_delete="RESTRICT")
    day = DayField()
    minutes = peewee.IntegerField(default=0)
    """As they count: rounded."""
    seconds = peewee.IntegerField(default=0)
    """As they were measured or typed."""
    started_at = InstantField(null=True)
    ended_at = InstantField(null=True)
    running = peewee.BooleanField(default=False)
    note = peewee.TextField(default="")
    rate = peewee.BigIntegerField(null=True)
    """Of an hour, when it was spent."""
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    created_at = InstantField()

    class Meta:
        """Read by person, by project and by day."""

        indexes = (
            (("user", "day", "id"), False),
            (("project", "day", "id"), False),
            (("day", "id"), False),
        )
