"""The tree of a project's tasks, as pure functions: order, depth, and what holders add up to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from boconsole.projects.words import DAY, DOING, DONE, DROPPED, TODO, WAITING
from db.projects.rows import TaskRow


class Node(NamedTuple):
    """A task in its tree; `last` tells for each level whether nothing follows on it."""

    task: TaskRow
    depth: int
    last: tuple[bool, ...]


def walk(tasks: Iterable[TaskRow]) -> list[Node]:
    """Return tasks in the order of the tree, each behind the one that holds it."""
    return list(_below(_by_parent(tasks), None, ()))


def _by_parent(tasks: Iterable[TaskRow]) -> dict[int | None, list[TaskRow]]:
    tasks = list(tasks)
    known = {task.id for task in tasks}
    found: dict[int | None, list[TaskRow]] = defaultdict(list)
    for task in sorted(tasks, key=lambda task: (task.place, task.id)):
        found[task.parent_id if task.parent_id in known else None].append(task)
    return found


def _below(
    held: dict[int | None, list[TaskRow]], parent: int | None, last: tuple[bool, ...]
) -> Iterator[Node]:
    own = held.get(parent, [])
    for place, task in enumerate(own, 1):
        here = (*last, place == len(own))
        yield Node(task, len(last), here)
        yield from _below(held, task.id, here)


def above(tasks: Iterable[TaskRow], task_id: int) -> list[int]:
    """Return the ids of what holds a task, the nearest first."""
    parents = {task.id: task.parent_id for task in tasks}
    found: list[int] = []
    here = parents.get(task_id)
    while here is not None and here not in found:
        found.append(here)
        here = parents.get(here)
    return found


def beside(tasks: Iterable[TaskRow], task_id: int, parent_id: int | None) -> list[int]:
    """Return the ids of what a parent holds beside a task, in order."""
    return [
        each.id for each in sorted(tasks, key=lambda each: (each.place, each.id))
        if each.parent_id == parent_id and each.id != task_id
    ]  # fmt: skip


def weight(task: TaskRow) -> int:
    """Return the minutes that a task counts for in the progress of what holds it."""
    return task.estimate or task.days * DAY


def weights(tasks: Iterable[TaskRow]) -> dict[int, int]:
    """Return what tasks count for by their ids; where none takes time, each counts the same."""
    found = {task.id: weight(task) for task in tasks}
    return found if any(found.values()) else dict.fromkeys(found, 1)


def rolled_up(tasks: Sequence[TaskRow]) -> dict[int, TaskRow]:
    """Return the tasks that hold others as these make them: dates, state, progress, work."""
    held = _by_parent(tasks)
    found: dict[int, TaskRow] = {}

    def roll(task: TaskRow) -> TaskRow:
        parts = [roll(each) for each in held.get(task.id, [])]
        if not parts:
            return task
        found[task.id] = _sum(task, parts)
        return found[task.id]

    for task in held.get(None, []):
        roll(task)
    return found


def _sum(task: TaskRow, parts: Sequence[TaskRow]) -> TaskRow:
    live = [part for part in parts if part.state != DROPPED]
    starts = [part.start_on for part in live if part.start_on]
    ends = [part.due_on for part in live if part.due_on]
    begun = [part.begun_on for part in live if part.begun_on]
    weights = sum(map(weight, live))
    share = sum(weight(part) * part.percent for part in live) // weights if weights else 0
    state = _state(live)
    if state == DONE:
        share = 100
    return task._replace(
        start_on=min(starts, default=None), due_on=max(ends, default=None),
        begun_on=min(begun, default=None),
        done_on=max((part.done_on for part in live if part.done_on), default=None)
        if state == DONE else None,
        estimate=sum(part.estimate for part in live), percent=share, state=state,
        remaining=None, cost=0, days=sum(part.days for part in live),
    )  # fmt: skip


def _state(parts: Sequence[TaskRow]) -> str:
    states = {part.state for part in parts}
    if not states:
        return DROPPED
    if states == {DONE}:
        return DONE
    if states <= {WAITING, DONE} and WAITING in states:
        return WAITING
    return DOING if states & {DOING, DONE, WAITING} else TODO
