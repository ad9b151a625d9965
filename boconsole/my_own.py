"""What the company keeps about whoever asks: record, leave, pay, training, appraisals, things.

Only one's own, so no permission is asked for; whoever has no staff record sees what is to be done.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.staff import dated, finding
from boconsole.staff.finding import EmployeeRow
from db.staff import people

RECORD, LEAVE, PAY, TRAINING, APPRAISAL, LISTS, ASSETS = SECTIONS = (
    "record", "leave", "pay", "training", "appraisal", "lists", "assets",
)  # fmt: skip
TITLES = {
    RECORD: N_("My record"), LEAVE: N_("Leave"), PAY: N_("Pay"), TRAINING: N_("Training"),
    APPRAISAL: N_("Appraisal"), LISTS: N_("To do"), ASSETS: N_("Assets"),
}  # fmt: skip
SLIPS, MOST = 3, 100


class Own(NamedTuple):
    """One line of what is one's own.

    Attributes:
        section: One of `SECTIONS`.
        what: What it is.
        told: What is to know of it.
        tone: Of that: "", muted, warn, bad, info.
        opens: What opens it: a number, or the code of a type of leave; may be empty.
    """

    section: str
    what: str
    told: str
    tone: str = ""
    opens: str = ""


def read(session: Session) -> list[Own]:
    """Return all of it, in the order of the sections."""
    row = people.find_of_user(session.user.id) if session.user.id else None
    if row is None:
        told = _("No staff record is linked with {login}; ask HR.").format(login=session.user.login)
        return [Own(RECORD, "-", told, "warn"), *_lists(session)]
    return [
        *_record(session, row), *_leave(session, row), *_pay(session), *_benefits(session, row),
        *_training(session, row), *_appraisals(session), *_lists(session), *_assets(session, row),
    ]  # fmt: skip


def record(one: Own) -> dict[str, object]:
    """Return a line for programs."""
    return {"section": one.section, "what": one.what, "told": one.told, "opens": one.opens or None}


def _record(session: Session, row: EmployeeRow) -> Iterator[Own]:
    standing = dated.standings(finding.today_of(session), [row.id])[0]
    position, contract = standing.position, standing.contract
    told = [row.name]
    if position:
        told += [position.title, position.department]
    yield Own(RECORD, row.number, " · ".join(filter(None, told)), "", row.number)
    if position and position.manager:
        yield Own(RECORD, _("Manager"), position.manager, "", row.number)
    if contract and contract.head.ends_on:
        days = (contract.head.ends_on - standing.day).days
        yield Own(RECORD, _("Contract until"), str(contract.head.ends_on),
                  "warn" if days <= contract.warn_days else "", row.number)  # fmt: skip


def _leave(session: Session, row: EmployeeRow) -> Iterator[Own]:
    from boconsole.leave import quantities, reading
    from boconsole.leave.explaining import amount

    for one in reading.balances_of(session, row.id):
        told = _("{left} left, {free} free").format(
            left=amount(one.left, one.rule.unit), free=quantities.shown(one.free)
        )
        yield Own(LEAVE, one.kind.title, told, "warn" if one.free < 0 else "", one.kind.code)


def _pay(session: Session) -> Iterator[Own]:
    from boconsole.money import from_minor
    from boconsole.payroll import reading

    for slip in reading.own(session)[:SLIPS]:
        run = slip.run
        told = _("{amount} {code} paid out").format(
            amount=f"{from_minor(slip.row.net, run.digits):,f}", code=run.currency
        )
        yield Own(PAY, run.title, told, "", run.number)


def _benefits(session: Session, row: EmployeeRow) -> Iterator[Own]:
    """Yield the insurances and benefits that hold today or will, with who provides them."""
    from db.staff import facts

    today = finding.today_of(session)
    for part in facts.select_of("part", row.id):
        until = part.head.ends_on
        if part.kind == "enrolment" and (until is None or until >= today):
            told = [part.detail, _("until {day}").format(day=until) if until else ""]
            tone = _soon(until, today) if until else ""
            yield Own(PAY, part.name, " · ".join(filter(None, told)) or "-", tone, row.number)


def _training(session: Session, row: EmployeeRow) -> Iterator[Own]:
    from boconsole.training import needing, sessions, words
    from db.staff import facts
    from db.training import stored

    today = finding.today_of(session)
    for one in needing.lacking(session, employee_id=row.id):
        told = _(words.LACK_TITLES[one.state]) + (f", {one.until}" if one.until else "")
        tone = "bad" if one.state in (words.MISSING, words.EXPIRED) else "warn"
        yield Own(TRAINING, one.course.name, told, tone, one.course.number)
    for session_id in stored.select_sessions_of(row.id):
        held = sessions.again(session_id)
        if held.state == words.PLANNED and held.ends_on >= today:
            yield Own(TRAINING, held.course, _("{day}, {place}").format(
                day=held.starts_on, place=held.place or "-"), "info", held.number)  # fmt: skip
    for part in facts.select_of("part", row.id):
        if part.kind == "certificate" and part.head.ends_on:
            yield Own(TRAINING, part.name, _("until {day}").format(day=part.head.ends_on),
                      _soon(part.head.ends_on, today), row.number)  # fmt: skip


def _soon(day: date, today: date) -> str:
    days = (day - today).days
    return "bad" if days < 0 else "warn" if days <= 60 else "muted"


def _appraisals(session: Session) -> Iterator[Own]:
    from boconsole.appraisals import reading, words

    for cycle, one in reading.own(session):
        told = [words.state_title(cycle.state), _(words.STEPS[one.step])]
        if one.title:
            told.append(one.title)
        tone = "warn" if one.waits else ""
        yield Own(APPRAISAL, cycle.name, ": ".join(told[:2]) + "".join(f", {each}" for each
                  in told[2:]), tone, one.number)  # fmt: skip


def _lists(session: Session) -> Iterator[Own]:
    from boconsole.checklists import reading

    today = finding.today_of(session)
    for row, step in reading.mine(session)[:MOST]:
        late = step.due_on is not None and step.due_on < today
        told = f"{step.title}, {step.due_on}" if step.due_on else step.title
        yield Own(LISTS, row.employee, told, "bad" if late else "", reading.link_word(step))


def _assets(session: Session, row: EmployeeRow) -> Iterator[Own]:
    """Yield what one has of the company's, by way of the contact that is linked."""
    from boconsole.assets import reading

    if row.contact_id is None:
        return
    able = replace(session, permissions=session.permissions | {"asset.read"})
    page = reading.list_page(able, f"any holder:CON-{row.contact_id}", limit=MOST)
    for one in page.rows:
        until = _("until {day}").format(day=one.expected_on) if one.expected_on else ""
        yield Own(ASSETS, one.tag, " · ".join(filter(None, (one.name, until))), "", one.tag)
