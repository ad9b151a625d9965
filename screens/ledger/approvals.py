"""The approvals: what waits for a second person, who prepared it, and who may approve it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.console import RenderableType

from boconsole.filters import Area
from boconsole.language import N_, _
from boconsole.ledger import approvals, area, reading
from boconsole.ledger.approvals import Page, Waiting
from boconsole.ledger.reading import Count
from boconsole.ledger.together import Ref
from boconsole.session import Session
from screens.cells import Cell, safe
from screens.keys import Action
from screens.ledger import facts, rooms
from screens.ledger.acts import LIST_KEYS, EntryActs
from screens.ledger.sources import Rows
from screens.prose import block
from screens.query_lists import QueryListScreen
from screens.widgets.columns import Column
from screens.widgets.preview import Preview
from screens.widgets.window import Around


class ApprovalsSource:
    """The drafts that a query finds."""

    def __init__(self, session: Session, query: str) -> None:
        self._session = session
        self._query = query

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[Waiting]:
        """Return at most `limit` rows next to a place."""
        found = approvals.page(self._session, self._query, after or "", limit, backwards=backwards)
        ends = (found.cursors[0], found.cursors[-1]) if found.cursors else ("", "")
        return Rows(found.rows, *ends, found.more)

    def count(self) -> Count:
        """Return how many rows there are, counted to a limit."""
        return reading.count(self._session, self._query)

    def around(self, record: int, limit: int) -> Around[Waiting] | None:
        """Return rows with an entry amidst them, or None when the query does not find it."""
        found: Page | None = approvals.page_around(self._session, self._query, record, limit)
        if found is None:
            return None
        first, last = found.cursors[0], found.cursors[-1]
        before = self.page(first, 1, backwards=True).rows
        return Around(found.rows, first, last, bool(before), found.more)

    def key(self, row: Waiting) -> int:
        """Return the entry's id."""
        return row.line.id


class ApprovalsScreen(rooms.InRooms, QueryListScreen[Waiting], EntryActs):
    """What waits, the earliest day first: that of others, and one's own too."""

    TITLE = "Approvals"
    ROOM = rooms.APPROVALS
    AREA = facts.AREA
    QUERY = rooms.WAITING
    ACTIONS: ClassVar[Sequence[Action]] = LIST_KEYS

    # What it shows

    def columns(self) -> Sequence[Column[Waiting]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8,
                   lambda row: Cell(reading.number_of(row.line), "info")),
            Column("date", N_("Date"), 10, lambda row: Cell(str(row.line.dated)), sort="date"),
            Column("about", N_("Payee and description"), 12,
                   lambda row: Cell(facts.about(row.line)), grow=3),
            Column("sum", N_("Sum"), 18, lambda row: Cell(facts.sums(row.line.sums)),
                   align="right"),
            Column("preparer", N_("Preparer"), 9, lambda row: Cell(safe(row.line.preparer))),
            Column("may", N_("May approve"), 11, self._may, grow=1),
        )  # fmt: skip

    def _may(self, row: Waiting) -> Cell:
        return facts.approvers(row.approvers, self.session)

    def source(self, query: str) -> ApprovalsSource:
        """Return where the rows of a query come from."""
        return ApprovalsSource(self.session, query)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nothing waits for an approval. esc clears the filter, v has the views.")

    def preview(self, row: Waiting) -> RenderableType:
        """Return an entry beside the list; reads."""
        room = self.query_one(Preview).room
        whole = reading.whole(self.session, str(row.line.id))
        return block(facts.picture(whole, room, self.session))

    def read_area(self) -> Area:
        """Return what queries may say about entries."""
        return area.remembered_area(self.session)

    def _columns_of(self, view: str) -> str:
        return f"approvals.columns.{view}"

    # Acting

    def open_row(self, row: Waiting) -> None:
        """Open an entry."""
        from screens.ledger.entry import EntryScreen

        self.app.push_screen(EntryScreen(row.line.id, self))

    def with_entries(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Act on the marked entries, else on the one under the cursor."""
        self.with_chosen(
            lambda rows: then(
                [Ref(row.line.id, row.line.version, reading.number_of(row.line)) for row in rows]
            )
        )

    def changed(self) -> None:
        """Clear the marks once an operation on them is done."""
        self.table.clear_marks()
