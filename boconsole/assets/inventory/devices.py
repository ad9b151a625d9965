"""The outputs of `ip -j address` and `lsblk -J`, which tell their kinds in full."""

from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from typing import Any

from boconsole.assets.inventory.parts import Inventory, InventoryError, Part, gathered, size, word
from boconsole.language import _

Node = Mapping[str, Any]  # Any: JSON of another program
NO_MAC = "00:00:00:00:00:00"


def read_ip(links: Sequence[Node]) -> Inventory:
    """Return interfaces and addresses without loopback and link-local ones.

    A MAC address that a bridge, bond or VLAN shares with its member stays with the first.

    Raises:
        InventoryError: A link has no `ifname`, or an address is none.
    """
    found: list[Part] = []
    macs: set[str] = set()
    for number, link in enumerate(links, 1):
        if not link:
            continue
        name = word(link.get("ifname"))
        if not name:
            raise _missing("ip", "ifname", number)
        if link.get("link_type") == "loopback" or name == "lo":
            continue
        ether = link.get("link_type", "ether") == "ether"
        mac = word(link.get("permaddr") or link.get("address")).lower() if ether else ""
        mac = "" if mac == NO_MAC or mac in macs else mac
        macs.add(mac)
        found.append(Part("interface", name, "", mac))
        entries = link.get("addr_info")
        found += [
            Part("address", address, "", "", name)
            for each in (entries if isinstance(entries, list) else ())
            if isinstance(each, dict) and (address := _address(each, name))
        ]
    unique = list({(part.kind, part.slot): part for part in found}.values())
    return gathered("ip", unique, frozenset(("interface", "address")))


def _address(entry: Node, name: str) -> str:
    text = word(entry.get("local"))
    if not text:
        return ""
    try:
        address = ip_address(text)
    except ValueError:
        raise InventoryError(
            _("{name} of ip has the address {text!r}, which is none.").format(name=name, text=text)
        ) from None
    return "" if address.is_link_local or address.is_loopback else str(address)


def read_lsblk(devices: Sequence[Node]) -> Inventory:
    """Return the disks; partitions, loops and drives without a medium are left out.

    Raises:
        InventoryError: A device has no `name`.
    """
    found = []
    for number, each in enumerate(devices, 1):
        name = word(each.get("name"))
        if not name:
            raise _missing("lsblk", "name", number)
        if each.get("type", "disk") != "disk" or name.startswith(("loop", "zram", "ram")):
            continue
        told = [word(each.get(key)) for key in ("vendor", "model")]
        shown = word(each.get("size"))
        shown = size(int(shown)) if shown.isascii() and shown.isdecimal() else shown
        found.append(
            Part("disk", name.removeprefix("/dev/"), " ".join(one for one in told if one),
                 word(each.get("serial")), shown)
        )  # fmt: skip
    return gathered("lsblk", found)


def _missing(program: str, key: str, number: int) -> InventoryError:
    return InventoryError(
        _("Entry {number} of {program} has no {key!r}.").format(
            number=number, program=program, key=key
        )
    )
