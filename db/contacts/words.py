"""The words of people and organisations in the full-text index, which triggers keep."""

from db import connection, search
from db.compiling import Sql
from db.conditions import Words
from db.contacts.rows import Kind


def gathered(kind: Kind, words: Words) -> Sql | None:
    """Return a statement of the ids with some words; None asks for nothing."""
    if connection.engine() == "sqlite":
        text = search.fts5_text(words)
        found = f"SELECT rowid FROM {kind}_search WHERE {kind}_search MATCH ?"
    else:
        text = search.tsquery_text(words)
        found = f"SELECT {kind}_id FROM {kind}_search WHERE document @@ to_tsquery('simple', ?)"
    return Sql(found, (text,)) if text else None
