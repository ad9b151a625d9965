"""What queries may say about projects and about tasks."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from boconsole.filters.area import Area, Field, Flag, Names
from boconsole.filters.remembering import remembered
from boconsole.projects.words import (
    ENDED,
    KINDS,
    MILESTONE,
    OVER,
    PROJECT,
    RAGS,
    STATES,
    TASK,
    TASK_STATES,
)
from boconsole.session import Session
from db.conditions import AnyOf, Compare, Condition, Not, both
from db.fields import number_of
from db.projects import records
from db.tickets import choices


def _one_of(field: str, values: Sequence[str]) -> Condition:
    return AnyOf(tuple(Compare(field, "=", value) for value in values))


GOES_ON = Not(_one_of("state", OVER))
IS_OPEN = Not(_one_of("state", ENDED))
FIELDS = (
    Field("number", "record", "number, PRJ-0012", ("id",), lifts=True),
    Field("state", "choice", "planned, active, on-hold, done, cancelled", ("status",),
          {word: word for word in STATES}, guessed=True, lifts=True, sortable=False),
    Field("name", "words", "words of name and goal", ("goal",)),
    Field("rag", "choice", "red, amber or green, as last reported", (),
          {word: word for word in RAGS}, guessed=True, sortable=True),
    Field("owner", "name", "who leads it", ("manager",), source="users", optional=True,
          person=True, sortable=False),
    Field("member", "name", "who works on it", source="users", person=True, sortable=False),
    Field("organisation", "name", "for whom", ("org",), source="organisations", optional=True,
          sortable=False),
    Field("progress", "number", "per cent done"),
    Field("start", "day", "when it begins"),
    Field("due", "day", "when it is to be done", optional=True),
    Field("done", "day", "when it was done", optional=True, lifts=True),
    Field("next", "day", "the next milestone", ("milestone",), optional=True),
    Field("created", "instant", "when it was added"),
    Field("updated", "instant", "the last change"),
    Field("reported", "instant", "the last status report", optional=True),
)  # fmt: skip
TASK_FIELDS = (
    Field("number", "record", "number, TSK-12", ("id",), lifts=True),
    Field("state", "choice", "todo, doing, waiting, done, dropped", ("status",),
          {word: word for word in TASK_STATES}, guessed=True, lifts=True, sortable=False),
    Field("title", "words", "words of title and note", ("note",)),
    Field("kind", "choice", "task or milestone", (), {word: word for word in KINDS},
          guessed=True, sortable=False),
    Field("project", "name", "number or name of its project", source="projects",
          sortable=True),
    Field("owner", "name", "who does it", ("assignee",), source="users", optional=True,
          person=True, sortable=False),
    Field("start", "day", "when it begins", optional=True),
    Field("due", "day", "when it is to be done", optional=True),
    Field("done", "day", "when it was done", optional=True, lifts=True),
    Field("percent", "number", "per cent done", ("progress",)),
    Field("estimate", "length", "work", unit=60),
    Field("created", "instant", "when it was added"),
    Field("updated", "instant", "the last change"),
)  # fmt: skip


def project_area(session: Session) -> Area:
    """Return what queries may say of projects; names are looked up when they are used."""
    today, me = _today(session), session.user.id
    flags = (
        Flag("mine", "led by me", lambda _: Compare("owner", "=", me)),
        Flag("red", "reported red", lambda _: Compare("rag", "=", "red")),
        Flag("late", "past its day", lambda _: both(GOES_ON, Compare("due", "<", today))),
        Flag("over", "done or cancelled", lambda _: _one_of("state", OVER), lifts=True),
    )
    sources = _sources(("users", "organisations"))
    return Area(PROJECT, FIELDS, flags, sources, GOES_ON, "PRJ", "number", "owner")


def task_area(session: Session) -> Area:
    """Return what queries may say of tasks.

    Those that hold others, and those of projects that are over, are left out.
    """
    today, me = _today(session), session.user.id
    flags = (
        Flag("mine", "mine to do", lambda _: Compare("owner", "=", me)),
        Flag("unassigned", "nobody's", lambda _: Compare("owner", "empty")),
        Flag("late", "past its day", lambda _: both(IS_OPEN, Compare("due", "<", today))),
        Flag("ended", "done or dropped", lambda _: _one_of("state", ENDED), lifts=True),
        Flag("milestone", "a milestone", lambda _: Compare("kind", "=", MILESTONE)),
        Flag("summary", "holds others", lambda _: Compare("children", ">", 0), lifts=True),
    )
    going_on = Not(_one_of("projectstate", OVER))
    default = both(both(IS_OPEN, Compare("children", "=", 0)), going_on)
    sources = _sources(("users", "projects"))
    return Area(TASK, TASK_FIELDS, flags, sources, default, "TSK", "number", "owner")


def remembered_area(area: Area) -> Area:
    """Return an area with its names read once, for typing."""
    known = remembered(area)
    return replace(known, names=dict(known.names))


def _today(session: Session) -> int:
    return number_of(session.now().astimezone(session.zone).date())


def _find_projects(word: str) -> tuple[int, ...]:
    digits = word.upper().removeprefix("PRJ-").lstrip("0")
    if digits.isdecimal() and len(digits) < 9:
        return (int(digits),)
    return tuple(records.find_by_name(word))


def _list_projects(start: str, limit: int) -> list[str]:
    return [name for _id, name in records.select_names(start, limit)]


def _sources(wanted: Sequence[str]) -> dict[str, Names]:
    pairs = {
        "users": (choices.find_users, choices.list_users),
        "organisations": (choices.find_organisations, choices.list_organisations),
        "projects": (_find_projects, _list_projects),
    }
    return {
        name: Names(lru_cache(64)(find), lru_cache(64)(suggest))
        for name, (find, suggest) in pairs.items()
        if name in wanted
    }
