"""Rows of training, as plain values; days are dates."""

from datetime import date
from typing import NamedTuple


class CourseRow(NamedTuple):
    """A course.

    Attributes:
        minutes: That it takes.
        certificate: What who passes gets; empty for none.
        valid_months: How long that is valid; None for ever.
        skill: What it teaches, to which level.
    """

    id: int
    version: int
    name: str
    provider: str
    minutes: int
    certificate: str
    valid_months: int | None
    skill: str
    level: int | None
    note: str
    closed: bool

    @property
    def number(self) -> str:
        """As people call it: `CRS-0001`."""
        return f"CRS-{self.id:04}"


class NeedRow(NamedTuple):
    """Who needs a course; without department and title everybody does."""

    id: int
    course_id: int
    department_id: int | None
    department: str
    title: str


class SessionRow(NamedTuple):
    """A course on some days; `places` are taken, of `seats`."""

    id: int
    version: int
    course_id: int
    course: str
    starts_on: date
    ends_on: date
    place: str
    trainer: str
    seats: int | None
    state: str
    places: int

    @property
    def number(self) -> str:
        """As people call it: `TRN-0001`."""
        return f"TRN-{self.id:04}"


class PlaceRow(NamedTuple):
    """Somebody in a session; `facts` is a JSON list of the parts that it gave the person."""

    id: int
    version: int
    session_id: int
    employee_id: int
    name: str
    state: str
    result: str
    facts: str
