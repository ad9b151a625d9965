"""Where the rows of the grid of budgets come from, and the table that holds them.

Every function of the source reads and may block.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from boconsole.ledger import budget_grid
from boconsole.ledger.budget_grid import GridRow, Year
from boconsole.ledger.reading import Count
from boconsole.session import Session
from screens.ledger.sources import Rows
from screens.widgets.record_table import RecordTable
from screens.widgets.window import Around


class BudgetSource:
    """The accounts that a query finds, with the plans of a fiscal year."""

    def __init__(self, session: Session, year: Year, query: str) -> None:
        self._session = session
        self._year = year
        self._query = query

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[GridRow]:
        """Return at most `limit` rows next to a place."""
        found = budget_grid.page(
            self._session, self._year, self._query, after or "", limit, backwards=backwards
        )
        return Rows(found.rows, *_ends(found.rows), found.more)

    def count(self) -> Count:
        """Return how many rows there are."""
        return Count(budget_grid.count(self._session, self._year, self._query), capped=False)

    def around(self, record: int, limit: int) -> Around[GridRow] | None:
        """Return rows with one amidst them, or None where the query does not find it."""
        found = budget_grid.around(self._session, self._year, self._query, record, limit)
        if found is None:
            return None
        rows, before, after = found
        return Around(rows, *_ends(rows), before, after)

    def key(self, row: GridRow) -> int:
        """Return the number of a row."""
        return row.key


def _ends(rows: Sequence[GridRow]) -> tuple[str, str]:
    return (rows[0].cursor, rows[-1].cursor) if rows else ("", "")


class BudgetTable(RecordTable[GridRow]):
    """Tells when its rows are others: their amounts decide how wide the columns are."""

    class Drawn(Message):
        """Rows or the cursor are others now."""

    def _changed(self) -> None:
        super()._changed()
        self.post_message(self.Drawn())
