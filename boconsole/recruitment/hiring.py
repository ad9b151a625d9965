"""Hiring a candidate: the record of the person, employment, contract, salary and check list.

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
from boconsole.recruitment.errors import HiredError, OfferStateError
from boconsole.session import Session
from boconsole.staff import finding
from boconsole.staff.changing import NewFact
from boconsole.staff.finding import EmployeeRow
from boconsole.staff.words import number as employee_number
from db.recruitment import records
from db.recruitment.rows import ApplicationRow, CandidateRow, OfferRow, OpeningRow

OWN = ("email", "phone", "language", "user", "contact")


def hire(
    session: Session, application: ApplicationRow, given: Mapping[str, object] | None = None,
    *, first: date | None = None,
) -> EmployeeRow:  # fmt: skip
    """Hire a candidate with the offer that was accepted.

    Args:
        session: Needs `recruitment.edit`, `staff.edit` and `staff.pay`.
        application: Whose.
        given: Fields of the person beside the name, such as `email` and `user` at work.
        first: The first day; by default that of the offer.

    Raises:
        OfferStateError: No offer was accepted.
        ClosedOpeningError, NoSeatError: Nobody goes on there, or no seat is left.
        HiredError: The candidate works here already.
        StaleRecordError: Somebody moved the application in the meantime.
    """
    session.require(words.EDIT)
    session.require(words.PAY)
    with audit.writing():
        row = stages.again(application.id)
        person = candidates.require_known(candidates.again(row.candidate_id))
        if person.employee_id is not None:
            raise HiredError(person.number, employee_number(person.employee_id))
        offer = offering.named(row)
        if offer.state != offering.ACCEPTED:
            raise OfferStateError(row.number, _("it was not accepted yet"))
        offering.require_going(row)
        opening = openings.again(row.opening_id)
        own = {name: value for name, value in (given or {}).items() if value}
        day = first or offer.starts_on
        employee = moves.hire(
            session, {"name": person.name, "email": "", "phone": "", **own}, day,
            _facts(offer, opening),
        )  # fmt: skip
        _close(session, row, application.version, person, opening, employee)
        return finding.again(employee.id)


def _facts(offer: OfferRow, opening: OpeningRow) -> list[NewFact]:
    manager = employee_number(opening.manager_id) if opening.manager_id else ""
    position = {"title": opening.title, "department": opening.department, "manager": manager,
                "place": opening.place}  # fmt: skip
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
    """Say that the candidate is hired; fill the opening with its last seat."""
    if version != row.version:
        raise StaleRecordError(row.number, row.id, row.version, {"stage": row.stage}, {})
    line = stages.put(session, row, row.version, words.HIRED, "")
    audit.record(session, "application.hire", words.APPLICATIONS, [line])
    records.update_candidate(person.id, person.version, {"employee_id": employee.id})
    told: dict[str, tuple[object, object]] = {"employee": (None, employee.number)}
    audit.record(session, "candidate.hire", words.CANDIDATES,
                 [audit.Line(person.id, told, person.version + 1)])  # fmt: skip
    if opening.hired + 1 == opening.seats:
        openings.set_state(session, openings.again(opening.id), words.FILLED)
