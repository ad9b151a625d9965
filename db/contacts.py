"""Organisations and the people in them."""

import peewee

from db.base import Table
from db.fields import InstantField


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
    """As printed on documents, with line ends."""
    tax_number = peewee.TextField(default="")


class Contact(Table):
    """A person who asks for something, with at most one organisation."""

    id = peewee.AutoField()
    name = peewee.TextField(index=True)
    email = peewee.TextField(unique=True)
    """In lower case; the key by which requesters are found."""
    phone = peewee.TextField(default="")
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="SET NULL")
    vip = peewee.BooleanField(default=False)
    created_at = InstantField()
    version = peewee.IntegerField(default=1)
