"""Offers: made by one person, approved by another, then accepted or declined by the candidate.

What is offered is as private as a salary: the trail holds a seal of it, and it is read with
`staff.pay` alone.
"""

import secrets
from collections.abc import Mapping
from datetime import date

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import N_, _
from boconsole.money import plain
from boconsole.recruitment import candidates, openings, stages, words
from boconsole.recruitment.errors import (
    ExpiredOfferError,
    OfferStateError,
    OwnOfferError,
)
from boconsole.session import Session
from boconsole.staff import privacy, typed
from boconsole.staff.finding import today_of
from boconsole.staff.words import number as employee_number
from db.recruitment import interviews
from db.recruitment.rows import ApplicationRow
from db.recruitment.rows import OfferRow as OfferRow  # screens know it from here
from db.staff import people

MADE, ACCEPTED, DECLINED, WITHDRAWN = "made", "accepted", "declined", "withdrawn"
STATE_TITLES = {
    MADE: N_("Made"), ACCEPTED: N_("Accepted"), DECLINED: N_("Declined"),
    WITHDRAWN: N_("Withdrawn"),
}  # fmt: skip
ACTION = "application.offer"


def make(session: Session, application: ApplicationRow, given: Mapping[str, object]) -> OfferRow:
    """Offer a place; the application goes to the stage of offers.

    Args:
        session: Needs `recruitment.edit` and `staff.pay`.
        application: Whose.
        given: `amount` such as `9000000 IDR`, `per`, `contract`, `until`, `starts_on` and
            `expires_on`.

    Raises:
        InvalidChangeError: A value cannot be.
        StepError, ClosedOpeningError: The application cannot come to an offer from where it is.
        NoSeatError: All seats are filled or promised.
        OfferStateError: An offer stands already.
    """
    session.require(words.EDIT)
    session.require(words.PAY)
    with audit.writing():
        columns = _read(session, given)
        row = stages.again(application.id)
        candidates.require_known(candidates.again(row.candidate_id))
        require_going(row)
        if standing(row.id) is not None:
            raise OfferStateError(row.number, _("one stands already; withdraw it first"))
        row = stages.move(session, [row], words.OFFER)[0]
        salt = secrets.token_hex(8)
        offer_id = interviews.insert_offer({
            **columns, "application_id": row.id, "state": MADE, "salt": salt,
            "made_at": session.now(), "made_by": session.user.id,
        })  # fmt: skip
        offer = again(offer_id)
        _record(session, offer, {"state": (None, MADE), "salary": (None, _seal(offer))})
        return offer


def _read(session: Session, given: Mapping[str, object]) -> dict[str, object]:
    starts_on = _needed_day(given, "starts_on")
    expires_on = _needed_day(given, "expires_on")
    if expires_on < today_of(session):
        raise InvalidChangeError("expires_on", _("lies in the past"))
    until = typed.day_of(given.get("until"), "until")
    salary = {name: given.get(name) for name in ("amount", "per") if given.get(name)}
    pay = typed.parse(session, "salary", salary, starts_on=starts_on).columns
    kind = {"kind": given.get("contract") or "permanent"}
    contract = typed.parse(session, "contract", kind, starts_on=starts_on, ends_on=until)
    return {**pay, "contract": contract.columns["kind"], "until_on": until,
            "starts_on": starts_on, "expires_on": expires_on}  # fmt: skip


def _needed_day(given: Mapping[str, object], field: str) -> date:
    day = typed.day_of(given.get(field), field)
    if day is None:
        raise InvalidChangeError(field, _("is needed"))
    return day


def approve(session: Session, offer: OfferRow) -> OfferRow:
    """Let an offer that somebody else made be told to the candidate.

    The position is approved with it, as the opening has it now.

    Raises:
        OwnOfferError: One made it, or is the candidate.
        ExpiredOfferError: It ended.
        OfferStateError: It stands no more, or was approved already.
        ClosedOpeningError, NoSeatError: Nobody goes on there, or no seat is left.
    """
    session.require(words.APPROVE)
    session.require(words.PAY)
    with audit.writing():
        now = _require(again(offer.id), MADE)
        number = require_going(_application(now)).number
        if now.approved_at is not None:
            raise OfferStateError(number, _("it was approved already"))
        if now.expires_on < today_of(session):
            raise ExpiredOfferError(number, now.expires_on)
        if now.made_by == session.user.id or _is_own(session, now):
            raise OwnOfferError(number)
        columns = {"approved_at": session.now(), "approved_by": session.user.id,
                   **_position(openings.again(_application(now).opening_id))}  # fmt: skip
        return _write(session, now, offer.version, columns, {"approved": (False, True)})


def _position(opening: openings.OpeningRow) -> dict[str, object]:
    """Return what of an opening is approved with an offer; later changes do not reach it."""
    return {"title": opening.title, "department_id": opening.department_id,
            "manager_id": opening.manager_id, "place": opening.place}  # fmt: skip


def _is_own(session: Session, offer: OfferRow) -> bool:
    """Return whether the one who acts is who is offered something."""
    person = candidates.again(_application(offer).candidate_id)
    own = people.find_of_user(session.user.id)
    return own is not None and own.id == person.employee_id


