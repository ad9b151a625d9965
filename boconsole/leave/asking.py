"""How people ask for leave, change what they asked for, and take it back.

A request is checked with every writer waiting: two of them never use up the same days.
"""

from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.leave import balances, counting, knowing, permitted, quantities, telling, words
from boconsole.leave.calendar import each_day
from boconsole.leave.counting import Counted, Wish
from boconsole.leave.errors import (
    DecidedError,
    LimitError,
    NotEmployedError,
    OverlapError,
    ShortError,
    StartedError,
)
from boconsole.leave.knowing import Known
from boconsole.leave.permitted import Deciding, today_of
from boconsole.leave.rules import Rule
from boconsole.session import Session
from boconsole.text import clean
from db.leave import requests
from db.leave.rows import RequestRow, TypeRow

NOTE_LIMIT = 2_000
NOON = 50


class Preview(NamedTuple):
    """What a request would take.

    Attributes:
        days: Each with what it takes.
        total: In hundredths.
        before: What is left on the last day without it, None for types without a balance.
        after: With it.
        problem: Why it would be refused, "" where it would not.
        unit: `days` or `hours`.
    """

    days: tuple[Counted, ...]
    total: int
    before: int | None
    after: int | None
    problem: str
    unit: str = "days"


def preview(session: Session, employee_id: int, code: str, wish: Wish, without: int = 0) -> Preview:
    """Return what a request would take, and why it would be refused; writes nothing.

    Args:
        session: Who asks.
        employee_id: For whom.
        code: Of the type.
        wish: The days.
        without: A request that this one takes the place of.
    """
    permitted.require_seen(session, employee_id)
    known = knowing.load(session, [employee_id], words.STANDING)
    kind = type_named(known, code)
    rule = _rule(known, kind, wish.first)
    days = tuple(counting.count(rule, known.plan_of(employee_id), wish))
    problem = ""
    try:
        _check(session, known, employee_id, kind, wish, without)
    except (LimitError, NotEmployedError, OverlapError, ShortError) as error:
        problem = str(error)
    facts = known.facts(employee_id, kind.id, words.STANDING, (without,))
    before = after = None
    if facts is not None and rule.has_balance:
        more = tuple(balances.Taking(each.day, each.quantity) for each in days if each.quantity)
        before = balances.balance(facts, wish.last)
        after = balances.balance(facts._replace(takings=(*facts.takings, *more)), wish.last)
    return Preview(days, counting.total(days), before, after, problem, rule.unit)


def request(
    session: Session, employee_id: int, code: str, wish: Wish, note: str = "", *,
    draft: bool = False, replaces: int = 0,
) -> RequestRow:  # fmt: skip
    """Ask for leave, or keep it as a draft.

    Raises:
        LimitError, NotEmployedError, OverlapError, ShortError, SpanError, NoDaysError: Why not.
        NotAllowedError: For somebody else.
    """
    permitted.require_own(session, employee_id)
    note = clean(note, field="note", limit=NOTE_LIMIT).strip()
    with audit.writing():
        known = knowing.load(session, [employee_id], words.STANDING)
        kind = type_named(known, code)
        if kind.closed:
            raise InvalidChangeError("type", _("{title} is closed").format(title=kind.title))
        rule = _rule(known, kind, wish.first)
        counting.count(rule, known.plan_of(employee_id), wish)
        if not draft:
            _check(session, known, employee_id, kind, wish, replaces)
        state = words.DRAFT if draft else words.REQUESTED
        request_id = requests.insert({
            "employee_id": employee_id, "leave_type_id": kind.id, **_columns(wish),
            "state": state, "note": note, "reason": "", "replaces_id": replaces or None,
            "asked_at": int(session.now().timestamp()), "asked_by": session.user.login,
            "decided_by": "",
        })  # fmt: skip
        told = {"type": (None, kind.code), "days": (None, telling.span(wish.first, wish.last)),
                "state": (None, state), "note": (None, note)}  # fmt: skip
        telling.record(session, "leave.request", request_id,
                       {name: both for name, both in told.items() if both[1]}, 1,
                       private=rule.private)  # fmt: skip
        if not draft:
            _tell_deciders(session, again(request_id))
        return again(request_id)


