"""Rows of counted things and of stocktakes, as plain values."""

from datetime import date, datetime
from typing import NamedTuple


class ItemRow(NamedTuple):
    """Things of one kind, and how many there are."""

    id: int
    kind: str
    name: str
    category: str
    maker: str
    model_number: str
    item_number: str
    serial: str
    place_id: int | None
    place: str
    company: str
    minimum: int
    on_hand: int
    away: int
    note: str
    retired: bool
    version: int


class ItemLoad(NamedTuple):
    """Things to add or to write anew."""

    kind: str
    name: str
    category: str
    maker: str
    model_number: str
    item_number: str
    serial: str
    place_id: int | None
    company: str
    minimum: int
    note: str


class MovementRow(NamedTuple):
    """A movement with the names beside it.

    Attributes:
        after: On hand once it was done.
    """

    id: int
    item_id: int
    kind: str
    quantity: int
    away: int
    at: datetime
    by: str
    contact_id: int | None
    contact: str
    email: str
    asset_id: int | None
    tag: str
    asset: str
    supplier: str
    order_number: str
    received_on: date | None
    cost: int | None
    commodity: str
    precision: int
    note: str
    after: int


class MovementLoad(NamedTuple):
    """A movement to add."""

    item_id: int
    kind: str
    quantity: int
    away: int
    at: int
    by: str
    contact_id: int | None = None
    asset_id: int | None = None
    supplier_id: int | None = None
    order_number: str = ""
    received_on: int | None = None
    cost: int | None = None
    commodity_id: int | None = None
    note: str = ""


class HoldingRow(NamedTuple):
    """How many of a thing a person or an asset has."""

    item_id: int
    item: str
    kind: str
    contact_id: int | None
    contact: str
    email: str
    asset_id: int | None
    tag: str
    asset: str
    quantity: int


class StocktakeRow(NamedTuple):
    """A stocktake and how far it is; `scope` is a JSON object."""

    id: int
    name: str
    scope: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    closed_by: str
    version: int
    expected: int
    found: int
    misplaced: int
    unexpected: int
    unknown: int


class LineRow(NamedTuple):
    """An asset of a stocktake: where it should be, and where it was seen."""

    id: int
    stocktake_id: int
    asset_id: int
    tag: str
    name: str
    state: str
    expected: bool
    place_id: int | None
    place: str
    found_place_id: int | None
    found_place: str
    found_at: datetime | None
    found_by: str


class UnknownRow(NamedTuple):
    """A text that names no asset."""

    id: int
    text: str
    place: str
    at: datetime
    by: str
