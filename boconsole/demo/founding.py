"""Writes what the demo's organisation is before its first ticket: people, queues, rules."""

import json
from datetime import UTC, datetime, timedelta

from boconsole import views
from boconsole.demo import configuration
from boconsole.demo.entries import Entry
from boconsole.demo.organisation import OTHER_ROLES, QUEUES, SINCE
from boconsole.demo.promises import CALENDARS, POLICIES
from boconsole.demo.scenarios import TAGS
from boconsole.demo.world import DAY, HOUR, World
from db import users
from db.tickets import bulk

ZONE = "Asia/Jakarta"


def found(world: World) -> None:
    """Write everything that is there before the first ticket."""
    _write_people(world)
    bulk.insert("queue", [(queue_id, name, True, 1) for name, queue_id in world.queue_ids.items()])
    bulk.insert(
        "queue_member",
        [
            (world.queue_ids[queue], agent.id)
            for agent in world.workers
            for queue in QUEUES
            if queue in agent.queues
        ],
    )
    ids = world.category_ids
    bulk.insert(
        "category",
        [
            (number, ids.get(path.rpartition(" / ")[0]), path.rpartition(" / ")[2], path, 1)
            for path, number in ids.items()
        ],
    )
    bulk.insert("tag", [(world.tag_ids[name], name) for name in TAGS])
    _write_promises()
    _write_rules(world)


def _write_people(world: World) -> None:
    since = SINCE
    accounts = [*world.agents, *world.others]
    bulk.insert(
        "user_account",
        [
            (agent.id, agent.login, agent.name, agent.email, ZONE, "", True, since, 1)
            for agent in accounts
        ],
    )
    roles = [(agent.id, "agent") for agent in world.agents]
    roles += [(agent.id, role) for agent, role in zip(world.others, OTHER_ROLES, strict=True)]
    bulk.insert("user_role", roles)
    if world.opener:
        users.add_role(world.opener.id, "agent")
    bulk.insert("organisation", [(*firm, since + firm.id * DAY, 1) for firm in world.firms])
    bulk.insert(
        "contact",
        [
            (
                person.id, person.name, person.email, person.phone, person.organisation.id,
                person.vip, since + person.id * HOUR, 1,
            )
            for person in world.people
        ],
    )  # fmt: skip


def _write_promises() -> None:
    places = {name: number for number, name in enumerate(CALENDARS, 1)}
    bulk.insert(
        "sla_calendar",
        [(places[name], name, calendar.to_json()) for name, calendar in CALENDARS.items()],
    )
    bulk.insert(
        "sla_policy",
        [
            (number, number - 1, policy.name, policy.match, places[policy.calendar],
             policy.to_json())
            for number, policy in enumerate(POLICIES, 1)
        ],
    )  # fmt: skip


def _write_rules(world: World) -> None:
    bulk.insert(
        "custom_field",
        [
            (number, name, label, "", kind, _json(choices), False, True, 1)
            for number, (name, label, kind, choices) in enumerate(configuration.FIELDS, 1)
        ],
    )
    views.plant()
    bulk.insert(
        "macro",
        [
            (number, name, reply, internal, _json(changes), True, 1)
            for number, (name, reply, internal, changes) in enumerate(configuration.MACROS, 1)
        ],
    )
    bulk.insert(
        "template",
        [
            (number, name, _json(fields), True, 1)
            for number, (name, fields) in enumerate(configuration.TEMPLATES, 1)
        ],
    )
    names = [name for name, _ in configuration.TEMPLATES]
    name, template, every = configuration.RECURRENCE
    month = datetime.fromtimestamp(world.plan.now, UTC).date().replace(day=1) + timedelta(days=32)
    first = month.replace(day=1).isoformat()
    bulk.insert("recurrence", [(1, name, names.index(template) + 1, every, first, True, 1)])
    bulk.insert(
        "assignment_rule",
        [
            (number, world.queue_ids[queue], method, None, True, 1)
            for number, (queue, method) in enumerate(configuration.RULES, 1)
        ],
    )
    bulk.insert(
        "ticket_trigger",
        [
            (number, name, number - 1, event, query, _json(changes), notify, True, 1)
            for number, (name, event, query, changes, notify) in enumerate(
                configuration.TRIGGERS, 1
            )
        ],
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def first_entries(world: World) -> list[Entry]:
    """Return how the accounts came."""
    return [
        (SINCE, 0, "system", "system", "user.add", ((agent.id, 1, _added(agent.login)),))
        for agent in (*world.agents, *world.others)
    ]


def _added(login: str) -> str:
    return json.dumps({"login": [None, login]}, separators=(",", ":"))
