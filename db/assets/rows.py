"""Rows of assets as they are read."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple


class AssetRecord(NamedTuple):
    """One row of `asset`; the meaning of each column stands in `db.assets.tables`."""

    id: int
    version: int
    tag: str
    tag_number: int | None
    name: str
    serial: str
    model_id: int | None
    category_id: int | None
    state: str
    active: bool
    condition: str
    place_id: int | None
    organisation_id: int | None
    holder_kind: str
    holder_contact_id: int | None
    holder_place_id: int | None
    holder_asset_id: int | None
    held_since: datetime | None
    expected_on: date | None
    host: str
    supplier_id: int | None
    order_number: str
    bought_on: date | None
    cost: int | None
    commodity_id: int | None
    invoice_id: int | None
    fixed_asset_id: int | None
    warranty_on: date | None
    end_of_life_on: date | None
    note: str
    external_key: str | None
    created_at: datetime
    updated_at: datetime


class AssetLine(NamedTuple):
    """One line of the list."""

    id: int
    version: int
    tag: str
    name: str
    serial: str
    state: str
    condition: str
    category: str
    model: str
    place: str
    holder_kind: str
    holder: str
    expected_on: date | None
    host: str
    warranty_on: date | None
    end_of_life_on: date | None
    updated_at: datetime


class CategoryRow(NamedTuple):
    """A category, and how many active assets it has, where that was counted."""

    id: int
    name: str
    kind: str
    active: bool
    version: int
    assets: int


class ModelRow(NamedTuple):
    """A model with the name of its category."""

    id: int
    name: str
    manufacturer: str
    number: str
    category_id: int | None
    category: str
    life_months: int | None
    note: str
    active: bool
    version: int


class PlaceRow(NamedTuple):
    """A place."""

    id: int
    parent_id: int | None
    name: str
    path: str
    address: str
    note: str
    version: int


class FieldRow(NamedTuple):
    """A custom field; `choices` is a JSON list, `category_id` None for every category."""

    id: int
    name: str
    label: str
    category_id: int | None
    type: str
    choices: str
    required: bool


class HoldingRow(NamedTuple):
    """Who had an asset, in words."""

    id: int
    asset_id: int
    kind: str
    holder_id: int
    holder: str
    from_at: datetime
    until_at: datetime | None
    expected_on: date | None
    condition_out: str
    condition_in: str
    acceptance: str
    accepted_at: datetime | None
    given_by: str
    taken_by: str
    note: str


class RelatedRow(NamedTuple):
    """A relation as it is stored, asset -> other, with what both are called."""

    asset_id: int
    other_id: int
    kind: str


class InterfaceRow(NamedTuple):
    """Where an asset meets the network; `mac` is empty where nobody knows it."""

    id: int
    asset_id: int
    name: str
    mac: str


class AddressRow(NamedTuple):
    """An address of an interface, and whose it is."""

    id: int
    interface_id: int
    asset_id: int
    address: str
    key: str
    host: str
    tag: str
    interface: str


class SubnetRow(NamedTuple):
    """A range of addresses, and how many of them are taken."""

    id: int
    name: str
    network: str
    first_key: str
    last_key: str
    place: str
    vlan: int | None
    note: str
    version: int
    used: int


class CustomRow(NamedTuple):
    """The value of a custom field."""

    name: str
    label: str
    text: str
    number: Decimal | None
