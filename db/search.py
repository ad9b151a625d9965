"""Full-text search over tickets: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Both fold case and accents and take words as runs of letters and digits. A document is the
ticket's subject and the text of its thread.
"""

import re
import unicodedata
from typing import NamedTuple

from db import connection
from db.conditions import Words

SQLITE = (
    "CREATE VIRTUAL TABLE ticket_search USING fts5(subject, body, "
    "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
    "INSERT INTO ticket_search (ticket_search, rank) VALUES ('rank', 'bm25(5.0, 1.0)')",
)
POSTGRESQL = (
    "CREATE TABLE ticket_search ("
    "ticket_id integer PRIMARY KEY REFERENCES ticket (id) ON DELETE CASCADE, "
    "document tsvector NOT NULL)",
    "CREATE INDEX ticket_search_document ON ticket_search USING gin (document) "
    "WITH (fastupdate = off)",
)
TOKEN = re.compile(r"[^\W_]+")
MAX_DOCUMENT = 200_000
"""Characters of a thread that PostgreSQL indexes; a tsvector holds at most 1 MB."""
WEIGHTS = {
    "subject": "A", "body": "B",
    "partner": "A", "reference": "B", "lines": "C", "note": "D",
    "name": "A", "ident": "B", "model": "C",
    "ways": "B", "place": "C",
}  # fmt: skip
"""Of the parts of a ticket, of a document, and of an asset."""


class Match(NamedTuple):
    """A full-text condition in the words of one engine; the search table is `s`.

    Attributes:
        text: The value of the one `?`, which stands in `source` or in `sql`.
        source: What to select from.
        sql: The condition.
        rank: An expression: the lower, the better.
    """

    text: str
    source: str
    sql: str
    rank: str


def create_search_tables() -> None:
    """Make the search tables of the open engine."""
    for statement in SQLITE if connection.engine() == "sqlite" else POSTGRESQL:
        connection.execute(statement)


def put(ticket_id: int, subject: str, body: str) -> None:
    """Index a ticket's text, in place of what was indexed before."""
    if connection.engine() == "sqlite":
        connection.execute(
            "INSERT OR REPLACE INTO ticket_search (rowid, subject, body) VALUES (?, ?, ?)",
            (ticket_id, subject, body),
        )
        return
    connection.execute(
        "INSERT INTO ticket_search (ticket_id, document) VALUES (?, "
        "setweight(to_tsvector('simple', ?), 'A') || setweight(to_tsvector('simple', ?), 'B')) "
        "ON CONFLICT (ticket_id) DO UPDATE SET document = excluded.document",
        document(ticket_id, subject, body),
    )


def document(ticket_id: int, subject: str, body: str) -> tuple[int, str, str]:
    """Return what PostgreSQL indexes of a ticket."""
    return ticket_id, separated(subject), separated(body[:MAX_DOCUMENT])


def remove(ticket_id: int) -> None:
    """Forget a ticket's text."""
    connection.execute(f"DELETE FROM ticket_search WHERE {key()} = ?", (ticket_id,))


def key() -> str:
    """Return the column of the search table that holds the ticket's id."""
    return "rowid" if connection.engine() == "sqlite" else "ticket_id"


def match(words: Words) -> Match | None:
    """Return the condition of the open engine, or None when there is nothing to look for."""
    if connection.engine() == "sqlite":
        text = fts5_text(words)
        found = Match(text, "ticket_search s", "s.ticket_search MATCH ?", "s.rank")
    else:
        text = tsquery_text(words)
        source = "to_tsquery('simple', ?) w CROSS JOIN ticket_search s"
        found = Match(text, source, "s.document @@ w", "(-ts_rank(s.document, w))::float8")
    return found if text else None


def fold(text: str) -> str:
    """Return the text without accents, in lower case."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char)).lower()


def tokens(text: str) -> list[str]:
    """Return the words of a text as the index knows them."""
    return TOKEN.findall(fold(text))


def separated(text: str) -> str:
    """Return the words of a text only, so that no parser rule of PostgreSQL joins them."""
    return " ".join(tokens(text))


def _terms(words: Words) -> list[tuple[list[str], bool]]:
    """Return runs of words that must follow each other, with whether the last may go on.

    Each is there once: FTS5 takes seconds to rank a word that is asked for a thousand times.
    """
    runs = [(tokens(word), False) for word in words.words]
    if runs and words.prefix:
        runs[-1] = (runs[-1][0], True)
    runs += [(tokens(phrase), False) for phrase in words.phrases]
    once = dict.fromkeys((tuple(run), prefix) for run, prefix in runs if run)
    return [(list(run), prefix) for run, prefix in once]


def fts5_text(words: Words) -> str:
    """Return what FTS5 looks for, empty for nothing."""
    found = ['"' + " ".join(run) + '"' + "*" * prefix for run, prefix in _terms(words)]
    column = f"{words.column} : " if words.column and found else ""
    return " AND ".join(column + term for term in found)


def tsquery_text(words: Words) -> str:
    """Return what PostgreSQL looks for, empty for nothing."""
    weight = WEIGHTS.get(words.column, "")
    found = []
    for run, prefix in _terms(words):
        marks = [weight] * len(run)
        marks[-1] += "*" * prefix
        found.append(
            "("
            + " <-> ".join(
                f"{token}:{mark}" if mark else token for token, mark in zip(run, marks, strict=True)
            )
            + ")"
        )
    return " & ".join(found)
