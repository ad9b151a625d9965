"""Let documents be listed, found and printed whole: states, numbers to sort by, words, addresses.

What is open of a document and where it stands follows its open item by triggers, so that lists
need no other table. Issued documents keep the address and tax number that were printed.
"""

from typing import Any

import peewee

COLUMNS = (
    ("organisation", "address", "TEXT NOT NULL DEFAULT ''"),
    ("organisation", "tax_number", "TEXT NOT NULL DEFAULT ''"),
    ("invoice", "side", "TEXT NOT NULL DEFAULT ''"),
    ("invoice", "standing", "TEXT NOT NULL DEFAULT 'draft'"),
    ("invoice", "open", "{large} NOT NULL DEFAULT 0"),
    ("invoice", "sort_number", "TEXT"),
    ("invoice", "partner_address", "TEXT NOT NULL DEFAULT ''"),
    ("invoice", "partner_tax_number", "TEXT NOT NULL DEFAULT ''"),
    ("invoice_line", "unit", "TEXT NOT NULL DEFAULT ''"),
)
KEPT = ("side", "sort_number", "partner_address", "partner_tax_number")
"""Columns of an issued document that never change."""
INDEXES = {
    "invoice_dated": "(side, dated, id)",
    "invoice_due": "(side, due, id)",
    "invoice_number": "(side, sort_number, id)",
    "invoice_name": "(side, partner_name, id)",
    "invoice_standing": "(side, standing, dated, id)",
    "invoice_of": "(side, partner_id, dated, id)",
    "invoice_kind": "(side, kind, dated, id)",
    "invoice_currency": "(side, commodity_id, dated, id)",
    "invoice_total": "(total)",
    "invoice_open_dated": "(side, dated, id) WHERE open <> 0",
    "invoice_open_due": "(side, due, id) WHERE open <> 0",
    "invoice_waiting": "(side, dated, id) WHERE state = 'draft'",
}
OLD_INDEX = "invoice_kind_dated_id"
SIDE = "CASE WHEN kind IN ('invoice', 'invoice-credit') THEN 'receivable' ELSE 'payable' END"


def _standing(item: str) -> str:
    """Return the expression for where a document with an open item stands."""
    return (
        f"CASE WHEN total <> 0 AND {item}.credited = total THEN 'cancelled' "
        f"WHEN {item}.open = 0 THEN 'paid' WHEN abs({item}.open) = total THEN 'issued' "
        "ELSE 'partly paid' END"
    )


FOLLOW = (
    f"UPDATE invoice SET open = NEW.open, standing = {_standing('NEW')} WHERE id = NEW.invoice_id"
)
SQLITE = (
    f"CREATE TRIGGER open_item_shown AFTER INSERT ON open_item WHEN NEW.invoice_id > 0 "
    f"BEGIN {FOLLOW}; END",
    f"CREATE TRIGGER open_item_followed AFTER UPDATE OF open, credited ON open_item "
    f"WHEN NEW.invoice_id > 0 BEGIN {FOLLOW}; END",
    "CREATE TRIGGER invoice_keeps BEFORE UPDATE ON invoice WHEN OLD.state = 'issued' AND ("
    + " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in KEPT)
    + ") BEGIN SELECT RAISE(ABORT, 'an issued document never changes; credit it'); END",
    "CREATE TRIGGER invoice_line_keeps BEFORE UPDATE ON invoice_line WHEN OLD.issued AND "
    "NEW.unit IS NOT OLD.unit "
    "BEGIN SELECT RAISE(ABORT, 'an issued document never changes; credit it'); END",
    "CREATE VIRTUAL TABLE invoice_search USING fts5(partner, reference, lines, note, "
    "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
    "INSERT INTO invoice_search (rowid, partner, reference, lines, note) SELECT i.id, "
    "i.partner_name, i.reference, coalesce((SELECT group_concat(l.text, ' ') FROM invoice_line l "
    "WHERE l.invoice_id = i.id), ''), i.note FROM invoice i",
)
ACCENTS = "\\u0300-\\u036f"


