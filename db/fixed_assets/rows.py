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
    surplus_id: int | None
    surplus: str
    with_use: bool
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
    surplus_id: int | None
    with_use: bool


class AssetRow(NamedTuple):
    """An asset, the terms that hold now, and what the posted movements sum to.

    Attributes:
        paid: What it cost when it came; `cost` is what it was revalued to since.
        anew: What was left on the day `through` is spread over what was left of its life.
        surplus: What revaluations added, in equity.
        lost: What was written down through profit or loss and not given back.
        revalued_on: The day of its last revaluation.
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
    paid: int
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
    surplus: int
    lost: int
    revalued_on: date | None
    waiting: int | None
    disposed_on: date | None


class TermsRow(NamedTuple):
    """The terms of an asset before its first change that keeps its own."""

    residual: int
    months: int
    opening: int
    through: date | None
    anew: bool


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
    surplus: int
    lost: int
    gross: int | None
    residual: int | None
    months: int | None
    opening: int | None
    through: date | None
    undone_by: int | None
    posted: bool
    series: str
    year: str
    number: int | None


class MovementLoad(NamedTuple):
    """A movement to add; from `gross` on the terms that begin with it, if any do."""

    asset_id: int
    entry_id: int | None
    kind: str
    dated: int
    month: int
    cost: int
    accumulated: int
    surplus: int = 0
    lost: int = 0
    gross: int | None = None
    residual: int | None = None
    months: int | None = None
    opening: int | None = None
    through: int | None = None
