"""Documents: one function for each statement; their readers, tags and links."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from db import connection
from db.fields import number_of
from db.projects import statements
from db.registry.rows import DocumentRow, LinkRow

TAGS = {
    "sqlite": "coalesce((SELECT group_concat(g.name, ', ') FROM (SELECT n.name FROM document_tag x "
    "JOIN tag n ON n.id = x.tag_id WHERE x.document_id = a.id ORDER BY n.name) g), '')",
    "postgresql": "coalesce((SELECT string_agg(n.name, ', ' ORDER BY n.name) FROM document_tag x "
    "JOIN tag n ON n.id = x.tag_id WHERE x.document_id = a.id), '')",
}
HELD = (
    "EXISTS (SELECT 1 FROM legal_hold h WHERE h.document_id = {id} AND h.released_at IS NULL "
    "AND (h.until_on IS NULL OR h.until_on >= {today}))"
)
JOINS = (
    "LEFT JOIN document_class k ON k.id = a.class_id "
    "LEFT JOIN user_account u ON u.id = a.owner_id "
    "LEFT JOIN organisation o ON o.id = a.organisation_id "
    "LEFT JOIN contact c ON c.id = a.contact_id "
    "LEFT JOIN commodity m ON m.id = a.commodity_id "
    "LEFT JOIN document_version v ON v.document_id = a.id AND v.number = a.latest"
)


def columns(day: date) -> str:
    """Return the columns of a row, as of a day; the document's table is called `a`."""
    held = HELD.format(id="a.id", today=number_of(day))
    return (
        "a.id, a.version, a.title, a.state, a.level, a.class_id, coalesce(k.code, ''), "
        "coalesce(k.name, ''), a.owner_id, coalesce(u.login, ''), a.organisation_id, "
        "coalesce(o.name, ''), a.contact_id, coalesce(c.name, ''), a.contract_id, a.reference, "
        "a.amount, a.commodity_id, coalesce(m.code, ''), coalesce(m.precision, 0), a.dated_on, "
        "a.expires_on, a.review_on, a.note, a.latest, a.approved_version, a.approved_on, "
        "a.closed_on, a.reason, a.successor_id, a.round, a.in_order, a.kept_until, a.due_on, "
        "a.due_then, a.created_by_id, a.created_at, a.updated_at, a.external_key, "
        f"coalesce(v.name, ''), coalesce(v.size, 0), {TAGS[connection.engine()]}, {held}"
    )


def row_of(values: Sequence[Any]) -> DocumentRow:
    """Return the row of these columns."""
    found = statements.row_of(DocumentRow, values)
    return found._replace(in_order=bool(found.in_order), held=bool(found.held))


def find(document_id: int, day: date) -> DocumentRow | None:
    """Return a document, held or not as of a day."""
    rows = connection.fetch(
        f"SELECT {columns(day)} FROM document a {JOINS} WHERE a.id = ?", (document_id,)
    )
    return row_of(rows[0]) if rows else None


def select(ids: Collection[int], day: date) -> list[DocumentRow]:
    """Return some documents, by id."""
    marks = ", ".join("?" * len(ids)) or "NULL"
    rows = connection.fetch(
        f"SELECT {columns(day)} FROM document a {JOINS} WHERE a.id IN ({marks}) ORDER BY a.id",
        tuple(ids),
    )
    return [row_of(row) for row in rows]


def select_ending(first: date, last: date, limit: int, day: date) -> list[DocumentRow]:
    """Return documents in force whose last day lies between two days."""
    rows = connection.fetch(
        f"SELECT {columns(day)} FROM document a {JOINS} WHERE a.expires_on BETWEEN ? AND ? "
        "AND a.state NOT IN ('superseded', 'withdrawn', 'destroyed') "
        "ORDER BY a.expires_on, a.id LIMIT ?",
        (number_of(first), number_of(last), limit),
    )
    return [row_of(row) for row in rows]


