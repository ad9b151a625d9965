"""Let entries be found by their words, and by account, amount and commodity of their lines."""

from typing import Any

import peewee

INDEXES = (
    "CREATE INDEX posting_draft ON posting (account_id, entry_id) WHERE NOT posted",
    "CREATE INDEX posting_amount ON posting (amount)",
    "CREATE INDEX posting_commodity ON posting (commodity_id, entry_id)",
)
TEXTS = ("payee", "description", "code", "comment")
OLD, NEW = (", ".join(f"{row}.{name}" for name in TEXTS) for row in ("OLD", "NEW"))
FORGET = (
    f"INSERT INTO entry_search (entry_search, rowid, {', '.join(TEXTS)}) "
    f"VALUES ('delete', OLD.id, {OLD})"
)
KEEP = f"INSERT INTO entry_search (rowid, {', '.join(TEXTS)}) VALUES (NEW.id, {NEW})"
SQLITE = (
    f"CREATE VIRTUAL TABLE entry_search USING fts5({', '.join(TEXTS)}, content = 'journal_entry', "
    "content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2')",
    "INSERT INTO entry_search (entry_search) VALUES ('rebuild')",
    f"CREATE TRIGGER journal_entry_forgotten AFTER DELETE ON journal_entry BEGIN {FORGET}; END",
    f"CREATE TRIGGER journal_entry_reworded AFTER UPDATE OF {', '.join(TEXTS)} ON journal_entry "
    f"BEGIN {FORGET}; {KEEP}; END",
)
ACCENTS = "\\u0300-\\u036f"
POSTGRESQL = (
    "CREATE FUNCTION entry_document(payee text, description text, code text, comment text) "
    "RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT to_tsvector('simple', "
    "regexp_replace(regexp_replace(normalize(payee || ' ' || description || ' ' || code || ' ' || "
    f"comment, NFKD), '[{ACCENTS}]+', '', 'g'), '[^[:alnum:]]+', ' ', 'g')) $$",
    "CREATE INDEX journal_entry_text ON journal_entry "
    "USING gin (entry_document(payee, description, code, comment)) WITH (fastupdate = off)",
)
"""The words of entries without accents. SQLite is told of new entries by whoever adds them: a
trigger would take twenty times as long."""

DROP = ("DROP INDEX posting_draft", "DROP INDEX posting_amount", "DROP INDEX posting_commodity")
DROP_SQLITE = (
    "DROP TRIGGER journal_entry_forgotten",
    "DROP TRIGGER journal_entry_reworded",
    "DROP TABLE entry_search",
)
DROP_POSTGRESQL = (
    "DROP INDEX journal_entry_text",
    "DROP FUNCTION entry_document(text, text, text, text)",
)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the indexes and fill them."""
    sqlite = isinstance(db, peewee.SqliteDatabase)
    for statement in (*INDEXES, *(SQLITE if sqlite else POSTGRESQL)):
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop them; nothing is lost."""
    sqlite = isinstance(db, peewee.SqliteDatabase)
    for statement in (*DROP, *(DROP_SQLITE if sqlite else DROP_POSTGRESQL)):
        db.execute_sql(statement)
