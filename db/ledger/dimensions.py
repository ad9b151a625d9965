"""Tags and links of entries and lines as they are stored: found by index, summed by line.

A line has what stands at it and what stands at its entry (position 0), as in hledger.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

import peewee

from db import connection
from db.base import Table
from db.compiling import LIKE_SPECIAL, Sql
from db.conditions import All, AnyOf, Compare, Condition, Not
from db.fields import InstantField, number_of
from db.ledger.rows import BalanceRow
from db.ledger.tables import JournalEntry

RECORDS = ("ticket", "asset", "contact", "project", "document")
"""What a link may name; any other is a text."""
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


class Label(NamedTuple):
    """A tag or link that stands at an entry or a line."""

    kind: str
    name: str
    value: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same as another."""
        return self.name.casefold(), self.value.casefold(), self.kind


class Load(NamedTuple):
    """A tag or link to add, its value as it is compared."""

    entry_id: int
    position: int
    label: Label
    value_key: str
    added_by: int | None = None
    added_at: int | None = None


class LinkRow(NamedTuple):
    """A link of an entry; `added_at` is empty for one that is sealed with it."""

    id: int
    name: str
    value: str
    value_key: str
    position: int
    added_by: int | None
    added_at: datetime | None


class ValueSum(NamedTuple):
    """What lines of one value add to an account, in smallest units."""

    value: str
    account_id: int
    commodity_id: int
    amount: int


def insert(loads: Sequence[Load]) -> None:
    """Add tags and links, inside the caller's transaction; what is there stays as it is."""
    known: dict[tuple[str, str, str], int] = {}
    rows = []
    for load in loads:
        key = (load.label.name.casefold(), load.value_key, load.label.kind)
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


# Finding


def asked(field: str) -> bool:
    """Return whether a field of a condition is a tag or a link."""
    return field in ("tag", "link", *RECORDS) or field.startswith(TAG)


def _named(condition: Compare) -> Sql:
    """Return the test of `dimension` rows (as `d`) that a condition on one field means."""
    field, operator = condition.field, condition.operator
    if operator == "empty":
        values: tuple[object, ...] = ()
    else:
        values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    marks = ", ".join("?" * len(values))
    if field == "tag":
        return _tags(values) if operator != "empty" else Sql("d.kind = 'tag'")
    params: tuple[object, ...] = ()
    if field == "link":
        test = "d.kind = 'link'"
    elif field.startswith(TAG):
        test, params = "d.kind = 'tag' AND d.name_key = ?", (field.removeprefix(TAG).casefold(),)
    else:
        test, params = "d.name_key = ?", (field,)
    if operator == "empty":
        return Sql(test, params)
    return Sql(f"{test} AND d.value_key IN ({marks or 'NULL'})", (*params, *values))


def _tags(values: Sequence[object]) -> Sql:
    """Return the test of `name` or `name=value`."""
    pieces, params = [], []
    for value in values:
        name, equals, wanted = str(value).partition("=")
        pieces.append("d.name_key = ?")
        params.append(str(value))
        if equals:
            pieces.append("(d.name_key = ? AND d.value_key = ?)")
            params += [name, wanted]
    return Sql(f"d.kind = 'tag' AND ({' OR '.join(pieces) or '1 = 0'})", tuple(params))


def entry_ids(condition: Compare) -> Sql:
    """Return a statement of the ids of entries that have what a condition asks for."""
    test = _named(condition)
    return Sql(
        "SELECT x.entry_id FROM dimension d JOIN entry_dimension x ON x.dimension_id = d.id "
        f"WHERE {test.text}",
        test.params,
    )


def of_entry(condition: Compare) -> Sql:
    """Return the same as a test of the entry `t`."""
    test = _named(condition)
    return Sql(
        "EXISTS (SELECT 1 FROM entry_dimension x JOIN dimension d ON d.id = x.dimension_id "
        f"WHERE x.entry_id = t.id AND {test.text})",
        test.params,
    )


def lines(condition: Condition) -> Sql:
    """Return the test of the posting `p` that a condition on tags and links means."""
    match condition:
        case Compare():
            test = _named(condition)
            inside = (
                "p.id IN (SELECT q.id FROM dimension d "
                "JOIN entry_dimension x ON x.dimension_id = d.id "
                "JOIN posting q ON q.entry_id = x.entry_id "
                f"AND (x.position = 0 OR x.position = q.position) WHERE {test.text})"
            )
            return Sql(f"NOT {inside}" if condition.operator == "empty" else inside, test.params)
        case All(parts):
            return _joined(parts, " AND ", "1 = 1")
        case AnyOf(parts):
            return _joined(parts, " OR ", "1 = 0")
        case Not(part):
            inner = lines(part)
            return Sql(f"NOT ({inner.text})", inner.params)
    raise ValueError(condition)


def _joined(parts: Sequence[Condition], glue: str, nothing: str) -> Sql:
    pieces = [lines(part) for part in parts]
    text = glue.join(piece.text for piece in pieces)
    return Sql(f"({text})" if pieces else nothing, tuple(p for one in pieces for p in one.params))


# Summing


