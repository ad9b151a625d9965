"""From a condition to the SQL text of a WHERE, for both engines.

A feature brings a map from field names to columns; everything else is written here, by
composing fixed fragments with bound values.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from db import connection, search
from db.conditions import All, AnyOf, Changed, Compare, Condition, Not, Was, Words

CHAIN = 200
COMPARISONS = frozenset(("=", "<", "<=", ">", ">="))
LIKE_SPECIAL = str.maketrans({"%": "\\%", "_": "\\_", "\\": "\\\\"})


class Column(NamedTuple):
    """Where a field is stored.

    With `table`, in rows of another table that belong to the record: `key` there equals
    `outer` here, and a condition on the field asks for at least one such row.
    """

    sql: str
    nullable: bool = False
    table: str = ""
    key: str = ""
    outer: str = "t.id"
    also: str = ""
    """A further condition on the rows, or (without `table`) one that any value implies."""
    loose: str = ""
    """The same as `sql`, but not found in an index: tested on each record of a walk."""
    scattered: bool = False
    """Several values at once are better tested than looked up."""
    zero: object = 0
    """What stands for an empty value where keys are compared; never shown."""


class Sql(NamedTuple):
    """A piece of a statement and the values of its `?`."""

    text: str
    params: tuple[Any, ...] = ()


class Map(NamedTuple):
    """How one feature's fields are stored."""

    column: Callable[[str], Column]
    was: Callable[[Was], Sql]
    changed: Callable[[Changed], Sql]
    own: "Own | None" = None
    """Answers conditions that are more than a column; asked first."""


Own = Callable[[Compare | Words, bool], Sql | None]
"""Takes a condition and whether to gather the ids that match; None where it is a plain column."""


class UnknownColumnError(LookupError):
    """A condition names a field that the map does not have."""


def where(condition: Condition, columns: Map, many: frozenset[Condition] = frozenset()) -> Sql:
    """Return the text of a condition on the table called `t`.

    Args:
        condition: What to hold.
        columns: The feature's fields.
        many: Parts on other tables that are looked up record by record, because they match
            many; of all others the ids are gathered first.
    """
    if columns.own is not None and isinstance(condition, Compare | Words):
        found = columns.own(condition, condition not in many)
        if found is not None:
            return found
    match condition:
        case Compare():
            return _compare(condition, columns.column(condition.field), condition not in many)
        case Words():
            return _words(condition, condition not in many)
        case All(parts):
            return _joined(parts, " AND ", "1 = 1", columns, many)
        case AnyOf(parts):
            return _joined(parts, " OR ", "1 = 0", columns._replace(column=_loose(columns)), many)
        case Not(part):
            return _negated(part, columns, many)
        case Was():
            return columns.was(condition)
        case Changed():
            return columns.changed(condition)


def _loose(columns: Map) -> Callable[[str], Column]:
    """Return the columns for one side of an `or`, which is no place to start a search."""

    def column(name: str) -> Column:
        found = columns.column(name)
        return found._replace(sql=found.loose) if found.loose else found

    return column


def elsewhere(condition: Condition, columns: Map) -> Sql | None:
    """Return a statement of the ids of matching records, for conditions on another table."""
    if isinstance(condition, Words):
        found = search.match(condition)
        if found is None:
            return None
        return Sql(f"SELECT s.{search.key()} FROM {found.source} WHERE {found.sql}", (found.text,))
    if isinstance(condition, Compare) and condition.operator != "empty":
        column = columns.column(condition.field)
        if column.table and column.outer == "t.id":
            test = _test(condition, column.sql)
            also = f" AND {column.also}" if column.also else ""
            return Sql(
                f"SELECT {column.key} FROM {column.table} WHERE {test.text}{also}", test.params
            )
    return None


def _joined(
    parts: tuple[Condition, ...], glue: str, nothing: str, columns: Map, many: frozenset[Condition]
) -> Sql:
    if not parts:
        return Sql(nothing)
    pieces = [where(part, columns, many) for part in parts]
    text = _chain([piece.text for piece in pieces], glue)
    params = tuple([value for piece in pieces for value in piece.params])
    return Sql(f"({text})" if len(pieces) > 1 else text, params)


def _chain(texts: list[str], glue: str) -> str:
    """Return conditions joined, in halves when they are many: SQLite goes 1,000 levels deep."""
    if len(texts) <= CHAIN:
        return glue.join(texts)
    half = len(texts) // 2
    return f"({_chain(texts[:half], glue)}){glue}({_chain(texts[half:], glue)})"


def _negated(part: Condition, columns: Map, many: frozenset[Condition]) -> Sql:
    is_plain = columns.own is None or not isinstance(part, Compare) or not columns.own(part, True)
    if isinstance(part, Compare) and is_plain:
        column = columns.column(part.field)
        if not column.table and part.operator == "empty":
            return Sql(f"{column.sql} IS NOT NULL")
        if not column.table and part.operator == "=" and part.value is True:
            return Sql(f"NOT {column.sql}")
    inner = where(part, columns, many)
    return Sql(f"({inner.text}) IS NOT TRUE", inner.params)


def _compare(condition: Compare, column: Column, gather: bool) -> Sql:
    if not column.table:
        if condition.operator == "empty":
            return Sql(f"{column.sql} IS NULL")
        scattered = condition.operator == "in" and column.scattered
        test = _test(condition, column.loose if scattered else column.sql)
        return Sql(f"({column.also} AND {test.text})", test.params) if column.also else test
    also = f" AND {column.also}" if column.also else ""
    if condition.operator == "empty":
        return Sql(
            f"NOT EXISTS (SELECT 1 FROM {column.table} WHERE {column.key} = {column.outer}{also})"
        )
    test = _test(condition, column.sql)
    if gather or column.outer != "t.id":
        return Sql(
            f"{column.outer} IN (SELECT {column.key} FROM {column.table} WHERE {test.text}{also})",
            test.params,
        )
    return Sql(
        f"EXISTS (SELECT 1 FROM {column.table} "
        f"WHERE {column.key} = {column.outer} AND {test.text}{also})",
        test.params,
    )


def _test(condition: Compare, sql: str) -> Sql:
    """Return the comparison of one expression."""
    operator, value = condition.operator, condition.value
    if operator == "=" and value is True:
        return Sql(sql)
    if operator == "=" and value is False:
        return Sql(f"NOT {sql}")
    if operator in COMPARISONS:
        return Sql(f"{sql} {operator} ?", (value,))
    if operator == "in":
        assert isinstance(value, tuple)
        if not value:
            return Sql("1 = 0")
        return Sql(f"{sql} IN ({', '.join('?' * len(value))})", value)
    if operator in ("contains", "ends"):
        like = "LIKE" if connection.engine() == "sqlite" else "ILIKE"
        pattern = "%" + str(value).translate(LIKE_SPECIAL) + "%" * (operator == "contains")
        return Sql(f"{sql} {like} ? ESCAPE '\\'", (pattern,))
    raise UnknownColumnError(operator)


def _words(condition: Words, gather: bool) -> Sql:
    found = search.match(condition)
    if found is None:
        return Sql("1 = 1")
    key = f"s.{search.key()}"
    if gather:
        text = f"t.id IN (SELECT {key} FROM {found.source} WHERE {found.sql})"
    else:
        text = f"EXISTS (SELECT 1 FROM {found.source} WHERE {key} = t.id AND {found.sql})"
    return Sql(text, (found.text,))
