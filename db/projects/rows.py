"""Rows of projects, tasks and time, as plain values."""

from datetime import date, datetime
from typing import NamedTuple


class ProjectRow(NamedTuple):
    """A project with the names beside it, and the sums over its tasks.

    Attributes:
        budget: In smallest units of its currency; None where there is none.
        earned: Minutes of the work that are done, in hundredths.
        late: Tasks that are past their day and not done.
    """

    id: int
    version: int
    name: str
    goal: str
    state: str
    owner_id: int | None
    owner: str
    sponsor: str
    organisation_id: int | None
    organisation: str
    start_on: date
    due_on: date | None
    done_on: date | None
    budget: int | None
    commodity_id: int | None
    commodity: str
    precision: int
    tag: str
    holidays: str
    rag: str
    rag_reason: str
    rag_at: datetime | None
    tasks: int
    tasks_done: int
    work: int
    earned: int
    progress: int
    next_milestone: str
    next_on: date | None
    created_at: datetime
    updated_at: datetime


class TaskRow(NamedTuple):
    """A task with the names beside it; minutes of work, working days.

    Attributes:
        children: How many tasks it holds; one that holds some has no work of its own.
        spent: Minutes that were noted on it.
    """

    id: int
    version: int
    project_id: int
    project: str
    parent_id: int | None
    place: int
    kind: str
    title: str
    note: str
    state: str
    owner_id: int | None
    owner: str
    estimate: int
    remaining: int | None
    percent: int
    days: int
    start_on: date | None
    due_on: date | None
    begun_on: date | None
    done_on: date | None
    cost: int
    children: int
    created_at: datetime
    updated_at: datetime
    spent: int


class LinkRow(NamedTuple):
    """A task that waits for another one."""

    before: int
    after: int
    kind: str
    lag: int


class TimeRow(NamedTuple):
    """Time on a task or a ticket, with the names beside it.

    Attributes:
        subject: Of the task or ticket.
        rate: Of an hour, in smallest units.
    """

    id: int
    version: int
    user_id: int
    user: str
    project_id: int | None
    task_id: int | None
    ticket_id: int | None
    subject: str
    day: date
    minutes: int
    seconds: int
    started_at: datetime | None
    ended_at: datetime | None
    running: bool
    note: str
    rate: int | None
    commodity_id: int | None
    commodity: str
    precision: int


class RateRow(NamedTuple):
    """What an hour of a role costs from a day on."""

    role: str
    from_on: date
    amount: int
    commodity_id: int
    commodity: str
    precision: int


class PersonRow(NamedTuple):
    """Somebody with a part in a project."""

    id: int
    version: int
    project_id: int
    name: str
    user_id: int | None
    login: str
    contact_id: int | None
    email: str
    role: str
    hours: int | None
    influence: int | None
    interest: int | None
    note: str


class RiskRow(NamedTuple):
    """A risk or an issue."""

    id: int
    version: int
    project_id: int
    kind: str
    title: str
    probability: int
    impact: int
    response: str
    plan: str
    owner_id: int | None
    owner: str
    due_on: date | None
    state: str

    @property
    def exposure(self) -> int:
        """Probability times impact, 1 to 25."""
        return self.probability * self.impact


class DecisionRow(NamedTuple):
    """A decision."""

    id: int
    project_id: int
    title: str
    reason: str
    decided_by: str
    decided_on: date


class ReportRow(NamedTuple):
    """A status report."""

    id: int
    project_id: int
    rag: str
    reason: str
    achieved: str
    planned: str
    progress: int
    author: str
    at: datetime


class ObjectiveRow(NamedTuple):
    """What a project is to reach."""

    id: int
    version: int
    project_id: int
    title: str
    due_on: date | None


class ResultRow(NamedTuple):
    """A key result; its figures are exact decimals as text."""

    id: int
    version: int
    objective_id: int
    title: str
    unit: str
    start: str
    target: str
    current: str
    measured_on: date | None


class BaselineRow(NamedTuple):
    """A plan that was kept."""

    id: int
    project_id: int
    name: str
    start_on: date | None
    due_on: date | None
    budget: int | None
    author: str
    at: datetime


class PlannedRow(NamedTuple):
    """A task as it was planned in a baseline."""

    task_id: int
    title: str
    start_on: date | None
    due_on: date | None
    days: int
    estimate: int
    cost: int
