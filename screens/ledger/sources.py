"""Where the rows of the ledger's lists come from; every function reads and may block."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from typing import Generic, NamedTuple, TypeVar

from boconsole.ledger import reading, registers, tree
from boconsole.ledger.balances import RegisterRow
from boconsole.ledger.reading import AccountRow, Count, JournalLine
from boconsole.ledger.tree import Node
from boconsole.session import Session
from screens.widgets.window import Around

RowT = TypeVar("RowT")


class Rows(NamedTuple, Generic[RowT]):
    """Some rows of a list, and the cursors at its ends."""

    rows: Sequence[RowT]
    first: str
    last: str
    more: bool


class JournalSource:
    """The entries that a query finds."""

    def __init__(self, session: Session, query: str) -> None:
        self._session = session
        self._query = query

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[JournalLine]:
        """Return at most `limit` rows next to a place."""
        found = reading.list_page(
            self._session, self._query, after or "", limit, backwards=backwards
        )
        ends = (found.cursors[0], found.cursors[-1]) if found.cursors else ("", "")
        return Rows(found.rows, *ends, found.more)

    def count(self) -> Count:
        """Return how many rows there are, counted to a limit."""
        return reading.count(self._session, self._query)

    def around(self, record: int, limit: int) -> Around[JournalLine] | None:
        """Return rows with an entry amidst them, or None when the query does not find it."""
        found = reading.page_around(self._session, self._query, record, limit)
        if found is None:
            return None
        first, last = found.cursors[0], found.cursors[-1]
        before = self.page(first, 1, backwards=True).rows
        return Around(found.rows, first, last, bool(before), found.more)

    def key(self, row: JournalLine) -> int:
        """Return the entry's id."""
        return row.id


class TreeSource:
    """The accounts that are shown of the tree.

    Args:
        folded: Paths below which nothing is shown; the list changes it.
    """

    def __init__(self, session: Session, query: str, folded: Collection[str]) -> None:
        self._session = session
        self._query = query
        self._folded = folded

    def _nodes(self) -> list[Node]:
        return tree.listed(self._session, frozenset(self._folded), self._query)

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[Node]:
        """Return at most `limit` rows next to a place."""
        nodes = self._nodes()
        keys = [node.account.path.split(":") for node in nodes]
        here = (after or "").split(":")
        if backwards:
            stop = bisect_left(keys, here) if after else len(nodes)
            start = max(0, stop - limit)
            return _rows(nodes[start:stop], more=start > 0)
        start = bisect_right(keys, here) if after else 0
        return _rows(nodes[start : start + limit], more=start + limit < len(nodes))

    def count(self) -> Count:
        """Return how many rows there are."""
        return Count(len(self._nodes()), capped=False)

    def around(self, record: int, limit: int) -> Around[Node] | None:
        """Return rows with an account amidst them, or None where it is not shown."""
        nodes = self._nodes()
        places = [place for place, node in enumerate(nodes) if node.account.id == record]
        if not places:
            return None
        start = max(0, places[0] - limit // 2)
        rows = nodes[start : start + limit]
        first, last = rows[0].account.path, rows[-1].account.path
        return Around(rows, first, last, start > 0, start + limit < len(nodes))

    def key(self, row: Node) -> int:
        """Return the account's id."""
        return row.account.id


def _rows(nodes: Sequence[Node], *, more: bool) -> Rows[Node]:
    ends = (nodes[0].account.path, nodes[-1].account.path) if nodes else ("", "")
    return Rows(nodes, *ends, more)


class RegisterSource:
    """The lines of an account.

    Args:
        days: Which of them; by default all.
    """

    def __init__(
        self, session: Session, account: AccountRow, days: registers.Days = registers.EVER
    ) -> None:
        self._session = session
        self._account = account
        self._days = days

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[RegisterRow]:
        """Return at most `limit` rows next to a place."""
        found = registers.page(
            self._session, self._account, after or "", limit, backwards=backwards,
            days=self._days,
        )  # fmt: skip
        return Rows(found.rows, *found.ends, found.more)

    def count(self) -> Count:
        """Return how many rows there are, counted to a limit."""
        return registers.count(self._session, self._account, days=self._days)

    def around(self, record: int, limit: int) -> Around[RegisterRow] | None:
        """Return rows with a line amidst them, or None when it is not the account's."""
        found = registers.page_around(self._session, self._account, record, limit, self._days)
        if found is None:
            return None
        first, last = found.ends
        before = self.page(first, 1, backwards=True).rows
        return Around(found.rows, first, last, bool(before), found.more)

    def key(self, row: RegisterRow) -> int:
        """Return the line's id."""
        return row.line.id
