"""Where the rows of a list in the query language come from; every function reads and may block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from boconsole.session import Session
from screens.ledger.sources import Rows
from screens.widgets.window import Around, Total


class Numbered(Protocol):
    """A row with the id of its record."""

    @property
    def id(self) -> int: ...  # noqa: D102


RowT = TypeVar("RowT", bound=Numbered)
RowT_co = TypeVar("RowT_co", bound=Numbered, covariant=True)


class Found(Protocol[RowT_co]):
    """Some rows, the cursor of each, and whether more follow."""

    @property
    def rows(self) -> Sequence[RowT_co]: ...  # noqa: D102

    @property
    def cursors(self) -> Sequence[str]: ...  # noqa: D102

    @property
    def more(self) -> bool: ...  # noqa: D102


class Reads(Protocol[RowT_co]):
    """A module of a feature that lists its records."""

    def list_page(
        self, session: Session, query: str, after: str, limit: int, *, backwards: bool = False
    ) -> Found[RowT_co]:
        """Return rows next to a place."""

    def page_around(
        self, session: Session, query: str, record: int, limit: int, /
    ) -> Found[RowT_co] | None:
        """Return the rows around a record; None when the query does not find it."""

    def count(self, session: Session, query: str, /) -> Total:
        """Return how many rows there are, counted to a limit."""


class Paged(Generic[RowT]):
    """The records that a query finds.

    Args:
        reads: The module that lists them.
    """

    def __init__(self, reads: Reads[RowT], session: Session, query: str) -> None:
        self._reads, self._session, self._query = reads, session, query

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[RowT]:
        """Return at most `limit` rows next to a place."""
        found = self._reads.list_page(
            self._session, self._query, after or "", limit, backwards=backwards
        )
        ends = (found.cursors[0], found.cursors[-1]) if found.cursors else ("", "")
        return Rows(found.rows, *ends, found.more)

    def count(self) -> Total:
        """Return how many rows there are, counted to a limit."""
        return self._reads.count(self._session, self._query)

    def around(self, record: int, limit: int) -> Around[RowT] | None:
        """Return rows with a record amidst them, or None when the query does not find it."""
        found = self._reads.page_around(self._session, self._query, record, limit)
        if found is None:
            return None
        first, last = found.cursors[0], found.cursors[-1]
        before = self.page(first, 1, backwards=True).rows
        return Around(found.rows, first, last, bool(before), found.more)

    def key(self, row: RowT) -> int:
        """Return the record's id."""
        return row.id
