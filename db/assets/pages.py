"""Lists of assets: pages, counts and ids of a selection, each at the cost of a page."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from db import compiling, connection, keyset
from db.assets import words
from db.assets.columns import IS_ACTIVE, MAP
from db.assets.rows import AssetLine
from db.compiling import Sql
from db.conditions import All, Condition, Order, Selection, Words, conjuncts
from db.fields import day_of
from db.keyset import Key, Source
from db.listing import Listing, Page

GATHERED = 2_000
"""Matches of words up to which a list starts from their ids."""
FIRST = (Order("tag"),)
HOLDER = (
    "CASE t.holder_kind WHEN 'person' THEN c.name WHEN 'place' THEN h.path "
    "WHEN 'asset' THEN x.tag ELSE '' END"
)
LINES = (
    "t.id, t.version, t.tag, t.name, t.serial, t.state, t.condition, coalesce(g.name, ''), "
    "trim(coalesce(m.manufacturer, '') || ' ' || coalesce(m.name, '')), coalesce(l.path, ''), "
    f"t.holder_kind, {HOLDER}, t.expected_on, t.host, t.warranty_on, t.end_of_life_on, "
    "t.updated_at"
)
JOINS = (
    "JOIN asset t ON t.id = p.id LEFT JOIN asset_category g ON g.id = t.category_id "
    "LEFT JOIN asset_model m ON m.id = t.model_id LEFT JOIN place l ON l.id = t.place_id "
    "LEFT JOIN contact c ON c.id = t.holder_contact_id "
    "LEFT JOIN place h ON h.id = t.holder_place_id "
    "LEFT JOIN asset x ON x.id = t.holder_asset_id"
)
AssetPage = Page[AssetLine]


def ids(selection: Selection, limit: int) -> list[tuple[int, int]]:
    """Return id and version of the first matching assets, in the order of the list."""
    most = limit if selection.limit is None else min(limit, selection.limit)
    source = Source("asset t", "t.id, t.version", "JOIN asset t ON t.id = p.id")
    rows = keyset.read(source, _where(selection.where), _keys(selection), None, most)
    return [(row[0], row[1]) for row in rows]


def lines_of(ids: Sequence[int]) -> list[AssetLine]:
    """Return the lines of some assets, by tag."""
    marks = ", ".join("?" * len(ids)) or "NULL"
    rows = connection.fetch(
        f"SELECT {LINES} FROM (SELECT id FROM asset WHERE id IN ({marks})) p {JOINS} "
        "ORDER BY t.tag",
        ids,
    )
    return _lines(rows)


def _few(condition: Condition) -> bool:
    """Return whether words are asked for that few assets have."""
    for part in conjuncts(condition):
        found = words.gathered(part) if isinstance(part, Words) else None
        if found is not None:
            rows = connection.fetch(
                f"SELECT count(*) FROM ({found.text} LIMIT ?) n", (*found.params, GATHERED + 1)
            )
            if rows[0][0] <= GATHERED:
                return True
    return False


def _where(condition: Condition) -> Sql:
    """Return the SQL of a condition; where few can match, what is active is no place to start."""
    if _few(condition):
        parts = [
            part._replace(field="hidden_active") if part == IS_ACTIVE else part
            for part in conjuncts(condition)
        ]
        condition = All(tuple(parts))
    return compiling.where(condition, MAP)


def _keys(selection: Selection) -> tuple[Key, ...]:
    """Return the keys of an order, ending in the id."""
    few = _few(selection.where)
    keys = []
    for order in selection.order or FIRST:
        name = "hidden_tag" if few and order.field == "tag" else order.field
        column = MAP.column(name)
        keys.append(Key(order.field, column.sql, order.descending, column.nullable, column.zero))
    return (*keys, Key("id", "t.id", keys[-1].descending))


def _lines(rows: Sequence[tuple[Any, ...]]) -> list[AssetLine]:
    found = []
    for row in rows:
        line = AssetLine._make(row)
        found.append(
            line._replace(
                expected_on=_day(row[12]),
                warranty_on=_day(row[14]),
                end_of_life_on=_day(row[15]),
                updated_at=datetime.fromtimestamp(row[16], UTC),
            )
        )
    return found


def _day(number: int | None) -> Any:  # Any: a day, or nothing
    return None if number is None else day_of(number)


ASSETS = Listing(Source("asset t", LINES, JOINS), _where, _keys, _lines)
page, page_around, count = ASSETS.page, ASSETS.page_around, ASSETS.count
