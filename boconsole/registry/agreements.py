"""The lists of contracts and of duties: pages and counts of what may be read."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from boconsole.filters import parse, resolve
from boconsole.filters.area import Area
from boconsole.projects.reading import Count
from boconsole.registry import contract_area
from boconsole.session import Session
from db import keyset
from db.conditions import Selection
from db.listing import Listing, Page
from db.registry.contract_pages import LISTED, OWED

RowT = TypeVar("RowT")
CAP, CHUNK = 10_000, 500


class Lists(Generic[RowT]):
    """What queries find.

    Args:
        listing: Of which records.
        area: What may be said of them.
    """

    def __init__(self, listing: Listing[RowT], area: Callable[[Session], Area]) -> None:
        self._listing, self._area = listing, area

    def list_page(
        self, session: Session, query: str, after: str = "", limit: int = 50, *,
        backwards: bool = False,
    ) -> Page[RowT]:  # fmt: skip
        """Return a page, in the list's own order unless the query sorts.

        Raises:
            NotAllowedError: Contracts may not be read.
            QuerySyntaxError, CursorError: The line or the cursor cannot be read.
        """
        cursor = keyset.decode(after) if after else None
        asked = self._selection(session, query)
        return self._listing.page(asked, cursor, limit, backwards=backwards)

    def page_around(
        self, session: Session, query: str, record: int, limit: int
    ) -> Page[RowT] | None:
        """Return the rows around one; None when the query does not find it."""
        return self._listing.page_around(self._selection(session, query), record, limit)

    def count(self, session: Session, query: str) -> Count:
        """Return how many match, counted to a limit."""
        found = self._listing.count(self._selection(session, query)._replace(order=()), CAP)
        return Count(min(found, CAP), found > CAP)

    def rows(self, session: Session, query: str) -> Iterator[RowT]:
        """Yield all that a query finds; raises as `list_page`."""
        after = ""
        while True:
            page = self.list_page(session, query, after, CHUNK)
            yield from page.rows
            if not page.more:
                return
            after = page.cursors[-1]

    def _selection(self, session: Session, query: str) -> Selection:
        session.require("contract.read")
        return resolve(parse(query), self._area(session), session)


CONTRACTS = Lists(LISTED, contract_area.area)
DUTIES = Lists(OWED, contract_area.duty_area)
