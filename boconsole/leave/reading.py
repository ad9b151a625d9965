"""Requests and balances as they are read, each balance explained line by line."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from boconsole.language import _
from boconsole.leave import balances, counting, knowing, permitted, words
from boconsole.leave.balances import Line
from boconsole.leave.counting import Counted
from boconsole.leave.deciding import Ref
from boconsole.leave.granting import leave_year
from boconsole.leave.knowing import Known
from boconsole.leave.permitted import Deciding, today_of
from boconsole.leave.rules import Rule
from boconsole.session import Session
from boconsole.staff import privacy
from boconsole.staff import words as staff_words
from db.leave import types
from db.leave.rows import DayOffRow as DayOffRow
from db.leave.rows import HoursRow as HoursRow
from db.leave.rows import RequestRow
from db.leave.rows import TypeRow as TypeRow

BACK = 400
"""Days that lists of many people go back."""
HIDDEN = "…"
"""Stands for a health note of somebody else."""


class Request(NamedTuple):
    """A request with what it takes.

    Attributes:
        row: As stored; a note that may not be read is `HIDDEN`.
        quantity: In hundredths of `unit`.
        days: One by one.
        state: One of `words.STATES`.
        unit: `days` or `hours`.
        mine: Whether it is of the one who reads.
        decides: Whether the one who reads may decide it.
    """

    row: RequestRow
    quantity: int
    days: tuple[Counted, ...]
    state: str
    unit: str
    mine: bool
    decides: bool

    @property
    def number(self) -> str:
        """`LVE-0001`."""
        return words.number(self.row.id)

    @property
    def ref(self) -> Ref:
        """As it is acted on."""
        return Ref(self.row.id, self.row.version)


class Balance(NamedTuple):
    """What is left of a type.

    Attributes:
        kind: The type.
        rule: That holds on the day.
        left: On the evening of the day, in hundredths.
        planned: Approved and still to come.
        asked: Waiting for a decision.
        taken: Since the leave year began.
        lines: Of the ledger up to the day.
    """

    kind: TypeRow
    rule: Rule
    left: int
    planned: int
    asked: int
    taken: int
    lines: tuple[Line, ...]

    @property
    def free(self) -> int:
        """What is neither taken, planned nor asked for."""
        return self.left - self.planned - self.asked


def of_person(
    session: Session, employee_id: int, states: Sequence[str] = words.STORED
) -> list[Request]:
    """Return the requests of a person, the latest days first."""
    permitted.require_seen(session, employee_id)
    known = knowing.load(session, [employee_id], states)
    return _requests(session, known, known.requests.get(employee_id, []))


def seen(session: Session, states: Sequence[str] = words.STORED, back: int = BACK) -> list[Request]:
    """Return the requests of everybody who is seen, the latest days first.

    Args:
        session: Who reads.
        states: Stored ones.
        back: Days; what ended before is left out.
    """
    ids = permitted.scope(session).ids()
    since = today_of(session) - timedelta(days=back)
    known = knowing.load(session, ids, states, (since, knowing.LAST))
    found = [row for rows in known.requests.values() for row in rows]
    found.sort(key=lambda row: (row.first, row.id), reverse=True)
    return _requests(session, known, found)


def waiting(session: Session) -> list[Request]:
    """Return what the one who acts may decide, the first days first."""
    from boconsole.leave import deciding

    rows = deciding.waiting(session)
    known = knowing.load(session, sorted({row.employee_id for row in rows}), ())
    return _requests(session, known, rows)


def get(session: Session, number: str) -> Request:
    """Return a request by its number; a look at another's health note is written down."""
    from boconsole.leave import asking

    row = asking.again(words.parse_number(number))
    deciding = Deciding(session, today_of(session))
    if not deciding.may(row.employee_id):
        permitted.require_seen(session, row.employee_id)
    known = knowing.load(session, [row.employee_id], words.STANDING)
    if row.state == words.DRAFT:
        permitted.require_own(session, row.employee_id)
    found = _requests(session, known, [row], told=True)[0]
    rule = known.rule_of(row.type_id, row.first)
    if rule and rule.private and row.note and found.row.note != HIDDEN:
        privacy.looked(session, (staff_words.HEALTH,), [row.employee_id], found.number)
    return found


