"""Rows of software and its licences, as plain values."""

from datetime import date, datetime
from typing import NamedTuple


class ProductRow(NamedTuple):
    """A product."""

    id: int
    name: str
    maker: str
    category: str
    note: str
    version: int


class LicenceRow(NamedTuple):
    """A licence with the names beside it; never its key, only whether there is one."""

    id: int
    product_id: int
    product: str
    maker: str
    category: str
    kind: str
    seats: int
    used: int
    spent: int
    reassignable: bool
    has_key: bool
    licensed_to: str
    licensed_email: str
    company: str
    supplier: str
    purchase_order: str
    order_number: str
    bought_on: date | None
    cost: int | None
    commodity: str
    precision: int
    ends_on: date | None
    maintained: bool
    maintained_until: date | None
    warn_days: int
    note: str
    retired: bool
    version: int


class LicenceLoad(NamedTuple):
    """A licence to add or to write anew; days as numbers."""

    product_id: int
    kind: str
    seats: int
    reassignable: bool
    licensed_to: str
    licensed_email: str
    company: str
    supplier_id: int | None
    purchase_order: str
    order_number: str
    bought_on: int | None
    cost: int | None
    commodity_id: int | None
    ends_on: int | None
    maintained: bool
    maintained_until: int | None
    warn_days: int
    note: str


class SeatRow(NamedTuple):
    """A time in which somebody had a seat, with the names beside it."""

    id: int
    licence_id: int
    product: str
    number: int
    contact_id: int | None
    contact: str
    email: str
    asset_id: int | None
    tag: str
    asset: str
    given_at: datetime
    given_by: str
    note: str
    back_at: datetime | None
    back_by: str
    spent: bool


class InstallationRow(NamedTuple):
    """A product on an asset."""

    id: int
    product_id: int
    product: str
    asset_id: int
    tag: str
    asset: str
    holder: str
    release: str
    installed_on: date
    removed_on: date | None
    covered: bool


class UseRow(NamedTuple):
    """How much of a product was bought, and how much is used.

    Attributes:
        bought: Seats of the licences that are in force.
        assigned: Seats that somebody has.
        installed: Assets that have it.
        uncovered: Those of them for which nobody has a seat.
        next_end: The first end of a licence in force.
    """

    id: int
    name: str
    maker: str
    category: str
    note: str
    version: int
    licences: int
    bought: int
    assigned: int
    installed: int
    uncovered: int
    next_end: date | None
