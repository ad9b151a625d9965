"""Rows of appraisals, as plain values; days are dates, instants are aware."""

from datetime import date, datetime
from typing import NamedTuple


class CycleRow(NamedTuple):
    """A cycle.

    Attributes:
        takes: `all`, `department` or `query`; `takes_from` names which.
        goals_on: The last day of the phase; so for the others.
        scale: A JSON list of [value, title].
        questions: A JSON list of [title, what is meant].
    """

    id: int
    version: int
    name: str
    starts_on: date
    ends_on: date
    takes: str
    takes_from: str
    state: str
    goals_on: date | None
    self_on: date | None
    review_on: date | None
    calibration_on: date | None
    scale: str
    questions: str
    created_at: datetime

    @property
    def number(self) -> str:
        """As people call it: `CYC-0001`."""
        return f"CYC-{self.id:04}"


class AppraisalRow(NamedTuple):
    """One person in a cycle, whole; nothing of it is shown unless it may be seen."""

    id: int
    version: int
    cycle_id: int
    employee_id: int
    name: str
    manager_id: int | None
    manager: str
    self_state: str
    self_text: str
    self_at: datetime | None
    review_state: str
    review_text: str
    review_at: datetime | None
    review_by: str
    rating: int | None
    released_at: datetime | None
    acknowledged_at: datetime | None
    reply: str
    proposal: str
    proposal_state: str
    proposal_amount: str
    proposal_from: date | None
    proposal_note: str
    salt: str
    goals: int
    weight: int

    @property
    def number(self) -> str:
        """As people call it: `APR-0001`."""
        return f"APR-{self.id:04}"


class GoalRow(NamedTuple):
    """A goal; `reached` is percent, None while nothing is known."""

    id: int
    title: str
    measure: str
    weight: int
    result: str
    reached: int | None


class AnswerRow(NamedTuple):
    """What one side (`self` or `review`) says to a question."""

    side: str
    question: str
    score: int | None
    note: str


class MoveRow(NamedTuple):
    """A rating that was moved."""

    before: int | None
    after: int
    reason: str
    made_at: datetime
    made_by: str
