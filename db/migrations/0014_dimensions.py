"""Let tags and links of entries be found and summed, and files lie at entries and documents."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

import peewee


class JournalEntry(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Invoice(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Dimension(peewee.Model):
    id = peewee.AutoField()
    kind = peewee.TextField()
    name = peewee.TextField()
    value = peewee.TextField()
    name_key = peewee.TextField()
    value_key = peewee.TextField()

    class Meta:
        legacy_table_names = False
        indexes = ((("name_key", "value_key", "kind"), True),)


class EntryDimension(peewee.Model):
    id = peewee.AutoField()
    dimension = peewee.ForeignKeyField(Dimension, index=False, on_delete="RESTRICT")
    entry = peewee.ForeignKeyField(JournalEntry, index=False, on_delete="CASCADE")
    position = peewee.IntegerField()
    added_by = peewee.IntegerField(null=True)
    added_at = peewee.BigIntegerField(null=True)

    class Meta:
        legacy_table_names = False
        indexes = ((("dimension", "entry", "position"), True), (("entry", "id"), False))


class EntryAttachment(peewee.Model):
    id = peewee.AutoField()
    entry = peewee.ForeignKeyField(JournalEntry, on_delete="CASCADE")
    name = peewee.TextField()
    media_type = peewee.TextField()
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField(index=True)
    added_by = peewee.IntegerField()
    added_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False


class InvoiceAttachment(peewee.Model):
    id = peewee.AutoField()
    invoice = peewee.ForeignKeyField(Invoice, on_delete="CASCADE")
    name = peewee.TextField()
    media_type = peewee.TextField()
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField(index=True)
    added_by = peewee.IntegerField()
    added_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False


TABLES = (Dimension, EntryDimension, EntryAttachment, InvoiceAttachment)
RECORD = re.compile(r"(TKT|AST|FA|PRJ|CON)-0*([0-9]{1,9})", re.IGNORECASE)
DOCUMENT = re.compile(r"([A-Z]{2,6})-([0-9]{4}(?:/[0-9]{2})?)-0*([0-9]{1,9})", re.IGNORECASE)
MAIL = re.compile(r"[^@\s,]+@[^@\s,]+\.[^@\s,]+")
RECORDS = {"tkt": "ticket", "ast": "asset", "fa": "asset", "prj": "project", "con": "contact"}
CHUNK, LONGEST = 2_000, 120
HEADS = (
    "SELECT id, tags, links FROM journal_entry WHERE id > ? "
    "AND (tags <> '[]' OR links <> '[]') ORDER BY id LIMIT ?"
)
LINES = (
    "SELECT id, entry_id, position, details FROM posting WHERE id > ? "
    "AND details LIKE '%\"tags\"%' ORDER BY id LIMIT ?"
)
Key = tuple[str, str, str, str, str]


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables, and fill them with what entries say."""
    models = (JournalEntry, Invoice, *TABLES)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
        _fill(db)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; links and files that were added to posted entries are lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)


def _fill(db: Any) -> None:  # Any: the runner is untyped
    known: dict[tuple[str, str, str], int] = {}
    for entry_id, tags, links in _read(db, HEADS):
        named = json.loads(tags)
        told = [_tag(name, value) for name, value in named]
        told += [_link(link) for link in json.loads(links)]
        told += [_link(value) for name, value in named if name.casefold() == "link" and value]
        _put(db, known, entry_id, 0, told)
    for _line, entry_id, position, details in _read(db, LINES):
        named = json.loads(details).get("tags", ())
        told = [_tag(name, value) for name, value in named]
        told += [_link(value) for name, value in named if name.casefold() == "link" and value]
        _put(db, known, entry_id, position, told)


def _read(db: Any, statement: str) -> Iterator[tuple[Any, ...]]:
    mark = db.param
    last = 0
    while rows := db.execute_sql(
        statement.replace("%", "%%").replace("?", mark) if mark != "?" else statement,
        (last, CHUNK),
    ).fetchall():
        yield from rows
        last = rows[-1][0]


def _put(
    db: Any, known: dict[tuple[str, str, str], int], entry_id: int, position: int, told: list[Key]
) -> None:
    rows: dict[int, None] = {}
    for kind, name, value, name_key, value_key in told:
        key = (name_key, value_key, kind)
        if key not in known:
            known[key] = Dimension.insert(
                kind=kind, name=name, value=value, name_key=name_key, value_key=value_key
            ).execute()
        rows[known[key]] = None
    if rows:
        marks = ", ".join(f"({', '.join([db.param] * 3)})" for _id in rows)
        db.execute_sql(
            f"INSERT INTO entry_dimension (dimension_id, entry_id, position) VALUES {marks}",
            [value for dimension_id in rows for value in (dimension_id, entry_id, position)],
        )


def _key(text: str) -> str:
    folded = text.casefold()
    if len(folded) <= LONGEST:
        return folded
    return f"{folded[:LONGEST]}#{hashlib.sha256(folded.encode()).hexdigest()}"


def _tag(name: str, value: str) -> Key:
    return "tag", name, value, _key(name), _key(value)


def _link(text: str) -> Key:
    word = text.strip()
    if found := RECORD.fullmatch(word):
        kind = found[1].casefold()
        return "link", RECORDS[kind], word, RECORDS[kind], f"{kind}-{int(found[2])}"
    if found := DOCUMENT.fullmatch(word):
        key = f"{found[1]}-{found[2]}-{int(found[3])}".casefold()
        return "link", "document", word, "document", key
    name = "contact" if MAIL.fullmatch(word) else ""
    return "link", name, word, name, _key(word.removeprefix("^"))
