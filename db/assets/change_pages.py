"""The log of changes to parts: pages and counts of a selection, newest first."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from db import connection
from db.assets.hardware_rows import ChangeRow
from db.compiling import LIKE_SPECIAL, Column, Map, Sql, UnknownColumnError, where
from db.conditions import Changed, Compare, Condition, Selection, Was, Words
from db.keyset import Key, Source
from db.listing import Listing

FIELDS = {
    "id": Column("t.id"),
    "at": Column("t.at"),
    "kind": Column("t.kind", zero=""),
    "asset": Column("t.asset_id"),
    "component": Column("t.component", zero=""),
}
LINES = "t.id, a.tag, t.at, coalesce(u.login, ''), t.kind, t.component, t.old, t.new"
JOINS = (
    "JOIN asset_change t ON t.id = p.id JOIN asset a ON a.id = t.asset_id "
    "LEFT JOIN user_account u ON u.id = t.user_id"
)


def column(name: str) -> Column:
    """Return where a field is stored; raises UnknownColumnError."""
    if name not in FIELDS:
        raise UnknownColumnError(name)
    return FIELDS[name]


def own(condition: Compare | Words, _gather: bool) -> Sql | None:
    """Return the SQL of words, which are looked for in component, old and new."""
    if not isinstance(condition, Words):
        return None
    like = "LIKE" if connection.engine() == "sqlite" else "ILIKE"
    texts = (*condition.words, *condition.phrases)
    piece = " OR ".join(f"t.{name} {like} ? ESCAPE '\\'" for name in ("component", "old", "new"))
    params = [f"%{text.translate(LIKE_SPECIAL)}%" for text in texts for _field in range(3)]
    return Sql(" AND ".join([f"({piece})"] * len(texts)) or "1 = 1", tuple(params))


def _never(_condition: Was | Changed) -> Sql:
    raise UnknownColumnError("the log of changes has no past")


MAP = Map(column, _never, _never, own)


def _where(condition: Condition) -> Sql:
    return where(condition, MAP)


def _keys(selection: Selection) -> tuple[Key, ...]:
    rising = any(order.field == "at" and not order.descending for order in selection.order)
    return (Key("at", "t.at", not rising), Key("id", "t.id", not rising))


def _rows(rows: Sequence[tuple[Any, ...]]) -> list[ChangeRow]:
    return [ChangeRow._make(row)._replace(at=datetime.fromtimestamp(row[2], UTC)) for row in rows]


CHANGES = Listing(Source("asset_change t", LINES, JOINS), _where, _keys, _rows)
page, page_around, count = CHANGES.page, CHANGES.page_around, CHANGES.count