def select_of_class(class_ids: Collection[int], after: int, limit: int) -> list[int]:
    """Return the ids of documents of some classes that are there, behind an id."""
    marks = ", ".join("?" * len(class_ids)) or "NULL"
    rows = connection.fetch(
        f"SELECT id FROM document WHERE class_id IN ({marks}) AND id > ? "
        "AND state <> 'destroyed' ORDER BY id LIMIT ?",
        (*class_ids, after, limit),
    )
    return [row[0] for row in rows]


def find_by_key(external_key: str) -> int | None:
    """Return the document that an import made of a number elsewhere."""
    rows = connection.fetch("SELECT id FROM document WHERE external_key = ?", (external_key,))
    return int(rows[0][0]) if rows else None


def insert(values: Mapping[str, object]) -> int:
    """Add a document; returns its id."""
    return statements.insert("document", {
        "version": 1, "reference": "", "note": "", "latest": 0, "approved_version": 0,
        "reason": "", "round": 0, "in_order": False, "due_then": "", **values,
    })  # fmt: skip


def update(document_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Change columns of a document; answers whether it still had that version."""
    return statements.update("document", document_id, version, values)


def set_due(document_id: int, day: date | None, then: str) -> None:
    """Keep until when a document is kept, without a new version."""
    connection.execute(
        "UPDATE document SET due_on = ?, due_then = ? WHERE id = ?",
        (number_of(day) if day else None, then, document_id),
    )


# Readers and tags


def select_readers(document_id: int) -> list[tuple[int, str]]:
    """Return id and login of those who may read a document whatever its level."""
    rows = connection.fetch(
        "SELECT r.user_id, u.login FROM document_reader r JOIN user_account u ON u.id = r.user_id "
        "WHERE r.document_id = ? ORDER BY u.login",
        (document_id,),
    )
    return [(row[0], row[1]) for row in rows]


def put_readers(document_id: int, user_ids: Collection[int]) -> None:
    """Set who may read a document whatever its level."""
    _put("document_reader", "user_id", document_id, user_ids)


def put_tags(document_id: int, tag_ids: Collection[int]) -> None:
    """Set the tags of a document."""
    _put("document_tag", "tag_id", document_id, tag_ids)


def _put(table: str, column: str, document_id: int, ids: Collection[int]) -> None:
    connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))
    for each in sorted(set(ids)):
        connection.execute(
            f"INSERT INTO {table} (document_id, {column}) VALUES (?, ?)", (document_id, each)
        )


# Links


LINK = "SELECT id, document_id, contract_id, feature, record_id FROM document_link"


def select_links(column: str, record_id: int) -> list[LinkRow]:
    """Return what a `document` or a `contract` is linked to."""
    rows = connection.fetch(
        f"{LINK} WHERE {column}_id = ? ORDER BY feature, record_id", (record_id,)
    )
    return [LinkRow(*row) for row in rows]


def select_linked(feature: str, record_id: int) -> list[LinkRow]:
    """Return the documents and contracts at a record."""
    rows = connection.fetch(
        f"{LINK} WHERE feature = ? AND record_id = ? ORDER BY id", (feature, record_id)
    )
    return [LinkRow(*row) for row in rows]


def insert_link(column: str, record_id: int, feature: str, other_id: int) -> bool:
    """Link a `document` or a `contract` to a record; answers whether it was not linked yet."""
    cursor = connection.execute(
        f"INSERT INTO document_link ({column}_id, feature, record_id) "
        f"SELECT ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM document_link "
        f"WHERE {column}_id = ? AND feature = ? AND record_id = ?)",
        (record_id, feature, other_id, record_id, feature, other_id),
    )
    return bool(cursor.rowcount)


def delete_link(column: str, record_id: int, feature: str, other_id: int) -> bool:
    """Take a link away; answers whether it was there."""
    cursor = connection.execute(
        f"DELETE FROM document_link WHERE {column}_id = ? AND feature = ? AND record_id = ?",
        (record_id, feature, other_id),
    )
    return bool(cursor.rowcount)
