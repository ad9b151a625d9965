"""Seats that are given and taken back.

A seat is with one person or asset at a time: the count of the licence, the seat's own row and
two unique indexes say so, and every writer waits for the one before.
"""

from boconsole import audit
from boconsole.holders import Holder
from boconsole.language import _
from boconsole.licences import reading, words
from boconsole.licences.errors import (
    LicenceStateError,
    NoFreeSeatError,
    NoSeatError,
    SeatTakenError,
)
from boconsole.licences.reading import Licence
from boconsole.session import Session
from boconsole.text import clean_line
from db.licences import seats as stored
from db.licences.rows import SeatRow


def assign(session: Session, licence_id: int, holder: Holder, note: str = "") -> SeatRow:
    """Give the first free seat of a licence to a person or an asset.

    Raises:
        LicenceStateError: It ended or is retired.
        SeatTakenError: They have one already.
        NoFreeSeatError: None is free.
    """
    session.require("licence.assign")
    note = clean_line(note, field="note")
    with audit.writing():
        licence = reading.again(session, licence_id)
        _require_in_force(licence)
        has = stored.find_open(licence_id, holder.contact_id, holder.asset_id)
        if has is not None:
            raise SeatTakenError(licence.number, holder.told, has.number)
        return give(session, licence, holder, note)


def give(session: Session, licence: Licence, holder: Holder, note: str = "") -> SeatRow:
    """Give a seat inside the caller's transaction; raises NoFreeSeatError."""
    if not stored.take_seat(licence.row.id):
        raise NoFreeSeatError(licence.number, licence.row.product)
    taken = stored.taken_numbers(licence.row.id)
    number = next(each for each in range(1, licence.row.seats + 1) if each not in taken)
    seat_id = stored.insert_seat(
        licence.row.id, number, holder.contact_id, holder.asset_id, session.now(),
        session.user.login, note,
    )  # fmt: skip
    _record(session, "licence.assign", licence, {f"seat {number}": ("", holder.told)})
    found = stored.find_seat(seat_id)
    if found is None:
        raise NoSeatError(licence.number, holder.told)
    return found


def release(session: Session, seat: SeatRow) -> Licence:
    """Take a seat back; one that cannot be given again is spent.

    Raises:
        NoSeatError: It is back already.
    """
    session.require("licence.assign")
    with audit.writing():
        licence = reading.again(session, seat.licence_id)
        told = f"{seat.contact} <{seat.email}>" if seat.contact_id else f"{seat.tag} {seat.asset}"
        spent = not licence.row.reassignable
        if not stored.close_seat(seat.id, session.now(), session.user.login, spent):
            raise NoSeatError(licence.number, told)
        stored.free_seat(licence.row.id, spent)
        _record(session, "licence.release", licence, {f"seat {seat.number}": (told, "")})
        return reading.again(session, seat.licence_id)


def release_of(session: Session, licence_id: int, holder: Holder) -> SeatRow:
    """Take back the seat that a person or an asset has; raises NoSeatError."""
    session.require("licence.assign")
    with audit.writing():
        licence = reading.again(session, licence_id)
        seat = stored.find_open(licence_id, holder.contact_id, holder.asset_id)
        if seat is None:
            raise NoSeatError(licence.number, holder.told)
        release(session, seat)
        return seat


def release_all_of(session: Session, holder: Holder) -> list[SeatRow]:
    """Take back every seat that a person or an asset has, as when somebody leaves."""
    session.require("licence.assign")
    with audit.writing():
        if holder.contact_id is not None:
            found = stored.select_of_contact(holder.contact_id)
        else:
            found = stored.select_of_asset(holder.asset_id or 0)
        for seat in found:
            release(session, seat)
        return found


def _require_in_force(licence: Licence) -> None:
    if licence.state in (words.ENDED, words.RETIRED):
        title = _(words.STATE_TITLES[licence.state])
        ended = licence.row.ends_on if licence.state == words.ENDED else None
        raise LicenceStateError(licence.number, title, ended)


def _record(
    session: Session, action: str, licence: Licence, changes: dict[str, tuple[object, object]]
) -> None:
    line = audit.Line(licence.row.id, changes, licence.row.version)
    audit.record(session, action, "licence", [line])
