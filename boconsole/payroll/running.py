"""Pay runs: computed as drafts, computed again, corrected by another run, or dropped.

A draft may be computed as often as wanted. An approved one is fixed; a posted one for ever.
"""

from collections.abc import Sequence
from datetime import date

from boconsole import audit
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.language import _
from boconsole.payroll import computing, reading, words
from boconsole.payroll.computing import Computed, earned, lines_of, seal_of
from boconsole.payroll.errors import NobodyError, OpenMonthError, RunStateError
from boconsole.payroll.rules.lines import Line, cost_of, net_of
from boconsole.session import Session
from boconsole.text import clean_line
from db.payroll import runs as stored
from db.payroll.rows import RunRow, SlipRow

RIGHT = "payroll.prepare"


def run(session: Session, month: int, group: str = "", pay_on: date | None = None) -> RunRow:
    """Compute the regular run of a month and group: a new draft, or the one that is there anew.

    People who are in another regular run of the month are left out.

    Args:
        session: Needs `payroll.prepare` and to see the pay of everyone.
        month: Such as 202601.
        group: Of whom; empty for all.
        pay_on: When it is paid; by default the last day of the month.

    Raises:
        RunStateError: The run is approved already.
        OpenMonthError: An earlier month of the year is a draft.
        PayFactsError: Somebody's records do not say enough.
        NobodyError: Nobody is to be paid.
    """
    session.require(RIGHT)
    if earlier := stored.select_open_before(month):
        raise OpenMonthError(earlier[0].number, earlier[0].title)
    old = _regular(month, group)
    computed = computing.month(session, month, group, without=elsewhere(month, old))
    paid = pay_on or (old.pay_on if old else words.days_of(month)[1])
    with audit.writing():
        now = _regular(month, group)
        if (now.version if now else 0) != (old.version if old else 0):
            raise StaleRecordError(now.number if now else words.month_text(month))
        if old is None:
            head = {"month": month, "pay_group": group, "kind": words.REGULAR, "pay_on": paid}
            return _save_new(session, head, computed)
        return _save_again(session, old, computed, paid)


def _regular(month: int, group: str) -> RunRow | None:
    found = [each for each in stored.select_of_month(month)
             if each.kind == words.REGULAR and each.pay_group == group]  # fmt: skip
    if not found:
        return None
    _require(found[0], words.DRAFT)
    return found[0]


def elsewhere(month: int, own: RunRow | None) -> frozenset[int]:
    """Return who is paid in other regular runs of a month than one's own."""
    others = {each.id for each in stored.select_of_month(month)
              if each.kind == words.REGULAR and (own is None or each.id != own.id)}  # fmt: skip
    if not others:
        return frozenset()
    slips = stored.select_month_slips(month)
    return frozenset(row.employee_id for row in slips if row.run_id in others)


def _require(row: RunRow, *states: str) -> None:
    if row.state not in states:
        raise RunStateError(row.number, row.state, states[0])


def _sums(computed: Computed) -> dict[str, object]:
    slips = computed.slips
    return {
        "currency": computed.currency, "digits": computed.digits, "people": len(slips),
        **{name: sum(getattr(row, name) for row in slips)
           for name in ("earned", "tax", "net", "cost")},
        "seal": seal_of(slips),
    }  # fmt: skip


def _save_new(session: Session, head: dict[str, object], computed: Computed) -> RunRow:
    values = {
        "reason": "", **head, "state": words.DRAFT, **_sums(computed),
        "prepared_by": session.user.id, "prepared_at": session.now(),
    }  # fmt: skip
    run_id = stored.insert(values)
    stored.insert_slips([row._replace(run_id=run_id) for row in computed.slips])
    return _told(session, "payroll.run", run_id, {"people": (None, len(computed.slips))})


def _save_again(session: Session, old: RunRow, computed: Computed, paid: date) -> RunRow:
    values = {**_sums(computed), "pay_on": paid, "prepared_by": session.user.id,
              "prepared_at": session.now()}  # fmt: skip
    _update(old, values)
    stored.delete_slips(old.id)
    stored.insert_slips([row._replace(run_id=old.id) for row in computed.slips])
    return _told(session, "payroll.run", old.id, {"people": (old.people, len(computed.slips))})


def _update(row: RunRow, values: dict[str, object]) -> None:
    if not stored.update(row.id, row.version, values):
        raise StaleRecordError(row.number, row.id)


