"""What the audit trail of the demo tells of its tickets: one entry for each operation.

Fields and actions are named as `boconsole.tickets` names them, so that history, undo and
queries about the past work on the demo as on real records.
"""

from boconsole.demo.diary import Act, Diary, Told, encoded
from boconsole.demo.drafts import Draft
from boconsole.demo.organisation import Agent
from boconsole.tickets.words import LEVELS, PRIORITIES

Line = tuple[int, int, str]
"""Ticket, its version after an operation, and the changes as JSON."""
Entry = tuple[int, int, str, str, str, tuple[Line, ...]]
"""An operation for the audit trail: when, id and login of who, from where, what, and its lines.

Plain tuples travel between processes at half the price of named ones."""


def entries_of(drafts: list[Draft]) -> list[Entry]:
    """Return the operations on some tickets; a merge is one operation on two.

    The target of a merge stands before its source.
    """
    entries: list[Entry] = []
    absorbed: dict[int, Line] = {}
    for draft in drafts:
        diary = draft.diary
        diary.acts.sort(key=lambda act: act.at)
        entries.append(_created(draft))
        for version, act in enumerate(diary.acts, 2):
            line = (diary.id, version, encoded(act.told))
            source = _merged_source(diary, act)
            if source is None:
                entries.append(_entry(act.at, act.actor, act.action, (line,)))
            elif source == diary.id:
                entries.append(_entry(act.at, act.actor, act.action, (absorbed[source], line)))
            else:
                absorbed[source] = line
    return entries


def _created(draft: Draft) -> Entry:
    part, scenario = draft.part, draft.part.scenario
    told: Told = {"subject": ("", draft.subject)}
    if scenario.kind != "incident":
        told["kind"] = ("incident", scenario.kind)
    for field, before, after, words in (
        ("impact", 2, draft.levels[0], LEVELS),
        ("urgency", 2, draft.levels[1], LEVELS),
        ("priority", 3, draft.priority, PRIORITIES),
    ):
        if before != after:
            told[field] = (words[before - 1], words[after - 1])
    if draft.reason:
        told["priority_reason"] = ("", draft.reason)
    told["requester"] = (None, part.requester.email)
    told["organisation"] = (None, part.requester.organisation.name)
    told["queue"] = (None, scenario.queue)
    told["category"] = (None, scenario.category)
    if draft.tags:
        told["tags"] = ([], list(draft.tags))
    if draft.channel != "console":
        told["channel"] = ("console", draft.channel)
    line = (draft.diary.id, 1, encoded(told))
    return _entry(draft.diary.created_at, draft.taken_by, "ticket.create", (line,))


def _merged_source(diary: Diary, act: Act) -> int | None:
    """Return the id of the ticket that an operation merged into another, if it did."""
    if act.action != "ticket.merge":
        return None
    if "merged_into" in act.told:
        return diary.id
    return int(str(act.told["merged"][1]).removeprefix("TKT-"))


def _entry(at: int, actor: Agent | None, action: str, lines: tuple[Line, ...]) -> Entry:
    if actor is None:
        return at, 0, "system", "system", action, lines
    return at, actor.id, actor.login, "console", action, lines
