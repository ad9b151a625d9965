"""Tags and links of entries and lines as they are stored: found by index, summed by line.

A line has what stands at it and what stands at its entry (position 0), as in hledger.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import peewee

from db import connection
from db.base import Table
from db.fields import InstantField
from db.ledger.tables import JournalEntry

RECORDS = ("ticket", "asset", "contact", "project", "document")
"""What a link may name; any other is a text."""
LONGEST = 120
"""Letters of a key; an index of PostgreSQL holds no more than 2,700 bytes."""
TAG = "tag."
"""Begins the field of one tag: `tag.project`."""


class Dimension(Table):
    """A tag with its value, or a link; keys are without case, numbers without zeros."""

    id = peewee.AutoField()
    kind = peewee.TextField()
    """`tag` or `link`."""
    name = peewee.TextField()
    """Of the tag as first written; what a link names: `ticket` …, or empty for a text."""
    value = peewee.TextField()
    name_key = peewee.TextField()
    value_key = peewee.TextField()

    class Meta:
        """Each once."""

        indexes = ((("name_key", "value_key", "kind"), True),)


class EntryDimension(Table):
    """What an entry or a line has; those added after posting say by whom and when."""

    id = peewee.AutoField()
    dimension = peewee.ForeignKeyField(Dimension, index=False, on_delete="RESTRICT")
    entry = peewee.ForeignKeyField(JournalEntry, index=False, on_delete="CASCADE")
    position = peewee.IntegerField()
    """Of the line; 0 for the entry."""
    added_by = peewee.IntegerField(null=True)
    added_at = InstantField(null=True)
    """Empty for what is sealed with the entry."""

    class Meta:
        """Found by what it is, and by entry in order."""

        indexes = ((("dimension", "entry", "position"), True), (("entry", "id"), False))


def key_of(text: str) -> str:
    """Return a text as it is compared: without case; a long one by its beginning and its hash."""
    folded = text.casefold()
    if len(folded) <= LONGEST:
        return folded
    return f"{folded[:LONGEST]}#{hashlib.sha256(folded.encode()).hexdigest()}"


class Label(NamedTuple):
    """A tag or link that stands at an entry or a line."""

    kind: str
    name: str
    value: str


class Load(NamedTuple):
    """A tag or link to add, its value as it is compared."""

    entry_id: int
    position: int
    label: Label
    value_key: str
    added_by: int | None = None
    added_at: int | None = None


class Kept(NamedTuple):
    """What is kept of a tag or link, for a comparison with what the entry says."""

    position: int
    kind: str
    name_key: str
    value_key: str


class LinkRow(NamedTuple):
    """A link of an entry; `added_at` is empty for one that is sealed with it."""

    id: int
    name: str
    value: str
    value_key: str
    position: int
    added_by: int | None
    added_at: datetime | None


def insert(loads: Sequence[Load]) -> None:
    """Add tags and links, inside the caller's transaction; what is there stays as it is."""
    known: dict[tuple[str, str, str], int] = {}
    rows = []
    for load in loads:
        key = (key_of(load.label.name), load.value_key, load.label.kind)
        if key not in known:
            known[key] = _id_of(key, load.label)
        rows.append((known[key], load.entry_id, load.position, load.added_by, load.added_at))
    connection.executemany(
        "INSERT INTO entry_dimension (dimension_id, entry_id, position, added_by, added_at) "
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        rows,
    )


def _id_of(key: tuple[str, str, str], label: Label) -> int:
    find = "SELECT id FROM dimension WHERE name_key = ? AND value_key = ? AND kind = ?"
    rows = connection.fetch(find, key)
    if not rows:
        connection.execute(
            "INSERT INTO dimension (kind, name, value, name_key, value_key) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (label.kind, label.name, label.value, *key[:2]),
        )
        rows = connection.fetch(find, key)
    return int(rows[0][0])


def forget(entry_id: int) -> None:
    """Take away what a draft had, inside the caller's transaction."""
    connection.execute(
        "DELETE FROM entry_dimension WHERE entry_id = ? AND added_at IS NULL", (entry_id,)
    )


def forget_all() -> None:
    """Take away what all entries had, but for links that were added later."""
    connection.execute("DELETE FROM entry_dimension WHERE added_at IS NULL")


def read_heads(chunk: int = 2_000) -> Iterator[list[tuple[int, str, str]]]:
    """Yield id, tags and links of the entries that have any, a chunk in memory at a time."""
    last = 0
    while rows := connection.fetch(
        "SELECT id, tags, links FROM journal_entry WHERE id > ? "
        "AND (tags <> '[]' OR links <> '[]') ORDER BY id LIMIT ?",
        (last, chunk),
    ):
        yield [(row[0], row[1], row[2]) for row in rows]
        last = rows[-1][0]


def read_lines(chunk: int = 2_000) -> Iterator[list[tuple[int, int, str]]]:
    """Yield entry, place and details of the lines that have tags, a chunk at a time."""
    last = 0
    while rows := connection.fetch(
        "SELECT entry_id, position, details, id FROM posting WHERE id > ? "
        "AND details LIKE ? ORDER BY id LIMIT ?",
        (last, '%"tags":%', chunk),
    ):
        yield [(row[0], row[1], row[2]) for row in rows]
        last = rows[-1][3]


def select_links(entry_id: int) -> list[LinkRow]:
    """Return the links of an entry and of its lines, in order."""
    rows = connection.fetch(
        "SELECT x.id, d.name, d.value, d.value_key, x.position, x.added_by, x.added_at "
        "FROM entry_dimension x JOIN dimension d ON d.id = x.dimension_id AND d.kind = 'link' "
        "WHERE x.entry_id = ? ORDER BY x.id",
        (entry_id,),
    )
    return [
        LinkRow(*row[:6], None if row[6] is None else datetime.fromtimestamp(row[6], UTC))  # type: ignore[call-arg]  # in order
        for row in rows
    ]


def delete_added(row_id: int) -> bool:
    """Take away a link that was added to a posted entry; False where it is gone."""
    cursor = connection.execute(
        "DELETE FROM entry_dimension WHERE id = ? AND added_at IS NOT NULL", (row_id,)
    )
    return bool(cursor.rowcount)


def select_kept(entry_ids: Sequence[int]) -> dict[int, set[Kept]]:
    """Return what is kept of some entries, without what was added later, for the proof."""
    marks = ", ".join("?" * len(entry_ids)) or "NULL"
    found: dict[int, set[Kept]] = {}
    for entry_id, *told in connection.fetch(
        "SELECT x.entry_id, x.position, d.kind, d.name_key, d.value_key FROM entry_dimension x "
        "JOIN dimension d ON d.id = x.dimension_id WHERE x.added_at IS NULL "
        f"AND x.entry_id IN ({marks})",
        entry_ids,
    ):
        found.setdefault(entry_id, set()).add(Kept(*told))
    return found
