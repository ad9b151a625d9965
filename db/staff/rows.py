"""Rows of staff, as plain values; days are dates, instants are aware."""

from datetime import date, datetime
from typing import NamedTuple


class EmployeeRow(NamedTuple):
    """A person with nothing that is private."""

    id: int
    version: int
    name: str
    sort_name: str
    email: str
    phone: str
    language: str
    user_id: int | None
    login: str
    contact_id: int | None
    external_key: str | None
    created_at: datetime

    @property
    def number(self) -> str:
        """As people call the person: `EMP-0001`."""
        return f"EMP-{self.id:04}"


class DepartmentRow(NamedTuple):
    """A department with the names of what it refers to."""

    id: int
    version: int
    name: str
    parent_id: int | None
    parent: str
    head_id: int | None
    head: str
    cost_centre: str
    closed_on: date | None


class Head(NamedTuple):
    """What every fact has.

    Attributes:
        starts_on: None only for parts that have no day.
        reason: Why it was entered or corrected.
        salt: Makes the seal of the fact in the audit trail unguessable.
        replaced_at: When something took its place; None while it holds.
    """

    id: int
    employee_id: int
    starts_on: date
    ends_on: date | None
    reason: str
    salt: str
    made_at: datetime
    made_by: int
    replaced_at: datetime | None


class EmploymentRow(NamedTuple):
    """From the first day to the last one."""

    head: Head
    end_reason: str
    counted_from: date | None


class ContractRow(NamedTuple):
    """A contract; `renews` is the id of the one before."""

    head: Head
    kind: str
    renews: int | None
    warn_days: int
    note: str


class PositionRow(NamedTuple):
    """What somebody does, where, and for whom."""

    head: Head
    title: str
    department_id: int | None
    department: str
    cost_centre: str
    manager_id: int | None
    manager: str
    place: str
    grade: str


class ScheduleRow(NamedTuple):
    """When somebody works; `week` is minutes of each day, Monday first."""

    head: Head
    country: str
    region: str
    week: str


class SalaryRow(NamedTuple):
    """What somebody earns, in smallest units of a currency."""

    head: Head
    amount: int
    commodity_id: int
    commodity: str
    precision: int
    per: str


class TermsRow(NamedTuple):
    """By which rules somebody is paid and taxed; `details` is a JSON object of texts."""

    head: Head
    pay_group: str
    rule_set: str
    tax_status: str
    tax_method: str
    details: str


class BankRow(NamedTuple):
    """Where the pay goes."""

    head: Head
    holder: str
    account: str
    bank: str
    bic: str
    country: str


class PartRow(NamedTuple):
    """One of what a person has several of, such as a dependant or a certificate."""

    head: Head
    kind: str
    name: str
    detail: str
    value: str
    country: str
    note: str
    amount: int | None
    commodity_id: int | None
    commodity: str
    precision: int


FactRow = (
    EmploymentRow | ContractRow | PositionRow | ScheduleRow | SalaryRow | TermsRow | BankRow
    | PartRow
)  # fmt: skip
