"""When licences and their maintenance end."""

from collections.abc import Iterator
from datetime import date

from boconsole.ending import Ending
from boconsole.language import _
from boconsole.licences import reading
from boconsole.session import Session


def endings(session: Session, first: date, last: date) -> list[Ending]:
    """Return the ends of licences that are not retired, and of their maintenance."""
    return list(_found(session, first, last)) if session.may("licence.read") else []


def _found(session: Session, first: date, last: date) -> Iterator[Ending]:
    for one in reading.licences(session):
        row = one.row
        if row.retired:
            continue
        seats = _("{used} of {seats} seats used").format(used=row.used, seats=row.seats)
        for what, day in (("licence", row.ends_on), ("maintenance", row.maintained_until)):
            if day is not None and first <= day <= last:
                yield Ending(day, what, one.number, row.product, seats, "assets")
