"""On which days somebody is not at work, and how much of the day; never why."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boconsole.leave import knowing, words
from boconsole.leave.calendar import each_day
from boconsole.session import Session
from db.leave.rows import RequestRow
from db.staff import people

DAY = 480
WHOLE, HALF = 100, 50


class Absence(NamedTuple):
    """How much of a day somebody is not there, in hundredths.

    Attributes:
        away: Whether it is the person's own absence, and not a holiday of all.
    """

    part: int
    away: bool


def absences(
    session: Session, user_ids: Sequence[int], first: date, last: date
) -> dict[int, dict[date, Absence]]:
    """Return days on which people do not work: approved leave, and holidays of their country.

    What it tells is that somebody is away, so it asks for no permission of leave; its caller asks
    for one of its own.

    Args:
        session: Who reads.
        user_ids: Whose accounts; those without a staff record are left out.
        first: The first day.
        last: The last day.
    """
    accounts = {each.id: each.user_id for each in people.select_of_users(user_ids)}
    known = knowing.load(session, list(accounts), (words.APPROVED,), (first, last))
    found: dict[int, dict[date, Absence]] = {}
    for employee_id, user_id in accounts.items():
        off = known.plan_of(employee_id).off
        days = {day: Absence(WHOLE, away=False) for day in each_day(first, last) if off(day)}
        for request in known.requests.get(employee_id, ()):
            for each in known.count(request):
                if each.quantity and first <= each.day <= last and each.day not in days:
                    days[each.day] = Absence(_part(request, each.day), away=True)
        found[int(user_id or 0)] = days
    return found


def _part(request: RequestRow, day: date) -> int:
    """Return how much of a day a request takes."""
    if request.minutes:
        return min(WHOLE, -(-request.minutes * WHOLE // DAY))
    noon = (day == request.first and request.from_noon) or (day == request.last and request.to_noon)
    return HALF if noon else WHOLE
