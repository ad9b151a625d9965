"""Pay runs and slips as people read them; every look at another's pay is in the audit trail."""

from typing import NamedTuple

from boconsole.errors import NotAllowedError, NotFoundError
from boconsole.language import _
from boconsole.payroll import words
from boconsole.payroll.computing import lines_of as lines_of
from boconsole.payroll.rules.lines import Line
from boconsole.session import Session
from boconsole.staff import privacy
from boconsole.staff import words as staff_words
from db.payroll import runs as stored
from db.payroll.rows import RunRow as RunRow
from db.payroll.rows import SlipRow as SlipRow
from db.staff import people

RIGHT = "payroll.read"


def require_heads(session: Session) -> None:
    """Raise NotAllowedError for those who may neither see pay nor book it."""
    if not session.may("payroll.post"):
        session.require(RIGHT)


class Slip(NamedTuple):
    """A slip with its run, taken apart."""

    run: RunRow
    row: SlipRow
    lines: tuple[Line, ...]


def runs(session: Session) -> list[RunRow]:
    """Return all runs with their sums, the newest month first."""
    require_heads(session)
    return stored.select_all()


def again(run_id: int) -> RunRow:
    """Return a run by id, for rules that do not show it; raises NotFoundError."""
    row = stored.find(run_id)
    if row is None:
        raise NotFoundError(_("pay run {number}").format(number=f"PYR-{run_id:04}"))
    return row


def find(session: Session, word: str, group: str = "") -> RunRow:
    """Return the run that `PYR-0001` or a month such as `2026-01` names; the newest by default.

    A month names its regular run of the group, or without a group the only one it has.

    Raises:
        NotFoundError: There is none.
    """
    require_heads(session)
    if words.MONTH.fullmatch(word.strip()):
        month = words.parse_month(word)
        regular = [row for row in stored.select_of_month(month) if row.kind == words.REGULAR]
        found = [row for row in regular if row.pay_group == group]
        if found or (len(regular) == 1 and not group):
            return (found or regular)[0]
        raise NotFoundError(_("pay run of {month}").format(month=words.month_text(month)))
    if not word.strip():
        if latest := [row for row in stored.select_all(20) if row.pay_group == group or not group]:
            return latest[0]
        raise NotFoundError(_("pay run; compute one: payroll run --month 2026-01"))
    number = words.parse_number(word)
    if number is None:
        raise NotFoundError(_("pay run {number}").format(number=word[:40]))
    return again(number)


def slips(session: Session, run: RunRow, how: str = "") -> list[SlipRow]:
    """Return the slips of a run by name; the look is written down."""
    session.require(RIGHT)
    found = stored.select_slips(run.id)
    privacy.looked(session, [staff_words.PAY], [row.employee_id for row in found],
                   how or run.number)  # fmt: skip
    return found


def slip(session: Session, run: RunRow, employee_id: int) -> Slip:
    """Return one person's slip of a run; one's own is open once the run is posted.

    Raises:
        NotAllowedError: It is another's, and all pay is not to be seen.
        NotFoundError: The person is not in the run.
    """
    own = people.find_of_user(session.user.id) if session.user.id else None
    mine = own is not None and own.id == employee_id and run.state in (words.POSTED, words.PAID)
    if not mine:
        if not session.may(RIGHT):
            raise NotAllowedError(session.user.login, RIGHT)
        privacy.looked(session, [staff_words.PAY], [employee_id], run.number)
    row = stored.find_slip(run.id, employee_id)
    if row is None:
        raise NotFoundError(_("pay slip of {number}").format(
            number=staff_words.number(employee_id)))  # fmt: skip
    return Slip(run, row, tuple(lines_of(row)))


def own(session: Session) -> list[Slip]:
    """Return one's own slips of runs that are posted or paid, the newest first."""
    row = people.find_of_user(session.user.id) if session.user.id else None
    if row is None:
        return []
    found = stored.select_slips_of(row.id)
    return [Slip(run, each, tuple(lines_of(each))) for run, each in found]


def own_of(session: Session, word: str = "") -> Slip:
    """Return one's own slip of `PYR-0001` or of a month, or the newest; raises NotFoundError."""
    for slip in own(session):
        if word.strip().upper() in ("", slip.run.number, slip.run.title):
            return slip
    raise NotFoundError(_("pay slip of yours"))
