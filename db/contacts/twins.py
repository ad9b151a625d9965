"""What duplicates are found by: shared addresses and numbers, and all names."""

from typing import NamedTuple

from db import connection
from db.contacts.rows import Kind


class Named(NamedTuple):
    """A person or organisation in use, by what it is told apart."""

    id: int
    name: str
    email: str
    phone: str
    place: int
    """The organisation of a person, or 0."""
    domain: str


def select_named(kind: Kind, cap: int) -> list[Named]:
    """Return those in use, at most `cap`, the newest first."""
    own = "0, domain" if kind == "organisation" else "coalesce(organisation_id, 0), ''"
    rows = connection.fetch(
        f"SELECT id, name, email, phone, {own} FROM {kind} WHERE archived_at IS NULL "
        "ORDER BY id DESC LIMIT ?",
        (cap,),
    )
    return [Named(*row) for row in rows]


def select_shared(kind: Kind, cap: int) -> list[tuple[str, int]]:
    """Return value and owner of further mail addresses, numbers and domains."""
    rows = connection.fetch(
        f"SELECT x.value, x.{kind}_id FROM contact_channel x JOIN {kind} t ON t.id = x.{kind}_id "
        "WHERE x.kind IN ('mail', 'phone', 'mobile', 'domain') AND t.archived_at IS NULL "
        "ORDER BY x.id DESC LIMIT ?",
        (cap,),
    )
    return [(row[0], row[1]) for row in rows]
