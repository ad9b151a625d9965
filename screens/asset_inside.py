"""What is on and in an asset: software, seats, components, consumables, parts it names itself."""

from __future__ import annotations

from boconsole.assets.inventory import saving
from boconsole.assets.inventory.parts import KIND_TITLES as PART_TITLES
from boconsole.assets.reading import AssetRow
from boconsole.holders import Holder
from boconsole.language import N_, _
from boconsole.licences import reading as licences
from boconsole.licences.words import licence_number
from boconsole.session import Session
from boconsole.stock import reading as stock
from boconsole.stock.words import KIND_TITLES, item_number
from screens.cells import Cell, safe
from screens.contacts.tabs import Rows, TabRow
from screens.places import Place

AREA = "assets"


def inside(session: Session, row: AssetRow) -> Rows:
    """Return what is installed, the seats it has, what was put into it, and what it says itself."""
    lines = _software(session, row) if session.may("licence.read") else []
    if session.may("stock.read"):
        lines += [
            TabRow((Cell(_(KIND_TITLES[each.kind])), Cell(safe(each.item), "strong"),
                    Cell(item_number(each.item_id), "info"), Cell(f"{each.quantity} ×")),
                   Place(AREA, record=item_number(each.item_id)))
            for each in stock.held_by(session, Holder(None, row.id, row.tag))
        ]  # fmt: skip
    log = Place(AREA, view="upgrades", query=f"asset:{row.tag}")
    lines += [
        TabRow((Cell(_(PART_TITLES[each.kind])), Cell(safe(each.name or each.serial), "strong"),
                Cell(safe(each.slot), "info"),
                Cell(safe(" ".join(word for word in (each.size, each.serial) if word)), "muted")),
               log)
        for each in saving.parts(session, row.id)
    ]  # fmt: skip
    return Rows(
        (N_("Kind"), N_("What"), N_("Release, number, slot"), N_("Seat, how many, size")), lines,
        N_("Nothing is known; + pastes what the machine says, i in the room Software installs."),
        log,
    )  # fmt: skip


def _software(session: Session, row: AssetRow) -> list[TabRow]:
    lines = [
        TabRow((Cell(_("Software")), Cell(safe(each.product), "strong"), Cell(safe(each.release)),
                Cell(_("has a seat")) if each.covered else Cell(_("! no seat"), "bad")),
               Place(AREA, view="software", query=f'product:"{each.product}"'))
        for each in licences.installed_on(session, row.id)
    ]  # fmt: skip
    lines += [
        TabRow((Cell(_("Seat")), Cell(safe(each.product), "strong"),
                Cell(f"{licence_number(each.licence_id)} / {each.number}", "info"),
                Cell(safe(each.note), "muted")),
               Place(AREA, record=licence_number(each.licence_id)))
        for each in licences.seats_of_asset(session, row.id)
    ]  # fmt: skip
    return lines