def _told(
    session: Session, action: str, run_id: int, told: dict[str, tuple[object, object]]
) -> RunRow:
    """Write the audit line of a run, which never says what anybody earns."""
    row = reading.again(run_id)
    line = audit.Line(run_id, {**told, "seal": (None, row.seal[:16])}, row.version)
    audit.record(session, action, words.AREA, [line])
    return row


def drop(session: Session, row: RunRow, reason: str = "") -> RunRow:
    """Give up a run that is not posted; its number is not used again."""
    session.require(RIGHT)
    _require(row, words.DRAFT, words.APPROVED)
    with audit.writing():
        _update(row, {"state": words.DROPPED, "reason": clean_line(reason, field="reason")})
        return _told(session, "payroll.drop", row.id, {"state": (row.state, words.DROPPED)})


# Corrections


def correct(
    session: Session, old: RunRow, reason: str, employee_ids: Sequence[int] | None = None,
    pay_on: date | None = None,
) -> RunRow:  # fmt: skip
    """Compute a posted month anew and keep what differs as a run of its own.

    Args:
        session: Needs `payroll.prepare` and to see the pay of everyone.
        old: The regular run, posted or paid.
        reason: Why; a correction needs one.
        employee_ids: Only these people; None for all of the run's group.
        pay_on: When it is paid; by default today.

    Raises:
        RunStateError: The run is not posted; compute it again instead.
        NobodyError: Nothing differs.
    """
    session.require(RIGHT)
    _require(old, words.POSTED, words.PAID)
    why = clean_line(reason, field="reason")
    if not why:
        raise InvalidChangeError("reason", _("a correction needs one"))
    family = {each.id for each in stored.select_of_month(old.month)
              if old.id in (each.id, each.corrects_id)}  # fmt: skip
    before: dict[int, list[SlipRow]] = {}
    for row in stored.select_month_slips(old.month):
        if row.run_id in family:
            before.setdefault(row.employee_id, []).append(row)
    now = computing.month(session, old.month, old.pay_group, employee_ids=employee_ids,
                          without=elsewhere(old.month, old))  # fmt: skip
    fresh = {row.employee_id: row for row in now.slips}
    wanted = sorted({*fresh, *before} if employee_ids is None else employee_ids)
    found = (difference(fresh.get(one), before.get(one, []), why) for one in wanted)
    slips = [slip for slip in found if slip is not None]
    if not slips:
        raise NobodyError(old.title, old.pay_group)
    today = session.now().astimezone(session.zone).date()
    head = {"month": old.month, "pay_group": old.pay_group, "kind": words.CORRECTION,
            "corrects_id": old.id, "reason": why, "pay_on": pay_on or today}  # fmt: skip
    with audit.writing():
        return _save_new(session, head, now._replace(slips=slips))


def difference(new: SlipRow | None, old: Sequence[SlipRow], reason: str) -> SlipRow | None:
    """Return what a month comes to now beyond what was paid; None where nothing differs."""
    model = new or (old[-1] if old else None)
    if model is None:
        return None
    before, fresh = _summed(old), _summed([new] if new else [])
    lines = []
    for key in dict.fromkeys((*fresh, *before)):
        line = fresh.get(key) or before[key]
        had = before[key].amount if key in before else 0
        amount = (fresh[key].amount if key in fresh else 0) - had
        if amount:
            lines.append(line._replace(amount=amount, source=f"{reason}; {line.source}"))
    if not lines:
        return None
    sums = {name: (getattr(new, name) if new else 0) - sum(getattr(row, name) for row in old)
            for name in ("gross", "regular", "tax", "borne", "pension", "zakat")}  # fmt: skip
    return model._replace(
        id=0, run_id=0, earned=earned(lines), net=net_of(lines), cost=cost_of(lines),
        lines=computing.dump_lines(lines), **sums,
    )  # fmt: skip


def _summed(slips: Sequence[SlipRow]) -> dict[tuple[str, str, str], Line]:
    """Return the lines of slips that move money, those of one name together."""
    found: dict[tuple[str, str, str], Line] = {}
    for line in (line for row in slips for line in lines_of(row)):
        if line.kind != "working":
            key = (str(line.kind), line.code, line.name)
            had = found[key].amount if key in found else 0
            found[key] = line._replace(amount=had + line.amount)
    return found
