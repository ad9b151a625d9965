"""The form of a new ticket, with the articles that may answer it below.

They are looked for a moment after somebody stops typing, in the worker thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import Static

from boconsole.language import N_, _
from boconsole.tickets.choosing import CustomField
from screens.actions import FORMS
from screens.cells import fit, safe
from screens.dialogs import Choice
from screens.drafts import Form
from screens.keys import FORM, Action
from screens.picking import PickDialog
from screens.ticket_articles import article_number
from screens.ticket_forms import TicketFormScreen
from screens.widgets.fields import FieldRow

if TYPE_CHECKING:
    from boconsole.knowledge.reading import ArticleRow

PAUSE, LONGEST = 0.4, 4_000
ROOMY = 32
"""Rows of a window from which on every offer has a line."""


def _nothing(screen: NewTicketScreen) -> str:
    if screen.offers or screen.linked:
        return ""
    return _("No article fits what is typed so far.")


class NewTicketScreen(TicketFormScreen):
    """A new ticket.

    Args:
        form: What it is about.
        custom: The organisation's own fields.
        linked: Takes the articles that are to be linked to it.
    """

    CSS_PATH = "styles/tickets.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("form.articles", N_("Link articles that fit"), ("ctrl+r",), FORM, FORMS, rank=3,
               short=N_("articles"), when=_nothing),
    )  # fmt: skip

    def __init__(self, form: Form, custom: Sequence[CustomField], linked: list[int]) -> None:
        super().__init__(form, custom)
        self.linked = linked
        self.offers: Sequence[ArticleRow] = ()
        self._offer_timer: Timer | None = None

    def body(self) -> ComposeResult:
        """Yield the fields, and a place for the offers."""
        yield from super().body()
        yield Static(id="offers")

    @on(FieldRow.Edited)
    def _look(self, event: FieldRow.Edited) -> None:
        """Look for articles once nothing was typed for a moment."""
        if event.row.field.name not in ("subject", "body"):
            return
        if "knowledge.read" not in self.session.permissions:
            return
        if self._offer_timer is not None:
            self._offer_timer.stop()
        self._offer_timer = self.set_timer(PAUSE, self._find)

    def _find(self) -> None:
        subject, body = (self.rows[name].text[:LONGEST] for name in ("subject", "body"))

        def work() -> Sequence[ArticleRow]:
            from boconsole.knowledge import proposing

            return proposing.propose(self.session, subject, body)

        self.load(work, self._take_offers, group="offers")

    def _take_offers(self, found: Sequence[ArticleRow]) -> None:
        kept = [row for row in self.offers if row.id in self.linked]
        self.offers = [*kept, *(row for row in found if row.id not in self.linked)]
        self._show_offers()

    def _show_offers(self) -> None:
        """Show every offer on a line, or in a small window the best one and how many more."""
        strip, room = self.query_one("#offers", Static), max(self.size.width - 4, 20)
        strip.display = bool(self.offers)
        lines = [_offer(row, marked=row.id in self.linked) for row in self.offers]
        if self.size.height >= ROOMY:
            shown = [Text(safe(fit(line, room))) for line in lines]
            head = Text(_("ctrl+r links articles that may help:"), "dim")
            text = Text("\n").join([head, *shown])
            strip.update(text)
        elif lines:
            more = len(lines) - 1
            end = _(" and {count} more").format(count=more) if more else ""
            start = "ctrl+r  "
            line = fit(lines[0], room - len(start) - len(end)).rstrip()
            strip.update(Text.assemble((start, "dim"), line, (end, "dim")))
        self.refresh_bindings()

    def action_articles(self) -> None:
        """Mark the articles that are to be linked to the ticket."""
        choices = [
            Choice(str(row.id), f"{article_number(row.id)} {safe(row.title)}")
            for row in self.offers
        ]

        def take(chosen: tuple[str, ...] | None) -> None:
            if chosen is not None:
                self.linked[:] = [int(key) for key in chosen]
                self._show_offers()

        marked = [str(key) for key in self.linked]
        if not marked and len(choices) == 1:
            marked = [choices[0].value]
        title = _("Link which articles to the new ticket?")
        self.app.push_screen(PickDialog(title, choices, several=True, marked=marked), take)


def _offer(row: ArticleRow, *, marked: bool) -> str:
    return f"{'[x]' if marked else '[ ]'} {article_number(row.id)} {safe(row.title)}"
