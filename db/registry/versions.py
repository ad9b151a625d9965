"""Versions of documents and their reviews: one function for each statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from db import connection
from db.files import NewFile
from db.projects import statements
from db.registry.rows import ReviewRow, VersionRow

VERSION = (
    "SELECT a.id, a.document_id, a.number, a.name, a.media_type, a.size, a.sha256, a.note, "
    "a.added_by_id, coalesce(u.login, ''), a.added_at, a.text_state, a.text_why, a.removed_at "
    "FROM document_version a LEFT JOIN user_account u ON u.id = a.added_by_id"
)
REVIEW = (
    "SELECT r.id, r.document_id, r.round, r.place, r.user_id, coalesce(u.login, ''), r.number, "
    "r.decision, r.comment, r.at FROM document_review r "
    "LEFT JOIN user_account u ON u.id = r.user_id"
)
HOLDERS = {
    "sqlite": "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) p "
    "WHERE m.type = 'table' AND p.name = 'sha256'",
    "postgresql": "SELECT table_name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND column_name = 'sha256'",
}
"""The tables of records that have files."""


def _rows(rows: Sequence[Any]) -> list[VersionRow]:
    return [statements.row_of(VersionRow, row) for row in rows]


def insert(
    document_id: int, number: int, file: NewFile, note: str, added_by: int | None, at: datetime
) -> int:
    """Note a file as a version; its text waits to be read. Returns its id."""
    return statements.insert("document_version", {
        "document_id": document_id, "number": number, "name": file.name,
        "media_type": file.media_type, "size": file.size, "sha256": file.sha256, "note": note,
        "added_by_id": added_by, "added_at": at, "text": "", "text_state": "waiting",
        "text_why": "",
    })  # fmt: skip


def select(document_id: int) -> list[VersionRow]:
    """Return the versions of a document, in order."""
    return _rows(
        connection.fetch(f"{VERSION} WHERE a.document_id = ? ORDER BY a.number", (document_id,))
    )


def find(document_id: int, number: int) -> VersionRow | None:
    """Return a version of a document."""
    rows = connection.fetch(
        f"{VERSION} WHERE a.document_id = ? AND a.number = ?", (document_id, number)
    )
    return _rows(rows)[0] if rows else None


def text_of(document_id: int, number: int) -> str:
    """Return what was read of a version; nothing where it was not."""
    rows = connection.fetch(
        "SELECT text FROM document_version WHERE document_id = ? AND number = ?",
        (document_id, number),
    )
    return str(rows[0][0]) if rows else ""


def select_waiting(limit: int, after: int = 0, document_id: int = 0) -> list[VersionRow]:
    """Return versions behind an id whose text nobody read yet, of one document or of all."""
    mine = "AND a.document_id = ? " if document_id else ""
    return _rows(
        connection.fetch(
            f"{VERSION} WHERE a.text_state = 'waiting' AND a.removed_at IS NULL AND a.id > ? "
            f"{mine}ORDER BY a.id LIMIT ?",
            (after, *((document_id,) if document_id else ()), limit),
        )
    )


def count_waiting() -> int:
    """Return of how many versions nobody read the text yet."""
    rows = connection.fetch(
        "SELECT count(*) FROM document_version WHERE text_state = 'waiting' AND removed_at IS NULL"
    )
    return int(rows[0][0])


def set_text(version_id: int, text: str, state: str, why: str) -> bool:
    """Keep what was read of a version; answers whether it still waited for that."""
    cursor = connection.execute(
        "UPDATE document_version SET text = ?, text_state = ?, text_why = ? "
        "WHERE id = ? AND text_state = 'waiting'",
        (text, state, why, version_id),
    )
    return bool(cursor.rowcount)


def select_authors(document_id: int, after: int) -> set[int]:
    """Return who added a version of a document behind a number."""
    rows = connection.fetch(
        "SELECT DISTINCT added_by_id FROM document_version "
        "WHERE document_id = ? AND number > ? AND added_by_id IS NOT NULL",
        (document_id, after),
    )
    return {row[0] for row in rows}


# Reviews


def insert_review(document_id: int, turn: int, place: int, user_id: int, number: int) -> None:
    """Ask somebody to approve a version."""
    statements.insert("document_review", {
        "document_id": document_id, "round": turn, "place": place, "user_id": user_id,
        "number": number, "decision": "", "comment": "",
    })  # fmt: skip


def select_reviews(document_id: int) -> list[ReviewRow]:
    """Return all reviews of a document, in the order in which they were asked for."""
    rows = connection.fetch(
        f"{REVIEW} WHERE r.document_id = ? ORDER BY r.round, r.place", (document_id,)
    )
    return [statements.row_of(ReviewRow, row) for row in rows]


def select_asked(user_id: int | None, limit: int) -> list[ReviewRow]:
    """Return the reviews that wait, of somebody or of all, of documents that are in review."""
    mine = "r.user_id = ? AND" if user_id is not None else ""
    rows = connection.fetch(
        f"{REVIEW} JOIN document d ON d.id = r.document_id AND d.round = r.round "
        f"WHERE {mine} r.decision = '' AND d.state = 'review' "
        "ORDER BY r.document_id, r.place LIMIT ?",
        (user_id, limit) if user_id is not None else (limit,),
    )
    return [statements.row_of(ReviewRow, row) for row in rows]


def set_decision(review_id: int, decision: str, comment: str, at: datetime) -> bool:
    """Keep what somebody said; answers whether it still waited."""
    cursor = connection.execute(
        "UPDATE document_review SET decision = ?, comment = ?, at = ? "
        "WHERE id = ? AND decision = ''",
        (decision, comment, int(at.timestamp()), review_id),
    )
    return bool(cursor.rowcount)


# What was destroyed


def forget_texts(document_id: int) -> None:
    """Take away what was read of the versions of a document."""
    connection.execute(
        "UPDATE document_version SET text = '', text_state = 'empty' WHERE document_id = ?",
        (document_id,),
    )


def select_unremoved(limit: int) -> list[VersionRow]:
    """Return versions of destroyed documents whose content was not removed yet."""
    return _rows(
        connection.fetch(
            f"{VERSION} JOIN document d ON d.id = a.document_id "
            "WHERE d.state = 'destroyed' AND a.removed_at IS NULL ORDER BY a.id LIMIT ?",
            (limit,),
        )
    )


def is_used(sha256: str) -> bool:
    """Return whether a record that was not destroyed has this content."""
    for (table,) in connection.fetch(HOLDERS[connection.engine()]):
        if table == "blob":
            continue
        live = ""
        if table == "document_version":
            live = "AND document_id IN (SELECT id FROM document WHERE state <> 'destroyed')"
        if connection.fetch(f'SELECT 1 FROM "{table}" WHERE sha256 = ? {live} LIMIT 1', (sha256,)):
            return True
    return False


def set_removed(sha256: str, at: datetime) -> None:
    """Say that the content of destroyed documents is gone, or stays for another record."""
    connection.execute(
        "UPDATE document_version SET removed_at = ? WHERE sha256 = ? AND removed_at IS NULL "
        "AND document_id IN (SELECT id FROM document WHERE state = 'destroyed')",
        (int(at.timestamp()), sha256),
    )


def delete_blob(sha256: str) -> None:
    """Remove content that is kept in the database."""
    connection.execute("DELETE FROM blob WHERE sha256 = ?", (sha256,))
