"""An open ticket and the keys that work on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from boconsole.language import _
from boconsole.tickets import changing, service_levels
from boconsole.tickets.rows import Ref, TicketRow
from boconsole.tickets.service_levels import Trace
from screens import sla_trace, ticket_facts
from screens.cells import safe
from screens.dialogs import Choice
from screens.keys import Action
from screens.papers_at import HoldsPapers
from screens.picking import PickDialog
from screens.places import Place
from screens.ticket_articles import TicketArticles
from screens.ticket_changes import Seen, undo_last
from screens.ticket_facts import FEATURE, number
from screens.ticket_keys import TICKET_ACTIONS
from screens.ticket_page import AREA


class TicketScreen(TicketArticles, HoldsPapers):
    """One ticket."""

    ACTIONS: ClassVar[Sequence[Action]] = TICKET_ACTIONS

    # Looking

    def action_trace(self) -> None:
        """Explain the due times day by day."""
        if (row := self.row) is not None:
            find = partial(service_levels.explain, self.session, row.id)
            self.load(find, partial(self._show_trace, row.id), group="ask")

    def _show_trace(self, ticket_id: int, found: Sequence[Trace]) -> None:
        self.app.push_screen(sla_trace.trace_screen(ticket_id, found, self.session))

    def action_copy(self) -> None:
        """Copy the number."""
        if self.row is not None:
            self.app.copy_to_clipboard(number(self.row.id))
            self.app.say(_("{number} copied.").format(number=number(self.row.id)))

    # Going

    def place(self) -> Place:
        """Return this ticket."""
        return Place(AREA, record=number(self.row.id) if self.row else "")

    def action_after(self) -> None:
        """Show the next ticket of the list."""
        self._step(1)

    def action_before(self) -> None:
        """Show the ticket before in the list."""
        self._step(-1)

    def _step(self, by: int) -> None:
        found = self.neighbours.neighbour(self.row.id, by) if self.neighbours and self.row else None
        if found is None:
            self.app.say(_("There is no other ticket this way."))
        else:
            self.name_wanted = found
            self.read_again()

    def paper_place(self) -> tuple[str, int, str] | None:
        """Return where its papers are, None before it is read."""
        return (FEATURE, self.row.id, number(self.row.id)) if self.row is not None else None

    def papers_changed(self) -> None:
        """Read it again."""
        self.read_again()

    def action_assets(self) -> None:
        """Show the assets that it is about."""
        from screens import ticket_assets

        if self.row is not None:
            ticket_assets.show(self, self.row.id)

    def action_linked(self) -> None:
        """Choose a linked ticket and open it."""
        choices = [
            Choice(str(link.id), f"{_(ticket_facts.LINKS.get(link.kind, link.kind))} "
                                 f"{number(link.id)} {link.subject}")
            for link in self.linked
        ]  # fmt: skip
        choices += [
            Choice(each.number, f"{each.number} {safe(each.about)}") for each in self.booked
        ]

        def take(chosen: tuple[str, ...] | None) -> None:
            if chosen and chosen[0].isdecimal():
                self.app.push_screen(TicketScreen(int(chosen[0])))
            elif chosen:
                self.app.open_record(chosen[0])

        self.app.push_screen(PickDialog(_("Open which ticket or entry?"), choices), take)

    def action_contact(self) -> None:
        """Open the page of who asks, else of the organisation."""
        from screens.contacts.jumping import jump

        if self.row is not None and self.row.requester:
            jump(self, "contact", self.row.requester)
        elif self.row is not None:
            jump(self, "organisation", self.row.organisation)

    # Acting

    def with_chosen(self, then: Callable[[Sequence[Seen]], object]) -> None:
        """Act on this ticket."""
        then([self.row] if self.row is not None else [])

    def made(self, row: TicketRow) -> None:
        """Open the new ticket."""
        super().made(row)
        self.app.push_screen(TicketScreen(row.id))

    def action_undo(self) -> None:
        """Take back the last operation of this person."""
        self.change(partial(undo_last, self.session), said=str, feature=FEATURE)

    def action_timer(self) -> None:
        """Start the timer on this ticket, or stop it."""
        from screens.project_timers import toggle

        if self.row is not None:
            toggle(self, number(self.row.id))

    def action_watch(self) -> None:
        """Watch the ticket, or stop watching it."""
        if (row := self.row) is None:
            return
        on_ = self.session.user.login not in row.watchers
        words = _("You watch {number} now.") if on_ else _("You do not watch {number} any more.")
        self.change(
            lambda: changing.watch(self.session, [Ref(row.id, row.version)], on=on_),
            said=words.format(number=number(row.id)),
            touched=(row.id,),
            feature=FEATURE,
        )
