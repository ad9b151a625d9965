"""Check lists as they are seen: steps with who is to do them, and how far each list is.

HR and those who see the person's record see a list; whoever owns a step sees that step.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boconsole.checklists import words
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import privacy
from boconsole.staff.finding import today_of
from boconsole.staff.words import number as employee_number
from boconsole.tickets.words import FINISHED
from boconsole.tickets.words import number as ticket_number
from db.checklists import lists
from db.checklists.rows import ListRow, StepRow


class CheckList(NamedTuple):
    """A check list with its steps by day."""

    row: ListRow
    steps: tuple[StepRow, ...]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(is_done(step) for step in self.steps)

    @property
    def open(self) -> bool:
        """Whether there is something to do yet."""
        return self.row.ended_at is None and self.done < len(self.steps)

    @property
    def next_due(self) -> date | None:
        """The day of the first step that is not done."""
        days = [step.due_on for step in self.steps if not is_done(step)]
        return min(days) if days and self.row.ended_at is None else None


def is_done(step: StepRow) -> bool:
    """Return whether a step is done: ticked, or so by what it is linked with."""
    if step.done_at is not None:
        return True
    match step.does:
        case words.RETURN:
            return not step.held
        case words.SEAT:
            return not step.seat_held
        case words.DISABLE:
            return not step.active
        case words.TICKET | words.ACCESS:
            return step.ticket_state in FINISHED
        case words.ASSET:
            return step.asset_id is not None and step.held
    return False


def of_person(session: Session, employee_id: int) -> list[CheckList]:
    """Return the check lists of somebody who is seen, the newest first."""
    privacy.require_seen(session, employee_id)
    return _whole(lists.select_lists(employee_id))


def every(session: Session) -> list[CheckList]:
    """Return the check lists of everybody who is seen, the newest first."""
    seen = privacy.scope(session)
    return _whole([row for row in lists.select_lists() if seen.sees(row.employee_id)])


def mine(session: Session) -> list[tuple[ListRow, StepRow]]:
    """Return the steps that one is to do oneself, by day, with their lists."""
    if not session.user.id:
        return []
    steps = [step for step in lists.select_steps_of_owner(session.user.id) if not is_done(step)]
    rows = {row.id: row for row in lists.select_lists()} if steps else {}
    return [(rows[step.list_id], step) for step in steps]


def _whole(rows: Sequence[ListRow]) -> list[CheckList]:
    steps = lists.select_steps([row.id for row in rows])
    by_list: dict[int, list[StepRow]] = {row.id: [] for row in rows}
    for step in steps:
        by_list[step.list_id].append(step)
    return [CheckList(row, tuple(by_list[row.id])) for row in rows]


def owner_word(step: StepRow) -> str:
    """Return who is to do a step, in words."""
    if step.owner_login and step.owner_login != step.owner:
        return f"{_(words.OWNERS.get(step.owner, step.owner))} {step.owner_login}"
    return _(words.OWNERS[step.owner]) if step.owner in words.OWNERS else step.owner


def link_word(step: StepRow) -> str:
    """Return the number of what a step is linked with, or what it asks for."""
    if step.ticket_id:
        return ticket_number(step.ticket_id)
    return step.tag or step.login or (step.detail if step.does == words.ASSET else "")


def record(one: CheckList, session: Session) -> dict[str, object]:
    """Return a check list for programs."""
    today = today_of(session)
    return {
        "id": one.row.id, "employee": employee_number(one.row.employee_id),
        "name": one.row.employee, "kind": one.row.kind, "day": one.row.day,
        "done": one.done, "steps_count": len(one.steps), "ended": one.row.ended_at is not None,
        "steps": [step_record(step, today) for step in one.steps],
    }  # fmt: skip


def step_record(step: StepRow, today: date) -> dict[str, object]:
    """Return a step for programs."""
    return {
        "id": step.id, "title": step.title, "owner": step.owner, "login": step.owner_login,
        "due": step.due_on, "does": step.does, "link": link_word(step), "done": is_done(step),
        "late": not is_done(step) and step.due_on < today, "done_at": step.done_at,
        "done_by": step.done_by, "said": step.said,
    }  # fmt: skip
