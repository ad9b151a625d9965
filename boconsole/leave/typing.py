"""What people type of leave: days, months, hours, halves."""

import re
from datetime import date, time

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.leave import quantities
from boconsole.leave.counting import Wish
from boconsole.leave.permitted import today_of
from boconsole.moments import parse_moment
from boconsole.session import Session

MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


def day(session: Session, text: str, field: str = "date") -> date:
    """Return a day: `2026-05-31`, `fri`, `+3d`; today where nothing is typed."""
    if not text.strip():
        return today_of(session)
    found = parse_moment(text, session.now(), session.zone, field=field)
    return found.astimezone(session.zone).date()


def month(session: Session, text: str, field: str = "month") -> date:
    """Return the first day of a month such as `2026-05`; of this one where nothing is typed."""
    if not text.strip():
        return today_of(session).replace(day=1)
    found = MONTH.fullmatch(text.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1900:
        raise InvalidChangeError(
            field, _("{text!r} is not a month such as 2026-05").format(text=text[:20])
        )
    return date(int(found[1]), int(found[2]), 1)


def clock(text: str, field: str) -> time:
    """Return a time such as `08:00`."""
    found = CLOCK.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise InvalidChangeError(
            field, _("{text!r} is not a time such as 08:00").format(text=text[:20])
        )
    return time(int(found[1]), int(found[2]))


def minutes(text: str, field: str = "hours") -> int:
    """Return the minutes of hours such as `2.5`; 0 for nothing."""
    return quantities.parse(text, field=field) * 60 // quantities.ONE if text.strip() else 0


def whole(text: str, field: str) -> int:
    """Return a number without decimals."""
    if not re.fullmatch(r"\d{1,6}", text.strip(), re.ASCII):
        raise InvalidChangeError(field, _("{text!r} is not a number").format(text=text[:20]))
    return int(text)


def wish(
    session: Session, first: str, last: str, hours: str = "", *, from_noon: bool = False,
    to_noon: bool = False,
) -> Wish:  # fmt: skip
    """Return the days of a request; without a last one it is a single day."""
    begin = day(session, first, "first")
    end = day(session, last, "last") if last.strip() else begin
    return Wish(begin, end, from_noon, to_noon, minutes(hours))
