"""Who may see what of whom, decided here for every screen, query, file and command.

Without `staff.read` people see themselves and those below them. A private group needs its own
permission, whoever is above whom; one's own record is open. Each look at another's private
fields is written to the audit trail, which itself never holds a private value.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import NotAllowedError
from boconsole.session import Session
from boconsole.staff import words
from db.fields import number_of
from db.staff import people

READ, EDIT = "staff.read", "staff.edit"


class Scope(NamedTuple):
    """Whom somebody sees.

    Attributes:
        everyone: All of them.
        own: Of the one who looks; 0 where there is no record.
        below: Those who report to that one, at any depth.
    """

    everyone: bool
    own: int
    below: frozenset[int]

    def sees(self, employee_id: int) -> bool:
        """Return whether that person is seen."""
        return self.everyone or employee_id == self.own or employee_id in self.below

    def ids(self) -> list[int] | None:
        """Return who is seen, None for all."""
        return None if self.everyone else sorted({*self.below, *([self.own] if self.own else ())})


def scope(session: Session) -> Scope:
    """Return whom somebody sees today."""
    own = people.find_of_user(session.user.id) if session.user.id else None
    own_id = own.id if own else 0
    if session.may(READ):
        return Scope(True, own_id, frozenset())
    return Scope(False, own_id, _below(session, own_id) if own_id else frozenset())


def _below(session: Session, employee_id: int) -> frozenset[int]:
    today = session.now().astimezone(session.zone).date()
    under: dict[int, list[int]] = {}
    for one, manager in people.managers_at(number_of(today)):
        under.setdefault(manager, []).append(one)
    found: set[int] = set()
    rest = [employee_id]
    while rest:
        fresh = [one for one in under.get(rest.pop(), ()) if one not in found]
        found.update(fresh)
        rest += fresh
    return frozenset(found - {employee_id})


def require_seen(session: Session, employee_id: int, seen: Scope | None = None) -> None:
    """Raise NotAllowedError where somebody does not see a person."""
    if not session.may(READ) and not (seen or scope(session)).sees(employee_id):
        raise NotAllowedError(session.user.login, READ)


def may_see(session: Session, group: str, employee_id: int, seen: Scope | None = None) -> bool:
    """Return whether somebody may see a group of fields of a person."""
    if group and session.may(f"staff.{group}") and session.may(READ):
        return True
    known = seen or scope(session)
    return known.sees(employee_id) if not group else bool(known.own) and employee_id == known.own


def may_see_all(session: Session, group: str) -> bool:
    """Return whether somebody may see a group of fields of everyone."""
    return session.may(READ) and (not group or session.may(f"staff.{group}"))


def require(session: Session, group: str, employee_id: int) -> None:
    """Raise NotAllowedError where somebody may not see a group of fields of a person."""
    if not may_see(session, group, employee_id):
        raise NotAllowedError(session.user.login, f"staff.{group}" if group else READ)


def require_all(session: Session, group: str) -> None:
    """Raise NotAllowedError where somebody may not see a group of fields of everyone."""
    if not may_see_all(session, group):
        raise NotAllowedError(session.user.login, f"staff.{group}" if group else READ)


def require_edit(session: Session, groups: Iterable[str]) -> None:
    """Raise NotAllowedError where somebody may not change fields of these groups."""
    session.require(EDIT)
    for group in groups:
        if group:
            session.require(f"staff.{group}")


def visible_groups(session: Session, employee_id: int) -> tuple[str, ...]:
    """Return the private groups of a person that somebody may see."""
    seen = scope(session)
    return tuple(group for group in words.GROUPS if may_see(session, group, employee_id, seen))


def looked(
    session: Session, groups: Collection[str], employee_ids: Sequence[int], how: str = ""
) -> None:
    """Write down that somebody looks at private fields of others; one's own are left out.

    Args:
        session: Who looks.
        groups: At what; without a private one nothing is written.
        employee_ids: Of whom; many at once are one line that says how many.
        how: The query, file or run that asked.
    """
    private = sorted(group for group in set(groups) if group)
    own = people.find_of_user(session.user.id) if session.user.id else None
    others = [each for each in employee_ids if own is None or each != own.id]
    if not private or not others:
        return
    told: dict[str, tuple[object, object]] = {"looked_at": (None, private)}
    if how:
        told["for"] = (None, how[:200])
    if len(others) > 1:
        told["people"] = (None, len(others))
    record_id = others[0] if len(others) == 1 else 0
    with audit.writing():
        audit.record(session, "staff.look", words.AREA, [audit.Line(record_id, told)])


HIDDEN = "private"


def history(session: Session, employee_id: int) -> list[audit.HistoryEntry]:
    """Return what happened to a person, oldest first; raises NotAllowedError.

    That somebody has an entry on health, or a disciplinary note, tells something of them: kinds
    that may not be seen are one change without a name.
    """
    seen = visible_groups(session, employee_id)
    found = []
    for entry in audit.history(session, words.AREA, employee_id):
        kept = [each for each in entry.changes if _is_named(each.field, seen)]
        if len(kept) < len(entry.changes):
            kept = [each for each in kept if each.field != "facts"]
            kept.append(audit.Change(HIDDEN, None, "…"))
        found.append(entry._replace(changes=tuple(kept)))
    return found


def _is_named(field: str, seen: Collection[str]) -> bool:
    if field in words.FACTS or field in words.PARTS:
        group = words.group_of(field)
    else:
        group = words.DOCUMENTS if field == words.DOCUMENTS else ""
    return not group or group in seen


AGAIN = timedelta(minutes=10)
_asked: dict[tuple[int, int, str, str], datetime] = {}
"""When who asked what at which door; a list on the screen reads itself anew at each change."""


def looked_once(
    session: Session, groups: Collection[str], employee_ids: Sequence[int], how: str, told: str
) -> None:
    """Write down a query that a list repeats by itself, once in a while; as `looked`.

    Args:
        session: Who looks.
        groups: At what.
        employee_ids: Of whom.
        how: The query, which tells repetitions from others.
        told: The query without private values, for the trail.
    """
    key = (session.user.id, session.number, session.origin, how)
    now = session.now()
    before = _asked.get(key)
    if session.origin != "cli" and before is not None and before <= now < before + AGAIN:
        return
    looked(session, groups, employee_ids, told)
    if len(_asked) >= MOST_ASKED:
        _asked.clear()
    _asked[key] = now


MOST_ASKED = 1_000


def seal(fact_id: int, salt: str, values: object) -> str:
    """Return what the audit trail says of a private fact: its id, and a hash only it explains."""
    text = json.dumps([salt, values], ensure_ascii=False, default=str, separators=(",", ":"))
    return f"#{fact_id} {hashlib.sha256(text.encode()).hexdigest()[:24]}"
