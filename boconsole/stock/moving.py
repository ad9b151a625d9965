"""What comes and goes: every movement is a row of its own, and the count follows it.

Nothing falls below zero: the statement that counts says so, and every writer waits for the one
before.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.holders import Holder
from boconsole.language import _
from boconsole.ledger import commodities
from boconsole.money import to_minor
from boconsole.session import Session
from boconsole.stock import reading, words
from boconsole.stock.errors import (
    ConsumedError,
    NotEnoughError,
    NotHeldError,
    RetiredError,
    WrongHolderError,
)
from boconsole.stock.reading import Item
from boconsole.text import clean_line, required_line
from db.fields import number_of
from db.stock import items
from db.stock.rows import MovementLoad
from db.tickets import names

MOST = 10_000_000


class Purchase(NamedTuple):
    """What came with things: who sold them, on which order, what one costs in whole units."""

    supplier: str = ""
    order_number: str = ""
    received_on: date | None = None
    cost: Decimal | None = None
    currency: str = ""
    note: str = ""


def receive(
    session: Session, item_id: int, quantity: int, purchase: Purchase | None = None
) -> Item:
    """Add things that came.

    Raises:
        InvalidChangeError: The quantity or the cost cannot be.
        RetiredError: They are retired.
    """
    session.require("stock.edit")
    with audit.writing():
        item = _usable(item_id)
        return arrive(session, item, quantity, purchase or Purchase())


def arrive(session: Session, item: Item, quantity: int, purchase: Purchase) -> Item:
    """Add things inside the caller's transaction."""
    _require_quantity(quantity)
    cost, commodity_id = _cost(purchase)
    supplier = clean_line(purchase.supplier, field="supplier")
    order = clean_line(purchase.order_number, field="order_number")
    load = MovementLoad(
        item.row.id, "received", quantity, 0, _at(session), session.user.login,
        supplier_id=_supplier(session, supplier), order_number=order,
        received_on=number_of(purchase.received_on) if purchase.received_on else None, cost=cost,
        commodity_id=commodity_id, note=clean_line(purchase.note, field="note"),
    )  # fmt: skip
    told = {"supplier": (None, supplier), "order_number": (None, order)}
    return _move(session, item, load, {name: value for name, value in told.items() if value[1]})


def give(session: Session, item_id: int, quantity: int, holder: Holder, note: str = "") -> Item:
    """Hand things out: accessories to people, components into assets, consumables to either.

    Raises:
        WrongHolderError: Things of this kind do not go there.
        NotEnoughError: Fewer are on hand.
    """
    session.require("stock.assign")
    _require_quantity(quantity)
    with audit.writing():
        item = _usable(item_id)
        kind = item.row.kind
        if kind == words.ACCESSORY and holder.contact_id is None:
            raise WrongHolderError(_("Accessories go to people; type a mail address."))
        if kind == words.COMPONENT and holder.asset_id is None:
            raise WrongHolderError(_("Components go into assets; type a tag."))
        what = {words.ACCESSORY: "handed-out", words.COMPONENT: "installed"}.get(kind, "used")
        away = 0 if kind == words.CONSUMABLE else quantity
        load = MovementLoad(
            item_id, what, -quantity, away, _at(session), session.user.login, holder.contact_id,
            holder.asset_id, note=clean_line(note, field="note"),
        )  # fmt: skip
        return _move(session, item, load, {"to": (None, holder.told)})


def bring_back(
    session: Session, item_id: int, quantity: int, holder: Holder, note: str = ""
) -> Item:
    """Take things back from a person, or out of an asset.

    Raises:
        ConsumedError: They are consumables.
        NotHeldError: The holder has fewer.
    """
    session.require("stock.assign")
    _require_quantity(quantity)
    with audit.writing():
        item = reading.again(item_id)
        if item.row.kind == words.CONSUMABLE:
            raise ConsumedError(item.row.name)
        held = items.held(item_id, holder.contact_id, holder.asset_id)
        if held < quantity:
            raise NotHeldError(holder.told, held, item.row.name)
        what = "returned" if item.row.kind == words.ACCESSORY else "removed"
        load = MovementLoad(
            item_id, what, quantity, -quantity, _at(session), session.user.login,
            holder.contact_id, holder.asset_id, note=clean_line(note, field="note"),
        )  # fmt: skip
        return _move(session, item, load, {"from": (holder.told, None)})


def correct(session: Session, item_id: int, counted: int, reason: str) -> Item:
    """Say how many are on hand by count.

    Raises:
        InvalidChangeError: As many are on hand already, or no reason is given.
    """
    session.require("stock.edit")
    reason = required_line(reason, field="reason")
    if not 0 <= counted <= MOST:
        raise InvalidChangeError("counted", _("lies between 0 and {most}").format(most=MOST))
    with audit.writing():
        item = reading.again(item_id)
        difference = counted - item.row.on_hand
        if not difference:
            raise InvalidChangeError("counted", _("{n} are on hand already").format(n=counted))
        load = MovementLoad(
            item_id, "corrected", difference, 0, _at(session), session.user.login, note=reason
        )
        return _move(session, item, load, {"reason": (None, reason)})


def _usable(item_id: int) -> Item:
    item = reading.again(item_id)
    if item.row.retired:
        raise RetiredError(item.row.name)
    return item


def _require_quantity(quantity: int) -> None:
    if not 1 <= quantity <= MOST:
        raise InvalidChangeError("quantity", _("lies between 1 and {most}").format(most=MOST))


def _cost(purchase: Purchase) -> tuple[int | None, int | None]:
    if purchase.cost is None:
        return None, None
    if purchase.cost < 0:
        raise InvalidChangeError("cost", _("cannot be below 0"))
    if not purchase.currency:
        raise InvalidChangeError("cost", _("needs a currency, such as 480 USD"))
    known = commodities.by_code()
    commodities.ensure(known, {purchase.currency: None})
    commodity = known[purchase.currency]
    return to_minor(purchase.cost, commodity.code, commodity.precision), commodity.id


def _supplier(session: Session, name: str) -> int | None:
    if not name:
        return None
    found = names.organisation_id(name)
    return found or names.insert_organisation(name, "supplier", "", session.now())


def _at(session: Session) -> int:
    return int(session.now().timestamp())


def _move(
    session: Session, item: Item, load: MovementLoad, told: Mapping[str, tuple[object, object]]
) -> Item:
    """Write a movement with its audit line inside the caller's transaction."""
    if not items.move(load):
        raise NotEnoughError(item.row.name, item.row.on_hand)
    now = reading.again(item.row.id)
    changes: dict[str, tuple[object, object]] = {
        "on_hand": (now.row.on_hand - load.quantity, now.row.on_hand)
    }
    if load.away:
        changes["away"] = (now.row.away - load.away, now.row.away)
    if load.note:
        changes["note"] = (None, load.note)
    line = audit.Line(item.row.id, {**changes, **told}, item.row.version)
    audit.record(session, f"stock.{load.kind.replace('-', '_')}", "stock", [line])
    return now
