"""Writing to and about tickets, one or many: macros, replies, notes, and the forms.

With the changes of `ticket_changes` these are all the keys that a list of tickets and an open
ticket share. What only a key needs is imported when it is pressed, so that the first list does
not wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from boconsole.language import _
from boconsole.tickets import reading
from boconsole.tickets.rows import TicketRow
from screens.dialogs import Choice, ConfirmDialog
from screens.ticket_changes import Seen, TicketChanges, named
from screens.ticket_facts import FEATURE

if TYPE_CHECKING:
    from boconsole.tickets.macros import Macro
    from boconsole.tickets.templates import Template
    from screens.ticket_forms import Choices


class TicketActs(TicketChanges):
    """Answers every key that a list of tickets and an open ticket share."""

    # Macro, reply

    def action_macro(self) -> None:
        """Choose a macro; on one ticket its text is shown before it is sent."""
        from boconsole.tickets import macros

        find = partial(macros.list_all, self.session)
        self.on_chosen(lambda seen: self.load(find, partial(self._ask_macro, seen), group="ask"))

    def _ask_macro(self, seen: Sequence[Seen], every: Sequence[Macro]) -> None:
        if not every:
            self.app.say(_("There are no macros yet; an administrator makes them in Admin (0)."))
            return
        by_name = {macro.name: macro for macro in every}

        def take(chosen: tuple[str, ...] | None) -> None:
            if chosen:
                self._run_macro(seen, by_name[chosen[0]])

        choices = [Choice(name, name) for name in by_name]
        self.app.push_screen(
            self.picker()(_("Macro for {tickets}").format(tickets=named(seen)), choices), take
        )

    def _run_macro(self, seen: Sequence[Seen], macro: Macro) -> None:
        from boconsole.tickets import macros

        if len(seen) == 1 and macro.reply:
            row = seen[0]

            def fill() -> str:
                return macros.fill(self.session, macro.reply, reading.find(self.session, row.id))

            self.load(fill, partial(self._show_macro, row, macro), group="ask")
            return

        def take(sure: bool | None) -> None:
            if sure:
                self.act(lambda refs: macros.apply(self.session, refs, macro), seen)

        question = _("Run the macro {name} on {tickets}?")
        self.app.push_screen(
            ConfirmDialog(question.format(name=macro.name, tickets=named(seen))), take
        )

    def _show_macro(self, row: Seen, macro: Macro, text: str) -> None:
        from screens import ticket_replies

        self.app.push_screen(
            ticket_replies.reply_form(self.session, row, row.state, macro=macro, text=text)
        )

    def action_comment(self) -> None:
        """Open the form of a reply or a note."""
        self.on_chosen(self._reply)

    def _reply(self, seen: Sequence[Seen]) -> None:
        from screens import ticket_replies

        if len(seen) == 1:
            self.app.push_screen(ticket_replies.reply_form(self.session, seen[0], seen[0].state))
        else:
            self.app.push_screen(ticket_replies.bulk_reply_form(self.session, seen, self.changed))

    # Forms

    def action_edit(self) -> None:
        """Open the form of all fields; of many tickets, of what can be the same for all."""
        self.on_chosen(self._edit)

    def _edit(self, seen: Sequence[Seen]) -> None:
        from screens import ticket_forms

        read = partial(ticket_forms.read_choices, self.session)
        if len(seen) > 1:
            self.load(read, partial(self._edit_many, seen), group="ask")
            return

        def both() -> tuple[Choices, TicketRow]:
            return read(), reading.get(self.session, seen[0].id)

        self.load(both, self._edit_one, group="ask")

    def _edit_many(self, seen: Sequence[Seen], choices: Choices) -> None:
        from screens import ticket_forms

        self.app.push_screen(ticket_forms.bulk_form(self.session, choices, seen, self.changed))

    def _edit_one(self, found: tuple[Choices, TicketRow]) -> None:
        from screens import ticket_forms

        self.app.push_screen(ticket_forms.edit_form(self.session, *found))

    def action_new(self) -> None:
        """Open the form of a new ticket, from a template if there are any."""
        from screens import ticket_forms

        read = partial(ticket_forms.read_choices, self.session)
        self.load(read, self._choose_template, group="ask")

    def _choose_template(self, choices: Choices) -> None:
        if not choices.templates:
            self._open_new(choices, None)
            return
        by_name = {template.name: template for template in choices.templates}

        def take(chosen: tuple[str, ...] | None) -> None:
            if chosen:
                self._open_new(choices, by_name.get(chosen[0]))

        lines = [Choice("", _("Empty ticket")), *(Choice(name, name) for name in by_name)]
        self.app.push_screen(self.picker()(_("New ticket from"), lines), take)

    def _open_new(self, choices: Choices, template: Template | None) -> None:
        from screens import ticket_forms

        self.app.push_screen(ticket_forms.new_form(self.session, choices, template, self.made))

    def made(self, row: TicketRow) -> None:
        """Do what follows a new ticket."""
        self.app.following.spread(FEATURE, [row.id])