def submit(session: Session, request_id: int, version: int) -> RequestRow:
    """Ask for what was a draft; raises as `request` does."""
    with audit.writing():
        row = _own(session, request_id, version, (words.DRAFT,))
        known = knowing.load(session, [row.employee_id], words.STANDING)
        wish, kind = knowing.wish_of(row), known.types[row.type_id]
        _check(session, known, row.employee_id, kind, wish, row.replaces or 0)
        at = int(session.now().timestamp())
        write(session, row, {"state": words.REQUESTED, "asked_at": at}, "leave.submit")
        _tell_deciders(session, again(request_id))
        return again(request_id)


def change(
    session: Session, request_id: int, version: int, code: str, wish: Wish, note: str
) -> RequestRow:
    """Change a request; of an approved one the change is a request of its own.

    Until that one is decided, what was approved holds.
    """
    with audit.writing():
        changeable = (words.DRAFT, words.REQUESTED, words.APPROVED)
        row = _own(session, request_id, version, changeable)
        if row.state == words.APPROVED:
            return request(session, row.employee_id, code, wish, note, replaces=row.id)
        note = clean(note, field="note", limit=NOTE_LIMIT).strip()
        known = knowing.load(session, [row.employee_id], words.STANDING)
        kind = type_named(known, code)
        rule = _rule(known, kind, wish.first)
        counting.count(rule, known.plan_of(row.employee_id), wish)
        if row.state == words.REQUESTED:
            _check(session, known, row.employee_id, kind, wish, row.id, row.replaces or 0)
        values = {**_columns(wish), "leave_type_id": kind.id, "note": note}
        write(session, row, values, "leave.edit")
        if row.state == words.REQUESTED:
            _tell_deciders(session, again(request_id))
        return again(request_id)


def withdraw(session: Session, request_id: int, version: int, reason: str = "") -> RequestRow:
    """Take back a request, also an approved one as long as it has not begun.

    Raises:
        StartedError: It has begun, and the one who acts is not one who decides.
    """
    with audit.writing():
        row = again(request_id)
        deciding = Deciding(session, today_of(session))
        decides = deciding.may(row.employee_id) and row.state != words.DRAFT
        if not decides:
            permitted.require_own(session, row.employee_id)
        _require_state(row, (words.DRAFT, *words.STANDING))
        _require_version(row, version)
        begun = row.state == words.APPROVED and row.first <= today_of(session)
        if begun and not decides:
            raise StartedError(words.number(row.id))
        reason = clean(reason, field="reason", limit=NOTE_LIMIT).strip()
        write(session, row, {"state": words.WITHDRAWN, "reason": reason}, "leave.withdraw")
        told = _("{number} {name}, {days}: withdrawn").format(
            number=words.number(row.id), name=row.employee, days=telling.span(row.first, row.last)
        )
        if row.state != words.DRAFT:
            telling.tell(session, [row.employee_id, *deciding.asked(row.employee_id)], row.id, told)
        return again(request_id)


def again(request_id: int) -> RequestRow:
    """Return a request as it is now, for rules that do not show it; raises NotFoundError."""
    row = requests.find(request_id)
    if row is None:
        raise NotFoundError(_("request {number}").format(number=words.number(request_id)))
    return row


def type_named(known: Known, code: str) -> TypeRow:
    """Return a type by its code, title or letter; raises NotFoundError."""
    wanted = code.strip().lower()
    for field in ("code", "title", "letter"):
        found = [row for row in known.types.values() if getattr(row, field).lower() == wanted]
        if len(found) == 1:
            return found[0]
    raise NotFoundError(_("leave type {code}").format(code=code[:40]))


def check_again(session: Session, row: RequestRow) -> None:
    """Raise the reason why a request that waits again cannot be."""
    known = knowing.load(session, [row.employee_id], words.STANDING)
    kind = type_named(known, row.code)
    wish = knowing.wish_of(row)
    _check(session, known, row.employee_id, kind, wish, row.id, row.replaces or 0)


