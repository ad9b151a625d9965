"""Which policy a ticket falls under, and what its clocks show.

When what a policy asks for changes (kind, priority, organisation …), it is chosen anew, and
the targets are computed again from the ticket's creation; so it is when a ticket is reopened,
as policies may have been loaded since it ended.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import QuerySyntaxError
from boconsole.session import Session
from boconsole.sla.calendar import Calendar
from boconsole.sla.errors import PolicyError
from boconsole.sla.policies import ENDED, TARGETS, Policy, load_policies
from boconsole.sla.targets import (
    NO_POLICY,
    History,
    SlaStatus,
    TargetStatus,
    clock,
    status,
)
from boconsole.sla.trace import TraceDay, trace
from boconsole.tickets.rows import ServiceLevels, Target
from db import connection
from db.tickets import policies as stored
from db.tickets import records
from db.tickets.records import TicketRecord

MATCHED_ON = frozenset(
    ("kind", "impact", "urgency", "priority", "requester", "organisation", "queue", "category",
     "tags", "subject", "channel")
)  # fmt: skip
"""Changes of these fields may lead to another policy."""
ASKED_FOR = MATCHED_ON - {"tags"} | {"tag", "number", "key", "created"}
"""What queries call them; a policy that asks for more is looked at after every change."""
CHUNK = 500


class Loaded(NamedTuple):
    """What `load` put in place."""

    calendars: int
    policies: int
    tickets: int


class Trace(NamedTuple):
    """Why a target is due when it is: the clock's days."""

    target: str
    policy: str
    calendar: Calendar
    start: datetime
    seconds: int
    due: datetime | None
    days: tuple[TraceDay, ...]


class Promise(NamedTuple):
    """A policy with its calendar."""

    id: int
    policy: Policy
    calendar: Calendar


@lru_cache(maxsize=256)
def _promise(row: stored.PolicyRow) -> Promise:
    return Promise(row.id, Policy.from_json(row.definition), Calendar.from_json(row.calendar))


def promises() -> list[Promise]:
    """Return the policies in their order of precedence."""
    return [_promise(row) for row in stored.select_policies()]


def is_matched_on(changed: Iterable[str]) -> bool:
    """Return whether a change of some fields may lead a ticket to another policy."""
    return any(field in MATCHED_ON or field.startswith("cf.") for field in changed) or any(
        _asks_for_more(promise.policy.match) for promise in promises()
    )


@lru_cache(maxsize=256)
def _asks_for_more(query: str) -> bool:
    from boconsole.tickets.matching import fields_asked

    return not all(
        name in ASKED_FOR or name.startswith(("cf.", "requester.")) for name in fields_asked(query)
    )


def match(session: Session, ids: Sequence[int]) -> dict[int, Promise]:
    """Return the policy of each of some tickets that has one."""
    from boconsole.tickets.matching import matching

    found: dict[int, Promise] = {}
    left = list(ids)
    for promise in promises():
        if not left:
            break
        taken = matching(session, promise.policy.match, left)
        found.update(dict.fromkeys(taken, promise))
        left = [ticket_id for ticket_id in left if ticket_id not in taken]
    return found


def columns(session: Session, record: TicketRecord, promise: Promise | None) -> dict[str, object]:
    """Return the service level columns of a ticket as it is now."""
    levels = _status(session, record, promise)
    return {
        "policy_id": promise.id if promise else None,
        "sla_due_at": levels.due,
        "sla_warn_at": levels.warn,
        "sla_state": levels.state,
        **_target_columns("first_response", levels.first_response),
        **_target_columns("next_reply", levels.next_reply),
        **_target_columns("resolution", levels.resolution),
    }


def _target_columns(name: str, target: TargetStatus) -> dict[str, object]:
    return {
        f"{name}_due_at": target.due,
        f"{name}_state": target.state,
        f"{name}_left": None if target.due else target.left_seconds,
    }


