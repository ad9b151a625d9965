"""The log of changes to parts over all assets, searched by the query language."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from boconsole.assets.area import find_idents
from boconsole.assets.inventory.parts import KIND_TITLES
from boconsole.assets.reading import MARK_LIMIT, Count
from boconsole.filters import parse, resolve
from boconsole.filters.area import Area, Field, Names
from boconsole.session import Session
from db import keyset
from db.assets import change_pages
from db.assets.hardware_rows import ChangeRow as ChangeRow  # screens know it from here
from db.conditions import All, Selection
from db.listing import Page

EXPORTED = 1_000
"""Rows read at once while exporting."""
FIELDS = (
    Field("asset", "name", "tag, serial, host or address", source="idents", guessed=True,
          unknown_is_nothing=True, sortable=False),
    Field("kind", "choice", "memory, disk, interface …", (), {word: word for word in KIND_TITLES},
          guessed=True, sortable=False),
    Field("date", "instant", "when it was changed", ("at",), column="at"),
    Field("component", "line", "the slot, such as DIMM A", ("slot",), sortable=False),
)  # fmt: skip


def area() -> Area:
    """Return what queries may say about changes."""
    names = Names(find_idents, lambda _start, _limit: [])
    return Area("changes", FIELDS, (), {"idents": names}, All(()), "")


def remembered_area() -> Area:
    """Return the area for checks while typing: assets are found by the list alone."""
    passing = Names(lambda _word: (0,), lambda _start, _limit: [])
    return replace(area(), names={"idents": passing})


def list_page(
    session: Session, query: str, after: str = "", limit: int = 50, *, backwards: bool = False
) -> Page[ChangeRow]:
    """Return a page of changes, the newest first unless the query sorts them.

    Raises:
        QuerySyntaxError: The line cannot be read.
        CursorError: The cursor belongs to another order.
    """
    cursor = keyset.decode(after) if after else None
    return change_pages.page(_selection(session, query), cursor, limit, backwards=backwards)


def page_around(session: Session, query: str, change_id: int, limit: int) -> Page[ChangeRow] | None:
    """Return the changes around one; None when the query does not find it."""
    return change_pages.page_around(_selection(session, query), change_id, limit)


def count(session: Session, query: str, cap: int = MARK_LIMIT) -> Count:
    """Return how many changes match, counting no further than `cap`."""
    found = change_pages.count(_selection(session, query), cap)
    return Count(min(found, cap), found > cap)


def _selection(session: Session, query: str) -> Selection:
    session.require("asset.read")
    return resolve(parse(query), area(), session)


def export(
    session: Session, query: str, path: Path, chosen: Sequence[ChangeRow] | None = None
) -> int:
    """Write the changes that match, or chosen ones, into a file; returns how many.

    Raises:
        InvalidChangeError: The name of the file ends in neither .csv nor .json.
        UnwrittenError: It cannot be written.
    """
    from boconsole import record_files

    rows = list(_all(session, query)) if chosen is None else chosen
    return record_files.write(path, [row._asdict() for row in rows])


def _all(session: Session, query: str) -> Iterator[ChangeRow]:
    after, more = "", True
    while more:
        page = list_page(session, query, after, EXPORTED)
        yield from page.rows
        after, more = page.cursors[-1] if page.cursors else "", page.more
