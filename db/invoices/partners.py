"""What is printed of customers and suppliers, as it is stored with organisations."""

from typing import NamedTuple

from db import connection


class PartnerFacts(NamedTuple):
    """Name, address (with line ends) and tax number of an organisation."""

    id: int
    version: int
    name: str
    address: str
    tax_number: str


def find(partner_id: int) -> PartnerFacts:
    """Return the facts of an organisation that is there."""
    rows = connection.fetch(
        "SELECT id, version, name, address, tax_number FROM organisation WHERE id = ?",
        (partner_id,),
    )
    return PartnerFacts(*rows[0])


def update(row: PartnerFacts) -> bool:
    """Write address and tax number; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE organisation SET version = version + 1, address = ?, tax_number = ? "
        "WHERE id = ? AND version = ?",
        (row.address, row.tax_number, row.id, row.version),
    )
    return bool(cursor.rowcount)
