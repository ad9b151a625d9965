"""Lists of assets: pages, counts and ids of a selection, each at the cost of a page."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from db import connection, keyset
from db.assets.leading import Plan
from db.assets.rows import AssetLine
from db.conditions import Selection
from db.fields import day_of
from db.keyset import Cursor, Source
from db.listing import Listing, Page

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
    plan = Plan(selection)
    source = Source(plan.table, "t.id, t.version", "JOIN asset t ON t.id = p.id")
    rows = keyset.read(source, plan.where, plan.keys, None, most)
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


def _listing(plan: Plan) -> Listing[AssetLine]:
    """Return how the assets of a plan are listed."""
    return Listing(
        Source(plan.table, LINES, JOINS), lambda _where: plan.where, lambda _order: plan.keys,
        _lines,
    )  # fmt: skip


def page(
    selection: Selection, after: Cursor | None, limit: int, *, backwards: bool = False
) -> AssetPage:
    """Return the assets behind a position; see `Listing.page`."""
    listing = _listing(Plan(selection, after))
    return listing.page(selection, after, limit, backwards=backwards)


def page_around(selection: Selection, asset_id: int, limit: int) -> AssetPage | None:
    """Return the assets around one; None when the selection does not have it."""
    return _listing(Plan(selection)).page_around(selection, asset_id, limit)


def count(selection: Selection, cap: int) -> int:
    """Return how many assets match, at most `cap` + 1."""
    return _listing(Plan(selection, counted=True)).count(selection, cap)
