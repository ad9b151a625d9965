"""Make the tables of tickets."""

from typing import Any

import peewee


class User(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False
        table_name = "user_account"


class Organisation(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Contact(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Queue(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class QueueMember(peewee.Model):
    queue = peewee.ForeignKeyField(Queue, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("queue", "user")


class Category(peewee.Model):
    id = peewee.AutoField()
    parent = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    name = peewee.TextField()
    path = peewee.TextField(unique=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class Ticket(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    kind = peewee.TextField()
    state = peewee.TextField()
    active = peewee.BooleanField()
    subject = peewee.TextField()
    impact = peewee.SmallIntegerField()
    urgency = peewee.SmallIntegerField()
    priority = peewee.SmallIntegerField()
    priority_reason = peewee.TextField(default="")
    requester = peewee.ForeignKeyField(Contact, null=True, index=False, on_delete="RESTRICT")
    organisation = peewee.ForeignKeyField(
        Organisation, null=True, index=False, on_delete="SET NULL"
    )
    queue = peewee.ForeignKeyField(Queue, null=True, index=False, on_delete="RESTRICT")
    assignee = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    category = peewee.ForeignKeyField(Category, null=True, index=False, on_delete="RESTRICT")
    created_at = peewee.BigIntegerField()
    updated_at = peewee.BigIntegerField()
    resolved_at = peewee.BigIntegerField(null=True)
    closed_at = peewee.BigIntegerField(null=True)
    due_at = peewee.BigIntegerField(null=True)
    wake_at = peewee.BigIntegerField(null=True)
    responded_at = peewee.BigIntegerField(null=True)
    waiting_since = peewee.BigIntegerField(null=True)
    resolution = peewee.TextField(default="")
    rating = peewee.SmallIntegerField(null=True)
    minutes_spent = peewee.IntegerField(default=0)
    channel = peewee.TextField(default="console")
    external_key = peewee.TextField(null=True)
    merged_into = peewee.ForeignKeyField("self", null=True, index=False, on_delete="RESTRICT")
    policy_id = peewee.IntegerField(null=True)
    sla_due_at = peewee.BigIntegerField(null=True)
    sla_warn_at = peewee.BigIntegerField(null=True)
    sla_state = peewee.TextField(default="none")
    first_response_due_at = peewee.BigIntegerField(null=True)
    first_response_state = peewee.TextField(default="none")
    first_response_left = peewee.IntegerField(null=True)
    next_reply_due_at = peewee.BigIntegerField(null=True)
    next_reply_state = peewee.TextField(default="none")
    next_reply_left = peewee.IntegerField(null=True)
    resolution_due_at = peewee.BigIntegerField(null=True)
    resolution_state = peewee.TextField(default="none")
    resolution_left = peewee.IntegerField(null=True)

    class Meta:
        legacy_table_names = False


class StateSpan(peewee.Model):
    id = peewee.AutoField()
    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    state = peewee.TextField()
    since = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("ticket", "since", "id"), False),)


class Message(peewee.Model):
    id = peewee.AutoField()
    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    kind = peewee.TextField()
    at = peewee.BigIntegerField()
    user = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    contact = peewee.ForeignKeyField(Contact, null=True, index=False, on_delete="SET NULL")
    body = peewee.TextField()
    minutes = peewee.IntegerField(default=0)
    withdrawn = peewee.BooleanField(default=False)
    origin_id = peewee.IntegerField(null=True)

    class Meta:
        legacy_table_names = False
        indexes = ((("ticket", "at", "id"), False),)


class Attachment(peewee.Model):
    id = peewee.AutoField()
    message = peewee.ForeignKeyField(Message, on_delete="CASCADE")
    name = peewee.TextField()
    media_type = peewee.TextField()
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField(index=True)

    class Meta:
        legacy_table_names = False


class Blob(peewee.Model):
    sha256 = peewee.TextField(primary_key=True)
    content = peewee.BlobField()

    class Meta:
        legacy_table_names = False


class Tag(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)

    class Meta:
        legacy_table_names = False


class TicketTag(peewee.Model):
    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    tag = peewee.ForeignKeyField(Tag, index=False, on_delete="CASCADE")

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("ticket", "tag")
        indexes = ((("tag", "ticket"), False),)


class Watcher(peewee.Model):
    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User, index=False, on_delete="CASCADE")

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("ticket", "user")
        indexes = ((("user", "ticket"), False),)


class Link(peewee.Model):
    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    other = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    kind = peewee.TextField()

    class Meta:
        legacy_table_names = False
        table_name = "ticket_link"
        primary_key = peewee.CompositeKey("ticket", "other", "kind")
        indexes = ((("other", "ticket"), False),)


class CustomField(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    label = peewee.TextField()
    ticket_kind = peewee.TextField(default="")
    type = peewee.TextField()
    choices = peewee.TextField(default="[]")
    required = peewee.BooleanField(default=False)
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class CustomValue(peewee.Model):
    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    field = peewee.ForeignKeyField(CustomField, index=False, on_delete="CASCADE")
    text = peewee.TextField()
    number = peewee.DecimalField(max_digits=24, decimal_places=6, null=True)

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("ticket", "field")
        indexes = ((("field", "text"), False), (("field", "number"), False))


class Macro(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    reply = peewee.TextField(default="")
    internal = peewee.BooleanField(default=False)
    changes = peewee.TextField(default="{}")
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class Template(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    fields = peewee.TextField()
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class Recurrence(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    template = peewee.ForeignKeyField(Template, on_delete="RESTRICT")
    every = peewee.TextField()
    next_on = peewee.DateField()
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class AssignmentRule(peewee.Model):
    id = peewee.AutoField()
    queue = peewee.ForeignKeyField(Queue, unique=True, on_delete="CASCADE")
    method = peewee.TextField()
    last_user = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False


class Trigger(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    position = peewee.IntegerField(default=0)
    event = peewee.TextField()
    condition = peewee.TextField()
    changes = peewee.TextField(default="{}")
    notify = peewee.TextField(default="")
    active = peewee.BooleanField(default=True)
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        table_name = "ticket_trigger"


class SlaCalendar(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    definition = peewee.TextField()

    class Meta:
        legacy_table_names = False


class SlaPolicy(peewee.Model):
    id = peewee.AutoField()
    position = peewee.IntegerField()
    name = peewee.TextField(unique=True)
    condition = peewee.TextField(default="")
    calendar = peewee.ForeignKeyField(SlaCalendar, on_delete="RESTRICT")
    definition = peewee.TextField()

    class Meta:
        legacy_table_names = False


TABLES = (
    Queue,
    QueueMember,
    Category,
    Ticket,
    StateSpan,
    Message,
    Attachment,
    Blob,
    Tag,
    TicketTag,
    Watcher,
    Link,
    CustomField,
    CustomValue,
    Macro,
    Template,
    Recurrence,
    AssignmentRule,
    Trigger,
    SlaCalendar,
    SlaPolicy,
)


def up(migrator: Any, db: peewee.Database) -> None:  # parameter names are the runner's
    """Make the tables."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)


def down(migrator: Any, db: peewee.Database) -> None:  # parameter names are the runner's
    """Drop the tables; all that is in them is lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
