"""Legal holds and destructions: one function for each statement."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from db import connection
from db.fields import number_of
from db.projects import statements
from db.registry.rows import DestructionLineRow, DestructionRow, HoldRow

HOLD = (
    "SELECT h.id, h.document_id, h.matter, h.reason, h.from_on, h.until_on, "
    "coalesce(p.login, ''), h.at, coalesce(r.login, ''), h.released_at, h.release_reason "
    "FROM legal_hold h LEFT JOIN user_account p ON p.id = h.put_by_id "
    "LEFT JOIN user_account r ON r.id = h.released_by_id"
)
DESTRUCTION = (
    "SELECT a.id, a.version, a.state, a.reason, a.proposed_by_id, coalesce(p.login, ''), "
    "a.proposed_at, coalesce(d.login, ''), a.decided_at, a.comment, "
    "(SELECT count(*) FROM destruction_line l WHERE l.destruction_id = a.id) "
    "FROM destruction a LEFT JOIN user_account p ON p.id = a.proposed_by_id "
    "LEFT JOIN user_account d ON d.id = a.decided_by_id"
)
LIMIT = 500


def select_holds(document_id: int) -> list[HoldRow]:
    """Return the holds of a document, the last first."""
    rows = connection.fetch(f"{HOLD} WHERE h.document_id = ? ORDER BY h.id DESC", (document_id,))
    return [statements.row_of(HoldRow, row) for row in rows]


def select_matters(ids: Collection[int], day: date) -> dict[int, str]:
    """Return the matters of the holds that keep some documents on a day."""
    marks = ", ".join("?" * len(ids)) or "NULL"
    rows = connection.fetch(
        f"SELECT document_id, matter FROM legal_hold WHERE document_id IN ({marks}) "
        "AND released_at IS NULL AND (until_on IS NULL OR until_on >= ?) ORDER BY id DESC",
        (*ids, number_of(day)),
    )
    found: dict[int, str] = {}
    for document_id, matter in rows:
        found[document_id] = f"{found[document_id]}, {matter}" if document_id in found else matter
    return found


def insert_hold(columns: Mapping[str, object]) -> int:
    """Add a hold; returns its id."""
    return statements.insert("legal_hold", {"release_reason": "", **columns})


def release(hold_id: int, user_id: int | None, at: datetime, reason: str) -> None:
    """End a hold."""
    connection.execute(
        "UPDATE legal_hold SET released_by_id = ?, released_at = ?, release_reason = ? "
        "WHERE id = ?",
        (user_id, int(at.timestamp()), reason, hold_id),
    )


# Destructions


def insert_destruction(columns: Mapping[str, object]) -> int:
    """Add what somebody proposes to destroy; returns its id."""
    return statements.insert("destruction", {"version": 1, "comment": "", **columns})


def insert_line(columns: Mapping[str, object]) -> int:
    """Add a document of a destruction."""
    return statements.insert("destruction_line", {"shared": 0, **columns})


def set_shared(line_id: int, files: str, shared: int) -> None:
    """Keep which files a document had, and how many of them stay for other records."""
    connection.execute(
        "UPDATE destruction_line SET files = ?, shared = ? WHERE id = ?", (files, shared, line_id)
    )


def update(destruction_id: int, version: int, columns: Mapping[str, object]) -> bool:
    """Change a destruction; answers whether it still had that version."""
    return statements.update("destruction", destruction_id, version, columns)


def select_all() -> list[DestructionRow]:
    """Return the destructions, the last first."""
    rows = connection.fetch(f"{DESTRUCTION} ORDER BY a.id DESC LIMIT ?", (LIMIT,))
    return [statements.row_of(DestructionRow, row) for row in rows]


def find(destruction_id: int) -> DestructionRow | None:
    """Return a destruction."""
    rows = connection.fetch(f"{DESTRUCTION} WHERE a.id = ?", (destruction_id,))
    return statements.row_of(DestructionRow, rows[0]) if rows else None


def select_lines(destruction_id: int) -> list[DestructionLineRow]:
    """Return the documents of a destruction, by number."""
    rows = connection.fetch(
        "SELECT id, destruction_id, document_id, title, class_code, rule, due_on, files, shared "
        "FROM destruction_line WHERE destruction_id = ? ORDER BY document_id",
        (destruction_id,),
    )
    return [statements.row_of(DestructionLineRow, row) for row in rows]


def select_proposed(ids: Collection[int]) -> set[int]:
    """Return those of some documents that stand in a destruction that waits."""
    marks = ", ".join("?" * len(ids)) or "NULL"
    rows = connection.fetch(
        "SELECT l.document_id FROM destruction_line l JOIN destruction d "
        f"ON d.id = l.destruction_id WHERE l.document_id IN ({marks}) AND d.state = 'proposed'",
        tuple(ids),
    )
    return {row[0] for row in rows}
