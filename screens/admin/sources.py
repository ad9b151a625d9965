"""Where the rows of accounts and of the audit trail come from; every function may block."""

from __future__ import annotations

from boconsole.accounts import reading as accounts
from boconsole.accounts.reading import AccountRow
from boconsole.ledger.reading import Count
from boconsole.session import Session
from boconsole.trail import reading as trail
from boconsole.trail.reading import TrailLine
from screens.ledger.sources import Rows
from screens.widgets.window import Around


class AccountSource:
    """The accounts that a query finds."""

    def __init__(self, session: Session, query: str) -> None:
        self._session = session
        self._query = query

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[AccountRow]:
        """Return at most `limit` rows next to a place."""
        found = accounts.list_page(
            self._session, self._query, after or "", limit, backwards=backwards
        )
        ends = (found.cursors[0], found.cursors[-1]) if found.cursors else ("", "")
        return Rows(found.rows, *ends, found.more)

    def count(self) -> Count:
        """Return how many rows there are, counted to a limit."""
        return Count(*accounts.count(self._session, self._query))

    def around(self, record: int, limit: int) -> Around[AccountRow] | None:
        """Return rows with an account amidst them, or None when the query does not find it."""
        found = accounts.page_around(self._session, self._query, record, limit)
        if found is None:
            return None
        first, last = found.cursors[0], found.cursors[-1]
        before = self.page(first, 1, backwards=True).rows
        return Around(found.rows, first, last, bool(before), found.more)

    def key(self, row: AccountRow) -> int:
        """Return the account's id."""
        return row.id


class TrailSource:
    """The lines of the trail that a query finds."""

    def __init__(self, session: Session, query: str) -> None:
        self._session = session
        self._query = query

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[TrailLine]:
        """Return at most `limit` rows next to a place."""
        found = trail.list_page(self._session, self._query, after or "", limit, backwards=backwards)
        ends = (found.cursors[0], found.cursors[-1]) if found.cursors else ("", "")
        return Rows(found.rows, *ends, found.more)

    def count(self) -> Count:
        """Return how many rows there are, counted to a limit."""
        return Count(*trail.count(self._session, self._query))

    def around(self, record: int, limit: int) -> Around[TrailLine] | None:
        """Return rows with a line amidst them, or None when the query does not find it."""
        found = trail.page_around(self._session, self._query, record, limit)
        if found is None:
            return None
        first, last = found.cursors[0], found.cursors[-1]
        before = self.page(first, 1, backwards=True).rows
        return Around(found.rows, first, last, bool(before), found.more)

    def key(self, row: TrailLine) -> int:
        """Return the line's number."""
        return row.id
