"""What happens to the demo's organisation: mostly one thing at a time, now and then a story.

A story is several tickets in a row that speak of the same thing and are linked: a line that is
down, a wave of phishing, a new colleague, a printer that never works for long.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple

from boconsole.demo.devices import (
    APPLICATIONS,
    BAITS,
    BANDUNG,
    PRODUCTS,
    SERVERS,
    TROUBLED_PRINTER,
    device,
)
from boconsole.demo.organisation import OFFICES, Office, Person
from boconsole.demo.scenarios import INSIDE, OUTSIDE, SCENARIOS, Scenario
from boconsole.demo.world import World

OUTSIDE_SHARE = 0.38
TROUBLED_SHARE = 0.35
"""How many of the printer tickets are about the same printer."""
UNIT = 500
"""Tickets that are planned together; each full unit has every story once."""


class Part(NamedTuple):
    """One ticket to be.

    Attributes:
        words: What is named in its texts, apart from what its story does not care about.
        after: Minutes after the first ticket of its story, at most.
        head: Place in the unit of the first ticket of its story, if that is another one.
        joins: How it belongs to the head: `settled` with it, `merged` into it, or by itself.
        links: From this ticket: place in the unit of the other one, and kind.
        variant: Which of the texts of its scenario, if that matters.
    """

    scenario: Scenario
    requester: Person
    office: Office
    words: Mapping[str, object]
    after: int = 0
    head: int | None = None
    joins: str = ""
    links: tuple[tuple[int, str], ...] = ()
    tags: tuple[str, ...] = ()
    variant: int | None = None


PRINTER_PROBLEM = SCENARIOS["problem"]._replace(
    queue="Field Support", category=SCENARIOS["printer"].category
)
Story = Callable[[World, Random, int], list[Part]]


def plan_unit(world: World, random: Random, size: int) -> list[Part]:
    """Return the tickets of one unit in order."""
    parts: list[Part] = []
    stories = random.sample(STORIES, len(STORIES))
    room = size // (len(stories) + 1)
    for story in stories:
        parts += [single(world, random) for _ in range(int(room * (0.6 + 0.4 * random.random())))]
        told = story(world, random, len(parts))
        if len(parts) + len(told) <= size:
            parts += told
    parts += [single(world, random) for _ in range(size - len(parts))]
    return _with_problem(world, random, parts[:size])


def single(world: World, random: Random) -> Part:
    """Return a ticket that stands alone."""
    if random.random() < OUTSIDE_SHARE:
        person = _one(random, world.outside)
        return _part(random, OUTSIDE[int(random.random() * len(OUTSIDE))], person)
    person = _one(random, world.staff)
    scenario = INSIDE[int(random.random() * len(INSIDE))]
    if scenario.name == "printer" and random.random() < TROUBLED_SHARE:
        return _part(random, scenario, person, BANDUNG, {"device": TROUBLED_PRINTER})
    words: dict[str, object] = {}
    if scenario.name in ("joiner", "leaver"):
        words["person"] = _one(random, world.staff).name
    return _part(random, scenario, person, None, words)


def _part(
    random: Random,
    scenario: Scenario,
    person: Person,
    office: Office | None = None,
    words: Mapping[str, object] | None = None,
) -> Part:
    office = office or person.office
    named = {"device": device(random, scenario.device, person, office), **(words or {})}
    return Part(scenario, person, office, named)


def _one(random: Random, persons: list[Person]) -> Person:
    return persons[int(random.random() * len(persons))]


def _outage(world: World, random: Random, place: int) -> list[Part]:
    """A line is down: one ticket leads, the others hang below it and end with it."""
    office = OFFICES[int(random.random() * len(OFFICES))]
    same = {"device": f"SW-{office.code}-01", "app": _text(random, APPLICATIONS)}
    parts = [
        _part(random, SCENARIOS["outage"], _one(random, world.staff), office, same)
        for _ in range(7)
    ]
    return _led(parts, place, 7, "parent_of", joins="settled")


def _phishing(world: World, random: Random, place: int) -> list[Part]:
    """Many report the same mail; some reports are merged, the others marked as duplicates."""
    same = {"bait": _text(random, BAITS)}
    head, *others = (
        _part(random, SCENARIOS["phishing"], _one(random, world.staff), None, same)
        for _ in range(7)
    )
    parts = [head._replace(tags=("escalated",))]
    for number, part in enumerate(others, 1):
        joins = "merged" if number % 2 else "settled"
        links = () if joins == "merged" else ((place, "duplicate_of"),)
        parts.append(part._replace(after=number, head=place, joins=joins, links=links))
    return parts


def _joiner(world: World, random: Random, place: int) -> list[Part]:
    """A new colleague needs programs, permissions and a telephone."""
    manager, newcomer = _one(random, world.staff), _one(random, world.staff)
    same = {
        "person": newcomer.name, "device": newcomer.laptop, "department": manager.department,
        "city": manager.office.city,
    }  # fmt: skip
    tasks = (("joiner", None), ("install", 2), ("access", 1), ("phone", 2))
    parts = [
        _part(random, SCENARIOS[task], manager, None, same)._replace(
            tags=("onboarding",), variant=variant
        )
        for task, variant in tasks
    ]
    return _led(parts, place, 4, "parent_of")


def _renewal(world: World, random: Random, place: int) -> list[Part]:
    """A licence runs out, and what needs it waits."""
    same = {"product": _text(random, PRODUCTS)}
    parts = [
        _part(random, SCENARIOS[task], _one(random, world.staff), None, same)
        for task in ("licence", "install", "install")
    ]
    return _led(parts, place, 50, "blocks")


def _led(parts: list[Part], place: int, minutes: int, kind: str, *, joins: str = "") -> list[Part]:
    """Hang all parts on the first one, which stands at `place`, some minutes apart."""
    links = tuple((place + number, kind) for number in range(1, len(parts)))
    return [
        parts[0]._replace(links=links),
        *(
            part._replace(after=number * minutes, head=place, joins=joins)
            for number, part in enumerate(parts[1:], 1)
        ),
    ]


def _morning(world: World, random: Random, place: int) -> list[Part]:
    """Customers meet the same error each morning: a problem, and the change that ends it."""
    same = {
        "app": APPLICATIONS[0], "server": _text(random, SERVERS), "code": "HTTP 502",
        "device": SERVERS[0],
    }  # fmt: skip
    failures = [
        _part(random, SCENARIOS["interface"], _one(random, world.outside), None, same)
        for _ in range(4)
    ]
    problem = place + len(failures)
    parts = [
        part._replace(after=number * 9, head=place, links=((problem, "caused_by"),), variant=0)
        for number, part in enumerate(failures)
    ]
    parts[0] = parts[0]._replace(head=None)
    expert = _one(random, world.staff)
    cause = _part(random, SCENARIOS["problem"], expert, None, same)
    cure = _part(random, SCENARIOS["change"], expert, None, same)
    parts.append(cause._replace(after=90, head=place, variant=1))
    parts.append(cure._replace(after=200, head=place, links=((problem, "blocks"),), variant=1))
    return parts


def _complaint(world: World, random: Random, place: int) -> list[Part]:
    """An important customer complains, and asks again by another way."""
    some = random.sample(world.outside, 40)
    person = next((person for person in some if person.vip), some[0])
    first, again = (_part(random, SCENARIOS["billing"], person) for _ in range(2))
    links = ((place, "duplicate_of"),)
    return [
        first._replace(tags=("vip", "escalated")),
        again._replace(after=300, head=place, links=links, tags=("vip",), variant=2),
    ]


def _with_problem(world: World, random: Random, parts: list[Part]) -> list[Part]:
    """Put the problem record of the troubled printer after most of its failures."""
    failures = [
        place for place, part in enumerate(parts) if part.words.get("device") == TROUBLED_PRINTER
    ]
    alone = [
        place
        for place, part in enumerate(parts)
        if failures and place > failures[len(failures) * 2 // 3]
        and part.head is None and not part.links and place not in failures
    ]  # fmt: skip
    if not alone:
        return parts
    problem = alone[0]
    words = {"device": TROUBLED_PRINTER, "n": len(failures)}
    person = _one(random, world.staff)
    parts[problem] = _part(random, PRINTER_PROBLEM, person, BANDUNG, words)._replace(variant=0)
    for place in failures:
        if place < problem:
            links = (*parts[place].links, (problem, "caused_by"))
            parts[place] = parts[place]._replace(links=links)
    return parts


def _text(random: Random, texts: tuple[str, ...]) -> str:
    return texts[int(random.random() * len(texts))]


STORIES: tuple[Story, ...] = (_outage, _phishing, _joiner, _renewal, _morning, _complaint)
