"""The tables of mail.

States and outcomes are stored as the words of `boconsole.mail`; addresses in lower case.
"""

import peewee

from db.base import Table
from db.fields import InstantField
from db.tickets.tables import Message, Queue, Ticket
from db.users import User


class MailLetter(Table):
    """A message that came in, whatever became of it; its raw text lies in the file store."""

    id = peewee.AutoField()
    message_id = peewee.TextField(default="", index=True)
    """Without the angle brackets; empty where the message has none."""
    fingerprint = peewee.TextField(unique=True)
    """By which the same message is known, whichever way it comes."""
    received_at = InstantField()
    door = peewee.TextField()
    """`lmtp`, `smtp`, `stdin` or `imap`."""
    sender = peewee.TextField(default="")
    subject = peewee.TextField(default="")
    outcome = peewee.TextField()
    """`ticket`, `reply`, `note`, `report`, `aside`, `not_understood` or `dropped`."""
    reason = peewee.TextField(default="")
    ticket = peewee.ForeignKeyField(Ticket, null=True, on_delete="SET NULL")
    entry = peewee.ForeignKeyField(Message, null=True, on_delete="SET NULL")
    """The message of the ticket that it became."""
    recipients = peewee.TextField(default="")
    """Of the envelope, separated by blanks."""
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField()
    version = peewee.IntegerField(default=1)

    class Meta:
        """Listed by what became of it, newest first."""

        indexes = ((("outcome", "id"), False),)


class MailOutbox(Table):
    """A message that is to go out, once."""

    id = peewee.AutoField()
    kind = peewee.TextField()
    """`reply`, `automatic` (a reply that nobody typed), `first` (the first answer) or `report`."""
    ticket = peewee.ForeignKeyField(Ticket, null=True, index=False, on_delete="CASCADE")
    """None of a report."""
    entry = peewee.ForeignKeyField(Message, null=True, on_delete="CASCADE")
    author = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    recipient = peewee.TextField()
    subject = peewee.TextField()
    body = peewee.TextField()
    message_id = peewee.TextField(unique=True)
    """Without the angle brackets."""
    in_reply_to = peewee.TextField(default="")
    thread = peewee.TextField(default="")
    """The ids of the thread, oldest first, separated by blanks."""
    state = peewee.TextField()
    """`queued`, `sending`, `sent`, `failed`, `uncertain`, `dropped` or `withdrawn`."""
    attempts = peewee.IntegerField(default=0)
    created_at = InstantField()
    next_at = InstantField()
    claimed_at = InstantField(null=True)
    claim = peewee.TextField(default="")
    """Known only to the sender that took it."""
    sent_at = InstantField(null=True)
    reason = peewee.TextField(default="")
    """What the other side said last."""
    version = peewee.IntegerField(default=1)

    class Meta:
        """Taken by state and time, shown by ticket, counted by recipient."""

        indexes = (
            (("state", "next_at", "id"), False),
            (("ticket", "id"), False),
            (("recipient", "created_at"), False),
        )


class MailFile(Table):
    """A file of a message that is of no ticket, until that was sent."""

    id = peewee.AutoField()
    mail = peewee.ForeignKeyField(MailOutbox, on_delete="CASCADE")
    name = peewee.TextField()
    content = peewee.BlobField()


class MailRoute(Table):
    """To which queue the mail for an address goes."""

    id = peewee.AutoField()
    address = peewee.TextField(unique=True)
    queue = peewee.ForeignKeyField(Queue, on_delete="RESTRICT")


class MailParticipant(Table):
    """Somebody whom the requester copied in, and whose mail is therefore taken as a reply."""

    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    address = peewee.TextField()

    class Meta:
        """Once for each ticket."""

        primary_key = peewee.CompositeKey("ticket", "address")


class MailBox(Table):
    """How far a folder of an IMAP server has been read."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    """`user@host/folder`."""
    validity = peewee.BigIntegerField()
    """The server's UIDVALIDITY; with another one all numbers begin anew."""
    last_uid = peewee.BigIntegerField()
