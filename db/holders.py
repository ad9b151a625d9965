"""People and assets as those who have something: found by what people type."""

from typing import NamedTuple

from db import connection


class PersonRow(NamedTuple):
    """A contact."""

    id: int
    name: str
    email: str


class TaggedRow(NamedTuple):
    """An asset."""

    id: int
    tag: str
    name: str


PERSON = "SELECT id, name, email FROM contact"
TAGGED = "SELECT id, tag, name FROM asset"


def find_people(text: str) -> list[PersonRow]:
    """Return the contacts of a mail address or a name, at most two."""
    rows = connection.fetch(
        f"{PERSON} WHERE email = ? OR name = ? ORDER BY id LIMIT 2", (text.lower(), text)
    )
    return [PersonRow(*row) for row in rows]


def find_tagged(text: str) -> TaggedRow | None:
    """Return the asset of a tag, whatever its case; else that of a serial number if it is one."""
    rows = connection.fetch(f"{TAGGED} WHERE lower(tag) = lower(?) LIMIT 1", (text,))
    if not rows:
        rows = connection.fetch(
            f"{TAGGED} WHERE lower(serial) = lower(?) AND serial <> '' LIMIT 2", (text,)
        )
    return TaggedRow(*rows[0]) if len(rows) == 1 else None


def people_from(start: str, limit: int) -> list[PersonRow]:
    """Return contacts whose name or address begins so, by name."""
    rows = connection.fetch(
        f"{PERSON} WHERE (name >= ? AND name < ?) OR (email >= ? AND email < ?) "
        "ORDER BY name, id LIMIT ?",
        (start, f"{start}\U0010ffff", start.lower(), f"{start.lower()}\U0010ffff", limit),
    )
    return [PersonRow(*row) for row in rows]


def tagged_from(start: str, limit: int) -> list[TaggedRow]:
    """Return assets whose tag begins so, by tag."""
    rows = connection.fetch(
        f"{TAGGED} WHERE active AND tag >= ? AND tag < ? ORDER BY tag, id LIMIT ?",
        (start.upper(), f"{start.upper()}\U0010ffff", limit),
    )
    return [TaggedRow(*row) for row in rows]
