"""Who may see and do what of appraisals: oneself, the managers above at that date, and HR.

The day that counts for managers is the last one of the cycle's period, or today while that lies
ahead. Nobody is manager or HR about themselves, whatever permissions they have.
"""

from datetime import date

from boconsole.appraisals.errors import NotYoursError
from boconsole.errors import NotAllowedError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import finding, privacy
from boconsole.staff import words as staff_words
from db.appraisals.counting import ProgressRow
from db.appraisals.rows import AppraisalRow, CycleRow
from db.fields import number_of
from db.staff import people

GROUP = staff_words.APPRAISALS
PERMISSION = f"staff.{GROUP}"
SELF, MANAGER, HR, NOBODY = "self", "manager", "hr", ""


def day_of(session: Session, cycle: CycleRow) -> date:
    """Return the day whose managers count."""
    return min(cycle.ends_on, finding.today_of(session))


class Standing:
    """What somebody is to the people of a cycle, read once for many of them.

    Args:
        session: Who looks.
        cycle: Which one.
    """

    def __init__(self, session: Session, cycle: CycleRow) -> None:
        row = people.find_of_user(session.user.id) if session.user.id else None
        self.own = row.id if row else 0
        self.hr = session.may(PERMISSION) and session.may(privacy.READ)
        self._above = dict(people.managers_at(number_of(day_of(session, cycle))))

    def to(self, row: AppraisalRow | ProgressRow) -> str:
        """Return what the one who looks is to a person: `self`, `manager`, `hr`, or nobody."""
        if self.own and row.employee_id == self.own:
            return SELF
        if self.own and (row.manager_id == self.own or self._leads(row.employee_id)):
            return MANAGER
        return HR if self.hr else NOBODY

    def _leads(self, employee_id: int) -> bool:
        seen: set[int] = set()
        one = self._above.get(employee_id)
        while one is not None and one not in seen:
            if one == self.own:
                return True
            seen.add(one)
            one = self._above.get(one)
        return False


def require_hr(session: Session) -> None:
    """Raise NotAllowedError for those who do not run cycles."""
    session.require(privacy.READ)
    session.require(privacy.EDIT)
    session.require(PERMISSION)


def require(session: Session, cycle: CycleRow, row: AppraisalRow, *who: str) -> str:
    """Return what the one who acts is to a person, where that is one of `who`.

    Raises:
        NotAllowedError: The appraisal is none of theirs.
        NotYoursError: It is, but this is done by somebody else.
    """
    found = Standing(session, cycle).to(row)
    if found == NOBODY:
        raise NotAllowedError(session.user.login, PERMISSION)
    if found == MANAGER and HR in who and may_run(session):
        return HR
    if found not in who:
        titles = {SELF: _("the person"), MANAGER: _("a manager above"), HR: _("HR")}
        raise NotYoursError(row.number, ", ".join(titles[one] for one in who))
    return found


def may_run(session: Session) -> bool:
    """Return whether somebody may run cycles."""
    return session.may(privacy.READ) and session.may(privacy.EDIT) and session.may(PERMISSION)