def accept(session: Session, offer: OfferRow) -> OfferRow:
    """Note that the candidate takes an approved offer in time.

    Raises:
        OfferStateError: It is not approved, or stands no more.
        ExpiredOfferError: It ended.
        ClosedOpeningError, NoSeatError: Nobody goes on there, or no seat is left.
    """
    session.require(words.EDIT)
    with audit.writing():
        now = _require(again(offer.id), MADE)
        number = require_going(_application(now)).number
        if now.approved_at is None:
            raise OfferStateError(number, _("somebody else has to approve it first"))
        if now.expires_on < today_of(session):
            raise ExpiredOfferError(number, now.expires_on)
        return _decide(session, now, offer.version, ACCEPTED)


def decline(session: Session, offer: OfferRow) -> OfferRow:
    """Note that the candidate does not take it; raises OfferStateError."""
    session.require(words.EDIT)
    with audit.writing():
        return _decide(session, _require(again(offer.id), MADE), offer.version, DECLINED)


def withdraw(session: Session, offer: OfferRow) -> OfferRow:
    """Take an offer back, also one that was accepted; raises OfferStateError."""
    session.require(words.EDIT)
    with audit.writing():
        now = _require(again(offer.id), MADE, ACCEPTED)
        if _application(now).stage == words.HIRED:
            raise OfferStateError(_application(now).number, _("the person was hired with it"))
        return _decide(session, now, offer.version, WITHDRAWN)


DECISIONS = {"approve": approve, "accept": accept, "decline": decline, "withdraw": withdraw}


def _decide(session: Session, now: OfferRow, version: int, state: str) -> OfferRow:
    columns = {"state": state, "decided_at": session.now()}
    return _write(session, now, version, columns, {"state": (now.state, state)})


def _write(
    session: Session, now: OfferRow, version: int, columns: Mapping[str, object],
    told: Mapping[str, tuple[object, object]],
) -> OfferRow:  # fmt: skip
    if not interviews.update_offer(now.id, version, columns):
        raise StaleRecordError(_application(now).number, now.id, now.version)
    _record(session, now, told)
    return again(now.id)


def _record(session: Session, offer: OfferRow, told: Mapping[str, tuple[object, object]]) -> None:
    row = _application(offer)
    line = audit.Line(row.id, {"offer": (None, offer.id), **told}, row.version)
    audit.record(session, ACTION, words.APPLICATIONS, [line])


def _seal(offer: OfferRow) -> str:
    values = [offer.amount, offer.commodity, offer.per, str(offer.starts_on)]
    return privacy.seal(offer.id, offer.salt, values)


def _require(offer: OfferRow, *states: str) -> OfferRow:
    if offer.state not in states:
        reason = _("it is {state} already").format(state=_(STATE_TITLES[offer.state]).lower())
        raise OfferStateError(_application(offer).number, reason)
    return offer


def require_going(row: ApplicationRow) -> ApplicationRow:
    """Return an application whose opening is open and has a seat for it.

    Raises:
        ClosedOpeningError: Nobody goes on there.
        NoSeatError: All seats are filled, or promised to others.
    """
    opening = openings.again(row.opening_id)
    openings.require_seat(opening, row.id)
    openings.require_open(opening.number, opening.state)
    return row


def _application(offer: OfferRow) -> ApplicationRow:
    return stages.again(offer.application_id)


def again(offer_id: int) -> OfferRow:
    """Return an offer; raises NotFoundError."""
    row = interviews.find_offer(offer_id)
    if row is None:
        raise NotFoundError(_("offer {id}").format(id=offer_id))
    return row


def standing(application_id: int) -> OfferRow | None:
    """Return the offer of an application that was made or accepted."""
    found = interviews.select_offers([application_id])
    return next((one for one in found if one.state in (MADE, ACCEPTED)), None)


def named(application: ApplicationRow) -> OfferRow:
    """Return the offer of an application that stands; raises OfferStateError."""
    found = standing(application.id)
    if found is None:
        raise OfferStateError(application.number, _("there is none"))
    return found


def closed(offer: OfferRow) -> OfferRow:
    """Return an offer without what is private of it."""
    return offer._replace(amount=0, commodity="", per="", salt="")


def record(offer: OfferRow) -> dict[str, object]:
    """Return an offer for programs; the salary is None where it is closed."""
    shown = bool(offer.commodity)
    return {
        "id": offer.id, "state": offer.state,
        "salary": plain(offer.amount, offer.precision) if shown else None,
        "currency": offer.commodity if shown else None, "per": offer.per if shown else None,
        "contract": offer.contract, "until": offer.until_on, "starts_on": offer.starts_on,
        "expires_on": offer.expires_on, "made_by": offer.maker, "made_at": offer.made_at,
        "approved_by": offer.approver, "approved_at": offer.approved_at,
        "decided_at": offer.decided_at, "version": offer.version,
        "title": offer.title or None, "department": offer.department or None,
        "manager": employee_number(offer.manager_id) if offer.manager_id else None,
        "place": offer.place or None,
    }  # fmt: skip
