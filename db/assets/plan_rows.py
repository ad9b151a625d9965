"""Rows of plans of service as they are read and written."""

from datetime import date, datetime
from typing import NamedTuple


class PlanLoad(NamedTuple):
    """The columns of a plan that are written; their meaning stands in `db.assets.work_tables`."""

    name: str
    asset_id: int | None
    model_id: int | None
    category_id: int | None
    every: str
    starts_on: int
    after_done: bool
    lead_days: int
    counter: str
    count_every: int
    count_lead: int
    ticket: str


class PlanRow(NamedTuple):
    """A plan in words, with when it is next due and for how many assets.

    Attributes:
        target: Tag, model or category.
        target_kind: `asset`, `model` or `category`.
        assets: For how many assets it has a day or count.
        open: How many tickets of it are open.
    """

    id: int
    version: int
    name: str
    asset_id: int | None
    model_id: int | None
    category_id: int | None
    every: str
    starts_on: date
    after_done: bool
    lead_days: int
    counter: str
    count_every: int
    count_lead: int
    ticket: str
    active: bool
    target: str
    next_on: date | None
    assets: int
    open: int

    @property
    def target_kind(self) -> str:
        """What it is for."""
        if self.asset_id is not None:
            return "asset"
        return "model" if self.model_id is not None else "category"


class DueRow(NamedTuple):
    """When a plan is next due for an asset; `shown` is what its counter last showed."""

    id: int
    version: int
    plan_id: int
    plan: str
    asset_id: int
    tag: str
    asset: str
    next_on: date | None
    next_count: int | None
    notice_on: date | None
    ticket_id: int | None
    done_on: date | None
    done_count: int | None
    every: str
    starts_on: date
    after_done: bool
    lead_days: int
    counter: str
    count_every: int
    count_lead: int
    ticket: str
    shown: int | None


class FinishedRow(NamedTuple):
    """What a finished ticket tells of the service that it was opened for."""

    due_id: int
    ticket_id: int
    at: datetime
    who: str
    minutes: int


class CalendarRow(NamedTuple):
    """A plan that is due on a day for so many assets; tag and name are those of one of them."""

    day: date
    plan: str
    every: str
    assets: int
    tag: str
    asset: str
    ticket_id: int | None
