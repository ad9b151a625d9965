"""Counted things as they are read: on hand, away, and whether enough are left."""

from typing import NamedTuple

from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.holders import Holder
from boconsole.language import _
from boconsole.session import Session
from boconsole.stock import words
from db.stock import items
from db.stock.rows import HoldingRow, ItemRow, MovementRow

__all__ = ["HoldingRow", "ItemRow", "MovementRow"]


class Item(NamedTuple):
    """Things of one kind with their number and state."""

    row: ItemRow

    @property
    def number(self) -> str:
        """`STK-0007`."""
        return words.item_number(self.row.id)

    @property
    def state(self) -> str:
        """One of `words.STATE_TITLES`; low is fewer than the minimum."""
        row = self.row
        if row.retired:
            return words.RETIRED
        if not row.on_hand:
            return words.OUT
        return words.LOW if row.on_hand < row.minimum else words.ENOUGH

    @property
    def missing(self) -> int:
        """How many have to come to reach the minimum."""
        return 0 if self.row.retired else max(0, self.row.minimum - self.row.on_hand)


def items_of(session: Session, kind: str) -> list[Item]:
    """Return all things of a kind by name."""
    session.require("stock.read")
    return [Item(row) for row in items.select_items(kind)]


def get(session: Session, kind: str, text: str) -> Item:
    """Return the things of a number such as STK-0007, or of a name.

    Raises:
        NotFoundError: There are none of this kind.
        InvalidChangeError: Several have the name.
    """
    session.require("stock.read")
    if words.is_number(text):
        item = again(words.parse_item_number(text))
        if item.row.kind == kind:
            return item
    else:
        found = items.find_named(kind, text.strip())
        if len(found) == 1:
            return Item(found[0])
        if found:
            raise InvalidChangeError("name", _("several have it; type the number"))
    what = _(words.KIND_TITLES[kind])
    raise NotFoundError(f"{what} {text[:60]}")


def of_number(session: Session, number: str) -> Item:
    """Return the things of a number, of whatever kind; raises NotFoundError."""
    session.require("stock.read")
    return again(words.parse_item_number(number))


def again(item_id: int) -> Item:
    """Return things as they are now; raises NotFoundError."""
    row = items.find_item(item_id)
    if row is None:
        raise NotFoundError(_("stock item {number}").format(number=words.item_number(item_id)))
    return Item(row)


def movements(session: Session, item_id: int) -> list[MovementRow]:
    """Return what came and went, newest first."""
    session.require("stock.read")
    return items.select_movements(item_id)


def holdings(session: Session, item_id: int) -> list[HoldingRow]:
    """Return who has how many."""
    session.require("stock.read")
    return items.select_holdings(item_id)


def held_by(session: Session, holder: Holder) -> list[HoldingRow]:
    """Return what a person or an asset has, and how many."""
    session.require("stock.read")
    return items.select_held_by(holder.contact_id, holder.asset_id)
