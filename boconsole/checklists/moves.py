"""People come and go, with their check lists, each in one transaction."""

from collections.abc import Sequence
from datetime import date

from boconsole import audit
from boconsole.checklists import starting, words
from boconsole.session import Session
from boconsole.staff import changing, finding
from boconsole.staff.changing import NewFact
from boconsole.staff.finding import EmployeeRow
from boconsole.staff.typed import Given


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
    """End an employment, and begin to take back what the person has; as `changing.leave`."""
    with audit.writing():
        row = changing.leave(session, row, last, reason, why=why)
        starting.start(session, row.id, words.OFFBOARDING, last)
        return row
