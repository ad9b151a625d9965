"""The output of `dmidecode`: blocks that begin with `Handle 0x…`, their fields indented."""

from collections.abc import Iterator

from boconsole.assets.inventory.parts import Inventory, InventoryError, Part, gathered, size, word
from boconsole.language import _

Block = dict[str, str]
UNITS = {"B": 0, "KB": 10, "MB": 20, "GB": 30, "TB": 40, "KIB": 10, "MIB": 20, "GIB": 30}


def read(text: str) -> Inventory:
    """Return the parts of system, board, firmware, processors and memory.

    Raises:
        InventoryError: No block can be read; names the line of a field without a block.
    """
    found: list[Part] = []
    for title, block in _blocks(text):
        found += _parts(title, block)
    return gathered("dmidecode", found)


def _blocks(text: str) -> Iterator[tuple[str, Block]]:
    title, block, begun = "", Block(), False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("Handle "):
            if title:
                yield title, block
            title, block, begun = "", {}, True
        elif begun and line.strip() and not title:
            title = line.strip()
        elif line.startswith(("\t", "    ")) and line.strip():
            if not begun:
                raise InventoryError(
                    _("Line {line} stands before the first Handle of dmidecode.").format(
                        line=number
                    )
                )
            name, colon, value = line.strip().partition(":")
            if colon:
                block.setdefault(name.strip(), value.strip())
    if title:
        yield title, block


def _parts(title: str, block: Block) -> Iterator[Part]:
    def of(*fields: str) -> str:
        return " ".join(kept for field in fields if (kept := word(block.get(field, ""))))

    serial = of("Serial Number")
    if title == "System Information":
        yield Part("system", "system", of("Manufacturer", "Product Name"), serial)
    elif title == "Base Board Information":
        yield Part("board", "board", of("Manufacturer", "Product Name"), serial)
    elif title == "BIOS Information":
        yield Part("firmware", "firmware", of("Vendor", "Version"))
    elif title == "Processor Information":
        if "unpopulated" not in block.get("Status", "").lower() and of("Version"):
            yield Part("processor", of("Socket Designation") or "cpu", of("Version"), serial)
    elif title == "Memory Device" and (number := _bytes(block.get("Size", ""))):
        slot = of("Locator") or of("Bank Locator")
        yield Part("memory", slot, of("Manufacturer", "Part Number"), serial, size(number))


def _bytes(text: str) -> int:
    """Return the bytes of `8192 MB` or `16 GB`; 0 where no module is installed."""
    number, _blank, unit = text.strip().partition(" ")
    power = UNITS.get(unit.strip().upper())
    return int(number) << power if number.isdecimal() and number.isascii() and power else 0
