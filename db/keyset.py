"""Pages of a list by the values they end with, never by counting rows.

A page starts after a cursor: the sort values and the id of one record. What is empty comes
last in both directions; the id follows the direction of the last key and makes every
position unique. Reading backwards turns every direction round, and the answer is turned
back, so that rows always come in the order of the list.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any, NamedTuple

from db import connection
from db.compiling import Sql

MAX_CURSOR = 2_000
COMPACT = json.JSONEncoder(separators=(",", ":")).encode


class CursorError(ValueError):
    """A cursor is damaged, or belongs to a list in another order."""


class Key(NamedTuple):
    """One thing to sort by."""

    name: str
    sql: str
    descending: bool = False
    nullable: bool = False
    zero: object = 0
    """Stands in for an empty value beside other empty values."""
    hangs: bool = False
    """Empty exactly where the first key is, so that it orders only what has that one."""


class Cursor(NamedTuple):
    """A position: the signs and names of the keys, and their values at one record."""

    names: tuple[str, ...]
    values: tuple[Any, ...]


class Source(NamedTuple):
    """What a page is made of.

    Attributes:
        table: What the search for a page runs over; the records' table is called `t`.
        lines: The columns of a row of the list.
        joins: Where these columns come from, given `p.id`.
    """

    table: str
    lines: str
    joins: str


class _Piece(NamedTuple):
    """One stretch of a page: a further condition, and the keys that order it."""

    condition: Sql
    keys: tuple[Key, ...]


def names(keys: Sequence[Key]) -> tuple[str, ...]:
    """Return the signature of an order, kept in cursors."""
    return tuple(("-" if key.descending else "") + key.name for key in keys)


def encode(cursor: Cursor) -> str:
    """Return a cursor as text that is safe in a URL and on a command line."""
    return urlsafe_b64encode(COMPACT(cursor).encode()).decode().rstrip("=")


def decode(text: str) -> Cursor:
    """Return the cursor of a text.

    Raises:
        CursorError: The text was not made by `encode`.
    """
    if len(text) > MAX_CURSOR:
        raise CursorError("the position is too long")
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        found = json.loads(urlsafe_b64decode(padded))
        signs, values = found
    except (TypeError, ValueError, RecursionError) as error:
        raise CursorError("the position is damaged") from error
    sound = (
        isinstance(signs, list)
        and isinstance(values, list)
        and len(signs) == len(values) > 0
        and all(isinstance(sign, str) for sign in signs)
        and all(isinstance(value, str | int | float | None) for value in values)
        and not any(isinstance(value, bool) for value in values)
        and isinstance(values[-1], int)
    )
    if not sound:
        raise CursorError("the position is damaged")
    return Cursor(tuple(signs), tuple(values))


def read(
    source: Source,
    where: Sql,
    keys: tuple[Key, ...],
    after: Cursor | None,
    limit: int,
    *,
    backwards: bool = False,
) -> list[tuple[Any, ...]]:
    """Return at most `limit` rows: the columns of `lines`, then the values of the keys.

    Args:
        source: Tables and columns.
        where: Which records.
        keys: The order; the last one is the id.
        after: Start behind this record (before it, when reading backwards); None for the end.
        limit: How many.
        backwards: Read towards the start of the list.

    Raises:
        CursorError: The cursor belongs to another order.
    """
    if after is not None:
        _check(after, keys)
    found: list[tuple[Any, ...]] = []
    for piece in _pieces(keys, after.values if after else None, backwards):
        if len(found) < limit:
            found += _fetch(source, where, piece, keys, limit - len(found))
    return found[::-1] if backwards else found


def _check(after: Cursor, keys: Sequence[Key]) -> None:
    if after.names != names(keys):
        raise CursorError("the position belongs to a list in another order")
    for key, value in zip(keys, after.values, strict=True):
        sound = key.nullable if value is None else isinstance(value, type(key.zero))
        if not sound or (isinstance(value, int) and abs(value) >= 2**63):
            raise CursorError("the position is damaged")


def _pieces(keys: tuple[Key, ...], values: tuple[Any, ...] | None, backwards: bool) -> list[_Piece]:
    """Return the stretches to read, in order: records with and without the first key."""
    first = keys[0]
    if not first.nullable:
        return [_piece(keys, values, backwards)]
    filled, empty = Sql(f"{first.sql} IS NOT NULL"), Sql(f"{first.sql} IS NULL")
    sure = tuple(
        key._replace(nullable=key.nullable and not (key.hangs or key is first)) for key in keys
    )
    rest = tuple(key for key in keys[1:] if not key.hangs)
    if values is None:
        pieces = [_piece(sure, None, backwards, filled), _piece(rest, None, backwards, empty)]
        return pieces[::-1] if backwards else pieces
    if values[0] is not None:
        pieces = [_piece(sure, values, backwards, filled)]
        return pieces if backwards else [*pieces, _piece(rest, None, backwards, empty)]
    behind = tuple(value for key, value in zip(keys, values, strict=True) if key in rest)
    pieces = [_piece(rest, behind, backwards, empty)]
    return [*pieces, _piece(sure, None, backwards, filled)] if backwards else pieces


def _piece(
    keys: tuple[Key, ...],
    values: tuple[Any, ...] | None,
    backwards: bool,
    condition: Sql | None = None,
) -> _Piece:
    plain: list[Key] = []
    bounds: list[Any] = []
    for place, key in enumerate(keys):
        value = values[place] if values else None
        if key.nullable:
            plain.append(Key("", f"({key.sql} IS NULL)", backwards))
            bounds.append(value is None)
            key = key._replace(sql=f"COALESCE({key.sql}, {key.zero!r})")
            value = key.zero if value is None else value
        plain.append(key._replace(descending=key.descending != backwards))
        bounds.append(value)
    conditions = [condition] if condition else []
    if values is not None:
        conditions.append(_behind(plain, bounds))
    text = " AND ".join(part.text for part in conditions)
    params = tuple(value for part in conditions for value in part.params)
    return _Piece(Sql(text, params), tuple(plain))


def _behind(keys: Sequence[Key], values: Sequence[Any]) -> Sql:
    """Return the condition of coming after the values, with a range on the first key."""
    signs = ["<" if key.descending else ">" for key in keys]
    if len(keys) == 1:
        return Sql(f"{keys[0].sql} {signs[0]} ?", (values[0],))
    if len(set(signs)) == 1:
        row = ", ".join(key.sql for key in keys)
        marks = ", ".join("?" * len(keys))
        return Sql(f"({row}) {signs[0]} ({marks})", tuple(values))
    rest = _behind(keys[1:], values[1:])
    sql, sign, value = keys[0].sql, signs[0], values[0]
    return Sql(
        f"{sql} {sign}= ? AND ({sql} {sign} ? OR ({sql} = ? AND {rest.text}))",
        (value, value, value, *rest.params),
    )


def _fetch(
    source: Source, where: Sql, piece: _Piece, keys: tuple[Key, ...], limit: int
) -> list[tuple[Any, ...]]:
    """Find the ids of a stretch first, in order, then read the columns of those alone."""
    values = ", ".join([f"{key.sql} AS k{place}" for place, key in enumerate(keys)])
    orders = ", ".join([f"{key.sql} {_direction(key)}" for key in piece.keys])
    further = f" AND {piece.condition.text}" if piece.condition.text else ""
    shown = ", ".join([f"p.k{place}" for place in range(len(keys))])
    backwards = piece.keys[-1].descending != keys[-1].descending
    again = ", ".join(
        [
            (f"(p.k{place} IS NULL) {_direction(key, backwards)}, " if key.nullable else "")
            + f"p.k{place} {_direction(key, key.descending != backwards)}"
            for place, key in enumerate(keys)
        ]
    )
    sql = (
        f"SELECT {source.lines}, {shown} FROM (SELECT t.id AS id, {values} FROM {source.table} "
        f"WHERE {where.text}{further} ORDER BY {orders} LIMIT ?) p {source.joins} ORDER BY {again}"
    )
    return connection.fetch(sql, (*where.params, *piece.condition.params, limit))


def _direction(key: Key, descending: bool | None = None) -> str:
    return "DESC" if (key.descending if descending is None else descending) else "ASC"
