"""What counted things look like: states, counts, an item to read with who has how many."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from boconsole.language import N_, _
from boconsole.stock import words
from boconsole.stock.reading import HoldingRow, Item, MovementRow
from screens.cells import Cell, Look, fit, safe
from screens.ledger.facts import money
from screens.licence_facts import lines_of
from screens.prose import toned

FEATURE = "stock"
STATES = {
    words.OUT: Look("X", N_("none left"), "bad"),
    words.LOW: Look("!", N_("below minimum"), "warn"),
    words.ENOUGH: Look("E", N_("enough"), ""),
    words.RETIRED: Look("R", N_("retired"), "muted"),
}


def state_word(item: Item) -> Cell:
    """Return letter and word of whether enough are left: `! below minimum`."""
    look = STATES[item.state]
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def who(row: HoldingRow | MovementRow) -> str:
    """Return the person or the asset of a row."""
    if row.contact_id:
        return safe(f"{row.contact} <{row.email}>")
    return safe(f"{row.tag} {row.asset}".strip())


def cost(row: MovementRow) -> Cell:
    """Return what one of them cost."""
    if row.cost is None:
        return Cell("")
    return Cell(f"{money(row.cost, row.precision)} {safe(row.commodity)}")


def picture(item: Item, held: Iterable[HoldingRow], room: int) -> list[Content]:
    """Return an item to read, and who has how many."""
    row = item.row
    facts = [
        (N_("State"), state_word(item)),
        (N_("On hand"), Cell(str(row.on_hand), "strong")),
        (N_("Minimum"), Cell(str(row.minimum) if row.minimum else "")),
        (N_("To order"), Cell(str(item.missing) if item.missing else "", "warn")),
        (N_("Away"), Cell(str(row.away) if row.away else "")),
        (N_("Category"), Cell(safe(row.category))),
        (N_("Maker"), Cell(safe(row.maker))),
        (N_("Model number"), Cell(safe(row.model_number))),
        (N_("Item number"), Cell(safe(row.item_number))),
        (N_("Serial number"), Cell(safe(row.serial))),
        (N_("Place"), Cell(safe(row.place))),
        (N_("Company"), Cell(safe(row.company))),
        (N_("Note"), Cell(safe(row.note))),
    ]
    lines = lines_of(f"{item.number} {row.name}", facts, room)
    found = list(held)
    if found:
        lines += [Content(), toned((_("Who has them"), "strong"))]
    lines += [toned(f"{fit(str(each.quantity), 5, right=True)}  {who(each)}") for each in found]
    return lines
