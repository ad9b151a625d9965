"""The tables of a database as its engine tells of them, and how each value is read.

A value is read in one form on both engines: truth as 0 or 1, days as ISO text, decimals as text
without closing zeros.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from db.upgrading import HISTORY

APART = frozenset((HISTORY, "blob", "report_cell", "report_mark"))
"""Tables that do not travel as rows: the history is the target's own, files go by themselves,
and the sums of reports are counted anew from what arrives."""
Fetch = Callable[..., Sequence[tuple[Any, ...]]]  # Any: values of any column
Read = Callable[[tuple[Any, ...]], tuple[Any, ...]]

SQLITE_TABLES = """
    SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.sql NOT LIKE 'CREATE VIRTUAL%'
    AND NOT EXISTS (SELECT 1 FROM sqlite_master v WHERE v.sql LIKE 'CREATE VIRTUAL%'
                    AND substr(m.name, 1, length(v.name) + 1) = v.name || '_')
    ORDER BY m.name, c.cid
"""
POSTGRESQL_TABLES = """
    SELECT t.relname, a.attname, format_type(a.atttypid, NULL) FROM pg_class t
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r'
    ORDER BY t.relname, a.attnum
"""
FORMS = {
    "boolean": '"{name}"::int',
    "date": '"{name}"::text',
    "numeric": 'trim_scale("{name}")::text',
}


class Column(NamedTuple):
    """A column, and its type in the words of its engine, in small letters."""

    name: str
    kind: str


class TableShape(NamedTuple):
    """A table that travels."""

    name: str
    columns: tuple[Column, ...]

    def names(self) -> tuple[str, ...]:
        """Return its columns in order of their names, which both engines share."""
        return tuple(sorted(column.name for column in self.columns))


def tables(fetch: Fetch, *, sqlite: bool) -> dict[str, TableShape]:
    """Return the tables that hold records; indexes of words are no such tables."""
    found: dict[str, list[Column]] = {}
    for table, name, kind in fetch(SQLITE_TABLES if sqlite else POSTGRESQL_TABLES):
        found.setdefault(table, []).append(Column(name, kind.lower()))
    return {
        name: TableShape(name, tuple(columns))
        for name, columns in found.items()
        if name not in APART and all(column.kind != "tsvector" for column in columns)
    }


def selection(table: TableShape, *, sqlite: bool) -> str:
    """Return the statement that reads all rows of a table in the one form."""
    kinds = dict(table.columns)
    names = table.names()
    if sqlite:
        read = [f'"{name}"' for name in names]
    else:
        read = [FORMS.get(kinds[name], '"{name}"').format(name=name) for name in names]
    return f'SELECT {", ".join(read)} FROM "{table.name}"'


def reader(table: TableShape, *, sqlite: bool) -> Read | None:
    """Return what brings a row into the one form, or None where it has it already."""
    kinds = dict(table.columns)
    places = [
        place
        for place, name in enumerate(table.names())
        if sqlite and kinds[name].startswith(("decimal", "numeric"))
    ]
    if not places:
        return None

    def read(row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place in places:
            values[place] = _decimal(values[place])
        return tuple(values)

    return read


def _decimal(value: Any) -> str | None:  # Any: SQLite keeps whole or broken numbers
    return None if value is None else format(Decimal(str(value)).normalize(), "f")
