"""People come and go, with their check lists, each in one transaction."""

from collections.abc import Sequence
from datetime import date

from boconsole import audit
from boconsole.audit import HistoryEntry
from boconsole.checklists import starting, words
from boconsole.checklists.reading import is_done
from boconsole.errors import UndoError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import changing, finding, undoing
from boconsole.staff import words as staff_words
from boconsole.staff.changing import NewFact
from boconsole.staff.finding import EmployeeRow
from boconsole.staff.typed import Given
from db.checklists import lists
from db.staff import facts

HIRE = "staff.hire"
HIRES = (HIRE, "staff.enter")
"""What hires or moves somebody inside."""


def hire(
    session: Session, given: Given, first: date, entries: Sequence[NewFact] = ()
) -> EmployeeRow:
    """Add a person who works here from a day on, and begin the onboarding; as `changing.hire`."""
    with audit.writing():
        row = changing.hire(session, given, first, entries)
        starting.start(session, row.id, words.ONBOARDING, first)
        return finding.again(row.id)


def hire_known(
    session: Session, row: EmployeeRow, first: date, entries: Sequence[NewFact] = ()
) -> EmployeeRow:
    """Employ somebody who is known, and begin the onboarding; as `changing.enter_all`."""
    with audit.writing():
        dated = [entry._replace(starts_on=entry.starts_on or first) for entry in entries]
        employment = NewFact("employment", {}, first)
        row = changing.enter_all(session, row, [employment, *dated], action="staff.hire")
        starting.start(session, row.id, words.ONBOARDING, first)
        return row


def leave(
    session: Session, row: EmployeeRow, last: date, reason: str = "", *, why: str = ""
) -> EmployeeRow:
    """End an employment, and begin to take back what the person has; as `changing.leave`.

    An onboarding that goes on beyond that day is given up.
    """
    with audit.writing():
        row = changing.leave(session, row, last, reason, why=why)
        going = starting.current(row.id, words.ONBOARDING)
        if going is not None and any(step.due_on > last and not is_done(step)
                                     for step in lists.select_steps([going.id])):  # fmt: skip
            starting.give_up(session, row.id, words.ONBOARDING)
        starting.start(session, row.id, words.OFFBOARDING, last)
        return row


def undo_last(session: Session) -> list[int]:
    """Take back the last change of a person, and the list of who stays or does not come.

    Raises:
        UndoError: There is none, somebody touched the record or did a step since, or a candidate
            was hired.
    """
    with audit.writing():
        last = undoing.last_undoable(session)
        if last is not None and last.action in HIRES:
            _let_go(session, last)
        found = undoing.undo_last(session)
        if last is not None and last.action == "staff.leave":
            for employee_id in found:
                _follow(session, employee_id)
                starting.take_up(session, employee_id, words.ONBOARDING, last.at)
        return found


def _let_go(session: Session, last: HistoryEntry) -> None:
    """Give up the onboarding of a hire that is taken back; raises UndoError."""
    number = staff_words.number(last.record_id)
    if lists.was_candidate(last.record_id, int(last.at.timestamp())):
        raise UndoError(_("{number} was hired as a candidate; enter the end of the employment "
                          "instead.").format(number=number))  # fmt: skip
    going = starting.current(last.record_id, words.ONBOARDING)
    if last.action != HIRE or going is None or going.started_at != last.at:
        return
    if any(step.done_at for step in lists.select_steps([going.id])):
        raise UndoError(_("{number} has steps done already; take them back first.").format(
            number=number))  # fmt: skip
    starting.give_up(session, last.record_id, words.ONBOARDING)


def _follow(session: Session, employee_id: int) -> None:
    """Move the off-boarding of somebody to the last day that holds, or give it up."""
    if starting.current(employee_id, words.OFFBOARDING) is None:
        return
    spells = facts.select_of("employment", employee_id)
    day = spells[-1].head.ends_on if spells else None
    if day is None:
        starting.give_up(session, employee_id, words.OFFBOARDING)
    else:
        starting.start(session, employee_id, words.OFFBOARDING, day)
