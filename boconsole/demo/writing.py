"""From the made-up tickets of the demo to the rows of the database, a unit at a time."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from boconsole.demo.diary import ID_ROOM, Diary, is_active
from boconsole.demo.drafts import Draft, Drafting
from boconsole.demo.entries import Entry, entries_of
from boconsole.demo.promises import policy_place
from boconsole.demo.stories import UNIT
from boconsole.demo.world import HOUR, Plan, World
from boconsole.sla.targets import History, status

ASSET_FIELD = 1
"""The custom field that names the device."""
ASSETS = ("printer", "laptop", "network", "switch")
WATCHED = 17
"""One in so many tickets is watched by somebody."""
PROMISED = ("joiner", "leaver", "change", "licence")
"""What has to do with a day has a due date."""


class Batch(NamedTuple):
    """Rows of some tickets, in the column order of `db.tickets.bulk`; all are plain tuples."""

    first_at: int
    """When the first ticket was made: everything before may be written to the trail."""
    tickets: list[tuple[object, ...]]
    messages: list[tuple[object, ...]]
    states: list[tuple[int, int, str, int]]
    tags: list[tuple[int, int]]
    watchers: list[tuple[int, int]]
    links: list[tuple[int, int, str]]
    assets: list[tuple[int, int, str]]
    documents: list[tuple[int, str, str]]
    entries: list[Entry]


_world: World | None = None


def take_plan(plan: Plan) -> None:
    """Make the world of this process."""
    global _world  # a worker process has one world
    _world = World(plan)


def units(plan: Plan) -> range:
    """Return the numbers of the units."""
    return range((plan.tickets + UNIT - 1) // UNIT)


def write_unit(number: int) -> Batch:
    """Return the rows of one unit."""
    assert _world is not None
    drafts = Drafting(_world, number).drafts()
    entries = entries_of(drafts)
    tags, workers = _world.tag_ids, _world.workers
    return Batch(
        drafts[0].diary.created_at,
        [_ticket(_world, draft) for draft in drafts],
        [(*note, False) for draft in drafts for note in draft.diary.messages],
        list(_states(drafts)),
        [(draft.diary.id, tags[name]) for draft in drafts for name in draft.tags],
        [
            (draft.diary.id, workers[draft.diary.id % len(workers)].id)
            for draft in drafts
            if draft.diary.id % WATCHED == 0
        ],
        list(_links(drafts)),
        [
            (draft.diary.id, ASSET_FIELD, str(draft.part.words["device"]))
            for draft in drafts
            if draft.part.scenario.device in ASSETS
        ],
        [_document(draft) for draft in drafts],
        entries,
    )


def _ticket(world: World, draft: Draft) -> tuple[object, ...]:
    part, diary, scenario = draft.part, draft.diary, draft.part.scenario
    return (
        diary.id, 1 + len(diary.acts), scenario.kind, diary.state, is_active(diary.state),
        draft.subject, *draft.levels, draft.priority, draft.reason, part.requester.id,
        part.requester.organisation.id, world.queue_ids[scenario.queue],
        diary.assignee.id if diary.assignee else None, world.category_ids[scenario.category],
        diary.created_at, diary.updated_at, diary.resolved_at, diary.closed_at,
        _promised_at(world, draft), diary.wake_at, diary.responded_at, diary.waiting_since,
        diary.resolution, diary.rating, diary.minutes, draft.channel, None, diary.merged_into,
        *_service_levels(world, draft),
    )  # fmt: skip


def _service_levels(world: World, draft: Draft) -> tuple[object, ...]:
    """Return the columns from `policy_id` on, by the same engine that keeps them later."""
    place = policy_place(draft.part.scenario.kind, draft.priority)
    policy_id, policy, calendar = world.policies[place]
    now = datetime.fromtimestamp(world.plan.now, UTC)
    levels = status(policy, calendar, _history(draft.diary), now)
    targets: list[object] = []
    for target in (levels.first_response, levels.next_reply, levels.resolution):
        left = None if target.due else target.left_seconds
        targets += [_seconds(target.due), target.state, left]
    return policy_id, _seconds(levels.due), _seconds(levels.warn), levels.state, *targets


def _promised_at(world: World, draft: Draft) -> int | None:
    if draft.part.scenario.name not in PROMISED:
        return None
    days = 4 + draft.diary.id % 9
    return world.office.move(draft.diary.created_at, days * 8 * HOUR)


def _states(drafts: Sequence[Draft]) -> Iterator[tuple[int, int, str, int]]:
    for draft in drafts:
        first = draft.diary.id * ID_ROOM
        for number, (state, since) in enumerate(draft.diary.states, first):
            yield number, draft.diary.id, state, since


def _links(drafts: Sequence[Draft]) -> Iterator[tuple[int, int, str]]:
    for draft in drafts:
        for other, kind in draft.part.links:
            yield draft.diary.id, drafts[other].diary.id, kind


def _document(draft: Draft) -> tuple[int, str, str]:
    bodies = [str(note.body) for note in draft.diary.messages]
    return draft.diary.id, draft.subject, "\n".join(bodies)


def _history(diary: Diary) -> History:
    return History(
        datetime.fromtimestamp(diary.created_at, UTC),
        [(state, datetime.fromtimestamp(since, UTC)) for state, since in diary.states],
        _moment(diary.responded_at),
        _moment(diary.waiting_since),
    )


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
