"""The log of changes to parts over all assets, searched by the query language."""

from boconsole.assets.area import find_idents
from boconsole.assets.inventory.parts import KIND_TITLES
from boconsole.filters import parse, resolve
from boconsole.filters.area import Area, Field, Names
from boconsole.session import Session
from db import keyset
from db.assets import change_pages
from db.assets.hardware_rows import ChangeRow
from db.conditions import All
from db.listing import Page

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


def list_page(session: Session, query: str, after: str, limit: int) -> Page[ChangeRow]:
    """Return a page of changes, the newest first unless the query sorts them.

    Raises:
        QuerySyntaxError: The line cannot be read.
        CursorError: The cursor belongs to another order.
    """
    session.require("asset.read")
    wanted = resolve(parse(query), area(), session)
    return change_pages.page(wanted, keyset.decode(after) if after else None, limit)
