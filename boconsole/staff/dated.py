"""Who works here on a day, where, for whom and by which contract; nothing private."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boconsole.session import Session
from boconsole.staff import privacy
from db.staff import facts, people
from db.staff.rows import (
    ContractRow,
    EmployeeRow,
    EmploymentRow,
    PositionRow,
    ScheduleRow,
)

EMPLOYED, COMING, LEFT, NONE = "employed", "coming", "left", "none"


class Standing(NamedTuple):
    """A person on a day; what does not hold on it is None.

    Attributes:
        state: `employed`, `coming` (starts later), `left`, or `none` (was never employed).
        first: The first day of the employment that counts: the present, next or last one.
        last: Its last day, where one is known.
    """

    employee: EmployeeRow
    day: date
    state: str
    first: date | None
    last: date | None
    employment: EmploymentRow | None
    contract: ContractRow | None
    position: PositionRow | None
    schedule: ScheduleRow | None

    @property
    def id(self) -> int:
        """Of the person."""
        return self.employee.id

    @property
    def number(self) -> str:
        """Of the person."""
        return self.employee.number


def on(
    session: Session, day: date, employee_ids: Sequence[int] | None = None, *,
    employed: bool = False,
) -> list[Standing]:  # fmt: skip
    """Return how people stand on a day, by name: those who are seen, or some of them.

    Args:
        session: Who asks.
        day: Any, past or future.
        employee_ids: Of whom; None for everyone who is seen.
        employed: Leave out who is not employed on that day.
    """
    seen = privacy.scope(session)
    ids = seen.ids() if employee_ids is None else [one for one in employee_ids if seen.sees(one)]
    found = standings(day, ids)
    return [one for one in found if one.employment] if employed else found


def one_on(session: Session, employee_id: int, day: date) -> Standing:
    """Return how one person stands on a day; raises NotAllowedError and NotFoundError."""
    from boconsole.staff import finding

    finding.get(session, employee_id)
    return standings(day, [employee_id])[0]


def standings(day: date, ids: Sequence[int] | None) -> list[Standing]:
    """Return how people stand, for rules that have asked who may see them."""
    spells: dict[int, list[EmploymentRow]] = {}
    for spell in facts.select_all("employment", ids):
        spells.setdefault(spell.head.employee_id, []).append(spell)
    contracts = facts.select_at("contract", day, ids)
    positions = facts.select_at("position", day, ids)
    schedules = facts.select_at("schedule", day, ids)
    found = []
    for row in people.select_all(ids):
        state, counts = _state(spells.get(row.id, []), day)
        head = counts.head if counts else None
        found.append(Standing(
            row, day, state, head.starts_on if head else None, head.ends_on if head else None,
            counts if state == EMPLOYED else None, contracts.get(row.id),
            positions.get(row.id), schedules.get(row.id),
        ))  # fmt: skip
    return found


def _state(spells: Sequence[EmploymentRow], day: date) -> tuple[str, EmploymentRow | None]:
    for spell in spells:
        if spell.head.starts_on <= day and (
            spell.head.ends_on is None or spell.head.ends_on >= day
        ):
            return EMPLOYED, spell
    if coming := [spell for spell in spells if spell.head.starts_on > day]:
        return COMING, coming[0]
    return (LEFT, spells[-1]) if spells else (NONE, None)
