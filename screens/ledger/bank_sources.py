"""Where the rows of the bank's lists come from; every function reads and may block."""

from __future__ import annotations

from boconsole.bank import desk
from boconsole.bank.desk import BankLineRow, BankRow, Overview
from boconsole.ledger.reading import Count
from boconsole.session import Session
from screens.ledger.sources import Rows
from screens.widgets.window import Around


class BankSource:
    """The accounts, all of them at once: there are few."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[Overview]:
        """Return the rows next to a place."""
        del limit
        rows = desk.overview(self._session)
        if after is not None:
            rows = [row for row in rows if (row.account.path < after) == backwards
                    and row.account.path != after]  # fmt: skip
        ends = (rows[0].account.path, rows[-1].account.path) if rows else ("", "")
        return Rows(rows, *ends, more=False)

    def count(self) -> Count:
        """Return how many accounts there are."""
        return Count(len(desk.overview(self._session)), capped=False)

    def around(self, record: int, limit: int) -> Around[Overview] | None:
        """Return all rows where an account is among them."""
        found = self.page(None, limit)
        if all(self.key(row) != record for row in found.rows):
            return None
        return Around(found.rows, found.first, found.last, before=False, after=False)

    def key(self, row: Overview) -> int:
        """Return the account's id."""
        return row.account.id


class LinesSource:
    """The lines of one bank account that a query finds."""

    def __init__(self, session: Session, bank: BankRow, query: str) -> None:
        self._session, self._bank, self._query = session, bank, query

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[BankLineRow]:
        """Return at most `limit` rows next to a place."""
        found = desk.page(
            self._session, self._bank, self._query, after or "", limit, backwards=backwards
        )
        return Rows(found.rows, *found.ends, found.more)

    def count(self) -> Count:
        """Return how many rows there are, counted to a limit."""
        return desk.count(self._session, self._bank, self._query)

    def around(self, record: int, limit: int) -> Around[BankLineRow] | None:
        """Return rows with a line amidst them, or None when the query does not find it."""
        found = desk.page_around(self._session, self._bank, self._query, record, limit)
        if found is None:
            return None
        before = self.page(found.ends[0], 1, backwards=True).rows
        return Around(found.rows, *found.ends, bool(before), found.more)

    def key(self, row: BankLineRow) -> int:
        """Return the line's id."""
        return row.id
