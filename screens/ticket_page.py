"""What an open ticket shows: its facts, its timeline, who else is there.

It follows other people's changes without losing the place that is read. From 100 columns on the
facts stand beside the timeline, below that above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple, Protocol

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from boconsole.contacts import reading as contacts
from boconsole.contacts.reading import Support
from boconsole.language import _
from boconsole.presence import Other
from boconsole.registry import beside
from boconsole.registry.beside import Linked
from boconsole.session import Session
from boconsole.tickets import notifying, reading
from boconsole.tickets.rows import AttachmentLine, LinkLine, TicketRow, TimelineEntry
from screens import presence, ticket_facts, ticket_timeline
from screens.following import RecordsChanged
from screens.help import LinesScreen
from screens.places import Place
from screens.presence import Heart
from screens.prose import block, toned
from screens.shell import ShellScreen
from screens.ticket_facts import FEATURE, Booked, number
from screens.widgets.bars import Heading

AREA = "tickets"
EVERYTHING = 10_000
MARGIN = 3
"""Cells of a line that the padding and the scrollbar take."""


class Neighbours(Protocol):
    """The list a ticket was opened from."""

    def neighbour(self, record_id: int, step: int) -> int | None:
        """Return the record after (1) or before (-1) another, None at the end."""


class Reading(NamedTuple):
    """Everything that the screen shows."""

    row: TicketRow
    entries: Sequence[TimelineEntry]
    booked: Sequence[Booked]
    support: Support | None = None
    papers: Sequence[Linked] = ()


def read(session: Session, name: int | str) -> Reading:
    """Return a ticket with its timeline and settle what the user was told of it; blocks."""
    row = reading.get(session, name)
    entries = reading.timeline(session, row.id)
    notifying.mark_read(session, row.id)
    support = contacts.support(session, row.requester, row.organisation)
    papers = beside.at(session, FEATURE, row.id)
    return Reading(row, entries, _booked(session, row.id), support, papers)


def _booked(session: Session, ticket_id: int) -> Sequence[Booked]:
    """Return the entries in the books that link to a ticket, as far as the reader may see them."""
    if "ledger.read" not in session.permissions:
        return ()
    from boconsole.ledger import linking

    return linking.entries_about(session, number(ticket_id))


class TicketPage(ShellScreen):
    """One ticket to read.

    Args:
        name: Its id or number.
        neighbours: The list it was opened from, for the keys to the next one.
    """

    AREA = AREA
    CSS_PATH = "styles/tickets.tcss"

    def __init__(self, name: int | str, neighbours: Neighbours | None = None) -> None:
        super().__init__()
        self.name_wanted = name
        self.neighbours = neighbours
        self.row: TicketRow | None = None
        self.entries: Sequence[TimelineEntry] = ()
        self.booked: Sequence[Booked] = ()
        self.support: Support | None = None
        self.papers: Sequence[Linked] = ()
        self.hidden = self.folded = 0
        self._limit = ticket_timeline.NEWEST
        self._others: Sequence[Other] = ()
        self._heart: Heart | None = None
        self._width = 0

    # Reading

    def on_mount(self) -> None:
        """Read it."""
        self.read_again()

    def read_again(self) -> None:
        """Read the ticket; the place that is read stays."""
        self.run_worker(self._read(), group="ticket", exclusive=True)

    async def _read(self) -> None:
        outcome = await self.app.attempt(partial(read, self.session, self.name_wanted))
        if outcome.error is not None or outcome.value is None:
            if outcome.error is not None:
                self.app.report(outcome.error)
            if self.row is None:
                self.query_one("#head", Static).update(Text(_("There is nothing to show here.")))
            return
        first = self.row is None or self.row.id != outcome.value.row.id
        self.row, self.entries, self.booked, self.support, self.papers = outcome.value
        self._others = () if first else self._others
        if first:
            self._arrive(self.row)
        self.show(to_last=first)
        self.after_reading(self.row)

    def after_reading(self, row: TicketRow) -> None:
        """Read what is shown later than the ticket itself."""

    def _arrive(self, row: TicketRow) -> None:
        """Tell others, and remember the place."""
        self.name_wanted = row.id
        if self._heart is not None:
            self._heart.stop()
        self._heart = Heart(self, row.id, heard=self._heard)
        self._heart.start()
        here, places = number(row.id), self.app.places
        if places.current is None or places.current.record != here:
            places.visit(Place(AREA, record=here))

    def _heard(self, others: Sequence[Other]) -> None:
        self._others = others
        self.show()

    def on_unmount(self) -> None:
        """Tell others that it was left."""
        if self._heart is not None:
            self._heart.stop()

    async def keep_draft(self) -> bool:
        """Tell others before the console ends or goes elsewhere; nothing typed here is lost."""
        if self._heart is not None:
            await self._heart.leave()
        return True

    @on(RecordsChanged)
    def follow(self, event: RecordsChanged) -> None:
        """Read again when somebody changed it."""
        mine = self.row is not None and (not event.ids or self.row.id in event.ids)
        if event.feature == FEATURE and mine:
            self.read_again()

    @property
    def messages(self) -> Sequence[TimelineEntry]:
        """Everything that was written."""
        return [entry for entry in self.entries if entry.message_id]

    @property
    def files(self) -> Sequence[AttachmentLine]:
        """Every attached file."""
        return [file for entry in self.entries for file in entry.attachments]

    @property
    def linked(self) -> Sequence[LinkLine]:
        """The tickets it is linked to."""
        return self.row.links if self.row else ()

    # Showing

    def body(self) -> ComposeResult:
        """Yield subject, facts and timeline."""
        with VerticalScroll(id="side", can_focus=False):
            yield Static(id="all-facts", markup=False)
        yield Static(id="head", markup=False)
        yield Static(id="facts", markup=False)
        yield Static(id="articles", markup=False)
        with VerticalScroll(id="thread", can_focus=False):
            yield Static(id="lines", markup=False)

    def heading(self) -> Heading:
        """Return the number of the ticket."""
        return super().heading()._replace(view=number(self.row.id) if self.row else "")

    def on_resize(self) -> None:
        """Lay the lines out anew when there is more or less room."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self.row is not None and self.query_one("#thread").size.width != self._width:
            self.show()

    def show(self, *, to_last: bool = False) -> None:
        """Show what was read; a reader stays on the same line unless `to_last`."""
        if (row := self.row) is None or not self.is_mounted:
            return
        thread = self.query_one("#thread", VerticalScroll)
        self._width = thread.size.width
        room = max(self._width - 1, 20)
        head = ticket_timeline.subject(row, room)
        if self._others:
            head.append(presence.told(self._others, self.session.user.login))
        found = ticket_facts.facts(row, self.session, booked=self.booked, support=self.support)
        self.query_one("#head", Static).update(block(head))
        self.query_one("#facts", Static).update(block(ticket_facts.compact(found, room)))
        side = self.query_one("#side").size.width or 40
        self.query_one("#all-facts", Static).update(block(ticket_facts.tall(found, side)))
        lines, last = self._lines(room)
        self.query_one("#lines", Static).update(block(lines))
        if to_last:
            self.call_after_refresh(thread.scroll_to, y=last, animate=False)
        self.show_status()
        self.refresh_bindings()

    def _lines(self, room: int) -> tuple[list[Content], int]:
        shown, self.hidden = ticket_timeline.newest(self.entries, self._limit)
        fold = self._limit == ticket_timeline.NEWEST
        lines, last = ticket_timeline.timeline(shown, room, self.session, fold=fold)
        self.folded = ticket_timeline.folded(shown) if fold else 0
        if self.hidden:
            text = _("… {count} older entries: E shows them").format(count=self.hidden)
            return [toned((text, "muted")), *lines], last + 1
        if not lines:
            return [toned((_("Nothing was written yet; c replies."), "muted"))], 0
        return lines, last

    # Looking

    def _scroll(self, by: int) -> None:
        self.query_one("#thread").scroll_relative(y=by, animate=False)

    def action_down(self) -> None:
        """Scroll a line down."""
        self._scroll(1)

    def action_up(self) -> None:
        """Scroll a line up."""
        self._scroll(-1)

    def action_page_down(self) -> None:
        """Scroll a page down."""
        self._scroll(max(self.query_one("#thread").size.height - 1, 1))

    def action_page_up(self) -> None:
        """Scroll a page up."""
        self._scroll(-max(self.query_one("#thread").size.height - 1, 1))

    def action_top(self) -> None:
        """Scroll to the beginning."""
        self.query_one("#thread").scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Scroll to the end."""
        self.query_one("#thread").scroll_end(animate=False)

    def action_refresh(self) -> None:
        """Read it again."""
        self.read_again()

    def action_whole(self) -> None:
        """Show older entries too, and the history below messages."""
        self._limit = EVERYTHING
        self.show()

    def action_facts(self) -> None:
        """Show every fact on a page of its own."""
        if self.row is not None:
            found = ticket_facts.facts(
                self.row, self.session, whole=True, booked=self.booked, support=self.support
            )
            lines = ticket_facts.tall(found, max(self.app.size.width - 2, 20))
            self.app.push_screen(
                LinesScreen(number(self.row.id), [Text(line.plain) for line in lines])
            )
