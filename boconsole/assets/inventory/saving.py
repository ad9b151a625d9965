"""Comparing what a machine says with what is kept, and saving the differences.

Saving is one operation with one line in the audit trail; a refused line leaves nothing behind.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from boconsole import audit
from boconsole.assets import logbook, network
from boconsole.assets.errors import AddressError, InventoryChangedError
from boconsole.assets.inventory.parts import Inventory, Part
from boconsole.assets.writing import again
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.session import Session
from db.assets import hardware
from db.assets import network as stored
from db.assets.columns import FEATURE
from db.assets.hardware_rows import PartRow

NET = ("interface", "address")


class Difference(NamedTuple):
    """What is in a slot now and by the inventory; None where there is nothing."""

    old: Part | None
    new: Part | None

    @property
    def part(self) -> Part:
        """The new one, else the one that is gone."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def line(self) -> tuple[str, str, str, str]:
        """Kind, component, old and new, as the log keeps them."""
        part = self.part
        return part.kind, part.slot, _words(self.old), _words(self.new)


def _words(part: Part | None) -> str:
    return "" if part is None else part.words or "+"


def compare(session: Session, asset_id: int, found: Inventory) -> list[Difference]:
    """Return what differs: first what the inventory names, then what is gone.

    A fact that the inventory does not tell (a serial number without the right to read it) stays.
    """
    session.require("asset.read")
    again(asset_id)
    kept = {(part.kind, part.slot): part for part in _kept(asset_id)}
    differences = []
    for part in found.parts:
        old = kept.pop((part.kind, part.slot), None)
        wanted = part
        if old is not None and old.name == part.name and part.serial == "":
            wanted = part._replace(serial=old.serial)
        elif old is not None and part.kind == "interface" and not part.serial:
            wanted = old
        if wanted != old:
            differences.append(Difference(old, wanted))
    differences += [Difference(part, None) for part in kept.values() if part.kind in found.whole]
    return differences


def parts(session: Session, asset_id: int) -> list[Part]:
    """Return the parts that are kept of a machine, without its network, by kind and slot."""
    session.require("asset.read")
    return [Part(*row) for row in hardware.select_parts(asset_id)]


def _kept(asset_id: int) -> list[Part]:
    parts = [Part(*row) for row in hardware.select_parts(asset_id)]
    parts += [
        Part("interface", row.name, "", row.mac) for row in stored.select_interfaces(asset_id)
    ]
    return parts + [
        Part("address", row.address, "", "", row.interface)
        for row in stored.select_addresses(asset_id)
    ]


def warning(session: Session, asset_id: int, found: Inventory) -> str:
    """Return a word of care where the serial number is another machine's, else nothing."""
    session.require("asset.read")
    asset = again(asset_id)
    serial = next((part.serial for part in found.parts if part.kind == "system"), "")
    if serial and asset.serial and serial.lower() != asset.serial.lower():
        return _("The text is of {serial}, but {tag} has the serial number {kept}.").format(
            serial=serial, tag=asset.tag, kept=asset.serial
        )
    return ""


def save(
    session: Session,
    asset_id: int,
    found: Inventory,
    without: Collection[int] = (),
    shown: Sequence[Difference] | None = None,
) -> list[Difference]:
    """Save the differences but those left out, by their number from 1; returns what was saved.

    Args:
        session: Who saves.
        asset_id: Of which asset.
        found: What the machine says.
        without: The numbers that are left out.
        shown: What somebody looked at; None saves what differs now.

    Raises:
        AddressError: Another asset has a MAC or IP address; nothing was saved.
        InvalidChangeError: There is no difference of a number.
        InventoryChangedError: Other things differ than those shown; nothing was saved.
    """
    session.require("asset.edit")
    with audit.writing():
        differences = compare(session, asset_id, found)
        if shown is not None and differences != list(shown):
            raise InventoryChangedError(again(asset_id).tag)
        if wrong := [number for number in without if not 1 <= number <= len(differences)]:
            raise InvalidChangeError("without", _("there is no line {n}").format(n=wrong[0]))
        wanted = [each for number, each in enumerate(differences, 1) if number not in without]
        gone = [each for each in wanted if each.new is None or each.part.kind == "address"]
        for each in sorted(gone, key=lambda one: one.part.kind):
            _take_away(asset_id, each)
        for each in sorted(wanted, key=lambda one: one.part.kind == "address"):
            _put(asset_id, each)
        if wanted:
            told = {
                f"{kind} {slot}": (old or None, new or None)
                for kind, slot, old, new in (each.line for each in wanted)
            }
            audit.record(session, "asset.inventory", FEATURE, [audit.Line(asset_id, told)])
            logbook.note(session, asset_id, [each.line for each in wanted])
    return wanted


def _take_away(asset_id: int, difference: Difference) -> None:
    old = difference.old
    if old is None:
        return
    if old.kind == "address":
        row = stored.find_address(network.key_of(network.read_address(old.slot)))
        if row is not None and row.asset_id == asset_id:
            stored.delete_address(row.id)
    elif old.kind == "interface":
        if any(row.interface == old.slot for row in stored.select_addresses(asset_id)):
            raise AddressError(
                _("{name} still has addresses; take those away too.").format(name=old.slot)
            )
        for face in stored.select_interfaces(asset_id):
            if face.name == old.slot:
                stored.delete_interface(face.id)
    else:
        hardware.put_part(asset_id, old.kind, old.slot, None)


def _put(asset_id: int, difference: Difference) -> None:
    old, new = difference
    if new is None:
        return
    if new.kind == "address":
        network.put_address(asset_id, new.slot, new.size, "")
    elif new.kind == "interface":
        mac = network.read_mac(new.serial) if new.serial else ""
        if old is None:
            network.put_interface(asset_id, new.slot, mac)
            return
        network.require_free_mac(mac)
        for face in stored.select_interfaces(asset_id):
            if face.name == new.slot:
                stored.set_mac(face.id, mac)
    else:
        hardware.put_part(asset_id, new.kind, new.slot, PartRow(*new))
