"""The parts and interfaces that the programs of a machine name, whatever program it was."""

from typing import NamedTuple

from boconsole.errors import BoconsoleError
from boconsole.language import N_, _

LIMIT = 4_000_000
"""The most characters of one output."""
WORD = 160
KIND_TITLES = {
    "system": N_("System"),
    "board": N_("Board"),
    "firmware": N_("Firmware"),
    "processor": N_("Processor"),
    "memory": N_("Memory"),
    "disk": N_("Disk"),
    "graphics": N_("Graphics"),
    "interface": N_("Interface"),
    "address": N_("Address"),
}
FILLED_IN = frozenset(
    ("", "none", "unknown", "not specified", "not provided", "to be filled by o.e.m.",
     "default string", "system serial number", "system product name", "system manufacturer",
     "no dimm", "[empty]", "empty", "0", "n/a", "not available", "0x00000000", "00000000")
)  # fmt: skip
"""What makers leave where they write nothing, in small letters."""


class InventoryError(BoconsoleError):
    """A text is not the output of a program that can be read."""


class Part(NamedTuple):
    """A part: what is in a slot of the machine.

    Attributes:
        kind: One of `KIND_TITLES`.
        slot: Where it is; with the kind it says which part is meant.
        name: Maker and product.
        serial: Its serial number; the MAC address of an interface.
        size: As people write it: `16 GiB`; of an address its interface.
    """

    kind: str
    slot: str
    name: str = ""
    serial: str = ""
    size: str = ""

    @property
    def words(self) -> str:
        """What is in the slot, as one line."""
        serial = f"({self.serial})" if self.serial else ""
        return " ".join(word for word in (self.name, self.size, serial) if word)


class Inventory(NamedTuple):
    """What one output says.

    Attributes:
        program: Which wrote it.
        parts: What it names, each kind and slot once.
        whole: The kinds of which it names all there are, so that others are gone.
    """

    program: str
    parts: tuple[Part, ...]
    whole: frozenset[str]


def word(value: object) -> str:
    """Return a value as a short line, empty where the maker wrote nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    kept = "".join(letter if letter.isprintable() else " " for letter in str(value)[: WORD * 4])
    line = " ".join(kept.split())[:WORD]
    return "" if line.lower() in FILLED_IN else line


def size(number: int) -> str:
    """Return bytes as people write them: `16 GiB`, `476.9 GiB`."""
    for unit, scale in (("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)):
        if number >= 1 << scale:
            tenths = (number * 10 + (1 << scale - 1)) >> scale
            whole, rest = divmod(tenths, 10)
            return f"{whole}.{rest} {unit}" if rest else f"{whole} {unit}"
    return f"{number} B"


def gathered(program: str, found: list[Part], whole: frozenset[str] | None = None) -> Inventory:
    """Return an inventory of parts; a slot named twice gets a number behind it.

    Args:
        program: Which wrote it.
        found: The parts as they came.
        whole: The kinds told in full; without it those of which any part is there.

    Raises:
        InventoryError: There is no part.
    """
    if not found:
        raise InventoryError(
            _("The output of {program} names no part; run it with more rights (sudo).").format(
                program=program
            )
        )
    taken: dict[tuple[str, str], Part] = {}
    for part in found:
        slot, number = part.slot or "-", 1
        while (part.kind, slot) in taken:
            number += 1
            slot = f"{part.slot} {number}"
        taken[part.kind, slot] = part._replace(slot=slot)
    kinds = frozenset(kind for kind, _slot in taken)
    return Inventory(program, tuple(taken.values()), kinds if whole is None else whole)
