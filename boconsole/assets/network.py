"""Interfaces, MAC and IP addresses, and the subnets that they lie in.

An address belongs to one interface only. Addresses are kept in their shortest form, with a key
that sorts as they do.
"""

import re
from collections.abc import Iterator
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import NamedTuple

from boconsole import audit
from boconsole.assets import logbook
from boconsole.assets.errors import AddressError
from boconsole.assets.fields import place_id
from boconsole.assets.writing import again
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean_line, required_line
from db.assets import network as stored
from db.assets.columns import FEATURE
from db.assets.rows import AddressRow, InterfaceRow, SubnetRow

MAC = re.compile(r"[0-9a-f]{12}")
HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_-]{1,63}){0,8}\.?")
MOST = 4_096
"""Addresses of a subnet that are looked at for free ones."""
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class Interface(NamedTuple):
    """An interface with its addresses."""

    row: InterfaceRow
    addresses: tuple[AddressRow, ...]


class Use(NamedTuple):
    """A subnet as it is used.

    Attributes:
        row: The subnet.
        size: Addresses that hosts can have.
        free: The first ones that nobody has.
        taken: Who has which.
    """

    row: SubnetRow
    size: int
    free: tuple[str, ...]
    taken: tuple[AddressRow, ...]


def read_address(text: str) -> Address:
    """Return the address of a text; raises AddressError."""
    word = text.strip()
    try:
        if "%" in word:
            raise ValueError
        return ip_address(word)
    except ValueError:
        raise AddressError(
            _("{text!r} is no IP address such as 10.1.0.7 or fd00::7.").format(text=word[:60])
        ) from None


def read_network(text: str) -> Network:
    """Return the subnet of a text such as 10.1.0.0/24; raises AddressError."""
    word = text.strip()
    try:
        if "/" not in word:
            raise ValueError
        return ip_network(word)
    except ValueError:
        raise AddressError(
            _("{text!r} is no subnet such as 10.1.0.0/24; its last digits are 0.").format(
                text=word[:60]
            )
        ) from None


def read_mac(text: str) -> str:
    """Return a MAC address as it is kept, 00:1b:44:11:3a:b7; raises AddressError."""
    digits = re.sub(r"[:.\-\s]", "", text.strip().lower())
    if not MAC.fullmatch(digits) or digits == "0" * 12:
        raise AddressError(
            _("{text!r} is no MAC address such as 00:1b:44:11:3a:b7.").format(text=text[:40])
        )
    return ":".join(digits[place : place + 2] for place in range(0, 12, 2))


def key_of(address: Address) -> str:
    """Return the key by which addresses are told apart and sorted."""
    return f"{address.version}{int(address):0{8 if address.version == 4 else 32}x}"


def address_of(key: str) -> Address:
    """Return the address of a key."""
    number = int(key[1:], 16)
    return IPv4Address(number) if key[0] == "4" else IPv6Address(number)


def read_host(text: str) -> str:
    """Return a host name as it is kept; raises AddressError."""
    name = clean_line(text, field="host", limit=255).lower().rstrip(".")
    if name and not HOST.fullmatch(name):
        raise AddressError(
            _("{text!r} is no host name; it has letters, digits, - and points.").format(
                text=text[:60]
            )
        )
    return name


def add_interface(session: Session, asset_id: int, name: str, mac: str = "") -> int:
    """Give an asset an interface; returns its id.

    Raises:
        AddressError: The MAC address is none, or another interface has it.
        InvalidChangeError: The asset has an interface of that name.
    """
    session.require("asset.edit")
    name = required_line(name, field="interface", limit=60)
    known = read_mac(mac) if mac.strip() else ""
    with audit.writing():
        interface = put_interface(asset_id, name, known)
        told = {"interface": (None, f"{name} {known}".strip())}
        audit.record(session, "asset.interface", FEATURE, [audit.Line(asset_id, told)])
        logbook.note(session, asset_id, [("interface", name, "", known)])
    return interface


def put_interface(asset_id: int, name: str, mac: str) -> int:
    """Store an interface within the caller's operation; refuses as `add_interface` does."""
    asset = again(asset_id)
    if any(row.name.lower() == name.lower() for row in stored.select_interfaces(asset_id)):
        raise InvalidChangeError(
            "interface", _("{tag} has {name!r} already").format(tag=asset.tag, name=name)
        )
    if mac:
        require_free_mac(mac)
    return stored.insert_interface(asset_id, name, mac)


