"""Lists of assets: pages, counts and ids of a selection, each at the cost of a page."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from db import compiling, connection, keyset
from db.assets import words
from db.assets.columns import IS_ACTIVE, MAP
from db.assets.rows import AssetLine
from db.compiling import COMPARISONS, Sql
from db.conditions import All, Compare, Condition, Order, Selection, Words, conjuncts
from db.fields import day_of
from db.keyset import Cursor, Key, Source
from db.listing import Listing, Page

GATHERED = 2_000
"""Matches up to which a list starts from them."""
SPANS = frozenset(("expected", "warranty", "end"))
HIDDEN = IS_ACTIVE._replace(field="hidden_active")
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
    wanted = prepared(selection)
    rows = keyset.read(source, _where(wanted.where), _keys(wanted), None, most)
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


def prepared(selection: Selection) -> Selection:
    """Return a selection that starts where few records are, as its conditions are counted.

    Where few match some words or a range of days, the order by tag is no place to start at, and
    for words not even what is active.
    """
    parts = conjuncts(selection.where)
    spans = tuple(part for part in parts if _is_span(part))
    few = bool(spans) and _count(compiling.where(All((IS_ACTIVE, *spans)), MAP)) <= GATHERED
    found: list[Condition] = []
    without_active = False
    for part in parts:
        if isinstance(part, Words) and (gathered := words.gathered(part)) is not None:
            without_active = without_active or _matches(gathered) <= GATHERED
        found.append(part)
    if without_active:
        found = [HIDDEN if part == IS_ACTIVE else part for part in found]
    order = selection.order or FIRST
    if few or without_active:
        order = tuple(
            each._replace(field="hidden_tag") if each.field == "tag" else each for each in order
        )
    return selection._replace(where=All(tuple(found)), order=order)


def _is_span(part: Condition) -> bool:
    return isinstance(part, Compare) and part.field in SPANS and part.operator in COMPARISONS


def _count(found: Sql) -> int:
    rows = connection.fetch(
        f"SELECT count(*) FROM (SELECT 1 FROM asset t WHERE {found.text} LIMIT ?) n",
        (*found.params, GATHERED + 1),
    )
    return int(rows[0][0])


def _matches(found: Sql) -> int:
    """Return how many assets have some words, counted to where it makes no difference."""
    rows = connection.fetch(
        f"SELECT count(*) FROM ({found.text} LIMIT ?) n", (*found.params, GATHERED + 1)
    )
    return int(rows[0][0])


def _where(condition: Condition) -> Sql:
    return compiling.where(condition, MAP)


def _keys(selection: Selection) -> tuple[Key, ...]:
    """Return the keys of an order, ending in the id."""
    keys = []
    for order in selection.order or FIRST:
        column = MAP.column(order.field)
        name = order.field.removeprefix("hidden_")
        keys.append(Key(name, column.sql, order.descending, column.nullable, column.zero))
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


def page(
    selection: Selection, after: Cursor | None, limit: int, *, backwards: bool = False
) -> AssetPage:
    """Return the assets behind a position; see `Listing.page`."""
    return ASSETS.page(prepared(selection), after, limit, backwards=backwards)


def page_around(selection: Selection, asset_id: int, limit: int) -> AssetPage | None:
    """Return the assets around one; None when the selection does not have it."""
    return ASSETS.page_around(prepared(selection), asset_id, limit)


def count(selection: Selection, cap: int) -> int:
    """Return how many assets match, at most `cap` + 1."""
    return ASSETS.count(prepared(selection), cap)