def _status(session: Session, record: TicketRecord, promise: Promise | None) -> SlaStatus:
    if promise is None:
        return NO_POLICY
    return status(promise.policy, promise.calendar, _history(record), session.now())


def _history(record: TicketRecord) -> History:
    return History(
        record.created_at,
        records.select_states([record.id])[record.id],
        record.responded_at,
        record.waiting_since,
    )


def known(record: TicketRecord) -> Promise | None:
    """Return the policy that a ticket is under."""
    if record.policy_id is None:
        return None
    return next((promise for promise in promises() if promise.id == record.policy_id), None)


def recompute(session: Session, ids: Sequence[int]) -> int:
    """Match tickets anew and store what their clocks show, inside the caller's transaction."""
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        found = match(session, part)
        for record in records.select_records(part).values():
            new = columns(session, record, found.get(record.id))
            if any(getattr(record, name) != value for name, value in new.items()):
                records.update_service_levels(record.id, new)
    return len(ids)


def load(session: Session, text: str) -> Loaded:
    """Replace all calendars and policies by those of a file; active tickets are recomputed.

    Raises:
        NotAllowedError, PolicyError: Nothing was changed.
    """
    from boconsole.tickets.matching import check_query

    session.require("sla.configure")
    new = load_policies(text)
    for policy in new.policies:
        try:
            check_query(session, policy.match, rule=True)
        except QuerySyntaxError as error:
            raise PolicyError(f"policy {policy.name!r}, match", str(error)) from error
    with connection.transaction():
        before = [row.name for row in stored.select_policies()]
        stored.replace_all(
            [(name, calendar.to_json()) for name, calendar in new.calendars.items()],
            [(one.name, one.match, one.calendar, one.to_json()) for one in new.policies],
        )
        count = _recompute_active(session)
        after = [policy.name for policy in new.policies]
        audit.record(session, "sla.load", "sla", [audit.Line(0, {"policies": (before, after)})])
    return Loaded(len(new.calendars), len(new.policies), count)


def doubts(session: Session) -> list[tuple[str, str]]:
    """Return policies that name what does not exist yet, each with a sentence that says what."""
    from boconsole.tickets.matching import doubt

    every = [promise.policy for promise in promises()]
    return [(one.name, told) for one in every if (told := doubt(session, one.match))]


def _recompute_active(session: Session) -> int:
    count = last = 0
    while ids := records.select_active_ids(last, CHUNK):
        count += recompute(session, ids)
        last = ids[-1]
    return count


def levels_of(session: Session, record: TicketRecord) -> ServiceLevels:
    """Return the targets of a ticket at this moment; of one that ended, as they were then."""
    promise = known(record)
    name = promise.policy.name if promise else ""
    if record.state in ENDED:
        return ServiceLevels(
            name,
            Target(None, record.first_response_state, record.first_response_left, False),
            Target(None, record.next_reply_state, record.next_reply_left, False),
            Target(None, record.resolution_state, record.resolution_left, False),
        )
    now = session.now()
    levels = _status(session, record, promise)
    first, reply, resolution = (
        Target(one.due, one.state, one.left_seconds, bool(one.warn and one.warn <= now))
        for one in (levels.first_response, levels.next_reply, levels.resolution)
    )
    return ServiceLevels(name, first, reply, resolution)


def explain(session: Session, ticket_id: int) -> list[Trace]:
    """Return, for each target of a ticket, the days that were counted."""
    session.require("ticket.read")
    record = records.select_records([ticket_id]).get(ticket_id)
    promise = known(record) if record else None
    if record is None or promise is None:
        return []
    history = _history(record)
    now = status(promise.policy, promise.calendar, history, session.now())
    dues = dict(zip(TARGETS, (each.due for each in now[:3]), strict=True))
    traces = []
    for target in TARGETS:
        running = clock(promise.policy, history, target)
        if running is not None:
            days = trace(promise.calendar, *running)
            traces.append(
                Trace(target, promise.policy.name, promise.calendar, running.start,
                      running.seconds, dues[target], tuple(days))
            )  # fmt: skip
    return traces
