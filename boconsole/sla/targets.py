"""Where a ticket stands against the targets of its policy.

Everything follows from the history: what was used under an earlier policy or priority is
counted anew from the start, and past pauses are kept. Time in an ended state is a pause, so
that a reopened ticket goes on with what was left.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from boconsole.sla.calendar import Calendar
from boconsole.sla.clock import Pause, due, elapsed
from boconsole.sla.policies import (
    ENDED,
    FIRST_RESPONSE,
    NEXT_REPLY,
    RESOLUTION,
    Policy,
)

NONE, RUNNING, PAUSED, MET, BREACHED = "none", "running", "paused", "met", "breached"
_WORST_FIRST = (BREACHED, RUNNING, PAUSED, MET, NONE)


class History(NamedTuple):
    """What the targets of one ticket depend on.

    Attributes:
        created_at: When the ticket came.
        states: Each state and since when, oldest first; the first holds from the creation.
        responded_at: First public reply by an agent.
        waiting_since: Oldest requester message without an answer.
    """

    created_at: datetime
    states: Sequence[tuple[str, datetime]] = ()
    responded_at: datetime | None = None
    waiting_since: datetime | None = None

    @property
    def state(self) -> str:
        """The state now."""
        return self.states[-1][0] if self.states else "open"


class Clock(NamedTuple):
    """What runs for one target: the arguments of `clock.due` and `trace.trace`."""

    start: datetime
    seconds: int
    pauses: tuple[Pause, ...]


class TargetStatus(NamedTuple):
    """Where one target stands.

    Attributes:
        due: When it runs out; None unless its clock runs.
        warn: When it starts to warn; None unless its clock runs.
        state: `none`, `running`, `paused`, `met` or `breached`. Once its time has run out it is
            breached, also while its clock stands and when it was answered late.
        left_seconds: Business seconds left, negative when breached; None without a target.
    """

    due: datetime | None
    warn: datetime | None
    state: str
    left_seconds: int | None


class SlaStatus(NamedTuple):
    """Where the three targets of a ticket stand.

    Attributes:
        due: The earliest due time of a running clock.
        warn: When the target with that due time starts to warn.
        state: The worst of the three: breached, running, paused, met, none.
    """

    first_response: TargetStatus
    next_reply: TargetStatus
    resolution: TargetStatus
    due: datetime | None
    warn: datetime | None
    state: str


NO_TARGET = TargetStatus(None, None, NONE, None)
NO_POLICY = SlaStatus(NO_TARGET, NO_TARGET, NO_TARGET, None, None, NONE)


def status(policy: Policy, calendar: Calendar, history: History, now: datetime) -> SlaStatus:
    """Return where a ticket stands.

    The first response runs from creation to the first public reply. The next reply runs, after
    the first response, while a message of the requester waits, and is `none` otherwise. The
    resolution runs from creation to resolved or closed.

    A ticket that ended without an answer keeps a breach that came before its end; a target that
    had time left is then `none`. In a merged ticket whatever was still to be done is `none`: the
    promise lives on in the ticket it was merged into.
    """
    if history.states:  # another machine's clock may be ahead of this one
        now = max(now, history.states[-1][1])
    three = (
        _first_response(policy, calendar, history, now),
        _unanswered(policy, calendar, history, NEXT_REPLY, now),
        _resolution(policy, calendar, history, now),
    )
    due_at, warn_at = min(
        ((each.due, each.warn) for each in three if each.due), default=(None, None)
    )
    worst = min((each.state for each in three), key=_WORST_FIRST.index)
    return SlaStatus(*three, due_at, warn_at, worst)


def clock(policy: Policy, history: History, target: str) -> Clock | None:
    """Return what runs for a target, or None when nothing does or did."""
    seconds = policy.seconds(target)
    start: datetime | None = history.created_at
    if target == NEXT_REPLY:
        start = history.waiting_since if history.responded_at else None
    if not seconds or start is None:
        return None
    return Clock(start, seconds, pauses(history, policy.stopping(target)))


def pauses(history: History, stopping: frozenset[str]) -> tuple[Pause, ...]:
    """Return the intervals that a ticket spent in some states; the last may have no end."""
    until: list[datetime | None] = [since for _, since in history.states[1:]]
    until.append(None)
    return tuple(
        (since if number else min(since, history.created_at), until[number])
        for number, (state, since) in enumerate(history.states)
        if state in stopping
    )


def longest_exchange(
    policy: Policy,
    calendar: Calendar,
    history: History,
    exchanges: Sequence[tuple[datetime, datetime]],
) -> int | None:
    """Return the business seconds that the slowest of some replies took, or None without any.

    Args:
        policy: Whose pauses count.
        calendar: Whose seconds count.
        history: When the clock stood.
        exchanges: When the requester wrote and when an agent answered.
    """
    stood = pauses(history, policy.stopping(NEXT_REPLY))
    used = (elapsed(calendar, asked, answered, stood) for asked, answered in exchanges)
    return max(used, default=None)


def _first_response(
    policy: Policy, calendar: Calendar, history: History, now: datetime
) -> TargetStatus:
    if history.responded_at is None:
        return _unanswered(policy, calendar, history, FIRST_RESPONSE, now)
    running = clock(policy, history, FIRST_RESPONSE)
    return _finished(calendar, running, history.responded_at) if running else NO_TARGET


def _resolution(
    policy: Policy, calendar: Calendar, history: History, now: datetime
) -> TargetStatus:
    running = clock(policy, history, RESOLUTION)
    if running is None or history.state == "merged":
        return NO_TARGET
    if history.state in ENDED:
        return _finished(calendar, running, now)
    return _unfinished(policy, calendar, history, RESOLUTION, running, now)


def _unanswered(
    policy: Policy, calendar: Calendar, history: History, target: str, now: datetime
) -> TargetStatus:
    running = clock(policy, history, target)
    if running is None or history.state == "merged":
        return NO_TARGET
    if history.state in ENDED:
        end = _finished(calendar, running, now)
        return end if end.state == BREACHED else NO_TARGET
    return _unfinished(policy, calendar, history, target, running, now)


def _finished(calendar: Calendar, running: Clock, end: datetime) -> TargetStatus:
    left = running.seconds - elapsed(calendar, running.start, end, running.pauses)
    return TargetStatus(None, None, MET if left >= 0 else BREACHED, left)


def _unfinished(
    policy: Policy,
    calendar: Calendar,
    history: History,
    target: str,
    running: Clock,
    now: datetime,
) -> TargetStatus:
    start, seconds, stood = running
    left = seconds - elapsed(calendar, start, now, stood)
    if history.state in policy.stopping(target):
        return TargetStatus(None, None, PAUSED if left >= 0 else BREACHED, left)
    return TargetStatus(
        due(calendar, start, seconds, stood),
        due(calendar, start, round(seconds * policy.warn_at), stood),
        RUNNING if left >= 0 else BREACHED,
        left,
    )