def select_sums(
    wanted: Condition, starts: date | None, ends: date, *, most: int = 2, closings: bool = True
) -> list[tuple[int, BalanceRow]]:
    """Return month (such as 202611) and what lines of it add to each account.

    Args:
        wanted: Which lines.
        starts: First day.
        ends: Last day.
        most: The highest kind of line that counts; 0 for real ones alone.
        closings: Count entries that close years.
    """
    test = lines(wanted)
    closed = "" if closings else (
        "AND p.entry_id NOT IN (SELECT id FROM journal_entry WHERE series = 'CLS') "
    )  # fmt: skip
    rows = connection.fetch(
        "SELECT p.dated / 100, p.account_id, p.commodity_id, p.value_commodity_id, sum(p.amount), "
        f"sum(p.value) FROM posting p WHERE {test.text} AND p.posted AND p.kind <= ? "
        f"AND p.dated BETWEEN ? AND ? {closed}"
        "GROUP BY p.dated / 100, p.account_id, p.commodity_id, p.value_commodity_id "
        "ORDER BY 1, 2, 3, 4",
        (*test.params, most, number_of(starts) if starts else 0, number_of(ends)),
    )
    return [(row[0], BalanceRow(row[1], row[2], row[3], int(row[4]), int(row[5]))) for row in rows]


def select_breakdown(name: str, starts: date | None, ends: date) -> list[ValueSum]:
    """Return what lines add to income and expense accounts, by their value of a tag or link.

    A line with several values counts once, under the first: its own before its entry's. Entries
    that close years are left out.

    Args:
        name: The key of a tag's name or of what links name; `link` stands for all links.
        starts: First day.
        ends: Last day.
    """
    test = "d.kind = 'link' AND ? = 'link'" if name == "link" else "d.name_key = ?"
    rows = connection.fetch(
        "SELECT min(v.value), l.account_id, l.commodity_id, sum(l.amount) FROM ("
        "SELECT q.account_id, q.commodity_id, q.amount, d.id AS dimension_id, row_number() OVER "
        "(PARTITION BY q.id ORDER BY CASE WHEN x.position = 0 THEN 1 ELSE 0 END, x.id) AS place "
        "FROM dimension d JOIN entry_dimension x ON x.dimension_id = d.id "
        "JOIN posting q ON q.entry_id = x.entry_id "
        "AND (x.position = 0 OR x.position = q.position) "
        "JOIN ledger_account a ON a.id = q.account_id AND a.kind IN ('income', 'expense') "
        f"WHERE {test} AND q.posted AND q.kind < 2 AND q.dated BETWEEN ? AND ? "
        "AND q.entry_id NOT IN (SELECT id FROM journal_entry WHERE series = 'CLS')"
        ") l JOIN dimension v ON v.id = l.dimension_id WHERE l.place = 1 "
        "GROUP BY v.value_key, l.account_id, l.commodity_id ORDER BY v.value_key, 2, 3",
        (name, number_of(starts) if starts else 0, number_of(ends)),
    )
    return [ValueSum(row[0], row[1], row[2], int(row[3])) for row in rows]


# Offering


def select_names() -> list[tuple[str, str, int]]:
    """Return kind and name of what is in use, and how many values it has."""
    rows = connection.fetch(
        "SELECT kind, min(name), count(*) FROM dimension d WHERE EXISTS "
        "(SELECT 1 FROM entry_dimension x WHERE x.dimension_id = d.id) "
        "GROUP BY kind, name_key ORDER BY kind DESC, name_key"
    )
    return [(row[0], row[1], int(row[2])) for row in rows]


def list_names(start: str, limit: int) -> list[str]:
    """Return names of tags that start so."""
    rows = connection.fetch(
        "SELECT min(name) FROM dimension WHERE kind = 'tag' AND name_key LIKE ? ESCAPE '\\' "
        "GROUP BY name_key ORDER BY name_key LIMIT ?",
        (_start(start), limit),
    )
    return [row[0] for row in rows]


def list_values(name: str, start: str, limit: int) -> list[str]:
    """Return values of a tag (or links, by what they name) that start so, the newest first."""
    test = "kind = 'link' AND ? = 'link'" if name == "link" else "name_key = ?"
    rows = connection.fetch(
        f"SELECT value FROM dimension WHERE {test} AND value <> '' "
        "AND value_key LIKE ? ESCAPE '\\' ORDER BY id DESC LIMIT ?",
        (name.casefold(), _start(start), limit),
    )
    return list(dict.fromkeys(row[0] for row in rows))


def _start(text: str) -> str:
    return text.casefold().translate(LIKE_SPECIAL) + "%"


def select_stored(entry_ids: Iterable[int]) -> dict[int, set[tuple[int, str, str, str]]]:
    """Return what is stored of some entries, without what was added later, for the proof."""
    ids = list(entry_ids)
    marks = ", ".join("?" * len(ids)) or "NULL"
    found: dict[int, set[tuple[int, str, str, str]]] = {}
    for entry_id, *told in connection.fetch(
        "SELECT x.entry_id, x.position, d.name_key, d.value_key, d.kind FROM entry_dimension x "
        f"JOIN dimension d ON d.id = x.dimension_id WHERE x.added_at IS NULL "
        f"AND x.entry_id IN ({marks})",
        ids,
    ):
        found.setdefault(entry_id, set()).add((told[0], told[1], told[2], told[3]))
    return found