def _vector(text: str, weight: str) -> str:
    """Return the words of a text without accents, as PostgreSQL indexes them."""
    plain = f"regexp_replace(normalize({text}, NFKD), '[{ACCENTS}]+', '', 'g')"
    words = f"regexp_replace({plain}, '[^[:alnum:]]+', ' ', 'g')"
    return f"setweight(to_tsvector('simple', {words}), '{weight}')"


LINES = (
    "coalesce((SELECT string_agg(l.text, ' ') FROM invoice_line l WHERE l.invoice_id = i.id), '')"
)
POSTGRESQL = (
    "CREATE FUNCTION open_item_follow() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN {FOLLOW}; RETURN NULL; END $$",
    "CREATE TRIGGER open_item_shown AFTER INSERT ON open_item FOR EACH ROW "
    "WHEN (NEW.invoice_id > 0) EXECUTE FUNCTION open_item_follow()",
    "CREATE TRIGGER open_item_followed AFTER UPDATE OF open, credited ON open_item FOR EACH ROW "
    "WHEN (NEW.invoice_id > 0) EXECUTE FUNCTION open_item_follow()",
    "CREATE TRIGGER invoice_keeps BEFORE UPDATE ON invoice FOR EACH ROW "
    "WHEN (OLD.state = 'issued' AND ("
    + " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in KEPT)
    + ")) EXECUTE FUNCTION document_refuse('an issued document never changes; credit it')",
    "CREATE TRIGGER invoice_line_keeps BEFORE UPDATE ON invoice_line FOR EACH ROW "
    "WHEN (OLD.issued AND NEW.unit IS DISTINCT FROM OLD.unit) "
    "EXECUTE FUNCTION document_refuse('an issued document never changes; credit it')",
    "CREATE TABLE invoice_search (invoice_id integer PRIMARY KEY REFERENCES invoice (id) "
    "ON DELETE CASCADE, document tsvector NOT NULL)",
    "INSERT INTO invoice_search (invoice_id, document) SELECT i.id, "
    f"{_vector('i.partner_name', 'A')} || {_vector('i.reference', 'B')} || "
    f"{_vector(LINES, 'C')} || {_vector('i.note', 'D')} FROM invoice i",
    "CREATE INDEX invoice_search_document ON invoice_search USING gin (document) "
    "WITH (fastupdate = off)",
)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Add the columns, fill them, and let them follow."""
    sqlite = isinstance(db, peewee.SqliteDatabase)
    large = "INTEGER" if sqlite else "BIGINT"
    for table, name, kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind.format(large=large)}")
    padded = "printf('%09d', e.number)" if sqlite else "lpad(e.number::text, 9, '0')"
    filled = (
        f"UPDATE invoice SET side = {SIDE}",
        "UPDATE invoice SET sort_number = (SELECT y.name || '-' || e.series || '-' || "
        f"{padded} FROM journal_entry e JOIN fiscal_year y ON y.id = e.year_id "
        "WHERE e.id = invoice.entry_id) WHERE entry_id IS NOT NULL",
        f"UPDATE invoice SET open = o.open, standing = {_standing('o')} FROM open_item o "
        "WHERE o.invoice_id = invoice.id",
    )
    indexes = [f"CREATE INDEX {name} ON invoice {columns}" for name, columns in INDEXES.items()]
    for statement in (*filled, *(SQLITE if sqlite else POSTGRESQL), *indexes):
        db.execute_sql(statement)
    db.execute_sql(f"DROP INDEX {OLD_INDEX}")


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop them; addresses, tax numbers and units are lost."""
    sqlite = isinstance(db, peewee.SqliteDatabase)
    triggers = {"open_item_shown": "open_item", "open_item_followed": "open_item",
                "invoice_keeps": "invoice", "invoice_line_keeps": "invoice_line"}  # fmt: skip
    for name, table in triggers.items():
        db.execute_sql(f"DROP TRIGGER {name}" + ("" if sqlite else f" ON {table}"))
    if not sqlite:
        db.execute_sql("DROP FUNCTION open_item_follow()")
    for name in INDEXES:
        db.execute_sql(f"DROP INDEX {name}")
    db.execute_sql("DROP TABLE invoice_search")
    for table, name, _kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {name}")
    db.execute_sql(f"CREATE INDEX {OLD_INDEX} ON invoice (kind, dated, id)")
