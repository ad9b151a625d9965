"""Lists of articles: pages and counts of a selection, each at the cost of a page.

Where words are asked for and no order, what is published comes first, and the best match first
among that, as long as not too many match.
"""

from collections.abc import Sequence
from typing import Any

from db import compiling, connection
from db.compiling import Column, Map, Sql, UnknownColumnError
from db.conditions import All, Changed, Compare, Condition, Selection, Was, Words, conjuncts
from db.keyset import Cursor, Key, Source
from db.knowledge import articles, words
from db.knowledge.rows import ArticleRow
from db.listing import Listing, Page

RANKED = 2_000
"""Matches up to which the best come first when no order is asked for."""
RANK = "rank"
COLUMNS = {
    "number": Column("t.id"),
    "state": Column("t.state"),
    "published": Column("t.published"),
    "audience": Column("t.audience"),
    "subject": Column("t.title", zero=""),
    "category": Column("t.category_id", nullable=True),
    "author": Column("t.author_id", nullable=True),
    "writer": Column("r.author_id", False, "article_version r", "r.article_id"),
    "created": Column("t.created_at"),
    "updated": Column("t.updated_at"),
    "released": Column("t.published_at", nullable=True),
    "review": Column("t.review_on", nullable=True),
    "views": Column("t.views"),
    "used": Column("t.used"),
    "helpful": Column("t.helpful"),
    "unhelpful": Column("t.unhelpful"),
    "tag": Column("r.tag_id", False, "article_tag r", "r.article_id"),
    "ticket": Column("r.ticket_id", False, "article_ticket r", "r.article_id"),
}
READ = "CASE WHEN t.published > 0 THEN 0 ELSE 1 END"
ArticlePage = Page[ArticleRow]


def column(name: str) -> Column:
    """Return where a field is stored; raises UnknownColumnError."""
    if name not in COLUMNS:
        raise UnknownColumnError(name)
    return COLUMNS[name]


def _own(condition: Compare | Words, _gather: bool) -> Sql | None:
    """Return the SQL of words; all else is a plain column."""
    if not isinstance(condition, Words):
        return None
    found = words.gathered(condition)
    return Sql(f"t.id IN ({found.text})", found.params) if found else Sql("1 = 1")


def _never(_condition: Was | Changed) -> Sql:
    raise UnknownColumnError("the past of articles is in their versions")


MAP = Map(column, _never, _never, _own)


def page(
    selection: Selection, after: Cursor | None, limit: int, *, backwards: bool = False
) -> ArticlePage:
    """Return the articles behind a position (before it, when reading backwards).

    Raises:
        CursorError: The position belongs to a list in another order.
    """
    ranked = after is not None and RANK in after.names
    return _listing(selection, ranked if after else None).page(
        selection, after, limit, backwards=backwards
    )


def page_around(selection: Selection, article_id: int, limit: int) -> ArticlePage | None:
    """Return the articles around one; None when the selection does not have it."""
    return _listing(selection, None).page_around(selection, article_id, limit)


def count(selection: Selection, cap: int) -> int:
    """Return how many articles match, at most `cap` + 1."""
    return _listing(selection._replace(order=()), False).count(selection, cap)


def _listing(selection: Selection, ranked: bool | None) -> Listing[ArticleRow]:
    """Return how a selection is listed; `ranked` None lets the number of matches decide."""
    parts = conjuncts(selection.where)
    asked = next((part for part in parts if isinstance(part, Words)), None)
    text = words.match(asked) if asked is not None and not selection.order else None
    if asked is None or text is None or ranked is False:
        return _plain()
    if ranked is None and _matches(asked) > RANKED:
        return _plain()
    key = f"s.{words.key()}"
    sqlite = connection.engine() == "sqlite"
    table = f"{text.source} CROSS JOIN article t" if sqlite else (
        f"{text.source} JOIN article t ON t.id = {key}"
    )  # fmt: skip
    rest = All(tuple(part for part in parts if part is not asked))

    def where(_condition: Condition) -> Sql:
        found = compiling.where(rest, MAP)
        join = f" AND t.id = {key}" if sqlite else ""
        return Sql(f"{text.sql} AND {found.text}{join}", (text.text, *found.params))

    keys = (Key("read", READ), Key(RANK, text.rank, zero=0.0), Key("number", "t.id"))
    return Listing(_source(table), where, lambda _selection: keys, _rows)


def _plain() -> Listing[ArticleRow]:
    return Listing(
        _source("article t"), lambda condition: compiling.where(condition, MAP), _keys, _rows
    )


def _source(table: str) -> Source:
    joins = f"JOIN article a ON a.id = p.id {articles.JOINS}"
    return Source(table, articles.columns(), joins)


def _matches(asked: Words) -> int:
    found = words.gathered(asked)
    if found is None:
        return 0
    rows = connection.fetch(
        f"SELECT count(*) FROM ({found.text} LIMIT ?) n", (*found.params, RANKED + 1)
    )
    return int(rows[0][0])


def _keys(selection: Selection) -> tuple[Key, ...]:
    keys: list[Key] = []
    for order in selection.order:
        stored = column(order.field)
        keys.append(Key(order.field, stored.sql, order.descending, stored.nullable, stored.zero))
        if order.field == "number":
            return tuple(keys)
    if not keys:
        keys.append(Key("updated", "t.updated_at", descending=True))
    return (*keys, Key("number", "t.id", keys[-1].descending))


def _rows(rows: Sequence[tuple[Any, ...]]) -> list[ArticleRow]:
    return [articles.row_of(row) for row in rows]
