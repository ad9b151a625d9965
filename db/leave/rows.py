"""Rows of leave, attendance and overtime, as plain values."""

from datetime import date, datetime
from typing import NamedTuple


class TypeRow(NamedTuple):
    """A kind of leave."""

    id: int
    version: int
    code: str
    title: str
    letter: str
    closed: bool


class RuleRow(NamedTuple):
    """The rule of a type from a day on, as JSON."""

    type_id: int
    since: date
    rule: str


class DayOffRow(NamedTuple):
    """A day that the company adds to the holidays, or takes out of them."""

    id: int
    day: date
    country: str
    region: str
    name: str
    kind: str


class RequestRow(NamedTuple):
    """Days that somebody asks for, with the names beside them."""

    id: int
    version: int
    employee_id: int
    employee: str
    type_id: int
    code: str
    title: str
    letter: str
    first: date
    last: date
    from_noon: bool
    to_noon: bool
    minutes: int
    state: str
    note: str
    reason: str
    replaces: int | None
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None
    decided_by: str


class CorrectionRow(NamedTuple):
    """What somebody entered by hand."""

    id: int
    employee_id: int
    type_id: int
    day: date
    amount: int
    lasts_until: date | None
    opening: bool
    note: str
    made_at: datetime
    made_by: str


class StandInRow(NamedTuple):
    """Who decides in the place of a manager."""

    id: int
    manager_id: int
    manager: str
    stand_in_id: int
    stand_in: str
    first: date
    last: date


class HoursRow(NamedTuple):
    """The clock of a week; `hours` is a business calendar as JSON."""

    id: int
    version: int
    name: str
    hours: str
    grace: int


class StayRow(NamedTuple):
    """One stay at work."""

    id: int
    version: int
    employee_id: int
    employee: str
    day: date
    zone: str
    in_at: datetime
    out_at: datetime | None
    breaks: int
    entered: bool
    note: str


class OvertimeRow(NamedTuple):
    """Hours beside the schedule."""

    id: int
    version: int
    employee_id: int
    employee: str
    day: date
    minutes: int
    state: str
    note: str
    reason: str
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None
    decided_by: str
