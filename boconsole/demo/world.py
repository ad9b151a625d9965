"""The whole of the demo before its tickets: people, accounts, calendars, and the run of time.

A world follows from its plan alone, so that every process that has the plan has the same world.
"""

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import NamedTuple

from boconsole.demo.organisation import (
    AGENT_QUEUES,
    OPENER_QUEUES,
    QUEUES,
    Agent,
    Organisation,
    Person,
    agents,
    organisations,
    people,
)
from boconsole.demo.promises import CALENDARS, OFFICE_HOURS, POLICIES
from boconsole.demo.scenarios import CATEGORIES, TAGS
from boconsole.sla.calendar import Calendar
from boconsole.sla.policies import Policy
from boconsole.sla.spans import Timeline

HOUR, DAY = 3_600, 86_400
JAKARTA = 7 * HOUR
"""Seconds ahead of UTC; there are no clock changes."""
BY_HOUR = (1, 1, 1, 1, 1, 2, 8, 30, 80, 100, 95, 80, 40, 75, 85, 70, 45, 18, 8, 5, 4, 3, 2, 1)
"""How many tickets come in each local hour of a working day; a fortieth of it at weekends."""
FEWEST_DAYS, MOST_DAYS = 90, 1_825
TICKETS_A_DAY = 6
BUSY_HOURS, BUSY = 30, 2.5
"""The last hours before the present, and how much more comes in them."""


class Opener(NamedTuple):
    """The account that has the demo made."""

    id: int
    login: str
    name: str
    email: str


class Plan(NamedTuple):
    """All that a demo depends on; `now` in seconds since the epoch."""

    tickets: int
    seed: int
    now: int
    opener: Opener | None
    first_user: int


class World:
    """What tickets refer to."""

    def __init__(self, plan: Plan) -> None:
        random = Random(f"{plan.seed} people")
        self.plan = plan
        self.firms: list[Organisation] = organisations(random, plan.tickets)
        self.people: list[Person] = people(random, plan.tickets, self.firms)
        own = self.firms[0].id
        self.staff = [person for person in self.people if person.organisation.id == own]
        self.outside = self.people[len(self.staff) :]
        accounts = agents(self.staff, plan.first_user, plan.opener.login if plan.opener else "")
        self.agents, self.others = accounts[: len(AGENT_QUEUES)], accounts[len(AGENT_QUEUES) :]
        self.opener = Agent(*plan.opener, OPENER_QUEUES) if plan.opener else None
        self.queue_ids = {name: number for number, name in enumerate(QUEUES, 1)}
        self.category_ids = category_ids()
        self.tag_ids = {name: number for number, name in enumerate(TAGS, 1)}
        self.policies: tuple[tuple[int, Policy, Calendar], ...] = tuple(
            (number, policy, CALENDARS[policy.calendar])
            for number, policy in enumerate(POLICIES, 1)
        )
        self.office: Timeline = CALENDARS[OFFICE_HOURS].timeline

    @property
    def workers(self) -> list[Agent]:
        """Everybody who works on tickets."""
        return [self.opener, *self.agents] if self.opener else self.agents

    @cached_property
    def teams(self) -> dict[str, list[Agent]]:
        """The agents of each queue; whoever opens the demo gets more than a fair share."""
        teams: dict[str, list[Agent]] = {}
        for queue in QUEUES:
            members = [agent for agent in self.workers if queue in agent.queues]
            if self.opener and queue in self.opener.queues and self.plan.tickets < 20_000:
                members += [self.opener] * 2
            teams[queue] = members
        return teams

    def created_at(self, index: int) -> int:
        """Return when the ticket at a place of the whole row comes, 0 being the oldest."""
        hours, before = self._run
        wanted = before[-1] * (index + 0.5) / self.plan.tickets
        place = bisect_right(before, wanted) - 1
        share = (wanted - before[place]) / (before[place + 1] - before[place])
        return hours[place] + int(share * HOUR)

    @cached_property
    def _run(self) -> tuple[list[int], list[float]]:
        """The hours from the first ticket to now, and the load before each and at the end."""
        days = min(max(self.plan.tickets // TICKETS_A_DAY, FEWEST_DAYS), MOST_DAYS)
        end = self.plan.now - 4 * 60
        count = days * 24
        hours = [end - (count - place) * HOUR for place in range(count)]
        loads = [_load(hour) * (1 + place / count) for place, hour in enumerate(hours)]
        loads[-BUSY_HOURS:] = [load * BUSY for load in loads[-BUSY_HOURS:]]
        return hours, list(accumulate(loads, initial=0.0))


def category_ids() -> dict[str, int]:
    """Return the id of each node of the category tree by its path, parents before children."""
    paths: list[str] = []
    for path in CATEGORIES:
        parent = path.partition(" / ")[0]
        if parent not in paths:
            paths.append(parent)
        paths.append(path)
    return {path: number for number, path in enumerate(paths, 1)}


def _load(hour: int) -> float:
    local = hour + JAKARTA
    load = float(BY_HOUR[local // HOUR % 24])
    weekday = (local // DAY + 3) % 7
    return load if weekday < 5 else load / 40
