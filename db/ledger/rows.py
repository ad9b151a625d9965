"""Rows of the books, as plain values."""

from datetime import date, datetime
from typing import NamedTuple


class CommodityRow(NamedTuple):
    """Something counted; `precision` digits behind the point."""

    id: int
    code: str
    precision: int
    version: int


class AccountRow(NamedTuple):
    """A node of the chart."""

    id: int
    parent_id: int | None
    code: str
    name: str
    path: str
    kind: str
    role: str
    cash_flow: str
    opened_on: date | None
    closed_on: date | None
    version: int


class YearRow(NamedTuple):
    """A fiscal year."""

    id: int
    name: str
    starts: date
    ends: date
    state: str
    closing_id: int | None
    version: int


class PeriodRow(NamedTuple):
    """A month of a fiscal year, with the state of both."""

    id: int
    year_id: int
    starts: date
    ends: date
    state: str
    year_state: str
    version: int


class ExceptionRow(NamedTuple):
    """Somebody may book before the lock date of a part for some time; without a login everybody."""

    id: int
    part: str
    login: str
    until: datetime
    reason: str
    granted_by: str


class EntryRow(NamedTuple):
    """The head of an entry."""

    id: int
    version: int
    state: str
    kind: str
    series: str
    year_id: int | None
    year: str
    number: int | None
    dated: date
    effective: date | None
    status: str
    code: str
    payee: str
    description: str
    comment: str
    tags: str
    links: str
    reverses_id: int | None
    reversed_by: int | None
    reason: str
    prepared_by: int
    approved_by: int | None
    approved_at: datetime | None
    posted_by: int | None
    posted_at: datetime | None
    hash: str


class PostingRow(NamedTuple):
    """A line of an entry, in smallest units, with the names of what it refers to."""

    id: int
    entry_id: int
    position: int
    account_id: int
    account: str
    commodity_id: int
    commodity: str
    precision: int
    amount: int
    value: int
    value_commodity_id: int
    value_commodity: str
    value_precision: int
    kind: int
    label: str
    details: str


class BalanceRow(NamedTuple):
    """What an account holds of a commodity: the amount, and what it is worth in another."""

    account_id: int
    commodity_id: int
    value_commodity_id: int
    amount: int
    value: int


class EntryLoad(NamedTuple):
    """The head of an entry to add; days and instants as numbers."""

    id: int
    state: str
    kind: str
    series: str
    year_id: int | None
    number: int | None
    dated: int
    effective: int | None
    status: str
    code: str
    payee: str
    description: str
    comment: str
    tags: str
    links: str
    reverses_id: int | None
    reason: str
    prepared_by: int
    approved_by: int | None
    approved_at: int | None
    posted_by: int | None
    posted_at: int | None
    hash: str


class PostingLoad(NamedTuple):
    """A line to add."""

    entry_id: int
    position: int
    account_id: int
    commodity_id: int
    amount: int
    value: int
    value_commodity_id: int
    kind: int
    dated: int
    posted: bool
    label: str
    details: str


PlainHead = tuple[int, int, int, int, str, str, str, str, str]
"""A plain posted entry: id, year, number, day, status, code, payee, description, hash."""
PlainPosting = tuple[int, int, int, int, int, int, int, int]
"""A plain posted line: entry, position, account, commodity, amount, value, its commodity, day."""


class BalanceLoad(NamedTuple):
    """What is added to a kept balance on a day."""

    account_id: int
    commodity_id: int
    value_commodity_id: int
    kind: int
    dated: int
    amount: int
    value: int
