"""Whose leave somebody sees, and who decides: by the organisation tree of the day.

Nobody decides about themselves. Above somebody is every manager up to the top; a stand-in of one
of them decides in that one's place on the days of the standing in.
"""

from dataclasses import replace
from datetime import date

from boconsole.errors import NotAllowedError
from boconsole.session import Session
from boconsole.staff import finding, privacy
from boconsole.staff import words as staff_words
from boconsole.staff.privacy import Scope
from db.fields import number_of
from db.leave import requests
from db.staff import people

READ, EDIT, APPROVE, CONFIGURE = "leave.read", "leave.edit", "leave.approve", "leave.configure"


def scope(session: Session) -> Scope:
    """Return whose leave somebody sees: with `leave.read` all, else oneself and those below.

    Who reads the directory of staff does not see by that who is ill.
    """
    plain = replace(session, permissions=session.permissions - {privacy.READ})
    return privacy.scope(plain)._replace(everyone=session.may(READ))


def require_seen(session: Session, employee_id: int) -> None:
    """Raise NotAllowedError where somebody does not see the leave of a person."""
    if not scope(session).sees(employee_id):
        raise NotAllowedError(session.user.login, READ)


def require_own(session: Session, employee_id: int) -> None:
    """Raise NotAllowedError where somebody neither is the person nor enters for others."""
    own = people.find_of_user(session.user.id)
    if own is None or own.id != employee_id:
        session.require(EDIT)


def sees_notes(session: Session, employee_id: int) -> bool:
    """Return whether somebody may read health notes of a person's leave."""
    return privacy.may_see(session, staff_words.HEALTH, employee_id)


class Deciding:
    """Who may decide on a day, read once for many requests.

    Args:
        session: Who would decide.
        day: The day of the decision.
    """

    def __init__(self, session: Session, day: date) -> None:
        own = people.find_of_user(session.user.id)
        self.own = own.id if own else 0
        self.everyone = session.may(APPROVE)
        self._above = dict(people.managers_at(number_of(day)))
        self._for: dict[int, set[int]] = {}
        for row in requests.select_stand_ins(day):
            if row.first <= day:
                self._for.setdefault(row.manager_id, set()).add(row.stand_in_id)

    def above(self, employee_id: int) -> list[int]:
        """Return the managers above a person, the nearest first."""
        found: list[int] = []
        one = self._above.get(employee_id)
        while one is not None and one not in found and one != employee_id:
            found.append(one)
            one = self._above.get(one)
        return found

    def asked(self, employee_id: int) -> list[int]:
        """Return who is told of a request: the nearest manager, and who stands in."""
        nearest = self.above(employee_id)[:1]
        stand_ins = [one for manager in nearest for one in sorted(self._for.get(manager, ()))]
        return [one for one in (*nearest, *stand_ins) if one != employee_id]

    def may(self, employee_id: int) -> bool:
        """Return whether the one who acts may decide about a person."""
        if employee_id == self.own:
            return False
        chain = self.above(employee_id)
        stands_in = any(self.own in self._for.get(manager, ()) for manager in chain)
        return self.everyone or (bool(self.own) and (self.own in chain or stands_in))


def today_of(session: Session) -> date:
    """Return the day it is where the one who acts is."""
    return finding.today_of(session)
