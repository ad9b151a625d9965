"""Lists of one kind of record: pages and counts of a selection, each at the cost of a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from db import connection, keyset
from db.compiling import Sql
from db.conditions import Condition, Selection
from db.keyset import Cursor, Key, Source

RowT = TypeVar("RowT")


class Page(NamedTuple, Generic[RowT]):
    """Some rows, the cursor of each, and whether more follow in the direction read."""

    rows: list[RowT]
    cursors: list[str]
    more: bool


@dataclass(frozen=True)
class Listing(Generic[RowT]):
    """How the records of one kind are listed.

    Attributes:
        source: Tables and columns; the records' table is called `t`.
        where: Compiles the condition of a selection.
        keys: Returns the order of a selection; the last one is the id.
        rows_of: Makes rows of the columns of `source`.
    """

    source: Source
    where: Callable[[Condition], Sql]
    keys: Callable[[Selection], tuple[Key, ...]]
    rows_of: Callable[[Sequence[tuple[Any, ...]]], list[RowT]]

    def page(
        self, selection: Selection, after: Cursor | None, limit: int, *, backwards: bool = False
    ) -> Page[RowT]:
        """Return the records behind a position (before it, when reading backwards).

        Raises:
            CursorError: The position belongs to a list in another order.
        """
        keys = self.keys(selection)
        found = self.where(selection.where)
        rows = keyset.read(self.source, found, keys, after, limit + 1, backwards=backwards)
        more = len(rows) > limit
        if more:
            rows = rows[1:] if backwards else rows[:limit]
        signs, width = keyset.names(keys), len(keys)
        return Page(
            self.rows_of([row[:-width] for row in rows]),
            [keyset.encode(Cursor(signs, row[-width:])) for row in rows],
            more,
        )

    def page_around(self, selection: Selection, record_id: int, limit: int) -> Page[RowT] | None:
        """Return the records around one; None when the selection does not have it."""
        keys, found = self.keys(selection), self.where(selection.where)
        values = ", ".join(key.sql for key in keys)
        rows = connection.fetch(
            f"SELECT {values} FROM {self.source.table} WHERE {found.text} AND t.id = ?",
            (*found.params, record_id),
        )
        if not rows:
            return None
        here = Cursor(keyset.names(keys), rows[0])
        before = self.page(selection, here, limit // 2, backwards=True)
        own = connection.fetch(
            f"SELECT {self.source.lines} FROM (SELECT ? AS id) p {self.source.joins}", (record_id,)
        )
        after = self.page(selection, here, limit - len(before.rows) - 1)
        return Page(
            [*before.rows, *self.rows_of(own), *after.rows],
            [*before.cursors, keyset.encode(here), *after.cursors],
            after.more,
        )

    def count(self, selection: Selection, cap: int) -> int:
        """Return how many records match, at most `cap` + 1."""
        found = self.where(selection.where)
        rows = connection.fetch(
            "SELECT count(*) FROM "
            f"(SELECT 1 FROM {self.source.table} WHERE {found.text} LIMIT ?) n",
            (*found.params, cap + 1),
        )
        return int(rows[0][0])
