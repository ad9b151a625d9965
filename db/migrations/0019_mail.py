"""Make the tables of mail: what came in, what is to go out, and where each belongs."""

from typing import Any

import peewee


class Ticket(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Message(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Queue(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class User(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False
        table_name = "user_account"


class MailLetter(peewee.Model):
    id = peewee.AutoField()
    message_id = peewee.TextField(default="", index=True)
    fingerprint = peewee.TextField(unique=True)
    received_at = peewee.BigIntegerField()
    door = peewee.TextField()
    sender = peewee.TextField(default="")
    subject = peewee.TextField(default="")
    outcome = peewee.TextField()
    reason = peewee.TextField(default="")
    ticket = peewee.ForeignKeyField(Ticket, null=True, on_delete="SET NULL")
    entry = peewee.ForeignKeyField(Message, null=True, on_delete="SET NULL")
    recipients = peewee.TextField(default="")
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField()
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        indexes = ((("outcome", "id"), False),)


class MailOutbox(peewee.Model):
    id = peewee.AutoField()
    kind = peewee.TextField()
    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    entry = peewee.ForeignKeyField(Message, null=True, on_delete="CASCADE")
    author = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    recipient = peewee.TextField()
    subject = peewee.TextField()
    body = peewee.TextField()
    message_id = peewee.TextField(unique=True)
    in_reply_to = peewee.TextField(default="")
    thread = peewee.TextField(default="")
    state = peewee.TextField()
    attempts = peewee.IntegerField(default=0)
    created_at = peewee.BigIntegerField()
    next_at = peewee.BigIntegerField()
    claimed_at = peewee.BigIntegerField(null=True)
    claim = peewee.TextField(default="")
    sent_at = peewee.BigIntegerField(null=True)
    reason = peewee.TextField(default="")
    version = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False
        indexes = (
            (("state", "next_at", "id"), False),
            (("ticket", "id"), False),
            (("recipient", "created_at"), False),
        )


class MailRoute(peewee.Model):
    id = peewee.AutoField()
    address = peewee.TextField(unique=True)
    queue = peewee.ForeignKeyField(Queue, on_delete="RESTRICT")

    class Meta:
        legacy_table_names = False


class MailParticipant(peewee.Model):
    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    address = peewee.TextField()

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("ticket", "address")


class MailBox(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    validity = peewee.BigIntegerField()
    last_uid = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False


TABLES = (MailLetter, MailOutbox, MailRoute, MailParticipant, MailBox)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables."""
    models = (Ticket, Message, Queue, User, *TABLES)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; what waited to be sent is lost, the messages of tickets stay."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
