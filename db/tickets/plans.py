"""How a selection of tickets is read: what leads, and in which order.

A condition on another table (words, tags, custom fields) is tried first: when few records
match, their ids drive the statement; when many do, the list is walked in its order and each
record looked up.
"""

from collections.abc import Sequence

from db import compiling, connection, search
from db.compiling import Sql
from db.conditions import Condition, Not, Order, Selection, Words, conjuncts
from db.keyset import Cursor, Key
from db.tickets.columns import MAP, WALKING, column

RANKED = 2_000
"""Text matches up to which the best come first when no order is asked for."""
GATHERED = 20_000
"""Matches on another table up to which their ids are gathered before the list is read."""
RANK = "rank"
WALKED = frozenset(("created", "resolved", "closed"))
"""Orders whose index is walked even where a state is asked for, which SQLite would sort."""
NEWEST = (Order("number", descending=True),)


class Plan:
    """How a selection is read: what drives it, and in which order."""

    def __init__(
        self, selection: Selection, after: Cursor | None, *, counted: bool = False
    ) -> None:
        parts = conjuncts(selection.where)
        self.table = "ticket t"
        self.keys = _keys(selection)
        words = next((part for part in parts if isinstance(part, Words)), None)
        text = search.match(words) if words is not None else None
        if words is not None and text is not None and not (selection.order or selection.group):
            rest = tuple(part for part in parts if part is not words)
            self._drive(text, rest, counted, rank=not counted and _is_ranked(words, after))
        else:
            stored = WALKING if self.keys[0].name in WALKED else MAP
            many = frozenset[Condition]() if counted else _many(parts)
            self.where = compiling.where(selection.where, stored, many)

    def _drive(
        self, text: search.Match, rest: tuple[Condition, ...], counted: bool, rank: bool
    ) -> None:
        """Let the text index lead: by rank, or by its own order of ids."""
        key = f"s.{search.key()}"
        if connection.engine() == "sqlite":
            self.table, join = f"{text.source} CROSS JOIN ticket t", f" AND t.id = {key}"
        else:
            self.table, join = f"{text.source} JOIN ticket t ON t.id = {key}", ""
        many = frozenset[Condition]() if counted else _many(rest)
        pieces = [Sql(text.sql, (text.text,))]
        pieces += [compiling.where(part, MAP, many) for part in rest]
        self.where = Sql(
            " AND ".join(piece.text for piece in pieces) + join,
            tuple(value for piece in pieces for value in piece.params),
        )
        newest = Key("number", key, descending=True)
        self.keys = (Key(RANK, text.rank, zero=0.0), newest) if rank else (newest,)


def _is_ranked(words: Words, after: Cursor | None) -> bool:
    """Return whether the best match comes first: as the position says, or when few match."""
    if after is not None:
        return after.names[0] == RANK
    return _matches(words, RANKED) <= RANKED


def _many(parts: Sequence[Condition]) -> frozenset[Condition]:
    """Return the conditions on other tables that match many records.

    A word that may go on is never among them: looking it up once costs as much as finding
    all that match.
    """
    asked = [part.part if isinstance(part, Not) else part for part in parts]
    return frozenset(
        part
        for part in asked
        if not (isinstance(part, Words) and part.prefix) and _matches(part, GATHERED) > GATHERED
    )


def _matches(part: Condition, cap: int) -> int:
    """Return how many records a condition on another table matches, at most `cap` + 1."""
    found = compiling.elsewhere(part, MAP)
    if found is None:
        return 0
    rows = connection.fetch(
        f"SELECT count(*) FROM ({found.text} LIMIT ?) n", (*found.params, cap + 1)
    )
    return int(rows[0][0])


def _keys(selection: Selection) -> tuple[Key, ...]:
    orders = selection.order
    if selection.group:
        rest = tuple(order for order in orders if order.field != selection.group)
        orders = (Order(selection.group), *rest)
    keys: list[Key] = []
    for order in orders or NEWEST:
        stored = column(order.field)
        keys.append(Key(order.field, stored.sql, order.descending, stored.nullable, stored.zero))
        if order.field == "number":
            return tuple(keys)
    descending = keys[-1].descending if orders else True
    if selection.group and not selection.order:
        descending = True
    return (*keys, Key("number", "t.id", descending))
