"""An open payment: what it settled, what is left of it, where it is booked, who did what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.content import Content

from boconsole.invoices import aged_list, payments
from boconsole.invoices.payments import Whole
from boconsole.invoices.words import Side
from boconsole.language import N_, _
from boconsole.ledger.together import Ref
from screens.actions import GO, SHOW
from screens.dialogs import Choice, MenuDialog
from screens.keys import DETAIL, Action
from screens.ledger import payment_facts
from screens.ledger.documents import open_document
from screens.ledger.histories import show_history
from screens.ledger.page import RecordPage, page_actions
from screens.ledger.payment_acts import PaymentActs, payment_actions
from screens.places import Place


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


class PaymentScreen(RecordPage[Whole], PaymentActs):
    """One payment to read."""

    ALONE = N_("This payment was not opened from a list.")
    LAST = N_("There is no other payment this way.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        *payment_actions(DETAIL, _no_draft, _not_posted, _no_wait),
        Action("payment.linked", N_("Open an entry or what it settles"), ("L",), DETAIL, GO,
               rank=14, short=N_("linked")),
        Action("payment.history", N_("What happened to it"), ("H",), DETAIL, SHOW, rank=20,
               short=N_("history")),
        *page_actions("payment", N_("Next payment of the list"), N_("Payment before in the list")),
    )  # fmt: skip

    @property
    def payment_id(self) -> int:
        """Which payment is shown."""
        return self.record_id

    # Reading

    def read(self, record_id: int) -> Whole:
        """Return the payment with what it refers to; blocks."""
        return payments.whole(self.session, record_id)

    def ref_of(self, whole: Whole) -> Ref:
        """Return the payment as it is acted on."""
        return Ref(whole.row.id, whole.row.version, whole.number)

    def picture(self, whole: Whole, room: int) -> list[Content]:
        """Return its facts and what it settled."""
        return payment_facts.picture(whole, room)

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
        trail = partial(payments.trail, self.session, self.payment_id)
        show_history(self, self.number, trail)

    # Acting

    def with_contact(self, then: Callable[[str, Side], object]) -> None:
        """Call `then` with the contact of this payment."""
        if self.whole is not None:
            then(self.whole.row.partner, aged_list.side_of(self.whole.row.side))