def write(
    session: Session, row: RequestRow, values: dict[str, object], action: str,
    operation: int = 0, *, undoes: int = 0,
) -> int:  # fmt: skip
    """Change a request with its line of the trail, inside the caller's transaction."""
    if not requests.update(row.id, row.version, values):
        raise StaleRecordError(words.number(row.id), row.id, row.version)
    known = knowing.load(session, [row.employee_id], ())
    now = again(row.id)
    rules = [known.rule_of(one.type_id, one.first) for one in (row, now)]
    pairs = {
        "type": (row.code, now.code), "days": (telling.span(row.first, row.last),
                                               telling.span(now.first, now.last)),
        "state": (row.state, now.state), "note": (row.note, now.note),
        "reason": (row.reason, now.reason),
    }  # fmt: skip
    told = {name: both for name, both in pairs.items() if both[0] != both[1]}
    return telling.record(
        session, action, row.id, told, now.version, operation=operation, undoes=undoes,
        private=any(rule is not None and rule.private for rule in rules),
    )  # fmt: skip


def _columns(wish: Wish) -> dict[str, object]:
    from db.fields import number_of

    return {
        "first": number_of(wish.first), "last": number_of(wish.last),
        "from_noon": wish.from_noon, "to_noon": wish.to_noon, "minutes": wish.minutes,
    }  # fmt: skip


def _rule(known: Known, kind: TypeRow, day: date) -> Rule:
    rule = known.rule_of(kind.id, day)
    if rule is None:
        raise LimitError(_("{title} has no rule yet on {day}.").format(title=kind.title, day=day))
    return rule


def _check(
    session: Session, known: Known, employee_id: int, kind: TypeRow, wish: Wish, *without: int
) -> None:
    """Raise the reason why a request cannot be."""
    rule = _rule(known, kind, wish.first)
    for day in (wish.first, wish.last):
        if not known.is_employed(employee_id, day):
            raise NotEmployedError(day)
    days = counting.count(rule, known.plan_of(employee_id), wish)
    total = counting.total(days)
    if rule.longest and total > rule.longest:
        raise LimitError(
            _("{title} is {most} at the most; this is {total}.").format(
                title=kind.title, most=quantities.shown(rule.longest),
                total=quantities.shown(total),
            )
        )  # fmt: skip
    if rule.notice and not session.may(permitted.EDIT):
        ahead = (wish.first - today_of(session)).days
        if ahead < rule.notice:
            raise LimitError(
                _("{title} is asked for {n} days ahead; ask HR for shorter notice.").format(
                    title=kind.title, n=rule.notice)
            )  # fmt: skip
    _check_overlap(known, employee_id, wish, without)
    facts = known.facts(employee_id, kind.id, words.STANDING, without)
    if short := knowing.shortage(facts, days):
        raise ShortError(kind.title, short[0], quantities.shown(short[1]))


def _check_overlap(known: Known, employee_id: int, wish: Wish, without: tuple[int, ...]) -> None:
    mine = _halves(wish)
    for other in known.requests.get(employee_id, ()):
        if other.id not in without and mine & _halves(knowing.wish_of(other)):
            raise OverlapError(words.number(other.id), other.first, other.last)


def _halves(wish: Wish) -> set[tuple[date, int]]:
    """Return the halves of days of a request; hours take the whole day for themselves."""
    found = {(day, half) for day in each_day(wish.first, wish.last) for half in (0, 1)}
    if wish.from_noon:
        found.discard((wish.first, 0))
    if wish.to_noon:
        found.discard((wish.last, 1))
    return found


def _own(session: Session, request_id: int, version: int, states: tuple[str, ...]) -> RequestRow:
    row = again(request_id)
    permitted.require_own(session, row.employee_id)
    _require_state(row, states)
    _require_version(row, version)
    return row


def _require_state(row: RequestRow, states: tuple[str, ...]) -> None:
    if row.state not in states:
        raise DecidedError(words.number(row.id), _(words.STATES[row.state]))


def _require_version(row: RequestRow, version: int) -> None:
    if row.version != version:
        raise StaleRecordError(words.number(row.id), row.id, row.version)


def _tell_deciders(session: Session, row: RequestRow) -> None:
    deciding = Deciding(session, today_of(session))
    told = _("{number} {name}, {days}: asks for leave").format(
        number=words.number(row.id), name=row.employee, days=telling.span(row.first, row.last)
    )
    telling.tell(session, deciding.asked(row.employee_id), row.id, told)
