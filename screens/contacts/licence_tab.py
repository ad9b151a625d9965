"""The tabs of a card with the seats and things of a person, and the licences of a supplier."""

from __future__ import annotations

from boconsole.contacts.reading import Card
from boconsole.holders import Holder
from boconsole.language import N_, _
from boconsole.licences import reading
from boconsole.licences.words import licence_number
from boconsole.session import Session
from boconsole.stock import reading as stock
from boconsole.stock.words import KIND_TITLES, item_number
from screens import asset_rooms, licence_facts
from screens.cells import Cell, safe
from screens.contacts.tabs import MOST, CardTab, Rows, TabRow
from screens.places import Place


def tabs() -> list[CardTab]:
    """Return the tab of each kind."""
    return [
        CardTab("licences", N_("Licences"), read, ("contact",), "licence.read"),
        CardTab("licences", N_("Licences"), read_sold, ("organisation",), "licence.read"),
    ]


def read(session: Session, card: Card) -> Rows:
    """Return the seats that a person has, then the counted things."""
    lines = [
        TabRow((Cell(_("Seat")), Cell(safe(each.product), "strong"),
                Cell(f"{licence_number(each.licence_id)} / {each.number}", "info"),
                Cell(safe(each.note), "muted")),
               Place(asset_rooms.AREA, record=licence_number(each.licence_id)))
        for each in reading.seats_of_contact(session, card.row.id)
    ]  # fmt: skip
    if session.may("stock.read"):
        lines += [
            TabRow((Cell(_(KIND_TITLES[each.kind])), Cell(safe(each.item), "strong"),
                    Cell(item_number(each.item_id), "info"), Cell(f"{each.quantity} ×")),
                   Place(asset_rooms.AREA, record=item_number(each.item_id)))
            for each in stock.held_by(session, Holder(card.row.id, None, card.row.name))
        ]  # fmt: skip
    return Rows(
        (N_("Kind"), N_("What"), N_("Number"), N_("How many")), lines[:MOST],
        N_("This person has no seat and no accessory."),
        Place(asset_rooms.AREA, view=asset_rooms.LICENCES), more=len(lines) > MOST,
    )  # fmt: skip


def read_sold(session: Session, card: Card) -> Rows:
    """Return the licences and their maintenance that an organisation supplies."""
    found = reading.of_supplier(session, card.row.id)
    lines = [
        TabRow((Cell(each.number, "info"), Cell(safe(each.row.product), "strong"),
                Cell(str(each.row.seats)), licence_facts.day(each.row.ends_on),
                licence_facts.day(each.row.maintained_until), licence_facts.state_word(each)),
               Place(asset_rooms.AREA, record=each.number))
        for each in found[:MOST]
    ]  # fmt: skip
    return Rows(
        (N_("Number"), N_("Product"), N_("Seats"), N_("Ends"), N_("Maintained until"),
         N_("State")), lines, N_("No licence or maintenance is bought from them."),
        Place(asset_rooms.AREA, view=asset_rooms.LICENCES), right=frozenset((2,)),
        more=len(found) > MOST,
    )  # fmt: skip
