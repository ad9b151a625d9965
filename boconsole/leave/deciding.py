"""Approving and rejecting leave: by a manager above, a stand-in, or HR; never by oneself."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.leave import asking, knowing, permitted, quantities, telling, words
from boconsole.leave.errors import (
    DecidedError,
    NotDeciderError,
    NotEmployedError,
    ShortError,
)
from boconsole.leave.permitted import Deciding, today_of
from boconsole.session import Session
from boconsole.staff import finding
from boconsole.text import required_line
from db.leave import requests
from db.leave.rows import RequestRow, StandInRow


class Ref(NamedTuple):
    """A request as it was seen."""

    id: int
    version: int


def approve(session: Session, refs: Sequence[Ref]) -> list[RequestRow]:
    """Approve requests as they were seen: all of them, or none.

    Raises:
        NotDeciderError: One is of somebody whom the one who acts does not decide about.
        ShortError: The balance does not cover one of them any more.
        NotEmployedError: The person has left by then.
        DecidedError, StaleRecordError: One changed in the meantime.
    """
    with audit.writing():
        operation = 0
        for row in _rows(session, refs):
            _check_balance(session, row)
            operation = asking.write(
                session, row, _decided(session, words.APPROVED), "leave.approve", operation
            )
            if row.replaces:
                old = asking.again(row.replaces)
                if old.state == words.APPROVED:
                    asking.write(
                        session, old, {"state": words.REPLACED}, "leave.replace", operation
                    )
            _tell(session, row, _("{number}, {days}: approved by {login}"))
        return [asking.again(ref.id) for ref in refs]


def reject(session: Session, refs: Sequence[Ref], reason: str) -> list[RequestRow]:
    """Reject requests, with the reason that the people read."""
    reason = required_line(reason, field="reason")
    with audit.writing():
        operation = 0
        for row in _rows(session, refs):
            values = {**_decided(session, words.REJECTED), "reason": reason}
            operation = asking.write(session, row, values, "leave.reject", operation)
            _tell(session, row, _("{number}, {days}: rejected by {login}"))
        return [asking.again(ref.id) for ref in refs]


def waiting(session: Session) -> list[RequestRow]:
    """Return the requests that the one who acts may decide, the first days first."""
    deciding = Deciding(session, today_of(session))
    found = requests.select_of(None, (words.REQUESTED,))
    return [row for row in reversed(found) if deciding.may(row.employee_id)]


def stand_in(session: Session, manager_id: int, stand_in_id: int, first: date, last: date) -> int:
    """Let somebody decide in the place of a manager from one day to another.

    Raises:
        NotAllowedError: The manager is neither oneself nor somebody HR enters for.
        InvalidChangeError: The days cannot be, or both are the same person.
    """
    permitted.require_own(session, manager_id)
    if last < first:
        raise InvalidChangeError("last", _("cannot come before {day}").format(day=first))
    if manager_id == stand_in_id:
        raise InvalidChangeError("stand_in", _("nobody stands in for themselves"))
    with audit.writing():
        finding.again(stand_in_id)
        row_id = requests.insert_stand_in(manager_id, stand_in_id, first, last)
        told: dict[str, tuple[object, object]] = {
            "stand_in": (None, finding.again(stand_in_id).number),
            "days": (None, telling.span(first, last)),
        }
        audit.record(session, "leave.stand_in", "staff", [audit.Line(manager_id, told)])
    return row_id


def end_stand_in(session: Session, row_id: int) -> None:
    """End a standing in; raises NotFoundError."""
    with audit.writing():
        row = next(
            (each for each in requests.select_stand_ins(date.min) if each.id == row_id), None
        )
        if row is None:
            raise NotFoundError(_("stand-in {number}").format(number=row_id))
        permitted.require_own(session, row.manager_id)
        requests.delete_stand_in(row_id)
        told: dict[str, tuple[object, object]] = {"stand_in": (row.stand_in, None)}
        audit.record(session, "leave.stand_in", "staff", [audit.Line(row.manager_id, told)])


def stand_ins(session: Session) -> list[StandInRow]:
    """Return who stands in for whom today or later, as far as seen."""
    seen = permitted.scope(session)
    return [
        row
        for row in requests.select_stand_ins(today_of(session))
        if seen.sees(row.manager_id) or seen.sees(row.stand_in_id)
    ]


def _rows(session: Session, refs: Sequence[Ref]) -> list[RequestRow]:
    deciding = Deciding(session, today_of(session))
    found = []
    for ref in refs:
        row = asking.again(ref.id)
        if not deciding.may(row.employee_id):
            raise NotDeciderError(words.number(row.id))
        if row.state != words.REQUESTED:
            raise DecidedError(words.number(row.id), _(words.STATES[row.state]))
        if row.version != ref.version:
            raise StaleRecordError(words.number(row.id), row.id, row.version)
        found.append(row)
    return found


def _check_balance(session: Session, row: RequestRow) -> None:
    """Raise where what is approved already leaves too little for this one, or nobody is there."""
    known = knowing.load(session, [row.employee_id], (words.APPROVED,))
    for day in (row.first, row.last):
        if not known.is_employed(row.employee_id, day):
            raise NotEmployedError(day)
    without = (row.replaces,) if row.replaces else ()
    facts = known.facts(row.employee_id, row.type_id, (words.APPROVED,), without)
    if short := knowing.shortage(facts, known.count(row)):
        raise ShortError(row.title, short[0], quantities.shown(short[1]))


def _decided(session: Session, state: str) -> dict[str, object]:
    return {
        "state": state, "decided_at": int(session.now().timestamp()),
        "decided_by": session.user.login,
    }  # fmt: skip


def _tell(session: Session, row: RequestRow, sentence: str) -> None:
    days = telling.span(row.first, row.last)
    told = sentence.format(number=words.number(row.id), days=days, login=session.user.login)
    telling.tell(session, [row.employee_id], row.id, told)
