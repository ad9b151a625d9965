"""Rows of pay, as plain values; days are dates, instants are aware, amounts smallest units."""

from datetime import date, datetime
from typing import NamedTuple


class GroupRow(NamedTuple):
    """People who are paid together; `details` is a JSON object of texts."""

    id: int
    version: int
    name: str
    rules: str
    prorate: str
    details: str


class ItemRow(NamedTuple):
    """What is paid, given or kept besides the salary."""

    id: int
    version: int
    employee_id: int | None
    employee: str
    pay_group: str
    code: str
    name: str
    kind: str
    amount: int
    digits: int
    percent: str
    hours: int
    day_kind: str
    taxable: bool
    irregular: bool
    fixed: bool
    prorated: bool
    note: str
    starts_on: date
    ends_on: date | None


class RunRow(NamedTuple):
    """A run with its sums, and who did what to it."""

    id: int
    version: int
    month: int
    pay_group: str
    kind: str
    corrects_id: int | None
    reason: str
    state: str
    currency: str
    digits: int
    pay_on: date
    people: int
    earned: int
    tax: int
    net: int
    cost: int
    seal: str
    prepared_by: int
    prepared_at: datetime
    approved_by: int | None
    approved_at: datetime | None
    entry_id: int | None
    payment_entry_id: int | None
    paid_on: date | None
    preparer: str
    approver: str

    @property
    def number(self) -> str:
        """As people call the run: `PYR-0001`."""
        return f"PYR-{self.id:04}"

    @property
    def title(self) -> str:
        """Of its month: `2026-01`."""
        return f"{self.month // 100}-{self.month % 100:02}"


class SlipRow(NamedTuple):
    """One person in a run; `lines` and `facts` are JSON."""

    id: int
    run_id: int
    employee_id: int
    name: str
    title: str
    department: str
    cost_centre: str
    rules: str
    status: str
    category: str
    rate: str
    earned: int
    gross: int
    regular: int
    tax: int
    borne: int
    pension: int
    zakat: int
    net: int
    cost: int
    facts: str
    lines: str

    @property
    def number(self) -> str:
        """Of the person: `EMP-0001`."""
        return f"EMP-{self.employee_id:04}"


class PastRow(NamedTuple):
    """What earlier runs of a year paid somebody; `first_regular` is of the first of them."""

    employee_id: int
    gross: int
    tax: int
    pension: int
    zakat: int
    borne: int
