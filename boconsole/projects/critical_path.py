"""The critical path method, as pure functions over working days counted from 0.

A finish is the instant at which the last day ends, so that what follows starts with the same
number. Links are finish-to-start, start-to-start, finish-to-finish or start-to-finish, each with
a lag of days, below 0 for a lead.

Source: PMI, Practice Standard for Scheduling; Kelley and Walker, Critical-Path Planning and
Scheduling, 1959.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from boconsole.projects.errors import CycleError

FS, SS, FF, SF = "FS", "SS", "FF", "SF"
KINDS = (FS, SS, FF, SF)


class Activity(NamedTuple):
    """A piece of work.

    Attributes:
        id: What tells it apart.
        days: Working days that it takes; 0 for a milestone.
        earliest: It does not start before.
    """

    id: int
    days: int
    earliest: int = 0


class Link(NamedTuple):
    """What one activity asks of another: `after` waits for `before`."""

    before: int
    after: int
    kind: str = FS
    lag: int = 0


class Times(NamedTuple):
    """When an activity can be done.

    Attributes:
        total_slack: By how many days it may be late without moving the end of all.
        free_slack: By how many without moving what follows it.
    """

    early_start: int
    early_finish: int
    late_start: int
    late_finish: int
    total_slack: int
    free_slack: int

    @property
    def critical(self) -> bool:
        """Whether it may not be late by a day."""
        return self.total_slack <= 0


def schedule(
    activities: Iterable[Activity], links: Iterable[Link], end: int | None = None
) -> dict[int, Times]:
    """Return when each activity can be done.

    Args:
        activities: All of them.
        links: Between them; those that lead elsewhere count for nothing.
        end: By when all is to be done; by default as early as it can be.

    Raises:
        CycleError: Activities wait for one another.
    """
    work = {each.id: each for each in activities}
    links = [link for link in links if link.before in work and link.after in work]
    order = ordered(work, links)
    into, out = _by_end(links)
    starts = _forward(work, order, into)
    last = max((starts[id_] + work[id_].days for id_ in order), default=0)
    late = _backward(work, order, out, last if end is None else end)
    found = {}
    for id_ in order:
        start, days = starts[id_], work[id_].days
        free = min((_room(link, work, starts) for link in out[id_]), default=None)
        ending = last - start - days
        free = ending if free is None else min(free, ending)
        found[id_] = Times(start, start + days, late[id_], late[id_] + days,
                           late[id_] - start, free)  # fmt: skip
    return found


def _forward(
    work: Mapping[int, Activity], order: Sequence[int], into: Mapping[int, list[Link]]
) -> dict[int, int]:
    """Return the earliest start of each."""
    starts: dict[int, int] = {}
    for id_ in order:
        waits = (_earliest(link, work, starts) for link in into[id_])
        starts[id_] = max(0, work[id_].earliest, *waits)
    return starts


def _earliest(link: Link, work: Mapping[int, Activity], starts: Mapping[int, int]) -> int:
    """Return how early a link lets the second activity start."""
    start, own = starts[link.before], work[link.after].days
    finish = start + work[link.before].days
    return link.lag + {FS: finish, SS: start, FF: finish - own, SF: start - own}[link.kind]


def _room(link: Link, work: Mapping[int, Activity], starts: Mapping[int, int]) -> int:
    """Return by how much the first activity may move without moving the second."""
    return starts[link.after] - _earliest(link, work, starts)


def _backward(
    work: Mapping[int, Activity], order: Sequence[int], out: Mapping[int, list[Link]], end: int
) -> dict[int, int]:
    """Return the latest start of each."""
    late: dict[int, int] = {}
    for id_ in reversed(order):
        own = work[id_].days
        found = [end - own]
        for link in out[id_]:
            start = late[link.after]
            finish = start + work[link.after].days
            found.append(
                {FS: start - own, SS: start, FF: finish - own, SF: finish}[link.kind] - link.lag
            )
        late[id_] = min(found)
    return late


def _by_end(links: Iterable[Link]) -> tuple[Mapping[int, list[Link]], Mapping[int, list[Link]]]:
    into: dict[int, list[Link]] = defaultdict(list)
    out: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        into[link.after].append(link)
        out[link.before].append(link)
    return into, out


def ordered(ids: Iterable[int], links: Iterable[Link]) -> list[int]:
    """Return ids so that each stands behind what it waits for; raises CycleError."""
    waiting = dict.fromkeys(ids, 0)
    follow: dict[int, list[int]] = defaultdict(list)
    for link in links:
        waiting[link.after] += 1
        follow[link.before].append(link.after)
    ready = [id_ for id_, count in waiting.items() if not count]
    for id_ in ready:  # grows while it is read
        for after in follow[id_]:
            waiting[after] -= 1
            if not waiting[after]:
                ready.append(after)
    if len(ready) < len(waiting):
        stuck = set(waiting) - set(ready)
        raise CycleError(_cycle(stuck, follow))
    return ready


def way(links: Iterable[Link], first: int, last: int) -> list[int]:
    """Return the ids on a way from one activity to another along links, or nothing."""
    follow: dict[int, list[int]] = defaultdict(list)
    for link in links:
        follow[link.before].append(link.after)
    came: dict[int, int] = {first: first}
    waiting = [first]
    for id_ in waiting:  # grows while it is read
        if id_ == last:
            break
        for after in follow[id_]:
            if after not in came:
                came[after] = id_
                waiting.append(after)
    if last not in came:
        return []
    found = [last]
    while found[-1] != first:
        found.append(came[found[-1]])
    return found[::-1]


def _cycle(stuck: set[int], follow: Mapping[int, list[int]]) -> list[int]:
    """Return the ids of a circle among activities of which none can be first."""
    before = {after: id_ for id_ in sorted(stuck) for after in follow[id_] if after in stuck}
    seen: list[int] = []
    here = min(before)
    while here not in seen:
        seen.append(here)
        here = before[here]
    circle = seen[seen.index(here) :][::-1]
    start = circle.index(min(circle))
    return [*circle[start:], *circle[:start], circle[start]]
