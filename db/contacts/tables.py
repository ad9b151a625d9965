"""Organisations and the people in them, with all that belongs to either.

A row of the tables below belongs to one organisation or to one person, never to both.
"""

import peewee

from db.base import Table
from db.fields import InstantField
from db.users import User


class Organisation(Table):
    """A customer, partner, supplier, or our own organisation."""

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    kind = peewee.TextField(default="customer")
    """`customer`, `partner`, `supplier` or `own`."""
    domain = peewee.TextField(default="", index=True)
    """The part of mail addresses after @, without the @."""
    created_at = InstantField()
    version = peewee.IntegerField(default=1)
    address = peewee.TextField(default="")
    """As printed on documents, with line ends: where bills go."""
    tax_number = peewee.TextField(default="")
    email = peewee.TextField(default="")
    phone = peewee.TextField(default="")
    """As `+6221555012` where it is a number, else as it was typed."""
    words = peewee.TextField(default="")
    """Further spellings of the number, by which the search finds it."""
    website = peewee.TextField(default="")
    country = peewee.TextField(default="")
    """Two letters; numbers without a country code are of there."""
    parent = peewee.ForeignKeyField("self", null=True, index=False, on_delete="SET NULL")
    manager = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    """The account that looks after it."""
    vip = peewee.BooleanField(default=False)
    language = peewee.TextField(default="")
    currency = peewee.TextField(default="")
    payment_days = peewee.IntegerField(null=True)
    support_note = peewee.TextField(default="")
    """Shown when a ticket of theirs is opened."""
    archived_at = InstantField(null=True)
    merged_into = peewee.ForeignKeyField("self", null=True, index=False, on_delete="SET NULL")
    external_key = peewee.TextField(null=True)


class Contact(Table):
    """A person who asks for something, with at most one organisation."""

    id = peewee.AutoField()
    name = peewee.TextField(index=True)
    email = peewee.TextField(index=True)
    """In lower case; the key by which requesters are found. Nobody shares one; may be empty."""
    phone = peewee.TextField(default="")
    """As that of an organisation."""
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="SET NULL")
    vip = peewee.BooleanField(default=False)
    created_at = InstantField()
    version = peewee.IntegerField(default=1)
    words = peewee.TextField(default="")
    title = peewee.TextField(default="")
    """What the person does there."""
    language = peewee.TextField(default="")
    support_note = peewee.TextField(default="")
    archived_at = InstantField(null=True)
    merged_into = peewee.ForeignKeyField("self", null=True, index=False, on_delete="SET NULL")
    forgotten_at = InstantField(null=True)
    """When all that tells who it was was taken away."""
    external_key = peewee.TextField(null=True)


class ContactChannel(Table):
    """A further way to reach somebody, beside the first address and the first number."""

    id = peewee.AutoField()
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="CASCADE")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="CASCADE")
    kind = peewee.TextField()
    """`mail`, `phone`, `mobile`, `chat`, `web`, or `domain` of an organisation."""
    value = peewee.TextField(index=True)
    label = peewee.TextField(default="")
    words = peewee.TextField(default="")


class ContactAddress(Table):
    """A postal address, beside the one that documents print."""

    id = peewee.AutoField()
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="CASCADE")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="CASCADE")
    purpose = peewee.TextField()
    """`billing`, `delivery`, `visiting` or `home`."""
    text = peewee.TextField()
    """With line ends."""


class ContactNote(Table):
    """What somebody wrote down about a person or an organisation."""

    id = peewee.AutoField()
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="CASCADE")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="CASCADE")
    at = InstantField()
    user = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    body = peewee.TextField()


class ContactTag(Table):
    """A word by which people or organisations are gathered."""

    id = peewee.AutoField()
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="CASCADE")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="CASCADE")
    name = peewee.TextField(index=True)
