"""The tables of tickets.

States, kinds and codes are stored as the words of `boconsole.tickets`; priorities, impacts
and urgencies as numbers where 1 is the highest.
"""

import peewee

from db.base import Table
from db.contacts import Contact, Organisation
from db.fields import InstantField
from db.users import User


class Queue(Table):
    """A team's list of tickets."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)


class QueueMember(Table):
    """Who works on a queue."""

    queue = peewee.ForeignKeyField(Queue, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")

    class Meta:
        """A member once."""

        primary_key = peewee.CompositeKey("queue", "user")


class Category(Table):
    """A node of the category tree; `path` is the names from the root, joined by ` / `."""

    id = peewee.AutoField()
    parent = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    name = peewee.TextField()
    path = peewee.TextField(unique=True)
    version = peewee.IntegerField(default=1)


class Ticket(Table):
    """One request of one requester; people see its id as TKT-id."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    kind = peewee.TextField()
    state = peewee.TextField()
    active = peewee.BooleanField()
    """False in resolved, closed and merged: what lists leave out by default."""
    subject = peewee.TextField()
    impact = peewee.SmallIntegerField()
    urgency = peewee.SmallIntegerField()
    priority = peewee.SmallIntegerField()
    priority_reason = peewee.TextField(default="")
    """Why the priority differs from the matrix; empty when it does not."""
    requester = peewee.ForeignKeyField(Contact, null=True, index=False, on_delete="RESTRICT")
    organisation = peewee.ForeignKeyField(
        Organisation, null=True, index=False, on_delete="SET NULL"
    )
    """The requester's organisation when the ticket was made."""
    queue = peewee.ForeignKeyField(Queue, null=True, index=False, on_delete="RESTRICT")
    assignee = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    category = peewee.ForeignKeyField(Category, null=True, index=False, on_delete="RESTRICT")
    created_at = InstantField()
    updated_at = InstantField()
    resolved_at = InstantField(null=True)
    closed_at = InstantField(null=True)
    due_at = InstantField(null=True)
    """A date promised by hand; the service levels have their own columns."""
    wake_at = InstantField(null=True)
    """When a pending ticket opens by itself."""
    responded_at = InstantField(null=True)
    """The first public reply by an agent."""
    waiting_since = InstantField(null=True)
    """The oldest requester message without an answer."""
    resolution = peewee.TextField(default="")
    rating = peewee.SmallIntegerField(null=True)
    """Satisfaction, 1 to 5."""
    minutes_spent = peewee.IntegerField(default=0)
    channel = peewee.TextField(default="console")
    external_key = peewee.TextField(null=True)
    """`source:key` of an import, so that importing again finds it."""
    merged_into = peewee.ForeignKeyField("self", null=True, index=False, on_delete="RESTRICT")
    policy_id = peewee.IntegerField(null=True)
    """The service level policy that applies, if any."""
    sla_due_at = InstantField(null=True)
    """The earliest running target; empty while paused, met or without target."""
    sla_warn_at = InstantField(null=True)
    """When the earliest running target starts to warn."""
    sla_state = peewee.TextField(default="none")
    """`none`, `running`, `paused`, `met` or `breached`: the worst of the three targets."""
    first_response_due_at = InstantField(null=True)
    first_response_state = peewee.TextField(default="none")
    first_response_left = peewee.IntegerField(null=True)
    """Business seconds left when the target stopped (paused or met); empty while running."""
    next_reply_due_at = InstantField(null=True)
    next_reply_state = peewee.TextField(default="none")
    next_reply_left = peewee.IntegerField(null=True)
    resolution_due_at = InstantField(null=True)
    resolution_state = peewee.TextField(default="none")
    resolution_left = peewee.IntegerField(null=True)


class StateSpan(Table):
    """Since when a ticket was in a state; a span ends where the next one starts."""

    id = peewee.AutoField()
    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    state = peewee.TextField()
    since = InstantField()

    class Meta:
        """Read by ticket, in order."""

        indexes = ((("ticket", "since", "id"), False),)


class Message(Table):
    """One entry of a ticket's thread."""

    id = peewee.AutoField()
    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    kind = peewee.TextField()
    """`request` (from the requester), `reply` (public, by an agent) or `note` (internal)."""
    at = InstantField()
    user = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    contact = peewee.ForeignKeyField(Contact, null=True, index=False, on_delete="SET NULL")
    body = peewee.TextField()
    minutes = peewee.IntegerField(default=0)
    withdrawn = peewee.BooleanField(default=False)
    """Taken back by undo; kept for the audit, shown to nobody."""
    origin_id = peewee.IntegerField(null=True)
    """The ticket it came from when a merge or a split moved it here."""

    class Meta:
        """Read by ticket, in order."""

        indexes = ((("ticket", "at", "id"), False),)