def require_free_mac(mac: str) -> None:
    """Refuse a MAC address that an interface has; raises AddressError."""
    if other := stored.find_mac(mac):
        raise AddressError(
            _("{address} is {tag}'s already ({interface}).").format(
                address=mac, tag=again(other.asset_id).tag, interface=other.name
            )
        )


def remove_interface(session: Session, asset_id: int, name: str) -> None:
    """Take an interface with its addresses away; raises NotFoundError."""
    session.require("asset.edit")
    with audit.writing():
        row = _interface(asset_id, name)
        stored.delete_interface(row.id)
        told = {"interface": (f"{row.name} {row.mac}".strip(), None)}
        audit.record(session, "asset.interface", FEATURE, [audit.Line(asset_id, told)])
        logbook.note(session, asset_id, [("interface", row.name, row.mac, "")])


def _interface(asset_id: int, name: str) -> InterfaceRow:
    for row in stored.select_interfaces(asset_id):
        if row.name.lower() == name.strip().lower():
            return row
    raise NotFoundError(_("interface {name!r}").format(name=name[:60]))


def add_address(
    session: Session, asset_id: int, text: str, *, interface: str = "", host: str = ""
) -> AddressRow:
    """Give an asset an IP address, on its only interface or on a named one.

    An interface that is not there yet is made.

    Args:
        session: Who acts.
        asset_id: The asset.
        text: The address, or a subnet of which the first free one is taken.
        interface: Its name; empty for the only one, `eth0` where there is none.
        host: The name of the address.

    Raises:
        AddressError: It is none, another interface has it, or the subnet is full.
    """
    session.require("asset.edit")
    name = read_host(host)
    with audit.writing():
        found = put_address(asset_id, text, interface, name)
        told = {"address": (None, f"{found.address} {name}".strip())}
        audit.record(session, "asset.address", FEATURE, [audit.Line(asset_id, told)])
        logbook.note(session, asset_id, [("address", found.address, "", found.interface)])
    return found


def put_address(asset_id: int, text: str, interface: str, host: str) -> AddressRow:
    """Store an address within the caller's operation; refuses as `add_address` does."""
    asset = again(asset_id)
    address = _first_free(text) if "/" in text else read_address(text)
    if address.is_unspecified or address.is_multicast:
        raise AddressError(_("{address} is no host's.").format(address=address))
    if other := stored.find_address(key_of(address)):
        raise AddressError(
            _("{address} is {tag}'s already ({interface}).").format(
                address=address, tag=other.tag, interface=other.interface
            )
        )
    row = _interface_for(asset_id, asset.tag, interface)
    stored.insert_address(row.id, asset_id, str(address), key_of(address), host)
    found = stored.find_address(key_of(address))
    assert found is not None
    return found


def add(session: Session, asset_id: int, interface: str, mac: str, address: str, host: str) -> None:
    """Give an asset an interface, an address, or both at once.

    Raises:
        InvalidChangeError: Neither is named.
        AddressError: As `add_interface` and `add_address`.
    """
    session.require("asset.edit")
    if not (address.strip() or interface.strip()):
        raise InvalidChangeError("address", _("name an interface, an address, or both"))
    with audit.writing():
        known = {row.name.lower() for row in stored.select_interfaces(asset_id)}
        if mac.strip() or (not address.strip() and interface.strip().lower() not in known):
            add_interface(session, asset_id, interface or "eth0", mac)
        if address.strip():
            add_address(session, asset_id, address, interface=interface, host=host)


def _interface_for(asset_id: int, tag: str, name: str) -> InterfaceRow:
    rows = stored.select_interfaces(asset_id)
    if not name.strip() and len(rows) > 1:
        raise AddressError(
            _("{tag} has several interfaces; say which: {names}.").format(
                tag=tag, names=", ".join(row.name for row in rows)
            )
        )
    if not name.strip() and rows:
        return rows[0]
    wanted = required_line(name or "eth0", field="interface", limit=60)
    for row in rows:
        if row.name.lower() == wanted.lower():
            return row
    return InterfaceRow(stored.insert_interface(asset_id, wanted, ""), asset_id, wanted, "")


def _first_free(text: str) -> Address:
    network = read_network(text)
    for address in _free(network):
        return address
    raise AddressError(_("{network} has no free address.").format(network=network))


