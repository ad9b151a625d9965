"""Which program wrote a text, and what it says.

From text to parts, and pure but for `read_file`. Whatever stands in it is data.
"""

import json
from pathlib import Path
from typing import Any

from boconsole.assets.inventory import devices, dmidecode, lshw
from boconsole.assets.inventory.parts import LIMIT, Inventory, InventoryError
from boconsole.language import _


def read(text: str) -> Inventory:
    """Return what an output of lshw, dmidecode, ip or lsblk says.

    Raises:
        InventoryError: It is empty, too long, broken (with line and column), or of none of them.
    """
    if len(text) > LIMIT:
        raise InventoryError(_("The text is too long to be the output of one machine."))
    trimmed = text.lstrip("\ufeff \t\r\n")
    if not trimmed:
        raise InventoryError(_("There is no text; paste the output of lshw -json, or pipe it in."))
    if trimmed[0] not in "[{":
        if "Handle 0x" in text:
            return dmidecode.read(text)
        raise _unknown()
    skipped = text[: len(text) - len(trimmed)]
    values = _values(trimmed, skipped.count("\n"))
    first = values[0]
    if isinstance(first, dict) and "blockdevices" in first:
        return devices.read_lsblk(_objects(first["blockdevices"], "blockdevices"))
    nodes = _objects(first if isinstance(first, list) else values, "[]")
    if any("ifname" in node or "addr_info" in node for node in nodes):
        return devices.read_ip(nodes)
    if any("class" in node for node in nodes):
        return lshw.read(nodes)
    raise _unknown()


def read_file(path: Path) -> str:
    """Return the output that stands in a file.

    Raises:
        InventoryError: It cannot be read, is too long, or is no text.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT * 4 + 1)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InventoryError(_("{path} is no text in UTF-8.").format(path=path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InventoryError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=reason)
        ) from error


def _unknown() -> InventoryError:
    return InventoryError(
        _("This is no output of lshw -json, dmidecode, ip -j address or lsblk -J: "
          "the keys class, ifname or blockdevices, or a line with Handle, are missing.")
    )  # fmt: skip


def _values(text: str, lines: int) -> list[Any]:  # Any: JSON of another program
    """Return the values that stand in a row, with or without commas between them."""
    decoder, found, place = json.JSONDecoder(), [], 0
    try:
        while place < len(text):
            value, place = decoder.raw_decode(text, place)
            found.append(value)
            while place < len(text) and text[place] in ", \t\r\n":
                place += 1
    except json.JSONDecodeError as error:
        raise InventoryError(
            _("The text breaks off or is no JSON at line {line}, column {column}.").format(
                line=error.lineno + lines, column=error.colno
            )
        ) from None
    except (RecursionError, ValueError):
        raise InventoryError(_("The text is nested too deeply, or a number is too long.")) from None
    return found


def _objects(value: object, key: str) -> list[dict[str, Any]]:  # Any: as above
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return value
    raise InventoryError(_("{key} is no list of objects.").format(key=repr(key)))
