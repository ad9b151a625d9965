"""What licences and products look like: states, seats, a licence to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from textual.content import Content

from boconsole.language import N_, _
from boconsole.licences import words
from boconsole.licences.reading import Licence, Use
from screens.cells import Cell, Look, fit, safe
from screens.ledger.facts import LABEL, money
from screens.prose import toned, wrapped

FEATURE, SOFTWARE = "licence", "software"
STATES = {
    words.ACTIVE: Look("F", N_("in force"), ""),
    words.ENDING: Look("!", N_("ends soon"), "warn"),
    words.ENDED: Look("X", N_("ended"), "bad"),
    words.RETIRED: Look("R", N_("retired"), "muted"),
}
USES = {
    words.OVER: Look("!", N_("over-used"), "bad"),
    words.FULL: Look("=", N_("all used"), "warn"),
    words.ROOM: Look("F", N_("seats free"), ""),
    words.UNUSED: Look("-", N_("not used"), "muted"),
}


def state_word(licence: Licence) -> Cell:
    """Return letter and word of the state of a licence: `! ends soon`."""
    look = STATES[licence.state]
    if licence.maintenance_ends and licence.state == words.ACTIVE:
        return Cell("! " + _("maintenance ends"), "warn")
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def use_word(use: Use) -> Cell:
    """Return letter and word of how much of a product is used: `! over by 3`."""
    look = USES[use.state]
    told = _("over by {n}").format(n=use.over) if use.over else _(look.word)
    return Cell(f"{look.letter} {told}", look.tone)


def day(value: date | None) -> Cell:
    """Return a day, or a dash."""
    return Cell(str(value)) if value else Cell("-", "muted")


def lines_of(title: str, facts: Iterable[tuple[str, Cell]], room: int) -> list[Content]:
    """Return a record to read: its title, then a line for each fact that is filled."""
    lines = wrapped(toned((safe(title), "strong")), room)
    for label, cell in facts:
        if cell.text:
            first = toned((fit(_(label), LABEL), "muted"))
            lines += wrapped(toned(cell), room, first, " " * LABEL)
    return lines


def picture(licence: Licence, room: int) -> list[Content]:
    """Return a licence to read."""
    return lines_of(f"{licence.number} {licence.row.product}", _facts(licence), room)


def _facts(licence: Licence) -> Iterator[tuple[str, Cell]]:
    row = licence.row
    yield N_("State"), state_word(licence)
    yield N_("Seats"), Cell(_("{used} of {seats} used, {free} free").format(
        used=row.used, seats=row.seats, free=licence.free))  # fmt: skip
    if row.spent:
        yield N_("Spent"), Cell(_("{n} came back and cannot be given again").format(n=row.spent))
    yield N_("Kind"), Cell(_(words.KIND_TITLES[row.kind]))
    yield N_("Reassignable"), Cell(_("yes") if row.reassignable else _("no"))
    yield N_("Key"), Cell(_("kept; K shows it") if row.has_key else _("none"), "muted")
    yield N_("Ends"), Cell(str(row.ends_on or ""))
    yield N_("Maintained"), Cell(_maintained(licence))
    yield N_("Maker"), Cell(safe(row.maker))
    yield N_("Category"), Cell(safe(row.category))
    yield N_("Licensed to"), Cell(safe(" ".join(filter(None, (
        row.licensed_to, f"<{row.licensed_email}>" if row.licensed_email else "")))))  # fmt: skip
    yield N_("Company"), Cell(safe(row.company))
    yield N_("Supplier"), Cell(safe(row.supplier))
    yield N_("Bought"), Cell(str(row.bought_on or ""))
    if row.cost is not None:
        yield N_("Cost"), Cell(f"{money(row.cost, row.precision)} {safe(row.commodity)}")
    yield N_("Purchase order"), Cell(safe(row.purchase_order))
    yield N_("Order number"), Cell(safe(row.order_number))
    yield N_("Note"), Cell(safe(row.note))


def _maintained(licence: Licence) -> str:
    row = licence.row
    if row.maintained_until:
        return _("until {day}").format(day=row.maintained_until)
    return _("yes") if row.maintained else ""


def product_picture(use: Use, licences: Iterable[Licence], room: int) -> list[Content]:
    """Return a product to read, with its licences."""
    row = use.row
    facts = [
        (N_("State"), use_word(use)),
        (N_("Bought"), Cell(str(row.bought))),
        (N_("Used"), Cell(_("{used}: {seats} seats given, {n} installed without one").format(
            used=use.used, seats=row.assigned, n=row.uncovered))),
        (N_("Free"), Cell(str(use.free))),
        (N_("Installed"), Cell(str(row.installed))),
        (N_("Maker"), Cell(safe(row.maker))),
        (N_("Category"), Cell(safe(row.category))),
        (N_("Note"), Cell(safe(row.note))),
    ]  # fmt: skip
    lines = lines_of(row.name, facts, room)
    found = list(licences)
    if found:
        lines += [Content(), toned((_("Licences"), "strong"))]
    for one in found:
        seats = f"{one.row.used}/{one.row.seats}"
        end = str(one.row.ends_on or "")
        told = f"{fit(one.number, 9)} {fit(seats, 8, right=True)}  {fit(end, 11)}"
        lines.append(toned(told, state_word(one)))
    return lines
