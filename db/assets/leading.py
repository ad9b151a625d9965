"""How a selection of assets is read: what leads, and in which order.

Words without an order are led by the text index: the best match first where few match, else the
newest asset. Any other order is walked along its index where many records match, and starts from
the matches where few do.
"""

from collections.abc import Sequence

from db import compiling, connection
from db.assets import words as texts
from db.assets.columns import IS_ACTIVE, MAP, WALKING
from db.compiling import COMPARISONS, Sql
from db.conditions import All, Compare, Condition, Order, Selection, Words, conjuncts
from db.keyset import Cursor, Key

GATHERED = 2_000
"""Matches up to which a list starts from them, and up to which the best come first."""
RANK = "rank"
SPANS = frozenset(("expected", "warranty", "end"))
GROUPS = frozenset(("state", "category", "place", "model"))
"""Conditions whose index is left alone where many match, as the order's index is walked."""
WALKED = frozenset(("warranty", "end", "expected", "updated", "name"))
"""Orders with an index of their own."""
HIDDEN = IS_ACTIVE._replace(field="hidden_active")
FIRST = (Order("tag"),)


class Plan:
    """How a selection is read.

    Args:
        selection: What is asked for.
        after: The position a page goes on from; its order decides between best and newest.
        counted: It is counted only, so that the order does not matter.
    """

    def __init__(
        self, selection: Selection, after: Cursor | None = None, *, counted: bool = False
    ) -> None:
        parts = conjuncts(selection.where)
        wanted = next((part for part in parts if isinstance(part, Words)), None)
        match = texts.match(wanted) if wanted is not None else None
        self.table = "asset t"
        if match is not None and (counted or not selection.order):
            rest = tuple(part for part in parts if part is not wanted)
            self._lead(match, rest, ranked=not counted and _is_ranked(match, after))
        else:
            self._walk(parts, FIRST if counted else selection.order or FIRST)

    def _lead(self, match: texts.Match, rest: Sequence[Condition], *, ranked: bool) -> None:
        """Let the text index lead: by rank, or by its own order of ids."""
        self.table = match.table
        pieces = [Sql(match.sql, (match.text,)), *(compiling.where(part, MAP) for part in rest)]
        self.where = Sql(
            " AND ".join(piece.text for piece in pieces),
            tuple(value for piece in pieces for value in piece.params),
        )
        newest = Key("id", match.key, descending=True)
        self.keys: tuple[Key, ...] = (
            (Key(RANK, match.rank, zero=0.0), newest) if ranked else (newest,)
        )

    def _walk(self, parts: tuple[Condition, ...], order: Sequence[Order]) -> None:
        """Let the order lead where many match, else what is asked for."""
        spans = tuple(part for part in parts if _is_span(part))
        few = bool(spans) and _is_few(All((IS_ACTIVE, *spans)))
        rare = any(isinstance(part, Words) and _is_few(part) for part in parts)
        if rare:
            parts = tuple(HIDDEN if part == IS_ACTIVE else part for part in parts)
        if few or rare:
            order = tuple(
                each._replace(field="hidden_tag") if each.field == "tag" else each for each in order
            )
        pieces = [_compiled(part, order[0].field) for part in parts]
        self.where = Sql(
            " AND ".join(piece.text for piece in pieces) or "1 = 1",
            tuple(value for piece in pieces for value in piece.params),
        )
        self.keys = _keys(order)


def _compiled(part: Condition, first: str) -> Sql:
    """Return the SQL of a condition; one that many match is no place to start at."""
    grouped = isinstance(part, Compare) and part.field in GROUPS and part.operator in ("=", "in")
    walks = first in WALKED and grouped and not _is_few(part)
    return compiling.where(part, WALKING if walks else MAP)


def _is_span(part: Condition) -> bool:
    return isinstance(part, Compare) and part.field in SPANS and part.operator in COMPARISONS


def _is_few(condition: Condition) -> bool:
    """Return whether at most `GATHERED` assets match; counted no further."""
    match = texts.match(condition) if isinstance(condition, Words) else None
    if isinstance(condition, Words) and match is None:
        return False
    table, found = ("asset t", compiling.where(condition, MAP)) if match is None else (
        match.alone, Sql(match.sql, (match.text,))
    )  # fmt: skip
    rows = connection.fetch(
        f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {found.text} LIMIT ?) n",
        (*found.params, GATHERED + 1),
    )
    return int(rows[0][0]) <= GATHERED


def _is_ranked(match: texts.Match, after: Cursor | None) -> bool:
    """Return whether the best match comes first: as the position says, or when few match."""
    if after is not None:
        return after.names[0] == RANK
    rows = connection.fetch(
        f"SELECT count(*) FROM (SELECT 1 FROM {match.alone} WHERE {match.sql} LIMIT ?) n",
        (match.text, GATHERED + 1),
    )
    return int(rows[0][0]) <= GATHERED


def _keys(order: Sequence[Order]) -> tuple[Key, ...]:
    """Return the keys of an order, ending in the id."""
    keys = []
    for each in order:
        column = MAP.column(each.field)
        name = each.field.removeprefix("hidden_")
        keys.append(Key(name, column.sql, each.descending, column.nullable, column.zero))
    return (*keys, Key("id", "t.id", keys[-1].descending))
