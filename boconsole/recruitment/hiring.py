"""Hiring a candidate: the record of the person, employment, contract, salary and check list.

Who has a record already keeps it: who left is employed again, who works here moves inside.

All of it is one transaction through the operations of staff: the application is hired, the seat
is filled, and the opening closes with its last seat.
"""

from collections.abc import Mapping
from datetime import date

from boconsole import audit
from boconsole.checklists import moves
from boconsole.errors import StaleRecordError
from boconsole.language import _
from boconsole.money import plain
from boconsole.recruitment import candidates, offering, openings, stages, words
from boconsole.recruitment.errors import HiredError, KnownPersonError, OfferStateError
from boconsole.session import Session
from boconsole.staff import changing, finding
from boconsole.staff.changing import NewFact
from boconsole.staff.finding import EmployeeRow
from boconsole.staff.words import number as employee_number
from db.recruitment import records
from db.recruitment.rows import ApplicationRow, CandidateRow, OfferRow, OpeningRow
from db.staff import facts, people

OWN = ("email", "phone", "language", "user", "contact")
NOBODY = 0
"""Of the people who have a record, for a candidate who is none of them."""


def hire(
    session: Session, application: ApplicationRow, given: Mapping[str, object] | None = None,
    *, first: date | None = None, known: int | None = None,
) -> EmployeeRow:  # fmt: skip
    """Hire a candidate with the offer that was accepted.

    Args:
        session: Needs `recruitment.edit`, `staff.edit` and `staff.pay`.
        application: Whose.
        given: Fields of the person beside the name, such as `email` and `user` at work.
        first: The first day; by default that of the offer.
        known: Whose record it is, `NOBODY` for somebody new; None where that has to be plain.

    Raises:
        OfferStateError: No offer was accepted.
        ClosedOpeningError, NoSeatError: Nobody goes on there, or no seat is left.
        HiredError: It was hired already, or the record is of somebody else.
        KnownPersonError: Somebody has a record who may be the candidate.
        StaleRecordError: Somebody moved the application in the meantime.
    """
    session.require(words.EDIT)
    session.require(words.PAY)
    with audit.writing():
        row = stages.again(application.id)
        person = candidates.require_known(candidates.again(row.candidate_id))
        whose = _record_of(row, person, known)
        offer = offering.named(row)
        if offer.state != offering.ACCEPTED:
            raise OfferStateError(row.number, _("it was not accepted yet"))
        offering.require_going(row)
        opening = openings.again(row.opening_id)
        own = {name: value for name, value in (given or {}).items() if value}
        day = first or offer.starts_on
        facts_of = _facts(offer)
        if whose == NOBODY:
            given = {"name": person.name, "email": "", "phone": "", **own}
            employee = moves.hire(session, given, day, facts_of)
        else:
            employee = _take_on(session, finding.again(whose), own, day, facts_of)
        _close(session, row, application.version, person, opening, employee)
        return finding.again(employee.id)


def who_is(session: Session, application: ApplicationRow) -> list[EmployeeRow]:
    """Return who of those with a record the candidate of an application may be."""
    session.require(words.EDIT)
    return people_like(candidates.again(application.candidate_id))


def people_like(person: CandidateRow) -> list[EmployeeRow]:
    """Return who has a record and may be a candidate: hired before, of that name, or that mail."""
    if person.employee_id is not None:
        return [finding.again(person.employee_id)]
    named = {one for word in (person.name, person.email) if word for one in people.ids_named(word)}
    return [finding.again(one) for one in sorted(named)]


def _record_of(row: ApplicationRow, person: CandidateRow, known: int | None) -> int:
    own = person.employee_id
    if own is not None and (row.stage == words.HIRED or known not in (None, own)):
        raise HiredError(person.number, employee_number(own))
    if own is not None or known is not None:
        return own or known or NOBODY
    if found := people_like(person):
        raise KnownPersonError(person.number, [one.number for one in found])
    return NOBODY


def _take_on(
    session: Session, employee: EmployeeRow, own: Mapping[str, object], day: date,
    entries: list[NewFact],
) -> EmployeeRow:  # fmt: skip
    """Employ somebody again; who works here that day gets position and pay, the contract stays."""
    if own:
        employee = changing.edit(session, employee, own)
    if employee.id not in facts.select_at("employment", day, [employee.id]):
        return moves.hire_known(session, employee, day, entries)
    moved = [entry._replace(starts_on=day) for entry in entries if entry.kind != "contract"]
    return changing.enter_all(session, employee, moved)


def _facts(offer: OfferRow) -> list[NewFact]:
    """Return what somebody begins with: all of it was approved with the offer."""
    manager = employee_number(offer.manager_id) if offer.manager_id else ""
    position = {"title": offer.title, "department": offer.department, "manager": manager,
                "place": offer.place}  # fmt: skip
    amount = f"{plain(offer.amount, offer.precision)} {offer.commodity}"
    return [
        NewFact("position", position),
        NewFact("contract", {"kind": offer.contract}, None, offer.until_on),
        NewFact("salary", {"amount": amount, "per": offer.per}),
    ]


def _close(
    session: Session, row: ApplicationRow, version: int, person: CandidateRow,
    opening: OpeningRow, employee: EmployeeRow,
) -> None:  # fmt: skip
    """Say that the candidate is hired, here alone; fill the opening with its last seat."""
    if version != row.version:
        raise StaleRecordError(row.number, row.id, row.version, {"stage": row.stage}, {})
    line = stages.put(session, row, row.version, words.HIRED, "")
    why = _("Hired for {opening}").format(opening=opening.number)
    ended = [stages.put(session, one, one.version, words.WITHDRAWN, why)
             for one in records.select_applications(candidate_id=person.id)
             if one.id != row.id and one.stage in words.LIVE]  # fmt: skip
    audit.record(session, "application.hire", words.APPLICATIONS, [line, *ended])
    records.update_candidate(person.id, person.version, {"employee_id": employee.id})
    told: dict[str, tuple[object, object]] = {"employee": (None, employee.number)}
    audit.record(session, "candidate.hire", words.CANDIDATES,
                 [audit.Line(person.id, told, person.version + 1)])  # fmt: skip
    if opening.hired + 1 == opening.seats:
        openings.set_state(session, openings.again(opening.id), words.FILLED)
