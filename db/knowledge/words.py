"""The words of articles: full-text index, and in how many articles each one stands.

The title weighs most, then tags, then the text.
"""

from collections.abc import Sequence
from typing import NamedTuple

from db import connection, search
from db.compiling import Sql
from db.conditions import Words
from db.loading import CHUNK

WEIGHTS = "'{0.1, 0.2, 0.5, 1.0}'"
"""Of D, C (text), B (tags) and A (title)."""


class Texts(NamedTuple):
    """What is indexed of an article."""

    title: str
    tags: str
    body: str

    @property
    def words(self) -> set[str]:
        """Every word once."""
        return set(search.tokens(" ".join(self)))


class Match(NamedTuple):
    """A full-text condition; the search table is `s`, its `?` stands in `source` or `sql`."""

    text: str
    source: str
    sql: str
    rank: str


def put(article_id: int, texts: Texts, before: Texts | None) -> None:
    """Index an article, in place of what was indexed before."""
    texts = texts._replace(body=texts.body[: search.MAX_DOCUMENT])
    if connection.engine() == "sqlite":
        connection.execute(
            "INSERT OR REPLACE INTO article_search (rowid, subject, tags, body) "
            "VALUES (?, ?, ?, ?)",
            (article_id, *texts),
        )
    else:
        connection.execute(
            "INSERT INTO article_search (article_id, document) VALUES (?, "
            "setweight(to_tsvector('simple', ?), 'A') || "
            "setweight(to_tsvector('simple', ?), 'B') || "
            "setweight(to_tsvector('simple', ?), 'C')) "
            "ON CONFLICT (article_id) DO UPDATE SET document = excluded.document",
            (article_id, *(search.separated(text) for text in texts)),
        )
    old = before.words if before else set()
    _count(sorted(texts.words - old), 1)
    _count(sorted(old - texts.words), -1)


def _count(words: Sequence[str], by: int) -> None:
    """Count words in one more article, or in one less; in one order, so that none waits."""
    for start in range(0, len(words), CHUNK):
        part = words[start : start + CHUNK]
        marks = ", ".join(["(?, ?)"] * len(part))
        connection.execute(
            f"INSERT INTO article_word (word, articles) VALUES {marks} "
            "ON CONFLICT (word) DO UPDATE SET articles = article_word.articles + excluded.articles",
            [value for word in part for value in (word, by)],
        )


def frequencies(words: Sequence[str]) -> dict[str, int]:
    """Return in how many articles each of some words stands; those in none are left out."""
    marks = ", ".join("?" * len(words)) or "NULL"
    rows = connection.fetch(
        f"SELECT word, articles FROM article_word WHERE word IN ({marks}) AND articles > 0", words
    )
    return {row[0]: row[1] for row in rows}


def best(words: Sequence[tuple[str, float]], limit: int) -> list[int]:
    """Return the published articles that have most of some words, the best first.

    Args:
        words: Each with what it is worth; together they stand in few articles.
        limit: How many.
    """
    if not words:
        return []
    if connection.engine() == "sqlite":
        text = " OR ".join(f'"{word}"' for word, _worth in words)
        rows = connection.fetch(
            "SELECT s.rowid FROM article_search s CROSS JOIN article t ON t.id = s.rowid "
            "WHERE s.article_search MATCH ? AND t.published > 0 ORDER BY s.rank, s.rowid LIMIT ?",
            (text, limit),
        )
        return [row[0] for row in rows]
    rank = " + ".join(
        [f"CAST(? AS float8) * ts_rank({WEIGHTS}, s.document, CAST(? AS tsquery))"] * len(words)
    )
    rows = connection.fetch(
        f"SELECT s.article_id, {rank} AS worth FROM article_search s "
        "JOIN article t ON t.id = s.article_id "
        "WHERE s.document @@ CAST(? AS tsquery) AND t.published > 0 "
        "ORDER BY worth DESC, s.article_id LIMIT ?",
        (
            *(value for word, worth in words for value in (worth, f"'{word}'")),
            " | ".join(f"'{word}'" for word, _worth in words),
            limit,
        ),
    )
    return [row[0] for row in rows]


def match(words: Words) -> Match | None:
    """Return the condition of the open engine, or None when there is nothing to look for."""
    if connection.engine() == "sqlite":
        text = search.fts5_text(words)
        found = Match(text, "article_search s", "s.article_search MATCH ?", "s.rank")
    else:
        text = search.tsquery_text(words)
        source = "to_tsquery('simple', ?) w CROSS JOIN article_search s"
        rank = f"(-ts_rank({WEIGHTS}, s.document, w))::float8"
        found = Match(text, source, "s.document @@ w", rank)
    return found if text else None


def gathered(words: Words) -> Sql | None:
    """Return a statement of the ids of articles with some words; None asks for nothing."""
    found = match(words)
    if found is None:
        return None
    return Sql(f"SELECT s.{key()} FROM {found.source} WHERE {found.sql}", (found.text,))


def key() -> str:
    """Return the column of the search table that holds the article's id."""
    return "rowid" if connection.engine() == "sqlite" else "article_id"