def remove_address(session: Session, asset_id: int, text: str) -> None:
    """Take an address away from an asset; raises NotFoundError."""
    session.require("asset.edit")
    address = read_address(text)
    with audit.writing():
        row = stored.find_address(key_of(address))
        if row is None or row.asset_id != asset_id:
            raise NotFoundError(_("address {address}").format(address=address))
        stored.delete_address(row.id)
        told = {"address": (f"{address} {row.host}".strip(), None)}
        audit.record(session, "asset.address", FEATURE, [audit.Line(asset_id, told)])
        logbook.note(session, asset_id, [("address", str(address), row.interface, "")])


def interfaces(session: Session, asset_id: int) -> list[Interface]:
    """Return the interfaces of an asset with their addresses."""
    session.require("asset.read")
    addresses = stored.select_addresses(asset_id)
    return [
        Interface(row, tuple(each for each in addresses if each.interface_id == row.id))
        for row in stored.select_interfaces(asset_id)
    ]


def add_subnet(
    session: Session, network: str, *, name: str = "", place: str = "", vlan: int | None = None,
    note: str = "",
) -> SubnetRow:  # fmt: skip
    """Add a range of addresses.

    Raises:
        AddressError: It is none, or there already.
    """
    session.require("asset.configure")
    wanted = read_network(network)
    name = clean_line(name, field="name", limit=120)
    if vlan is not None and not 1 <= vlan <= 4094:
        raise InvalidChangeError("vlan", _("lies between 1 and 4094"))
    with audit.writing():
        if stored.find_subnet(str(wanted)) is not None:
            raise AddressError(_("{network} is there already.").format(network=wanted))
        where = place_id(place) if place.strip() else None
        if place.strip() and where is None:
            raise NotFoundError(_("{what} {name!r}").format(what=_("place"), name=place[:60]))
        values = (
            name, str(wanted), key_of(wanted[0]), key_of(wanted[-1]), where, vlan,
            clean_line(note, field="note", limit=LINE_LIMIT),
        )  # fmt: skip
        subnet = stored.insert_subnet(values)
        told = {"network": (None, str(wanted)), "name": (None, name)}
        audit.record(session, "subnet.add", "subnet", [audit.Line(subnet, told, 1)])
        found = stored.find_subnet(str(wanted))
    assert found is not None
    return found


def remove_subnet(session: Session, network: str) -> None:
    """Forget a subnet; the addresses within it stay. Raises NotFoundError."""
    session.require("asset.configure")
    wanted = read_network(network)
    with audit.writing():
        row = stored.find_subnet(str(wanted))
        if row is None:
            raise NotFoundError(_("subnet {network}").format(network=wanted))
        stored.delete_subnet(row.id)
        told = {"network": (row.network, None), "name": (row.name, None)}
        audit.record(session, "subnet.remove", "subnet", [audit.Line(row.id, told)])


def subnets(session: Session) -> list[SubnetRow]:
    """Return all subnets in the order of their addresses."""
    session.require("asset.read")
    return stored.select_subnets()


def use_of(session: Session, network: str, free: int = 10) -> Use:
    """Return who has which address of a subnet, and the first free ones.

    Raises:
        NotFoundError: There is no such subnet.
    """
    session.require("asset.read")
    wanted = read_network(network)
    row = stored.find_subnet(str(wanted))
    if row is None:
        raise NotFoundError(_("subnet {network}").format(network=wanted))
    found: list[str] = []
    for address in _free(wanted):
        if len(found) == free:
            break
        found.append(str(address))
    taken = stored.select_between(row.first_key, row.last_key, 1_000)
    return Use(row, size_of(wanted), tuple(found), tuple(taken))


def size_of(network: Network) -> int:
    """Return how many addresses of a subnet hosts can have."""
    first, last = _ends(network)
    return last - first + 1


def _ends(network: Network) -> tuple[int, int]:
    """Return the first and last address that a host can have, as numbers.

    IPv4 keeps the first for the network and the last for broadcast, IPv6 the first for routers;
    the two addresses of a link between two ends are both used (RFC 3021, RFC 6164).
    """
    first, last = int(network[0]), int(network[-1])
    if network.num_addresses <= 2:
        return first, last
    return first + 1, last - (network.version == 4)


def _free(network: Network) -> Iterator[Address]:
    """Yield the addresses of a subnet that nobody has, in order."""
    first, last = _ends(network)
    make = IPv4Address if network.version == 4 else IPv6Address
    taken = set(stored.select_keys(key_of(make(first)), key_of(make(last)), MOST))
    for number in range(first, min(last, first + MOST) + 1):
        address = make(number)
        if key_of(address) not in taken:
            yield address
