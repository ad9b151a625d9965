"""Rows of people and organisations, as plain values."""

from datetime import datetime
from typing import Literal, NamedTuple

Kind = Literal["contact", "organisation"]


class PersonRow(NamedTuple):
    """A person with the names of what it refers to."""

    id: int
    version: int
    name: str
    email: str
    phone: str
    words: str
    organisation_id: int | None
    organisation: str
    title: str
    vip: bool
    language: str
    support_note: str
    created_at: datetime
    archived_at: datetime | None
    merged_into_id: int | None
    forgotten_at: datetime | None
    country: str
    """Of the organisation."""


class OrganisationRow(NamedTuple):
    """An organisation with the names of what it refers to."""

    id: int
    version: int
    name: str
    kind: str
    domain: str
    email: str
    phone: str
    words: str
    website: str
    country: str
    address: str
    tax_number: str
    parent_id: int | None
    parent: str
    manager_id: int | None
    manager: str
    vip: bool
    language: str
    currency: str
    payment_days: int | None
    support_note: str
    created_at: datetime
    archived_at: datetime | None
    merged_into_id: int | None


class PersonLine(NamedTuple):
    """A person in a list."""

    id: int
    version: int
    name: str
    title: str
    organisation: str
    email: str
    phone: str
    vip: bool
    archived: bool


class OrganisationLine(NamedTuple):
    """An organisation in a list."""

    id: int
    version: int
    name: str
    kind: str
    domain: str
    email: str
    phone: str
    manager: str
    people: int
    vip: bool
    archived: bool


class ChannelRow(NamedTuple):
    """A further way to reach somebody."""

    id: int
    kind: str
    value: str
    label: str
    words: str


class AddressRow(NamedTuple):
    """A postal address."""

    id: int
    purpose: str
    text: str


class NoteRow(NamedTuple):
    """A note and who wrote it."""

    id: int
    at: datetime
    user: str
    body: str
