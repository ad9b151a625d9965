"""The words of documents in the full-text index: contact, reference, lines and note."""

from typing import NamedTuple

from db import connection, search
from db.compiling import Sql
from db.conditions import Words

FIELDS = ("partner", "reference", "lines", "note")


class Texts(NamedTuple):
    """What is indexed of a document."""

    partner: str
    reference: str
    lines: str
    note: str


def put(invoice_id: int, texts: Texts) -> None:
    """Index a document, in place of what was indexed before."""
    if connection.engine() == "sqlite":
        connection.execute(
            f"INSERT OR REPLACE INTO invoice_search (rowid, {', '.join(FIELDS)}) "
            "VALUES (?, ?, ?, ?, ?)",
            (invoice_id, *texts),
        )
        return
    parts = " || ".join(
        f"setweight(to_tsvector('simple', ?), '{search.WEIGHTS[name]}')" for name in FIELDS
    )
    connection.execute(
        f"INSERT INTO invoice_search (invoice_id, document) VALUES (?, {parts}) "
        "ON CONFLICT (invoice_id) DO UPDATE SET document = excluded.document",
        (invoice_id, *(search.separated(text[: search.MAX_DOCUMENT]) for text in texts)),
    )


def remove(invoice_id: int) -> None:
    """Forget a document; PostgreSQL does so by itself."""
    if connection.engine() == "sqlite":
        connection.execute("DELETE FROM invoice_search WHERE rowid = ?", (invoice_id,))


def gathered(words: Words) -> Sql | None:
    """Return a statement of the ids of documents with some words; None asks for nothing."""
    if connection.engine() == "sqlite":
        text = search.fts5_text(words)
        found = "SELECT rowid FROM invoice_search WHERE invoice_search MATCH ?"
    else:
        text = search.tsquery_text(words)
        found = "SELECT invoice_id FROM invoice_search WHERE document @@ to_tsquery('simple', ?)"
    return Sql(found, (text,)) if text else None
