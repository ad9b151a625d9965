"""An open payment: what it settled, what is left of it, where it is booked, who did what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from boconsole.audit import HistoryEntry
from boconsole.invoices import aged_list, payments
from boconsole.invoices.payments import Whole
from boconsole.invoices.words import Side
from boconsole.language import N_, _
from boconsole.ledger.together import Ref
from screens.actions import GO, SHOW
from screens.cells import fit, moment, safe
from screens.dialogs import Choice, MenuDialog
from screens.following import RecordsChanged
from screens.help import LinesScreen
from screens.keys import DETAIL, Action
from screens.ledger import facts, payment_facts
from screens.ledger.documents import open_document
from screens.ledger.entry import EDGES, Neighbours
from screens.ledger.payment_acts import PaymentActs, payment_actions
from screens.places import Place
from screens.prose import block
from screens.widgets.bars import Heading
from screens.widgets.pane import Pane

WIDEST = 110


def _no_draft(screen: PaymentScreen) -> str:
    if screen.whole is None or screen.whole.row.state == "draft":
        return ""
    return _("This payment is posted; R undoes it.")


def _not_posted(screen: PaymentScreen) -> str:
    if screen.whole is None or screen.whole.row.state == "posted":
        return ""
    return _("Only a posted payment can be undone; D deletes a draft.")


def _no_wait(screen: PaymentScreen) -> str:
    if screen.whole is None or screen.whole.standing in ("waits", "undo-waits"):
        return ""
    return _("Nothing of this payment waits for an approval.")


def _alone(screen: PaymentScreen) -> str:
    return "" if screen.neighbours else _("This payment was not opened from a list.")


class PaymentScreen(PaymentActs):
    """One payment to read.

    Args:
        payment_id: Which.
        neighbours: The list it was opened from, for the keys to the next one.
    """

    AREA = facts.AREA
    AUTO_FOCUS = "#page"
    CSS_PATH = "../styles/payments.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = (
        *payment_actions(DETAIL, _no_draft, _not_posted, _no_wait),
        Action("payment.linked", N_("Open an entry or what it settles"), ("L",), DETAIL, GO,
               rank=14, short=N_("linked")),
        Action("payment.history", N_("What happened to it"), ("H",), DETAIL, SHOW, rank=20,
               short=N_("history")),
        Action("payment.copy", N_("Copy the number"), ("y",), DETAIL, SHOW),
        Action("payment.refresh", N_("Read again"), ("r",), DETAIL, SHOW),
        Action("payment.after", N_("Next payment of the list"), ("J",), DETAIL, GO, when=_alone),
        Action("payment.before", N_("Payment before in the list"), ("K",), DETAIL, GO,
               when=_alone),
    )  # fmt: skip

    def __init__(self, payment_id: int, neighbours: Neighbours | None = None) -> None:
        super().__init__()
        self.payment_id = payment_id
        self.neighbours = neighbours
        self.whole: Whole | None = None
        self.left = False
        self._width = 0

    def body(self) -> ComposeResult:
        """Yield the page."""
        with Pane(id="page"):
            yield Static(id="payment", markup=False)

    def heading(self) -> Heading:
        """Return the number."""
        return super().heading()._replace(view=self.whole.number if self.whole else "")

    # Reading

    def on_mount(self) -> None:
        """Read it."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read it again."""
        work = partial(payments.whole, self.session, self.payment_id)
        self.load(work, self._take, group="payment")

    def _take(self, whole: Whole) -> None:
        first = self.whole is None or self.whole.row.id != whole.row.id
        self.whole = whole
        if first and whole.row.number is not None:
            self.app.places.visit(self.place())
        self._show()

    def _show(self) -> None:
        if self.whole is None or not self.is_mounted:
            return
        self._width = self.query_one("#page").outer_size.width
        room = max(self._width - EDGES, 30)
        self.query_one("#payment", Static).update(
            block(payment_facts.picture(self.whole, min(room, WIDEST)))
        )
        self.show_status()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Lay it out anew in another width."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self.query_one("#page").outer_size.width != self._width:
            self._show()

    @on(RecordsChanged)
    def follow(self, event: RecordsChanged) -> None:
        """Read again when somebody changed it."""
        mine = not event.ids or self.payment_id in event.ids
        if event.feature == self.FEATURE and mine and not self.left:
            self.action_refresh()

    def place(self) -> Place:
        """Return this payment; a draft has no number to come back by."""
        numbered = self.whole is not None and self.whole.row.number is not None
        if self.whole is None or not numbered:
            return Place(self.AREA, view="payments", query="is:draft")
        return Place(self.AREA, record=self.whole.number)

    # Looking

    def action_linked(self) -> None:
        """Choose an entry, a document or a credit and open it."""
        if self.whole is None:
            return
        entries = dict(self.whole.entries)
        choices = [Choice(str(key), _("entry {number}").format(number=number), "")
                   for key, number in entries.items()]  # fmt: skip
        settled = {each.entry_id: each.number for each in self.whole.settled}
        choices += [Choice(str(key), number) for key, number in settled.items()]
        if not choices:
            self.app.say(_("Nothing is booked or settled yet."))
            return
        self.app.push_screen(MenuDialog(_("Open"), choices), self._open_linked)

    def _open_linked(self, chosen: str | None) -> None:
        if chosen is None or self.whole is None:
            return
        entry_id = int(chosen)
        number = {each.entry_id: each.number for each in self.whole.settled}.get(entry_id, "")
        open_document(self, number, entry_id)

    def action_history(self) -> None:
        """Show the audit trail of the payment."""
        work = partial(payments.trail, self.session, self.payment_id)
        self.load(work, self._show_history, group="ask")

    def _show_history(self, found: Sequence[HistoryEntry]) -> None:
        number = self.whole.number if self.whole else ""
        lines = [line for entry in found for line in self._told(entry)]
        self.app.push_screen(LinesScreen(_("History of {number}").format(number=number), lines))

    def _told(self, entry: HistoryEntry) -> list[Text]:
        at = moment(entry.at.astimezone(self.session.zone))
        head = Text(f"{at}  {fit(safe(entry.actor), 10)} {safe(entry.action)}", "bold")
        return [head, *(Text(f"    {safe(line)}") for line in facts.changes(entry))]

    def action_copy(self) -> None:
        """Copy the number."""
        if self.whole is not None:
            self.app.copy_to_clipboard(self.whole.number)
            self.app.say(_("{number} copied.").format(number=self.whole.number))

    def action_after(self) -> None:
        """Show the next payment of the list."""
        self._step(1)

    def action_before(self) -> None:
        """Show the payment before in the list."""
        self._step(-1)

    def _step(self, by: int) -> None:
        found = self.neighbours.neighbour(self.payment_id, by) if self.neighbours else None
        if found is None:
            self.app.say(_("There is no other payment this way."))
        else:
            self.payment_id = found
            self.action_refresh()

    # Acting

    def with_contact(self, then: Callable[[str, Side], object]) -> None:
        """Call `then` with the contact of this payment."""
        if self.whole is not None:
            then(self.whole.row.partner, aged_list.side_of(self.whole.row.side))

    def with_payments(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Act on this payment."""
        if self.whole is None:
            then([])
        else:
            row = self.whole.row
            then([Ref(row.id, row.version, self.whole.number)])

    def changed(self) -> None:
        """Read it again."""
        self.action_refresh()

    def gone(self) -> None:
        """Leave, as the draft is deleted."""
        self.left = True
        if self.is_current:
            self.app.call_later(self.app.pop_screen)