def _requests(
    session: Session, known: Known, rows: Sequence[RequestRow], *, told: bool = False
) -> list[Request]:
    """Return requests; health notes of others are told of a single one, to who may read them."""
    deciding, today = Deciding(session, today_of(session)), today_of(session)
    found = []
    drafts = session.may(permitted.EDIT)
    for stored in rows:
        if stored.state == words.DRAFT and stored.employee_id != deciding.own and not drafts:
            continue  # nobody has been asked yet
        row, rule = stored, known.rule_of(stored.type_id, stored.first)
        others = rule is not None and rule.private and row.employee_id != deciding.own
        if others and not (told and permitted.sees_notes(session, row.employee_id)):
            row = row._replace(note=row.note and HIDDEN, reason=row.reason and HIDDEN)
        days = tuple(known.count(row))
        over = row.state == words.APPROVED and row.last < today
        found.append(Request(
            row, counting.total(days), days, words.TAKEN if over else row.state,
            rule.unit if rule else "days", row.employee_id == deciding.own,
            row.state == words.REQUESTED and deciding.may(row.employee_id),
        ))  # fmt: skip
    return found


def balances_of(session: Session, employee_id: int, on: date | None = None) -> list[Balance]:
    """Return what is left of each type that counts a balance.

    Args:
        session: Who reads.
        employee_id: Of whom.
        on: On the evening of which day; None for today.
    """
    permitted.require_seen(session, employee_id)
    known = knowing.load(session, [employee_id], words.STANDING)
    return known_balances(known, employee_id, on or today_of(session))


def known_balances(known: Known, employee_id: int, day: date) -> list[Balance]:
    """Return what is left of each type, of what was read already."""
    found = []
    for kind in known.types.values():
        rule = known.rule_of(kind.id, day)
        facts = known.facts(employee_id, kind.id, (words.APPROVED,))
        if rule is None or not rule.has_balance or facts is None or kind.closed:
            continue
        lines = tuple(balances.ledger(facts, day))
        ahead = sum(each.quantity for each in facts.takings if each.day > day)
        asked = known.takings(employee_id, kind.id, (words.REQUESTED,))
        start, _end = leave_year(rule, facts.service.joined, day)
        taken = -sum(
            line.change
            for line in lines
            if line.kind in (balances.TAKEN, balances.JOINT) and line.on >= start
        )
        found.append(Balance(
            kind, rule, lines[-1].balance if lines else 0, ahead,
            sum(each.quantity for each in asked), taken, lines,
        ))  # fmt: skip
    return found


def types_of(session: Session) -> list[tuple[TypeRow, Rule | None]]:
    """Return all types with the rule of today."""
    known, today = knowing.load(session, [], ()), today_of(session)
    return [(kind, known.rule_of(kind.id, today)) for kind in known.types.values()]


def rules_of(session: Session, type_id: int) -> list[tuple[date, Rule]]:
    """Return the rules of a type by the day from which each holds."""
    versions = knowing.load(session, [], ()).versions.get(type_id, [])
    return [(version.since, version.rule) for version in versions]


def own_days(first: date, last: date) -> list[DayOffRow]:
    """Return the company's own days between two days."""
    return types.select_days_off(first, last)


def hours() -> list[HoursRow]:
    """Return the clocks of weeks."""
    return types.select_hours()


def explained(line: Line, unit: str = "days") -> str:
    """Return a line of the ledger in words."""
    from boconsole.leave.explaining import sentence

    return sentence(line, unit)


def state_title(state: str) -> str:
    """Return a state for people."""
    return _(words.STATES[state])


def balances_to_decide(session: Session, request: Request) -> list[Balance]:
    """Return what is left of the type that a request takes from, for who may decide it.

    A stand-in sees this much of people whom he does not see otherwise.
    """
    if not Deciding(session, today_of(session)).may(request.row.employee_id):
        permitted.require_seen(session, request.row.employee_id)
    known = knowing.load(session, [request.row.employee_id], words.STANDING)
    found = known_balances(known, request.row.employee_id, today_of(session))
    return [each for each in found if each.kind.id == request.row.type_id]
