"""Rows of recruitment, as plain values; days are dates, instants are aware."""

from datetime import date, datetime
from typing import NamedTuple


class OpeningRow(NamedTuple):
    """A position to fill, with how many were hired and how many are still considered."""

    id: int
    version: int
    title: str
    department_id: int | None
    department: str
    manager_id: int | None
    manager: str
    place: str
    seats: int
    state: str
    opened_on: date | None
    closed_on: date | None
    criteria: str
    note: str
    created_at: datetime
    hired: int
    live: int

    @property
    def number(self) -> str:
        """As people call it: `OPN-0001`."""
        return f"OPN-{self.id:04}"


class CandidateRow(NamedTuple):
    """Somebody who might work here; what tells who it is goes when it is forgotten."""

    id: int
    version: int
    name: str
    email: str
    phone: str
    source: str
    note: str
    consent_on: date | None
    keep_until: date
    employee_id: int | None
    forgotten_at: datetime | None
    created_at: datetime

    @property
    def number(self) -> str:
        """As people call the candidate: `CAN-0001`."""
        return f"CAN-{self.id:04}"


class ApplicationRow(NamedTuple):
    """A candidate for an opening, and how far it is."""

    id: int
    version: int
    candidate_id: int
    candidate: str
    opening_id: int
    opening: str
    opening_state: str
    manager_id: int | None
    stage: str
    since_at: datetime
    created_at: datetime

    @property
    def number(self) -> str:
        """Of the candidate."""
        return f"CAN-{self.candidate_id:04}"

    @property
    def opening_number(self) -> str:
        """Of the opening."""
        return f"OPN-{self.opening_id:04}"


class StageRow(NamedTuple):
    """One step of an application: from which stage to which, when, by whom, and why."""

    id: int
    application_id: int
    before: str
    stage: str
    at: datetime
    by: str
    reason: str
    undoes: bool


class InterviewRow(NamedTuple):
    """An interview of an application."""

    id: int
    version: int
    application_id: int
    at: datetime
    minutes: int
    place: str
    state: str


class ScoreRow(NamedTuple):
    """What an interviewer thinks; `scores` is a JSON object of criterion to 1 … 5."""

    id: int
    interview_id: int
    user_id: int
    login: str
    name: str
    scores: str
    recommendation: str
    note: str
    given_at: datetime | None


class StandingRow(NamedTuple):
    """An offer of an opening that was made or accepted."""

    id: int
    application_id: int
    candidate_id: int
    state: str
    decided_at: datetime | None


class OfferRow(NamedTuple):
    """What somebody is offered; the amount is in smallest units of its currency."""

    id: int
    version: int
    application_id: int
    amount: int
    commodity_id: int
    commodity: str
    precision: int
    per: str
    contract: str
    until_on: date | None
    starts_on: date
    expires_on: date
    state: str
    salt: str
    made_at: datetime
    made_by: int
    maker: str
    approved_at: datetime | None
    approver: str
    decided_at: datetime | None
    title: str = ""
    """For which position it was approved; empty until it is."""
    department_id: int | None = None
    department: str = ""
    manager_id: int | None = None
    place: str = ""