class Attachment(Table):
    """A file of a message, stored by the hash of its content."""

    id = peewee.AutoField()
    message = peewee.ForeignKeyField(Message, on_delete="CASCADE")
    name = peewee.TextField()
    media_type = peewee.TextField()
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField(index=True)


class Tag(Table):
    """A word that groups tickets."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)


class TicketTag(Table):
    """A tag on a ticket."""

    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    tag = peewee.ForeignKeyField(Tag, index=False, on_delete="CASCADE")

    class Meta:
        """Read from both sides."""

        primary_key = peewee.CompositeKey("ticket", "tag")
        indexes = ((("tag", "ticket"), False),)


class Watcher(Table):
    """Somebody who hears of every change of a ticket."""

    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User, index=False, on_delete="CASCADE")

    class Meta:
        """Read from both sides."""

        primary_key = peewee.CompositeKey("ticket", "user")
        indexes = ((("user", "ticket"), False),)


class Link(Table):
    """A directed relation between two tickets; the other direction is read, not stored."""

    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    other = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    kind = peewee.TextField()
    """`parent_of`, `duplicate_of`, `blocks` or `caused_by`."""

    class Meta:
        """Read from both sides."""

        table_name = "ticket_link"
        primary_key = peewee.CompositeKey("ticket", "other", "kind")
        indexes = ((("other", "ticket"), False),)


class CustomField(Table):
    """A field that an organisation added to one kind of ticket, or to all."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    """Lower case letters, digits and _; queries call it cf.name."""
    label = peewee.TextField()
    ticket_kind = peewee.TextField(default="")
    """Empty for every kind."""
    type = peewee.TextField()
    """`text`, `number`, `date`, `choice` or `reference`."""
    choices = peewee.TextField(default="[]")
    """A JSON list, for `choice`."""
    required = peewee.BooleanField(default=False)
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)


class CustomValue(Table):
    """The value of a custom field; text is canonical, so that it compares and sorts."""

    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    field = peewee.ForeignKeyField(CustomField, index=False, on_delete="CASCADE")
    text = peewee.TextField()
    number = peewee.DecimalField(max_digits=24, decimal_places=6, null=True)

    class Meta:
        """Read by ticket, and by field and value."""

        primary_key = peewee.CompositeKey("ticket", "field")
        indexes = ((("field", "text"), False), (("field", "number"), False))


class Macro(Table):
    """A canned reply with changes."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    reply = peewee.TextField(default="")
    """Text with placeholders such as {requester.name}; empty for none."""
    internal = peewee.BooleanField(default=False)
    changes = peewee.TextField(default="{}")
    """A JSON object of field to value, as `tickets edit` takes them."""
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)


class Template(Table):
    """Values a new ticket starts with."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    fields = peewee.TextField()
    """A JSON object of field to value."""
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)


class Recurrence(Table):
    """A ticket that comes back by the calendar."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    template = peewee.ForeignKeyField(Template, on_delete="RESTRICT")
    every = peewee.TextField()
    """`1d`, `2w`, `1mo` or `1y`."""
    next_on = peewee.DateField()
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)


class AssignmentRule(Table):
    """Who gets a new ticket of a queue."""

    id = peewee.AutoField()
    queue = peewee.ForeignKeyField(Queue, unique=True, on_delete="CASCADE")
    method = peewee.TextField()
    """`round_robin` or `least_loaded`."""
    last_user = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)


class Trigger(Table):
    """Changes made by themselves when a ticket is made or updated."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    position = peewee.IntegerField(default=0)
    event = peewee.TextField()
    """`create` or `update`."""
    condition = peewee.TextField()
    """A query; empty matches all."""
    changes = peewee.TextField(default="{}")
    notify = peewee.TextField(default="")
    """`assignee`, `watchers`, `queue` or a login; empty for nobody."""
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        """`trigger` is a word of SQL."""

        table_name = "ticket_trigger"


class SlaCalendar(Table):
    """Business hours; the definition is the TOML table as JSON."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    definition = peewee.TextField()


class SlaPolicy(Table):
    """Targets for the tickets that match; the lowest position that matches applies."""

    id = peewee.AutoField()
    position = peewee.IntegerField()
    name = peewee.TextField(unique=True)
    condition = peewee.TextField(default="")
    """A query; empty matches all."""
    calendar = peewee.ForeignKeyField(SlaCalendar, on_delete="RESTRICT")
    definition = peewee.TextField()
    """Targets, pausing states and warning fraction as JSON."""
