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
    missing: int
    unknown: int


class LineRow(NamedTuple):
    """A line of a stocktake: an asset with where it should be and was seen, or an unknown text.

    Attributes:
        key: Tells lines apart: the id of the line, below 0 that of an unknown text.
        state: `missing`, `found`, `misplaced`, `unexpected` or `unknown`.
        asset_state: Of the asset; empty for an unknown text.
    """

    key: int
    asset_id: int | None
    tag: str
    name: str
    asset_state: str
    state: str
    expected: bool
    place: str
    found_place: str
    found_at: datetime | None
    found_by: str


class SeenRow(NamedTuple):
    """What a stocktake knows of one asset."""

    id: int
    state: str
    expected: bool
    found_place_id: int | None
    found_at: datetime | None
    found_by: str
