"""Sort documents along indexes, and say of which ones the date is missing that counts.

A document whose class is kept for a time, but whose own date for that is not filled in, has no
day; what is to become of it is said all the same, so that it can be told from one kept for ever.
"""

from typing import Any

INDEXES = (
    "CREATE INDEX document_title_id ON document (title, id)",
    "CREATE INDEX document_dated_on_id ON document (dated_on, id)",
    "CREATE INDEX document_undated ON document (id) WHERE due_on IS NULL AND due_then <> ''",
    "CREATE INDEX obligation_due_on_id ON obligation (due_on, id)",
)
MISSING = {
    "dated": "dated_on IS NULL", "expires": "expires_on IS NULL",
    "approved": "approved_on IS NULL AND state IN ('superseded', 'withdrawn')",
}  # fmt: skip


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Fill what becomes of documents without a date, then make the indexes."""
    rows = db.execute_sql(
        "SELECT id, parent_id, keep_months, keep_from, keep_then FROM document_class"
    ).fetchall()
    own = {row[0]: row[1:] for row in rows}
    for class_id in own:
        at: int | None = class_id
        while at is not None and own[at][1] is None:
            at = own[at][0]
        if at is None or not own[at][1] or own[at][2] not in MISSING:
            continue
        mark = db.param
        db.execute_sql(
            f"UPDATE document SET due_then = {mark} WHERE class_id = {mark} "
            f"AND state <> 'destroyed' AND {MISSING[own[at][2]]}",
            (own[at][3], class_id),
        )
    for statement in INDEXES:
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the indexes; documents without a date seem kept for ever again."""
    for statement in INDEXES:
        db.execute_sql(f"DROP INDEX {statement.split()[2]}")
    db.execute_sql("UPDATE document SET due_then = '' WHERE due_on IS NULL")
