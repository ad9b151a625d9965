"""What must hold between the facts of people: no overlap, and nobody above themselves."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from boconsole.language import _
from boconsole.staff import words
from boconsole.staff.errors import ManagerCircleError, OverlapError, SameDayError
from boconsole.staff.typed import Fact
from db.fields import day_of
from db.staff import facts, people
from db.staff.rows import EmployeeRow

SPANS = ("employment", "contract")


def check_free(row: EmployeeRow, fact: Fact) -> None:
    """Raise OverlapError or SameDayError where a fact of its kind holds already."""
    part = words.PARTS.get(fact.kind)
    if part is not None:
        if part.single and any(one.kind == fact.kind for one in facts.select_of("part", row.id)):
            raise SameDayError(row.number, _(part.title), fact.starts_on or date.min)
        return
    title = _(words.FACT_TITLES[fact.kind])
    for other in facts.select_of(fact.kind, row.id):
        first, last = other.head.starts_on, other.head.ends_on
        if fact.kind not in SPANS:
            if first == fact.starts_on:
                raise SameDayError(row.number, title, first)
        elif fact.starts_on is not None and (
            first <= (fact.ends_on or date.max) and (last or date.max) >= fact.starts_on
        ):
            raise OverlapError(row.number, title, first, last)


def check_circles(row: EmployeeRow, positions: Sequence[Fact]) -> None:
    """Raise ManagerCircleError where a new position puts somebody below themselves on a day."""
    if not any(fact.columns["manager_id"] for fact in positions):
        return
    if not people.has_reports(row.id):
        return  # nobody is below, as of somebody new
    above: dict[int, list[Segment]] = {}
    for one, starts, manager in people.select_managers():
        above.setdefault(one, []).append((starts, manager))
    found = circle(row.id, above)
    if found is not None:
        manager_id, day = found
        raise ManagerCircleError(row.number, words.number(manager_id), day_of(day))


Segment = tuple[int, int | None]
"""From which day on, as a number, somebody has which manager."""
NEVER = 99_999_999


def circle(employee_id: int, above: Mapping[int, Sequence[Segment]]) -> tuple[int, int] | None:
    """Return a manager of somebody who is below them, and the day; None where there is none.

    Args:
        employee_id: Who is not to be above themselves.
        above: Of each person the managers by day, each until the next one.
    """

    def reaches(one: int, first: int, until: int, seen: frozenset[int]) -> int:
        """Return the first day on which the person stands above `one`, 0 for none."""
        for start, end, manager in _within(above.get(one, ()), first, until):
            if manager == employee_id:
                return start
            if manager not in seen and (day := reaches(manager, start, end, seen | {manager})):
                return day
        return 0

    for start, end, manager in _within(above.get(employee_id, ()), 0, NEVER):
        if manager == employee_id:
            return manager, start
        if day := reaches(manager, start, end, frozenset((manager,))):
            return manager, day
    return None


def _within(segments: Sequence[Segment], first: int, until: int) -> Iterator[tuple[int, int, int]]:
    """Return first day, day after the last, and manager of the segments between two days."""
    ends = [*(start for start, _manager in segments[1:]), NEVER]
    for (start, manager), end in zip(segments, ends, strict=False):
        low, high = max(start, first), min(end, until)
        if manager is not None and low < high:
            yield low, high, manager
