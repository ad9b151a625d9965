"""Who names a person or an organisation: the foreign keys of the schema are the register.

A feature enters itself by referring to `contact` or `organisation`; whatever does is carried over
by a merge.
"""

from collections.abc import Sequence
from typing import NamedTuple

from db import connection
from db.contacts.parts import TABLES
from db.contacts.rows import Kind

SQLITE = (
    'SELECT m.name, f."from" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f '
    "WHERE m.type = 'table' AND f.\"table\" = ? ORDER BY 1, 2"
)
POSTGRESQL = (
    "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c "
    "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
    "WHERE c.contype = 'f' AND c.confrelid = ?::regclass AND array_length(c.conkey, 1) = 1 "
    "ORDER BY 1, 2"
)
APART = (*TABLES, "contact_search", "organisation_search")


class Reference(NamedTuple):
    """A column that names a person or an organisation."""

    table: str
    column: str

    @property
    def name(self) -> str:
        """As the audit trail has it: `ticket.requester_id`."""
        return f"{self.table}.{self.column}"


def references(kind: Kind) -> list[Reference]:
    """Return the columns of other tables that name such records, by name."""
    statement = SQLITE if connection.engine() == "sqlite" else POSTGRESQL
    found = [Reference(row[0], row[1]) for row in connection.fetch(statement, (kind,))]
    return [each for each in found if each.table not in APART and each.column != "merged_into_id"]


def ids_naming(reference: Reference, record_id: int) -> list[int]:
    """Return the rows that name one."""
    rows = connection.fetch(
        f"SELECT id FROM {reference.table} WHERE {reference.column} = ? ORDER BY id", (record_id,)
    )
    return [row[0] for row in rows]


def still_naming(reference: Reference, record_id: int, ids: Sequence[int]) -> list[int]:
    """Return those of some rows that name one."""
    there = set(ids_naming(reference, record_id))
    return [each for each in ids if each in there]
