"""The forms of counted things: added, received, handed out, taken back, counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from boconsole import holders
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.stock import changing, moving, typing, words
from boconsole.stock.reading import HoldingRow, Item
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of
from screens.licence_forms import assets_of, holders_of
from screens.stock_facts import FEATURE

Saved = Callable[[Any], None]  # Any: what the operation answers
NEW_TITLES = {
    words.CONSUMABLE: N_("New consumable"),
    words.ACCESSORY: N_("New accessory"),
    words.COMPONENT: N_("New component"),
}


def _places(session: Session, start: str) -> list[Suggestion]:
    return [Suggestion(path) for path in typing.place_paths(session, start)]


def _facts(session: Session) -> list[Field]:
    return [
        Field("name", N_("Name"), required=True),
        Field("minimum", N_("Minimum"), "number", hint=N_("Fewer than this are warned of.")),
        Field("category", N_("Category")),
        Field("place", N_("Place"), suggest=partial(_places, session),
              hint=N_("Where they lie; one that is known.")),
        Field("maker", N_("Maker")),
        Field("model_number", N_("Model number")),
        Field("item_number", N_("Item number")),
        Field("serial", N_("Serial number")),
        Field("company", N_("Company")),
        Field("note", N_("Note"), "long"),
    ]  # fmt: skip


PURCHASE = (
    Field("supplier", N_("Supplier")),
    Field("order_number", N_("Order number")),
    Field("received_on", N_("Received"), "date"),
    Field("cost", N_("Cost of one"), hint=N_("Such as 4.80 USD.")),
)


def on_hand(item: Item) -> str:
    """Return how many there are now, and whether that is too few."""
    told = _("{number} {name}: {n} on hand.").format(
        number=item.number, name=item.row.name, n=item.row.on_hand
    )
    if item.missing:
        low = _("Below its minimum; {n} more are needed.").format(n=item.missing)
        return f"{told} {low}"
    return told


def new_form(session: Session, kind: str, saved: Saved) -> FormScreen:
    """Return the form of new things."""
    name, *others = _facts(session)
    quantity = Field("quantity", N_("On hand"), "number", hint=N_("How many there are now."))
    fields = [name, quantity, *others, *PURCHASE]

    def save(given: Mapping[str, object], _version: int) -> Item:
        return typing.new(session, kind, given)

    values: dict[str, object] = {"quantity": 0, "minimum": 0}
    return FormScreen(
        Form(draft_of("stock.new", kind), _(NEW_TITLES[kind]), fields, save, values, said=on_hand,
             saved=saved, feature=FEATURE)
    )  # fmt: skip


def edit_form(session: Session, item: Item, saved: Saved) -> FormScreen:
    """Return the form of things."""

    def save(given: Mapping[str, object], version: int) -> Item:
        return changing.edit(session, item.row.id, version, typing.facts_typed(given))

    return FormScreen(
        Form("stock.edit", _("Edit {number}").format(number=item.number), _facts(session), save,
             changing.facts_of(item)._asdict(), item.row.id, item.row.version,
             said=_("{number} is changed.").format(number=item.number), saved=saved,
             feature=FEATURE)
    )  # fmt: skip


def receive_form(session: Session, item: Item, saved: Saved) -> FormScreen:
    """Return the form of what came."""
    fields = [Field("quantity", N_("How many"), "number", required=True), *PURCHASE,
              Field("note", N_("Note"))]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> Item:
        quantity = typing.count_of(given, "quantity")
        return moving.receive(session, item.row.id, quantity, typing.purchase_of(given))

    title = _("Receive {number} {name}").format(number=item.number, name=item.row.name)
    return FormScreen(
        Form(draft_of("stock.receive", item.row.id), title, fields, save,
             {"received_on": typing.today(session)}, said=on_hand, saved=saved, feature=FEATURE)
    )  # fmt: skip


def give_form(session: Session, item: Item, saved: Saved) -> FormScreen:
    """Return the form that hands things out, or installs them."""
    component = item.row.kind == words.COMPONENT
    suggest = assets_of if component else partial(holders_of, session)
    fields = [
        Field("to", N_("To"), required=True, suggest=suggest,
              hint=N_("A tag or a serial number.") if component
              else N_("A mail address, a name, or an asset's tag.")),
        Field("quantity", N_("How many"), "number", required=True),
        Field("note", N_("Note")),
    ]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> Item:
        holder = holders.find(str(given.get("to") or ""))
        quantity, note = typing.count_of(given, "quantity"), str(given.get("note") or "")
        return moving.give(session, item.row.id, quantity, holder, note)

    title = _("Hand out {number} {name}, {n} on hand")
    if component:
        title = _("Install {number} {name}, {n} on hand")
    title = title.format(number=item.number, name=item.row.name, n=item.row.on_hand)
    return FormScreen(
        Form(draft_of("stock.give", item.row.id), title, fields, save, {"quantity": 1},
             said=on_hand, saved=saved, feature=FEATURE)
    )  # fmt: skip


def back_form(session: Session, item: Item, row: HoldingRow, saved: Saved) -> FormScreen:
    """Return the form that takes things back from a holder."""
    fields = [
        Field("quantity", N_("How many"), "number", required=True),
        Field("note", N_("Note")),
    ]
    told = f"{row.contact} <{row.email}>" if row.contact_id else f"{row.tag} {row.asset}"
    holder = holders.Holder(row.contact_id, row.asset_id, told)

    def save(given: Mapping[str, object], _version: int) -> Item:
        quantity, note = typing.count_of(given, "quantity"), str(given.get("note") or "")
        return moving.bring_back(session, item.row.id, quantity, holder, note)

    title = _("Take {name} back from {holder}").format(name=item.row.name, holder=told)
    return FormScreen(
        Form(draft_of("stock.back", item.row.id, row.contact_id, row.asset_id), title, fields, save,
             {"quantity": row.quantity}, said=on_hand, saved=saved, feature=FEATURE)
    )  # fmt: skip


def correct_form(session: Session, item: Item, saved: Saved) -> FormScreen:
    """Return the form of a count."""
    fields = [
        Field("counted", N_("Counted"), "number", required=True),
        Field("reason", N_("Reason"), required=True),
    ]

    def save(given: Mapping[str, object], _version: int) -> Item:
        counted, reason = typing.count_of(given, "counted"), str(given.get("reason") or "")
        return moving.correct(session, item.row.id, counted, reason)

    title = _("Correct the count of {number} {name}").format(number=item.number, name=item.row.name)
    return FormScreen(
        Form(draft_of("stock.correct", item.row.id), title, fields, save,
             {"counted": item.row.on_hand}, said=on_hand, saved=saved, feature=FEATURE)
    )  # fmt: skip
