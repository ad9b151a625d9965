"""The list of tickets: its columns, its views, and what its keys start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple

from rich.console import RenderableType

from boconsole.filters import Area
from boconsole.language import N_, _, grouped, ngettext
from boconsole.session import Session
from boconsole.tickets import area, reading
from boconsole.tickets.rows import Done, TicketLine
from boconsole.tickets.words import ACTIVE
from screens import cells
from screens.actions import CHANGE, FIND, GO, of_feature
from screens.bulk_typed import BulkTypedScreen
from screens.cells import Cell
from screens.keys import LIST, Action
from screens.lists import ListScreen
from screens.places import Place
from screens.ticket_acts import TicketActs
from screens.ticket_facts import FEATURE, number, told_of
from screens.widgets.columns import Column
from screens.widgets.preview import Preview
from screens.widgets.window import Around

MINE = "assignee:me sort:-prio"


class Rows(NamedTuple):
    """Some rows of the list, and the cursors at its ends."""

    rows: Sequence[TicketLine]
    first: str
    last: str
    more: bool


class TicketSource:
    """Where the rows of one query come from; every function reads and may block."""

    def __init__(self, session: Session, query: str) -> None:
        self._session = session
        self._query = query

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows:
        """Return at most `limit` rows next to a place."""
        found = reading.list_page(
            self._session, self._query, after or "", limit, backwards=backwards
        )
        ends = (found.cursors[0], found.cursors[-1]) if found.cursors else ("", "")
        return Rows(found.rows, *ends, found.more)

    def count(self) -> reading.Count:
        """Return how many rows there are, counted to a limit."""
        return reading.count(self._session, self._query)

    def around(self, record: int, limit: int) -> Around[TicketLine] | None:
        """Return rows with a ticket amidst them, or None when the query does not find it."""
        found = reading.page_around(self._session, self._query, record, limit)
        if all(row.id != record for row in found.rows):
            return None
        first, last = found.cursors[0], found.cursors[-1]
        before = self.page(first, 1, backwards=True).rows
        return Around(found.rows, first, last, bool(before), found.more)

    def key(self, row: TicketLine) -> int:
        """Return the ticket's id."""
        return row.id


