"""Rows of fixed assets, as plain values."""

from datetime import date
from typing import NamedTuple


class ClassRow(NamedTuple):
    """A class of assets with the paths of its accounts."""

    id: int
    name: str
    method: str
    months: int
    rate: str
    convention: str
    every: int
    fiscal_group: str
    cost_id: int
    cost: str
    accumulated_id: int
    accumulated: str
    expense_id: int
    expense: str
    result_id: int
    result: str
    version: int


class ClassLoad(NamedTuple):
    """A class to add or to write anew; accounts by id."""

    name: str
    method: str
    months: int
    rate: str
    convention: str
    every: int
    fiscal_group: str
    cost_id: int
    accumulated_id: int
    expense_id: int
    result_id: int


class AssetRow(NamedTuple):
    """An asset, its terms, and what the posted movements sum to.

    Attributes:
        waiting: A draft that moves it and is not posted yet.
        disposed_on: The day on which it went.
    """

    id: int
    class_id: int
    class_name: str
    name: str
    note: str
    acquired_on: date
    in_use_on: date
    commodity_id: int
    commodity: str
    precision: int
    cost: int
    residual: int
    method: str
    months: int
    rate: str
    convention: str
    every: int
    opening: int
    through: date | None
    anew: bool
    version: int
    booked: int
    accumulated: int
    waiting: int | None
    disposed_on: date | None


class AssetLoad(NamedTuple):
    """An asset to add; days as numbers."""

    id: int
    asset_class_id: int
    name: str
    note: str
    acquired_on: int
    in_use_on: int
    commodity_id: int
    cost: int
    residual: int
    method: str
    months: int
    rate: str
    convention: str
    every: int
    opening: int
    through: int | None


class MovementRow(NamedTuple):
    """A movement with the head of its entry; `posted` also where the books had it before."""

    id: int
    asset_id: int
    entry_id: int | None
    kind: str
    dated: date
    month: int
    cost: int
    accumulated: int
    undone_by: int | None
    posted: bool
    series: str
    year: str
    number: int | None


class MovementLoad(NamedTuple):
    """A movement to add."""

    asset_id: int
    entry_id: int | None
    kind: str
    dated: int
    month: int
    cost: int
    accumulated: int
