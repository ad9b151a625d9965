"""Articles and their versions: one function for each statement; updates are guarded."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from db import connection
from db.fields import day_of
from db.knowledge.rows import ArticleRow, NewVersion, VersionRow

GATHER = {"sqlite": "group_concat(name, ',')", "postgresql": "string_agg(name, ',')"}
COLUMNS = (
    "a.id, a.version, a.state, a.title, a.audience, a.published, a.latest, a.category_id, "
    "coalesce(c.path, ''), coalesce(u.login, ''), a.created_at, a.updated_at, a.published_at, "
    "a.review_on, a.views, a.used, a.helpful, a.unhelpful, a.external_key, "
    "coalesce((SELECT {gather} FROM (SELECT n.name AS name FROM article_tag r "
    "JOIN tag n ON n.id = r.tag_id WHERE r.article_id = a.id ORDER BY n.name) tags), '')"
)
JOINS = (
    "LEFT JOIN category c ON c.id = a.category_id LEFT JOIN user_account u ON u.id = a.author_id"
)
INSTANTS = tuple(place for place, name in enumerate(ArticleRow._fields) if name.endswith("_at"))
REVIEW = ArticleRow._fields.index("review_on")
VERSION = (
    "SELECT v.number, v.title, v.audience, v.body, v.note, v.author_id, coalesce(u.login, ''), "
    "v.at, v.published_at, coalesce(p.login, '') FROM article_version v "
    "LEFT JOIN user_account u ON u.id = v.author_id "
    "LEFT JOIN user_account p ON p.id = v.published_by_id"
)


def columns() -> str:
    """Return the columns of a row, as the open engine gathers tags; the article is `a`."""
    return COLUMNS.format(gather=GATHER[connection.engine()])


def row_of(values: Sequence[Any]) -> ArticleRow:
    """Return the row of these columns."""
    found = list(values)
    for place in INSTANTS:
        if found[place] is not None:
            found[place] = datetime.fromtimestamp(found[place], UTC)
    if found[REVIEW] is not None:
        found[REVIEW] = day_of(found[REVIEW])
    return ArticleRow._make(found)


def find(article_id: int) -> ArticleRow | None:
    """Return an article."""
    rows = connection.fetch(
        f"SELECT {columns()} FROM article a {JOINS} WHERE a.id = ?", (article_id,)
    )
    return row_of(rows[0]) if rows else None


def find_by_key(key: str) -> int | None:
    """Return the article that an import made of a file."""
    rows = connection.fetch("SELECT id FROM article WHERE external_key = ?", (key,))
    return rows[0][0] if rows else None


def find_by_title(title: str) -> list[int]:
    """Return the articles of a title, whatever its case; at most 20."""
    rows = connection.fetch(
        "SELECT id FROM article WHERE lower(title) = lower(?) ORDER BY id LIMIT 20", (title,)
    )
    return [row[0] for row in rows]


def insert(columns: Mapping[str, object]) -> int:
    """Add an article; returns its id."""
    marks = ", ".join("?" * len(columns))
    rows = connection.fetch(
        f"INSERT INTO article ({', '.join(columns)}, version, latest, published, views, used, "
        f"helpful, unhelpful) VALUES ({marks}, 1, 1, 0, 0, 0, 0, 0) RETURNING id",
        tuple(columns.values()),
    )
    return int(rows[0][0])


def update(article_id: int, version: int, columns: Mapping[str, object]) -> bool:
    """Change columns of an article; answers whether it still had that version."""
    changes = "".join(f", {name} = ?" for name in columns)
    cursor = connection.execute(
        f"UPDATE article SET version = version + 1{changes} WHERE id = ? AND version = ?",
        (*columns.values(), article_id, version),
    )
    return bool(cursor.rowcount)


def count(article_id: int, **more: int) -> None:
    """Add to counters of an article, without a new version."""
    changes = ", ".join(f"{name} = {name} + ?" for name in more)
    connection.execute(f"UPDATE article SET {changes} WHERE id = ?", (*more.values(), article_id))


def insert_version(new: NewVersion) -> None:
    """Add a version."""
    connection.execute(
        "INSERT INTO article_version (article_id, number, title, audience, body, note, "
        "author_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        new,
    )


def set_published(article_id: int, number: int, user_id: int | None, at: int | None) -> None:
    """Say who published a version, and when; None that nobody did."""
    connection.execute(
        "UPDATE article_version SET published_at = ?, published_by_id = ? "
        "WHERE article_id = ? AND number = ?",
        (at, user_id, article_id, number),
    )


def select_versions(article_id: int) -> list[VersionRow]:
    """Return all versions of an article, the newest first."""
    rows = connection.fetch(
        f"{VERSION} WHERE v.article_id = ? ORDER BY v.number DESC", (article_id,)
    )
    return [_version(row) for row in rows]


def find_version(article_id: int, number: int) -> VersionRow | None:
    """Return one version of an article."""
    rows = connection.fetch(
        f"{VERSION} WHERE v.article_id = ? AND v.number = ?", (article_id, number)
    )
    return _version(rows[0]) if rows else None


def select_authors(article_id: int, after: int) -> set[int]:
    """Return who wrote the versions after one."""
    rows = connection.fetch(
        "SELECT DISTINCT author_id FROM article_version WHERE article_id = ? AND number > ? "
        "AND author_id IS NOT NULL",
        (article_id, after),
    )
    return {row[0] for row in rows}


def put_tags(article_id: int, tag_ids: Iterable[int]) -> None:
    """Let an article have exactly these tags."""
    connection.execute("DELETE FROM article_tag WHERE article_id = ?", (article_id,))
    for tag_id in tag_ids:
        connection.execute(
            "INSERT INTO article_tag (article_id, tag_id) VALUES (?, ?)", (article_id, tag_id)
        )


def select_intervals() -> list[tuple[str, int]]:
    """Return the categories with an interval of their own, and its months."""
    rows = connection.fetch(
        "SELECT c.path, i.months FROM review_interval i JOIN category c ON c.id = i.category_id "
        "ORDER BY c.path"
    )
    return [(row[0], row[1]) for row in rows]


def put_interval(category_id: int, months: int | None) -> None:
    """Set the interval of a category; None takes it away."""
    connection.execute("DELETE FROM review_interval WHERE category_id = ?", (category_id,))
    if months is not None:
        connection.execute(
            "INSERT INTO review_interval (category_id, months) VALUES (?, ?)",
            (category_id, months),
        )


def _version(row: Sequence[Any]) -> VersionRow:
    values = list(row)
    for place in (7, 8):
        if values[place] is not None:
            values[place] = datetime.fromtimestamp(values[place], UTC)
    return VersionRow._make(values)
