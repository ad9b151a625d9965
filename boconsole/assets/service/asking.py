"""What the lists of plans and repairs ask alike: their assets and names, pages and counts."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from boconsole.assets.area import find_idents
from boconsole.filters import parse, resolve
from boconsole.filters.area import Area, Field, Names
from boconsole.filters.remembering import remembered
from boconsole.session import Session
from db import keyset
from db.assets import choices
from db.conditions import Selection
from db.tickets import choices as shared

CAP = 10_000


class Count(NamedTuple):
    """How many match; `capped` when there are more than the number says."""

    number: int
    capped: bool


def _nothing(_start: str, _limit: int) -> list[str]:
    return []


ASSET = Field("asset", "name", "tag, serial, host or address", source="idents", guessed=True,
              unknown_is_nothing=True, sortable=False)  # fmt: skip
NAMES: Mapping[str, Names] = {
    "idents": Names(find_idents, _nothing),
    "models": Names(choices.find_models, choices.list_models),
    "categories": Names(choices.find_categories, choices.list_categories),
    "organisations": Names(shared.find_organisations, shared.list_organisations),
}


def kept(area: Area) -> Area:
    """Return an area with its names read once; assets are found by the list."""
    known = remembered(area)
    return replace(known, names={**known.names, "idents": Names(lambda _word: (), _nothing)})


def selected(session: Session, query: str, area: Area) -> Selection:
    """Return what a filter line asks for.

    Raises:
        QuerySyntaxError: It cannot be read.
    """
    session.require("asset.read")
    return resolve(parse(query), area, session)


def cursor(after: str) -> keyset.Cursor | None:
    """Return a place in a list; raises CursorError."""
    return keyset.decode(after) if after else None


def counted(count: Callable[[Selection, int], int], wanted: Selection) -> Count:
    """Return how many match, counted to a limit."""
    found = count(wanted, CAP)
    return Count(min(found, CAP), found > CAP)
