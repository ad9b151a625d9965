"""What a rating is to bring: a raise in percent or a bonus, proposed above, applied by HR.

Applied, it is a dated fact of the person: a salary from a day on, or a bonus. A manager proposes
a raise in percent, so that nobody learns what is earned; the person never sees a proposal.
"""

from datetime import date
from decimal import Decimal, InvalidOperation

from boconsole import audit
from boconsole.appraisals import permitted, words
from boconsole.appraisals.permitted import HR, MANAGER
from boconsole.appraisals.writing import again, cycle_again, require_phase, write
from boconsole.errors import InvalidChangeError
from boconsole.fixed_assets import typing as sums
from boconsole.language import _
from boconsole.money import plain
from boconsole.session import Session
from boconsole.staff import changing, finding, privacy
from boconsole.staff import words as staff_words
from boconsole.staff.changing import NewFact
from boconsole.text import clean_line, required_line
from db.appraisals.rows import AppraisalRow, CycleRow
from db.staff import facts

PHASES = (words.REVIEW, words.CALIBRATION)
HIGHEST = Decimal(1_000)


def propose(
    session: Session, row: AppraisalRow, kind: str, amount: str, day: date, note: str = ""
) -> AppraisalRow:
    """Propose a raise (`5` or `5 %`) or a bonus (`2000000 IDR`) from a day on.

    Raises:
        InvalidChangeError: The amount cannot be, or another one is applied already.
        NotYoursError, WrongPhaseError, CycleClosedError, StaleRecordError: as elsewhere.
    """
    with audit.writing():
        cycle = cycle_again(row.cycle_id)
        permitted.require(session, cycle, row, MANAGER, HR)
        require_phase(cycle, *PHASES)
        if again(row.id).proposal_state == words.APPLIED:
            raise InvalidChangeError("proposal", _("it is applied already"))
        if kind == words.RAISE:
            told = format(percent(amount), "f")
        elif kind == words.BONUS:
            number, code = sums.sum_of(amount, sums.usual_currency(), "amount")
            told = f"{number:f} {code}"
            if number <= 0:
                raise InvalidChangeError("amount", _("cannot be below 0"))
        else:
            raise InvalidChangeError("proposal", _("{text!r} is none of {words}").format(
                text=kind[:40], words=f"{words.RAISE}, {words.BONUS}"))  # fmt: skip
        values = {
            "proposal": kind, "proposal_state": words.WAITING, "proposal_amount": told,
            "proposal_from": day, "proposal_note": clean_line(note, field="note"),
        }  # fmt: skip
        return write(session, row, values, "appraisal.propose",
                     {"proposal": [kind, told, str(day), note]})  # fmt: skip


def percent(text: str) -> Decimal:
    """Return percent of a raise: more than 0; raises InvalidChangeError."""
    word = clean_line(text, field="amount").removesuffix("%").strip().replace(",", ".")
    try:
        value = Decimal(word)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 < value <= HIGHEST:
        raise InvalidChangeError("amount", _("is percent of the salary, such as 5 or 3.5"))
    return value


def apply(session: Session, row: AppraisalRow) -> AppraisalRow:
    """Make the salary or the bonus that was proposed, as a dated fact of the person.

    Raises:
        NotAllowedError: Pay may not be changed.
        InvalidChangeError: Nothing waits, or the person has no salary on that day.
        SameDayError: A salary begins on that day already; correct it on the record.
    """
    permitted.require_hr(session)
    privacy.require_edit(session, (staff_words.PAY,))
    with audit.writing():
        cycle = _waiting(session, row)
        person = finding.again(row.employee_id)
        reason = _("Appraisal {name}").format(name=cycle.name)
        changing.enter(session, person, _fact(row, reason))
        return write(session, row, {"proposal_state": words.APPLIED}, "appraisal.apply", {},
                     {"proposal": (words.WAITING, words.APPLIED)})  # fmt: skip


def _fact(row: AppraisalRow, reason: str) -> NewFact:
    day = row.proposal_from or date.min
    if row.proposal == words.BONUS:
        given = {"name": reason, "amount": row.proposal_amount, "note": row.proposal_note}
        return NewFact("bonus", given, day)
    held = facts.select_at("salary", day, [row.employee_id]).get(row.employee_id)
    if held is None:
        raise InvalidChangeError("proposal", _("{number} has no salary on {day}").format(
            number=staff_words.number(row.employee_id), day=day))  # fmt: skip
    raised = plain(raised_by(held.amount, Decimal(row.proposal_amount)), held.precision)
    given = {"amount": f"{raised} {held.commodity}", "per": held.per}
    return NewFact("salary", given, day, reason=reason)


def raised_by(amount: int, more: Decimal) -> int:
    """Return an amount in smallest units raised by percent, rounded half-up to a whole unit."""
    whole = Decimal(amount) * (100 + more) / 100
    return int((whole * 2 + 1) // 2)


def decline(session: Session, row: AppraisalRow, reason: str) -> AppraisalRow:
    """Say that a proposal is not applied, and why."""
    permitted.require_hr(session)
    reason = required_line(reason, field="reason")
    with audit.writing():
        _waiting(session, row)
        note = "; ".join(filter(None, (row.proposal_note, reason)))
        values = {"proposal_state": words.DECLINED, "proposal_note": note[:500]}
        return write(session, row, values, "appraisal.decline", {"reason": reason},
                     {"proposal": (words.WAITING, words.DECLINED)})  # fmt: skip


def _waiting(session: Session, row: AppraisalRow) -> CycleRow:
    cycle = cycle_again(row.cycle_id)
    permitted.require(session, cycle, row, HR)
    require_phase(cycle, *PHASES)
    if again(row.id).proposal_state != words.WAITING:
        raise InvalidChangeError("proposal", _("nothing waits to be decided"))
    return cycle
