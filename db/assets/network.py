"""Interfaces, addresses and subnets: one function for each statement."""

from collections.abc import Sequence

from db import connection
from db.assets.rows import AddressRow, InterfaceRow, SubnetRow

ADDRESS = (
    "SELECT d.id, d.interface_id, d.asset_id, d.address, d.key, d.host, a.tag, i.name "
    "FROM asset_address d JOIN asset a ON a.id = d.asset_id "
    "JOIN asset_interface i ON i.id = d.interface_id"
)
SUBNET = (
    "SELECT s.id, s.name, s.network, s.first_key, s.last_key, coalesce(p.path, ''), s.vlan, "
    "s.note, s.version, (SELECT count(*) FROM asset_address d WHERE d.key BETWEEN s.first_key "
    "AND s.last_key) FROM subnet s LEFT JOIN place p ON p.id = s.place_id"
)


def insert_interface(asset_id: int, name: str, mac: str) -> int:
    """Add an interface; returns its id."""
    rows = connection.fetch(
        "INSERT INTO asset_interface (asset_id, name, mac) VALUES (?, ?, ?) RETURNING id",
        (asset_id, name, mac or None),
    )
    return int(rows[0][0])


def set_mac(interface_id: int, mac: str) -> None:
    """Give an interface another MAC address."""
    connection.execute(
        "UPDATE asset_interface SET mac = ? WHERE id = ?", (mac or None, interface_id)
    )


def delete_interface(interface_id: int) -> None:
    """Remove an interface with its addresses."""
    connection.execute("DELETE FROM asset_interface WHERE id = ?", (interface_id,))


def select_interfaces(asset_id: int) -> list[InterfaceRow]:
    """Return the interfaces of an asset by name."""
    rows = connection.fetch(
        "SELECT id, asset_id, name, coalesce(mac, '') FROM asset_interface "
        "WHERE asset_id = ? ORDER BY name",
        (asset_id,),
    )
    return [InterfaceRow(*row) for row in rows]


def find_mac(mac: str) -> InterfaceRow | None:
    """Return the interface of a MAC address."""
    rows = connection.fetch(
        "SELECT id, asset_id, name, mac FROM asset_interface WHERE mac = ?", (mac,)
    )
    return InterfaceRow(*rows[0]) if rows else None


def insert_address(interface_id: int, asset_id: int, address: str, key: str, host: str) -> int:
    """Add an address; returns its id."""
    rows = connection.fetch(
        "INSERT INTO asset_address (interface_id, asset_id, address, key, host) "
        "VALUES (?, ?, ?, ?, ?) RETURNING id",
        (interface_id, asset_id, address, key, host),
    )
    return int(rows[0][0])


def delete_address(address_id: int) -> None:
    """Remove an address."""
    connection.execute("DELETE FROM asset_address WHERE id = ?", (address_id,))


def select_addresses(asset_id: int) -> list[AddressRow]:
    """Return the addresses of an asset in order."""
    rows = connection.fetch(f"{ADDRESS} WHERE d.asset_id = ? ORDER BY i.name, d.key", (asset_id,))
    return [AddressRow(*row) for row in rows]


def find_address(key: str) -> AddressRow | None:
    """Return an address by its key."""
    rows = connection.fetch(f"{ADDRESS} WHERE d.key = ?", (key,))
    return AddressRow(*rows[0]) if rows else None


def select_between(first: str, last: str, limit: int) -> list[AddressRow]:
    """Return the addresses from one key to another, in order."""
    rows = connection.fetch(
        f"{ADDRESS} WHERE d.key BETWEEN ? AND ? ORDER BY d.key LIMIT ?", (first, last, limit)
    )
    return [AddressRow(*row) for row in rows]


def select_keys(first: str, last: str, limit: int) -> list[str]:
    """Return the keys of the addresses from one key to another, in order."""
    rows = connection.fetch(
        "SELECT key FROM asset_address WHERE key BETWEEN ? AND ? ORDER BY key LIMIT ?",
        (first, last, limit),
    )
    return [row[0] for row in rows]


def insert_subnet(values: Sequence[object]) -> int:
    """Add a subnet of name, network, first and last key, place, VLAN and note; returns its id."""
    rows = connection.fetch(
        "INSERT INTO subnet (name, network, first_key, last_key, place_id, vlan, note, version) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 1) RETURNING id",
        values,
    )
    return int(rows[0][0])


def set_subnet(
    subnet_id: int, version: int, name: str, place_id: int | None, vlan: int | None, note: str
) -> bool:
    """Write a subnet anew; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE subnet SET name = ?, place_id = ?, vlan = ?, note = ?, version = version + 1 "
        "WHERE id = ? AND version = ?",
        (name, place_id, vlan, note, subnet_id, version),
    )
    return bool(cursor.rowcount)


def delete_subnet(subnet_id: int) -> None:
    """Forget a subnet; the addresses within it stay."""
    connection.execute("DELETE FROM subnet WHERE id = ?", (subnet_id,))


def select_subnets() -> list[SubnetRow]:
    """Return the subnets in the order of their addresses, wide ones first."""
    rows = connection.fetch(f"{SUBNET} ORDER BY s.first_key, s.last_key DESC")
    return [SubnetRow(*row) for row in rows]


def find_subnet(network: str) -> SubnetRow | None:
    """Return a subnet by its network, such as 10.1.0.0/24."""
    rows = connection.fetch(f"{SUBNET} WHERE s.network = ?", (network,))
    return SubnetRow(*rows[0]) if rows else None