class TicketsScreen(BulkTypedScreen[TicketLine], TicketActs):
    """Tickets, active ones unless the query says otherwise."""

    TITLE = "Tickets"
    AREA = "tickets"
    ACTIONS: ClassVar[Sequence[Action]] = (
        *of_feature(FEATURE, "new", "comment", "state", "assign", "edit", "macro", "tags"),
        Action("ticket.next", N_("Hand me the next ticket"), ("N",), LIST, GO, rank=14,
               short=N_("next"), help=N_("The most urgent one that is mine or nobody's.")),
        Action("ticket.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
        Action("ticket.watch", N_("Watch or stop watching"), ("w",), LIST, CHANGE),
    )  # fmt: skip
    PARTS = (
        "screens.ticket:TicketScreen", "screens.ticket_new:NewTicketScreen",
        "screens.ticket_replies:ReplyScreen",
    )  # fmt: skip

    # What it shows

    def columns(self) -> Sequence[Column[TicketLine]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 9, lambda row: Cell(number(row.id), "info"),
                   sort="number"),
            Column("prio", N_("P"), 1, lambda row: cells.priority(row.priority), sort="prio",
                   name=N_("Priority")),
            Column("state", N_("State"), 10, lambda row: cells.state_word(row.state),
                   priority=1, sort="state"),
            Column("subject", N_("Subject"), 24, lambda row: Cell(cells.safe(row.subject)), grow=3),
            Column("requester", N_("Requester"), 16, lambda row: Cell(cells.safe(row.requester)),
                   grow=1, priority=5),
            Column("queue", N_("Queue"), 14, lambda row: Cell(cells.safe(row.queue)), priority=6,
                   sort="queue"),
            Column("assignee", N_("Assignee"), 9, lambda row: Cell(cells.safe(row.assignee or "-")),
                   priority=2, sort="assignee"),
            Column("sla", N_("Due in"), 11, self._left, align="right", priority=3, sort="sla",
                   name=N_("Time until due")),
            Column("updated", N_("Updated"), 10, self._updated, align="right", priority=4,
                   sort="updated"),
            Column("tags", N_("Tags"), 14, lambda row: Cell(cells.safe(row.tags), "muted"),
                   priority=8),
            Column("organisation", N_("Organisation"), 16,
                   lambda row: Cell(cells.safe(row.organisation)), priority=7,
                   sort="organisation"),
            Column("response", N_("Response"), 11, self._until("first_response_due_at"),
                   align="right", priority=10, sort="response.due"),
            Column("resolution", N_("Resolution"), 11, self._until("resolution_due_at"),
                   align="right", priority=11, sort="resolution.due"),
            Column("created", N_("Created"), 10, self._created, align="right", priority=9,
                   sort="created"),
        )  # fmt: skip

    def _left(self, row: TicketLine) -> Cell:
        if row.sla_due_at is None and row.sla_state == "breached" and row.state in ACTIVE:
            return Cell(_("!! missed"), "bad")
        return cells.countdown(
            row.sla_due_at, self.session.now(), warn_at=row.sla_warn_at,
            paused=row.sla_state == "paused",
        )  # fmt: skip

    def _until(self, field: str) -> Callable[[TicketLine], Cell]:
        """Return what shows the time left to one of the targets."""
        return lambda row: cells.countdown(getattr(row, field), self.session.now())

    def _updated(self, row: TicketLine) -> Cell:
        return Cell(cells.instant(row.updated_at, self.session.now(), self.session.zone))

    def _created(self, row: TicketLine) -> Cell:
        return Cell(cells.instant(row.created_at, self.session.now(), self.session.zone))

    def source(self, query: str) -> TicketSource:
        """Return where the rows of a query come from."""
        return TicketSource(self.session, query)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No ticket matches. n makes a new one, esc clears the filter, v has the views.")

    def preview(self, row: TicketLine) -> RenderableType:
        """Return a ticket beside the list; reads."""
        from screens import ticket_timeline

        whole = reading.get(self.session, row.id)
        entries = reading.timeline(self.session, row.id)
        room = self.query_one(Preview).room
        return ticket_timeline.preview(whole, entries, room, self.session)

    def open_row(self, row: TicketLine) -> None:
        """Open a ticket."""
        self.open_ticket(row.id)

    def open_ticket(self, ticket_id: int) -> None:
        """Open a ticket by its id and remember the place."""
        self.app.places.visit(Place(self.AREA, record=number(ticket_id)))
        from screens.ticket import TicketScreen

        self.app.push_screen(TicketScreen(ticket_id, self))

    def open_number(self, number: str) -> None:
        """Open a ticket by its number, as typed after `:`."""
        self.load(lambda: reading.find(self.session, number).id, self.open_ticket, group="open")

    def read_area(self) -> Area:
        """Return what queries may say about tickets."""
        return area.remembered_area(self.session)

    # Changing

    def with_chosen(self, then: Callable[[Sequence[Any]], object]) -> None:  # Any: Seen or row
        """Act on the marked tickets, else on the one under the cursor."""
        ListScreen.with_chosen(self, then)

    def changed(self, answer: Any) -> None:  # Any: what the operation answered
        """Clear the marks once an operation on them is done."""
        super().changed(answer)
        self.table.clear_marks()

    def undo_work(self) -> Callable[[], str] | None:
        """Return the operation that takes back the last one of this person."""
        return TicketActs.undo_work(self)

    def action_next(self) -> None:
        """Open the most urgent ticket that is mine or nobody's."""

        def take(found: TicketLine | None) -> None:
            if found is None:
                self.app.say(_("Nothing waits for you: no new or open ticket is yours or free."))
            else:
                self.open_ticket(found.id)

        self.load(partial(reading.next_ticket, self.session), take, group="open")

    def action_watch(self) -> None:
        """Follow the chosen tickets."""
        from boconsole.tickets import changing

        self.on_chosen(lambda seen: self.act(lambda refs: changing.watch(self.session, refs), seen))

    # Changing by the filter line

    def find_bulk(self, query: str, given: Mapping[str, str]) -> Sequence[Any]:  # Any: Ref
        """Return the tickets that match, once the change is possible."""
        from boconsole.tickets import changing

        found = reading.refs(self.session, query)
        changing.check_edit(self.session, found, given)
        return found

    def bulk_question(self, number: int) -> str:
        """Return the question."""
        return ngettext("Set {changes} on {n} ticket?", "Set {changes} on {n} tickets?", number)

    def change_bulk(self, found: Sequence[Any], given: Mapping[str, str]) -> None:  # Any: Ref
        """Change them."""

        def work() -> Done:
            from boconsole.tickets import changing

            return changing.edit(self.session, found, given)

        self.change(
            work, said=partial(told_of, found), feature=FEATURE,
            touched=[ref.id for ref in found], done=self.changed,
        )  # fmt: skip

    # Export

    def export_work(self, path: str, rows: Sequence[TicketLine] | None) -> Callable[[], str] | None:
        """Return the operation that writes a file of what is shown or marked."""
        query = self.query_text
        if rows is not None:
            query = "any number:" + ",".join(str(row.id) for row in rows)

        def work() -> str:
            form: Literal["csv", "json"] = "json" if path.endswith(".json") else "csv"
            from boconsole.tickets import exporting

            count = exporting.export_tickets(self.session, query, Path(path), form)
            return ngettext("{n} ticket is in {path}.", "{n} tickets are in {path}.", count).format(
                n=grouped(count), path=path
            )

        return work
