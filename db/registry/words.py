"""The words of documents: full-text index on both engines.

The title weighs most, then tags, reference, note and the other side, then the text of the file.
"""

from typing import NamedTuple

from db import connection, search
from db.compiling import Sql
from db.conditions import Words
from db.loading import CHUNK

WEIGHTS = "'{0.1, 0.2, 0.5, 1.0}'"
"""Of D, C (text), B (about) and A (title)."""
SOURCE = (
    "SELECT d.id, d.title, d.reference, d.note, coalesce(o.name, ''), coalesce(c.name, ''), "
    "coalesce(v.name, ''), coalesce(v.text, ''), d.state FROM document d "
    "LEFT JOIN organisation o ON o.id = d.organisation_id "
    "LEFT JOIN contact c ON c.id = d.contact_id "
    "LEFT JOIN document_version v ON v.document_id = d.id AND v.number = d.latest "
    "WHERE d.id BETWEEN ? AND ?"
)
TAGS = (
    "SELECT x.document_id, t.name FROM document_tag x JOIN tag t ON t.id = x.tag_id "
    "WHERE x.document_id BETWEEN ? AND ?"
)
INSERT = {
    "sqlite": "INSERT INTO document_search (rowid, title, about, body) VALUES (?, ?, ?, ?)",
    "postgresql": "INSERT INTO document_search (document_id, document) VALUES (?, "
    "setweight(to_tsvector('simple', ?), 'A') || setweight(to_tsvector('simple', ?), 'B') || "
    "setweight(to_tsvector('simple', ?), 'C'))",
}


class Match(NamedTuple):
    """A full-text condition; the search table is `s`, its `?` stands in `source` or `sql`."""

    text: str
    source: str
    sql: str
    rank: str


def refresh(first: int, last: int) -> None:
    """Index some documents anew from what is stored of them; destroyed ones by title alone."""
    tags: dict[int, list[str]] = {}
    for document_id, tag in connection.fetch(TAGS, (first, last)):
        tags.setdefault(document_id, []).append(tag)
    found = []
    for number, title, *about, text, state in connection.fetch(SOURCE, (first, last)):
        rest = " ".join((*about, *tags.get(number, ())))
        found.append((number, title, rest, "" if state == "destroyed" else text))
    connection.execute(f"DELETE FROM document_search WHERE {key()} BETWEEN ? AND ?", (first, last))
    if connection.engine() == "postgresql":
        found = [
            (row[0], *(search.separated(text[: search.MAX_DOCUMENT]) for text in row[1:]))
            for row in found
        ]  # fmt: skip
    for start in range(0, len(found), CHUNK):
        connection.executemany(INSERT[connection.engine()], found[start : start + CHUNK])


def match(words: Words) -> Match | None:
    """Return the condition of the open engine, or None when there is nothing to look for."""
    if connection.engine() == "sqlite":
        text = search.fts5_text(words)
        found = Match(text, "document_search s", "s.document_search MATCH ?", "s.rank")
    else:
        text = search.tsquery_text(words)
        source = "to_tsquery('simple', ?) w CROSS JOIN document_search s"
        rank = f"(-ts_rank({WEIGHTS}, s.document, w))::float8"
        found = Match(text, source, "s.document @@ w", rank)
    return found if text else None


def gathered(words: Words) -> Sql | None:
    """Return a statement of the ids of documents with some words; None asks for nothing."""
    found = match(words)
    if found is None:
        return None
    return Sql(f"SELECT s.{key()} FROM {found.source} WHERE {found.sql}", (found.text,))


def key() -> str:
    """Return the column of the search table that holds the document's id."""
    return "rowid" if connection.engine() == "sqlite" else "document_id"
