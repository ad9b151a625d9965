"""Rows of check lists, as plain values; days are dates, instants are aware."""

from datetime import date, datetime
from typing import NamedTuple


class TemplateRow(NamedTuple):
    """A template: for whom, and when it is used."""

    id: int
    version: int
    name: str
    kind: str
    department_id: int | None
    department: str
    closed: bool


class TemplateStepRow(NamedTuple):
    """A step of a template; `days` are counted from the day of the list."""

    id: int
    template_id: int
    place: int
    title: str
    owner: str
    days: int
    does: str
    detail: str


class ListRow(NamedTuple):
    """A check list of a person."""

    id: int
    version: int
    employee_id: int
    employee: str
    kind: str
    day: date
    started_at: datetime
    ended_at: datetime | None


class StepRow(NamedTuple):
    """A step, with what it is linked with as that stands now.

    Attributes:
        owner_user_id: The account that is to do it, None for HR.
        held: Whether the asset is still with the person.
        seat_held: Whether the seat is still given.
        active: Whether the account may still sign in.
        ticket_state: Of the ticket, "" without one.
    """

    id: int
    version: int
    list_id: int
    place: int
    title: str
    owner: str
    owner_user_id: int | None
    owner_login: str
    due_on: date
    does: str
    detail: str
    ticket_id: int | None
    ticket_state: str
    asset_id: int | None
    tag: str
    held: bool
    seat_id: int | None
    seat_held: bool
    user_id: int | None
    login: str
    active: bool
    done_at: datetime | None
    done_by: str
    said: str
