"""Tickets of the demo whose lives have been made up, before they become rows.

A unit of them depends on the world, the seed and its number only, so that units can be made
in any order and by any process.
"""

from random import Random
from typing import NamedTuple

from boconsole.demo.conversations import Conversation, place, surroundings
from boconsole.demo.diary import Diary, merge
from boconsole.demo.lives import Life
from boconsole.demo.organisation import Agent
from boconsole.demo.stories import UNIT, Part, plan_unit
from boconsole.demo.world import World
from boconsole.tickets.words import priority_of

OVERRIDES = (
    "Customer is a key account", "Management asked for it", "Deadline of the tax office",
    "Diminta direksi",
)  # fmt: skip
OVERRIDE_SHARE = 0.02
CHANNELS = ("mail", "mail", "mail", "mail", "web", "web", "console", "console", "console")


class Draft(NamedTuple):
    """A ticket whose life has been made up, before it becomes rows."""

    part: Part
    diary: Diary
    subject: str
    levels: tuple[int, int]
    priority: int
    reason: str
    channel: str
    taken_by: Agent | None
    """Who wrote it down for the requester."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Which tags it has, sorted; some have none."""
        scenario, number = self.part.scenario, self.diary.id
        tags = {*scenario.tags[: 1 + number % len(scenario.tags)], *self.part.tags}
        if self.part.requester.vip:
            tags.add("vip")
        return tuple(sorted(tags)) if number % 5 else ()


class Drafting:
    """Makes up the tickets of one unit."""

    def __init__(self, world: World, number: int) -> None:
        self._world = world
        self._start = number * UNIT
        self._size = min(UNIT, world.plan.tickets - self._start)
        self._random = Random(f"{world.plan.seed} unit {number}")
        self._span = world.plan.now - world.created_at(0)
        self._drafts: list[Draft] = []

    def drafts(self) -> list[Draft]:
        """Return all of them in order."""
        for index, part in enumerate(plan_unit(self._world, self._random, self._size)):
            self._drafts.append(self._draft(index, part))
        return self._drafts

    def _draft(self, index: int, part: Part) -> Draft:
        random, scenario, person = self._random, part.scenario, part.requester
        created_at = self._created_at(index, part)
        levels = scenario.levels[int(random.random() * len(scenario.levels))]
        priority, reason = priority_of(*levels), ""
        if random.random() < OVERRIDE_SHARE and priority > 2:
            priority, reason = priority - 1, OVERRIDES[int(random.random() * len(OVERRIDES))]
        channel = CHANNELS[int(random.random() * len(CHANNELS))]
        desk = self._world.teams["Service Desk"]
        taken_by = desk[int(random.random() * len(desk))] if channel == "console" else None
        diary = Diary(self._start + index + 1, created_at, person, self._world.plan.now)
        agent = self._agent(part)
        talk = self._conversation(part, agent)
        diary.request(talk.request())
        age = (self._world.plan.now - created_at) / self._span
        life = Life(self._world, random, diary, talk, scenario, priority, age)
        self._live(life, part, diary, agent)
        return Draft(part, diary, talk.subject(), levels, priority, reason, channel, taken_by)

    def _created_at(self, index: int, part: Part) -> int:
        natural = self._world.created_at(self._start + index)
        if part.head is None:
            return natural
        return min(natural, self._drafts[part.head].diary.created_at + part.after * 60)

    def _live(self, life: Life, part: Part, diary: Diary, agent: Agent) -> None:
        """Let a ticket run by itself, or with the first one of its story."""
        head = self._drafts[part.head].diary if part.head is not None else None
        if head and head.assignee and part.joins:
            if part.joins == "merged" and diary.created_at < (head.assigned_at or 0):
                merge(diary, head, head.assigned_at or 0, head.assignee)
                return
            if head.resolved_at:
                life.follow(head.resolved_at, head.assignee)
                return
        life.live(agent)

    def _agent(self, part: Part) -> Agent:
        team = self._world.teams[part.scenario.queue]
        return team[int(self._random.random() * len(team))]

    def _conversation(self, part: Part, agent: Agent) -> Conversation:
        person, random = part.requester, self._random
        language, scenario = person.language, part.scenario
        colleague = self._world.staff[int(random.random() * len(self._world.staff))]
        firms = self._world.firms
        firm = person.organisation
        if firm is firms[0]:
            firm = firms[1 + int(random.random() * (len(firms) - 1))]
        words = surroundings(random, language, scenario.device)
        words.update(
            name=person.name, first=person.name.partition(" ")[0], phone=person.phone,
            login=person.email.partition("@")[0], org=firm.name, person=colleague.name,
            city=part.office.city, department=person.department, agent=agent.name,
            agentfirst=agent.name.partition(" ")[0], queue=scenario.queue,
            place=place(random, language, part.office.city, part.office.floors),
        )  # fmt: skip
        words.update(part.words)
        fault = scenario.kind == "incident" and bool(scenario.device)
        return Conversation(
            random, scenario.name, language, words, fault=fault, variant=part.variant
        )
